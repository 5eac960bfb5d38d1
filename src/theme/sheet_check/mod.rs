//! Mistakes in the style sheets that a site itself brings, all of them at once, each at its place.
//!
//! Owns which checks there are and that one mistake is told once. Bundling and minifying is `styles`'s. The sheets inside the
//! program are held to the same by its tests.

mod addresses;
mod foreign;
mod form;
mod names;
mod queries;
mod read;
mod selectors;
mod slips;
mod table;
mod tokens;
mod units;
mod values;
mod variables;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::ThemeFile;
use super::layers::{Layer, Layers};
use super::settings::Settings;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::limits;
use crate::source::SourcePath;
pub(super) use form::in_words;
use read::{Part, Parts};

/// A style sheet that is looked through.
struct Sheet<'a> {
    path: SourcePath,
    text: &'a str,
    parts: Parts,
}

/// Everything that is wrong with the style sheets of the layers that `which` picks.
pub(super) fn check(
    layers: &Layers,
    settings: &Settings,
    files: &BTreeMap<String, ThemeFile>,
    fonts: &str,
    which: impl Fn(&Layer) -> bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut declared = None;
    for layer in layers.0.iter().filter(|layer| which(layer)) {
        for file in layer.files.keys().filter(|file| file.starts_with("assets/") && file.ends_with(".css")) {
            let (Some(path), Some(text)) = (layer.path(file), layer.text(file)) else { continue };
            // A copy of a sheet inside the program that nobody has changed.
            let is_its_own = |other: &Layer| !other.own && other.theme == layer.theme && other.text(file) == Some(text);
            if layer.own && layers.0.iter().any(is_its_own) {
                continue;
            }
            let declared = declared.get_or_insert_with(|| variables::declared(layers, settings, fonts));
            let sheet = Sheet { path, text, parts: read::read(text) };
            let mut own = form::faults(&sheet);
            own.extend(foreign::check(&sheet));
            let is_whole = own.is_empty();
            // Where a block is left open or the language is another, what follows from that is no news.
            if is_whole {
                own.extend(form::strays(&sheet));
            }
            let mut newer = BTreeSet::new();
            for index in 0..sheet.parts.items.len() {
                if own.len() > 10 * limits::CSS_FINDINGS {
                    break;
                }
                addresses::check(&sheet, index, layers, files, &mut own);
                variables::check(&sheet, index, declared, &mut own);
                own.extend(names::check(&sheet, index, &mut newer));
                values::check(&sheet, index, &mut own);
                queries::check(&sheet, index, &mut own);
                selectors::check(&sheet, index, &mut own);
            }
            if is_whole && !form::has_loose(&sheet) {
                let others = form::syntax(&sheet);
                let told: Vec<Range<usize>> = own.iter().filter_map(|finding| sheet.lines(finding)).collect();
                let is_new = |finding: &Diagnostic| {
                    sheet
                        .lines(finding)
                        .is_none_or(|lines| !told.iter().any(|told| told.start <= lines.end && lines.start <= told.end))
                };
                own.extend(others.into_iter().filter(is_new));
            }
            own.sort_by_key(|finding| (finding.severity, finding.place.as_ref().map(|place| place.span.start)));
            own.truncate(limits::CSS_FINDINGS);
            found.extend(own);
        }
    }
    found
}

impl Sheet<'_> {
    /// What is wrong for certain.
    fn fault(&self, message: impl Into<String>, at: Range<usize>) -> Diagnostic {
        Diagnostic::new(&codes::STYLE_FAULT, message).at(&self.path, at)
    }

    /// What CSS does not have: a slip where it is nearly something else, otherwise perhaps only news.
    fn unknown(&self, message: String, at: Range<usize>, near: Option<&str>) -> Diagnostic {
        match near {
            Some(near) => self.fault(message, at).label(format!("did you mean `{near}`?")),
            None => Diagnostic::new(&codes::STYLE_UNKNOWN, message).at(&self.path, at),
        }
    }

    /// Whether a name is this one.
    fn is(&self, name: &Range<usize>, word: &str) -> bool {
        self.text[name.clone()].eq_ignore_ascii_case(word)
    }

    /// The at-rules around a part, the innermost first; an empty name for a rule with a selector.
    fn around(&self, index: usize) -> impl Iterator<Item = &str> {
        let parents = std::iter::successors(self.parts.items[index].parent, |at| self.parts.items[*at].parent);
        parents.map(|at| match &self.parts.items[at].part {
            Part::AtRule { name, .. } => &self.text[name.clone()],
            _ => "",
        })
    }

    /// Whether a declaration stands where properties do not.
    fn holds_descriptors(&self, index: usize) -> bool {
        let others = ["page", "font-feature-values", "function"];
        self.around(index).any(|rule| names::HOLD_DESCRIPTORS.contains(&rule) || others.contains(&rule))
    }

    /// Where a line and a column are.
    fn offset(&self, line: usize, column: usize) -> usize {
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = &self.text[start..];
        // Columns are counted in UTF-16.
        let mut left = column;
        let within = rest.char_indices().find(|(_, c)| {
            let is_here = left == 0 || *c == '\n';
            left = left.saturating_sub(c.len_utf16());
            is_here
        });
        start + within.map_or(rest.len(), |(at, _)| at)
    }

    /// The lines that a finding marks, whole; none of a note.
    fn lines(&self, finding: &Diagnostic) -> Option<Range<usize>> {
        let place = finding.place.as_ref().filter(|_| finding.severity != Severity::Note)?;
        let start = self.text[..place.span.start].rfind('\n').map_or(0, |line| line + 1);
        let end = place.span.end + self.text[place.span.end..].find('\n').unwrap_or(self.text.len() - place.span.end);
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;
    use crate::theme::settings::Places;
    use crate::theme::styles;

    #[test]
    fn the_sheets_inside_the_program_have_nothing_to_tell() {
        for theme in ["linen", "harbor", "meadow"] {
            let (practice, found) = (crate::document::stand_in_practice(), &mut Diagnostics::default());
            let layers = Layers::find(theme, &Sources::default(), &practice, true, found).expect("the theme is there");
            let settings = Settings::resolve(Places { layers: &layers, practice: &practice }, None, found);
            let told = check(&layers, &settings, &styles::files(&layers), "", |_| true);
            // Newer properties are fine where nothing depends on them.
            let told = told.iter().filter(|one| one.severity != Severity::Note);
            let told: Vec<_> = told.map(|one| format!("{} {:?}", one.message, one.place)).collect();
            assert!(told.is_empty(), "{theme}: {told:#?}");
        }
    }
}
