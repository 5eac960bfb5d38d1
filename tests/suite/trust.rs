//! The face at a page's opening, and the line of what speaks for the practice: every combination of the facts.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::source::{Asset, Sources};
use scraper::{Html, Selector};

use crate::support::{PRACTICE, build, page, photograph, site};

const LICENCES: &[(&str, Option<&str>)] = &[
    ("", None),
    ("licences: [{ type: LMFT, number: \"12345\", jurisdiction: US-CA, board: BBS }]\n", Some("LMFT")),
    ("licences: [{ type: LMFT, number: \"12345\", jurisdiction: US-CA, expires: 2026-01-01 }]\n", None),
];
const CREDENTIALS: &[(&str, Option<&str>)] = &[
    ("", None),
    ("credentials: [{ name: Certified Guide, abbr: CG }]\n", Some("Certified Guide")),
    ("credentials: [{ name: Coach, abbr: CO }]\n", None),
    ("credentials: [{ name: '[Your certificate]' }]\n", None),
];
const YEARS: &[&str] = &["", "practising_since: 2012\n"];
const NETWORKS: &[&str] = &["", "insurance: [{ payer: Mutual Health, in_network: true }]\n"];
const BODIES: &[(&str, Option<&str>)] = &[
    ("", None),
    ("memberships: [Guild of Guides]\n", Some("Guild of Guides")),
    ("memberships: [{ name: Guild of Guides, url: \"https://guild.harbour-times.org/\" }]\n", Some("Guild of Guides")),
    ("memberships: [{ name: Guild of Guides, logo: images/guild.png }]\n", Some("Guild of Guides")),
    ("memberships: ['[Who you belong to]']\n", None),
];

fn facts(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let pictures = Selector::parse("img").unwrap();
    let said = |element: scraper::ElementRef<'_>| {
        let alts = element.select(&pictures).filter_map(|picture| picture.attr("alt"));
        element.text().collect::<String>().replace('\u{a0}', " ") + &alts.collect::<String>()
    };
    document.select(&Selector::parse(".trust dd").unwrap()).map(said).collect()
}

fn count(html: &str, selector: &str) -> usize {
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).count()
}

fn with(home: &str, ana: &str, ben: Option<&str>, practice: &str) -> Sources {
    let mut files = vec![("content/practitioners/ana.md", ana), ("content/index.md", home)];
    files.extend(ben.map(|ben| ("content/practitioners/ben.md", ben)));
    let mut sources = site(&files);
    sources.insert_text("content/practice.yaml", format!("{PRACTICE}{practice}"));
    for name in ["guild.png", "room.jpg"] {
        let asset = Asset { len: 3, hash: [name.len() as u8; 32], picture: Some(Ok(photograph(1600, 1200))) };
        sources.insert_asset(&format!("content/images/{name}"), asset);
    }
    sources
}

const HOME: &str = "---\ntitle: Home\nsections: [{ type: hero, heading: Talk to somebody }]\n---\n";

#[test]
fn what_speaks_for_one_person_stands_under_the_opening() {
    for (licence, letters) in LICENCES {
        for (credential, certificate) in CREDENTIALS {
            for years in YEARS {
                for network in NETWORKS {
                    for (body, guild) in BODIES {
                        let ana = format!(
                            "---\nname: Ana Lopez\nrole_title: Coach\n{licence}{credential}{years}{body}---\nText.\n"
                        );
                        let html = page(&build(&with(HOME, &ana, None, network)), "index.html");
                        let shown = facts(&html);
                        let case = format!("{licence}{credential}{years}{network}{body}: {shown:?}");
                        let has = |text: &str| shown.iter().any(|fact| fact.contains(text));
                        assert_eq!(has("LMFT 12345"), letters.is_some(), "{case}");
                        assert_eq!(has("Certified Guide"), certificate.is_some() && letters.is_none(), "{case}");
                        assert_eq!(has("2012"), !years.is_empty(), "{case}");
                        assert_eq!(has("Mutual Health"), !network.is_empty(), "{case}");
                        assert_eq!(has("Guild of Guides"), guild.is_some(), "{case}");
                        let facts = [letters.is_some(), certificate.is_some() && letters.is_none(), guild.is_some()];
                        let facts = facts.into_iter().filter(|there| *there).count()
                            + usize::from(!years.is_empty())
                            + usize::from(!network.is_empty());
                        assert_eq!(shown.len(), facts, "no fact twice, no gap shown: {case}");
                        assert_eq!(count(&html, ".trust"), usize::from(facts > 0), "no empty line: {case}");
                        assert_eq!(count(&html, ".face"), 1, "{case}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_team_says_what_its_people_have_between_them() {
    let licensed = |name: &str, kind: &str| {
        format!(
            "---\nname: {name}\nrole_title: Therapist\nlicences: [{{ type: {kind}, number: \"1\", jurisdiction: US-CA }}]\n\
             practising_since: 2012\nmemberships: [Guild of Guides]\n---\nText.\n"
        )
    };
    let (ana, ben, same) = (licensed("Ana Lopez", "LMFT"), licensed("Ben Ode", "LCSW"), licensed("Ben Ode", "LMFT"));
    let shown = |ben: &str| facts(&page(&build(&with(HOME, &ana, Some(ben), "")), "index.html"));
    assert_eq!(shown(&ben), ["LMFT", "LCSW", "Guild of Guides"]);
    assert_eq!(shown(&same), ["LMFT", "Guild of Guides"]);
}

#[test]
fn whose_face_opens_a_page_is_said_or_follows_from_the_facts() {
    let ana = "---\nname: Ana Lopez\nrole_title: Coach\n---\nText.\n";
    let ben = "---\nname: Ben Ode\nrole_title: Coach\n---\nText.\n";
    let picture = "image: images/room.jpg, image_alt: A room, ";
    // Whom the hero names, whether it has a picture, how many people there are: whose face, whether a drawing.
    let cases: &[(&str, &str, bool, Option<&str>, usize)] = &[
        ("", "", false, Some("Ana Lopez"), 0),
        ("", picture, false, None, 0),
        ("", "", true, None, 1),
        ("", picture, true, None, 0),
        ("person: ben, ", "", true, Some("Ben Ode"), 0),
        ("person: ana, ", picture, true, Some("Ana Lopez"), 0),
        ("person: ana, ", picture, false, Some("Ana Lopez"), 0),
    ];
    for (person, picture, two, face, drawings) in cases {
        let home = HOME.replace("type: hero, ", &format!("type: hero, {person}{picture}"));
        let html = page(&build(&with(&home, ana, two.then_some(ben), "")), "index.html");
        let names: Vec<String> = Html::parse_document(&html)
            .select(&Selector::parse(".hero .face-name").unwrap())
            .map(|name| name.text().collect())
            .collect();
        let case = format!("{person}{picture}{two}");
        assert_eq!(names, face.iter().map(|face| (*face).to_string()).collect::<Vec<_>>(), "{case}");
        assert_eq!(count(&html, ".hero .plate.drawn svg"), *drawings, "{case}");
        assert_eq!(count(&html, ".hero .plate img"), usize::from(!picture.is_empty()), "{case}");
    }
    // A home page that nobody has written begins with the one person as well.
    let html = page(&build(&site(&[("content/practitioners/ana.md", ana)])), "index.html");
    assert_eq!(count(&html, ".hero .face"), 1);
}

#[test]
fn a_face_that_nobody_has_is_told_at_its_place() {
    let ana = "---\nname: Ana Lopez\nrole_title: Coach\n---\nText.\n";
    let home = HOME.replace("type: hero, ", "type: hero, person: anna, ");
    let built = build(&with(&home, ana, None, ""));
    let finding = built.diagnostics.iter().find(|finding| finding.code.name == "unknown-practitioner");
    let finding = finding.expect("it is told");
    assert!(format!("{finding:?}").contains("ana"), "it says whom it may mean: {finding:?}");
}

#[test]
fn the_labels_of_a_trust_line_are_in_the_page_s_language() {
    let ana = "---\nname: Ana Lopez\nrole_title: Coach\npractising_since: 2012\nmemberships: [Guild]\n---\nText.\n";
    for (language, since, member) in [
        ("en", "2012", "Member of"),
        ("de", "seit 2012", "Mitglied"),
        ("es", "2012", "Asociaciones"),
        ("ar", "2012", "العضويات"),
    ] {
        let mut sources = with(HOME, ana, None, "");
        sources
            .insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {language}")));
        let html = page(&build(&sources), "index.html");
        assert!(facts(&html).iter().any(|fact| fact.contains(since)), "{language}: {:?}", facts(&html));
        let labels: String = Html::parse_document(&html)
            .select(&Selector::parse(".trust dt").unwrap())
            .map(|label| label.text().collect::<String>() + "\n")
            .collect();
        assert!(labels.contains(member), "{language}: {labels}");
    }
}
