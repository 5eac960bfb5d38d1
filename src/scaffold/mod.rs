//! New files: what `new` and `add` write, as text.
//!
//! Owns the first content of every kind of file. Every line is true of any practice, or stands in brackets and is a
//! finding until somebody writes what belongs there. Writes nothing; asks nothing.

mod hosts;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::document::markdown::slug_in;
use crate::document::model::PracticeKind;
use crate::schemas;
pub use hosts::Host;

/// What a new site is made of.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The practice's name; a gap where not given.
    pub name: Option<String>,
    /// Whether therapy, coaching or both are offered.
    pub kind: PracticeKind,
    /// Where the practice works, after ISO 3166.
    pub places: Vec<String>,
    /// The site's language, as a tag.
    pub language: String,
    /// Who works there; a gap where nobody is named.
    pub people: Vec<Person>,
    /// What is offered, by title; a gap where nothing is named.
    pub services: Vec<String>,
    /// How sessions take place: words of `formats`.
    pub formats: Vec<String>,
    /// The practice's email address; an address that reaches nobody where not given.
    pub email: Option<String>,
    /// The practice's telephone number.
    pub phone: Option<String>,
    /// The site's address; one that reaches nobody where not given.
    pub base_url: Option<String>,
    /// The theme.
    pub theme: String,
    /// Where the site will be hosted.
    pub host: Host,
}

/// Somebody who works in the practice.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Whether the person practises under supervision.
    pub associate: bool,
}

/// What new files need to know of their site.
#[derive(Clone, Debug)]
pub struct Site {
    /// The site's language, as a tag.
    pub language: String,
    /// Whether therapy, coaching or both are offered.
    pub kind: PracticeKind,
    /// Where the practice works.
    pub places: Vec<String>,
    /// The file names of its people.
    pub people: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    practice: String,
    person: String,
    description: String,
    hero: String,
    hero_text: String,
    contact: String,
    get_in_touch: String,
    reach: String,
    role: String,
    person_summary: String,
    bio: String,
    licence_type: String,
    licence_number: String,
    board: String,
    supervisor: String,
    supervisor_licence: String,
    service_title: String,
    service_summary: String,
    service_body: String,
    article_summary: String,
    article_body: String,
    page_body: String,
    street: String,
    city: String,
    postal_code: String,
    place: String,
    legal_name: String,
    chamber: String,
    title: String,
    title_state: String,
    rules: String,
    tax_number: String,
}

static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("words.yaml")).unwrap_or_default());

fn words(language: &str) -> &'static Words {
    let primary = language.split('-').next().unwrap_or_default();
    // English is always there: a test reads the file.
    WORDS.get(primary).unwrap_or_else(|| &WORDS["en"])
}

/// Every file of a new site, by path.
pub fn site(answers: &Answers) -> BTreeMap<String, String> {
    let words = words(&answers.language);
    let mut files = BTreeMap::new();
    let people: Vec<Person> = match answers.people.is_empty() {
        true => vec![Person { name: words.person.clone(), associate: false }],
        false => answers.people.clone(),
    };
    let services = match answers.services.is_empty() {
        true => vec![words.service_title.clone()],
        false => answers.services.clone(),
    };
    let known = Site {
        language: answers.language.clone(),
        kind: answers.kind,
        places: answers.places.clone(),
        people: people.iter().map(|person| file_name(&person.name, &answers.language, "me")).collect(),
    };
    files.insert("content/practice.yaml".into(), practice(answers, words));
    files.insert("content/index.md".into(), home(answers, words));
    files.insert("content/contact.md".into(), contact(words));
    for person in &people {
        let path = format!("content/practitioners/{}.md", file_name(&person.name, &answers.language, "me"));
        files.insert(path, practitioner(person, &known));
    }
    for title in &services {
        let path = format!("content/services/{}.md", file_name(title, &answers.language, "first-service"));
        files.insert(path, service(title, &answers.formats, &known));
    }
    files.extend(hosts::files(answers.host));
    files.insert(".gitignore".into(), "# Made by every build\n/public/\n/.anteroom/\n".into());
    files.extend(schemas::for_editors());
    files
}

/// The file name of a title in a language, without `.md`; a gap has none of its own.
pub fn file_name(title: &str, language: &str, of_a_gap: &str) -> String {
    if title.starts_with('[') { of_a_gap.to_string() } else { slug_in(language, title) }
}

/// A text as a YAML value that cannot be taken for anything else.
fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // A JSON string is a YAML string.
    serde_json::to_string(text.trim()).unwrap_or_default()
}

fn practice(answers: &Answers, words: &Words) -> String {
    let mut out = String::from(
        "# Who the practice is: every fact once. `anteroom check` names what is still missing, and\n\
         # `anteroom explain CODE` says why it matters. Everything that can stand here: docs/content-reference.md\n",
    );
    let mut line = |key: &str, value: String| out.push_str(&format!("{key}: {value}\n"));
    line("name", quoted(answers.name.as_deref().unwrap_or(&words.practice)));
    line("description", quoted(&words.description));
    line("language", answers.language.clone());
    line("kind", answers.kind.key().into());
    line("jurisdictions", format!("[{}]", answers.places.join(", ")));
    line(
        "base_url",
        answers.base_url.clone().unwrap_or_else(|| {
            "https://www.your-practice.example # where the site will be found; your host gives you an address".into()
        }),
    );
    line(
        "email",
        answers.email.clone().unwrap_or_else(|| "hello@your-practice.example # where clients can write to you".into()),
    );
    if let Some(phone) = &answers.phone {
        line("phone", quoted(phone));
    }
    let country = answers.places.first().and_then(|place| place.split('-').next()).unwrap_or_default();
    line("currency", currency(country).into());
    line("theme", format!("{{ name: {} }}", answers.theme));
    if matches!(country, "DE" | "AT" | "CH" | "ES") {
        out.push_str("\n# The law asks for these on the imprint, which is made from them.\n");
        out.push_str(&format!("legal_name: {}\n", quoted(&words.legal_name)));
        if answers.phone.is_none() && country == "DE" {
            out.push_str("phone: \"+49 30 555 0100\" # an invented number: write yours\n");
        }
        out.push_str(&format!(
            "locations:\n  - label: {}\n    address: {{ street: {}, city: {}, postal_code: {}, country: {country} }}\n",
            quoted(&words.place),
            quoted(&words.street),
            quoted(&words.city),
            quoted(&words.postal_code)
        ));
        let mut legal = String::new();
        if country == "ES" {
            legal.push_str(&format!("  business_id: {}\n", quoted(&words.tax_number)));
        }
        if answers.kind != PracticeKind::Coaching && country != "CH" {
            legal.push_str(&format!(
                "  chamber: {}\n  title: {}\n  title_state: {}\n  rules: [{{ name: {} }}]\n",
                quoted(&words.chamber),
                quoted(&words.title),
                quoted(&words.title_state),
                quoted(&words.rules)
            ));
        }
        if !legal.is_empty() {
            out.push_str(&format!("legal:\n{legal}"));
        }
    }
    out
}

/// The currency of a country, as far as practices have been met there; US dollars elsewhere are a fact to change.
fn currency(country: &str) -> &'static str {
    match country {
        "GB" => "GBP",
        "CA" => "CAD",
        "AU" => "AUD",
        "NZ" => "NZD",
        "CH" => "CHF",
        "AT" | "BE" | "CY" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "IE" | "IT" | "LT" | "LU" | "LV"
        | "MT" | "NL" | "PT" | "SI" | "SK" => "EUR",
        _ => "USD",
    }
}

fn home(answers: &Answers, words: &Words) -> String {
    let title = quoted(answers.name.as_deref().unwrap_or(&words.practice));
    format!(
        "---\ntitle: {title}\nlayout: landing\nsections:\n  - type: hero\n    heading: {}\n    text: {}\n    actions:\n      \
         - label: {}\n        to: contact.md\n  - type: services\n  - type: practitioners\n---\n",
        quoted(&words.hero),
        quoted(&words.hero_text),
        quoted(&words.get_in_touch),
    )
}

fn contact(words: &Words) -> String {
    format!("---\ntitle: {}\nlayout: contact\n---\n{}\n", quoted(&words.contact), words.reach)
}

/// A practitioner's file.
pub fn practitioner(person: &Person, site: &Site) -> String {
    let words = words(&site.language);
    let mut out = format!(
        "---\nname: {}\nrole_title: {}\nsummary: {}\n",
        quoted(&person.name),
        quoted(&words.role),
        quoted(&words.person_summary)
    );
    if site.kind == PracticeKind::LicensedTherapy || person.associate {
        let status = if person.associate { "    status: associate # or trainee\n" } else { "" };
        out.push_str(&format!(
            "licences:\n  - type: {}\n    number: {}\n    jurisdiction: {}\n{status}    board: {}\n",
            quoted(&words.licence_type),
            quoted(&words.licence_number),
            site.places.first().map_or("US", String::as_str),
            quoted(&words.board)
        ));
    }
    if person.associate {
        out.push_str(&format!(
            "supervision:\n  supervisor: {}\n  supervisor_licence: {}\n",
            quoted(&words.supervisor),
            quoted(&words.supervisor_licence)
        ));
    }
    out.push_str(&format!(
        "# photo: portrait.jpg, a picture in content/images/, and photo_alt: what it shows\n\
         # accepting: {{ status: yes, as_of: the day on which you checked }}\n---\n{}\n",
        words.bio
    ));
    out
}

/// A service's file.
pub fn service(title: &str, formats: &[String], site: &Site) -> String {
    let words = words(&site.language);
    let kind = if site.kind == PracticeKind::LicensedTherapy { "therapy" } else { "coaching" };
    let people: Vec<&str> = site.people.iter().map(String::as_str).collect();
    format!(
        "---\ntitle: {}\nsummary: {}\nkind: {kind} # therapy, coaching, assessment, supervision, consultation or group\n\
         formats: [{}] # in-person, video, phone, walk, home, text\npractitioners: [{}] # who offers it\n\
         # duration_min: how long a session lasts\n# price: {{ amount: what it costs, per: session }}\n---\n{}\n",
        quoted(title),
        quoted(&words.service_summary),
        formats.join(", "),
        people.join(", "),
        words.service_body
    )
}

/// An article's file.
pub fn resource(title: &str, site: &Site, today: Date) -> String {
    let words = words(&site.language);
    let author = match site.people.as_slice() {
        [only] => only.clone(),
        _ => format!("{{ name: {} }} # or a file name in practitioners/", quoted(&words.person)),
    };
    format!(
        "---\ntitle: {}\nsummary: {}\nauthor: {author}\ndate: {today}\n# topics: [a word or two, another]\n---\n{}\n",
        quoted(title),
        quoted(&words.article_summary),
        words.article_body
    )
}

/// A page's file.
pub fn page(title: &str, site: &Site) -> String {
    format!("---\ntitle: {}\n---\n{}\n", quoted(title), words(&site.language).page_body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        let found: Result<BTreeMap<String, Words>, _> = serde_yaml::from_str(include_str!("words.yaml"));
        assert_eq!(found.unwrap().keys().collect::<Vec<_>>(), ["de", "en", "es"]);
    }
}
