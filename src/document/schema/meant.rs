//! What was probably meant by a value that does not fit its shape.
//!
//! Owns the guess, written as YAML that can take the value's place: `[video]`, `{ amount: 120 }`. What a text
//! without the form of its field means is `document::values`'.

use super::{Record, Shape, Word};
use crate::diagnostic::nearest;
use crate::document::values;
use crate::yaml;

/// A text of more words than this is a sentence: its commas divide no list.
const LONGEST_ENTRY: usize = 4;

impl Shape {
    /// What somebody who wrote `text` probably meant, as YAML; none where there is no telling.
    pub(super) fn meant(&self, text: &str) -> Option<String> {
        match self {
            Shape::Any | Shape::Map(_) | Shape::Tagged(..) | Shape::OpenTagged(..) => None,
            Shape::Text(None) => Some(yaml::scalar(text)),
            Shape::Text(Some(format)) => formed(format, text).map(|text| yaml::scalar(&text)),
            Shape::Amount(format) => formed(format, text),
            Shape::Integer => values::meant("amount", text).filter(|number| number.bytes().all(|b| b.is_ascii_digit())),
            Shape::Number => values::meant("amount", text),
            Shape::Switch => switch(text).map(|on| on.to_string()),
            Shape::Choice(words) | Shape::OpenChoice(words) => chosen(words, text).map(str::to_string),
            Shape::List(entries) => list(entries, text),
            Shape::Record(record) => record.meant(text),
            Shape::Either(shapes) => shapes.iter().find_map(|shape| shape.meant(text)),
        }
    }
}

impl Record {
    /// A record with the text in the one field that it must have, or in the first whose form it has.
    fn meant(&self, text: &str) -> Option<String> {
        if self.fields.contains_key("from")
            && self.fields.contains_key("to")
            && let Some((from, to)) = values::range(text)
        {
            return Some(format!("{{ from: {from}, to: {to} }}"));
        }
        let required: Vec<&String> = self.names.iter().filter(|name| self.fields[*name].required).collect();
        let (name, value) = match required.as_slice() {
            [] => {
                let told = |name: &&String| match &self.fields[*name].shape {
                    Shape::Amount(_) | Shape::Integer | Shape::Number | Shape::Choice(_) => true,
                    Shape::Text(format) => format.as_ref().is_some_and(|format| format != "markdown"),
                    _ => false,
                };
                let mut fields = self.names.iter().filter(told);
                fields.find_map(|name| Some((name, self.fields[name].shape.meant(text)?)))?
            }
            [only] => (*only, self.fields[*only].shape.meant(text)?),
            _ => return None,
        };
        Some(format!("{{ {name}: {value} }}"))
    }
}

/// A text that has the form, or the one that was meant.
fn formed(format: &str, text: &str) -> Option<String> {
    match values::check(format, text) {
        Ok(()) => Some(text.to_string()),
        Err(_) => values::meant(format, text),
    }
}

fn list(entries: &Shape, text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let divides = parts.iter().all(|part| part.split_whitespace().count() <= LONGEST_ENTRY);
    let parts = if divides { parts } else { vec![text] };
    // `in person and online`: words of a choice have no `and` in them.
    let and = |part: &'_ str| -> Vec<String> {
        let apart = [" and ", " or ", " und ", " oder ", " y ", " & ", "/"]
            .iter()
            .fold(part.to_string(), |part, and| part.replace(and, ","));
        apart.split(',').map(|part| part.trim().to_string()).collect()
    };
    let parts: Vec<String> = match entries {
        Shape::Choice(_) | Shape::OpenChoice(_) => parts.into_iter().flat_map(and).collect(),
        _ => parts.into_iter().map(str::to_string).collect(),
    };
    let meant: Vec<String> = parts.iter().map(|part| entries.meant(part)).collect::<Option<_>>()?;
    (!meant.is_empty()).then(|| format!("[{}]", meant.join(", ")))
}

/// `true` and `false` in other words.
fn switch(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "ja" | "sí" | "si" | "oui" => Some(true),
        "no" | "n" | "off" | "false" | "nein" | "non" => Some(false),
        _ => None,
    }
}

/// The word that was meant: what people also call it, a slip, or the only one that is part of what was written or
/// has it as a part.
fn chosen<'a>(words: &'a [Word], text: &str) -> Option<&'a str> {
    let wanted = text.trim().to_lowercase().replace([' ', '_'], "-");
    let is = |word: &&Word| word.name == wanted || word.also.contains(&wanted);
    if let Some(word) = words.iter().find(is) {
        return Some(&word.name);
    }
    if let Some(near) = nearest(&wanted, words.iter().map(|word| word.name.as_str())) {
        return Some(near);
    }
    let part_of = |long: &str, short: &str| long.split('-').any(|part| part == short);
    let mut parts = words.iter().filter(|word| {
        part_of(&word.name, &wanted)
            || part_of(&wanted, &word.name)
            || word.also.iter().any(|also| part_of(&wanted, also))
    });
    let only = parts.next()?;
    parts.next().is_none().then_some(only.name.as_str())
}
