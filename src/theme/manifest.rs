//! `theme.yaml`: a theme's name, parent and settings.
//!
//! Owns the settings' kinds and the check of the practice's values against them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lightningcss::traits::Parse;
use lightningcss::values::color::CssColor;
use lightningcss::values::length::LengthValue;
use schemars::JsonSchema;
use serde::Deserialize;

use super::layers::{Layer, Layers};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::DataFile;
use crate::document::front_matter::Block;
use crate::document::model::Practice;
use crate::document::schema::{Shape, shape};
use crate::yaml::{Path, Value};

/// What a theme says of itself.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)] // read by designers and by the commands about themes
pub(super) struct Manifest {
    /// The theme's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the theme contract that it is written for: 1.
    pub api: u32,
    /// The theme whose files it builds on; `base` where not given.
    pub extends: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// What a practice can set.
    #[serde(default)]
    pub settings: BTreeMap<String, SettingDefinition>,
}

/// A setting that a theme offers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub(super) struct SettingDefinition {
    /// What kind of value it takes.
    #[serde(rename = "type")]
    pub kind: SettingKind,
    /// What it is called.
    pub label: String,
    /// What it does.
    pub help: Option<String>,
    /// The heading under which it is listed.
    pub group: Option<String>,
    /// The words of a choice.
    #[serde(default)]
    pub options: Vec<String>,
    /// The value where a practice sets none.
    pub default: String,
}

/// What kind of value a setting takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SettingKind {
    /// A CSS colour.
    Colour,
    /// A CSS font-family list.
    Font,
    /// One of the options.
    Choice,
    /// A CSS length.
    Length,
    /// `true` or `false`.
    Switch,
    /// A text.
    Text,
    /// A picture's path.
    Image,
}

/// A setting with the value that holds for this site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Setting {
    /// Its name, as in theme.yaml.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether it becomes a custom property.
    pub in_css: bool,
}

static SHAPE: LazyLock<Shape> = LazyLock::new(shape::<Manifest>);

impl Manifest {
    /// Reads a layer's theme.yaml; `None` where it has none or a finding says what is wrong with it.
    pub fn read(layer: &Layer, diagnostics: &mut Diagnostics) -> Option<Manifest> {
        let text = layer.text("theme.yaml")?;
        let path = layer.path("theme.yaml")?;
        let mut found = Diagnostics::default();
        let block = Block { path: &path, file: text, start: 0, end: text.len() };
        let manifest: Option<Manifest> = block.read(&SHAPE, &mut found);
        diagnostics.extend(found);
        let manifest = manifest?;
        if manifest.api != 1 {
            let message = format!(
                "this theme is written for version {} of the theme contract, Anteroom knows version 1",
                manifest.api
            );
            let place = block.locate(&Path::of("api")).value;
            diagnostics.push(Diagnostic::new(&codes::THEME_FILE, message).at(&path, place));
            return None;
        }
        Some(manifest)
    }
}

/// The settings of all layers with the values that hold: the practice's, else the nearest default.
pub(super) fn settings(layers: &Layers, practice: &DataFile<Practice>, diagnostics: &mut Diagnostics) -> Vec<Setting> {
    let mut definitions: BTreeMap<String, SettingDefinition> = BTreeMap::new();
    for layer in layers.0.iter().rev() {
        // The layers' own faults were reported when the look-up order was made.
        if let Some(manifest) = Manifest::read(layer, &mut Diagnostics::default()) {
            definitions.extend(manifest.settings);
        }
    }
    let chosen = &practice.value.theme.settings;
    for (name, value) in chosen {
        let path = Path::of("theme.settings").field(name);
        let place = practice.locate(&path);
        match definitions.get(name) {
            None => {
                let all: Vec<&str> = definitions.keys().map(String::as_str).collect();
                diagnostics.push(
                    Diagnostic::new(&codes::UNKNOWN_SETTING, format!("this theme has no setting called `{name}`"))
                        .at(&practice.path, place.key.unwrap_or(place.value))
                        .help(format!("its settings are: {}", all.join(", ")))
                        .suggest(name, all),
                );
            }
            Some(definition) => {
                if let Err(wanted) = definition.check(&plain(&value.0)) {
                    diagnostics.push(
                        Diagnostic::new(&codes::INVALID_SETTING, format!("`{name}` takes {wanted}"))
                            .at(&practice.path, place.value),
                    );
                }
            }
        }
    }
    let resolved = definitions.into_iter().map(|(name, definition)| Setting {
        value: chosen.get(&name).map_or_else(|| definition.default.clone(), |value| plain(&value.0)),
        in_css: matches!(definition.kind, SettingKind::Colour | SettingKind::Font | SettingKind::Length),
        name,
    });
    resolved.collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(switch) => switch.to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

impl SettingDefinition {
    fn check(&self, value: &str) -> Result<(), String> {
        let fits = match self.kind {
            SettingKind::Colour => CssColor::parse_string(value).is_ok(),
            SettingKind::Length => value == "0" || LengthValue::parse_string(value).is_ok(),
            SettingKind::Font => !value.is_empty() && !value.contains([';', '{', '}', '<']),
            SettingKind::Choice => self.options.iter().any(|option| option == value),
            SettingKind::Switch => matches!(value, "true" | "false"),
            SettingKind::Text | SettingKind::Image => true,
        };
        if fits {
            return Ok(());
        }
        Err(match self.kind {
            SettingKind::Colour => "a colour such as `#8a3f24`, between quotes".into(),
            SettingKind::Length => "a length such as `34rem`".into(),
            SettingKind::Font => "a list of font names".into(),
            SettingKind::Choice => format!("one of: {}", self.options.join(", ")),
            SettingKind::Switch => "`true` or `false`".into(),
            SettingKind::Text | SettingKind::Image => "a text".into(),
        })
    }
}
