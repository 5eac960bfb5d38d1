//! Names of people and organisations, in the parts that styles need.
//!
//! Owns the slips that lists of works bring along, whichever file and reader they came through: names of organisations that a
//! reader took apart, particles that belong to the surname, suffixes, `and others`. How a style writes a name is
//! `markup::citations`'.

use super::words::curled;

/// Somebody who made a work.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Name {
    /// The surname with its particles (APA 7, 9.8); of an organisation, the whole name.
    pub family: String,
    /// Given names or initials.
    pub given: Option<String>,
    /// `Jr.`, `III`.
    pub suffix: Option<String>,
    /// What an organisation is called from its second mention on: `WHO`.
    pub short: Option<String>,
}

impl Name {
    /// A name that is whole: an organisation's, or a person's who has only one.
    pub fn whole(name: &str) -> Name {
        Name { family: curled(name), ..Name::default() }
    }

    /// A person's, from its parts; whichever reader took an organisation apart, it's whole again.
    pub fn of(family: &str, given: &str, prefix: &str, suffix: &str) -> Name {
        let text = |part: &str| Some(curled(part)).filter(|part| !part.is_empty());
        let all = [given, prefix, family].map(str::trim).join(" ");
        let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
        if is_organisation(&all) && suffix.trim().is_empty() && !given.trim().ends_with('.') {
            return Name::whole(&all);
        }
        let family =
            if prefix.trim().is_empty() { curled(family) } else { curled(&format!("{} {family}", prefix.trim())) };
        Name { family, given: text(given), suffix: text(suffix), short: None }
    }

    /// Whether it's an organisation, or a person of one name.
    pub fn is_whole(&self) -> bool {
        self.given.is_none()
    }

    /// Whether it's an organisation's.
    pub fn is_group(&self) -> bool {
        self.is_whole() && (is_organisation(&self.family) || self.short.is_some() || self.family.contains(' '))
    }

    /// `Carl R. Rogers`.
    pub fn given_first(&self) -> String {
        let parts = [self.given.as_deref(), Some(self.family.as_str()), self.suffix.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The initials, each with what follows it: `C. R.`, `C.R.`, `CR`. Hyphens stay where `hyphen` says so.
    pub fn initials(&self, dot: &str, between: &str, hyphen: bool) -> String {
        let mut out = String::new();
        for word in self.given.as_deref().unwrap_or_default().split_whitespace() {
            for (index, part) in word.split('-').filter(|part| !part.is_empty()).enumerate() {
                // `CR` and `C.R.` are two initials.
                let joined = part.len() <= 3 && part.chars().all(char::is_uppercase) && part.chars().count() > 1;
                let dotted = part.contains('.')
                    && part.chars().filter(|letter| letter.is_alphabetic()).count() > 1
                    && { part.split('.').all(|part| part.chars().count() <= 1) };
                let letters: Vec<char> = match joined || dotted {
                    true => part.chars().filter(|letter| letter.is_alphabetic()).collect(),
                    false => part.chars().find(|letter| letter.is_alphabetic()).into_iter().collect(),
                };
                for (number, letter) in letters.into_iter().enumerate() {
                    match (out.is_empty(), index > 0 && number == 0) {
                        (true, _) => {}
                        (false, true) if hyphen => out.push('-'),
                        (false, true) => {}
                        (false, false) => out.push_str(between),
                    }
                    out.extend(letter.to_uppercase());
                    out.push_str(dot);
                }
            }
        }
        out
    }

    /// What it's sorted by: letters without their marks, the surname before the initials.
    pub fn key(&self, with_particle: bool) -> String {
        let family = match with_particle {
            true => self.family.as_str(),
            false => self.family.trim_start_matches(|c: char| c.is_lowercase() || c == ' ' || c == '’'),
        };
        let family = if family.is_empty() { &self.family } else { family };
        format!("{}\u{1}{}", folded(family), folded(&self.initials("", " ", false)))
    }
}

/// A text as it's sorted: small letters without their marks, nothing but letters, digits and spaces (APA 7, 9.44).
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letters = text.nfkd().filter(|letter| letter.is_alphanumeric() || *letter == ' ');
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a name stands for those whom a list leaves out.
pub fn stands_for_others(name: &str) -> bool {
    ["others", "et al.", "et al", "und andere", "u. a.", "y otros"].contains(&name.trim().to_lowercase().as_str())
}

/// Persons as a reader of BibTeX gives them, with what it took apart put together: `Centers for Disease Control and Prevention`
/// is one name, whose `and` stands within.
pub fn joined(all: Vec<Name>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for name in all {
        match out.last_mut() {
            Some(last)
                if last.is_whole()
                    && is_organisation(&last.family)
                    && name.is_whole()
                    && !name.family.contains(' ') =>
            {
                last.family = format!("{} and {}", last.family, name.family);
            }
            _ => out.push(name),
        }
    }
    out
}

/// Words that only an organisation has in its name, in lower case; the ending alone if a hyphen comes first. English, German,
/// then Spanish, French, Italian, Dutch and Portuguese.
const ORGANISATIONS: &str = "\
    academy administration agency alliance association authority bureau center centers centre centres clinic \
    coalition collaboration college commission committee consortium council department federation foundation group \
    hospital inc. initiative institute institutes ltd ministry nations network nhs office organisation \
    organization programme registry service services society university \
    -amt -gesellschaft -institut -kammer -ministerium -verband -verein -zentrum -zentrale arbeitsgemeinschaft \
    ausschuss gmbh hochschule klinik stiftung universität vereinigung \
    academia académie agencia asociación associazione associação centro colegio collège comité conselho consejo \
    conseil federación fondation fondazione fundación fundação institut instituto istituto ministerio ministère \
    ministero ministério nederlands ordem ordine ordre organización organisatie sociedad sociedade società société \
    stichting universidad universidade università universiteit université vereniging";

/// Whether a name is one of an organisation.
pub fn is_organisation(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("e. v.")
        || name.contains("e.v.")
        || name.split([' ', ',', '\u{a0}']).any(|word| {
            ORGANISATIONS.split_whitespace().any(|known| match known.strip_prefix('-') {
                Some(ending) => word.ends_with(ending) && word.chars().count() >= ending.chars().count(),
                None => word == known,
            })
        })
}

/// A name as a person writes it in one line.
///
/// A name with a comma is a person's (`Rogers, C. R.`, `King, Jr., M. L.`), one with initials too (`C. R. Rogers`); what
/// has neither, or a word that only organisations have, is a whole name.
pub fn read(name: &str) -> Name {
    let name = name.trim();
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // `College, J.` is somebody's name.
    let is_person = parts.len() > 1 && !parts[0].contains(' ');
    if is_organisation(name) && !is_person {
        return Name::whole(name);
    }
    match parts[..] {
        [surname, given] => Name::of(surname, given, "", ""),
        [surname, suffix, given] if is_suffix(suffix) => Name::of(surname, given, "", suffix),
        [surname, given, suffix] if is_suffix(suffix) => Name::of(surname, given, "", suffix),
        [one] => match after_initials(one) {
            Some((given, surname)) => Name::of(surname, given, "", ""),
            None => Name::whole(one),
        },
        _ => Name::whole(name),
    }
}

/// A name as catalogues write it, given names first: `Carl Rogers`, `Bessel van der Kolk`.
pub fn upright(name: &str) -> Name {
    let words: Vec<&str> = name.split_whitespace().collect();
    if name.contains(',') || words.len() < 2 || is_organisation(name) {
        return read(name);
    }
    let starts_small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    let family = words.iter().position(starts_small).filter(|at| *at > 0).unwrap_or(words.len() - 1);
    Name::of(&words[family..].join(" "), &words[..family].join(" "), "", "")
}

fn is_suffix(part: &str) -> bool {
    ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v", "2nd", "3rd", "4th"].contains(&part.to_lowercase().as_str())
}

/// `C. R.` and `Rogers`: a name that begins with an initial, or has one behind a first name.
fn after_initials(name: &str) -> Option<(&str, &str)> {
    let initial = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
    };
    let mut end = None;
    let mut at = 0;
    for word in name.split_inclusive(' ') {
        at += word.len();
        if initial(word.trim_end()) {
            end = Some(at);
        }
    }
    let (given, surname) = name.split_at_checked(end?)?;
    (!surname.is_empty()).then(|| (given.trim(), surname.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_where_they_are_a_persons() {
        for (written, family, given, suffix) in [
            ("Rogers, C. R.", "Rogers", "C. R.", ""),
            ("van der Kolk, B. A.", "van der Kolk", "B. A.", ""),
            ("King, Jr., M. L.", "King", "M. L.", "Jr."),
            ("Gilstrap, Larry C., III", "Gilstrap", "Larry C.", "III"),
            ("College, J.", "College", "J.", ""),
            ("Klaus V. Müller", "Müller", "Klaus V.", ""),
            ("C. R. Rogers", "Rogers", "C. R.", ""),
            ("Bessel A. van der Kolk", "van der Kolk", "Bessel A.", ""),
            ("Centers for Disease Control and Prevention", "Centers for Disease Control and Prevention", "", ""),
            ("Department of Health, Education, and Welfare", "Department of Health, Education, and Welfare", "", ""),
            ("Bundesministerium für Gesundheit", "Bundesministerium für Gesundheit", "", ""),
            ("Deutsche Gesellschaft für Supervision e. V.", "Deutsche Gesellschaft für Supervision e. V.", "", ""),
            ("Organización Mundial de la Salud", "Organización Mundial de la Salud", "", ""),
            ("Mind", "Mind", "", ""),
        ] {
            let name = read(written);
            let read = (name.family.as_str(), name.given.as_deref(), name.suffix.as_deref());
            assert_eq!(
                read,
                (
                    family,
                    Some(given).filter(|given| !given.is_empty()),
                    Some(suffix).filter(|suffix| !suffix.is_empty())
                )
            );
        }
    }

    #[test]
    fn initials_are_those_of_the_given_names() {
        for (given, apa, harvard, vancouver) in [
            ("Carl Ransom", "C. R.", "C.R.", "CR"),
            ("C. R.", "C. R.", "C.R.", "CR"),
            ("CR", "C. R.", "C.R.", "CR"),
            ("C.R.", "C. R.", "C.R.", "CR"),
            ("Jean-Luc", "J.-L.", "J.-L.", "JL"),
            ("Vincent J", "V. J.", "V.J.", "VJ"),
            ("Élodie", "É.", "É.", "É"),
        ] {
            let name = Name { given: Some(given.to_string()), ..Name::whole("X") };
            let read = (name.initials(".", " ", true), name.initials(".", "", true), name.initials("", "", false));
            assert_eq!(read, (apa.to_string(), harvard.to_string(), vancouver.to_string()), "{given}");
        }
    }
}
