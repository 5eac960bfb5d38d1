//! A theme's settings and the values that hold for a site.
//!
//! Owns the order in which a value is looked for, and the check of every value that somebody wrote:
//!
//! 1. `theme.settings` of practice.yaml;
//! 2. the preset that `theme.preset` of practice.yaml names;
//! 3. `defaults` and `settings` of the theme's theme.yaml, then of the theme that it extends, down to `base`.

use std::collections::BTreeMap;
use std::ops::Range;

use lightningcss::traits::Parse;
use lightningcss::values::color::CssColor;
use lightningcss::values::length::LengthValue;
use serde::Serialize;

use super::layers::Layers;
use super::manifest::{Pair, Preset, SettingDefinition, SettingKind};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::DataFile;
use crate::document::model::{Practice, SettingValue};
use crate::source::SourcePath;
use crate::yaml::{Path, Value};

/// A setting with the value that holds for this site.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub definition: SettingDefinition,
    pub value: String,
    /// Where the value was written.
    pub origin: Origin,
}

/// Where a value was written.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub path: SourcePath,
    pub place: Range<usize>,
    /// Whether by the practice, not by a theme.
    pub own: bool,
}

/// A setting's value as templates see it: a switch is true or false, everything else is a text.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Shown {
    /// A switch.
    Switch(bool),
    /// A text.
    Text(String),
}

/// All settings of a theme, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings(pub BTreeMap<String, Setting>);

impl Settings {
    /// Finds the value of every setting; whatever was written wrongly is a finding at its line, and the next
    /// value in the order holds.
    pub fn resolve(layers: &Layers, practice: &DataFile<Practice>, diagnostics: &mut Diagnostics) -> Settings {
        let mut settings = Settings::default();
        for layer in layers.0.iter().rev() {
            let Some(file) = &layer.manifest else { continue };
            for (name, definition) in &file.manifest.settings {
                let origin = Origin {
                    path: file.path.clone(),
                    place: file.place(&Path::of("settings").field(name).field("default")),
                    own: false,
                };
                let value = plain(&definition.default);
                settings.0.insert(name.clone(), Setting { definition: definition.clone(), value, origin });
                // Checked against itself: a default that its own kind refuses is a finding.
                settings.set(name, &definition.default, |settings| settings.0[name].origin.clone(), diagnostics);
            }
            for (name, value) in &file.manifest.defaults {
                let path = Path::of("defaults").field(name);
                let origin = Origin { path: file.path.clone(), place: file.place(&path), own: false };
                let key = file.key_place(&path);
                settings.set_known(name, value, origin, key, diagnostics);
            }
        }
        // All presets are checked, not only the one that is in use.
        for layer in layers.0.iter().rev() {
            let Some(file) = &layer.manifest else { continue };
            for (preset, values) in &file.manifest.presets {
                let mut tried = settings.clone();
                for (name, value) in &values.settings {
                    let path = Path::of("presets").field(preset).field("settings").field(name);
                    let origin = Origin { path: file.path.clone(), place: file.place(&path), own: false };
                    tried.set_known(name, value, origin, file.key_place(&path), diagnostics);
                }
            }
        }
        settings.take_preset(layers, practice, diagnostics);
        for (name, value) in &practice.value.theme.settings {
            let located = practice.locate(&Path::of("theme.settings").field(name));
            let key = located.key.clone().unwrap_or_else(|| located.value.clone());
            let origin = Origin { path: practice.path.clone(), place: located.value, own: true };
            settings.set_known(name, value, origin, key, diagnostics);
        }
        settings
    }

    /// The preset of a name, and the theme that has it.
    fn take_preset(&mut self, layers: &Layers, practice: &DataFile<Practice>, diagnostics: &mut Diagnostics) {
        let Some(chosen) = &practice.value.theme.preset else { return };
        let found = layers.0.iter().filter_map(|layer| layer.manifest.as_ref());
        let found = found.filter_map(|file| Some((file, file.manifest.presets.get(chosen)?))).next();
        let Some((file, preset)) = found else {
            let all: Vec<&str> = presets(layers).map(|(name, _)| name).collect();
            let place = practice.locate(&Path::of("theme.preset")).value;
            diagnostics.push(
                Diagnostic::new(&codes::UNKNOWN_SETTING, format!("this theme has no preset called `{chosen}`"))
                    .at(&practice.path, place)
                    .help(match all.is_empty() {
                        true => "this theme has no presets: remove the line".to_string(),
                        false => format!("its presets are: {}", all.join(", ")),
                    })
                    .suggest(chosen, all),
            );
            return;
        };
        for (name, value) in &preset.settings {
            let path = Path::of("presets").field(chosen).field("settings").field(name);
            let origin = Origin { path: file.path.clone(), place: file.place(&path), own: false };
            // Its faults are told already.
            self.set_known(name, value, origin, 0..0, &mut Diagnostics::default());
        }
    }

    /// Gives a setting a value, if there is such a setting and it takes the value.
    fn set_known(
        &mut self,
        name: &str,
        value: &SettingValue,
        origin: Origin,
        key: Range<usize>,
        diagnostics: &mut Diagnostics,
    ) {
        if self.0.contains_key(name) {
            self.set(name, value, |_| origin, diagnostics);
            return;
        }
        let all: Vec<&str> = self.0.keys().map(String::as_str).collect();
        diagnostics.push(
            Diagnostic::new(&codes::UNKNOWN_SETTING, format!("this theme has no setting called `{name}`"))
                .at(&origin.path, key)
                .help(format!("its settings are: {}", all.join(", ")))
                .suggest(name, all),
        );
    }

    fn set(
        &mut self,
        name: &str,
        value: &SettingValue,
        origin: impl FnOnce(&Settings) -> Origin,
        diagnostics: &mut Diagnostics,
    ) {
        let origin = origin(self);
        let Some(setting) = self.0.get_mut(name) else { return };
        let value = plain(value);
        match setting.definition.check(&value) {
            Ok(()) => (setting.value, setting.origin) = (value, origin),
            Err(wanted) => diagnostics.push(
                Diagnostic::new(&codes::INVALID_SETTING, format!("`{name}` takes {wanted}"))
                    .at(&origin.path, origin.place),
            ),
        }
    }

    /// The values as templates see them.
    pub fn shown(&self) -> BTreeMap<String, Shown> {
        let shown = |setting: &Setting| match setting.definition.kind {
            SettingKind::Switch => Shown::Switch(setting.value == "true"),
            _ => Shown::Text(setting.value.clone()),
        };
        self.0.iter().map(|(name, setting)| (name.clone(), shown(setting))).collect()
    }

    /// The settings that become custom properties, with their values: colours, fonts and lengths.
    pub fn in_css(&self) -> impl Iterator<Item = (&str, &str)> {
        let kinds = [SettingKind::Colour, SettingKind::Font, SettingKind::Length];
        let chosen = self.0.iter().filter(move |(_, setting)| kinds.contains(&setting.definition.kind));
        chosen.map(|(name, setting)| (name.as_str(), setting.value.as_str()))
    }
}

/// The presets of a theme and of those that it extends, by name; of two with one name the nearer.
pub(super) fn presets(layers: &Layers) -> impl Iterator<Item = (&str, &Preset)> {
    let manifests = layers.0.iter().rev().filter_map(|layer| layer.manifest.as_ref());
    let all = manifests.flat_map(|file| file.manifest.presets.iter().map(|(name, preset)| (name.as_str(), preset)));
    all.collect::<BTreeMap<_, _>>().into_iter()
}

/// The pairs of colours of all layers, each with the place where it is declared.
pub(super) fn pairs(layers: &Layers) -> impl Iterator<Item = (&Pair, Origin)> {
    let manifests = layers.0.iter().filter_map(|layer| layer.manifest.as_ref());
    manifests.flat_map(|file| {
        file.manifest.pairs.iter().enumerate().map(|(index, pair)| {
            let place = file.place(&Path::of("pairs").entry(index));
            (pair, Origin { path: file.path.clone(), place, own: false })
        })
    })
}

/// A colour's red, green and blue, 0 to 1; `None` for what is no colour or not the same for every visitor.
pub(super) fn colour(value: &str) -> Option<[f32; 3]> {
    match CssColor::parse_string(value).ok()?.to_rgb().ok()? {
        CssColor::RGBA(colour) if colour.alpha == 255 => {
            Some([colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0))
        }
        _ => None,
    }
}

fn plain(value: &SettingValue) -> String {
    match &value.0 {
        Value::String(text) => text.trim().to_string(),
        Value::Bool(switch) => switch.to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

impl SettingDefinition {
    /// Whether it takes a value; otherwise what it takes, in words.
    fn check(&self, value: &str) -> Result<(), String> {
        let fits = match self.kind {
            SettingKind::Colour => colour(value).is_some(),
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
            SettingKind::Colour => "an opaque colour such as `#8a3f24`, between quotes".into(),
            SettingKind::Length => "a length such as `34rem`".into(),
            SettingKind::Font => "a list of font names".into(),
            SettingKind::Choice => format!("one of: {}", self.options.join(", ")),
            SettingKind::Switch => "`true` or `false`".into(),
            SettingKind::Text | SettingKind::Image => "a text".into(),
        })
    }
}
