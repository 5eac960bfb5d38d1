//! Pages that a practice must or should have and that can be made from its facts: notices, imprint, statements.
//!
//! Owns which of them a practice needs, by the rules, and their texts (`notices/*.yaml`, dated data in several
//! languages). A notice is made as a markdown file would be, so that everything after this treats it like a page of
//! the author's; a page of the author's with the same `policy: type` takes its place.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::providers::{self, Cookies};
use super::{Absence, Entry, Page, Practitioner, hosts};
use crate::document::model::{FormProvider, Layout, PolicyKind, Practice, PracticeKind};
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
    /// Markdown. `{form}` prints a fact. `{?form}` prints nothing; what it stands in is there when the fact is known. A
    /// paragraph, a heading or an entry of a list that names an unknown fact in either way is left out, and so is a list
    /// of which nothing is left, and a heading under which nothing is left.
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
        .filter_map(|notice| Some((notice, page(notice, practice, people, pages)?)))
        .collect()
}

/// A notice as a page.
fn page(notice: Notice, practice: &Practice, people: &[Practitioner], pages: &[Page]) -> Option<Page> {
    let written = &TEXTS[&notice];
    let language = practice.language.split('-').next().unwrap_or_default();
    let (language, words) = match written.texts.get(language) {
        Some(words) => (None, words),
        None => (Some("en"), written.texts.get("en")?),
    };
    let facts = facts(practice, people, pages);
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

/// What a text may name, where it is known. A fact without words is only a condition.
fn facts(practice: &Practice, people: &[Practitioner], pages: &[Page]) -> BTreeMap<&'static str, String> {
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
    know("no_address", lines.is_none().then(String::new));
    know("address", lines);
    know("no_email", practice.email.is_none().then(String::new));
    // The author's own may have any address; without one, the program makes one.
    let contact = pages.iter().find(|page| page.front.layout == Layout::Contact);
    let contact = contact.and_then(|page| page.document.path.inside("content")).map(linked);
    know("contact_page", Some(contact.unwrap_or_else(|| "/contact/".to_string())));
    let access: Vec<String> = practice.locations.iter().flat_map(|location| &location.access).cloned().collect();
    know("access", (!access.is_empty()).then(String::new));
    // What is not known of a company is not said of it: neither that it sets cookies nor that it sets none.
    let declared = hosts::of_practice(practice, people.iter().filter_map(|person| person.front.booking.as_ref()));
    let on_load: Vec<&str> =
        declared.iter().filter(|one| one.when == hosts::When::OnLoad).map(|one| one.host.as_str()).collect();
    let cookies = |host: &str| providers::of_host(host).and_then(|provider| provider.said_of_cookies());
    let none = on_load.iter().all(|host| cookies(host) == Some(Cookies::None));
    let counter = practice.analytics.as_ref().map(|analytics| cookies(&analytics.script_host));
    know("no_analytics", on_load.is_empty().then(String::new));
    know("no_cookies", (counter.is_some() && none).then(String::new));
    know("sets_cookies", (counter == Some(Some(Cookies::Sets))).then(String::new));
    know("counted", counter.filter(|counter| !none && *counter != Some(Cookies::Sets)).map(|_| String::new()));
    let counting = practice.analytics.as_ref();
    know("analytics", counting.map(|service| hosts::named(Some(&service.provider), &service.script_host)));
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

/// The body with its facts; what names an unknown one is left out, and what that leaves empty.
fn body(text: &str, facts: &BTreeMap<&'static str, String>) -> String {
    let blocks = text.split("\n\n").filter_map(|block| match block.trim_start().starts_with("- ") {
        true => {
            let entries: Vec<String> =
                entries(block).iter().filter_map(|entry| fill(entry, facts, in_markdown)).collect();
            Some(entries.join("\n")).filter(|list| !list.is_empty())
        }
        false => fill(block, facts, in_markdown),
    });
    let blocks: Vec<String> = blocks.filter(|block| !block.trim().is_empty()).collect();
    // From the end: a heading stays where what follows it is text, or a heading below it.
    let mut kept: Vec<String> = Vec::new();
    let mut following = Some(1);
    for block in blocks.into_iter().rev() {
        let level = heading_level(&block);
        if let (Some(level), Some(next)) = (level, following)
            && next <= level
        {
            continue;
        }
        following = level;
        kept.push(block);
    }
    kept.reverse();
    kept.join("\n\n")
}

/// The entries of a list, each with the lines that continue it.
fn entries(list: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in list.lines() {
        match entries.last_mut() {
            Some(entry) if !line.starts_with("- ") => {
                entry.push('\n');
                entry.push_str(line);
            }
            _ => entries.push(line.to_string()),
        }
    }
    entries
}

/// How deep a block's heading is; `None` for text.
fn heading_level(block: &str) -> Option<usize> {
    let level = block.chars().take_while(|c| *c == '#').count();
    (level > 0 && block[level..].starts_with(' ')).then_some(level)
}

/// A text with its facts put in; `None` where it names one that is not known.
fn fill(text: &str, facts: &BTreeMap<&'static str, String>, written: impl Fn(&str, &str) -> String) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        out.push_str(before);
        match name.strip_prefix('?') {
            Some(condition) => _ = facts.get(condition)?,
            None => out.push_str(&written(name, facts.get(name)?)),
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// A page's file as the target of a link, with what has a meaning in an address taken out of it.
fn linked(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/').replace('%', "%25").replace('#', "%23").replace('?', "%3F"))
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
        let text = "By {name}.\n\n{?known}Stands.\n\n{?unknown}Falls.\n\n- {name}\n- {unknown}";
        assert_eq!(body(text, &facts), "By A \\*B\\*.\n\nStands.\n\n- A \\*B\\*");
    }

    #[test]
    fn a_condition_stands_before_a_heading_and_prints_nothing() {
        let facts = BTreeMap::from([("form", "Netlify".to_string())]);
        let text = "{?form}## Form\n\n{?form}By {form}.\n\n{?booking}## Booking\n\n{?booking}By {booking}.";
        assert_eq!(body(text, &facts), "## Form\n\nBy Netlify.");
    }

    #[test]
    fn a_heading_under_which_nothing_is_left_is_left_out() {
        let text = "## A\n\n- {x}\n  goes on\n- {y}\n\n## B\n\n### C\n\n{x}\n\n## D\n\n### E\n\nText.\n\n## F\n\n{x}";
        assert_eq!(body(text, &BTreeMap::new()), "## D\n\n### E\n\nText.");
    }
}
