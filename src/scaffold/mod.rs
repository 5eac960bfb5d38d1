//! New files: what `new` and `add` write, as text.
//!
//! Owns the first content of every kind of file. Every line is true of any practice, or stands in brackets and is a
//! finding until somebody writes what belongs there. Writes nothing; asks nothing.

pub mod answers;
pub mod hosts;
mod language;
pub mod letter;
pub mod typed;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::document::markdown::slug_in;
use crate::document::model::{PracticeKind, ServiceKind};
use crate::document::values::{Jurisdiction, names};
use crate::rules;
use crate::schemas;
pub use answers::{Answers, Offer, Person, Site};
pub use hosts::Host;
pub use language::{as_written_in, language_of};

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
    steps: Titled,
    questions: Titled,
    unsure: String,
    unsure_text: String,
    fees: String,
    fees_body: String,
    role: String,
    person_summary: String,
    bio: String,
    credential: String,
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

/// A heading, and what stands under it: each with its title and its text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titled {
    heading: String,
    each: Vec<(String, String)>,
}

static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("words.yaml")).unwrap_or_default());

fn words(language: &str) -> &'static Words {
    let primary = language.split('-').next().unwrap_or_default();
    // English is always there: a test reads the file.
    WORDS.get(language).or_else(|| WORDS.get(primary)).unwrap_or_else(|| &WORDS["en"])
}

/// Every file of a new site, by path.
pub fn site(answers: &Answers) -> BTreeMap<String, String> {
    let words = words(&answers.language);
    let mut files = BTreeMap::new();
    let people: Vec<Person> = match answers.people.is_empty() {
        true => vec![Person { name: words.person.clone(), ..Person::default() }],
        false => answers.people.clone(),
    };
    let services = match answers.services.is_empty() {
        true => vec![Offer { title: words.service_title.clone(), ..Offer::default() }],
        false => answers.services.clone(),
    };
    let known = Site {
        language: answers.language.clone(),
        kind: answers.kind,
        places: answers.places.clone(),
        people: people.iter().map(|person| file_name(&person.name, &answers.language, "me")).collect(),
        formats: answers.formats.clone(),
        menu_by_itself: true,
    };
    files.insert("content/practice.yaml".into(), practice(answers, words));
    files.insert("content/index.md".into(), home(answers, words));
    files.insert("content/fees.md".into(), fees(words));
    files.insert("content/contact.md".into(), contact(words));
    for person in &people {
        let path = format!("content/practitioners/{}.md", file_name(&person.name, &answers.language, "me"));
        files.insert(path, practitioner(person, &known));
    }
    for offer in &services {
        let path = format!("content/services/{}.md", file_name(&offer.title, &answers.language, "first-service"));
        files.insert(path, service(offer, &known));
    }
    files.extend(hosts::files(answers.host));
    files.insert(".gitignore".into(), "# Made by every build\n/public/\n/.anteroom/\n".into());
    files.extend(schemas::for_editors());
    files
}

/// The file name of a title in a language, without `.md`; a gap has none of its own.
pub fn file_name(title: &str, language: &str, of_a_gap: &str) -> String {
    if title.starts_with('[') {
        return of_a_gap.to_string();
    }
    // `maya-obrien` and `whats-emdr`, as people write addresses.
    let name = slug_in(language, &title.replace(['\'', '’', 'ʼ', '`'], ""));
    if name.is_empty() { of_a_gap.to_string() } else { name }
}

/// A text as a YAML value that cannot be taken for anything else.
pub fn quoted(text: &str) -> String {
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
    if answers.host != Host::Other {
        line("host", answers.host.key().into());
    }
    if answers.host == Host::Webspace {
        out.push_str(letter::TO_FILL_IN);
    }
    let mut line = |key: &str, value: String| out.push_str(&format!("{key}: {value}\n"));
    line(
        "email",
        answers.email.clone().unwrap_or_else(|| "hello@your-practice.example # where clients can write to you".into()),
    );
    if let Some(phone) = &answers.phone {
        line("phone", quoted(phone));
    }
    let country = answers.places.first().and_then(|place| place.split('-').next()).unwrap_or_default();
    line("currency", currency(country).into());
    line("theme", answers.theme.clone());
    let imprint = &rules::notices::rules().impressum_missing.info;
    let has_imprint = imprint.is_of(&Jurisdiction(country.to_string()));
    let is_met = answers.formats.is_empty() || answers.formats.iter().any(|format| MET.contains(&format.as_str()));
    if let Some(town) = answers.town.as_ref().filter(|_| is_met && !has_imprint) {
        // Whoever wants visitors to find the door writes an `address` instead.
        let place = answers.places.first().and_then(|place| names::place(place, &answers.language));
        let area =
            place.filter(|place| *place != town).map_or_else(|| town.clone(), |place| format!("{town}, {place}"));
        out.push_str(&format!("locations:\n  - label: {}\n    area: {}\n", quoted(town), quoted(&area)));
    }
    if has_imprint {
        out.push_str("\n# The law asks for these on the imprint, which is made from them.\n");
        out.push_str(&format!("legal_name: {}\n", quoted(&words.legal_name)));
        if answers.phone.is_none() && country == "DE" {
            out.push_str("phone: \"+49 30 555 0100\" # an invented number: write yours\n");
        }
        out.push_str(&format!(
            "locations:\n  - label: {}\n    address: {{ street: {}, city: {}, postal_code: {}, country: {country} }}\n",
            quoted(&words.place),
            quoted(&words.street),
            quoted(answers.town.as_ref().unwrap_or(&words.city)),
            quoted(&words.postal_code)
        ));
        let mut legal = String::new();
        if matches!(country, "ES" | "PT") {
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

/// Formats of sessions for which somebody goes somewhere.
const MET: [&str; 3] = ["in-person", "walk", "home"];

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
    let action = format!("    actions:\n      - label: {}\n        to: contact.md\n", quoted(&words.get_in_touch));
    let each = |words: &Titled, title: &str, text: &str| {
        let one = |(first, second): &(String, String)| {
            format!("      - {title}: {}\n        {text}: {}\n", quoted(first), quoted(second))
        };
        words.each.iter().map(one).collect::<String>()
    };
    format!(
        "---\ntitle: {title}\nlayout: landing\nsections:\n  - type: hero\n    heading: {}\n    text: {}\n{action}  \
         - type: services\n  - type: practitioners\n  - type: steps\n    heading: {}\n    steps:\n{}  - type: faq\n    \
         heading: {}\n    faqs:\n{}  - type: call-to-action\n    heading: {}\n    text: {}\n{action}---\n",
        quoted(&words.hero),
        quoted(&words.hero_text),
        quoted(&words.steps.heading),
        each(&words.steps, "title", "text"),
        quoted(&words.questions.heading),
        each(&words.questions, "question", "answer"),
        quoted(&words.unsure),
        quoted(&words.unsure_text),
    )
}

fn fees(words: &Words) -> String {
    format!("---\ntitle: {}\nlayout: fees\n---\n{}\n", quoted(&words.fees), words.fees_body)
}

fn contact(words: &Words) -> String {
    format!("---\ntitle: {}\nlayout: contact\n---\n{}\n", quoted(&words.contact), words.reach)
}

/// A practitioner's file.
pub fn practitioner(person: &Person, site: &Site) -> String {
    let words = words(&site.language);
    let is_licensed = site.kind == PracticeKind::LicensedTherapy || person.associate;
    // A licence's own name is a title; whoever is called otherwise changes it.
    let mut of_licences = person.credentials.iter().filter_map(|credential| typed::known(credential));
    let of_licence = of_licences.find(|known| known.licence && is_licensed).map(|known| &known.name);
    let role = person.role.as_ref().or(of_licence).unwrap_or(&words.role);
    let mut out = format!(
        "---\nname: {}\nrole_title: {}\nsummary: {}\n",
        quoted(&person.name),
        quoted(role),
        quoted(&words.person_summary)
    );
    if let Some(pronouns) = &person.pronouns {
        out.push_str(&format!("pronouns: {}\n", quoted(pronouns)));
    }
    // A coach's licence is said where it does no harm: among what stands behind the name.
    let is_licence = |credential: &&String| is_licensed && typed::known(credential).is_some_and(|known| known.licence);
    let (licences, others): (Vec<&String>, Vec<&String>) = person.credentials.iter().partition(is_licence);
    if !others.is_empty() {
        out.push_str("credentials:\n");
    }
    for abbr in others {
        let name =
            typed::known(abbr).map_or_else(|| words.credential.replace("{abbr}", abbr), |known| known.name.clone());
        out.push_str(&format!("  - abbr: {}\n    name: {}\n", quoted(abbr), quoted(&name)));
    }
    if is_licensed {
        let status = if person.associate { "    status: associate # or trainee\n" } else { "" };
        let kinds = match licences.is_empty() {
            true => vec![&words.licence_type],
            false => licences,
        };
        out.push_str("licences:\n");
        for kind in kinds {
            out.push_str(&format!(
                "  - type: {}\n    number: {}\n    jurisdiction: {}\n{status}    board: {}\n",
                quoted(kind),
                quoted(&words.licence_number),
                site.places.first().map_or("US", String::as_str),
                quoted(&words.board)
            ));
        }
    }
    if person.associate {
        out.push_str(&format!(
            "supervision:\n  supervisor: {}\n  supervisor_licence: {}\n",
            quoted(&words.supervisor),
            quoted(&words.supervisor_licence)
        ));
    }
    out.push_str(&format!(
        "# photo: /images/portrait.jpg, once the picture is in content/images/; and photo_alt: what it shows\n\
         # accepting: {{ status: yes, as_of: the day on which you checked }}\n---\n{}\n",
        words.bio
    ));
    out
}

/// A service's file.
pub fn service(offer: &Offer, site: &Site) -> String {
    let words = words(&site.language);
    let usual = if site.kind == PracticeKind::LicensedTherapy { ServiceKind::Therapy } else { ServiceKind::Coaching };
    // A practice that offers coaching alone has no therapy to offer, whatever a title says.
    let is_possible = |kind: &ServiceKind| site.kind != PracticeKind::Coaching || *kind != ServiceKind::Therapy;
    let kind = offer.kind.filter(is_possible).unwrap_or(usual).key();
    let summary = match &offer.note {
        Some(note) => format!("{note}. {}", words.service_summary),
        None => words.service_summary.clone(),
    };
    let duration = match offer.minutes {
        Some(minutes) => format!("duration_min: {minutes}"),
        None => "# duration_min: how long a session lasts".to_string(),
    };
    let price = match offer.price.as_deref().and_then(typed::amount) {
        // What it's paid for is a word of the site's language.
        Some(amount) if site.language.starts_with("en") => format!("price: {{ amount: {amount}, per: session }}"),
        Some(amount) => format!("price: {{ amount: {amount} }}"),
        None => "# price: { amount: what it costs, per: session }".to_string(),
    };
    let people: Vec<&str> = site.people.iter().map(String::as_str).collect();
    format!(
        "---\ntitle: {}\nsummary: {}\nkind: {kind} # therapy, coaching, assessment, supervision, consultation or group\n\
         formats: [{}] # in-person, video, phone, walk, home, text\npractitioners: [{}] # who offers it\n\
         {duration}\n{price}\n---\n{}\n",
        quoted(&offer.title),
        quoted(&summary),
        site.formats.join(", "),
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

/// A page's file. A site's own menu holds the pages that have a `weight`.
pub fn page(title: &str, site: &Site) -> String {
    let weight = match site.menu_by_itself {
        true => {
            "weight: 50 # its place in the menu: the smaller, the earlier; without this line it isn't in the menu\n"
        }
        false => "",
    };
    format!("---\ntitle: {}\n{weight}---\n{}\n", quoted(title), words(&site.language).page_body)
}

/// The introduction of a topic.
pub fn topic(title: &str, site: &Site) -> String {
    page(title, &Site { menu_by_itself: false, ..site.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        let found: Result<BTreeMap<String, Words>, _> = serde_yaml::from_str(include_str!("words.yaml"));
        assert_eq!(found.unwrap().keys().collect::<Vec<_>>(), ["de", "en", "es", "fr", "it", "nl", "pt", "pt-BR"]);
    }
}
