//! YAML blocks of a file: found, read and checked, every fault with its place.
//!
//! Owns the step from a stretch of a file to a typed value. What the fields mean is `document::model`'s.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::schema::{Misfit, Shape};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::SourcePath;
use crate::yaml::{self, Located, Mended, Path, Places, Slip, Value, YamlFault};

/// Front matter larger than this is refused: the parser's time and memory grow with it.
pub const LARGEST_BLOCK: usize = 64 * 1024;
/// A list of works may be longer: somebody's whole library, some ten thousand entries.
pub const LARGEST_LIST: usize = 4 * 1024 * 1024;

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
                        match yaml::parse(&text) {
                            Ok(mut value) => block.tell(shape.check(&mut value), diagnostics),
                            Err(fault) => block.check_around(fault, shape, diagnostics),
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
        if !misfits.is_empty() || yaml::is_doubtful(self.text()) {
            self.check_again(misfits, shape, diagnostics);
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
            let finding = finding.mend(self.line(one.span.start), one.mended.clone());
            diagnostics.push(finding.help(format!("write `{}`", one.mended)));
        }
        (!odd.is_empty()).then(|| yaml::without_odd(self.text(), &odd))
    }

    /// Tells why the block is no YAML, and checks it as it was meant: the author learns of all faults in one run.
    fn check_around(&self, fault: YamlFault, shape: &Shape, diagnostics: &mut Diagnostics) {
        let names = shape.names();
        let (slips, faults, mended) = yaml::mend(self.text(), fault, &|word| names.contains(word));
        let mended_places: Vec<Range<usize>> = slips.iter().map(|slip| self.shift(slip.span.clone())).collect();
        diagnostics.extend(slips.into_iter().map(|slip| self.slip(slip)));
        diagnostics.extend(faults.into_iter().map(|fault| self.no_yaml(fault)));
        if let Some(mut mended) = mended {
            let misfits = shape.check(&mut mended.value);
            let can_lack = |misfit: &Misfit| !mended.is_partial || misfit.code != &codes::MISSING_FIELD;
            let mut found = Diagnostics::default();
            self.tell_mended(misfits.into_iter().filter(can_lack).collect(), &mended, &mut found);
            // What a guess is made of may be another thing than its field wants: that is no second fault.
            let is_guessed = |finding: &Diagnostic| {
                let overlaps =
                    |place: &Range<usize>, span: &Range<usize>| place.start < span.end && span.start < place.end;
                let span = finding.place.as_ref().map(|place| &place.span);
                finding.code == &codes::WRONG_TYPE
                    && span.is_some_and(|span| mended_places.iter().any(|place| overlaps(place, span)))
            };
            diagnostics.extend(found.iter().filter(|finding| !is_guessed(finding)).cloned());
        }
    }

    /// A block that is YAML and doesn't fit, as it was meant, where that fits better. `misfits`: what is wrong with it as it
    /// stands.
    fn check_again(&self, misfits: Vec<Misfit>, shape: &Shape, diagnostics: &mut Diagnostics) {
        let count = |value: &Value| {
            let found = shape.check(&mut value.clone());
            let missing = found.iter().filter(|misfit| misfit.code == &codes::MISSING_FIELD).count();
            (found.len() - missing, missing)
        };
        match yaml::doubt(self.text(), &count) {
            Some((slips, mut mended)) => {
                diagnostics.extend(slips.into_iter().map(|slip| self.slip(slip)));
                let misfits = shape.check(&mut mended.value);
                self.tell_mended(misfits, &mended, diagnostics);
            }
            None => self.tell(misfits, diagnostics),
        }
    }

    /// Adds what does not fit in the block as it was meant, each at its place in the block as it stands.
    fn tell_mended(&self, misfits: Vec<Misfit>, mended: &Mended, diagnostics: &mut Diagnostics) {
        let file = format!("{}{}{}", &self.file[..self.start], mended.text, &self.file[self.end..]);
        let block = Block { file: &file, end: self.start + mended.text.len(), ..*self };
        let places = block.places();
        diagnostics.extend(misfits.into_iter().map(|misfit| {
            let mut finding = block.place(&places, misfit);
            if let Some(place) = finding.place.as_mut().filter(|place| place.span.start >= self.start) {
                place.span = self.shift(mended.place(place.span.start - self.start..place.span.end - self.start));
            }
            // Another slip may be mended there first; then it is found again.
            finding.mend = None;
            finding
        }));
    }

    fn slip(&self, slip: Slip) -> Diagnostic {
        let finding = Diagnostic::new(&codes::YAML_SYNTAX, slip.message).at(self.path, self.shift(slip.span));
        let finding = finding.mend(self.shift(slip.change.0), slip.change.1);
        let help = match slip.mended.split_once('\n') {
            Some((first, _)) => {
                format!("write `{first}`, and begin the other lines of this entry with two more spaces")
            }
            None => format!("write `{}`", slip.mended),
        };
        finding.help(help)
    }

    fn is_too_large(&self, diagnostics: &mut Diagnostics) -> bool {
        let most = if self.path.as_str() == "content/references.yaml" { LARGEST_LIST } else { LARGEST_BLOCK };
        if self.end - self.start > most {
            let kilobytes = (self.end - self.start) / 1024;
            diagnostics.push(
                Diagnostic::new(
                    &codes::FRONT_MATTER_TOO_LARGE,
                    format!("this block is {kilobytes} kB long; the limit is {} kB", most / 1024),
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
        let finding = Diagnostic::new(code, fault.message).at(self.path, self.shift(fault.span));
        match fault.first {
            Some(first) => finding
                .related(self.path, self.shift(first), "first used here")
                .help("keep the one that's right, and delete the other"),
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
        let mut finding = Diagnostic::new(misfit.code, misfit.message).at(self.path, span.clone());
        finding.label = misfit.label;
        finding.help = misfit.help;
        match misfit.meant {
            Some(meant) => finding.mend(span, meant),
            None => finding,
        }
    }

    /// The line of the file around a place of the block.
    fn line(&self, at: usize) -> Range<usize> {
        let text = self.text();
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
        self.shift(start..end)
    }

    fn shift(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.start..span.end + self.start
    }

    /// The first line of the block; of front matter, the line above it, so that the place is never empty.
    fn first_line(&self) -> Range<usize> {
        let above = self.file[..self.start].trim_end();
        let start = above
            .rfind(['\n', '\u{feff}'])
            .map_or(0, |mark| mark + if above[mark..].starts_with('\n') { 1 } else { 3 });
        if start < above.len() {
            return start..above.len();
        }
        let end = self.file[self.start..self.end].find('\n').map_or(self.end, |newline| self.start + newline);
        self.start..end
    }
}
