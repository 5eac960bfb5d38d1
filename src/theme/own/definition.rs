//! Fields that a theme brings: their definitions as designers write them.
//!
//! Owns their types and what is wrong with a definition itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::below;
use crate::diagnostic::codes;
use crate::document::model::SettingValue;
use crate::document::schema::Misfit;
use crate::source::SourcePath;
use crate::theme::manifest::{SettingDefinition, SettingKind};
use crate::theme::settings::Place;
use crate::yaml::Path;

/// A section that a theme brings: its file is `sections/NAME.yaml`, its template `templates/sections/NAME.html`. For a section that
/// every theme knows, such as `hero`, the file adds fields, which pages give under `theme`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionDefinition {
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub help: Option<String>,
    /// What a page says in it.
    #[serde(default)]
    pub fields: Definitions,
    /// Values to begin with, by name.
    #[serde(default)]
    pub presets: BTreeMap<String, SectionPreset>,
    /// How many of them a page may have; any number where not given.
    pub most: Option<u32>,
}

/// Values to begin a section with.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionPreset {
    /// What they are called.
    pub label: String,
    /// The values.
    #[serde(default)]
    pub fields: BTreeMap<String, SettingValue>,
}

/// Fields by name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Definitions(pub BTreeMap<String, FieldDefinition>);

/// A field that a page, or a section of it, can give to the theme.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldDefinition {
    /// What kind of value it takes.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub help: Option<String>,
    /// Whether it has to be given.
    #[serde(default)]
    pub required: bool,
    /// The words of a choice.
    #[serde(default)]
    pub options: Vec<String>,
    /// The least that a number may be; of entries and of a list, the fewest.
    pub min: Option<f64>,
    /// The most that a number may be; of entries and of a list, how many; of a text, how many characters long.
    pub max: Option<f64>,
    /// The step from one number to the next, counted from `min`: 1 for whole numbers.
    pub step: Option<f64>,
    /// The value where none is given.
    pub default: Option<SettingValue>,
    /// The fields of each entry.
    #[serde(default)]
    pub fields: BTreeMap<String, EntryField>,
}

/// A field of an entry.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryField {
    /// What kind of value it takes; no entries again.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub help: Option<String>,
    /// Whether each entry has to give it.
    #[serde(default)]
    pub required: bool,
    /// The words of a choice.
    #[serde(default)]
    pub options: Vec<String>,
    /// The least that a number may be; of a list, the fewest.
    pub min: Option<f64>,
    /// The most that a number may be; of a list, how many; of a text, how many characters long.
    pub max: Option<f64>,
    /// The step from one number to the next, counted from `min`: 1 for whole numbers.
    pub step: Option<f64>,
    /// The value where none is given.
    pub default: Option<SettingValue>,
}

/// What kind of value a field takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A text of one line.
    #[schemars(extend("x-also" = ["string", "line"]))]
    Text,
    /// A text in markdown, with links and emphasis.
    #[schemars(extend("x-also" = ["rich-text", "richtext", "html", "textarea", "prose"]))]
    Markdown,
    /// A number.
    #[schemars(extend("x-also" = ["integer", "float"]))]
    Number,
    /// A number between `min` and `max`.
    Range,
    /// `true` or `false`.
    #[schemars(extend("x-also" = ["boolean", "bool", "checkbox", "toggle"]))]
    Switch,
    /// One of the options.
    #[schemars(extend("x-also" = ["select", "radio", "enum"]))]
    Choice,
    /// Texts.
    #[schemars(extend("x-also" = ["array", "tags"]))]
    List,
    /// A picture: a file beside the page, or in `images/`.
    #[schemars(extend("x-also" = ["picture", "photo"]))]
    Image,
    /// A page of the site, or an address elsewhere.
    #[schemars(extend("x-also" = ["url", "address"]))]
    Link,
    /// A page of the site.
    Page,
    /// Entries that each have the same `fields`.
    #[schemars(extend("x-also" = ["entry", "blocks", "repeater", "structure", "items", "group"]))]
    Entries,
}

/// The fields that a theme brings for each kind of page.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageFields {
    /// Of pages, the home page among them.
    #[serde(default)]
    page: Definitions,
    /// Of services.
    #[serde(default)]
    service: Definitions,
    /// Of people.
    #[serde(default)]
    practitioner: Definitions,
    /// Of articles.
    #[serde(default)]
    resource: Definitions,
}

/// A kind of page that can have fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the words speak for themselves
pub enum Fielded {
    Page,
    Service,
    Practitioner,
    Resource,
}

impl Fielded {
    /// Each of them.
    pub const ALL: [Fielded; 4] = [Fielded::Page, Fielded::Service, Fielded::Practitioner, Fielded::Resource];

    /// Its word in theme.yaml.
    pub fn key(self) -> &'static str {
        match self {
            Fielded::Page => "page",
            Fielded::Service => "service",
            Fielded::Practitioner => "practitioner",
            Fielded::Resource => "resource",
        }
    }
}

impl PageFields {
    /// The fields of a kind of page.
    pub fn of(&self, kind: Fielded) -> &Definitions {
        match kind {
            Fielded::Page => &self.page,
            Fielded::Service => &self.service,
            Fielded::Practitioner => &self.practitioner,
            Fielded::Resource => &self.resource,
        }
    }

    pub(super) fn of_mut(&mut self, kind: Fielded) -> &mut Definitions {
        match kind {
            Fielded::Page => &mut self.page,
            Fielded::Service => &mut self.service,
            Fielded::Practitioner => &mut self.practitioner,
            Fielded::Resource => &mut self.resource,
        }
    }
}

impl EntryField {
    /// The same as a field that stands by itself.
    pub fn alone(&self) -> FieldDefinition {
        let EntryField { kind, label, help, required, options, min, max, step, default } = self.clone();
        FieldDefinition { kind, label, help, required, options, min, max, step, default, fields: BTreeMap::new() }
    }
}

impl Definitions {
    /// What is wrong with the definitions themselves. They stand below `at` in a file.
    pub(super) fn faults(&self, at: &Path, file: &SourcePath) -> Vec<Misfit> {
        self.0.iter().flat_map(|(name, field)| field.faults(name, &at.field(name), file)).collect()
    }
}

impl FieldDefinition {
    /// The setting that takes the same, where there is one.
    pub(super) fn as_setting(&self) -> Option<SettingDefinition> {
        let kind = match self.kind {
            FieldKind::Text => SettingKind::Text,
            FieldKind::Number => SettingKind::Number,
            FieldKind::Range => SettingKind::Range,
            FieldKind::Switch => SettingKind::Switch,
            FieldKind::Choice => SettingKind::Choice,
            FieldKind::List => SettingKind::List,
            FieldKind::Image => SettingKind::Image,
            FieldKind::Link => SettingKind::Link,
            FieldKind::Page => SettingKind::Page,
            FieldKind::Markdown | FieldKind::Entries => return None,
        };
        let is_number = matches!(self.kind, FieldKind::Number | FieldKind::Range);
        let bound = |bound: Option<f64>| bound.filter(|_| is_number);
        Some(SettingDefinition {
            kind,
            label: self.label.clone(),
            help: self.help.clone(),
            group: None,
            options: self.options.clone(),
            min: bound(self.min),
            max: bound(self.max),
            step: self.step,
            default: self.default.clone().unwrap_or(SettingValue(serde_yaml::Value::Null)),
        })
    }

    fn faults(&self, name: &str, at: &Path, file: &SourcePath) -> Vec<Misfit> {
        let mut faults = Vec::new();
        let is_simple = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_simple {
            let message =
                format!("`{name}` can't be a field's name: use small letters, digits and `_`, and begin with a letter");
            faults.push(fault(at.clone(), true, message));
        }
        let own = match self.as_setting().map(|setting| setting.fault()) {
            Some(fault) => fault,
            None if self.kind == FieldKind::Entries && self.fields.is_empty() => Some("`entries` need `fields`"),
            None if self.step.is_some() => Some("`step` is for a `number` or a `range`"),
            None => None,
        };
        faults.extend(own.map(|message| fault(at.clone(), true, message.to_string())));
        let has_size = !matches!(
            self.kind,
            FieldKind::Switch | FieldKind::Choice | FieldKind::Image | FieldKind::Link | FieldKind::Page
        );
        if !has_size && (self.min.is_some() || self.max.is_some()) {
            faults.push(fault(at.clone(), true, "a value of this kind has no `min` and no `max`".to_string()));
        }
        if !self.fields.is_empty() && self.kind != FieldKind::Entries {
            faults.push(fault(at.field("fields"), true, "only `entries` have `fields`".to_string()));
        }
        for (name, part) in &self.fields {
            let at = at.field("fields").field(name);
            match part.kind {
                FieldKind::Entries => {
                    faults.push(fault(at, true, "entries can't hold entries again".to_string()));
                }
                _ => faults.extend(part.alone().faults(name, &at, file)),
            }
        }
        if let Some(default) = &self.default {
            let at = at.field("default");
            let place = |_: &Path| Place { path: file.clone(), span: 0..0, is_own: false };
            match self.kind {
                FieldKind::Markdown | FieldKind::Entries => {
                    faults.push(fault(at, true, "a value of this kind can't have a `default`".to_string()));
                }
                _ if faults.is_empty() => {
                    let misfits = self.read(name, &default.0, &place).err().unwrap_or_default();
                    faults.extend(misfits.into_iter().map(|misfit| below(&at, misfit)));
                }
                _ => {}
            }
        }
        faults
    }
}

/// Something wrong with a definition.
pub(super) fn fault(path: Path, at_name: bool, message: String) -> Misfit {
    Misfit { meant: None, path, at_name, code: &codes::INVALID_SETTING, message, label: None, help: None }
}
