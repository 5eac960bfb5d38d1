//! Codes never reach visitors: a site whose every field that takes a code has one, in each language and theme, read page by
//! page as a visitor reads it.

use std::collections::BTreeSet;

use anteroom::document::values::names;
use anteroom::output::File;
use anteroom::pipeline::{self, Cache};
use anteroom::schemas;
use anteroom::source::Sources;
use rayon::prelude::*;
use regex::Regex;
use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use crate::support::{LANGUAGES, options};

const THEMES: [&str; 3] = ["linen", "harbor", "meadow"];
/// Tags of languages in which a person works; none of them is a word of a language in which pages are written.
const TAGS: [&str; 8] = ["sq", "ckb", "zh-Hant", "hu", "bfi", "pt-BR", "uk", "tzm"];

fn of(language: &str, theme: &str) -> Sources {
    let mut sources = Sources::default();
    let practice = format!(
        r#"
name: Quiet Harbour
description: A practice that has every code, for the test that none of them is read.
language: {language}
kind: mixed
jurisdictions: [US-TX, GB-ENG, DE-BY, FR-IDF, KE]
base_url: https://quiet-harbour.org
email: hello@quiet-harbour.org
phone: "+1 503 555 0142"
sms_ok: true
preferred_contact: text
time_zone: America/Los_Angeles
locations:
  - label: Office
    address: {{ street: 12 Main St., city: Austin, region: US-TX, postal_code: "73301", country: US }}
    geo: {{ latitude: 45.5, longitude: -122.6 }}
    hours: {{ monday: "09:00-17:00", tuesday: closed, wednesday: "09:00-12:00, 13:00-17:00" }}
    closures: [{{ from: 2026-12-24, until: 2027-01-02 }}]
  - {{ label: Second room, address: {{ street: 1 Ring, city: Augsburg, region: DE-BY, postal_code: "86150", country: DE }} }}
maps: {{ provider: openstreetmap, mode: click-to-load }}
booking: {{ provider: calendly, url: "https://calendly.com/harbour/first", mode: click-to-load }}
contact_form: {{ provider: formspree, endpoint: "https://formspree.io/f/abc" }}
currency: AED
insurance: [{{ payer: Aetna, in_network: true }}, {{ payer: Cigna, in_network: false }}]
out_of_network: {{ superbill: true }}
hipaa_covered_entity: false
receives_hhs_funds: true
analytics: {{ provider: plausible, script_host: plausible.io }}
legal: {{ vat_id: "123", register: District court, authority: The board, title: Psychologist, title_state: Bavaria, responsible: Ana Lopez }}
crisis: {{ extra: [{{ name: Letters, number: "70707", reach: call-or-text }}] }}
theme: {{ name: {theme} }}
testimonials:
  - {{ text: They called back., relation: former-client, incentive: true, clinical: false, consent: {{ date: 2026-05-04, scope: This website }} }}
"#
    );
    sources.insert_text("content/practice.yaml", practice);
    let person = |name: &str, fields: &str| {
        let tags = TAGS.join(", ");
        format!(
            "---\nname: {name}\nlanguages: [{tags}]\nformats: [in-person, video, phone, walk, home, text]\n{fields}\n---\nText.\n"
        )
    };
    let ana = "licences:\n  - { type: LMFT, number: \"12345\", jurisdiction: US-TX, board: Board of Examiners, status: associate }\n  - { type: Registration, number: \"9\", jurisdiction: GB-ENG, status: registered }\n  - { type: Registration, number: \"7\", jurisdiction: FR-IDF, status: trainee }\nserves: [US-TX, AU-NSW]\naccepting: { status: waitlist, as_of: 2026-11-01 }\nfees: { from: 80, to: 120, currency: MAD, per: session, sliding_scale: true }\nsupervision: { supervisor: Ben Okafor }";
    sources.insert_text("content/practitioners/ana.md", person("Ana Lopez", ana));
    let ben = "licences:\n  - { type: Registration, number: \"8\", jurisdiction: DE-BY, expires: 2027-05-01 }\naccepting: { status: 'no', as_of: 2026-11-01 }\nfees: { amount: 500, currency: KES }";
    sources.insert_text("content/practitioners/ben.md", person("Ben Okafor", ben));
    for (index, kind) in
        ["therapy", "coaching", "assessment", "supervision", "consultation", "group"].iter().enumerate()
    {
        let currency = ["AED", "CHF", "PLN", "JOD", "USD", "SAR"][index];
        let price =
            ["sliding_scale: true", "free: true", "from: 80", "to: 90", "amount: 70, sliding_scale: true", "amount: 5"]
                [index];
        sources.insert_text(
            &format!("content/services/s{index}.md"),
            format!("---\ntitle: Talk {index}\nsummary: A talk.\nkind: {kind}\nduration_min: 50\nprice: {{ {price}, currency: {currency} }}\npackages: [{{ sessions: 6, price: 480 }}]\nformats: [in-person, video, phone, walk, home, text]\npractitioners: [ana, ben]\n---\nText.\n"),
        );
    }
    sources.insert_text(
        "content/index.md",
        "---\ntitle: Welcome\nsections: [{ type: hero, heading: Welcome }, { type: services }, { type: practitioners }, { type: testimonials }]\n---\nText.\n",
    );
    sources.insert_text(
        "content/blocks.md",
        "---\ntitle: Blocks\n---\n::: crisis\n:::\n\n::: fees\n:::\n\n::: booking\n:::\n\n::: hosts\n:::\n",
    );
    sources.insert_text(
        "content/resources/first.md",
        "---\ntitle: First\nsummary: A first article.\nauthor: ana\ndate: 2026-10-01\nlang: pt-BR\n---\nText.\n",
    );
    sources
}

/// What a visitor reads or hears of a page.
fn read(html: &Html) -> String {
    fn gather(element: ElementRef<'_>, text: &mut String) {
        let name = element.value().name();
        // `bdi` holds the names of crisis lines, as those who answer write them: `SOS Amitié`.
        if matches!(name, "bdi" | "script" | "style" | "template" | "noscript" | "meta" | "link") {
            return;
        }
        for attribute in ["alt", "title", "aria-label", "placeholder"] {
            text.push(' ');
            text.push_str(element.value().attr(attribute).unwrap_or_default());
        }
        for child in element.children() {
            match child.value() {
                Node::Text(piece) => text.push_str(piece),
                _ => ElementRef::wrap(child).into_iter().for_each(|below| gather(below, text)),
            }
        }
        text.push(' ');
    }
    let mut text = String::new();
    gather(html.root_element(), &mut text);
    text
}

/// Every value of an enumeration in the front matter that is no plain word.
fn enum_values() -> BTreeSet<String> {
    fn gather(value: &Value, all: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                let named =
                    map.get("const").into_iter().chain(map.get("enum").and_then(Value::as_array).into_iter().flatten());
                all.extend(named.filter_map(Value::as_str).map(str::to_string));
                map.values().for_each(|below| gather(below, all));
            }
            Value::Array(list) => list.iter().for_each(|below| gather(below, all)),
            _ => {}
        }
    }
    let mut all = BTreeSet::new();
    for kind in ["practice", "practitioner", "service", "resource", "page"] {
        gather(&schemas::schema(kind).unwrap_or_default(), &mut all);
    }
    all.retain(|value| value.contains(['-', '_']));
    assert!(all.contains("former-client") && all.contains("call-or-text"), "{all:?}");
    all
}

#[test]
fn no_code_reaches_a_visitor() {
    let looks =
        Regex::new(r"\b[A-Z]{2}-[A-Z0-9]{1,3}\b|\b[a-z]{2,}_[a-z_]+\b|\{[a-z_]*\}|\b[a-z]{2}-[A-Z]{2}\b").unwrap();
    let word = Regex::new(r"[\p{L}\p{N}_-]+").unwrap();
    // `in-person` is English.
    let enums = enum_values();
    let shown: BTreeSet<&str> = ["in-person"].into();
    // The words are the same in every theme: one with each language, and each theme once more.
    let all = LANGUAGES.iter().zip(THEMES.iter().cycle()).chain(THEMES.iter().map(|theme| (&LANGUAGES[1], theme)));
    let cases: BTreeSet<(&str, &str)> = all.map(|(language, theme)| (*language, *theme)).collect();
    cases.par_iter().for_each(|(language, theme)| {
        let built = pipeline::build(&of(language, theme), &options(), &mut Cache::off());
        let output = built.output.unwrap_or_else(|| panic!("{:#?}", built.diagnostics.iter().collect::<Vec<_>>()));
        let mut pages = 0;
        for (path, file) in &output.files {
            let File::Made(bytes) = file else { continue };
            if !path.as_str().ends_with(".html") {
                continue;
            }
            pages += 1;
            let text = read(&Html::parse_document(&String::from_utf8_lossy(bytes)));
            let near = |at: usize| {
                text.chars().skip(text[..at].chars().count().saturating_sub(40)).take(100).collect::<String>()
            };
            if let Some(found) = looks.find(&text) {
                panic!("{language} {theme} {}: `{}` in: {}", path.as_str(), found.as_str(), near(found.start()));
            }
            for found in word.find_iter(&text) {
                let one = found.as_str();
                let currency = names::currency(one, "en").is_some() && names::currency_sign(one, None) != Some(one);
                let code = currency || TAGS.contains(&one) || (enums.contains(one) && !shown.contains(one));
                assert!(!code, "{language} {theme} {}: `{one}` in: {}", path.as_str(), near(found.start()));
            }
        }
        assert!(pages > 20, "{pages}");
    });
}

#[test]
fn a_language_without_a_name_is_told() {
    let mut sources = of("en", "linen");
    sources.insert_text("content/practitioners/ben.md", "---\nname: Ben Okafor\nlanguages: [qaa]\n---\nText.\n");
    let built = pipeline::build(&sources, &options(), &mut Cache::off());
    assert!(built.diagnostics.iter().any(|finding| finding.code.name == "language-unnamed"));
}
