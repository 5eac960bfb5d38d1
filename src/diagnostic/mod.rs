//! Findings: what is wrong, where, and what to do.
//!
//! Owns the type that every stage adds to and the order in which findings are shown. Does not print
//! (`report` makes text, `cli` prints it) and knows no rule: a stage says what it found.

pub mod codes;
mod mend;
pub mod report;
mod secrets;

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use jiff::civil::Date;

use crate::source::SourcePath;
pub use codes::Code;
pub use mend::{Mend, mended, mends};
pub use secrets::is_secret;

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Stops the build.
    Error,
    /// The site is published; somebody should look.
    Warning,
    /// Good to know.
    Note,
}

/// How sure a rule is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Confidence {
    /// A primary source, or several that agree.
    H,
    /// One secondary source.
    M,
    /// General knowledge.
    L,
}

impl Confidence {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Confidence::H => "sure: a primary source, or several that agree",
            Confidence::M => "fairly sure: one secondary source",
            Confidence::L => "general knowledge",
        }
    }
}

/// What a rule rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Basis {
    /// The law, code or other source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// The day on which the source was last looked up.
    pub verified: Date,
}

/// A stretch of a source file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// Byte offsets into the file; empty where the whole file is meant.
    pub span: Range<usize>,
}

/// One finding, written for the author of the file that it points to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its kind, for `anteroom explain`.
    pub code: &'static Code,
    /// Its weight; the code's own unless a rule says otherwise.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, one line.
    pub message: String,
    /// Where; `None` for findings about the site as a whole.
    pub place: Option<Place>,
    /// A short text under the caret, often "did you mean …".
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The change after which it's gone, where there's no doubt.
    pub mend: Option<Mend>,
    /// Other places that belong to it, each with its own text.
    pub related: Vec<(Place, String)>,
    /// What it rests on, for findings of a rule of practice.
    pub basis: Option<&'static Basis>,
    /// Why it may stay, where the author has answered it. It then counts no more.
    pub acknowledged: Option<String>,
}

impl Diagnostic {
    /// A finding of a kind, without a place so far.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            message: message.into(),
            place: None,
            label: None,
            help: None,
            mend: None,
            related: Vec::new(),
            basis: None,
            acknowledged: None,
        }
    }

    /// The same finding at a place.
    pub fn at(mut self, path: &SourcePath, span: Range<usize>) -> Diagnostic {
        self.place = Some(Place { path: path.clone(), span });
        self
    }

    /// The same finding about a whole file.
    pub fn about(self, path: &SourcePath) -> Diagnostic {
        self.at(path, 0..0)
    }

    /// Whether it is about one of these files, in its place or another that belongs to it.
    pub fn is_of(&self, files: &BTreeSet<SourcePath>) -> bool {
        let mut places = self.place.iter().chain(self.related.iter().map(|(place, _)| place));
        places.any(|place| files.contains(&place.path))
    }

    /// The same finding with a text under its caret.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// The same finding with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same finding with the change that mends it.
    pub fn mend(mut self, span: Range<usize>, with: impl Into<String>) -> Diagnostic {
        self.mend = Some(Mend { span, with: with.into() });
        self
    }

    /// The same finding with a further place.
    pub fn related(mut self, path: &SourcePath, span: Range<usize>, text: impl Into<String>) -> Diagnostic {
        self.related.push((Place { path: path.clone(), span }, text.into()));
        self
    }

    /// Labels the finding "did you mean `…`" with the candidate nearest to `wrong`, if one is near.
    pub fn suggest<'a>(self, wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        match nearest(wrong, candidates) {
            Some(near) => self.label(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

/// The candidate that somebody who typed `wrong` most likely meant: at most 1 + a quarter of its length
/// edits away (Damerau-Levenshtein), ignoring case.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let limit = 1 + wrong.chars().count() / 4;
    let letters = letters(&wrong);
    // An edit adds one letter and takes one away at most: most candidates are too far by a count of theirs, which is many
    // times faster than the distance.
    let may_be_near = |candidate: &str| {
        let other = self::letters(candidate);
        let differences = letters.iter().zip(other).map(|(own, other)| own - other);
        let (more, less) = differences.fold((0, 0), |(more, less), by| (more + by.max(0), less - by.min(0)));
        more.max(less) as usize <= limit
    };
    candidates
        .into_iter()
        .map(|candidate| (candidate.to_lowercase(), candidate))
        .filter(|(small, _)| may_be_near(small))
        .map(|(small, candidate)| (strsim::damerau_levenshtein(&wrong, &small), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How often each letter stands in a text; some share a count.
fn letters(text: &str) -> [i32; 64] {
    let mut counts = [0; 64];
    for letter in text.chars() {
        counts[letter as usize % counts.len()] += 1;
    }
    counts
}

/// All findings of a run.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another stage's findings.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(others);
    }

    /// The findings in order: by file, place, weight and text; the same one twice counts once.
    pub fn sorted(mut self) -> Diagnostics {
        let place = |d: &Diagnostic| d.place.as_ref().map(|p| (p.path.clone(), p.span.start, p.span.end));
        self.0.sort_by(|a, b| {
            (place(a), a.severity, a.code.name, &a.message).cmp(&(place(b), b.severity, b.code.name, &b.message))
        });
        self.0.dedup();
        self
    }

    /// The findings one by one.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many findings have this weight, those not counted that were answered.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity && d.acknowledged.is_none()).count()
    }

    /// How many findings were answered.
    pub fn acknowledged(&self) -> usize {
        self.0.iter().filter(|d| d.acknowledged.is_some()).count()
    }

    /// The findings one by one, to be answered.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.0.iter_mut()
    }

    /// Whether nothing was found that waits for an answer.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|finding| finding.acknowledged.is_some())
    }

    /// Whether a finding stops the build.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_typing_slips_only() {
        let names = ["mason-garlick", "ana-lopez"];
        assert_eq!(nearest("mason-garlik", names), Some("mason-garlick"));
        assert_eq!(nearest("Mason-Garlick", names), Some("mason-garlick"));
        assert_eq!(nearest("somebody-else", names), None);
    }
}
