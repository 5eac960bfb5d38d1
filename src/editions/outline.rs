//! A translation to begin with: the words of a file, laid out to be translated.
//!
//! Owns which words stand in it. What is still to be translated stands in brackets, so that it's found until somebody has done it.

use super::PRACTICE;
use super::files::{Kind, Language};
use super::write::{Node, Origin, named, write};
use crate::document::schema::{Record, Shape, Words};
use crate::document::{fences, page_shape, practice_shape};
use crate::source::{SourcePath, Sources};
use crate::yaml::{self, Path, Value};

/// A file that is to be written.
#[derive(Debug)]
pub struct Outline {
    /// Where.
    pub path: SourcePath,
    /// What.
    pub text: String,
}

/// The words of a file in the main language, as the beginning of its translation; `None` where it's no file that is translated, or one
/// whose facts can't be read.
pub fn outline(sources: &Sources, main: &SourcePath, language: &Language) -> Option<Outline> {
    let text = std::str::from_utf8(sources.text(main)?).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    let (shape, facts, body) = match Kind::of(main) {
        Kind::Practice => (practice_shape(), text, None),
        Kind::Page(kind) => {
            let fenced = fences::split(text)?;
            (page_shape(kind), text.get(fenced.facts)?, Some(text.get(fenced.body..)?))
        }
        Kind::Main | Kind::Shared => return None,
    };
    let facts = yaml::parse(facts).ok()?;
    let words = words_of(shape, &facts).unwrap_or(Value::Mapping(yaml::Mapping::new()));
    let block = write(&Node::of(&words, Origin { file: 0, path: Path::default() })).text;
    let ending = format!("{}.{}", language.prefix, main.extension());
    let name = format!("{}.{ending}", main.stem());
    let path = SourcePath::new(&format!("{}/{name}", main.folder()))?;
    let text = match body {
        None => format!(
            "# The words of {PRACTICE} in this language. Translate what stands in brackets; facts stay there.\n{block}",
        ),
        Some(body) => {
            let body = body.trim_matches('\n');
            let hint = if body.is_empty() { "" } else { "[Translate the text below, and delete this line.]\n\n" };
            format!("---\ndraft: true # delete this line when you've finished\n{block}---\n{hint}{body}\n")
        }
    };
    Some(Outline { path, text })
}

/// The words in a value, sentences in brackets; nothing where it holds none.
fn words_of(shape: &Shape, value: &Value) -> Option<Value> {
    match (shape, value) {
        (Shape::Record(record), Value::Mapping(map)) => words_of_record(record, map),
        (Shape::Tagged(tag, records) | Shape::OpenTagged(tag, records), Value::Mapping(map)) => {
            let kind = map.get(tag.as_str())?;
            let words = match records.get(&named(kind)) {
                Some(record) => words_of_record(record, map),
                None => Some(value.clone()),
            };
            let mut whole = yaml::Mapping::new();
            whole.insert(Value::from(tag.clone()), kind.clone());
            if let Some(Value::Mapping(words)) = words {
                whole.extend(words.into_iter().filter(|(key, _)| named(key) != *tag));
            }
            Some(Value::Mapping(whole))
        }
        // An entry without words keeps its place.
        (Shape::List(of), Value::Sequence(list)) => {
            let entries: Vec<Option<Value>> = list.iter().map(|entry| words_of(of, entry)).collect();
            let empty = || Value::Mapping(yaml::Mapping::new());
            let any = entries.iter().any(Option::is_some);
            any.then(|| Value::Sequence(entries.into_iter().map(|entry| entry.unwrap_or_else(empty)).collect()))
        }
        (Shape::Either(all), Value::Mapping(_)) => {
            words_of(all.iter().find(|shape| matches!(shape, Shape::Record(_)))?, value)
        }
        _ => None,
    }
}

fn words_of_record(record: &Record, map: &yaml::Mapping) -> Option<Value> {
    let mut words = yaml::Mapping::new();
    for (key, value) in map {
        let Some((shape, kind)) = record.field(&named(key)) else { continue };
        let own = match kind {
            // A translation has an address of its own, and what a practice is called seldom changes.
            Some(Words::Own) => None,
            _ if matches!(named(key).as_str(), "slug" | "name" | "short_name" | "theme") && kind.is_some() => None,
            Some(Words::Text) => Some(bracketed(value)),
            Some(Words::Name) => Some(value.clone()),
            None => words_of(shape, value),
        };
        if let Some(own) = own {
            words.insert(key.clone(), own);
        }
    }
    (!words.is_empty()).then_some(Value::Mapping(words))
}

/// A value with its texts in brackets.
fn bracketed(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(format!("[{}]", text.trim_end())),
        Value::Sequence(list) => Value::Sequence(list.iter().map(bracketed).collect()),
        Value::Mapping(map) => Value::Mapping(map.iter().map(|(key, value)| (key.clone(), bracketed(value))).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_laid_out_and_facts_left_where_they_are() {
        let mut sources = Sources::default();
        sources.insert_text(
            "content/services/trauer.md",
            "---\ntitle: Trauer\nsummary: Ein Weg.\nkind: therapy\nprice: { amount: 110, per: Sitzung }\nformats: [video]\n\
             faqs: [{ question: Was?, answer: Das. }]\nslug: trauer\n---\nTrauer.\n",
        );
        let main = SourcePath::new("content/services/trauer.md").unwrap();
        let english = Language { tag: "en".into(), prefix: "en".into() };
        let outline = outline(&sources, &main, &english).unwrap();
        assert_eq!(outline.path.as_str(), "content/services/trauer.en.md");
        assert_eq!(
            outline.text,
            "---\ndraft: true # delete this line when you've finished\ntitle: \"[Trauer]\"\nsummary: \"[Ein Weg.]\"\nprice:\n  per: \"[Sitzung]\"\n\
             faqs:\n  - question: \"[Was?]\"\n    answer: \"[Das.]\"\n---\n[Translate the text below, and delete this line.]\n\nTrauer.\n"
        );
    }
}
