//! The values of settings as they were read.
//!
//! Owns their types. What a template sees of each is `views::theme_view`'s, which knows the site's pictures and pages.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Number;

use crate::document::model::Focus;
use crate::source::SourcePath;

/// A setting's value as it was read.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Shown {
    /// A switch.
    Switch(bool),
    /// A number.
    Number(Number),
    /// A text, a choice, or what stands in a style sheet.
    Text(String),
    /// Texts.
    List(Vec<String>),
    /// A picture; none where the setting is empty.
    Picture(Option<PictureChoice>),
    /// A page of the site or an address; none where the setting is empty.
    Link(Option<LinkChoice>),
    /// A page of the site; none where the setting is empty.
    Page(Option<LinkChoice>),
    /// A text in markdown; only of fields.
    Markdown(String, Place),
    /// Entries with the same fields, each by name; only of fields. None where one isn't given.
    Entries(Vec<Fields>),
}

/// What was read of fields, by name; none where one isn't given.
pub type Fields = BTreeMap<String, Option<Shown>>;

/// A picture that a setting names.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PictureChoice {
    /// Its file.
    pub file: String,
    /// What it shows; an empty text for ornament, none where nobody says.
    pub alt: Option<String>,
    /// Which part of it stays in sight.
    pub focus: Option<Focus>,
    /// Where the file's name is written.
    pub place: Place,
}

/// A page or an address that a setting names.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct LinkChoice {
    /// Where it leads.
    pub to: String,
    /// Its words, where they are not the page's title.
    pub label: Option<String>,
    /// Where `to` is written.
    pub place: Place,
}

/// Where a value is written, for what is found of it once the site is known.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The value's stretch of it.
    pub span: Range<usize>,
    /// Whether the practice wrote it, not a theme.
    pub is_own: bool,
}

impl Shown {
    /// What stands in a style sheet, or a text; empty for what is neither.
    pub fn text(&self) -> &str {
        match self {
            Shown::Text(text) => text,
            _ => "",
        }
    }

    /// The value in a line, as somebody would write it.
    pub fn line(&self) -> String {
        match self {
            Shown::Switch(on) => on.to_string(),
            Shown::Markdown(text, _) => text.clone(),
            Shown::Entries(entries) => format!("{} entries", entries.len()),
            Shown::Number(number) => number.to_string(),
            Shown::Text(text) => text.clone(),
            Shown::List(texts) => texts.join(", "),
            Shown::Picture(choice) => choice.as_ref().map_or_else(String::new, |choice| choice.file.clone()),
            Shown::Link(choice) | Shown::Page(choice) => {
                choice.as_ref().map_or_else(String::new, |choice| choice.to.clone())
            }
        }
    }
}
