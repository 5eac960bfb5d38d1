//! What each kind of setting takes.
//!
//! Owns the step from a value as it was written to what it says: every kind with its reading, and in words what a kind takes
//! where a value isn't that. Whether a page or a picture that a value names is there is found when the site is known
//! (`views::theme_view`). How colours, lengths and fonts are read is `css`'s.

use serde_json::Number;

use super::css::in_css;
use super::forms::{link, page, picture};
use super::shown::{Place, Shown};
use crate::diagnostic::codes;
use crate::document::schema::Misfit;
use crate::font;
use crate::source::SourcePath;
use crate::theme::manifest::{SettingDefinition, SettingKind};
use crate::yaml::{Path, Value};

/// A value as one text: what YAML takes for a number or for `true` counts too.
pub(in crate::theme) fn plain(value: &Value) -> Option<String> {
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
    pub(in crate::theme) fn read(
        &self,
        name: &str,
        value: &Value,
        place: &dyn Fn(&Path) -> Place,
    ) -> Result<Shown, Vec<Misfit>> {
        let refused = || {
            let message = format!("`{name}` should be {}", self.wanted());
            vec![Misfit {
                meant: None,
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
    pub(in crate::theme) fn fault(&self) -> Option<&'static str> {
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
            SettingKind::Image => {
                "a picture's file such as `images/hero.jpg`, or `{ file: …, alt: …, focus: … }`".into()
            }
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
                let steps =
                    if self.step.is_some() && step != 1.0 { format!(", in steps of {step}") } else { String::new() };
                format!("{what}{bounds}{steps}")
            }
        }
    }
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
