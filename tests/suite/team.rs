//! A team of many: the pages that show a part of it, who stands first, and the ways from one to another.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::source::Sources;
use scraper::{Html, Selector};

use crate::support::{PRACTICE, build, has, lines, page, site};

fn said(html: &str, selector: &str) -> Vec<String> {
    let words = |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_string();
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).map(words).collect()
}

/// People by their facts, called `A`, `B`, … in this order.
fn team(facts: &[&str], practice: &str) -> Sources {
    let files: Vec<(String, String)> = facts
        .iter()
        .enumerate()
        .map(|(index, facts)| {
            let name = char::from(b'A' + index as u8);
            let path = format!("content/practitioners/{}.md", name.to_lowercase());
            (path, format!("---\nname: {name}\nrole_title: Coach\nweight: {index}\n{facts}---\nText.\n"))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut sources = site(&files);
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}{practice}"));
    sources
}

const PRACTICE_FACTS: &str = "\
locations: [{ label: Room, address: { street: A 1, city: Bend, region: OR, country: US } }, { label: Video, online: true }]
insurance: [{ payer: Mutual, in_network: true }, { payer: Union, in_network: true }, { payer: Other, in_network: false }]
";

/// What somebody may say of each facet, where its page is, and who is on it: those who say so, and those who say nothing
/// where that means everything.
const FACETS: &[(&str, &str, bool)] = &[
    ("specialties: [Grief]\n", "concern/grief", false),
    ("locations: [Room]\n", "place/room", true),
    ("insurance: [Mutual]\n", "insurance/mutual", true),
    ("languages: [es]\n", "language/es", false),
    ("formats: [video]\n", "format/video", false),
    ("accepting: { status: yes, as_of: 2026-11-01 }\n", "openings", false),
];
/// What the others say instead, so that the first is a part.
const OTHERS: &[&str] = &[
    "specialties: [Sleep]\n",
    "locations: [Video]\n",
    "insurance: [Union]\n",
    "languages: [fr]\n",
    "formats: [walk]\n",
    "accepting: { status: no, as_of: 2026-11-01 }\n",
];

#[test]
fn each_facet_of_a_large_team_has_its_pages() {
    for ((fact, at, silence_is_all), other) in FACETS.iter().zip(OTHERS) {
        for people in [2, 6, 7, 9] {
            // The second says it, the third says nothing, the others something else.
            let facts: Vec<&str> = (0..people).map(|index| [*other, *fact, "", *other][index.min(3)]).collect();
            let built = build(&team(&facts, PRACTICE_FACTS));
            let file = format!("practitioners/{at}/index.html");
            let case = format!("{at} {people}");
            assert_eq!(has(&built, &file), people > 6, "{case}");
            let all = page(&built, "practitioners/index.html");
            assert_eq!(said(&all, ".people .person").len(), people, "{case}");
            assert_eq!(said(&all, "nav.narrow").len(), usize::from(people > 6), "{case}");
            if people > 6 {
                let html = page(&built, &file);
                let wanted = if *silence_is_all { vec!["B", "C"] } else { vec!["B"] };
                assert_eq!(said(&html, ".people .person :is(h2, h3)"), wanted, "{case}");
                assert_eq!(said(&html, "nav.narrow [aria-current=page]").len(), 1, "{case}");
                assert!(said(&html, "title")[0].contains(':'), "{case}: {:?}", said(&html, "title"));
            }
        }
    }
}

#[test]
fn what_all_share_or_nobody_says_narrows_nothing() {
    for (fact, at, _) in FACETS {
        for facts in [[*fact; 7], [""; 7]] {
            let built = build(&team(&facts, PRACTICE_FACTS));
            assert!(!has(&built, &format!("practitioners/{at}/index.html")), "{at}");
        }
    }
    // Names that differ only in capitals and marks are one; gaps are none.
    let facts = ["specialties: [Panic & fear]", "specialties: [panic fear]", "specialties: ['[What you help with]']"];
    let facts: Vec<String> = facts.iter().map(|fact| format!("{fact}\n")).collect();
    let facts: Vec<&str> = (0..7).map(|index| facts.get(index).map_or("", String::as_str)).collect();
    let built = build(&team(&facts, ""));
    let html = page(&built, "practitioners/index.html");
    assert_eq!(said(&html, "nav.narrow a"), ["Panic & fear 2"]);
}

#[test]
fn those_with_room_come_first_in_a_large_team() {
    let status = |status: &str| format!("accepting: {{ status: {status}, as_of: 2026-11-01 }}\n");
    let facts =
        [status("no"), status("waitlist"), String::new(), status("yes"), status("no"), status("yes"), String::new()];
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    let names = |facts: &[&str], file: &str| {
        said(&page(&build(&team(facts, "")), file), ".person :is(h2, h3)").into_iter().collect::<String>()
    };
    assert_eq!(names(&facts, "practitioners/index.html"), "DFCGBAE");
    assert_eq!(names(&facts, "index.html"), "DFCGBAE");
    assert_eq!(names(&facts, "practitioners/openings/index.html"), "DF");
    assert_eq!(names(&facts[..6], "practitioners/index.html"), "ABCDEF", "a small team stands as its author wants");
}

#[test]
fn parts_of_a_team_are_named_in_each_language() {
    for (language, spanish, room) in [
        ("en", "Spanish", "Taking new clients"),
        ("de", "Spanisch", "Freie Plätze"),
        ("es", "español", "Con plazas libres"),
        ("ar", "الإسبانية", "يستقبلون عملاء جددًا"),
    ] {
        let mut facts = vec!["languages: [es]\naccepting: { status: yes, as_of: 2026-11-01 }\n"];
        facts.extend([""; 6]);
        let mut sources = team(&facts, "");
        sources
            .insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {language}")));
        let html = page(&build(&sources), "practitioners/language/es/index.html");
        assert!(said(&html, "h1")[0].ends_with(spanish), "{language}: {:?}", said(&html, "h1"));
        assert!(said(&html, "nav.narrow > a")[0].starts_with(room), "{language}: {:?}", said(&html, "nav.narrow > a"));
    }
}

#[test]
fn an_insurer_that_the_practice_does_not_have_is_told() {
    let sources = team(&["insurance: [Mutuel]\n"], PRACTICE_FACTS);
    assert_eq!(lines(&build(&sources), &sources), ["unknown-insurer content/practitioners/a.md:5:13 \"Mutuel\""]);
    let sources = team(&["insurance: [Other]\n"], PRACTICE_FACTS);
    assert_eq!(lines(&build(&sources), &sources).len(), 1, "it isn't in the network of that one");
    let html = page(&build(&team(&["insurance: [Union]\n"], PRACTICE_FACTS)), "practitioners/a/index.html");
    assert!(said(&html, ".facts dd").contains(&"Union".to_string()));
}

#[test]
fn one_person_speaks_of_herself_and_several_are_a_team() {
    for (language, me, us) in [
        ("en", "About me", "Our team"),
        ("de", "Über mich", "Unser Team"),
        ("es", "Sobre mí", "Nuestro equipo"),
        ("ar", "نبذة عني", "فريقنا"),
    ] {
        for people in [0, 1, 2, 9] {
            for about in [false, true] {
                let mut sources = team(&vec!["summary: S.\n"; people], "");
                let practice = PRACTICE.replace("language: en", &format!("language: {language}"));
                sources.insert_text("content/practice.yaml", practice);
                if about {
                    sources.insert_text("content/about.md", "---\ntitle: Who we are\nsummary: S.\n---\nText.\n");
                }
                let built = build(&sources);
                let html = page(&built, "index.html");
                let entries = said(&html, "header nav a");
                let case = format!("{language} {people} {about}: {entries:?}");
                let named = |words: &str| entries.iter().any(|entry| entry == words);
                assert_eq!(named(me), people == 1 && !about, "{case}");
                assert_eq!(named(us), people > 1, "{case}");
                let headings = said(&html, "main h2");
                assert_eq!(headings.iter().any(|heading| heading == me), people == 1, "{case} {headings:?}");
                assert_eq!(headings.iter().any(|heading| heading == us), people > 1, "{case} {headings:?}");
                if people > 0 {
                    let title = if people == 1 { me } else { us };
                    assert_eq!(said(&page(&built, "practitioners/index.html"), "h1"), [title], "{case}");
                }
                if people == 1 && !about {
                    let own = page(&built, "practitioners/a/index.html");
                    assert_eq!(said(&own, "header nav [aria-current=page]")[0], me, "{case}");
                }
            }
        }
    }
}

#[test]
fn a_home_page_that_nobody_wrote_begins_and_ends_with_the_next_step() {
    let booking = "booking: { provider: calendar, url: \"https://book.harbour-times.org/\", mode: link }\n";
    for (practice, acts) in [("", vec!["Get in touch"]), (booking, vec!["Book a session", "Send a message"])] {
        let html = page(&build(&team(&["summary: S.\n"], practice)), "index.html");
        assert_eq!(said(&html, ".hero .actions a"), acts, "{practice}");
        assert_eq!(said(&html, ".invitation .actions a"), acts, "{practice}");
    }
}
