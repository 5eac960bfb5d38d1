//! What a site calls its people: somebody who works alone says "About me", several are a team.
//!
//! Reads finished pages, in every language that themes have. What stands on a person's own page is not its matter.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use scraper::{Html, Selector};

use crate::support::{PRACTICE, build, page, site};

/// A language, what one person's page is called in it, and what several people's is.
const CALLED: [(&str, &str, &str); 5] = [
    ("en", "About me", "Our team"),
    ("de", "Über mich", "Unser Team"),
    ("es", "Sobre mí", "Nuestro equipo"),
    ("es-MX", "Sobre mí", "Nuestro equipo"),
    ("ar", "نبذة عني", "فريقنا"),
];

fn texts(html: &str, selector: &str) -> Vec<String> {
    let found = Html::parse_document(html);
    found.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
}

#[test]
fn the_number_of_people_decides_what_their_page_is_called() {
    for (language, alone, several) in CALLED {
        for people in [0, 1, 2, 12] {
            let mut sources = site(&[]);
            sources.insert_text(
                "content/practice.yaml",
                PRACTICE.replace("language: en", &format!("language: {language}")),
            );
            for person in 0..people {
                let text = format!("---\nname: Person {person}\nrole_title: Coach\n---\nText.\n");
                sources.insert_text(&format!("content/practitioners/p{person}.md"), text);
            }
            let built = build(&sources);
            let menu = texts(&page(&built, "index.html"), ".nav a");
            let case = format!("{language}, {people} people: {menu:?}");
            let (is, is_not) = if people == 1 { (alone, several) } else { (several, alone) };
            assert_eq!(menu.iter().any(|entry| entry == is), people > 0, "{case}");
            assert!(!menu.iter().any(|entry| entry == is_not), "{case}");
            if people == 0 {
                continue;
            }
            let index = page(&built, "practitioners/index.html");
            assert_eq!(texts(&index, "h1"), [is], "{case}");
            assert!(texts(&index, "title")[0].contains(is), "{case}");
            let own = page(&built, "practitioners/p0/index.html");
            assert!(texts(&own, ".crumbs a").iter().any(|crumb| crumb == is), "{case}");
        }
    }
}

#[test]
fn a_button_without_words_promises_a_free_call_only_where_there_is_one() {
    let service = |price: &str, format: &str, kind: &str| {
        format!("---\ntitle: Talk\nsummary: S.\nkind: {kind}\nprice: {price}\nformats: [{format}]\n---\nText.\n")
    };
    let free = "{ free: true }";
    let cases = [
        (service(free, "phone", "coaching"), "", "Book a free call"),
        (service(free, "in-person, video", "coaching"), "", "Book a free call"),
        (service(free, "in-person", "coaching"), "", "Book a session"),
        (service(free, "video", "group"), "", "Book a session"),
        (service("{ amount: 90 }", "phone", "coaching"), "", "Book a session"),
        (service(free, "phone", "coaching"), ", label: Choose a day", "Choose a day"),
    ];
    for (text, label, said) in cases {
        let mut sources = site(&[("content/services/talk.md", text.as_str())]);
        let booking = format!("booking: {{ url: 'https://cal.com/ana'{label} }}\n");
        sources.insert_text("content/practice.yaml", format!("{PRACTICE}{booking}"));
        let acts = texts(&page(&build(&sources), "services/talk/index.html"), ".actions .act");
        assert!(!acts.is_empty() && acts.iter().all(|act| act == said), "{text}{label}: {acts:?}");
    }
}
