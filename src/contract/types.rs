//! What stands behind the names that templates see: a text, a list of people, a price.
//!
//! Owns following a name to its fields and its entries, through the JSON Schemas of the views, the theme's words and its
//! settings. What it doesn't know it calls unknown, and nobody asks further.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::Value as Json;

use super::view::{LinkView, PictureView};
use crate::theme::words::Word;
use crate::theme::{Shown, Theme};

/// What stands behind a name, a field of it, or what an expression makes of them.
#[derive(Clone, Copy)]
pub enum Type<'a> {
    /// Not known: not checked further.
    Unknown,
    /// A view or a part of one: the part, and the root that holds what it refers to.
    View(&'a Json, &'a Json),
    /// The theme's words, or a group of them.
    Words(&'a BTreeMap<String, Word>),
    /// One of the theme's words.
    Word(&'a str),
    /// One of the theme's words, with a form for each kind of number.
    Forms,
    /// The theme's settings.
    Settings(&'a Theme),
    /// What an expression makes.
    Made(Shape),
}

/// What can be done with a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Not known.
    Unknown,
    /// A text that an author or a practice has written.
    Text,
    /// A text that the theme has written.
    OwnText,
    /// Finished markup.
    Markup,
    /// A number.
    Number,
    /// True or false.
    Switch,
    /// A list.
    List,
    /// Fields with names.
    Group,
    /// Values by keys that nobody knows beforehand.
    Map,
}

impl Shape {
    /// Whether it is a text of any kind.
    pub fn is_text(self) -> bool {
        matches!(self, Shape::Text | Shape::OwnText | Shape::Markup)
    }

    /// In words, with an article.
    pub fn words(self) -> &'static str {
        match self {
            Shape::Unknown => "not known",
            Shape::Text | Shape::OwnText => "a text",
            Shape::Markup => "finished markup",
            Shape::Number => "a number",
            Shape::Switch => "true or false",
            Shape::List => "a list",
            Shape::Group => "a group of fields",
            Shape::Map => "a table of values",
        }
    }
}

impl<'a> Type<'a> {
    /// The type of a whole name.
    pub fn root(schema: &'a Schema) -> Type<'a> {
        Type::View(schema.as_value(), schema.as_value())
    }

    /// What can be done with it.
    pub fn shape(self) -> Shape {
        match self.resolved() {
            Type::Unknown => Shape::Unknown,
            Type::Made(shape) => shape,
            Type::Word(_) => Shape::OwnText,
            Type::Words(_) | Type::Forms | Type::Settings(_) => Shape::Group,
            Type::View(node, _) if is_markup(node) => Shape::Markup,
            Type::View(node, _) => match type_word(node) {
                Some("string") => Shape::Text,
                Some("integer" | "number") => Shape::Number,
                Some("boolean") => Shape::Switch,
                Some("array") => Shape::List,
                Some("object") if node.get("properties").is_some() => Shape::Group,
                Some("object") => Shape::Map,
                _ => Shape::Unknown,
            },
        }
    }

    /// The type of a field; `Err` with the fields that there are.
    pub fn field(self, name: &str) -> Result<Type<'a>, Vec<&'a str>> {
        match self {
            Type::Unknown | Type::Made(Shape::Unknown | Shape::Group | Shape::Map) => Ok(Type::Unknown),
            Type::Made(_) | Type::Word(_) => Err(Vec::new()),
            Type::Forms => Ok(Type::Made(Shape::OwnText)),
            Type::Words(words) => match words.get(name) {
                Some(Word::Group(below)) => Ok(Type::Words(below)),
                Some(Word::Plain(text)) => Ok(Type::Word(text)),
                Some(Word::Forms(_)) => Ok(Type::Forms),
                None => Err(words.keys().map(String::as_str).collect()),
            },
            Type::Settings(theme) => match theme.settings.get(name) {
                Some(value) => Ok(of_setting(value)),
                None => Err(theme.settings.keys().map(String::as_str).collect()),
            },
            Type::View(..) => {
                let Type::View(node, root) = self.resolved() else { return Ok(Type::Unknown) };
                if let Some(fields) = node.get("properties").and_then(Json::as_object) {
                    return match fields.get(name) {
                        Some(field) => Ok(Type::View(field, root)),
                        None => Err(fields.keys().map(String::as_str).collect()),
                    };
                }
                match type_word(node) {
                    Some("object") | None => Ok(Type::Unknown),
                    // A text, a number or a list has no fields.
                    Some(_) => Err(Vec::new()),
                }
            }
        }
    }

    /// The names of the fields that it is known to have.
    pub fn fields(self) -> Vec<&'a str> {
        // No field has this name, so that all are told.
        self.field("").err().unwrap_or_default()
    }

    /// The type of a list's entries, or of a table's values.
    pub fn entry(self) -> Type<'a> {
        match self.resolved() {
            Type::View(node, root) => {
                let of = node.get("items").or_else(|| node.get("additionalProperties"));
                of.filter(|of| of.is_object()).map_or(Type::Unknown, |of| Type::View(of, root))
            }
            // A group of words that are all alike.
            Type::Words(words) if words.values().all(|word| matches!(word, Word::Plain(_))) => {
                Type::Made(Shape::OwnText)
            }
            _ => Type::Unknown,
        }
    }

    /// What either of two may be: unknown where they differ.
    pub fn or(self, other: Type<'a>) -> Type<'a> {
        match (self.shape(), other.shape()) {
            (own, of_other) if own == of_other => match own {
                // Two groups of the same kind can't be told from others.
                Shape::Group | Shape::List | Shape::Map => Type::Made(Shape::Unknown),
                _ => Type::Made(own),
            },
            (Shape::Text, Shape::OwnText) | (Shape::OwnText, Shape::Text) => Type::Made(Shape::Text),
            _ => Type::Unknown,
        }
    }

    /// Follows references, and looks through `none`.
    pub fn resolved(self) -> Type<'a> {
        let Type::View(mut node, root) = self else { return self };
        for _ in 0..8 {
            if let Some(reference) = node.get("$ref").and_then(Json::as_str) {
                match root.pointer(reference.trim_start_matches('#')) {
                    Some(target) => node = target,
                    None => return Type::Unknown,
                }
            } else if let Some(some) = node.get("anyOf").and_then(Json::as_array) {
                let mut others = some.iter().filter(|one| one.get("type").and_then(Json::as_str) != Some("null"));
                match (others.next(), others.next()) {
                    (Some(target), None) => node = target,
                    // Several that differ.
                    _ => return Type::Unknown,
                }
            } else {
                break;
            }
        }
        Type::View(node, root)
    }
}

/// The schema of a type, its parts by reference.
pub(super) fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = false)
        .into_generator()
        .into_root_schema_for::<T>()
}

/// What a setting's value is in a template.
fn of_setting(setting: &Shown) -> Type<'static> {
    static KINDS: LazyLock<[Schema; 6]> = LazyLock::new(|| {
        [of::<bool>(), of::<f64>(), of::<String>(), of::<Vec<String>>(), of::<PictureView>(), of::<LinkView>()]
    });
    let [switch, number, text, list, picture, link] = &*KINDS;
    Type::root(match setting {
        Shown::Switch(_) => switch,
        Shown::Number(_) => number,
        Shown::Text(_) => text,
        Shown::List(_) => list,
        Shown::Picture(_) => picture,
        Shown::Link(_) | Shown::Page(_) => link,
        // Only fields are these; what they are is told by their definitions.
        Shown::Markdown(..) | Shown::Entries(_) => text,
    })
}

/// Whether a text is finished markup.
pub(super) fn is_markup(node: &Json) -> bool {
    node.get("format").and_then(Json::as_str) == Some("markup")
}

/// JSON Schema's word for a type; that of the value where it can also be none. Nothing where it can be several.
pub(super) fn type_word(node: &Json) -> Option<&str> {
    match node.get("type")? {
        Json::String(word) => Some(word),
        Json::Array(words) => {
            let mut others = words.iter().filter_map(Json::as_str).filter(|word| *word != "null");
            others.next().filter(|_| others.next().is_none())
        }
        _ => None,
    }
}
