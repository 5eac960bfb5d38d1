//! YAML blocks of a file: found, read and checked, every fault with its place.
//!
//! Owns the step from a stretch of a file to a typed value. What the fields mean is `document::model`'s.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::schema::{Misfit, Shape};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::SourcePath;
use crate::yaml::{self, Located, Path, Places, Value, YamlFault};

/// Front matter larger than this is refused: the parser's time and memory grow with it.
pub const LARGEST_BLOCK: usize = 64 * 1024;

/// Values of a block without which the rest is read; somebody with more has other troubles.
const MOST_PUT_ASIDE: usize = 20;

/// A stretch of YAML in a file: the block between `---` lines, or all of a YAML file.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// All of the file's text.
    pub file: &'a str,
    /// Where the YAML begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Finds the front matter of a markdown file: the YAML's stretch and where the body begins. `Ok(None)` where
/// the file has none, `Err` with the place of the first `---` where it is not closed.
pub fn split(file: &str) -> Result<Option<(Range<usize>, usize)>, Range<usize>> {
    let begin = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let rest = &file[begin..];
    let first = rest.lines().next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Ok(None);
    }
    let start = begin + rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let mut at = start;
    for line in file[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Some((start..at, at + line.len())));
        }
        at += line.len();
    }
    Err(begin..begin + 3)
}

impl<'a> Block<'a> {
    /// The YAML itself.
    pub fn text(&self) -> &'a str {
        &self.file[self.start..self.end]
    }

    /// The block as an untyped value.
    pub fn value(&self, diagnostics: &mut Diagnostics) -> Option<Value> {
        if self.is_too_large(diagnostics) {
            return None;
        }
        let no_yaml = |fault| {
            if self.without_odd(true, diagnostics).is_none() {
                diagnostics.push(self.no_yaml(fault));
            }
        };
        yaml::parse(self.text()).map_err(no_yaml).ok()
    }

    /// The block as a typed value; every fault of it becomes a finding.
    pub fn read<T: DeserializeOwned>(&self, shape: &Shape, diagnostics: &mut Diagnostics) -> Option<T> {
        let value = self.fitting(shape, diagnostics)?;
        self.typed(value, diagnostics)
    }

    /// The same of facts that people read: their quotation marks become those of the language that the field called
    /// `own` names, or of `language` without it. Fields in `unsaid` are no such facts.
    pub fn read_said<T: DeserializeOwned>(
        &self,
        shape: &Shape,
        (own, language): (&str, &str),
        unsaid: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let mut value = self.fitting(shape, diagnostics)?;
        if self.text().contains(['\'', '"'])
            && let Value::Mapping(map) = &mut value
        {
            let aside: Vec<_> = unsaid.iter().filter_map(|field| map.remove_entry(*field)).collect();
            let language = map.get(own).and_then(Value::as_str).unwrap_or(language).to_string();
            shape.curl(&mut value, &language);
            if let Value::Mapping(map) = &mut value {
                map.extend(aside);
            }
        }
        self.typed(value, diagnostics)
    }

    /// The block as a value that fits the shape.
    fn fitting(&self, shape: &Shape, diagnostics: &mut Diagnostics) -> Option<Value> {
        if self.is_too_large(diagnostics) {
            return None;
        }
        let mut value = match yaml::parse(self.text()) {
            Ok(value) => value,
            Err(fault) => {
                match self.without_odd(true, diagnostics) {
                    Some(text) => {
                        // What else is wrong is looked for as if they were spaces.
                        let file = format!("{}{text}{}", &self.file[..self.start], &self.file[self.end..]);
                        let block = Block { file: &file, ..*self };
                        if let Ok(mut value) = yaml::parse(&text) {
                            block.tell(shape.check(&mut value), diagnostics);
                        }
                    }
                    None => self.check_around(fault, shape, diagnostics),
                }
                return None;
            }
        };
        if let Some(text) = self.without_odd(false, diagnostics)
            && let Ok(mut meant) = yaml::parse(&text)
            && !shape.check(&mut value.clone()).is_empty()
        {
            let file = format!("{}{text}{}", &self.file[..self.start], &self.file[self.end..]);
            let block = Block { file: &file, ..*self };
            block.tell(shape.check(&mut meant), diagnostics);
            return None;
        }
        let misfits = shape.check(&mut value);
        if !misfits.is_empty() {
            self.tell(misfits, diagnostics);
            return None;
        }
        Some(value)
    }

    fn typed<T: DeserializeOwned>(&self, value: Value, diagnostics: &mut Diagnostics) -> Option<T> {
        match serde_yaml::from_value(value) {
            Ok(typed) => Some(typed),
            Err(error) => {
                // The shape is derived from the type, so this is reached only where the two disagree.
                diagnostics
                    .push(Diagnostic::new(&codes::INVALID_VALUE, error.to_string()).at(self.path, self.first_line()));
                None
            }
        }
    }

    /// Tells the white space that is none, and gives the block's text without it, where it has such.
    fn without_odd(&self, broken: bool, diagnostics: &mut Diagnostics) -> Option<String> {
        let odd = yaml::odd(self.text(), broken);
        for one in &odd {
            let message = format!("there's {} here, where only a plain space or nothing works", one.name);
            let finding = Diagnostic::new(&codes::ODD_SPACE, message).at(self.path, self.shift(one.span.clone()));
            diagnostics.push(finding.help(format!("write `{}`", one.mended)));
        }
        (!odd.is_empty()).then(|| yaml::without_odd(self.text(), &odd))
    }

    /// Tells why the block is no YAML, and where single values are at fault, checks the rest with these put aside: the
    /// author learns of all faults in one run.
    fn check_around(&self, mut fault: YamlFault, shape: &Shape, diagnostics: &mut Diagnostics) {
        let mut file = self.file.to_string();
        let mut aside: Vec<Range<usize>> = Vec::new();
        loop {
            let place = fault.value.take().map(|place| self.shift(place));
            diagnostics.push(self.no_yaml(fault));
            let Some(place) = place.filter(|_| aside.len() < MOST_PUT_ASIDE) else { return };
            file = yaml::without_value(&file, &place);
            aside.push(place);
            let block = Block { file: &file, ..*self };
            match yaml::parse(block.text()) {
                Ok(mut value) => {
                    let places = block.places();
                    let found = shape.check(&mut value).into_iter().map(|misfit| block.place(&places, misfit));
                    let is_aside = |at: usize| aside.iter().any(|place| place.contains(&at));
                    let stays = |finding: &Diagnostic| !finding.place.as_ref().is_some_and(|p| is_aside(p.span.start));
                    diagnostics.extend(found.filter(stays));
                    return;
                }
                Err(next) => fault = next,
            }
        }
    }

    fn is_too_large(&self, diagnostics: &mut Diagnostics) -> bool {
        if self.end - self.start > LARGEST_BLOCK {
            let kilobytes = (self.end - self.start) / 1024;
            diagnostics.push(
                Diagnostic::new(
                    &codes::FRONT_MATTER_TOO_LARGE,
                    format!("this block is {kilobytes} kB long; the limit is 64 kB"),
                )
                .about(self.path),
            );
            return true;
        }
        false
    }

    /// The finding that the block is no YAML.
    fn no_yaml(&self, fault: YamlFault) -> Diagnostic {
        let code = if fault.first.is_some() { &codes::DUPLICATE_KEY } else { &codes::YAML_SYNTAX };
        let mut finding = Diagnostic::new(code, fault.message).at(self.path, self.shift(fault.span));
        finding.help = fault.mended.map(|mended| format!("write `{mended}`"));
        match fault.first {
            Some(first) => finding.related(self.path, self.shift(first), "first used here"),
            None => finding,
        }
    }

    /// Where a value stands in the file; the whole block's first line where it is not found.
    pub fn locate(&self, path: &Path) -> Located {
        self.locate_in(&self.places(), path)
    }

    /// Where everything in the block stands, to be asked more than once.
    pub fn places(&self) -> Places {
        Places::of(self.text())
    }

    /// Where a value stands in the file, by the block's places.
    pub fn locate_in(&self, places: &Places, path: &Path) -> Located {
        match places.locate(path) {
            Some(found) => Located { key: found.key.map(|key| self.shift(key)), value: self.shift(found.value) },
            None => Located { key: None, value: self.first_line() },
        }
    }

    /// Adds what does not fit, each at its place.
    fn tell(&self, misfits: Vec<Misfit>, diagnostics: &mut Diagnostics) {
        if !misfits.is_empty() {
            let places = self.places();
            diagnostics.extend(misfits.into_iter().map(|misfit| self.place(&places, misfit)));
        }
    }

    fn place(&self, places: &Places, misfit: Misfit) -> Diagnostic {
        let located = self.locate_in(places, &misfit.path);
        let span = match located.key {
            Some(key) if misfit.at_name => key,
            // A list or block that lacks something is best marked at its name.
            Some(key) if misfit.code == &codes::MISSING_FIELD => key,
            _ => located.value,
        };
        // What the block as a whole lacks is shown at its first line.
        let span = if misfit.path.0.is_empty() { self.first_line() } else { span };
        let mut finding = Diagnostic::new(misfit.code, misfit.message).at(self.path, span);
        finding.label = misfit.label;
        finding.help = misfit.help;
        finding
    }

    fn shift(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.start..span.end + self.start
    }

    /// The first line of the block; of front matter, the `---` above it, so that the place is never empty.
    fn first_line(&self) -> Range<usize> {
        if self.start >= 4 {
            let above = self.file[..self.start].trim_end().rfind("---").unwrap_or(0);
            return above..above + 3;
        }
        let end = self.file[self.start..self.end].find('\n').map_or(self.end, |newline| self.start + newline);
        self.start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_whatever_the_line_ends() {
        assert_eq!(split("---\ntitle: a\n---\nText"), Ok(Some((4..13, 17))));
        assert_eq!(split("\u{feff}---\r\ntitle: a\r\n---\r\nText"), Ok(Some((8..18, 23))));
        assert_eq!(split("---\n---\n"), Ok(Some((4..4, 8))));
        assert_eq!(split("Text"), Ok(None));
        assert_eq!(split("---\ntitle: a\n"), Err(0..3));
    }
}
