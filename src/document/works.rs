//! What a work says, made fit for the citation library.
//!
//! Owns the slips that lists of works bring along, whichever file and reader they came through: names of organisations
//! that a reader took apart, particles that belong to the surname, `and others`, a DOI written as an address, a thesis
//! whose university stands where styles don't look. Reading the files is `references`' and `bibtex`'s.

use hayagriva::Entry;
use hayagriva::types::{EntryType, FormatString, MaybeTyped, PageRanges, PageRangesPart, Person, Publisher};

use crate::yaml::{Mapping, Value};

/// Stands for the authors that a list leaves out (`and others`), as the name of the last one.
pub const OTHERS: &str = "\u{e005}";

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

/// A collection is a book to APA, Harvard and Vancouver; the library takes one for an archive's, and names it twice.
const SAME: [(&str, &str); 2] = [("anthology", "book"), ("anthos", "chapter")];

/// The value of an entry with each name in its parts, so that no reader has to guess them.
///
/// A name with a comma is a person's (`Rogers, C. R.`, `King, Jr., M. L.`), one with initials too (`C. R. Rogers`); what
/// has neither, or a word that only organisations have, is a whole name.
pub fn named(value: Value) -> Value {
    let Value::Mapping(map) = value else { return value };
    let fields = map.into_iter().map(|(key, value)| match key.as_str() {
        Some("author" | "editor") => (key, names(value)),
        Some("parent") => (key, parents(value)),
        Some("type") => {
            let kind = value.as_str().map(str::to_lowercase);
            let kind = kind.and_then(|kind| SAME.iter().find(|(from, _)| *from == kind));
            (key, kind.map_or(value, |(_, to)| Value::String((*to).to_string())))
        }
        _ => (key, value),
    });
    Value::Mapping(fields.collect())
}

fn parents(value: Value) -> Value {
    match value {
        Value::Sequence(all) => Value::Sequence(all.into_iter().map(named).collect()),
        one => named(one),
    }
}

fn names(value: Value) -> Value {
    match value {
        Value::Sequence(all) => Value::Sequence(all.into_iter().map(names).collect()),
        Value::String(name) => {
            let mut parts = Mapping::new();
            for (field, part) in parts_of(&name) {
                parts.insert(Value::String(field.to_string()), Value::String(part));
            }
            Value::Mapping(parts)
        }
        other => other,
    }
}

fn parts_of(name: &str) -> Vec<(&'static str, String)> {
    let name = name.trim();
    let whole = vec![("name", name.to_string())];
    if ["others", "et al.", "et al"].contains(&name.to_lowercase().as_str()) {
        return vec![("name", OTHERS.to_string())];
    }
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // `College, J.` is somebody's name.
    let is_person = parts.len() > 1 && !parts[0].contains(' ');
    if is_organisation(name) && !is_person {
        return whole;
    }
    match parts[..] {
        [surname, given] => vec![("name", surname.to_string()), ("given-name", given.to_string())],
        [surname, suffix, given] => {
            let parts = [("name", surname), ("suffix", suffix), ("given-name", given)];
            parts.map(|(field, part)| (field, part.to_string())).to_vec()
        }
        [one] => match after_initials(one) {
            Some((given, surname)) => vec![("name", surname.to_string()), ("given-name", given.to_string())],
            None => whole,
        },
        _ => whole,
    }
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

/// The entry as styles need it.
pub fn finished(mut entry: Entry) -> Entry {
    if let Some(authors) = entry.authors().map(persons) {
        entry.set_authors(authors);
    }
    if let Some(editors) = entry.editors().map(persons) {
        entry.set_editors(editors);
    }
    if let Some(doi) = entry.doi().map(bare_doi) {
        entry.set_doi(doi);
    }
    let parents: Vec<Entry> = entry.parents().iter().cloned().map(finished).collect();
    entry.set_parents(parents);
    // APA prints an article's number as such, others print it where the pages stand: said in both.
    let number = entry.keyed_serial_number("serial").map(str::to_string);
    if let Some(number) = number.filter(|_| *entry.entry_type() == EntryType::Article)
        && entry.page_range().is_none()
        && let Ok(pages) = number.parse()
    {
        entry.set_page_range(pages);
    }
    // BibTeX's `school` is an organisation to the library, and styles name a thesis's university as its publisher.
    if *entry.entry_type() == EntryType::Thesis
        && entry.publisher().and_then(Publisher::name).is_none()
        && let Some(university) = entry.organization().cloned()
    {
        let place: Option<FormatString> = entry.publisher().and_then(Publisher::location).cloned();
        entry.set_publisher(Publisher::new(Some(university), place));
    }
    if let Some(MaybeTyped::Typed(pages)) = entry.page_range() {
        entry.set_page_range(MaybeTyped::Typed(PageRanges::new(parted(&pages.ranges))));
    }
    entry
}

/// Ranges with a comma between them, which the library doesn't put where BibTeX had one.
fn parted(ranges: &[PageRangesPart]) -> Vec<PageRangesPart> {
    let is_mark = |part: &PageRangesPart| matches!(part, PageRangesPart::Comma | PageRangesPart::Ampersand);
    let mut out: Vec<PageRangesPart> = Vec::new();
    for part in ranges {
        if out.last().is_some_and(|last| !is_mark(last)) && !is_mark(part) {
            out.push(PageRangesPart::Comma);
        }
        out.push(part.clone());
    }
    out
}

fn persons(all: &[Person]) -> Vec<Person> {
    let mut out: Vec<Person> = Vec::new();
    for person in all {
        let person = whole(person);
        match out.last_mut() {
            // `Centers for Disease Control and Prevention`: BibTeX's `and` stood within one name.
            Some(last) if alone(last) && alone(&person) && is_organisation(&last.name) && is_one_word(&person.name) => {
                last.name = format!("{} and {}", last.name, person.name);
            }
            _ => out.push(person),
        }
    }
    out
}

fn alone(person: &Person) -> bool {
    person.given_name.is_none() && person.suffix.is_none() && person.prefix.is_none()
}

fn is_one_word(name: &str) -> bool {
    name != OTHERS && !name.contains(' ')
}

/// A name in its right parts: an organisation's is whole, a particle belongs to the surname, in APA (section 8.18 of
/// the Publication Manual), Harvard and Vancouver.
fn whole(person: &Person) -> Person {
    let mut person = person.clone();
    let all = [person.given_name.as_deref(), person.prefix.as_deref(), Some(person.name.as_str())];
    let all = all.into_iter().flatten().map(str::trim).collect::<Vec<_>>().join(" ");
    if person.given_name.is_none() && person.prefix.is_none() && person.name == "others" {
        person.name = OTHERS.to_string();
    } else if is_organisation(&all) && person.suffix.is_none() && !person.given_name.as_deref().is_some_and(has_initial)
    {
        (person.name, person.given_name, person.prefix) = (all, None, None);
    } else if let Some(prefix) = person.prefix.take() {
        person.name = format!("{} {}", prefix.trim(), person.name);
    }
    person
}

fn has_initial(given: &str) -> bool {
    given.ends_with('.')
}

/// `10.1000/xyz`, however it was written: as an address, or after `doi:`.
fn bare_doi(doi: &str) -> String {
    let doi = doi.trim();
    doi.find("10.").filter(|_| doi.contains('/')).map_or(doi, |at| &doi[at..]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_where_they_are_a_persons() {
        for (written, parts) in [
            ("Rogers, C. R.", "name=Rogers given-name=C. R."),
            ("van der Kolk, B. A.", "name=van der Kolk given-name=B. A."),
            ("King, Jr., M. L.", "name=King suffix=Jr. given-name=M. L."),
            ("College, J.", "name=College given-name=J."),
            ("Klaus V. Müller", "name=Müller given-name=Klaus V."),
            ("C. R. Rogers", "name=Rogers given-name=C. R."),
            ("Bessel A. van der Kolk", "name=van der Kolk given-name=Bessel A."),
            ("Centers for Disease Control and Prevention", "name=Centers for Disease Control and Prevention"),
            ("Department of Health, Education, and Welfare", "name=Department of Health, Education, and Welfare"),
            ("Bundesministerium für Gesundheit", "name=Bundesministerium für Gesundheit"),
            ("Deutsche Gesellschaft für Supervision e. V.", "name=Deutsche Gesellschaft für Supervision e. V."),
            ("Organización Mundial de la Salud", "name=Organización Mundial de la Salud"),
            ("Mind", "name=Mind"),
            ("et al.", "name=\u{e005}"),
        ] {
            let read: Vec<String> = parts_of(written).iter().map(|(field, part)| format!("{field}={part}")).collect();
            assert_eq!(read.join(" "), parts, "{written}");
        }
    }

    #[test]
    fn a_doi_is_one_however_it_is_written() {
        for written in ["10.1000/x", "https://doi.org/10.1000/x", "http://dx.doi.org/10.1000/x", "doi:10.1000/x"] {
            assert_eq!(bare_doi(written), "10.1000/x");
        }
    }
}
