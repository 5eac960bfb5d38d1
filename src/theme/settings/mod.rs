//! A theme's settings and the values that hold for a site.
//!
//! Owns the order in which a value is looked for, and where each was written:
//!
//! 1. `theme.settings` of practice.yaml;
//! 2. the preset that `theme.preset` of practice.yaml names;
//! 3. `defaults` and `settings` of the theme's theme.yaml, then of the theme that it extends, down to `base`.
//!
//! How a value is read is the business of `kinds` and `css`.

mod alike;
mod css;
mod forms;
mod kinds;
mod places;
mod shown;

use std::collections::BTreeMap;

use super::layers::Layers;
use super::manifest::{Pair, Preset, SettingDefinition, SettingKind};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::SettingValue;
use crate::yaml::{Path, Value};
pub(super) use alike::dark;
pub(super) use css::colour;
pub(super) use forms::schema;
pub(super) use kinds::{is_font_file, plain};
pub(super) use places::{Origin, Places};
pub use shown::{Fields, LinkChoice, PictureChoice, Place, Shown};

/// A setting with the value that holds for this site.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub definition: SettingDefinition,
    /// As it was read.
    pub value: Shown,
    /// The value that the theme itself gives it; of a font the last that is no file.
    pub by_theme: Shown,
    /// Whether it asks for the fonts of the visitor's device alone.
    pub system: bool,
    /// Where the value was written.
    pub origin: Origin,
    /// The colour that it takes its value from, where its own is the name of another.
    pub like: Option<String>,
}

/// All settings of a theme, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings(pub BTreeMap<String, Setting>);

impl Settings {
    /// Finds the value of every setting; whatever was written wrongly is a finding at its line, and the next
    /// value in the order holds.
    /// `asked` is the preset that the options name.
    pub fn resolve(places: Places<'_>, asked: Option<&str>, diagnostics: &mut Diagnostics) -> Settings {
        let mut settings = Settings::default();
        let theme = &places.practice.value.theme;
        let wanted = match asked {
            Some(asked) => Some(asked).filter(|asked| !asked.is_empty()),
            None => theme.preset.as_deref(),
        };
        let layers = places.layers.0.iter().enumerate().rev();
        let manifests: Vec<_> =
            layers.filter_map(|(at, layer)| Some((at, &layer.manifest.as_ref()?.manifest))).collect();
        for (layer, manifest) in &manifests {
            // A default may name a colour that stands further down.
            let sound: Vec<_> = (manifest.settings.iter())
                .filter(|(name, definition)| settings.declare(name, definition, *layer, places, diagnostics))
                .collect();
            for (name, definition) in sound {
                let origin = Origin { layer: Some(*layer), at: Path::of("settings").field(name).field("default") };
                // Checked against itself: a default that its own kind refuses is a finding.
                settings.set(name, &definition.default, origin, places, diagnostics);
            }
            for (name, value) in &manifest.defaults {
                let origin = Origin { layer: Some(*layer), at: Path::of("defaults").field(name) };
                settings.set(name, value, origin, places, diagnostics);
            }
        }
        // All presets are checked, not only the one that is in use.
        let mut chosen = None;
        for (layer, manifest) in &manifests {
            for (preset, values) in &manifest.presets {
                for (name, value) in &values.settings {
                    let at = Path::of("presets").field(preset).field("settings").field(name);
                    settings.fits(name, value, &Origin { layer: Some(*layer), at }, places, diagnostics);
                }
                if wanted == Some(preset.as_str()) {
                    chosen = Some((*layer, preset, values));
                }
            }
        }
        match (chosen, wanted) {
            (Some((layer, preset, values)), _) => {
                for (name, value) in &values.settings {
                    let at = Path::of("presets").field(preset).field("settings").field(name);
                    // Its faults are told already.
                    settings.set(name, value, Origin { layer: Some(layer), at }, places, &mut Diagnostics::default());
                }
            }
            (None, Some(unknown)) => diagnostics.push(unknown_preset(unknown, asked.is_some(), places)),
            (None, None) => {}
        }
        for (name, value) in &theme.settings {
            let origin = Origin { layer: None, at: Path::of("theme.settings").field(name) };
            settings.set(name, value, origin, places, diagnostics);
        }
        settings.like_twins();
        settings.tell_circles(places, diagnostics);
        settings
    }

    /// Adds a setting, without a value yet; a pair of colours becomes two. Whether its definition makes sense: if not, a finding
    /// says why.
    fn declare(
        &mut self,
        name: &str,
        definition: &SettingDefinition,
        layer: usize,
        places: Places<'_>,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let origin = Origin { layer: Some(layer), at: Path::of("settings").field(name) };
        let fault = match definition.fault() {
            _ if !is_name(name) => Some(format!(
                "`{name}` can't be a setting's name; \
                 use lower-case letters, digits and `_`, starting with a letter"
            )),
            fault => fault.map(str::to_string),
        };
        if let Some(fault) = fault {
            diagnostics.push(places.at_key(Diagnostic::new(&codes::INVALID_SETTING, fault), &origin));
            return false;
        }
        let mut add = |name: String, kind: SettingKind| {
            let definition = SettingDefinition { kind, ..definition.clone() };
            let value = Shown::Text(String::new());
            // The families that a theme below names stand in for a font's file.
            let by_theme = self.0.get(&name).map_or_else(|| value.clone(), |below| below.by_theme.clone());
            let origin = origin.clone();
            self.0.insert(name, Setting { definition, value, by_theme, system: false, origin, like: None });
        };
        if definition.kind == SettingKind::ColourPair {
            add(name.to_string(), SettingKind::Colour);
            add(dark(name), SettingKind::Colour);
        } else {
            add(name.to_string(), definition.kind);
        }
        true
    }

    /// Gives a setting a value, if there is such a setting and it takes the value.
    fn set(
        &mut self,
        name: &str,
        value: &SettingValue,
        origin: Origin,
        places: Places<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        for (name, value, origin) in self.fits(name, value, &origin, places, diagnostics) {
            let Some(setting) = self.0.get_mut(&name) else { continue };
            let is_file = setting.definition.kind == SettingKind::Font && is_font_file(value.text());
            if !origin.is_own() && !is_file {
                setting.by_theme.clone_from(&value);
            }
            let is_colour = setting.definition.kind == SettingKind::Colour;
            setting.like = Some(value.text().to_string()).filter(|name| is_colour && is_name(name));
            (setting.value, setting.origin) = (value, origin);
        }
    }

    /// The value as it is read, where there is such a setting and it takes it: one, or two of a pair of colours. Otherwise a
    /// finding says what is wrong.
    fn fits(
        &self,
        name: &str,
        value: &SettingValue,
        origin: &Origin,
        places: Places<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(String, Shown, Origin)> {
        let Some(setting) = self.0.get(name) else {
            let all: Vec<&str> = self.0.keys().map(String::as_str).collect();
            let finding =
                Diagnostic::new(&codes::UNKNOWN_SETTING, format!("this theme has no setting called `{name}`"))
                    .help(format!("its settings are: {}", all.join(", ")))
                    .suggest(name, all);
            diagnostics.push(places.at_key(finding, origin));
            return Vec::new();
        };
        let is_pair = setting.definition.kind == SettingKind::Colour && self.0.contains_key(&dark(name));
        let parts = match &value.0 {
            Value::Mapping(pair) if is_pair => {
                let faults = forms::pair_faults(&value.0);
                if !faults.is_empty() {
                    diagnostics.extend(faults.into_iter().map(|fault| places.misfit(fault, origin)));
                    return Vec::new();
                }
                let part = |key: &str, name: String| Some((name, pair.get(key)?, origin.below(&Path::of(key))));
                [part("light", name.to_string()), part("dark", dark(name))].into_iter().flatten().collect()
            }
            value => vec![(name.to_string(), value, origin.clone())],
        };
        let mut read = Vec::new();
        for (name, value, origin) in parts {
            // The name of another colour.
            if let Some(like) = value.as_str().filter(|like| self.is_colour(like) && *like != name) {
                read.push((name, Shown::Text(like.to_string()), origin));
                continue;
            }
            match setting.definition.read(&name, value, &|part| places.of(&origin.below(part))) {
                Ok(shown) => read.push((name, shown, origin)),
                Err(faults) => diagnostics.extend(faults.into_iter().map(|fault| places.misfit(fault, &origin))),
            }
        }
        read
    }

    /// What each takes, as JSON Schema, by name.
    pub fn schemas(&self) -> serde_json::Map<String, serde_json::Value> {
        let is_pair = |name: &str| self.0.contains_key(&dark(name));
        let schema = |(name, setting): (&String, &Setting)| (name.clone(), schema(&setting.definition, is_pair(name)));
        self.0.iter().map(schema).collect()
    }

    fn is_colour(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|setting| setting.definition.kind == SettingKind::Colour)
    }

    /// The values as the site's views are made of them.
    pub fn shown(&self) -> BTreeMap<String, Shown> {
        self.0.iter().map(|(name, setting)| (name.clone(), setting.value.clone())).collect()
    }

    /// The settings that become custom properties, with their values: colours, fonts, lengths and numbers.
    pub fn in_css(&self) -> impl Iterator<Item = (&str, String)> {
        let property = |setting: &Setting| match setting.definition.kind {
            SettingKind::Colour | SettingKind::Font | SettingKind::Length => Some(setting.value.text().to_string()),
            SettingKind::Number | SettingKind::Range => Some(setting.value.line()),
            _ => None,
        };
        let all = self.0.iter().filter_map(move |(name, setting)| Some((name.as_str(), property(setting)?)));
        all.filter(|(_, value)| !value.is_empty())
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
    let files = layers.0.iter().enumerate().filter_map(|(at, layer)| Some((at, layer.manifest.as_ref()?)));
    files.flat_map(|(layer, file)| {
        let pairs = file.manifest.pairs.iter().enumerate();
        pairs.map(move |(index, pair)| (pair, Origin { layer: Some(layer), at: Path::of("pairs").entry(index) }))
    })
}

fn unknown_preset(name: &str, is_asked: bool, places: Places<'_>) -> Diagnostic {
    let all: Vec<&str> = presets(places.layers).map(|(name, _)| name).collect();
    let finding = Diagnostic::new(&codes::UNKNOWN_SETTING, format!("this theme has no preset called `{name}`"))
        .help(match all.is_empty() {
            true => "this theme has no presets: remove the line".to_string(),
            false => format!("its presets are: {}", all.join(", ")),
        })
        .suggest(name, all);
    match is_asked {
        true => finding,
        false => places.at(finding, &Origin { layer: None, at: Path::of("theme.preset") }),
    }
}

/// Whether a name can be that of a custom property as well.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
