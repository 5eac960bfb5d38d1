//! What was joined as a text again, which is read like any file.
//!
//! Owns the form of that text, and which of its stretches come from where. Its lines are never shown to anybody.

use std::ops::Range;

use crate::yaml::{Path, Value};

/// Where a value stands: in which of the files that were joined, and the way to it there.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Origin {
    /// 0 for the main language's file, 1 for the translation's.
    pub file: usize,
    pub path: Path,
}

/// A value with where each part of it stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Node {
    Scalar(Value, Origin),
    Fields(Vec<(String, Node)>, Origin),
    Entries(Vec<Node>, Origin),
}

impl Node {
    /// A value of one file.
    pub(super) fn of(value: &Value, origin: Origin) -> Node {
        let below = |path: Path| Origin { file: origin.file, path };
        match value {
            Value::Mapping(map) => {
                let fields = map.iter().map(|(key, value)| {
                    let key = named(key);
                    let node = Node::of(value, below(origin.path.field(&key)));
                    (key, node)
                });
                Node::Fields(fields.collect(), origin.clone())
            }
            Value::Sequence(list) => {
                let entries = list.iter().enumerate();
                let entries = entries.map(|(index, value)| Node::of(value, below(origin.path.entry(index))));
                Node::Entries(entries.collect(), origin.clone())
            }
            scalar => Node::Scalar(scalar.clone(), origin),
        }
    }

    pub(super) fn origin(&self) -> &Origin {
        match self {
            Node::Scalar(_, origin) | Node::Fields(_, origin) | Node::Entries(_, origin) => origin,
        }
    }

    #[cfg(test)]
    pub(super) fn value(&self) -> Value {
        match self {
            Node::Scalar(value, _) => value.clone(),
            Node::Fields(fields, _) => {
                Value::Mapping(fields.iter().map(|(key, node)| (Value::from(key.clone()), node.value())).collect())
            }
            Node::Entries(entries, _) => Value::Sequence(entries.iter().map(Node::value).collect()),
        }
    }
}

/// A key as text.
pub(super) fn named(key: &Value) -> String {
    match key {
        Value::String(key) => key.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        _ => String::new(),
    }
}

/// A stretch of the text, with the origin of what stands there.
#[derive(Debug)]
pub(super) struct Stretch {
    pub at: Range<usize>,
    pub origin: Origin,
    /// Whether it's a field's name.
    pub is_key: bool,
}

/// A text with its stretches.
#[derive(Default, Debug)]
pub(super) struct Written {
    pub text: String,
    pub stretches: Vec<Stretch>,
}

/// Writes a value as a block of YAML.
pub(super) fn write(node: &Node) -> Written {
    let mut written = Written::default();
    match node {
        Node::Fields(fields, _) => written.fields(fields, 0, false),
        other => written.value(other, 0),
    }
    written
}

impl Written {
    /// Writes fields below each other; the first of them where the line has begun already, if it has.
    fn fields(&mut self, fields: &[(String, Node)], indent: usize, has_begun: bool) {
        for (index, (key, node)) in fields.iter().enumerate() {
            if index > 0 || !has_begun {
                self.text.push_str(&" ".repeat(indent));
            }
            let start = self.text.len();
            let is_plain = !matches!(key.as_str(), "" | "null" | "true" | "false")
                && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            match is_plain {
                true => self.text.push_str(key),
                false => self.text.push_str(&quoted(key)),
            }
            let (at, origin) = (start..self.text.len(), node.origin().clone());
            self.stretches.push(Stretch { at, origin, is_key: true });
            self.text.push(':');
            self.value(node, indent);
        }
    }

    /// Writes a value behind a key or a dash that begins at `indent`, to the end of its line.
    fn value(&mut self, node: &Node, indent: usize) {
        match node {
            Node::Fields(fields, _) if fields.is_empty() => self.text.push_str(" {}\n"),
            Node::Fields(fields, _) => {
                self.text.push('\n');
                self.fields(fields, indent + 2, false);
            }
            Node::Entries(entries, _) if entries.is_empty() => self.text.push_str(" []\n"),
            Node::Entries(entries, _) => {
                self.text.push('\n');
                for entry in entries {
                    self.text.push_str(&" ".repeat(indent + 2));
                    self.text.push('-');
                    match entry {
                        Node::Fields(fields, _) if !fields.is_empty() => {
                            self.text.push(' ');
                            self.fields(fields, indent + 4, true);
                        }
                        entry => self.value(entry, indent + 2),
                    }
                }
            }
            Node::Scalar(value, origin) => {
                self.text.push(' ');
                let start = self.text.len();
                match value {
                    Value::String(text) if text.contains('\n') && is_simple(text) => self.lines(text, indent + 2),
                    Value::String(text) => self.text.push_str(&quoted(text)),
                    Value::Number(number) => self.text.push_str(&number.to_string()),
                    Value::Bool(value) => self.text.push_str(&value.to_string()),
                    _ => self.text.push('~'),
                }
                let at = start..self.text.len();
                self.stretches.push(Stretch { at, origin: origin.clone(), is_key: false });
                if !self.text.ends_with('\n') {
                    self.text.push('\n');
                }
            }
        }
    }

    /// Several lines, each below the other as in the page: what reads the file by lines meets words, not signs for line ends.
    fn lines(&mut self, text: &str, indent: usize) {
        let bare = text.strip_suffix('\n');
        self.text.push_str(match bare {
            None => "|2-\n",
            Some(bare) if bare.ends_with('\n') || bare.is_empty() => "|2+\n",
            Some(_) => "|2\n",
        });
        for line in bare.unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.text.push_str(&" ".repeat(indent));
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a text can stand in lines as it is.
fn is_simple(text: &str) -> bool {
    let is_simple =
        |c: char| c == '\n' || !c.is_control() && !matches!(c, '\u{feff}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    // A first line of spaces would be taken for the indentation's.
    text.chars().all(is_simple) && text.lines().all(|line| line.is_empty() || !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::yaml;

    fn any_value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            "[ -~äöüß“”–\n]{0,40}",
            "\\PC{0,12}",
            Just("no".to_string()),
            Just("a\n\nb\n\n".to_string()),
            Just("\n".to_string()),
            Just("  x\n y".to_string()),
            Just("2026-10-01".to_string()),
        ];
        let scalar = prop_oneof![
            text.prop_map(Value::String),
            any::<i32>().prop_map(Value::from),
            (0i32..100_000).prop_map(|cents| Value::from(f64::from(cents) / 100.0)),
            any::<bool>().prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 30, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::Sequence),
                proptest::collection::btree_map("[a-z_]{1,8}|[ -~]{1,6}", inner, 0..5)
                    .prop_map(|map| Value::Mapping(map.into_iter().map(|(key, v)| (Value::from(key), v)).collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_what_it_was(value in any_value()) {
            let value = Value::Mapping([(Value::from("top"), value)].into_iter().collect());
            let node = Node::of(&value, Origin { file: 0, path: Path::default() });
            prop_assert_eq!(&node.value(), &value);
            let written = write(&node);
            let read = yaml::parse(&written.text);
            prop_assert_eq!(read.as_ref().ok(), Some(&value), "{}", written.text);
        }
    }
}
