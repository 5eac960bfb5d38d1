//! `theme.yaml`: what a theme says of itself.
//!
//! Owns the file's types and its reading. Which values hold for a site is `settings`' business.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use schemars::JsonSchema;
use serde::Deserialize;

use super::own::PageFields;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::front_matter::Block;
use crate::document::model::SettingValue;
use crate::document::schema::{Shape, shape};
use crate::source::SourcePath;
use crate::yaml::{Located, Path, Places};

/// The file's name.
pub(super) const FILE: &str = "theme.yaml";

/// The version of the theme contract that this program keeps.
const CONTRACT: u32 = 1;

/// What a theme says of itself in `theme.yaml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
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
    /// Who made it, for whoever adds it to a site.
    pub author: Option<String>,
    /// What others may do with it: `MIT`, `CC-BY-4.0`, or a sentence.
    #[serde(alias = "license")]
    pub licence: Option<String>,
    /// What a practice can set.
    #[serde(default)]
    pub settings: BTreeMap<String, SettingDefinition>,
    /// Other defaults for settings of the themes that it builds on.
    #[serde(default)]
    pub defaults: BTreeMap<String, SettingValue>,
    /// Sets of values that go together, for practices to choose by name.
    #[serde(default)]
    pub presets: BTreeMap<String, Preset>,
    /// Which colour is text on which ground.
    #[serde(default)]
    pub pairs: Vec<Pair>,
    /// How wide pictures are shown in each place, as browsers want it in `sizes`: `text` in a text, `wide` across the
    /// page, `card` in a list or a gallery, `portrait` for a person, `logo` at the top. Browsers choose a file by it before they know the style sheet.
    #[serde(default)]
    pub pictures: BTreeMap<String, String>,
    /// What pages may say for this theme alone, in their front matter under `theme`.
    #[serde(default)]
    pub fields: PageFields,
    /// Font files in `assets/fonts/`, without their ending, that a page's first screen is set in besides the regular ones,
    /// such as that of bold headings.
    #[serde(default)]
    pub preload: Vec<String>,
}

/// A setting that a theme offers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingDefinition {
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
    /// The least that a number may be; a range needs it.
    pub min: Option<f64>,
    /// The most that a number may be; a range needs it.
    pub max: Option<f64>,
    /// The step from one number to the next, counted from `min`: 1 for whole numbers.
    pub step: Option<f64>,
    /// The value where a practice sets none; an empty text for no picture, no link, no page.
    pub default: SettingValue,
}

/// What kind of value a setting takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SettingKind {
    /// A CSS colour, the same for every visitor.
    #[schemars(extend("x-also" = ["color"]))]
    Colour,
    /// A colour for light and one for dark mode: `{ light: …, dark: … }`. `color_mark` is the first, `color_mark_dark` the
    /// second; a dark one that nobody gives is made from the light one.
    #[schemars(extend("x-also" = ["color-pair", "colours", "colors"]))]
    ColourPair,
    /// A CSS font-family list, or a font's file.
    Font,
    /// One of the options.
    Choice,
    /// A CSS length.
    Length,
    /// A number, with `min`, `max` and `step` where it has bounds.
    Number,
    /// A number between `min` and `max`.
    Range,
    /// `true` or `false`.
    #[schemars(extend("x-also" = ["boolean", "bool", "checkbox"]))]
    Switch,
    /// A text.
    Text,
    /// Texts.
    List,
    /// A picture: a file of the practice's, or one in the theme's `assets/`.
    #[schemars(extend("x-also" = ["picture", "photo"]))]
    Image,
    /// A page of the site, or an address elsewhere.
    #[schemars(extend("x-also" = ["url", "address"]))]
    Link,
    /// A page of the site.
    Page,
}

/// Values that go together.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// What it is called.
    pub label: String,
    /// Its values; the others stay at their defaults.
    #[serde(default)]
    pub settings: BTreeMap<String, SettingValue>,
}

/// A colour that is text on another: their contrast is computed in every build, and for the same names with
/// `_dark`, where there are such settings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The setting of the text's colour.
    pub text: String,
    /// The setting of the ground's colour.
    pub on: String,
    /// The least contrast; 4.5 where not given (WCAG 2.2, success criterion 1.4.3), 3 is enough for large
    /// text and for the outlines of fields (1.4.3, 1.4.11).
    pub least: Option<f32>,
}

/// A theme.yaml that can be used, with its text, so that a finding made later has a place.
#[derive(Clone, Debug)]
pub(super) struct ManifestFile {
    pub path: SourcePath,
    text: Cow<'static, str>,
    pub manifest: Manifest,
    /// Where its values stand, once a finding has asked.
    places: OnceLock<Places>,
}

static SHAPE: LazyLock<Shape> = LazyLock::new(shape::<Manifest>);

impl ManifestFile {
    /// Reads a theme.yaml; `None` where a finding says what is wrong with it.
    pub fn read(path: SourcePath, text: Cow<'static, str>, diagnostics: &mut Diagnostics) -> Option<ManifestFile> {
        let block = Block { path: &path, file: &text, start: 0, end: text.len() };
        let manifest: Manifest = block.read(&SHAPE, diagnostics)?;
        if manifest.api != CONTRACT {
            let message = format!(
                "this theme is for version {} of the theme contract, but this Anteroom has version {CONTRACT}",
                manifest.api
            );
            let place = block.locate(&Path::of("api")).value;
            diagnostics.push(Diagnostic::new(&codes::THEME_FILE, message).at(&path, place));
            return None;
        }
        Some(ManifestFile { path, text, manifest, places: OnceLock::new() })
    }

    /// Where a value stands in the file.
    pub fn locate(&self, path: &Path) -> Located {
        let block = Block { path: &self.path, file: &self.text, start: 0, end: self.text.len() };
        block.locate_in(self.places.get_or_init(|| block.places()), path)
    }
}
