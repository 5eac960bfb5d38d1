//! A theme's settings and the values that hold for a site.
//!
//! Owns the check of every value that somebody wrote, and how it stands in a style sheet: as it was read, never as it was
//! typed, so that no value can open a comment or end a declaration. And the order in which a value is looked for:
//!
//! 1. `theme.settings` of practice.yaml;
//! 2. the preset that `theme.preset` of practice.yaml names;
//! 3. `defaults` and `settings` of the theme's theme.yaml, then of the theme that it extends, down to `base`.

use std::collections::BTreeMap;

use lightningcss::properties::{Property, PropertyId};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions};
use lightningcss::traits::{Parse, ToCss};
use lightningcss::values::color::CssColor;
use lightningcss::values::length::LengthValue;
use serde::Serialize;

use super::layers::Layers;
use super::manifest::{Pair, Preset, SettingDefinition, SettingKind};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::DataFile;
use crate::document::model::{Practice, SettingValue};
use crate::limits;
use crate::yaml::{Path, Value};

/// A setting with the value that holds for this site.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub definition: SettingDefinition,
    /// As it was read, so that it can stand in a style sheet.
    pub value: String,
    /// The value that the theme itself gives it.
    pub by_theme: String,
    /// Whether it asks for the fonts of the visitor's device alone.
    pub system: bool,
    /// Where the value was written.
    pub origin: Origin,
}

/// Where a value was written: looked up only when a finding needs the place.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The layer whose theme.yaml it is; `None` for practice.yaml.
    layer: Option<usize>,
    at: Path,
}

impl Origin {
    /// Whether the practice wrote it, not a theme.
    pub fn is_own(&self) -> bool {
        self.layer.is_none()
    }
}

/// The files in which values are written.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub layers: &'a Layers,
    pub practice: &'a DataFile<Practice>,
}

impl Places<'_> {
    /// A finding at a value.
    pub fn at(&self, finding: Diagnostic, origin: &Origin) -> Diagnostic {
        self.place(finding, origin, false)
    }

    /// A finding at the name before a value.
    fn at_key(&self, finding: Diagnostic, origin: &Origin) -> Diagnostic {
        self.place(finding, origin, true)
    }

    fn place(&self, finding: Diagnostic, origin: &Origin, key: bool) -> Diagnostic {
        let (path, located) = match origin.layer {
            None => (&self.practice.path, self.practice.locate(&origin.at)),
            Some(layer) => match self.layers.0.get(layer).and_then(|layer| layer.manifest.as_ref()) {
                Some(file) => (&file.path, file.locate(&origin.at)),
                None => return finding,
            },
        };
        let place = if key { located.key.unwrap_or(located.value) } else { located.value };
        finding.at(path, place)
    }
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
    pub fn resolve(places: Places<'_>, diagnostics: &mut Diagnostics) -> Settings {
        let mut settings = Settings::default();
        let theme = &places.practice.value.theme;
        let layers = places.layers.0.iter().enumerate().rev();
        let manifests: Vec<_> =
            layers.filter_map(|(at, layer)| Some((at, &layer.manifest.as_ref()?.manifest))).collect();
        for (layer, manifest) in &manifests {
            for (name, definition) in &manifest.settings {
                let origin = Origin { layer: Some(*layer), at: Path::of("settings").field(name).field("default") };
                if !is_name(name) {
                    let message = format!(
                        "`{name}` can't be a setting's name; \
                         use lower-case letters, digits and `_`, starting with a letter"
                    );
                    diagnostics.push(places.at_key(Diagnostic::new(&codes::INVALID_SETTING, message), &origin));
                    continue;
                }
                // Checked against itself: a default that its own kind refuses is a finding.
                let value = check(name, definition, &plain(&definition.default), places, &origin, diagnostics);
                let value = value.unwrap_or_default();
                let (definition, by_theme) = (definition.clone(), value.clone());
                settings.0.insert(name.clone(), Setting { definition, value, by_theme, system: false, origin });
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
                if theme.preset.as_ref() == Some(preset) {
                    chosen = Some((*layer, preset, values));
                }
            }
        }
        match (chosen, &theme.preset) {
            (Some((layer, preset, values)), _) => {
                for (name, value) in &values.settings {
                    let at = Path::of("presets").field(preset).field("settings").field(name);
                    // Its faults are told already.
                    settings.set(name, value, Origin { layer: Some(layer), at }, places, &mut Diagnostics::default());
                }
            }
            (None, Some(unknown)) => diagnostics.push(unknown_preset(unknown, places)),
            (None, None) => {}
        }
        for (name, value) in &theme.settings {
            let origin = Origin { layer: None, at: Path::of("theme.settings").field(name) };
            settings.set(name, value, origin, places, diagnostics);
        }
        settings
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
        if let Some(value) = self.fits(name, value, &origin, places, diagnostics)
            && let Some(setting) = self.0.get_mut(name)
        {
            if !origin.is_own() {
                setting.by_theme.clone_from(&value);
            }
            (setting.value, setting.origin) = (value, origin);
        }
    }

    /// The value as it is read, where there is such a setting and it takes it; otherwise a finding says what is wrong.
    fn fits(
        &self,
        name: &str,
        value: &SettingValue,
        origin: &Origin,
        places: Places<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        if let Some(setting) = self.0.get(name) {
            return check(name, &setting.definition, &plain(value), places, origin, diagnostics);
        }
        let all: Vec<&str> = self.0.keys().map(String::as_str).collect();
        let finding = Diagnostic::new(&codes::UNKNOWN_SETTING, format!("this theme has no setting called `{name}`"))
            .help(format!("its settings are: {}", all.join(", ")))
            .suggest(name, all);
        diagnostics.push(places.at_key(finding, origin));
        None
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
        let is_one = move |setting: &Setting| kinds.contains(&setting.definition.kind) && !setting.value.is_empty();
        let chosen = self.0.iter().filter(move |(_, setting)| is_one(setting));
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
    let files = layers.0.iter().enumerate().filter_map(|(at, layer)| Some((at, layer.manifest.as_ref()?)));
    files.flat_map(|(layer, file)| {
        let pairs = file.manifest.pairs.iter().enumerate();
        pairs.map(move |(index, pair)| (pair, Origin { layer: Some(layer), at: Path::of("pairs").entry(index) }))
    })
}

fn unknown_preset(name: &str, places: Places<'_>) -> Diagnostic {
    let all: Vec<&str> = presets(places.layers).map(|(name, _)| name).collect();
    let finding = Diagnostic::new(&codes::UNKNOWN_SETTING, format!("this theme has no preset called `{name}`"))
        .help(match all.is_empty() {
            true => "this theme has no presets: remove the line".to_string(),
            false => format!("its presets are: {}", all.join(", ")),
        })
        .suggest(name, all);
    places.at(finding, &Origin { layer: None, at: Path::of("theme.preset") })
}

/// A setting's value as it is read, where it takes it; otherwise a finding says what it takes.
fn check(
    name: &str,
    definition: &SettingDefinition,
    value: &str,
    places: Places<'_>,
    origin: &Origin,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match definition.read(value) {
        Ok(value) => Some(value),
        Err(wanted) => {
            let finding = Diagnostic::new(&codes::INVALID_SETTING, format!("`{name}` should be {wanted}"));
            diagnostics.push(places.at(finding, origin));
            None
        }
    }
}

/// Whether a name can be that of a custom property as well.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
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
    /// The value as it is read, where it takes it; otherwise what it takes, in words.
    fn read(&self, value: &str) -> Result<String, String> {
        let is_choice = || self.options.iter().any(|option| option == value);
        let read = match self.kind {
            SettingKind::Colour | SettingKind::Length | SettingKind::Font => in_css(self.kind, value),
            SettingKind::Choice => is_choice().then(|| value.to_string()),
            SettingKind::Switch => matches!(value, "true" | "false").then(|| value.to_string()),
            SettingKind::Text | SettingKind::Image => Some(value.to_string()),
        };
        read.ok_or_else(|| match self.kind {
            SettingKind::Colour => "an opaque colour such as `#8a3f24`, in quotes".into(),
            SettingKind::Length => "a length such as `34rem`".into(),
            SettingKind::Font => "a list of font names".into(),
            SettingKind::Choice => format!("one of: {}", self.options.join(", ")),
            SettingKind::Switch => "`true` or `false`".into(),
            SettingKind::Text | SettingKind::Image => "text".into(),
        })
    }
}

/// A value as it stands in a style sheet: printed from what was read, and such that it is read as the same again.
fn in_css(kind: SettingKind, value: &str) -> Option<String> {
    // No name of a font holds these; between quotes or escaped they could stand, and somewhere else do harm.
    const NEVER: [char; 5] = [';', '{', '}', '<', '\\'];
    if limits::css(value).is_some() || value.contains(NEVER) {
        return None;
    }
    let printed = print(kind, value)?;
    (!printed.contains(NEVER) && !printed.contains("/*") && print(kind, &printed).as_ref() == Some(&printed))
        .then_some(printed)
}

fn print(kind: SettingKind, value: &str) -> Option<String> {
    let options = PrinterOptions::default();
    match kind {
        SettingKind::Colour => {
            colour(value)?;
            match CssColor::parse_string(value).ok()? {
                CssColor::RGBA(rgb) => Some(format!("#{:02x}{:02x}{:02x}", rgb.red, rgb.green, rgb.blue)),
                wide => wide.to_css_string(options).ok(),
            }
        }
        SettingKind::Length if value == "0" => Some(value.to_string()),
        SettingKind::Length => {
            let length = LengthValue::parse_string(value).ok()?;
            length.to_unit_value().0.is_finite().then_some(length)?.to_css_string(options).ok()
        }
        SettingKind::Font => match Property::parse_string(PropertyId::FontFamily, value, ParserOptions::default()) {
            Ok(fonts @ Property::FontFamily(_)) => fonts.value_to_css_string(options).ok(),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lightningcss::declaration::DeclarationBlock;
    use proptest::prelude::*;

    const KINDS: [(SettingKind, &str); 3] =
        [(SettingKind::Colour, "color"), (SettingKind::Length, "width"), (SettingKind::Font, "font-family")];

    /// A value is refused, or stands alone in its declaration and is read as itself.
    fn holds(value: &str) {
        for (kind, property) in KINDS {
            let Some(printed) = in_css(kind, value) else { continue };
            assert!(!printed.contains("/*") && !printed.contains(['<', ';', '{', '}', '\n']), "{value:?}: {printed}");
            let sheet = format!("{property}:{printed};--after:1");
            let read = DeclarationBlock::parse_string(&sheet, ParserOptions::default());
            let read = read.unwrap_or_else(|error| panic!("{value:?}: {sheet}: {error}"));
            assert_eq!(read.declarations.len(), 2, "{value:?}: {sheet}");
            assert!(!matches!(read.declarations[0], Property::Unparsed(_) | Property::Custom(_)), "{value:?}: {sheet}");
            let again = read.declarations[0].value_to_css_string(PrinterOptions::default()).unwrap();
            // A length of nothing has no unit when it is printed alone.
            let same = print(kind, &again).is_some_and(|again| again == printed || printed.starts_with('0'));
            assert!(same, "{value:?}: {printed} is {again}");
        }
    }

    #[test]
    fn what_would_leave_its_declaration_is_refused_or_tamed() {
        for (kind, value, printed) in [
            (SettingKind::Font, "serif /*", Some("serif")),
            (SettingKind::Font, "\"Gill Sans\", serif", Some("Gill Sans, serif")),
            (SettingKind::Font, "serif, url(x)", None),
            (SettingKind::Font, "serif;}", None),
            (SettingKind::Font, "\"</style>\"", None),
            (SettingKind::Font, "\"unclosed", Some("unclosed")),
            (SettingKind::Font, "var(--x)", None),
            (SettingKind::Font, "inherit !important", None),
            (SettingKind::Font, "", None),
            (SettingKind::Font, "a,,b", None),
            (SettingKind::Colour, "red/*", Some("#ff0000")),
            (SettingKind::Colour, "#8A3F24", Some("#8a3f24")),
            (SettingKind::Colour, "red;}", None),
            (SettingKind::Colour, "url(red)", None),
            (SettingKind::Colour, "currentColor", None),
            (SettingKind::Length, "1e9999rem", None),
            (SettingKind::Length, "34REM/**/", Some("34rem")),
            (SettingKind::Length, "0", Some("0")),
            (SettingKind::Length, "1rem 2rem", None),
            (SettingKind::Length, "url(1rem)", None),
        ] {
            assert_eq!(in_css(kind, value).as_deref(), printed, "{value}");
            holds(value);
        }
        let deep = format!("{}red, blue{}", "color-mix(in srgb, ".repeat(5_000), ")".repeat(5_000));
        assert_eq!(in_css(SettingKind::Colour, &deep), None);
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_one_value(text in "\\PC{0,30}") {
            holds(&text);
        }

        #[test]
        fn any_pieces_of_values_are_refused_or_one_value(pieces in proptest::collection::vec(prop::sample::select(vec![
            "red", "serif", "1", "e9999", "rem", "px", " ", ",", "/*", "*/", ";", "}", "{", "(", ")", "\"", "'", "\\", "\n",
            "</style>", "url(", "rgb(", "oklch(", "calc(", "var(--a)", "!important", "#", "abc", "%", "-", ".5", "none",
            "\\3b ", "\\a ", "@import", "<!--", "inherit", "infinity", "NaN", "0", "é", "color(srgb ", "1e39", "Gill Sans",
        ]), 0..8)) {
            holds(&pieces.concat());
        }
    }
}
