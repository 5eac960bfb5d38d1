//! Crisis help on the finished pages: every country of the table and one that is not in it, in every language, with and
//! without lines of the practice's own, with and without an address.

use std::collections::BTreeSet;

use anteroom::document::model::Reach;
use anteroom::pipeline::{self, Cache};
use anteroom::site::crisis;
use anteroom::source::Sources;
use rayon::prelude::*;
use scraper::{ElementRef, Html, Selector};

use crate::support::{LANGUAGES, PRACTICE, build, options, page, site};

/// A country of which nothing is known here.
const UNKNOWN: &str = "KE";
const EXTRA: &str = "crisis:\n  extra:\n    - { name: Night line of the town, number: \"+1 (503) 555-0142\" }\n    \
    - { name: Letters at night, number: \"70 707\", reach: text, keyword: \"Hallo du\" }\n    \
    - { name: Both ways, number: 1-800-GOOD-DAY, reach: call-or-text, note: From six to midnight }\n";

fn of(country: &str, language: &str, extra: bool, address: bool) -> Sources {
    let mut practice = PRACTICE.replace("[US-OR]", &format!("[{country}]"));
    practice = practice.replace("language: en", &format!("language: {language}"));
    if extra {
        practice.push_str(EXTRA);
    }
    if address {
        practice.push_str(&format!(
            "locations: [{{ label: Room, address: {{ street: 1 Road, city: Town, country: {country} }} }}]\n"
        ));
    }
    let mut sources = site(&[("content/about.md", "---\ntitle: About\n---\nText.\n\n::: crisis\n:::\n")]);
    sources.insert_text("content/practice.yaml", practice);
    sources
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_country_in_every_language_has_help_that_works() {
    let known: Vec<&str> = crisis::countries().map(|(code, _)| code).chain([UNKNOWN]).collect();
    LANGUAGES.par_iter().for_each(|language| {
        let mut cache = Cache::on();
        let general = general(language);
        for country in &known {
            for (extra, address) in [(false, false), (true, false), (false, true), (true, true)] {
                let sources = of(country, language, extra, address);
                let built = pipeline::build(&sources, &options(), &mut cache);
                let case = format!("{country} {language} extra: {extra}, address: {address}");
                let wanting = built.diagnostics.iter().filter(|finding| finding.code.name == "crisis-line-missing");
                let none = crisis::country(country).is_none_or(|own| own.lines.is_empty());
                assert_eq!(wanting.count(), usize::from(none && !extra), "{case}");
                for (path, boxes) in
                    [("crisis/index.html", &["main"][..]), ("about/index.html", &["#a-crisis", "main .crisis"])]
                {
                    let html = Html::parse_document(&page(&built, path));
                    for place in boxes {
                        shows(&html, place, country, extra, &general, &format!("{case} {path} {place}"));
                    }
                }
            }
        }
    });
}

/// The sentence for where no number is known.
fn general(language: &str) -> String {
    let html = page(&build(&of(UNKNOWN, language, false, false)), "index.html");
    let html = Html::parse_document(&html);
    let sentences: Vec<String> = all(&html, "#a-crisis .general").iter().map(text).collect();
    assert_eq!(sentences.len(), 1);
    sentences.concat()
}

/// One place of a page: its lines, each with links that a phone understands, and nothing empty.
fn shows(html: &Html, place: &str, country: &str, extra: bool, general: &str, case: &str) {
    let boxes = all(html, place);
    let [found] = boxes.as_slice() else { panic!("{case}: {} of them", boxes.len()) };
    let read = text(found);
    for element in all(html, &format!("{place} ul, {place} li, {place} p, {place} a, {place} bdi")) {
        assert!(!text(&element).is_empty(), "{case}: an empty {}", element.value().name());
    }
    let hrefs: Vec<&str> =
        all(html, &format!("{place} a[href]")).iter().filter_map(|link| link.value().attr("href")).collect();
    let phones: Vec<&str> =
        hrefs.iter().filter(|href| href.starts_with("tel:") || href.starts_with("sms:")).copied().collect();
    let unique: BTreeSet<&&str> = phones.iter().collect();
    assert_eq!(unique.len(), phones.len(), "{case}: a number twice: {phones:?}");
    for href in &phones {
        let keys = href[4..].split('?').next().unwrap();
        assert!(keys.len() >= 2 && keys.chars().all(|c| c.is_ascii_digit() || "+*%".contains(c)), "{case}: {href}");
    }
    let has = |href: String| assert!(phones.contains(&href.as_str()), "{case}: {href} is missing in {phones:?}");
    let own = crisis::country(country);
    for line in own.iter().flat_map(|own| &own.lines) {
        assert!(read.contains(&line.name), "{case}: {} is not named in {read}", line.name);
        assert!(read.contains(&line.number), "{case}: {}", line.number);
        let keys = anteroom::document::values::dialled(&line.number);
        let call = format!("tel:{keys}");
        match line.reach {
            Reach::Text => assert!(!phones.contains(&call.as_str()), "{case}: {call} takes no calls"),
            _ => has(call),
        }
        if line.reach.texts() {
            has(format!("sms:{keys}{}", line.keyword.iter().map(|word| format!("?&body={word}")).collect::<String>()));
        }
    }
    for number in own.iter().flat_map(|own| &own.emergency) {
        has(format!("tel:{number}"));
    }
    assert_eq!(read.contains(general), own.is_none(), "{case}: {read}");
    if extra {
        for name in ["Night line of the town", "Letters at night", "Both ways"] {
            assert!(read.contains(name), "{case}: {name}");
        }
        has("tel:+15035550142".into());
        has("sms:70707?&body=Hallo%20du".into());
        has("tel:18004663329".into());
        has("sms:18004663329".into());
        assert!(!phones.contains(&"tel:70707"), "{case}");
    }
    for code in ["call-or-text", "always_free", "reach", "{"] {
        assert!(!read.contains(code), "{case}: {code} in {read}");
    }
}

#[test]
fn a_number_that_is_listed_twice_is_shown_once() {
    for (country, number, name) in [
        ("US-OR", "9-8-8", "988 Suicide & Crisis Lifeline"),
        ("DE", "+49 800/111 0 111", "TelefonSeelsorge"),
        ("GB", "116-123", "Samaritans"),
        ("AT", "0043 142", "TelefonSeelsorge"),
        ("FR", "112", "112"),
    ] {
        let mut sources = of(country, "en", false, false);
        let extra = format!("crisis: {{ extra: [{{ name: Again, number: \"{number}\" }}] }}\n");
        let practice = PRACTICE.replace("[US-OR]", &format!("[{country}]")) + &extra;
        sources.insert_text("content/practice.yaml", practice);
        let built = build(&sources);
        let told: Vec<_> = built.diagnostics.iter().filter(|one| one.code.name == "crisis-line-twice").collect();
        assert_eq!(told.len(), 1, "{country}");
        assert!(told[0].message.ends_with(name), "{}", told[0].message);
        assert!(!page(&built, "crisis/index.html").contains("Again"), "{country}");
    }
}

#[test]
fn lines_of_several_countries_name_them() {
    let html = page(&build(&of("GB, IE, US-TX", "de", false, false)), "crisis/index.html");
    let html = Html::parse_document(&html);
    let names: Vec<String> = all(&html, "main .who").iter().map(text).collect();
    assert!(names.contains(&"Samaritans (Vereinigtes Königreich, Irland)".to_string()), "{names:?}");
    assert!(names.contains(&"Im Notfall (Vereinigte Staaten)".to_string()), "{names:?}");
}
