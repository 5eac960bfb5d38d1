//! Who works alone writes “I”: no page of the theme's own words says “we”, in any language; of two people every page does.

use crate::support::{self, build};
use anteroom::diagnostic::Severity;
use anteroom::render::File;
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
    let build = build(sources);
    let output = build.output.as_ref().unwrap_or_else(|| panic!("{:?}", support::lines(&build, sources)));
    let errors: Vec<_> = build.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut words = String::new();
    for (path, file) in &output.files {
        let is_of_law = ["privacy", "accessibility", "terms", "legal", "datenschutz", "impressum"]
            .iter()
            .any(|name| path.as_str().contains(name));
        let File::Made(bytes) = file else { continue };
        if !path.as_str().ends_with(".html") || is_of_law {
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
