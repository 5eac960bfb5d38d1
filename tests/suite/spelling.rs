//! What the program prints, as languages and countries write it: letters, commas, days, the pages of a list.
//!
//! Reads finished pages. A new habit of a language is one more test here.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::source::Sources;
use scraper::{Html, Selector};

use crate::support::{PRACTICE, build, page, site};

fn texts(html: &str, selector: &str) -> Vec<String> {
    let words = |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_string();
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).map(words).collect()
}

/// A practice in a language, with more facts.
fn practice(language: &str, more: &str) -> Sources {
    let mut sources = site(&[]);
    let text = PRACTICE.replace("language: en", &format!("language: {language}"));
    sources.insert_text("content/practice.yaml", format!("{text}{more}"));
    sources
}

#[test]
fn switzerland_writes_no_sharp_s() {
    let street = "locations:\n  - { label: Praxis, address: { street: Große Straße 1, city: Bern, postal_code: \"3011\", country: CH } }\n\
                  hosting: { provider: A Host, country: CA }\n";
    for (language, sharp) in [("de", true), ("de-AT", true), ("de-CH", false), ("de-LI", false)] {
        let mut sources = practice(language, street);
        let facts = PRACTICE.replace("language: en", &format!("language: {language}")).replace("US-OR", "DE");
        sources.insert_text("content/practice.yaml", format!("{facts}{street}"));
        let built = build(&sources);
        let mut all = String::new();
        for path in built.output.as_ref().unwrap().files.keys() {
            if path.as_str().ends_with(".html") {
                all.push_str(&page(&built, path.as_str()));
            }
        }
        // What the author wrote stays.
        let rest = all.replace("Große Straße", "");
        assert!(all.len() > rest.len(), "{language}");
        assert_eq!(rest.contains('ß'), sharp, "{language}");
        assert!(sharp || !rest.contains(['„', '“']), "{language}");
    }
}

#[test]
fn the_second_page_of_a_list_has_a_description_of_sentences() {
    for (language, number) in
        [("en", "Page 2 of 3."), ("de", "Seite 2 von 3."), ("es", "Página 2 de 3."), ("ar", "صفحة 2 من 3.")]
    {
        let mut sources = practice(language, "page_size: 1\n");
        for day in 1..=3 {
            let text = format!(
                "---\ntitle: Rest {day}\nsummary: S.\nauthor: {{ name: Ana }}\ndate: 2026-01-0{day}\ntopics: [Sleep]\n---\nText.\n"
            );
            sources.insert_text(&format!("content/resources/rest-{day}.md"), text);
        }
        let built = build(&sources);
        for list in ["resources", "resources/topics/sleep"] {
            let html = page(&built, &format!("{list}/page/2/index.html"));
            let html = Html::parse_document(&html);
            let meta = html.select(&Selector::parse("meta[name=description]").unwrap()).next().unwrap();
            let said = meta.attr("content").unwrap();
            let before = said.strip_suffix(number).unwrap_or_else(|| panic!("{language} {list}: {said}"));
            assert!(before.trim_end().ends_with(['.', '?', '!']), "{language} {list}: {said}");
        }
    }
}

#[test]
fn the_days_of_a_table_begin_with_a_capital() {
    let hours = "locations:\n  - { label: Sala, address: { street: Calle 1, city: Bern, postal_code: \"3011\", country: CH }, hours: { monday: \"09:00-17:00\", tuesday: \"09:00-17:00\", friday: \"09:00-12:00\" } }\n";
    for (language, days) in [("en", ["Monday to Tuesday", "Friday"]), ("es", ["Lunes a martes", "Viernes"])] {
        let built = build(&practice(language, hours));
        let html = page(&built, "contact/index.html");
        assert_eq!(texts(&html, ".hours tbody th"), days, "{language}");
    }
}

#[test]
fn arabic_has_a_comma_of_its_own() {
    let person = "---\nname: Ana\nrole_title: Coach\npronouns: she\nphoto_alt: A\n\
                  credentials: [{ name: Diploma, abbr: DIP, issuer: School, year: 2001 }]\n---\nText.\n";
    for (language, comma) in [("ar", "، "), ("en", ", ")] {
        let mut sources = practice(language, "");
        sources.insert_text("content/practitioners/ana.md", person);
        let html = page(&build(&sources), "practitioners/ana/index.html");
        for words in [["Coach", "she"].join(comma), ["(DIP)", "School", "2001"].join(comma)] {
            assert!(html.contains(&words), "{language}: {words}\n{html}");
        }
    }
}

#[test]
fn arabic_counts_the_days_for_which_a_host_keeps_records() {
    for (days, words) in [
        (0, "ولا تحتفظ"),
        (1, "يومًا واحدًا"),
        (2, "يومين"),
        (3, "3 أيام"),
        (10, "10 أيام"),
        (14, "14 يومًا"),
        (100, "100 يوم."),
        (103, "103 أيام"),
    ] {
        let hosting = format!("hosting: {{ provider: A Host, country: DE, log_days: {days} }}\n");
        let html = page(&build(&practice("ar", &hosting)), "privacy/index.html");
        assert!(html.contains(words), "{days}: {html}");
    }
}
