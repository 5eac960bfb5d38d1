//! Several languages in one site: which file says what in which of them, and the site in each as if it were one of its own.
//!
//! Owns the names of files that hold words of another language, the joining of these words with the facts, which stand once, in the
//! main language's file, and the way back from a place in what was joined to the file that somebody wrote. What comes after this reads
//! an [`Edition`] like any site; `route` alone knows that there are others.
//!
//! A site of one language never comes here: its files are what they are.

mod behind;
mod files;
mod join;
mod maker;
mod outline;
mod origins;
mod write;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::{SourcePath, Sources};
use crate::yaml::{self, Value};
pub use files::Language;
use origins::Origins;
pub use outline::{Outline, outline};

/// The file of the practice's facts.
const PRACTICE: &str = "content/practice.yaml";

/// Where an edition stands among the others.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Standing {
    /// All languages of the site, the main one first; empty for a site of one language.
    pub languages: Vec<Language>,
    /// Which of them it is in.
    pub own: usize,
    /// Pages that aren't translated and are shown in the main language.
    pub borrowed: BTreeMap<SourcePath, String>,
}

impl Standing {
    /// The first part of every address; empty for the main language.
    pub fn prefix(&self) -> &str {
        self.languages.get(self.own).map_or("", |language| &language.prefix)
    }
}

/// The site in one of its languages.
#[derive(Debug)]
pub struct Edition {
    /// Where it stands.
    pub standing: Standing,
    /// Its files, each with the facts of the main language and its own words.
    pub sources: Sources,
    origins: Origins,
}

impl Edition {
    /// Whether it's in the main language.
    pub fn is_main(&self) -> bool {
        self.standing.own == 0
    }

    /// Each file that was joined with the translation in it.
    pub fn translations(&self) -> impl Iterator<Item = (&SourcePath, &SourcePath)> {
        let joined = self.origins.0.iter();
        joined.filter_map(|(path, joined)| Some((path, joined.files.last()?))).filter(|(path, own)| path != own)
    }

    /// Findings in what was joined, at the places in the files that people write.
    pub fn brought_home(&self, findings: Diagnostics) -> Diagnostics {
        let mut home = Diagnostics::default();
        home.extend(findings.into_iter().map(|finding| self.origins.bring_home(finding)));
        home
    }
}

/// The editions of a site, the main language's first; none for a site of one language. `drafts`: whether translations that say they're
/// drafts count.
pub fn editions(sources: &Sources, drafts: bool) -> (Vec<Edition>, Diagnostics) {
    let mut found = Diagnostics::default();
    let languages = declared(sources);
    if languages.len() < 2 {
        return (Vec::new(), found);
    }
    let sorted = files::sort(sources, &languages);
    let standing = |own| Standing { languages: languages.clone(), own, borrowed: BTreeMap::new() };
    let main = Sources { files: sorted.main, troubles: sources.troubles.clone() };
    let mut all = vec![Edition { standing: standing(0), sources: main.clone(), origins: Origins::default() }];
    for own in 1..languages.len() {
        let mut maker = maker::Maker {
            main: &main,
            written: sources,
            drafts,
            standing: standing(own),
            sources: Sources::default(),
            origins: Origins::default(),
            labels: BTreeMap::new(),
            found: &mut found,
        };
        maker.make(&sorted.words[own]);
        let maker::Maker { standing, sources, origins, .. } = maker;
        all.push(Edition { standing, sources, origins });
    }
    (all, found)
}

/// The findings of all editions. That nothing uses a thing is true where it's so in each of them.
pub fn of_all(mut found: Vec<Diagnostics>) -> Diagnostics {
    if found.len() == 1 {
        return found.swap_remove(0);
    }
    let mut all = Diagnostics::default();
    let count = found.len();
    let is_of_all = |finding: &Diagnostic| {
        finding.code != &codes::UNUSED_REFERENCE
            || found.iter().filter(|found| found.iter().any(|other| other == finding)).count() == count
    };
    let kept: Vec<Diagnostic> =
        found.iter().flat_map(Diagnostics::iter).filter(|one| is_of_all(one)).cloned().collect();
    all.extend(kept);
    all
}

/// Every translation of a site with the file that it translates.
pub fn translations(sources: &Sources) -> Vec<(SourcePath, SourcePath)> {
    let languages = declared(sources);
    if languages.len() < 2 {
        return Vec::new();
    }
    let sorted = files::sort(sources, &languages);
    sorted.words.into_iter().flatten().map(|(main, own)| (own, main)).collect()
}

/// The languages with these tags, the main one first.
pub fn languages(tags: &[String]) -> Vec<Language> {
    files::languages(tags.iter().map(String::as_str))
}

/// The languages that practice.yaml lists.
pub fn declared(sources: &Sources) -> Vec<Language> {
    let text = SourcePath::new(PRACTICE).and_then(|path| std::str::from_utf8(sources.text(&path)?).ok());
    // Most sites have one language, and shouldn't be read twice.
    let Some(text) = text.filter(|text| text.lines().any(|line| line.starts_with("languages"))) else {
        return Vec::new();
    };
    let value = yaml::parse(text.trim_start_matches('\u{feff}')).unwrap_or(Value::Null);
    let tags = value.get("languages").and_then(Value::as_sequence);
    files::languages(tags.into_iter().flatten().filter_map(Value::as_str))
}
