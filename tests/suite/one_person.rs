//! Who works alone writes “I”: no page of the theme's own words says “we”, in any language; of two people every page does.

use crate::support::{self, build};
use anteroom::diagnostic::Severity;
use anteroom::output::File;
use anteroom::source::Sources;

/// A practice in which every word is said that knows one person from several.
fn practice(language: &str, country: &str) -> String {
    let region = if country == "US" { "region: OR, " } else { "" };
    let jurisdiction = if country == "US" { "US-OR" } else { country };
    support::PRACTICE
        .replace("language: en", &format!("language: {language}"))
        .replace("[US-OR]", &format!("[{jurisdiction}]"))
        + &format!(
            "legal_name: Ana Lopez\n\
             phone: \"+1 503 555 0100\"\n\
             preferred_contact: phone\n\
             same_as: [https://directory.example/ana]\n\
             booking: {{ provider: calendar, url: https://booking.example/ana, mode: link }}\n\
             contact_form: {{ provider: endpoint, endpoint: https://forms.example/contact }}\n\
             out_of_network: {{ superbill: true }}\n\
             locations:\n  - label: A\n    address: {{ street: Street 1, city: B, {region}postal_code: \"97000\", country: {country} }}\n\
             \x20   hours: {{ monday: \"09:00-17:00\" }}\n    closures: [{{ from: 2099-01-01 }}]\n    access: [B.]\n"
        )
}

fn site(language: &str, country: &str, people: usize) -> Sources {
    let mut sources = support::site(&[
        ("content/practice.yaml", &practice(language, country)),
        (
            "content/services/a.md",
            "---\ntitle: A\nsummary: B.\nkind: coaching\nformats: [video]\nprice: { amount: 80, per: session }\n---\nC.\n",
        ),
        (
            "content/services/b.md",
            "---\ntitle: E\nsummary: F.\nkind: coaching\nformats: [video]\nprice: { amount: 90, per: session }\n---\nG.\n",
        ),
        ("content/fees.md", "---\ntitle: D\nlayout: fees\n---\n"),
    ]);
    for person in 0..people {
        let name = ["Ana Lopez", "Bo Lind"][person];
        let text = support::ANA.replace("Ana Lopez", name).replace("Ana listens", "B");
        sources.insert_text(&format!("content/practitioners/{person}.md"), text);
    }
    sources
}

/// The words of every page but those of the law, and what search engines are told of it.
fn words(sources: &Sources) -> String {
    const OF_LAW: [&str; 7] = ["privacy", "accessibility", "terms", "legal", "datenschutz", "impressum", "health"];
    read(sources, |path| !OF_LAW.iter().any(|name| path.contains(name)))
}

/// The words of some pages, and what search engines are told of them.
fn read(sources: &Sources, is_wanted: impl Fn(&str) -> bool) -> String {
    let build = build(sources);
    let output = build.output.as_ref().unwrap_or_else(|| panic!("{:?}", support::lines(&build, sources)));
    let errors: Vec<_> = build.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut words = String::new();
    for (path, file) in &output.files {
        let File::Made(bytes) = file else { continue };
        if !path.as_str().ends_with(".html") || !is_wanted(path.as_str()) {
            continue;
        }
        let html = String::from_utf8_lossy(bytes);
        let description = html
            .split("name=\"description\" content=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        let text: String =
            html.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect::<Vec<_>>().join(" ");
        words.push_str(&format!("{description} {text} "));
    }
    words
}

/// What only several people say of themselves, and what one says in its place.
const SAID: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "en",
        "US",
        &[
            "We can’t",
            "We provide",
            "We’ve",
            "we’re closed",
            "our booking",
            "reach us",
            "Find us",
            "for us",
            "We can’t find",
        ],
        &["I can’t", "I provide", "I’ve", "I’m away", "my booking", "reach me", "Find me", "for me"],
    ),
    (
        "de",
        "DE",
        &["Wir sind", "unsere", "Sie uns", "für uns", "finden uns"],
        &["Meine Praxis ist", "meine Terminbuchung", "meine Angebote", "Sie mich", "für mich", "finden mich"],
    ),
    (
        "es",
        "ES",
        SPANISH,
        &["No atiendo", "Le doy", "mi página", "contactarme", "Encuéntreme", "para mí", "He recibido"],
    ),
    ("es-US", "US", SPANISH, &["Le doy"]),
    ("es-AR", "AR", SPANISH, &["Le doy"]),
    (
        "ar",
        "AE",
        &["تواصل معنا", "التواصل معنا", "تُحفظ لنا", "إلينا", "نزوّدك", "لا يمكننا", "وصلتنا", "صفحاتنا"],
        &["التواصل معي", "تُحفظ لي", "أزوّدك", "لا يمكنني", "وصلتني", "صفحاتي"],
    ),
];

const SPANISH: &[&str] =
    &["No atendemos", "Le damos", "nuestra página", "contactarnos", "Encuéntrenos", "para nosotros", "Hemos"];

#[test]
fn one_person_says_i_in_every_language() {
    for (language, country, several, one) in SAID {
        let found = words(&site(language, country, 1));
        let wrong: Vec<_> = several.iter().filter(|word| found.contains(*word)).collect();
        assert!(wrong.is_empty(), "{language}: {wrong:?}");
        let missing: Vec<_> = one.iter().filter(|word| !found.contains(*word)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
        let found = words(&site(language, country, 2));
        let said = several.iter().filter(|word| found.contains(*word)).count();
        assert!(said * 2 > several.len(), "{language}: {said} of {several:?}");
    }
}

#[test]
fn a_themes_own_word_holds_for_one_person_too() {
    let mut sources = site("en", "US", 1);
    let text = practice("en", "US") + "theme: { name: own }\n";
    sources.insert_text("content/practice.yaml", text);
    sources.insert_text("themes/own/theme.yaml", "name: own\nversion: 0.1.0\napi: 1\nextends: linen\n");
    sources.insert_text(
        "themes/own/locales/en.yaml",
        "superbill: Zorkle for everyone.\nelsewhere: Zorkled by many\none_person: { elsewhere: Zorkled by one }\n",
    );
    let found = support::page(&build(&sources), "contact/index.html");
    assert!(found.contains("Zorkled by one") && !found.contains("Zorkled by many"));
    assert!(support::page(&build(&sources), "fees/index.html").contains("Zorkle for everyone."));
}

/// Words with which several people speak, in each language.
const OF_SEVERAL: &[(&str, &str)] = &[
    ("en", r"\b(?:[Ww]e|us|[Oo]urs?)\b"),
    ("de", r"\b(?:[Ww]ir|[Uu]ns|[Uu]nser\w*)\b"),
    (
        "es",
        r"\b(?:[Nn]os|[Nn]osotr[oa]s|[Nn]uestr[oa]s?|\w+[eé]ndonos|(?:[Uu]s|[Cc]ont|[Gg]uard|[Nn]ecesit|[Ee]st)amos|[Pp]odemos|[Hh]acemos)\b",
    ),
    ("ar", r"(?:^|\s)(?:نستخدم|نحفظ|نريد|يمكننا|لنا|بنا|إلينا|مصلحتنا)"),
];

#[test]
fn the_pages_of_the_law_are_one_persons_too() {
    let mut all = Vec::new();
    for (language, several) in OF_SEVERAL {
        let several = regex::Regex::new(several).unwrap();
        for place in ["US-WA", "US-OR", "DE", "AT", "CH", "GB", "ES", "CA"] {
            let of = |people: usize| {
                let country = place.split('-').next().unwrap_or(place);
                let mut sources = site(language, country, people);
                let practice = practice(language, country).replace("[US-OR]", &format!("[{place}]"));
                let hipaa = place.starts_with("US");
                if hipaa {
                    let notice = "---\ntitle: N\nlayout: policy\n\
                                  policy: { type: privacy-practices, effective: 2026-01-01 }\n---\nO.\n";
                    sources.insert_text("content/practices.md", notice);
                }
                sources.insert_text("content/practice.yaml", practice + &format!("hipaa_covered_entity: {hipaa}\n"));
                read(&sources, |_| true)
            };
            let found = TOGETHER.iter().fold(of(1), |found, words| found.replace(words, ""));
            let wrong: Vec<_> = several.find_iter(&found).map(|word| around(&found, word.range())).collect();
            all.extend(wrong.iter().map(|words| format!("{language} {place}: {words}")));
            assert!(several.is_match(&of(2)), "{language} {place}");
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}

/// What a visitor and the practice do together.
const TOGETHER: &[&str] =
    &["We can talk about those in person.", "Das besprechen wir lieber persönlich.", "يمكننا الحديث عنها في اللقاء."];

/// A word with what stands beside it.
fn around(text: &str, range: std::ops::Range<usize>) -> &str {
    let start = text[..range.start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let end = text[range.end..].char_indices().nth(40).map_or(text.len(), |(at, _)| range.end + at);
    &text[start..end]
}
