//! Pages that a practice must or should have and that can be made from its facts: notices, imprint, statements.
//!
//! Owns which of them a practice needs, by the rules, what they answer (`notices/notices.yaml`) and their texts
//! (`notices/texts/LANGUAGE.yaml`). A notice is made as a markdown file would be, so that everything after this treats it like a page of
//! the author's; a page of the author's with the same `policy: type` takes its place.

mod facts;
mod fill;
mod recipients;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Absence, Entry, Page, Practitioner};
use crate::document::model::{PolicyKind, Practice, PracticeKind};
use crate::document::values;
use crate::document::{self, FrontMatter};
use crate::prose;
use crate::rules::notices::rules;
use crate::source::{SourcePath, Text};
use fill::{body, fill, said_by};

/// A page that is made from facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// The right to a Good Faith Estimate, in the United States.
    GoodFaithEstimate,
    /// The policy on consumers' health data, for Washington.
    ConsumerHealthData,
    /// The imprint, for Germany, Austria, Switzerland, Spain, France, Italy, the Netherlands and Portugal.
    Imprint,
    /// How far the site is accessible.
    Accessibility,
    /// What a visit to the site tells others.
    Privacy,
}

/// Every notice, in the order of the footer.
const ALL: [Notice; 5] =
    [Notice::Privacy, Notice::ConsumerHealthData, Notice::GoodFaithEstimate, Notice::Accessibility, Notice::Imprint];

/// What is true of a notice in every language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// When the texts were last compared with their source.
    verified: Date,
    /// The law or code that they answer.
    source: String,
    /// The page's address.
    address: String,
    /// Its address in languages that have another.
    #[serde(default)]
    addresses: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    summary: String,
    /// Markdown. `{we|I}` prints what several people say, or what one says of themselves. `{form}` prints a fact, `{*form}` one
    /// that is markdown. `{?form}` prints nothing; what it stands in is there when the fact is known. A paragraph, a heading or an entry of a list that names an unknown fact in any of these ways
    /// is left out, and so is a list of which nothing is left, and a heading under which nothing is left. A part of a
    /// paragraph in `<<` and `>>` is left out by itself.
    body: String,
    /// Words of which facts are made.
    #[serde(default)]
    phrases: BTreeMap<String, String>,
}

impl Words {
    /// The words as one person says them of themselves, or several do, and as they are written in Switzerland. The facts in
    /// them stay as their author wrote them.
    fn spoken(&self, one_person: bool, swiss: bool) -> Words {
        let spoken = |text: &str| {
            let text = said_by(text, one_person);
            if swiss { prose::swiss(&text) } else { text }
        };
        Words {
            title: spoken(&self.title),
            summary: spoken(&self.summary),
            body: spoken(&self.body),
            phrases: self.phrases.iter().map(|(key, text)| (key.clone(), spoken(text))).collect(),
        }
    }
}

/// By notice.
type Texts = BTreeMap<Notice, Words>;

fn read<T: DeserializeOwned>(text: &str) -> T {
    match serde_yaml::from_str(text) {
        Ok(read) => read,
        // A test reads every file.
        Err(error) => unreachable!("a notice's file is faulty: {error}"),
    }
}

static FACTS: LazyLock<BTreeMap<Notice, Written>> = LazyLock::new(|| read(include_str!("notices/notices.yaml")));

/// The words of each language, read when it's first asked for: a site needs one. A region comes before its language.
static TEXTS: [(&str, LazyLock<Texts>); 9] = [
    ("en", LazyLock::new(|| read(include_str!("notices/texts/en.yaml")))),
    ("de", LazyLock::new(|| read(include_str!("notices/texts/de.yaml")))),
    ("es", LazyLock::new(|| read(include_str!("notices/texts/es.yaml")))),
    ("ar", LazyLock::new(|| read(include_str!("notices/texts/ar.yaml")))),
    ("fr", LazyLock::new(|| read(include_str!("notices/texts/fr.yaml")))),
    ("it", LazyLock::new(|| read(include_str!("notices/texts/it.yaml")))),
    ("nl", LazyLock::new(|| read(include_str!("notices/texts/nl.yaml")))),
    ("pt-BR", LazyLock::new(|| read(include_str!("notices/texts/pt-BR.yaml")))),
    ("pt", LazyLock::new(|| read(include_str!("notices/texts/pt.yaml")))),
];

/// A notice's words in a language, with the tag under which they were found.
fn words_in(notice: Notice, language: &str) -> Option<(&'static str, &'static Words)> {
    let (tag, texts) = TEXTS.iter().find(|(tag, _)| *tag == language)?;
    texts.get(&notice).map(|words| (*tag, words))
}

impl Notice {
    /// The policy that a page of the author's must be to take its place.
    pub fn policy(self) -> PolicyKind {
        match self {
            Notice::GoodFaithEstimate => PolicyKind::GoodFaithEstimate,
            Notice::ConsumerHealthData => PolicyKind::ConsumerHealthData,
            Notice::Imprint => PolicyKind::Imprint,
            Notice::Accessibility => PolicyKind::Accessibility,
            Notice::Privacy => PolicyKind::Privacy,
        }
    }

    /// That policy's name in front matter.
    pub fn policy_key(self) -> &'static str {
        match self {
            Notice::GoodFaithEstimate => "good-faith-estimate",
            Notice::ConsumerHealthData => "consumer-health-data",
            Notice::Imprint => "imprint",
            Notice::Accessibility => "accessibility",
            Notice::Privacy => "privacy",
        }
    }

    /// The law or code that its text answers, and the day on which the two were last compared.
    pub fn source(self) -> (&'static str, Date) {
        (&FACTS[&self].source, FACTS[&self].verified)
    }
}

/// Whether the rules ask a practice for a notice on a day.
pub fn required(notice: Notice, practice: &Practice, people: &[Practitioner], today: Date) -> bool {
    let rules = rules();
    match notice {
        Notice::GoodFaithEstimate => rules.good_faith_estimate_missing.info.case(practice, today).is_some(),
        Notice::Imprint => rules.impressum_missing.info.case(practice, today).is_some(),
        Notice::ConsumerHealthData => {
            let there = |place: &values::Jurisdiction| matches!(&**place, "US-WA" | "US");
            let serves = people.iter().flat_map(|person| &person.front.serves);
            let bound = practice.hipaa_covered_entity != Some(true) || practice.kind != PracticeKind::LicensedTherapy;
            bound
                && practice.jurisdictions.iter().chain(serves).any(there)
                && rules.consumer_health_data_policy.info.case(practice, today).is_some()
        }
        Notice::Accessibility | Notice::Privacy => false,
    }
}

/// The notices that are made for a practice: those that it must or should have and has not written.
pub(super) fn make(
    practice: &Practice,
    people: &[Practitioner],
    pages: &[Page],
    absent: &BTreeMap<SourcePath, Absence>,
    today: Date,
) -> Vec<(Notice, Page)> {
    let wanted = |notice: &Notice| {
        let always = matches!(notice, Notice::Accessibility | Notice::Privacy);
        always || required(*notice, practice, people, today)
    };
    let has_its_address = |notice: &Notice, path: &SourcePath| {
        let path = path.inside("content").and_then(|path| path.strip_suffix(".md")).unwrap_or_default();
        let written = &FACTS[notice];
        written.addresses.values().chain([&written.address]).any(|address| path.trim_end_matches("/index") == address)
    };
    let own = |notice: &Notice| {
        let is_it = |page: &Page| page.front.policy.as_ref().is_some_and(|policy| policy.kind == notice.policy());
        // A page of the author's that cannot be used in this build has findings of its own.
        let faulty = absent.iter().filter(|(_, absence)| **absence == Absence::Faulty).map(|(path, _)| path);
        pages.iter().any(is_it)
            || pages.iter().map(|page| &page.document.path).chain(faulty).any(|path| has_its_address(notice, path))
    };
    ALL.into_iter()
        .filter(|notice| wanted(notice) && !own(notice))
        .filter_map(|notice| Some((notice, page(notice, practice, people, pages, today)?)))
        .collect()
}

/// A notice as a page.
fn page(notice: Notice, practice: &Practice, people: &[Practitioner], pages: &[Page], today: Date) -> Option<Page> {
    let written = &FACTS[&notice];
    let primary = practice.language.split('-').next().unwrap_or_default();
    let own = words_in(notice, &practice.language).or_else(|| words_in(notice, primary));
    let (language, (found, words)) = match own {
        Some(words) => (None, words),
        None => (Some("en"), words_in(notice, "en")?),
    };
    let words = words.spoken(super::is_one_person(people), prose::is_swiss(&practice.language));
    let tag = language.unwrap_or(primary);
    let known = facts::Known { practice, people, pages, language: tag, phrases: &words.phrases, today };
    let facts = facts::of(&known);
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let lang = language.map(|tag| format!("lang: {tag}\n")).unwrap_or_default();
    let summary = fill(&words.summary, &facts, |_, fact| fact.to_string()).unwrap_or_default();
    let markdown = format!(
        "---\ntitle: {}\nsummary: {}\nlayout: policy\npolicy: {{ type: {} }}\n{lang}---\n{}",
        quoted(&words.title),
        quoted(&summary),
        notice.policy_key(),
        body(&words.body, &facts)
    );
    let address = written.addresses.get(found).unwrap_or(&written.address);
    let path = SourcePath::new(&format!("content/{address}.md"))?;
    let (document, _) = document::parse(&path, &Text::from(markdown.into_bytes()), &practice.language);
    let document = document?;
    match document.front.clone()? {
        FrontMatter::Page(front) => Some(Entry { document, front }),
        _ => None,
    }
}

/// A page's file as the target of a link, with what has a meaning in an address taken out of it.
fn linked_page(page: &Page) -> Option<String> {
    let path = page.document.path.inside("content")?;
    Some(format!("/{}", path.trim_start_matches('/').replace('%', "%25").replace('#', "%23").replace('?', "%3F")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_its_english_text() {
        for notice in ALL {
            assert!(words_in(notice, "en").is_some(), "{notice:?}");
            assert!(!notice.source().0.is_empty());
        }
    }

    #[test]
    fn every_language_has_the_same_phrases() {
        for notice in ALL {
            let texts = TEXTS.iter().filter_map(|(tag, texts)| Some((tag, texts.get(&notice)?)));
            let mut keys = texts.map(|(tag, words)| (tag, words.phrases.keys().collect::<Vec<_>>()));
            let first = keys.next();
            assert!(keys.all(|(_, own)| Some(&own) == first.as_ref().map(|(_, keys)| keys)), "{notice:?}");
        }
    }

    #[test]
    fn an_address_of_a_language_is_one_that_there_is() {
        for (notice, written) in FACTS.iter() {
            for tag in written.addresses.keys() {
                assert!(words_in(*notice, tag).is_some(), "{notice:?} {tag}");
            }
        }
    }
}
