//! Facts and words: which fields say the same in every language, and which are said in each.
//!
//! Owns the mark in the content model that tells them apart. What a translation does with it is `editions`'.

use serde_json::Value as Json;

use super::{Record, Shape};

/// The keyword beside a field's type that says that it holds words. A field without it is a fact, or holds others.
const WORDS: &str = "x-words";

/// Words of a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Words {
    /// A sentence or a title: where a language has none of its own, its readers meet another's, and the author is told.
    Text,
    /// A name or a term, which may well be the same in another language.
    Name,
    /// What belongs to the file alone: a translation never takes it over.
    Own,
}

/// Which words a field holds, by its schema.
pub(super) fn of(field: &Json) -> Option<Words> {
    match field.get(WORDS)?.as_str()? {
        "text" => Some(Words::Text),
        "own" => Some(Words::Own),
        _ => Some(Words::Name),
    }
}

impl Shape {
    /// Whether words stand in it at any depth.
    pub fn holds_words(&self) -> bool {
        match self {
            Shape::Record(record) => record.holds_words(),
            Shape::Tagged(_, all) | Shape::OpenTagged(_, all) => all.values().any(Record::holds_words),
            Shape::List(of) | Shape::Map(of) => of.holds_words(),
            Shape::Either(all) => all.iter().any(Shape::holds_words),
            _ => false,
        }
    }
}

impl Record {
    /// What a field may be, and which words it holds if it holds words.
    pub fn field(&self, name: &str) -> Option<(&Shape, Option<Words>)> {
        self.fields.get(name).map(|field| (&field.shape, field.words))
    }

    /// The fields' names, in the order in which they are declared.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    fn holds_words(&self) -> bool {
        self.fields.values().any(|field| field.words.is_some() || field.shape.holds_words())
    }
}
