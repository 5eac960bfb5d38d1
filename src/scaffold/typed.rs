//! What people type about themselves, taken apart: names with credentials, services with what stands in brackets.
//!
//! Owns the guesses. Each is shown before anything is written, and what isn't understood stays in the name or the title:
//! nothing that somebody typed is lost. Which credentials there are is `credentials.yaml`'s.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Offer, Person};
use crate::document::model::ServiceKind;

/// A credential that people write behind their name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// What it stands for.
    pub name: String,
    /// Whether it's a licence or registration to practise, and no degree.
    #[serde(default)]
    pub licence: bool,
}

static CREDENTIALS: LazyLock<BTreeMap<String, Known>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("credentials.yaml")).unwrap_or_default());

/// What a credential stands for; `Ph.D.` is `PhD`, and `LMFT-S` an `LMFT`.
pub(super) fn known(credential: &str) -> Option<&'static Known> {
    let plain = |text: &str| text.replace(['.', ' '], "").to_lowercase();
    let wanted = plain(credential);
    let find = |wanted: &str| CREDENTIALS.iter().find(|(name, _)| plain(name) == wanted).map(|(_, known)| known);
    find(&wanted).or_else(|| find(wanted.strip_suffix("-s")?))
}

/// Endings of words that say what somebody does, in English, German and Spanish: a piece that ends with one is a title
/// and no name.
const ROLES: [&str; 19] = [
    "therapist",
    "counsellor",
    "counselor",
    "psychologist",
    "coach",
    "psychiatrist",
    "social worker",
    "analyst",
    "therapeut",
    "therapeutin",
    "psychologe",
    "psychologin",
    "heilpraktiker",
    "heilpraktikerin",
    "beraterin",
    "berater",
    "terapeuta",
    "psicóloga",
    "psicólogo",
];

/// Words that say that somebody practises under supervision.
const ASSOCIATES: [&str; 8] =
    ["associate", "trainee", "intern", "supervis", "student", "in training", "in ausbildung", "en prácticas"];

/// Answers that mean nobody or nothing yet.
const NOTHING: [&str; 16] = [
    "none",
    "no",
    "nobody",
    "no one",
    "noone",
    "n/a",
    "na",
    "-",
    "0",
    "nothing",
    "not yet",
    "idk",
    "i don't know",
    "keine",
    "nein",
    "nadie",
];

/// Answers that mean the person who answers, whose name nobody knows yet.
const MYSELF: [&str; 5] = ["me", "just me", "only me", "myself", "i"];

fn says_nothing(answer: &str) -> bool {
    let answer = answer.trim().trim_end_matches('.').to_lowercase().replace('’', "'");
    NOTHING.contains(&answer.as_str())
}

/// The people in an answer: `Maya O'Brien, MA, LPC` is one, `Priya Patel and Tom Hall` are two.
pub fn people(text: &str) -> Vec<Person> {
    if says_nothing(text) || MYSELF.contains(&text.trim().to_lowercase().as_str()) {
        return Vec::new();
    }
    let spelt = with_marks(text);
    spelt.split(['\n', ';']).flat_map(people_of_line).collect()
}

/// An answer with a comma wherever people write a dash or a word between a name and what they are: `Sam Lee - trainee`.
fn with_marks(text: &str) -> String {
    text.replace(" – ", ", ").replace(" — ", ", ").replace(" - ", ", ").replace(" -- ", ", ")
}

/// Credentials belong to a name of the same line.
fn people_of_line(line: &str) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    // `MA, LPC and Tom Hall`: the last credential, then somebody else.
    let pieces = outside_brackets(line).into_iter().flat_map(|piece| match found_before_and(piece) {
        Some((credential, rest)) => vec![credential.to_string(), rest.to_string()],
        None => vec![piece.to_string()],
    });
    for piece in pieces.collect::<Vec<_>>() {
        let (piece, asides) = without_brackets(&piece);
        let piece = without_and(&piece);
        // Who supervises isn't somebody else of the list, and their licence isn't this person's.
        let piece = piece
            .split_once("supervised by ")
            .map_or(piece, |(before, _)| if before.trim().is_empty() { "supervised" } else { piece });
        let is_credential = !found.is_empty() && credentials(piece).is_some();
        match found.last_mut() {
            Some(_) if piece.is_empty() => {}
            Some(person) if is_generation(piece) => person.name = format!("{}, {piece}", person.name),
            Some(person) if is_associate(piece) => person.associate = true,
            Some(person) => match credentials(piece) {
                Some(credentials) => person.credentials.extend(credentials),
                // `LMFT #12345`, `EMDR certified`, `BACP accredited`: about the one before.
                None if is_role(piece) || is_about(piece) => {
                    let role = person.role.take().map_or_else(String::new, |role| format!("{role}, "));
                    person.role = Some(format!("{role}{piece}"));
                }
                None => found.extend(names(piece)),
            },
            None => found.extend(names(piece)),
        }
        for aside in asides {
            let Some(person) = found.last_mut() else { continue };
            match credentials(&aside) {
                _ if is_associate(&aside) => person.associate = true,
                Some(credentials) => person.credentials.extend(credentials),
                // `she/her`, `they/them`.
                None if aside.contains('/') => person.pronouns = Some(aside),
                // `MBACP (Accred)`.
                None if is_credential => {
                    person.credentials.last_mut().into_iter().for_each(|last| last.push_str(&format!(" ({aside})")));
                }
                None => person.role = Some(aside),
            }
        }
    }
    found
}

/// The part before an `and` where it's a credential or a title, and the part behind it.
fn found_before_and(piece: &str) -> Option<(&str, &str)> {
    let (before, after) = ANDS.iter().find_map(|and| piece.split_once(and))?;
    let before = before.trim();
    (credentials(before).is_some() || is_title(before)).then_some((before, after.trim()))
}

/// What joins two names, in English, German, Spanish and French.
const ANDS: [&str; 7] = [" and ", " und ", " y ", " et ", " & ", " + ", " / "];

/// The names in words without a comma: `Priya Patel and Tom Hall`, `Tom & Priya Hall`, `Maya O'Brien MA LPC`.
fn names(piece: &str) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    for name in parted(piece, &ANDS) {
        let words: Vec<&str> = name.split_whitespace().collect();
        // Only what is known: `Jane DOE` is a name.
        let own = words.iter().rposition(|word| known(word.trim_end_matches(',')).is_none()).map_or(0, |last| last + 1);
        let own = if own < 2 { words.len() } else { own };
        let person = Person {
            name: words[..own].join(" "),
            credentials: words[own..].iter().map(|word| word.to_string()).collect(),
            ..Person::default()
        };
        if !person.name.is_empty() {
            found.push(person);
        }
    }
    // `Tom and Priya Hall` have one surname.
    let surname = found.last().and_then(|person| person.name.split_once(' ')).map(|(_, surname)| surname.to_string());
    if let (Some(surname), [others @ .., _]) = (surname, &mut found[..]) {
        // A title or a credential is nobody's first name.
        let is_first_name = |name: &str| !name.contains(' ') && known(name).is_none() && !is_title(name);
        for person in others.iter_mut().filter(|person| is_first_name(&person.name)) {
            person.name = format!("{} {surname}", person.name);
        }
    }
    found
}

/// The credentials that a piece behind a name consists of; `None` where it's anything else.
fn credentials(piece: &str) -> Option<Vec<String>> {
    if known(piece).is_some() {
        return Some(vec![piece.to_string()]);
    }
    let words: Vec<&str> = piece.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_one = |word: &&str| {
        let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
        let plain = word.chars().all(|letter| letter.is_alphanumeric() || ".-/®™".contains(letter));
        known(word).is_some() || plain && capitals >= 2 && word.chars().count() <= 10
    };
    (!words.is_empty() && words.iter().all(is_one)).then(|| words.iter().map(|word| word.to_string()).collect())
}

/// `Jr.`, `III`: what belongs to a name behind a comma.
fn is_generation(piece: &str) -> bool {
    ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"].contains(&piece)
}

/// Whether words are a title alone, as in `Anna Bell, Psychotherapist & Tom Hall`.
fn is_title(piece: &str) -> bool {
    !piece.contains(' ') && ROLES.iter().any(|role| piece.to_lowercase().ends_with(role))
}

/// Whether words tell something about somebody, and are no name: a number, a credential among them, a word such as `certified`.
fn is_about(piece: &str) -> bool {
    let mut words = piece.split_whitespace();
    words.any(|word| {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        word.contains(|c: char| c.is_ascii_digit())
            || matches!(
                plain.as_str(),
                "certified"
                    | "accredited"
                    | "registered"
                    | "licensed"
                    | "chartered"
                    | "member"
                    | "founder"
                    | "owner"
                    | "director"
                    | "ceo"
            )
    }) || is_title(piece)
}

fn is_role(piece: &str) -> bool {
    let piece = piece.to_lowercase();
    let begins_small = piece.chars().next().is_some_and(char::is_lowercase);
    begins_small
        && (ROLES.iter().any(|role| piece.ends_with(role)) || piece.split(' ').any(|word| ROLES.contains(&word)))
}

fn is_associate(piece: &str) -> bool {
    let piece = piece.to_lowercase();
    piece.split(' ').count() <= 4 && ASSOCIATES.iter().any(|word| piece.contains(word))
}

/// Words by which a service's kind is known, in English, German and Spanish; the first that is found counts, so that a
/// `Supervision group` is supervision.
const KINDS: &[(ServiceKind, &[&str])] = &[
    (ServiceKind::Supervision, &["supervis", "intervision"]),
    (
        ServiceKind::Group,
        &["group", "workshop", "circle", "retreat", "class", "gruppe", "kurs", "grupo", "grupal", "taller"],
    ),
    (
        ServiceKind::Assessment,
        &["assessment", "evaluation", "testing", "diagnos", "gutachten", "evaluación", "peritaje", "informe"],
    ),
    (ServiceKind::Consultation, &["consultation", "consulting", "consultoría", "fachberatung"]),
    (ServiceKind::Coaching, &["coach"]),
    (ServiceKind::Therapy, &["therap", "counsel", "terapia", "emdr", "cbt"]),
];

/// The services in an answer: `Grief group (Tuesdays, 6 weeks)` is one, a group.
pub fn services(text: &str) -> Vec<Offer> {
    if says_nothing(text) {
        return Vec::new();
    }
    let mut offers: Vec<Offer> = Vec::new();
    // Whoever separates with semicolons says more about each behind a comma.
    let by_line = text.contains([';', '\n']);
    for line in text.split(['\n', ';']) {
        let mut first = true;
        for piece in outside_brackets(line).into_iter().flat_map(listed) {
            let more = !first && by_line || is_detail(piece);
            match offers.last_mut().filter(|_| more) {
                Some(last) => detail(last, piece),
                None => offers.push(offer(piece)),
            }
            first = false;
        }
    }
    offers.retain(|offer| !offer.title.is_empty());
    offers
}

/// `EMDR and supervision` are two services, `grief and loss` is one: two where both are known for what they are.
fn listed(piece: &str) -> Vec<&str> {
    let is_known = |words: &str| {
        let lower = words.to_lowercase();
        !words.contains('(') && KINDS.iter().any(|(_, known)| known.iter().any(|known| lower.contains(known)))
    };
    match piece.split_once(" and ").or_else(|| piece.split_once(" und ")).or_else(|| piece.split_once(" y ")) {
        Some((before, after)) if is_known(before) && is_known(after) => vec![before.trim(), after.trim()],
        _ => vec![piece],
    }
}

/// Words that say more of the service before them: money, minutes, days.
fn is_detail(piece: &str) -> bool {
    const DAYS: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "weekly",
        "monthly",
    ];
    let lower = piece.trim().to_lowercase();
    let first = lower.split([' ', '-']).next().unwrap_or_default().trim_end_matches('s');
    lower.starts_with(['$', '£', '€'])
        || lower.starts_with(|c: char| c.is_ascii_digit())
        || DAYS.contains(&first)
        || DAYS.contains(&lower.as_str())
}

/// Adds what is said of a service.
fn detail(offer: &mut Offer, piece: &str) {
    let piece = piece.trim();
    match minutes(piece).filter(|_| offer.minutes.is_none()) {
        Some(minutes) => offer.minutes = Some(minutes),
        None => {
            let before = offer.note.take().map_or_else(String::new, |note| format!("{note}, "));
            offer.note = Some(format!("{before}{piece}"));
        }
    }
}

fn offer(piece: &str) -> Offer {
    let spelt = with_marks(piece);
    let (title, mut asides) = without_brackets(&spelt);
    let mut parts = title.split(", ");
    let title = without_and(parts.next().unwrap_or_default()).to_string();
    asides.extend(parts.map(str::to_string));
    let title = upper_first(&title);
    let lower = title.to_lowercase();
    let kind = KINDS.iter().find(|(_, words)| words.iter().any(|word| lower.contains(word))).map(|(kind, _)| *kind);
    let mut offer = Offer { title, kind, ..Offer::default() };
    let mut rest = Vec::new();
    for part in asides.iter().flat_map(|aside| aside.split(',')).map(str::trim) {
        match minutes(part) {
            Some(minutes) if offer.minutes.is_none() => offer.minutes = Some(minutes),
            _ => rest.push(part),
        }
    }
    offer.note = Some(rest.join(", ")).filter(|note| !note.is_empty());
    offer
}

/// A title begins with a capital letter.
fn upper_first(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `50 min`, `90-minute`.
fn minutes(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let unit = text[end..].trim_start_matches(['-', ' ']).trim_end_matches('.').to_lowercase();
    let number = text[..end].parse().ok()?;
    ["min", "mins", "minute", "minutes", "minuten", "minutos"].contains(&&*unit).then_some(number)
}

/// The pieces between commas that stand outside brackets.
fn outside_brackets(text: &str) -> Vec<&str> {
    let (mut depth, mut from) = (0_usize, 0);
    let mut pieces = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | '、' if depth == 0 => {
                pieces.push(&text[from..at]);
                from = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[from..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// The words outside brackets, and what stands within each pair.
fn without_brackets(piece: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut rest = piece;
    while let Some((before, (within, after))) =
        rest.split_once('(').and_then(|(before, after)| Some((before, after.split_once(')')?)))
    {
        outside.push_str(before);
        inside.push(within.trim().to_string());
        rest = after;
    }
    outside.push_str(rest);
    inside.retain(|words| !words.is_empty());
    (outside.split_whitespace().collect::<Vec<_>>().join(" "), inside)
}

/// The last of a list without the word that joins it: `and supervision`.
fn without_and(piece: &str) -> &str {
    let piece = piece.trim();
    ["and ", "und ", "y ", "et ", "& "].iter().find_map(|and| piece.strip_prefix(and)).unwrap_or(piece).trim()
}

fn parted<'t>(text: &'t str, marks: &[&str]) -> Vec<&'t str> {
    match marks.iter().find_map(|mark| text.split_once(mark)) {
        Some((before, after)) => parted(before, marks).into_iter().chain(parted(after, marks)).collect(),
        None => vec![text.trim()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(person: &Person) -> String {
        let mut out = person.name.clone();
        for credential in &person.credentials {
            out.push_str(&format!(" +{credential}"));
        }
        if let Some(pronouns) = &person.pronouns {
            out.push_str(&format!(" ({pronouns})"));
        }
        if let Some(role) = &person.role {
            out.push_str(&format!(" = {role}"));
        }
        if person.associate {
            out.push_str(" *");
        }
        out
    }

    #[test]
    fn people_are_understood_as_they_are_typed() {
        for (typed, people) in [
            ("Maya O'Brien, MA, LPC", &["Maya O'Brien +MA +LPC"][..]),
            ("Maya O’Brien MA LPC", &["Maya O’Brien +MA +LPC"]),
            ("Dr. Priya Patel and Tom Hall", &["Dr. Priya Patel", "Tom Hall"]),
            ("Priya Patel & Tom Hall", &["Priya Patel", "Tom Hall"]),
            ("Tom and Priya Hall", &["Tom Hall", "Priya Hall"]),
            ("Ana Lopez, LMFT, Ben Ito, LPC-A, and Cy Wu", &["Ana Lopez +LMFT", "Ben Ito +LPC-A", "Cy Wu"]),
            ("Ana Lopez; Ben Ito, PhD", &["Ana Lopez", "Ben Ito +PhD"]),
            ("Jane DOE, Psy.D.", &["Jane DOE +Psy.D."]),
            ("Ben Ito (associate), Cy Wu (she/her), LCSW", &["Ben Ito *", "Cy Wu +LCSW (she/her)"]),
            ("Maya O'Brien, licensed professional counselor", &["Maya O'Brien = licensed professional counselor"]),
            ("Carlos Ruiz Vega y Ana García", &["Carlos Ruiz Vega", "Ana García"]),
            ("Jürgen Groß und Zoë Nguyễn", &["Jürgen Groß", "Zoë Nguyễn"]),
            ("Martin King, Jr., PhD", &["Martin King, Jr. +PhD"]),
            ("Sam Field, MBACP (Accred)", &["Sam Field +MBACP (Accred)"]),
            ("Andy Sandford", &["Andy Sandford"]),
            ("Priya", &["Priya"]),
            ("Maya Bell, MA, LPC and Tom Hall", &["Maya Bell +MA +LPC", "Tom Hall"]),
            ("Tom Hall, LMFT & Sam Lee, LPC", &["Tom Hall +LMFT", "Sam Lee +LPC"]),
            (
                "Anna Bell, Psychotherapist & Tom Hall, Counsellor",
                &["Anna Bell = Psychotherapist", "Tom Hall = Counsellor"],
            ),
            ("Sam Lee - trainee, Jo Ray - associate", &["Sam Lee *", "Jo Ray *"]),
            ("Maya Bell - LPC", &["Maya Bell +LPC"]),
            ("Maya Bell, LMFT #12345", &["Maya Bell = LMFT #12345"]),
            ("Maya Bell, LPC-S, EMDR certified", &["Maya Bell +LPC-S = EMDR certified"]),
            ("none", &[]),
            ("n/a", &[]),
            ("Just me", &[]),
            (" , ;", &[]),
        ] {
            assert_eq!(super::people(typed).iter().map(told).collect::<Vec<_>>(), people, "{typed}");
        }
    }

    #[test]
    fn services_are_understood_as_they_are_typed() {
        use ServiceKind::{Assessment, Coaching, Consultation, Group, Supervision, Therapy};
        for (typed, services) in [
            ("Grief group (Tuesdays, 6 weeks)", &[("Grief group", Some(Group), None, Some("Tuesdays, 6 weeks"))][..]),
            ("Supervision", &[("Supervision", Some(Supervision), None, None)]),
            ("Couples therapy, $150", &[("Couples therapy", Some(Therapy), None, Some("$150"))]),
            (
                "Individual therapy - 50 minutes, $120; Couples, 80 minutes, $180",
                &[
                    ("Individual therapy", Some(Therapy), Some(50), Some("$120")),
                    ("Couples", None, Some(80), Some("$180")),
                ],
            ),
            ("Grief group, Tuesdays", &[("Grief group", Some(Group), None, Some("Tuesdays"))]),
            (
                "EMDR and supervision",
                &[("EMDR", Some(Therapy), None, None), ("Supervision", Some(Supervision), None, None)],
            ),
            ("none", &[]),
            (
                "Couples therapy (80 min), grief and loss, and supervision group",
                &[
                    ("Couples therapy", Some(Therapy), Some(80), None),
                    ("Grief and loss", None, None, None),
                    ("Supervision group", Some(Supervision), None, None),
                ],
            ),
            (
                "ADHD assessment; Life coaching",
                &[("ADHD assessment", Some(Assessment), None, None), ("Life coaching", Some(Coaching), None, None)],
            ),
            ("School consultation (", &[("School consultation (", Some(Consultation), None, None)]),
            (
                "Trauergruppe, Gestalttherapie",
                &[("Trauergruppe", Some(Group), None, None), ("Gestalttherapie", Some(Therapy), None, None)],
            ),
        ] {
            let read = super::services(typed);
            let read: Vec<_> =
                read.iter().map(|one| (one.title.as_str(), one.kind, one.minutes, one.note.as_deref())).collect();
            assert_eq!(read, services, "{typed}");
        }
    }

    #[test]
    fn the_table_of_credentials_is_read() {
        assert!(known("Ph.D.").is_some_and(|known| !known.licence));
        assert!(known("lmft").is_some_and(|known| known.licence));
        assert!(known("LPC-S").is_some());
    }
}
