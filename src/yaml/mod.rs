//! YAML: values, and the ways to them.
//!
//! Owns the only uses of the YAML libraries: `serde_yaml` here, for what a text means, `granit-parser` in
//! `places`, for where each key and value stands. What is wrong with a text that is no YAML is told by `fault`, and how it
//! was meant by `slips` and `mend`.
//! Knows no field.

mod fault;
mod mend;
mod odd;
mod places;
mod slips;

pub use fault::YamlFault;
pub use mend::{Mended, Slip, doubt, is_doubtful, mend};
pub use odd::{Odd, odd, without_odd};
pub use places::{Located, Places, scalars};
pub use serde_yaml::{Mapping, Value};

use crate::limits;

/// Reads a YAML text. An empty text is an empty mapping.
pub fn parse(text: &str) -> Result<Value, YamlFault> {
    if let Some(at) = limits::deep_yaml(text) {
        let message = format!("lists and fields are nested more than {} deep", limits::YAML_DEPTH);
        return Err(fault::too_much(text, at, message));
    }
    if text.contains('*')
        && let Some(at) = places::vast_alias(text)
    {
        let message = "aliases (`*name`) repeat too much; write the text out instead, or remove it".to_string();
        return Err(fault::too_much(text, at, message));
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => Ok(Value::Mapping(Mapping::new())),
        Ok(value) => Ok(value),
        Err(error) => Err(fault::of(text, &error)),
    }
}

/// A text as a value inside a line, between quotes where it would be read as something else without them.
pub fn scalar(text: &str) -> String {
    let is_plain = text.trim() == text
        && !text.contains(['[', ']', '{', '}', ',', '\n'])
        && serde_yaml::from_str::<Value>(text).is_ok_and(|value| value.as_str() == Some(text));
    if is_plain { text.to_string() } else { serde_json::Value::from(text).to_string() }
}

/// One step into a value: a field of a mapping or an entry of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// A field, by its name.
    Field(String),
    /// An entry, counted from 0.
    Entry(usize),
}

/// The way from the top of a YAML text to a value: `practitioners[0]`, `price.amount`.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// Reads the form that [`Path`] is written in: names joined by dots, entries in brackets.
    pub fn of(text: &str) -> Path {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let mut rest = part;
            if let Some(bracket) = rest.find('[') {
                if bracket > 0 {
                    steps.push(Step::Field(rest[..bracket].to_string()));
                }
                rest = &rest[bracket..];
                for entry in rest.trim_matches(['[', ']']).split("][") {
                    steps.push(Step::Entry(entry.parse().unwrap_or(0)));
                }
            } else if !rest.is_empty() {
                steps.push(Step::Field(rest.to_string()));
            }
        }
        Path(steps)
    }

    /// The value at the end of the way.
    pub fn in_value<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Field(name) => value.get(name.as_str()),
            Step::Entry(index) => value.get(*index),
        })
    }

    /// The path one field further.
    pub fn field(&self, name: &str) -> Path {
        let mut steps = self.0.clone();
        steps.push(Step::Field(name.to_string()));
        Path(steps)
    }

    /// The path one entry further.
    pub fn entry(&self, index: usize) -> Path {
        let mut steps = self.0.clone();
        steps.push(Step::Entry(index));
        Path(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_and_deep_nests_are_faults() {
        let bomb = (1..40).fold("a0: &a0 [x, x]\n".to_string(), |text, n| {
            format!("{text}a{n}: &a{n} [*a{m}, *a{m}, *a{m}]\n", m = n - 1)
        });
        assert!(parse(&bomb).unwrap_err().message.contains("aliases"));
        // One list that many aliases name: no nest, and three hundred million values.
        let list = format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(20_000), "*a,".repeat(15_000));
        let fault = parse(&list).unwrap_err();
        assert!(fault.message.contains("aliases") && list[fault.span.start..].starts_with("*a"), "{fault:?}");
        assert!(parse("hours: &h {open: 9, close: 17}\nmonday: *h\ntuesday: *h\n").is_ok());
        for deep in ["[".repeat(3_000_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "[\n".repeat(100_000)] {
            assert!(parse(&deep).unwrap_err().message.contains("deep"));
        }
        let stairs: String = (0..100).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        assert!(parse(&stairs).unwrap_err().message.contains("deep"));
        // Brackets in prose lie in nothing.
        let prose = format!("text: |\n  {}\nmore: 'a [ b {{'\nlast: a [ b\n", "a [ b { c (\n  ".repeat(200));
        assert!(parse(&prose).is_ok(), "{:?}", parse(&prose));
    }

    #[test]
    fn yes_and_no_are_words() {
        assert_eq!(parse("status: no").unwrap()["status"], Value::String("no".into()));
    }
}
