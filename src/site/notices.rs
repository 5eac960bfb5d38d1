//! Pages that a practice must or should have and that can be made from its facts: notices, imprint, statements.
//!
//! Owns which of them a practice needs, by the rules, and their texts (`notices/*.yaml`, dated data in several
//! languages). A notice is made as a markdown file would be, so that everything after this treats it like a page of
//! the author's; a page of the author's with the same `policy: type` takes its place.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::{Absence, Entry, Page, Practitioner};
use crate::document::model::{FormProvider, PolicyKind, Practice, PracticeKind};
use crate::document::values;
use crate::document::{self, FrontMatter};
use crate::rules::notices::rules;
use crate::source::{SourcePath, Text};

/// A page that is made from facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Notice {
    /// The right to a Good Faith Estimate, in the United States.
    GoodFaithEstimate,
    /// The policy on consumers' health data, for Washington.
    ConsumerHealthData,
    /// The imprint, for Germany.
    Imprint,
    /// How far the site is accessible.
    Accessibility,
    /// What a visit to the site tells others.
    Privacy,
}

/// Every notice, in the order of the footer.
const ALL: [Notice; 5] =
    [Notice::Privacy, Notice::ConsumerHealthData, Notice::GoodFaithEstimate, Notice::Accessibility, Notice::Imprint];

/// A notice's texts as its file holds them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// When the texts were last compared with their source.
    verified: Date,
    /// The law or code that they answer.
    source: String,
    /// The page's address.
    address: String,
    /// By language; English where a language is missing.
    texts: BTreeMap<String, Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    summary: String,
    /// Markdown. A paragraph or an entry of a list that names a fact which is not known is left out.
    body: String,
}

static TEXTS: LazyLock<BTreeMap<Notice, Written>> = LazyLock::new(|| {
    let read = |text: &str| match serde_yaml::from_str::<Written>(text) {
        Ok(written) => written,
        // A test reads every file.
        Err(error) => unreachable!("a notice's file is faulty: {error}"),
    };
    BTreeMap::from([
        (Notice::GoodFaithEstimate, read(include_str!("notices/good-faith-estimate.yaml"))),
        (Notice::ConsumerHealthData, read(include_str!("notices/consumer-health-data.yaml"))),
        (Notice::Imprint, read(include_str!("notices/imprint.yaml"))),
        (Notice::Accessibility, read(include_str!("notices/accessibility.yaml"))),
        (Notice::Privacy, read(include_str!("notices/privacy.yaml"))),
    ])
});

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
        (&TEXTS[&self].source, TEXTS[&self].verified)
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
        path.trim_end_matches("/index") == TEXTS[notice].address
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
        .filter_map(|notice| Some((notice, page(notice, practice)?)))
        .collect()
}

/// A notice as a page.
fn page(notice: Notice, practice: &Practice) -> Option<Page> {
    let written = &TEXTS[&notice];
    let language = practice.language.split('-').next().unwrap_or_default();
    let (language, words) = match written.texts.get(language) {
        Some(words) => (None, words),
        None => (Some("en"), written.texts.get("en")?),
    };
    let facts = facts(practice);
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
    let path = SourcePath::new(&format!("content/{}.md", written.address))?;
    let (document, _) = document::parse(&path, &Text::from(markdown.into_bytes()));
    let document = document?;
    match document.front.clone()? {
        FrontMatter::Page(front) => Some(Entry { document, front }),
        _ => None,
    }
}

/// What a text may name, where it is known. A fact without words is a condition: its paragraph stands or falls.
fn facts(practice: &Practice) -> BTreeMap<&'static str, String> {
    let mut facts = BTreeMap::new();
    let mut know = |name, fact: Option<String>| {
        if let Some(fact) = fact {
            facts.insert(name, fact);
        }
    };
    know("name", Some(practice.name.clone()));
    know("legal_name", Some(practice.legal_name.clone().unwrap_or_else(|| practice.name.clone())));
    know("email", practice.email.as_ref().map(|email| email.to_string()));
    know("phone", practice.phone.as_ref().map(|phone| phone.to_string()));
    let addresses = practice.locations.iter().filter_map(|location| location.address.as_ref());
    let lines = addresses.clone().next().map(|address| {
        let code = address.postal_code.as_deref().unwrap_or_default();
        let region = address.region.as_deref().unwrap_or_default();
        // As the country writes it: the code before the town, or after the region.
        let town = match &*address.country {
            "US" | "CA" | "AU" => format!("{}, {region} {code}", address.city),
            "GB" | "IE" => format!("{}, {code}", address.city),
            _ => format!("{code} {}", address.city),
        };
        format!("{}, {}", address.street, town.trim().trim_end_matches(','))
    });
    know("address", lines);
    let access: Vec<String> = practice.locations.iter().flat_map(|location| &location.access).cloned().collect();
    know("access", (!access.is_empty()).then(String::new));
    know("no_analytics", practice.analytics.is_none().then(String::new));
    know("analytics", practice.analytics.as_ref().map(|analytics| analytics.script_host.to_string()));
    let receiver = practice.contact_form.as_ref().and_then(|form| match form.provider {
        FormProvider::Netlify => Some("Netlify".to_string()),
        _ => url::Url::parse(form.endpoint.as_deref()?).ok()?.host_str().map(str::to_string),
    });
    know("form", receiver);
    know(
        "booking",
        practice
            .booking
            .as_ref()
            .and_then(|booking| url::Url::parse(&booking.url).ok()?.host_str().map(str::to_string)),
    );
    if let Some(legal) = &practice.legal {
        know("vat_id", legal.vat_id.clone());
        know("register", legal.register.clone());
        know("authority", legal.authority.clone());
        know("chamber", legal.chamber.clone());
        know("professional_title", legal.title.clone());
        know("title_state", legal.title_state.clone());
        know("responsible", legal.responsible.clone());
        let some = |facts: &[&Option<String>]| facts.iter().any(|fact| fact.is_some()).then(String::new);
        know("profession", some(&[&legal.title, &legal.title_state, &legal.chamber, &legal.authority]));
        know("registered", some(&[&legal.register, &legal.vat_id]));
        know("is_responsible", some(&[&legal.responsible]));
    }
    facts
}

/// The body with its facts; what names an unknown one is left out.
fn body(text: &str, facts: &BTreeMap<&'static str, String>) -> String {
    let mut blocks: Vec<String> = Vec::new();
    for block in text.split("\n\n") {
        let is_list = block.trim_start().starts_with("- ");
        let whole = match is_list {
            true => {
                let entries: Vec<String> = block.lines().filter_map(|line| fill(line, facts, in_markdown)).collect();
                Some(entries.join("\n")).filter(|list| !list.is_empty())
            }
            false => fill(block, facts, in_markdown),
        };
        blocks.extend(whole);
    }
    blocks.join("\n\n")
}

/// A text with its facts put in; `None` where it names one that is not known.
fn fill(text: &str, facts: &BTreeMap<&'static str, String>, written: impl Fn(&str, &str) -> String) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(&written(name, facts.get(name)?));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// A fact in a markdown text: what can be written to or called is a link.
fn in_markdown(name: &str, fact: &str) -> String {
    let words = escaped(fact);
    match name {
        "email" => format!("[{words}](<mailto:{fact}>)"),
        "phone" => format!("[{words}](tel:{})", values::Phone(fact.to_string()).digits()),
        _ => words,
    }
}

/// A fact as plain words of a markdown text.
fn escaped(fact: &str) -> String {
    let mut out = String::with_capacity(fact.len());
    for c in fact.chars() {
        if "\\`*_[]<>#|~&$!".contains(c) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_its_english_text() {
        for notice in ALL {
            assert!(TEXTS[&notice].texts.contains_key("en"), "{notice:?}");
            assert!(!notice.source().0.is_empty());
        }
    }

    #[test]
    fn what_names_an_unknown_fact_is_left_out() {
        let facts = BTreeMap::from([("name", "A *B*".to_string()), ("known", String::new())]);
        let text = "By {name}.\n\n{known}Stands.\n\n{unknown}Falls.\n\n- {name}\n- {unknown}";
        assert_eq!(body(text, &facts), "By A \\*B\\*.\n\nStands.\n\n- A \\*B\\*");
    }
}
