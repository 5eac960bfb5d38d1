//! Colours that are like others: `color_button: color_accent`.
//!
//! Owns following the names, and the twins for dark mode.

use super::{Places, Settings};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};

/// The name of a colour's twin for dark mode.
pub(in crate::theme) fn dark(name: &str) -> String {
    format!("{name}_dark")
}

impl Settings {
    /// The dark twin of a colour that is like another is like that one's twin, unless somebody gave it one of its own.
    pub(super) fn like_twins(&mut self) {
        let names: Vec<String> = self.0.keys().cloned().collect();
        for name in names {
            let Some(own) = self.0.get(&name) else { continue };
            let Some(like) = own.like.as_deref().map(dark).filter(|like| self.0.contains_key(like)) else { continue };
            let origin = own.origin.clone();
            let Some(twin) = self.0.get_mut(&dark(&name)) else { continue };
            let is_empty = twin.value.text().is_empty() && twin.like.is_none();
            if is_empty || origin.is_nearer(&twin.origin) {
                (twin.like, twin.origin) = (Some(like), origin);
            }
        }
        self.follow();
    }

    /// The colour that another is like in the end, by its name.
    pub fn source<'a>(&'a self, name: &'a str) -> &'a str {
        let mut at = name;
        // No theme has more colours that are like each other, unless they are in a circle.
        for _ in 0..self.0.len() {
            match self.0.get(at).and_then(|setting| setting.like.as_deref()) {
                Some(like) => at = like,
                None => return at,
            }
        }
        name
    }

    /// Gives the colours that are like others the values of those.
    pub fn follow(&mut self) {
        let value = |name: &String| Some(self.0.get(self.source(name))?.value.clone());
        let alike = self.0.iter().filter(|(_, setting)| setting.like.is_some());
        let values: Vec<_> = alike.filter_map(|(name, _)| Some((name.clone(), value(name)?))).collect();
        for (name, value) in values {
            if let Some(setting) = self.0.get_mut(&name) {
                setting.value = value;
            }
        }
    }

    pub(super) fn tell_circles(&self, places: Places<'_>, diagnostics: &mut Diagnostics) {
        for (name, setting) in self.0.iter().filter(|(_, setting)| setting.like.is_some()) {
            if self.source(name) == name {
                let message = format!("`{name}` is like a colour that is like `{name}`; give one of them a colour");
                diagnostics.push(places.at(Diagnostic::new(&codes::INVALID_SETTING, message), &setting.origin));
            }
        }
    }
}
