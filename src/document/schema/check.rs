//! Checking values against their shapes, all faults at once.
//!
//! Owns what is said of a value that does not fit. serde stops at its first fault; an author wants all of them,
//! with "did you mean".

use super::{Record, Shape, Word};
use crate::diagnostic::{Code, codes, is_secret, nearest};
use crate::document::values;
use crate::yaml::{Mapping, Path, Step, Value};

/// How the question begins whether something was meant.
const ASKS: &str = "did you mean `";

/// A choice of more words is not written out for each.
const MOST_WORDS: usize = 4;

/// A value that does not fit, to be placed in its file by whoever has the text.
#[derive(Debug, PartialEq)]
pub struct Misfit {
    /// The way to the value, or to the mapping that lacks it.
    pub path: Path,
    /// Whether the field's name is at fault rather than its value.
    pub at_name: bool,
    /// The kind of finding.
    pub code: &'static Code,
    /// What is wrong.
    pub message: String,
    /// The text under the caret.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// The value as it was meant, where there is no doubt.
    pub meant: Option<String>,
}

impl Misfit {
    /// Says what a telephone number without the code of its country is with it.
    fn dial_in(&mut self, country: &str, whole: &Value) {
        let is_phone = self.label.is_none() && self.message.ends_with(values::name("phone"));
        let at =
            |value: Option<&'_ Value>| value.and_then(Value::as_str).and_then(|text| values::phone_of(country, text));
        if is_phone && let Some(number) = at(self.path.in_value(whole)) {
            self.label = Some(format!("did you mean `{number}`?"));
            self.help = None;
        }
    }
}

impl Shape {
    /// Checks `value`, removing empty optional fields (`topics:` with nothing after it) on the way.
    pub fn check(&self, value: &mut Value) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        self.walk(value, &Path::default(), &mut misfits);
        // A practice's own numbers are mostly those of its country.
        let country = value.get("jurisdictions").and_then(|places| places.get(0)).and_then(Value::as_str);
        if let Some(country) = country.and_then(|place| place.get(..2)) {
            misfits.iter_mut().for_each(|misfit| misfit.dial_in(country, value));
        }
        misfits
    }

    fn walk(&self, value: &mut Value, path: &Path, misfits: &mut Vec<Misfit>) {
        // The form of these says what was meant, whatever it is about.
        let is_sure = match self {
            Shape::Switch => true,
            Shape::Text(Some(format)) => matches!(format.as_str(), "date" | "uri"),
            _ => false,
        };
        let mut wrong = |code, message: String, label: Option<String>, help: Option<String>| {
            let asked = label.as_deref().and_then(|label| label.strip_prefix(ASKS)?.strip_suffix("`?"));
            let meant = asked.filter(|_| is_sure).map(str::to_string);
            misfits.push(Misfit { path: path.clone(), at_name: false, code, message, label, help, meant });
        };
        match self {
            Shape::Any => {}
            Shape::Text(format) => match (value.as_str(), format) {
                (Some(""), _) => wrong(&codes::INVALID_VALUE, "this text is empty".into(), None, None),
                (Some(text), Some(format)) => {
                    if let Err(reason) = values::check(format, text) {
                        let asks = self.asks(text);
                        let help = values::hint(format, text).filter(|_| asks.is_none());
                        wrong(&codes::INVALID_VALUE, format!("`{text}` isn't {reason}"), asks, help);
                    }
                }
                (Some(_), None) => {}
                (None, _) => {
                    let quoted = match value {
                        Value::Number(_) | Value::Bool(_) => Some("put quotes around it, so that it counts as text"),
                        Value::Mapping(_) => Some("text with `: ` in it needs quotes around it"),
                        _ => None,
                    };
                    wrong(&codes::WRONG_TYPE, self.mismatch(value), self.asks_of(value), quoted.map(str::to_string));
                }
            },
            Shape::Amount(format) => {
                let text = match value {
                    Value::Number(number) => Some(number.to_string()),
                    Value::String(text) => Some(text.clone()),
                    _ => None,
                };
                match text.map(|text| values::check(format, &text).map_err(|reason| (text, reason))) {
                    Some(Ok(())) => {}
                    Some(Err((text, reason))) => {
                        let asks = self.asks(&text);
                        let help = values::hint(format, &text).filter(|_| asks.is_none());
                        wrong(&codes::INVALID_VALUE, format!("`{text}` isn't {reason}"), asks, help);
                    }
                    None => wrong(&codes::WRONG_TYPE, self.mismatch(value), None, None),
                }
            }
            Shape::Integer if value.as_u64().is_none_or(|n| n > u64::from(u32::MAX)) => {
                // Weights may be below zero; everything that counts may not, and none needs 32 bits.
                if !value.as_i64().is_some_and(|n| i64::from(i32::MIN) <= n && n < 0) {
                    let asks = self.asks_of(value);
                    let help = asks.is_none().then(|| "write the number alone, such as 50".to_string());
                    wrong(&codes::WRONG_TYPE, self.mismatch(value), asks, help);
                }
            }
            Shape::Number if !value.is_number() => {
                wrong(&codes::WRONG_TYPE, self.mismatch(value), self.asks_of(value), None);
            }
            Shape::Integer | Shape::Number => {}
            Shape::Switch if value.is_bool() => {}
            Shape::Switch => {
                let asks = self.asks_of(value);
                let help = asks.is_none().then(|| "write `true` for yes, or `false` for no".to_string());
                wrong(&codes::WRONG_TYPE, self.mismatch(value), asks, help);
            }
            Shape::Choice(words) => match value.as_str() {
                Some(text) if words.iter().any(|word| word.name == text) => {}
                Some(text) => {
                    let message = format!("`{text}` isn't a valid value");
                    let help = format!("one of: {}", names(words));
                    wrong(&codes::INVALID_VALUE, message, self.asks(text), Some(help));
                }
                None => {
                    let help = format!("one of: {}", names(words));
                    wrong(&codes::WRONG_TYPE, self.mismatch(value), self.asks_of(value), Some(help));
                }
            },
            // Which names there are the theme knows: they are looked up once it is loaded.
            Shape::OpenChoice(words) => {
                if value.as_str().is_none_or(|text| !is_name(text)) {
                    let help = format!("one of: {}, or the name of one that the theme has", names(words));
                    wrong(&codes::WRONG_TYPE, self.mismatch(value), None, Some(help));
                }
            }
            Shape::List(entries) => match value {
                Value::Sequence(list) => {
                    for (index, entry) in list.iter_mut().enumerate() {
                        entries.walk(entry, &path.entry(index), misfits);
                    }
                }
                _ => {
                    let asks = self.asks_of(value);
                    let help = asks.is_none().then(|| match &**entries {
                        Shape::Choice(words) => format!("write a list with any of {}: `[one, two]`", names(words)),
                        Shape::Record(record) => {
                            format!(
                                "write a list, with each entry on a new line that starts with `- `; {}",
                                record.needs()
                            )
                        }
                        _ => {
                            "write a list: `[one, two]`, or each entry on a new line that starts with `- `".to_string()
                        }
                    });
                    wrong(&codes::WRONG_TYPE, self.mismatch(value), asks, help);
                }
            },
            Shape::Map(entries) => match value {
                Value::Mapping(map) => {
                    for (name, entry) in map.iter_mut() {
                        entries.walk(entry, &path.field(name.as_str().unwrap_or_default()), misfits);
                    }
                }
                _ => wrong(&codes::WRONG_TYPE, self.mismatch(value), None, None),
            },
            Shape::Record(record) => match value {
                Value::Mapping(map) => record.walk(map, path, misfits),
                _ => {
                    let help = match record.example(value.as_str().unwrap_or_default()) {
                        Some(example) => format!("write {example}"),
                        None => format!("write its fields below it, each on its own line; {}", record.needs()),
                    };
                    wrong(&codes::WRONG_TYPE, self.mismatch(value), self.asks_of(value), Some(help));
                }
            },
            Shape::Tagged(tag, records) | Shape::OpenTagged(tag, records) => {
                let Value::Mapping(map) = value else {
                    wrong(&codes::WRONG_TYPE, self.mismatch(value), None, None);
                    return;
                };
                let kinds: Vec<&str> = records.keys().map(String::as_str).collect();
                let help = Some(format!("one of: {}", kinds.join(", ")));
                match map.get(tag.as_str()).map(|kind| kind.as_str().unwrap_or_default().to_string()) {
                    None => wrong(&codes::MISSING_FIELD, format!("`{tag}` is missing"), None, help),
                    Some(kind) => match records.get(&kind) {
                        Some(record) => record.walk(map, path, misfits),
                        None if matches!(self, Shape::OpenTagged(..)) && is_name(&kind) => {}
                        None => misfits.push(Misfit {
                            meant: None,
                            path: path.field(tag),
                            at_name: false,
                            code: &codes::INVALID_VALUE,
                            message: format!("there's no `{tag}` called `{kind}`"),
                            label: nearest(&kind, kinds).map(|near| format!("did you mean `{near}`?")),
                            help,
                        }),
                    },
                }
            }
            Shape::Either(shapes) => match shapes.iter().find(|shape| shape.is_kind_of(value)) {
                Some(shape) => shape.walk(value, path, misfits),
                None => wrong(&codes::WRONG_TYPE, self.mismatch(value), None, None),
            },
        }
    }

    /// The question whether what `text` seems to mean was meant.
    fn asks(&self, text: &str) -> Option<String> {
        self.meant(text).map(|meant| format!("{ASKS}{meant}`?"))
    }

    /// The same for a value that is a text, a number, a word that YAML takes for `true` or `false`, or one of these
    /// between the brackets that a gap stood in.
    fn asks_of(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => self.asks(text),
            Value::Number(number) => self.asks(&number.to_string()),
            Value::Bool(on) => self.asks(&on.to_string()),
            Value::Sequence(list) if !matches!(self, Shape::List(_)) => match list.as_slice() {
                [only] => self.asks_of(only),
                _ => None,
            },
            _ => None,
        }
    }

    /// How a field of this shape is written: `consent: …`, with the words that can stand there where there are few.
    fn example(&self, name: &str) -> String {
        match self {
            Shape::Switch => format!("`{name}: true` or `{name}: false`"),
            Shape::Choice(words) if words.len() <= MOST_WORDS => {
                let all: Vec<String> = words.iter().map(|word| format!("`{name}: {}`", word.name)).collect();
                match all.split_last() {
                    Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
                    _ => all.concat(),
                }
            }
            _ => format!("`{name}: …`"),
        }
    }

    pub(super) fn is_kind_of(&self, value: &Value) -> bool {
        match self {
            Shape::Any => true,
            Shape::Text(_) | Shape::Choice(_) | Shape::OpenChoice(_) => value.is_string(),
            Shape::Amount(_) => value.is_string() || value.is_number(),
            Shape::Integer | Shape::Number => value.is_number(),
            Shape::Switch => value.is_bool(),
            Shape::List(_) => value.is_sequence(),
            Shape::Map(_) | Shape::Record(_) | Shape::Tagged(..) | Shape::OpenTagged(..) => value.is_mapping(),
            Shape::Either(shapes) => shapes.iter().any(|shape| shape.is_kind_of(value)),
        }
    }

    fn mismatch(&self, value: &Value) -> String {
        let found = match value {
            Value::Null => "empty",
            Value::Bool(_) => "`true` or `false`",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a block of `name: value` lines",
            Value::Tagged(_) => "a value with a `!tag`",
        };
        format!("this should be {}, not {found}", self.name())
    }

    /// What a value of this shape is called in a message.
    pub fn name(&self) -> String {
        match self {
            Shape::Any => "a value".into(),
            Shape::Text(None) => "text".into(),
            Shape::Text(Some(format)) | Shape::Amount(format) => values::name(format).into(),
            Shape::Integer => "a whole number".into(),
            Shape::Number => "a number".into(),
            Shape::Switch => "`true` or `false`".into(),
            Shape::Choice(words) | Shape::OpenChoice(words) => format!("one of the words {}", names(words)),
            Shape::List(_) => "a list".into(),
            Shape::Map(_) | Shape::Record(_) | Shape::Tagged(..) | Shape::OpenTagged(..) => {
                "a block of `name: value` lines".into()
            }
            Shape::Either(shapes) => shapes.iter().map(Shape::name).collect::<Vec<_>>().join(" or "),
        }
    }
}

impl Record {
    fn walk(&self, map: &mut Mapping, path: &Path, misfits: &mut Vec<Misfit>) {
        // A name with nothing after it counts as not given, whatever its kind.
        let empty: Vec<Value> = map.iter().filter(|(_, v)| v.is_null()).map(|(k, _)| k.clone()).collect();
        for name in empty {
            let known = name.as_str().is_some_and(|name| self.fields.contains_key(name));
            if known {
                map.remove(&name);
            }
        }
        // What a misspelt name was meant to give is not missing as well.
        let mut meant = Vec::new();
        for (name, value) in map.iter_mut() {
            let Some(name) = name.as_str() else {
                misfits.push(Misfit {
                    meant: None,
                    path: path.clone(),
                    at_name: false,
                    code: &codes::WRONG_TYPE,
                    message: "a field's name must be a word".into(),
                    label: None,
                    help: None,
                });
                continue;
            };
            match self.fields.get(name) {
                Some(field) => field.shape.walk(value, &path.field(name), misfits),
                None if is_secret(name) && self.is_about_publishing(path) => misfits.push(Misfit {
                    meant: None,
                    path: path.field(name),
                    at_name: true,
                    code: &codes::SECRET_IN_FILE,
                    message: format!("`{name}` doesn't belong in this file: whoever gets the site's folder would have it"),
                    label: None,
                    help: Some(
                        "remove the line: `anteroom publish` asks for the password. For a machine that publishes by itself, save it \
                         there as a secret called ANTEROOM_PASSWORD"
                            .into(),
                    ),
                }),
                None => {
                    let near = nearest(name, self.names.iter().map(String::as_str));
                    meant.extend(near);
                    misfits.push(Misfit {
                        meant: None,
                        path: path.field(name),
                        at_name: true,
                        code: &codes::UNKNOWN_FIELD,
                        message: format!("there's no field called `{name}` here"),
                        label: near.map(|near| format!("did you mean `{near}`?")),
                        help: near.is_none().then(|| match self.within(name) {
                            Some(outer) => {
                                format!("move `{name}` into `{outer}`: `{outer}: {{ …, {name}: … }}`")
                            }
                            None => format!("the fields are: {}", self.names.join(", ")),
                        }),
                    });
                }
            }
        }
        for (name, field) in self.fields.iter().filter(|(_, field)| field.required) {
            if !map.contains_key(name.as_str()) && !meant.contains(&name.as_str()) {
                misfits.push(Misfit {
                    meant: None,
                    path: path.clone(),
                    at_name: false,
                    code: &codes::MISSING_FIELD,
                    message: format!("`{name}` is missing"),
                    label: None,
                    help: Some(format!("add {}: {}", field.shape.example(name), first_sentence(&field.about))),
                });
            }
        }
    }

    /// Whether somebody may write here how the website is published: under `publish`, or beside it.
    fn is_about_publishing(&self, path: &Path) -> bool {
        path.0.first() == Some(&Step::Field("publish".into()))
            || path.0.is_empty() && self.fields.contains_key("publish")
    }

    /// The field whose own fields include one of this name.
    fn within(&self, name: &str) -> Option<&str> {
        let has = |shape: &Shape| matches!(shape, Shape::Record(record) if record.fields.contains_key(name));
        self.names.iter().find(|outer| has(&self.fields[*outer].shape)).map(String::as_str)
    }

    /// What its fields look like, where it must have some, with what can stand there: `{ status: yes, as_of: … }`, if `text` can be
    /// one of them.
    fn example(&self, text: &str) -> Option<String> {
        let must: Vec<&String> = self.names.iter().filter(|name| self.fields[*name].required).collect();
        let meant: Vec<Option<String>> = must.iter().map(|name| self.fields[*name].shape.meant(text)).collect();
        let knows = meant.iter().flatten().count() == 1;
        let values = must.iter().zip(meant).map(|(name, meant)| (name, meant.filter(|_| knows)));
        let field = |(name, meant): &(&&String, Option<String>)| format!("{name}: {}", meant.as_deref().unwrap_or("…"));
        let values: Vec<_> = values.collect();
        let fields: Vec<String> = values.iter().map(field).collect();
        let open = values.iter().filter(|(_, meant)| meant.is_none());
        let said: Vec<String> =
            open.map(|(name, _)| format!("`{name}` is {}", self.fields[name.as_str()].shape.name())).collect();
        (!must.is_empty()).then(|| format!("`{{ {} }}`, where {}", fields.join(", "), said.join(" and ")))
    }

    /// Which fields it must have and which it can have.
    fn needs(&self) -> String {
        let (must, can): (Vec<&String>, Vec<&String>) = self.names.iter().partition(|name| self.fields[*name].required);
        let list = |names: &[&String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match (must.is_empty(), can.is_empty()) {
            (true, _) => format!("it can have {}", list(&can)),
            (false, true) => format!("it needs {}", list(&must)),
            (false, false) => format!("it needs {} and can have {}", list(&must), list(&can)),
        }
    }
}

/// Whether a text can be the name of something that a theme brings: `opening-hours`.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn names(words: &[Word]) -> String {
    words.iter().map(|word| word.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn first_sentence(about: &str) -> String {
    let about = about.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let end = about.find(". ").unwrap_or(about.len());
    about[..end].trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use schemars::JsonSchema;

    use super::*;
    use crate::document::schema::shape;
    use crate::yaml;

    /// A record for the tests.
    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Specimen {
        /// What it is called. Always given.
        title: String,
        /// When.
        date: Option<values::Date>,
        #[serde(default)]
        topics: Vec<String>,
        format: Option<Format>,
        #[serde(default)]
        parts: Vec<Part>,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    #[allow(dead_code)]
    enum Format {
        InPerson,
        /// On a screen.
        Video,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
    #[allow(dead_code)]
    enum Part {
        Hero { heading: String },
        Steps { count: Option<u32> },
    }

    fn check(text: &str) -> Vec<(String, String)> {
        let mut value = yaml::parse(text).unwrap();
        let misfits = shape::<Specimen>().check(&mut value);
        if misfits.is_empty() {
            serde_yaml::from_value::<Specimen>(value).unwrap();
        }
        misfits.into_iter().map(|m| (m.code.name.to_string(), m.label.unwrap_or(m.message))).collect()
    }

    #[test]
    fn all_faults_come_at_once() {
        let found =
            check("titel: a\ndate: 2026-02-30\ntopics: grief\nformat: vidio\nparts: [{type: hero}, {type: stepps}]\n");
        let expected = [
            ("unknown-field", "did you mean `title`?"),
            ("invalid-value", "`2026-02-30` isn't a date such as 2026-11-22"),
            ("wrong-type", "did you mean `[grief]`?"),
            ("invalid-value", "did you mean `video`?"),
            ("missing-field", "`heading` is missing"),
            ("invalid-value", "did you mean `steps`?"),
        ];
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for ((code, text), (want_code, want_text)) in found.iter().zip(expected) {
            assert_eq!(code, want_code);
            assert!(text.starts_with(want_text), "{text}");
        }
    }

    #[test]
    fn empty_optional_fields_count_as_absent() {
        assert_eq!(check("title: a\ntopics:\ndate:\nformat: in-person\nparts:\n  - {type: steps, count: 3}\n"), vec![]);
    }
}
