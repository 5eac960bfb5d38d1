//! The values of a theme's settings, and of the fields that it brings.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{Html, LinkView, PictureView};

/// The value of a theme's setting, or of a field that it brings, as its kind has it.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum SettingView {
    /// A switch.
    Switch(bool),
    /// A number.
    Number(serde_json::Number),
    /// A text, a choice, a colour, a length or a list of fonts.
    Text(String),
    /// Texts.
    List(Vec<String>),
    /// A picture.
    Picture(Box<PictureView>),
    /// A link, or a page.
    Link(LinkView),
    /// A text in markdown; only of fields.
    Markup(Html),
    /// Entries with the same fields; only of fields.
    Entries(Vec<FieldsView>),
}

/// What a page, or a section of it, says to fields that the theme brings: each by its name, none where it isn't given.
pub type FieldsView = BTreeMap<String, Option<SettingView>>;

/// An icon of a theme's.
#[derive(Clone, PartialEq, Hash, Debug, Serialize, JsonSchema)]
pub struct SymbolView {
    /// Its place in the file of all icons, for `use`.
    pub href: String,
    /// The part of the plane that it fills, for `viewBox`.
    pub view_box: String,
    /// Its shapes, in a copy for a disk, where browsers take none from another file; else none.
    pub markup: Option<Html>,
}
