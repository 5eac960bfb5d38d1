//! What stands first on a page: the facts at a glance, notices, crisis numbers; and how pages end.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use scraper::{Html, Selector};

use crate::support::{PRACTICE, build, page, site};

fn texts(html: &str, selector: &str) -> Vec<String> {
    let read = |element: scraper::ElementRef<'_>| element.text().collect::<String>().replace('\u{a0}', " ");
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).map(read).collect()
}

/// Places as a practice writes them, and what is read of them in English, German, Spanish and Arabic.
const PLACES: &[(&str, [&str; 4])] = &[
    ("", [""; 4]),
    (
        "locations: [{ label: Room, address: { street: A 1, city: Bend, region: OR, country: US } }]\n",
        ["Bend", "Bend", "Bend", "Bend"],
    ),
    ("locations: [{ label: Video, online: true }]\n", ["Online", "Online", "Online", "عبر الإنترنت"]),
    ("locations: [{ label: Walks, area: Forest Park }]\n", ["Forest Park"; 4]),
    ("locations: [{ label: Walks, area: Forest Park }, { label: Other, area: Forest Park }]\n", ["Forest Park"; 4]),
    ("locations: [{ label: Room, area: '[Where you work]' }]\n", [""; 4]),
];
const PRICES: &[(&str, &str)] = &[("", ""), ("price: { amount: 90 }\n", "90"), ("price: { free: true }\n", "free")];
const ROOM: &[&str] = &["", "yes", "no", "waitlist"];

#[test]
fn an_opening_without_facts_says_what_the_practice_says() {
    for (index, language) in ["en", "de", "es", "ar"].into_iter().enumerate() {
        for (places, where_) in PLACES {
            for (price, amount) in PRICES {
                for room in ROOM {
                    let accepting = match *room {
                        "" => String::new(),
                        room => format!("accepting: {{ status: {room}, as_of: 2026-11-01 }}\n"),
                    };
                    let ana = format!("---\nname: Ana Lopez\nrole_title: Coach\n{accepting}---\nText.\n");
                    let talk = format!(
                        "---\ntitle: Talk\nsummary: S.\nkind: coaching\nduration_min: 50\n{price}formats: [video]\n---\nText.\n"
                    );
                    let home = "---\ntitle: Home\nsections: [{ type: hero, heading: '[One sentence]' }]\n---\n";
                    let mut sources = site(&[
                        ("content/practitioners/ana.md", ana.as_str()),
                        ("content/services/talk.md", talk.as_str()),
                        ("content/index.md", home),
                    ]);
                    let practice = PRACTICE.replace("language: en", &format!("language: {language}")) + places;
                    sources.insert_text("content/practice.yaml", practice);
                    let html = page(&build(&sources), "index.html");
                    let facts = texts(&html, ".hero .facts dd");
                    let wanted = [!where_[index].is_empty(), !price.is_empty(), !room.is_empty()];
                    let case = format!("{language} {places} {price} {room}: {facts:?}");
                    assert_eq!(facts.len(), wanted.iter().filter(|wanted| **wanted).count(), "{case}");
                    if wanted[0] {
                        assert_eq!(facts[0], where_[index], "{case}");
                    }
                    if amount == &"90" {
                        assert!(facts.iter().any(|fact| fact.contains("50") && fact.contains("90")), "{case}");
                    }
                    assert_eq!(texts(&html, "h1"), ["Quiet Harbour"], "a gap is no headline");
                }
            }
        }
    }
}

#[test]
fn services_of_several_prices_name_the_one_whose_price_it_is() {
    let service = |title: &str, amount: u32| {
        format!(
            "---\ntitle: {title}\nsummary: S.\nkind: coaching\nduration_min: 50\nprice: {{ amount: {amount} }}\nformats: [video]\n---\nText.\n"
        )
    };
    let (one, two) = (service("Alone", 90), service("Together", 120));
    let home = "---\ntitle: Home\nsections: [{ type: hero, heading: Talk }]\n---\n";
    let sources = site(&[
        ("content/services/a.md", one.as_str()),
        ("content/services/b.md", two.as_str()),
        ("content/index.md", home),
    ]);
    assert_eq!(texts(&page(&build(&sources), "index.html"), ".hero .facts dd"), ["Alone: $90"]);
    // What the author writes stands alone.
    let own = home.replace("heading: Talk", "heading: Talk, facts: [{ label: Cost, text: Ask me }]");
    let sources = site(&[("content/services/a.md", one.as_str()), ("content/index.md", own.as_str())]);
    assert_eq!(texts(&page(&build(&sources), "index.html"), ".hero .facts dd"), ["Ask me"]);
}

#[test]
fn a_notice_is_a_line_of_words_and_a_text_with_its_links() {
    let mut sources = site(&[("content/contact.md", "---\ntitle: Contact\nlayout: contact\n---\nText.\n")]);
    let notice = "notices: [{ text: \"**Closed** until\\nMonday, see [how to reach us](contact.md).\" }]\n";
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}{notice}"));
    let html = page(&build(&sources), "index.html");
    assert_eq!(texts(&html, ".notice-lines"), ["Closed until Monday, see how to reach us."]);
    assert_eq!(texts(&html, ".notice a"), ["how to reach us"]);
}

#[test]
fn crisis_numbers_come_before_everything_else() {
    let mut sources = site(&[]);
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}notices: [{{ text: Closed until Monday. }}]\n"));
    let built = build(&sources);
    let html = page(&built, "crisis/index.html");
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text} is there"));
    assert!(at("<h1>") < at("crisis-lines") && at("crisis-lines") < at("class=\"notices"));
    let home = page(&built, "index.html");
    assert!(home.find("class=\"notices").unwrap() < home.find("<main").unwrap());
}

#[test]
fn people_without_a_portrait_have_a_drawing_of_their_own() {
    let person = |name: &str| format!("---\nname: {name}\nrole_title: Coach\n---\nText.\n");
    let drawn = |name: &str| {
        let file = person(name);
        let html =
            page(&build(&site(&[("content/practitioners/one.md", file.as_str())])), "practitioners/one/index.html");
        let begin = html.find("<svg class=\"drawing\"").expect("a drawing");
        html[begin..begin + html[begin..].find("</svg>").unwrap()].to_string()
    };
    assert_eq!(drawn("Ana Lopez"), drawn("Ana Lopez"));
    assert_ne!(drawn("Ana Lopez"), drawn("Ben Ode"));
}

#[test]
fn articles_end_with_who_wrote_them() {
    let article = "---\ntitle: Sleep\nsummary: S.\nauthor: ana\ndate: 2026-11-01\n---\nText.\n";
    let ana = "---\nname: Ana Lopez\nrole_title: Coach\nsummary: Ana listens.\n---\nText.\n";
    let files = [("content/resources/sleep.md", article), ("content/practitioners/ana.md", ana)];
    let html = page(&build(&site(&files)), "resources/sleep/index.html");
    assert_eq!(texts(&html, ".part-turn h2"), ["Talk to Ana Lopez"]);
    let other = article.replace("author: ana", "author: { name: Guest Writer }");
    let files = [("content/resources/sleep.md", other.as_str()), ("content/practitioners/ana.md", ana)];
    let html = page(&build(&site(&files)), "resources/sleep/index.html");
    assert_eq!(texts(&html, ".part-turn").len(), 0, "a guest is nobody to turn to here");
}
