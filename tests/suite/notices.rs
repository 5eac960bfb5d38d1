//! The pages that are made from a practice's facts: whole in every language, whatever is known and whatever is not.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::support::{LANGUAGES, build, options, page};
use anteroom::diagnostic::Severity;
use anteroom::pipeline::{self, Cache};
use anteroom::source::Sources;

/// The addresses of all that can be made.
const ADDRESSES: [&str; 10] = [
    "privacy",
    "consumer-health-data",
    "good-faith-estimate",
    "accessibility",
    "impressum",
    "aviso-legal",
    "mentions-legales",
    "note-legali",
    "colofon",
    "informacao-legal",
];

/// The imprint's address in a language.
fn imprint(language: &str) -> &'static str {
    match language {
        "es" => "aviso-legal",
        "fr" => "mentions-legales",
        "it" => "note-legali",
        "nl" => "colofon",
        "pt" => "informacao-legal",
        _ => "impressum",
    }
}

const FORMS: [&str; 3] = [
    "",
    "contact_form: { provider: netlify }\n",
    "contact_form: { provider: endpoint, endpoint: \"https://forms.example.org/x\", baa: true }\n",
];

const BOOKINGS: [&str; 2] = ["", "booking: { url: \"https://times.example.org/ana\" }\n"];

const COUNTERS: [&str; 6] = [
    "",
    "analytics: { provider: Plausible, script_host: plausible.io }\n",
    "analytics: { provider: Google, script_host: www.googletagmanager.com }\n",
    "analytics: { provider: Somebody, script_host: counter.somebody.org }\n",
    "analytics: { provider: Plausible, script_host: plausible.io }\nallow_hosts: [cdn.somebody.org]\n",
    "allow_hosts: [www.youtube-nocookie.com]\n",
];

const LEGAL: [&str; 2] = [
    "",
    "legal: { title: Psychologin, title_state: Deutschland, chamber: Kammer, authority: Amt, register: HRB 1, \
     vat_id: DE123456789, responsible: Ana Lopez }\n\
     locations: [{ label: Room, address: { street: 1 A St, city: Town, country: DE }, access: [A lift] }]\n",
];

/// A practice has one of the two at least.
const WAYS: [&str; 3] = [
    "email: a@quiet-harbour.org\n",
    "phone: \"+15035550100\"\n",
    "email: a@quiet-harbour.org\nphone: \"+15035550100\"\n",
];

/// In each language, what a page says where nothing sets a cookie.
const NO_COOKIES: [&str; 9] = [
    "sets no cookies",
    "setzt keine Cookies",
    "no usa cookies",
    "لا يضع هذا الموقع",
    "n’utilise pas de cookies",
    "non usa cookie",
    "plaatst geen cookies",
    "não usa cookies",
    "tells us nothing about you",
];

/// The word, in each language.
const COOKIES: [&str; 3] = ["cookie", "Cookie", "ملفات تعريف"];

fn practice(language: &str, facts: &[&str]) -> String {
    format!(
        "name: Quiet Harbour\ndescription: A practice for tests.\nlanguage: {language}\nkind: licensed-therapy\n\
         jurisdictions: [US-WA, DE]\nbase_url: https://quiet-harbour.org/sub\ncurrency: USD\n{}",
        facts.concat()
    )
}

/// The part of a page that is its own.
fn main_part(html: &str) -> &str {
    let (_, rest) = html.split_once("<main").expect("there is a main part");
    rest.split_once("</main>").expect("it ends").0
}

/// The faults of a page that was put together from parts.
fn faults(html: &str) -> Vec<String> {
    let mut faults: Vec<String> =
        ["##", "**", "{", "}"].iter().filter(|mark| html.contains(**mark)).map(|mark| format!("a {mark}")).collect();
    let tight: String = html.split_whitespace().collect();
    if tight.contains("<ul></ul>") {
        faults.push("an empty list".into());
    }
    // Each part begins with its heading's level.
    let parts: Vec<(u32, &str)> = html
        .match_indices("<h")
        .filter_map(|(at, _)| Some((html[at + 2..].chars().next()?.to_digit(10)?, &html[at..])))
        .collect();
    for (index, (level, rest)) in parts.iter().enumerate() {
        let body = rest.split_once(&format!("</h{level}>")).map_or("", |(_, body)| body);
        let next = body.match_indices("<h").find(|(at, _)| body[at + 2..].starts_with(|c: char| c.is_ascii_digit()));
        let body = next.map_or(body, |(at, _)| &body[..at]);
        let words: String = body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words).collect();
        let is_higher = parts.get(index + 1).is_none_or(|(next, _)| next <= level);
        if words.trim().is_empty() && is_higher {
            faults.push(format!("nothing under {rest:.60}"));
        }
    }
    faults
}

#[test]
fn every_notice_is_whole_whatever_facts_there_are() {
    let mut cases = Vec::new();
    for language in LANGUAGES {
        for form in FORMS {
            for booking in BOOKINGS {
                for counter in COUNTERS {
                    for legal in LEGAL {
                        cases.extend(
                            WAYS.map(|way| (practice(language, &[form, booking, counter, legal, way]), counter)),
                        );
                    }
                }
            }
        }
    }
    let seen: Vec<(BTreeSet<&str>, Vec<String>)> = cases
        .par_iter()
        .map_init(Cache::on, |cache, (practice, counter)| {
            let mut sources = Sources::default();
            sources.insert_text("content/practice.yaml", practice.clone());
            let built = pipeline::build(&sources, &options(), cache);
            let errors = built.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
            // German law asks for facts that some of these practices lack; that has tests of its own.
            let errors = errors.filter(|finding| finding.code.name != "impressum-missing");
            let mut wrong: Vec<String> =
                errors.map(|finding| format!("{} {}", finding.code.name, finding.message)).collect();
            let mut there = BTreeSet::new();
            for address in ADDRESSES {
                let path = format!("{address}/index.html");
                if !crate::support::has(&built, &path) {
                    continue;
                }
                there.insert(address);
                let html = page(&built, &path);
                let html = main_part(&html);
                wrong.extend(faults(html).into_iter().map(|fault| format!("{address}: {fault}")));
                let promises = NO_COOKIES.iter().any(|words| html.contains(words));
                let unsure = counter.contains("google") || counter.contains("somebody");
                if promises && unsure {
                    wrong.push(format!("{address}: promises no cookies"));
                }
                if counter.contains("somebody") && COOKIES.iter().any(|word| html.contains(word)) {
                    wrong.push(format!("{address}: says something of cookies that nobody knows"));
                }
                if address == "privacy" && !promises && !unsure {
                    wrong.push(format!("{address}: does not say that there are no cookies"));
                }
            }
            (there, wrong.into_iter().map(|fault| format!("{fault}\n{practice}")).collect())
        })
        .collect();
    let wrong: Vec<&String> = seen.iter().flat_map(|(_, wrong)| wrong).collect();
    assert!(wrong.is_empty(), "{} faults, such as\n{}\n{}", wrong.len(), wrong[0], wrong[wrong.len() / 2]);
    let there: BTreeSet<&str> = seen.iter().flat_map(|(there, _)| there.iter().copied()).collect();
    assert_eq!(there, BTreeSet::from(ADDRESSES), "every notice was made somewhere");
}

#[test]
fn the_way_to_the_rooms_leads_to_the_contact_page_wherever_it_is() {
    let facts = practice("en", &[LEGAL[1], WAYS[0]]);
    for (file, address) in [(None, "contact/"), (Some("content/about/find-us.md"), "about/find-us/")] {
        let mut sources = Sources::default();
        sources.insert_text("content/practice.yaml", facts.clone());
        if let Some(file) = file {
            sources.insert_text(file, "---\ntitle: Find us\nsummary: S.\nlayout: contact\n---\nText.\n");
        }
        let built = build(&sources);
        let html = page(&built, "accessibility/index.html");
        let href = main_part(&html).split("href=\"").find(|rest| rest.contains(">contact page<")).unwrap();
        assert!(href.split('"').next().unwrap().ends_with(address), "{href:.80}");
    }
}

/// Practices of every region, and words that the privacy page has there and only there, by language.
const LAWS: [(&str, [&str; 8]); 5] = [
    (
        "DE-SN",
        [
            "under the GDPR:",
            "Nach der DSGVO",
            "Según el RGPD, tiene estos derechos",
            "اللائحة العامة لحماية البيانات",
            "les droits suivants (RGPD)",
            "questi diritti (GDPR)",
            "de AVG heb je deze rechten",
            "do RGPD, tem estes direitos",
        ],
    ),
    ("AT", ["Österreichische Datenschutzbehörde"; 8]),
    ("GB", ["Information Commissioner"; 8]),
    ("CH", ["EDÖB", "EDÖB", "EDÖB", "EDÖB", "PFPDT", "IFPDT", "EDÖB", "EDÖB"]),
    ("US-OR", ["Notice of Privacy Practices"; 8]),
];

const HOSTING: &str = "hosting: { provider: A Host, country: CA, log_days: 14 }\n";

fn privacy_page(language: &str, place: &str, facts: &str) -> String {
    let practice = format!(
        "name: Quiet Harbour\nlegal_name: Ana Lopez\ndescription: A practice for tests.\nlanguage: {language}\n\
         kind: licensed-therapy\njurisdictions: [{place}]\nbase_url: https://quiet-harbour.org\ncurrency: EUR\n\
         hipaa_covered_entity: true\nemail: a@quiet-harbour.org\nphone: \"+4930555010\"\n\
         locations: [{{ label: Room, address: {{ street: 1 A St, city: Town, country: DE }} }}]\n{facts}"
    );
    let mut sources = Sources::default();
    sources.insert_text("content/practice.yaml", practice);
    // Lines end anywhere.
    main_part(&page(&build(&sources), "privacy/index.html")).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_privacy_page_says_what_the_law_of_each_place_asks() {
    let cases: Vec<(usize, &str, usize)> = (0..LAWS.len())
        .flat_map(|place| LANGUAGES.iter().enumerate().map(move |(at, tag)| (place, *tag, at)))
        .collect();
    cases.par_iter().for_each(|(at, language, column)| {
        let (place, words) = LAWS[*at];
        let form = "contact_form: { provider: formspree, endpoint: \"https://formspree.io/f/x\", baa: true }\n";
        let html = privacy_page(language, place, &format!("{HOSTING}{form}{}", COUNTERS[1]));
        for (other, (_, own)) in LAWS.iter().enumerate() {
            let shown = html.contains(own[*column]);
            // Austria has the GDPR, too.
            let wanted = other == *at || (other == 0 && place == "AT");
            assert_eq!(shown, wanted, "{language} {place}: {}\n{html}", words[*column]);
        }
        for always in ["A Host", "Ana Lopez", "1 A St"] {
            assert!(html.contains(always), "{language} {place}: {always}");
        }
        assert!(faults(&html).is_empty(), "{language} {place}: {:?}\n{html}", faults(&html));
        let european = place != "US-OR";
        for of_europe in ["<strong>Plausible", "<strong>Formspree"] {
            assert_eq!(html.contains(of_europe), european, "{language} {place}: {of_europe}\n{html}");
        }
        let articles = ["(Art. 15)", "(art. 15)", "(art. 15.º)", "(artikel 15)", "(المادة 15)"]
            .iter()
            .any(|article| html.contains(article));
        assert_eq!(articles, european && place != "CH", "{language} {place}");
    });
}

#[test]
fn the_privacy_page_says_nothing_that_no_fact_says() {
    for language in LANGUAGES {
        let html = privacy_page(
            language,
            "DE",
            "contact_form: { provider: endpoint, endpoint: \"https://forms.somebody.org/x\", baa: true }\n",
        );
        let none = privacy_page(language, "DE", "");
        for words in ["14", "A Host", "Plausible", "Netlify", "{", "Kanada", "Canada"] {
            assert!(!html.contains(words) && !none.contains(words), "{language}: {words}");
        }
        // Of an unknown company its host, and what it is for.
        let line = html.split("<li>").find(|line| line.contains("<strong>forms.somebody.org"));
        let line = line.and_then(|line| line.split("</li>").next()).expect("it is a recipient");
        assert!(line.trim_end_matches('.').matches(['.', ':']).count() <= 3, "{line}");
        let kept = privacy_page(language, "DE", "messages_kept: Until the last leaf falls.\n");
        assert!(kept.contains("Until the last leaf falls."), "{language}");
        // Canada is no country that everybody's data may go to, and the page says so where the GDPR holds.
        let hosted = |place: &str| privacy_page(language, place, HOSTING);
        let third = [
            "outside the EU",
            "außerhalb der EU",
            "fuera de la UE",
            "خارج الاتحاد الأوروبي",
            "hors de l’UE",
            "fuori dall’UE",
            "buiten de EU",
            "fora da UE",
        ];
        assert!(third.iter().any(|words| hosted("DE").contains(words)), "{language}");
        assert!(!third.iter().any(|words| hosted("CH").contains(words)), "{language}");
    }
}

#[test]
fn an_imprint_says_what_each_country_asks() {
    const ALL: &str = "legal: { title: Psychotherapeutin, title_state: Land, chamber: Kammer, authority: Amt, register: HRB 1, \
        vat_id: VV123, business_id: WW456, represented_by: Ana Vera, activity: Alles Gute, responsible: Rosa Klee, \
        rules: [{ name: Berufsordnung, url: \"https://chamber.somebody.org/rules\" }, { name: Das Gesetz }] }\n";
    for language in LANGUAGES {
        for (place, there, missing) in [
            ("DE", &["§ 5 DDG", "§ 27a UStG: VV123", "§ 139c AO: WW456", "Rosa Klee"][..], &["ECG", "Alles Gute"][..]),
            ("AT", &["§ 5 ECG", "Alles Gute", "VV123", "Rosa Klee"], &["DDG", "27a", "MStV"]),
            ("CH", &["UWG", "(UID): WW456", "Rosa Klee"], &["DDG", "27a", "139c", "Alles Gute", "MStV"]),
            ("ES", &["art. 10 LSSI", "NIF", "WW456", "VV123"], &["DDG", "27a", "139c", "Alles Gute", "MStV"]),
            (
                "FR",
                &["art. 1-1 et 19 LCEN", "SIRET: WW456", "VV123", "A Host, 1 Host Street"],
                &["DDG", "27a", "Alles Gute"],
            ),
            ("IT", &["art. 7 D.Lgs. 70/2003", "VV123", "WW456"], &["DDG", "27a", "Alles Gute", "A Host"]),
            ("NL", &["art. 3:15d BW", "KvK", "WW456", "VV123"], &["DDG", "27a", "Alles Gute", "SIRET"]),
            ("PT", &["art. 10.º DL 7/2004", "NIF", "WW456", "VV123"], &["DDG", "27a", "Alles Gute", "KvK"]),
            ("DE, AT", &["§ 5 DDG, § 5 ECG", "§ 27a UStG: VV123", "Alles Gute", "MStV"], &["UWG"]),
        ] {
            let practice = format!(
                "name: Quiet Harbour GmbH\ndescription: A practice for tests.\nlanguage: {language}\nkind: licensed-therapy\n\
                 jurisdictions: [{place}]\nbase_url: https://quiet-harbour.org\ncurrency: EUR\n{}{ALL}{}",
                WAYS[2],
                if place == "FR" { "hosting: { provider: A Host, address: 1 Host Street }\n" } else { HOSTING }
            );
            let mut sources = Sources::default();
            sources.insert_text("content/practice.yaml", practice);
            let built = build(&sources);
            let html = page(&built, &format!("{}/index.html", imprint(language)));
            let html = main_part(&html);
            assert!(faults(html).is_empty(), "{language} {place}: {:?}\n{html}", faults(html));
            let always = ["Ana Vera", "Berufsordnung</a>", "href=\"https://chamber.somebody.org/rules\"", "Das Gesetz"];
            for words in always.iter().chain(there) {
                // Switzerland's laws and numbers have names in its languages.
                let words = &match (language, *words) {
                    ("fr", "UWG") => "LCD",
                    ("it", "UWG") => "LCSl",
                    ("fr", "(UID): WW456") => "(IDE)\u{a0}: WW456",
                    ("it", "(UID): WW456") => "(IDI): WW456",
                    ("fr", words) => &words.replace(": ", "\u{a0}: "),
                    ("pt", words) => &words.replace("UStG: ", "UStG): ").replace("AO: ", "AO): "),
                    (_, words) => words,
                };
                assert!(html.contains(words), "{language} {place}: {words}\n{html}");
            }
            for words in missing {
                assert!(!html.contains(words), "{language} {place}: {words}\n{html}");
            }
        }
    }
}

#[test]
fn nobody_with_a_licence_is_said_not_to_treat() {
    let statements = [
        "Quiet Harbour doesn’t diagnose",
        "Quiet Harbour stellt",
        "Quiet Harbour no hace",
        "لا يشمل عمل Quiet Harbour",
        "Quiet Harbour ne pose pas",
        "Quiet Harbour non fa",
        "Quiet Harbour stelt",
        "Quiet Harbour não faz",
    ];
    for (language, words) in LANGUAGES.into_iter().zip(statements) {
        for kind in ["licensed-therapy", "coaching", "mixed"] {
            for licence in [None, Some("2027-01-01"), Some("2026-01-01")] {
                let practice = practice(language, &[WAYS[0]]).replace("licensed-therapy", kind);
                let expires = licence.map(|day| {
                    format!(
                        "licences: [{{ type: Heilpraktikerin, number: \"1\", jurisdiction: DE, expires: {day} }}]\n"
                    )
                });
                let mut sources = Sources::default();
                sources.insert_text("content/practice.yaml", practice);
                let person = format!("---\nname: Ana Lopez\n{}---\nAna listens.\n", expires.unwrap_or_default());
                sources.insert_text("content/practitioners/ana.md", person);
                let html = page(&build(&sources), "index.html");
                let unlicensed = licence != Some("2027-01-01");
                assert_eq!(html.contains(words), kind == "coaching" && unlicensed, "{language} {kind} {licence:?}");
                assert_eq!(html.contains("class=\"statement\""), kind != "licensed-therapy", "{language} {kind}");
            }
        }
    }
}
