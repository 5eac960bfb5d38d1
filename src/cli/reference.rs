//! `anteroom add reference`: a work to cite, looked up by its number or read from what a library offers.
//!
//! Owns asking the registries, once each and with their answers kept, and the lines that are added to references.yaml. What an answer
//! means is `document::works`'.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use serde_json::Value;

use super::changes::{self, Kept};
use super::{new, trouble};
use crate::document::model::CitationStyle;
use crate::document::works::{Kind, Work, csl, names, ris, words, write};
use crate::document::{self, Memo, bibtex};
use crate::markup::citations;
use crate::source::{SourcePath, Sources};

/// The list of works.
const LIST: &str = "content/references.yaml";
/// Where answers are kept: a registry is asked once for each work.
const KEPT: &str = ".anteroom/references";
/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// An answer about one work is a few kilobytes.
const LARGEST: u64 = 2 * 1024 * 1024;

/// A number that a registry knows.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Number {
    Doi(String),
    Isbn(String),
    Pmid(String),
}

/// What went wrong, and what to do.
type Trouble = (String, String);

pub(super) fn run(site: &Path, sources: &Sources, what: &str, from: Option<&str>) -> ExitCode {
    let found = match gathered(site, what, from) {
        Ok(found) => found,
        Err((message, help)) => return trouble(&message, &help),
    };
    match added(site, sources, found) {
        Ok(()) => ExitCode::SUCCESS,
        Err((message, help)) => trouble(&message, &help),
    }
}

/// The works that are meant, each with the key that it came with.
fn gathered(site: &Path, what: &str, from: Option<&str>) -> Result<Vec<(String, Work)>, Trouble> {
    if let Some(number) = number(what)? {
        let work = looked_up(site, &number, from)?;
        return Ok(vec![(String::new(), work)]);
    }
    let text = match what {
        "" | "-" => pasted()?,
        file => {
            let known = Path::new(file).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if !Path::new(file).is_file() || !["ris", "bib", "json", "txt", "enw"].contains(&known) {
                let message = format!("`{file}` is no DOI, ISBN or PubMed number, and no file with works");
                let help =
                    "write a DOI such as 10.1037/h0045357, an ISBN such as 978-0-670-78593-3, or `pmid:` and a number";
                return Err((message, help.to_string()));
            }
            fs::read_to_string(file)
                .map_err(|error| (format!("{file} can't be read: {error}"), "check the file".into()))?
        }
    };
    read(&text)
}

/// What somebody pastes: until an empty line after a work, or the end of the input.
fn pasted() -> Result<String, Trouble> {
    let mut text = String::new();
    if io::stdin().is_terminal() {
        anstream::println!(
            "Paste the work as BibTeX, RIS or CSL JSON, then press Enter and Ctrl-D (Windows: Ctrl-Z and Enter).\n"
        );
    }
    let read = io::stdin().take(LARGEST).read_to_string(&mut text);
    read.map_err(|error| (format!("what was pasted can't be read: {error}"), "paste it again".to_string()))?;
    Ok(text)
}

/// The works in a text, whichever of the three forms it has.
fn read(text: &str) -> Result<Vec<(String, Work)>, Trouble> {
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    let works = if trimmed.starts_with(['[', '{']) {
        csl::read(trimmed)
            .map_err(|why| (format!("this isn't CSL JSON: {why}"), "export the work again".to_string()))?
    } else if ris::is_ris(trimmed) {
        ris::read(trimmed)
    } else {
        bibtex::works(trimmed)
    };
    let help =
        "paste BibTeX (it begins with `@`), RIS (it begins with `TY`) or CSL JSON; journals offer them under “Cite”";
    if works.is_empty() {
        return Err(("there's no work in this text".to_string(), help.to_string()));
    }
    let read = works.into_iter().map(|(key, work)| {
        work.map(|work| (key.clone(), work)).map_err(|why| (format!("`{key}` can't be read: {why}"), help.to_string()))
    });
    read.collect()
}

/// The number that a text is; `None` where it's something else.
fn number(text: &str) -> Result<Option<Number>, Trouble> {
    let lower = text.to_lowercase();
    let after = |prefix: &str| lower.strip_prefix(prefix).map(|rest| rest.trim_start_matches(':').trim().to_string());
    if let Some(at) = lower.find("10.").filter(|_| !Path::new(text).is_file()) {
        let before = &lower[..at];
        let is_doi = before.is_empty()
            || before.ends_with("doi.org/")
            || before.trim_end().ends_with("doi:")
            || before.trim() == "doi";
        if is_doi && lower[at..].contains('/') {
            // Capital letters mean nothing in a DOI (ISO 26324).
            return Ok(Some(Number::Doi(lower[at..].trim_end_matches(['.', ',']).to_string())));
        }
    }
    if let Some(id) = after("pmid")
        .or_else(|| lower.split_once("pubmed.ncbi.nlm.nih.gov/").map(|(_, id)| id.trim_matches('/').to_string()))
    {
        let is_number = !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit());
        return match is_number {
            true => Ok(Some(Number::Pmid(id))),
            false => Err((format!("`{text}` is no PubMed number"), "write `pmid:` and its digits".to_string())),
        };
    }
    let digits: String = after("isbn")
        .unwrap_or(lower.clone())
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '–'))
        .collect::<String>()
        .to_uppercase();
    let digits = digits.strip_prefix("13:").or_else(|| digits.strip_prefix("10:")).unwrap_or(&digits).to_string();
    let is_isbn =
        matches!(digits.len(), 10 | 13) && digits[..digits.len() - 1].bytes().all(|digit| digit.is_ascii_digit());
    match (is_isbn, is_isbn && isbn_is_right(&digits)) {
        (true, true) => Ok(Some(Number::Isbn(digits))),
        (true, false) => Err((
            format!("`{text}` looks like an ISBN, but its last digit doesn't fit the others"),
            "compare it with the book's back; one digit is wrong or two changed places".to_string(),
        )),
        (false, _) if lower.starts_with("isbn") => {
            Err((format!("`{text}` is no ISBN"), "an ISBN has 10 or 13 digits".to_string()))
        }
        (false, _) => Ok(None),
    }
}

/// Whether the check digit of an ISBN fits (ISO 2108, annex A).
fn isbn_is_right(isbn: &str) -> bool {
    let digit = |(index, c): (usize, char)| match c {
        'X' if index == 9 => Some(10),
        c => c.to_digit(10),
    };
    let Some(digits) = isbn.chars().enumerate().map(digit).collect::<Option<Vec<u32>>>() else { return false };
    match digits.len() {
        10 => digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>().is_multiple_of(11),
        13 => digits
            .iter()
            .zip([1, 3].into_iter().cycle())
            .map(|(digit, weight)| digit * weight)
            .sum::<u32>()
            .is_multiple_of(10),
        _ => false,
    }
}

/// A registry's answer about a work: the one that was kept, or a new one.
fn looked_up(site: &Path, number: &Number, from: Option<&str>) -> Result<Work, Trouble> {
    let (kind, id, host, path) = match number {
        Number::Doi(doi) => ("doi", doi, "https://doi.org", format!("/{}", in_path(doi))),
        Number::Pmid(id) => {
            ("pmid", id, "https://api.ncbi.nlm.nih.gov", format!("/lit/ctxp/v1/pubmed/?format=csl&id={id}"))
        }
        Number::Isbn(isbn) => {
            ("isbn", isbn, "https://openlibrary.org", format!("/api/books?bibkeys=ISBN:{isbn}&format=json&jscmd=data"))
        }
    };
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' }).collect();
    let kept = site.join(KEPT).join(format!("{kind}-{name}.json"));
    let text = match fs::read_to_string(&kept) {
        Ok(text) => text,
        Err(_) => {
            let host = from.unwrap_or(host).trim_end_matches('/');
            anstream::println!("Looking it up at {host} …");
            let text = fetched(&format!("{host}{path}"), id, host)?;
            // An answer that can't be kept is asked for again the next time.
            let _ = new::create(&kept, &text);
            text
        }
    };
    let work = match number {
        Number::Isbn(isbn) => book(&text, isbn),
        Number::Doi(_) | Number::Pmid(_) => csl::read(&text).ok().and_then(|all| all.into_iter().next()?.1.ok()),
    };
    let unread = || {
        let _ = fs::remove_file(&kept);
        (
            format!("what {host} says of `{id}` can't be read as a work"),
            "paste the work as BibTeX or RIS instead: `anteroom add reference`".to_string(),
        )
    };
    work.ok_or_else(unread)
}

fn in_path(doi: &str) -> String {
    percent_encoding::utf8_percent_encode(doi, &PATH).to_string()
}

/// What an address's path doesn't hold as it is.
const PATH: percent_encoding::AsciiSet = percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'%')
    .add(b'[')
    .add(b']');

fn fetched(url: &str, id: &str, host: &str) -> Result<String, Trouble> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(5)
        .http_status_as_error(false)
        .user_agent(crate::online::web::AGENT)
        .build();
    let request = ureq::Agent::new_with_config(config)
        .get(url)
        .header("Accept", "application/vnd.citationstyles.csl+json, application/json;q=0.5");
    let offline = |error: ureq::Error| {
        let help =
            "check your connection, or paste the work as BibTeX or RIS: `anteroom add reference` without a number";
        (format!("{host} doesn't answer: {error}"), help.to_string())
    };
    let mut response = request.call().map_err(offline)?;
    match response.status().as_u16() {
        200 => {}
        404 | 400 => {
            return Err((
                format!("{host} doesn't know `{id}`"),
                "compare it with the work: a digit may be missing".to_string(),
            ));
        }
        429 => return Err((format!("{host} has too much to do at the moment"), "try again in a minute".to_string())),
        other => return Err((format!("{host} answers with the error {other}"), "try again later".to_string())),
    }
    response.body_mut().with_config().limit(LARGEST).read_to_string().map_err(offline)
}

/// A book as Open Library describes it.
fn book(text: &str, isbn: &str) -> Option<Work> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let book = answer.get(format!("ISBN:{isbn}"))?;
    let text = |name: &str| book.get(name).and_then(Value::as_str).map(|text| text.trim().to_string());
    let first = |name: &str| Some(book.get(name)?.get(0)?.get("name")?.as_str()?.to_string());
    let title = words::Words::loose(&text("title")?);
    let title = match text("subtitle").filter(|subtitle| !subtitle.is_empty()) {
        Some(subtitle) => title.with_subtitle(&words::Words::loose(&subtitle)),
        None => title,
    };
    let authors = book.get("authors").and_then(Value::as_array).into_iter().flatten();
    let authors = authors.filter_map(|author| author.get("name")?.as_str()).map(names::upright).collect();
    // `June 2014`, `2014`.
    let year = text("publish_date")
        .and_then(|date| date.split([' ', ',', '-']).find(|part| part.len() == 4).map(str::to_string));
    let date = year.and_then(|year| document::works::When::read(&year)).unwrap_or_default();
    let (publisher, place) = (first("publishers"), first("publish_places"));
    Some(Work { kind: Kind::Book, title, authors, date, publisher, place, ..Work::default() }.finished())
}

/// Adds works to the list, and says how each is cited.
fn added(site: &Path, sources: &Sources, works: Vec<(String, Work)>) -> Result<(), Trouble> {
    let (documents, _) = document::parse_all(sources, &mut Memo::off());
    let known = &documents.references.works;
    let practice = documents.practice.as_ref().map(|file| &file.value);
    let style = practice.map_or(CitationStyle::Apa, |practice| practice.citation_style);
    let language = practice.map_or_else(|| "en".to_string(), |practice| practice.language.to_string());
    let mut taken: Vec<String> = known.keys().cloned().collect();
    let mut text = String::new();
    for (key, work) in works {
        let same = |other: &Work| {
            let by_doi = work
                .doi
                .as_ref()
                .is_some_and(|doi| other.doi.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(doi)));
            by_doi || citations::written(style, other, &language) == citations::written(style, &work, &language)
        };
        if let Some(other) = known.values().find(|other| same(&other.work)) {
            anstream::println!("That work is in your list already. Cite it with [@{}].", other.key);
            continue;
        }
        let key = key_for(&key, &work, &taken);
        text.push('\n');
        text.push_str(&write::entry(&key, &work));
        anstream::println!("{}\n\nCite it with [@{key}].\n", citations::written(style, &work, &language));
        taken.push(key);
    }
    if text.is_empty() {
        return Ok(());
    }
    let list = SourcePath::new(LIST).ok_or_else(|| (format!("{LIST} can't be written"), String::new()))?;
    let file = site.join(LIST);
    let written = match changes::text_of(sources, &list) {
        None => new::create(&file, text.trim_start()),
        Some(before) => {
            let mut kept = Kept::new(site, "add");
            let joint = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
            kept.keep(&list, before).and_then(|()| changes::replace(&file, before, &format!("{before}{joint}{text}")))
        }
    };
    written.map_err(|error| {
        (format!("{LIST} can't be written: {error}"), "check that you have permission to write there".to_string())
    })?;
    anstream::println!("Added to {LIST}. Compare it with the work itself: registries make mistakes, too.");
    Ok(())
}

/// `rogers1957`, or the key that it came with; with a letter where another work has it.
fn key_for(given: &str, work: &Work, taken: &[String]) -> String {
    let is_key = |key: &str| {
        key.len() >= 3
            && key.starts_with(|c: char| c.is_alphabetic())
            && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c))
    };
    let base = match is_key(given) {
        true => given.to_string(),
        false => {
            let maker = work.makers().first().map(|name| name.family.clone()).unwrap_or_else(|| work.title.plain());
            let word = names::folded(&maker);
            let words: Vec<&str> = word.split(' ').filter(|word| !word.is_empty()).collect();
            // An organisation by its initials, a person by the surname.
            let name = match work.makers().first().is_some_and(|name| name.is_group()) && words.len() > 2 {
                true => words.iter().filter_map(|word| word.chars().next()).collect(),
                false => words.concat(),
            };
            let year = work.date.year.filter(|year| *year > 0).map_or_else(String::new, |year| year.to_string());
            if name.is_empty() { format!("work{year}") } else { format!("{name}{year}") }
        }
    };
    let letters = ('a'..='z').map(|letter| format!("{base}{letter}"));
    let numbers = (2..).map(|number| format!("{base}-{number}"));
    let mut all = std::iter::once(base.clone()).chain(letters).chain(numbers);
    all.find(|key| !taken.contains(key)).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_however_they_are_written() {
        let doi = |text: &str| Some(Number::Doi(text.to_string()));
        for (written, read) in [
            ("10.1037/h0045357", doi("10.1037/h0045357")),
            ("https://doi.org/10.1037/h0045357", doi("10.1037/h0045357")),
            ("doi: 10.1016/S0140-6736(11)60096-2.", doi("10.1016/s0140-6736(11)60096-2")),
            ("pmid:12345", Some(Number::Pmid("12345".into()))),
            ("PMID 12345", Some(Number::Pmid("12345".into()))),
            ("https://pubmed.ncbi.nlm.nih.gov/12345/", Some(Number::Pmid("12345".into()))),
            ("978-0-670-78593-3", Some(Number::Isbn("9780670785933".into()))),
            ("ISBN 0-306-40615-2", Some(Number::Isbn("0306406152".into()))),
            ("ISBN-13: 978-0-670-78593-3", Some(Number::Isbn("9780670785933".into()))),
            ("some words", None),
        ] {
            assert_eq!(number(written), Ok(read), "{written}");
        }
        for wrong in ["978-0-670-78593-4", "isbn 12", "pmid: twelve"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_book_is_read_as_open_library_tells_it() {
        let text = r#"{"ISBN:9780670785933": {"title": "The Body Keeps the Score", "subtitle": "Brain, Mind, and Body in the Healing of Trauma",
            "authors": [{"name": "Bessel A. van der Kolk"}], "publishers": [{"name": "Viking"}], "publish_places": [{"name": "New York"}],
            "publish_date": "September 2014"}}"#;
        let work = book(text, "9780670785933").unwrap();
        assert_eq!(
            citations::written(CitationStyle::Apa, &work, "en"),
            "van der Kolk, B. A. (2014). The body keeps the score: Brain, mind, and body in the healing of trauma. Viking."
        );
        assert_eq!(key_for("", &work, &[]), "vanderkolk2014");
        assert_eq!(key_for("", &work, &["vanderkolk2014".into()]), "vanderkolk2014a");
    }
}
