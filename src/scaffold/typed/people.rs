//! Names as they stand on a business card.
//!
//! Which credentials there are is `credentials.yaml`'s.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{outside_brackets, says_nothing, with_marks, without_and, without_brackets};
use crate::scaffold::Person;

/// A credential that people write behind their name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// What it stands for.
    pub name: String,
    /// Whether it's a licence or registration to practise, and no degree.
    #[serde(default)]
    pub licence: bool,
}

static CREDENTIALS: LazyLock<BTreeMap<String, Known>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("../credentials.yaml")).unwrap_or_default());

/// What a credential stands for; `Ph.D.` is `PhD`, and `LMFT-S` an `LMFT`.
pub fn known(credential: &str) -> Option<&'static Known> {
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

/// Answers that mean the person who answers, whose name nobody knows yet.
const MYSELF: [&str; 5] = ["me", "just me", "only me", "myself", "i"];

/// The people in an answer: `Maya O'Brien, MA, LPC` is one, `Priya Patel and Tom Hall` are two.
pub fn people(text: &str) -> Vec<Person> {
    if says_nothing(text) || MYSELF.contains(&text.trim().to_lowercase().as_str()) {
        return Vec::new();
    }
    let spelt = with_marks(text);
    spelt.split(['\n', ';']).flat_map(people_of_line).collect()
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
    fn the_table_of_credentials_is_read() {
        assert!(known("Ph.D.").is_some_and(|known| !known.licence));
        assert!(known("lmft").is_some_and(|known| known.licence));
        assert!(known("LPC-S").is_some());
    }
}
