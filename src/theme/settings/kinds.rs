//! What each kind of setting takes.
//!
//! Owns the step from a value as it was written to what it says: every kind with its reading, and in words what a kind takes
//! where a value isn't that. Whether a page or a picture that a value names is there is found when the site is known
//! (`render::settings`). How colours, lengths and fonts are read is `css`'s.

use std::ops::Range;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Number;

use super::css::in_css;
use crate::diagnostic::codes;
use crate::document::model::Focus;
use crate::document::schema::{Misfit, Shape, shape};
use crate::document::values::FilePath;
use crate::font;
use crate::source::SourcePath;
use crate::theme::manifest::{SettingDefinition, SettingKind};
use crate::yaml::{Path, Value};

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
}

/// A picture that a setting names.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PictureChoice {
    /// Its file.
    pub file: String,
    /// What it shows; empty for ornament.
    pub alt: String,
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

/// A picture with what is said of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PictureForm {
    /// The picture's file.
    file: FilePath,
    /// What it shows.
    alt: Option<String>,
    /// Which part of it stays in sight.
    focus: Option<Focus>,
}

/// A link with its words.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LinkForm {
    /// Where it leads.
    to: String,
    /// Its words.
    label: Option<String>,
}

/// A colour for each scheme.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PairForm {
    /// In light mode.
    #[allow(dead_code, reason = "the shape is derived from it, the values are read one by one")]
    light: String,
    /// In dark mode.
    #[allow(dead_code, reason = "as above")]
    dark: Option<String>,
}

static PICTURE: LazyLock<Shape> = LazyLock::new(shape::<PictureForm>);
static LINK: LazyLock<Shape> = LazyLock::new(shape::<LinkForm>);
static PAIR: LazyLock<Shape> = LazyLock::new(shape::<PairForm>);

/// What is wrong with a pair of colours as a pair: its fields. The colours are read one by one.
pub(super) fn pair_faults(value: &Value) -> Vec<Misfit> {
    PAIR.check(&mut value.clone())
}

/// A value as one text: what YAML takes for a number or for `true` counts too.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_string()),
        Value::Bool(switch) => Some(switch.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some(String::new()),
        _ => None,
    }
}

/// Whether a font setting names a file instead of families.
pub(in crate::theme) fn is_font_file(value: &str) -> bool {
    let ending = value.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| font::ENDINGS.contains(&ending.as_str()))
        && !value.contains(',')
        && SourcePath::new(value).is_some()
}

impl SettingDefinition {
    /// The value as it is read, where it takes it; otherwise what is wrong with it. `place` tells where a part of the value
    /// is written.
    pub(super) fn read(
        &self,
        name: &str,
        value: &Value,
        place: &dyn Fn(&Path) -> Place,
    ) -> Result<Shown, Vec<Misfit>> {
        let refused = || {
            let message = format!("`{name}` should be {}", self.wanted());
            vec![Misfit {
                path: Path::default(),
                at_name: false,
                code: &codes::INVALID_SETTING,
                message,
                label: None,
                help: None,
            }]
        };
        let or_refused = |misfits: Vec<Misfit>| if misfits.is_empty() { refused() } else { misfits };
        let text = plain(value);
        let read = match self.kind {
            SettingKind::Image => return picture(value, place).map(Shown::Picture).map_err(or_refused),
            SettingKind::Link => return link(value, place).map(Shown::Link).map_err(or_refused),
            SettingKind::Page => return page(value, place).map(Shown::Page).map_err(or_refused),
            SettingKind::List => list(value).map(Shown::List),
            SettingKind::Number | SettingKind::Range => text.and_then(|text| self.number(&text)).map(Shown::Number),
            SettingKind::Switch => match text.as_deref() {
                Some("true") => Some(Shown::Switch(true)),
                Some("false") => Some(Shown::Switch(false)),
                _ => None,
            },
            SettingKind::Font if text.as_deref().is_some_and(is_font_file) => text.map(Shown::Text),
            SettingKind::Colour | SettingKind::ColourPair | SettingKind::Length | SettingKind::Font => {
                text.and_then(|text| in_css(self.kind, &text)).map(Shown::Text)
            }
            SettingKind::Choice => text.filter(|text| self.options.contains(text)).map(Shown::Text),
            SettingKind::Text => text.map(Shown::Text),
        };
        read.ok_or_else(refused)
    }

    /// What is wrong with the definition itself, in words.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let is_number = matches!(self.kind, SettingKind::Number | SettingKind::Range);
        let bounds = [self.min, self.max, self.step];
        if !is_number && bounds.iter().any(Option::is_some) {
            return Some("`min`, `max` and `step` are for a `number` or a `range`");
        }
        if self.kind == SettingKind::Range && (self.min.is_none() || self.max.is_none()) {
            return Some("a `range` needs `min` and `max`");
        }
        if self.min.zip(self.max).is_some_and(|(min, max)| min > max) {
            return Some("`min` is larger than `max`");
        }
        if self.step.is_some_and(|step| step <= 0.0) {
            return Some("`step` should be larger than 0");
        }
        if self.kind == SettingKind::Choice && self.options.is_empty() {
            return Some("a `choice` needs `options`");
        }
        None
    }

    fn number(&self, text: &str) -> Option<Number> {
        let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
        let fits_step = self.step.is_none_or(|step| {
            let steps = (number - self.min.unwrap_or(0.0)) / step;
            // What 0.1 is not in binary.
            (steps - steps.round()).abs() < 1e-6
        });
        let is_within = self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max);
        if !fits_step || !is_within {
            return None;
        }
        // Whole numbers are written without a dot.
        match text.parse::<i64>() {
            Ok(whole) => Some(whole.into()),
            Err(_) if number.fract() == 0.0 && number.abs() < 1e15 => Some((number as i64).into()),
            Err(_) => Number::from_f64(number),
        }
    }

    /// What it takes, in words.
    fn wanted(&self) -> String {
        match self.kind {
            SettingKind::Colour | SettingKind::ColourPair => "an opaque colour such as `#8a3f24`, in quotes".into(),
            SettingKind::Length => "a length such as `34rem`".into(),
            SettingKind::Font => "a list of font names, or a font's file such as `fonts/mine.woff2`".into(),
            SettingKind::Choice => format!("one of: {}", self.options.join(", ")),
            SettingKind::Switch => "`true` or `false`".into(),
            SettingKind::Text => "text".into(),
            SettingKind::List => "a list of texts, such as `[one, two]`".into(),
            SettingKind::Image => "a picture's file such as `images/hero.jpg`, or `{ file: …, alt: …, focus: … }`".into(),
            SettingKind::Link => "a page such as `contact.md`, a web address, or `{ to: …, label: … }`".into(),
            SettingKind::Page => "a page of the site such as `contact.md`".into(),
            SettingKind::Number | SettingKind::Range => {
                let step = self.step.unwrap_or_default();
                let is_whole = step >= 1.0 && step.fract() == 0.0 && self.min.unwrap_or(0.0).fract() == 0.0;
                let what = if is_whole { "a whole number" } else { "a number" };
                let bounds = match (self.min, self.max) {
                    (Some(min), Some(max)) => format!(" from {min} to {max}"),
                    (Some(min), None) => format!(", {min} or more"),
                    (None, Some(max)) => format!(", {max} or less"),
                    (None, None) => String::new(),
                };
                let steps = if self.step.is_some() && step != 1.0 { format!(", in steps of {step}") } else { String::new() };
                format!("{what}{bounds}{steps}")
            }
        }
    }
}

/// A picture, by its file alone or with what is said of it. `Err` with nothing where the value is of another kind.
fn picture(value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Option<PictureChoice>, Vec<Misfit>> {
    match value {
        Value::Mapping(_) => {
            let form: PictureForm = typed(value, &PICTURE)?;
            let place = place(&Path::of("file"));
            Ok(Some(PictureChoice { file: form.file.0, alt: form.alt.unwrap_or_default(), focus: form.focus, place }))
        }
        _ => Ok(name(value)?.map(|file| {
            let place = place(&Path::default());
            PictureChoice { file, alt: String::new(), focus: None, place }
        })),
    }
}

/// A link, by its address alone or with its words. `Err` as for pictures.
fn link(value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Option<LinkChoice>, Vec<Misfit>> {
    match value {
        Value::Mapping(_) => {
            let form: LinkForm = typed(value, &LINK)?;
            Ok(Some(LinkChoice { to: form.to, label: form.label, place: place(&Path::of("to")) }))
        }
        _ => page(value, place),
    }
}

/// A page. `Err` as for pictures.
fn page(value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Option<LinkChoice>, Vec<Misfit>> {
    Ok(name(value)?.map(|to| LinkChoice { to, label: None, place: place(&Path::default()) }))
}

/// What a value names; none where it is empty.
fn name(value: &Value) -> Result<Option<String>, Vec<Misfit>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.trim().to_string()).filter(|text| !text.is_empty())),
        _ => Err(Vec::new()),
    }
}

/// A value as a form.
fn typed<T: serde::de::DeserializeOwned>(value: &Value, shape: &Shape) -> Result<T, Vec<Misfit>> {
    let mut value = value.clone();
    let misfits = shape.check(&mut value);
    if !misfits.is_empty() {
        return Err(misfits);
    }
    // The shape is derived from the type, so that the two agree.
    serde_yaml::from_value(value).map_err(|_| Vec::new())
}

fn list(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Sequence(entries) => entries
            .iter()
            .map(|entry| plain(entry).filter(|text| !text.is_empty() && !matches!(entry, Value::Bool(_))))
            .collect(),
        _ => None,
    }
}
