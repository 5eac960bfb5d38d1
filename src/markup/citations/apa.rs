//! The style of the American Psychological Association.
//!
//! Owns how an entry of its list is written, after the Publication Manual, 7th edition (2020): chapter 9 for the elements, 10 for the
//! kinds of works. Names in the text are `label`'s.

use super::markup::Text;
use super::terms::Terms;
use crate::document::works::words::Case;
use crate::document::works::{Kind, Name, Role, State, When, Work};

/// The entry. `letter` tells works of one author and year apart.
pub(super) fn entry(work: &Work, terms: &Terms, letter: Option<char>) -> Text {
    let mut text = Text::default();
    let title_first = work.makers().is_empty();
    if title_first {
        title(&mut text, work, terms);
        text.push(" ");
    } else {
        makers(&mut text, work, terms);
        text.push(" ");
    }
    text.push(&format!("({}).", date(work, terms, letter)));
    if !title_first {
        text.push(" ");
        title(&mut text, work, terms);
    }
    source(&mut text, work, terms);
    address(&mut text, work, terms);
    if let Some(year) = work.original.as_ref().and_then(|original| terms.year(original)) {
        text.push(&format!(" ({})", terms.original(&year)));
    }
    text
}

/// `Rogers, C. R.`, with the suffix behind the initials (9.8).
fn inverted(name: &Name) -> String {
    let initials = name.initials(".", " ", true);
    let parts = [Some(name.family.clone()), Some(initials).filter(|given| !given.is_empty()), name.suffix.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `C. R. Rogers`, as editors and translators inside an entry are named.
pub(super) fn upright(name: &Name) -> String {
    let initials = name.initials(".", " ", true);
    let name = if initials.is_empty() { name.family.clone() } else { format!("{initials} {}", name.family) };
    name.trim().to_string()
}

/// Names with commas between them and `&` before the last (9.8): of more than twenty the first nineteen and the last.
fn list(names: &[Name], others: bool) -> String {
    let written: Vec<String> = names.iter().map(inverted).collect();
    match written.as_slice() {
        _ if others => format!("{}, et al.", written.join(", ")),
        [] => String::new(),
        [one] => one.clone(),
        [first, second] if names.iter().all(Name::is_whole) => format!("{first} & {second}"),
        [first @ .., last] if written.len() <= 20 => format!("{}, & {last}", first.join(", ")),
        [first @ .., last] => format!("{}, . . . {last}", first[..19].join(", ")),
    }
}

/// Names inside an entry: `M. B. Oliver, A. A. Raney, & J. Bryant`.
pub(super) fn inner_list(names: &[Name]) -> String {
    let written: Vec<String> = names.iter().map(upright).collect();
    match written.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first} & {second}"),
        [first @ .., last] => format!("{}, & {last}", first.join(", ")),
    }
}

fn makers(text: &mut Text, work: &Work, terms: &Terms) {
    text.push(&list(work.makers(), work.and_others));
    let one = work.makers().len() == 1;
    let role = match work.role {
        Some(Role::Director) => Some(&terms.director.0),
        Some(Role::Host) => Some(&terms.host.0),
        None if work.authors.is_empty() => Some(if one { &terms.editor.0 } else { &terms.editor.1 }),
        None => None,
    };
    if let Some(role) = role {
        text.push(&format!(" ({role})"));
    }
    text.stop(true);
}

/// The date of an entry: what appears day by day has one (9.14), everything else has its year.
fn date(work: &Work, terms: &Terms, letter: Option<char>) -> String {
    let year = year(work, terms, letter);
    let daily = matches!(
        work.kind,
        Kind::Magazine | Kind::Newspaper | Kind::Web | Kind::Audio | Kind::Video | Kind::Presentation
    );
    match terms.day(&work.date).filter(|_| daily && work.date.is_known()) {
        Some(day) => format!("{year}, {day}"),
        None => year,
    }
}

/// The year as it stands in the text and in the list: `2012a`, `n.d.-b`, `in press`.
pub(super) fn year(work: &Work, terms: &Terms, letter: Option<char>) -> String {
    let letter = |dash: &str| letter.map_or_else(String::new, |letter| format!("{dash}{letter}"));
    match terms.year(&work.date) {
        Some(year) => format!("{year}{}", letter("")),
        None if work.state == Some(State::InPress) => format!("{}{}", terms.in_press, letter("-")),
        None => format!("{}{}", terms.no_date, letter("-")),
    }
}

/// Whether a title stands in italics: that of a work that stands alone.
pub(super) fn is_italic(work: &Work) -> bool {
    let part = work.kind.in_periodical() || work.container.is_some() && work.kind != Kind::Preprint;
    !part
}

fn cased(work: &Work, terms: &Terms) -> String {
    let names = super::names_in(work);
    work.title.cased(Case::Sentence, &names, work.language.as_deref().unwrap_or(&terms.language))
}

fn title(text: &mut Text, work: &Work, terms: &Terms) {
    text.title(&cased(work, terms), is_italic(work));
    let inside_chapter = work.kind == Kind::Chapter || work.kind == Kind::Entry;
    let mut details: Vec<String> = Vec::new();
    if !inside_chapter {
        let same = !work.translators.is_empty() && work.translators == work.editors && !work.authors.is_empty();
        match (same, work.translators.is_empty()) {
            (true, _) => {
                let names = inner_list(&work.translators);
                details.push(format!("{names}, {} & {}", terms.editor.0, terms.translator));
            }
            (false, false) => details.push(format!("{}, {}", inner_list(&work.translators), terms.translator)),
            (false, true) => {}
        }
        if !same && !work.editors.is_empty() && !work.authors.is_empty() && !work.kind.in_periodical() {
            let word = if work.editors.len() == 1 { &terms.editor.0 } else { &terms.editor.1 };
            details.push(format!("{}, {word}", inner_list(&work.editors)));
        }
        details.extend(volume_of_book(work, terms));
    }
    match work.kind {
        Kind::Report => details.extend(numbered(work, terms)),
        Kind::Audio => details.extend(work.issue.as_ref().map(|issue| terms.number(issue))),
        Kind::Dataset | Kind::Software => {
            let version = work.version.as_ref().map(|version| terms.version(version));
            details.push(work.number.iter().cloned().chain(version).collect::<Vec<_>>().join("; "));
        }
        _ => {}
    }
    details.retain(|detail| !detail.is_empty());
    if !details.is_empty() {
        text.push(&format!(" ({})", details.join("; ")));
    }
    if let Some(what) = bracketed(work, terms) {
        text.push(&format!(" [{what}]"));
    }
    text.stop(true);
}

/// `Report No. 12`, `NICE Guideline No. NG222`.
fn numbered(work: &Work, terms: &Terms) -> Option<String> {
    let number = work.number.as_ref()?;
    Some(match &work.genre {
        Some(genre) if genre.ends_with('.') || genre.ends_with("number") => format!("{genre} {number}"),
        Some(genre) => format!("{genre} {}", terms.number(number)),
        None => terms.number(number),
    })
}

/// The edition and the volume of a book, with the pages of a part of it.
fn volume_of_book(work: &Work, terms: &Terms) -> Option<String> {
    if work.kind.in_periodical() || matches!(work.kind, Kind::Audio | Kind::Dataset | Kind::Software) {
        return None;
    }
    let edition = work.edition.as_ref().map(|edition| terms.edition(edition));
    let volume = work.volume.as_ref().map(|volume| terms.volume(volume));
    let part = matches!(work.kind, Kind::Chapter | Kind::Entry);
    let pages = work.pages.as_ref().filter(|_| part).map(|pages| terms.pages(pages));
    let all: Vec<String> = edition.into_iter().chain(volume).chain(pages).collect();
    Some(all.join(", ")).filter(|all| !all.is_empty())
}

/// What a work is, where its kind isn't told by the rest (9.21).
fn bracketed(work: &Work, terms: &Terms) -> Option<String> {
    match work.kind {
        Kind::Thesis => {
            let genre = work.genre.clone().unwrap_or_else(|| terms.doctoral.clone());
            let genre = if genre.eq_ignore_ascii_case("PhD thesis") { terms.doctoral.clone() } else { genre };
            let unpublished = genre.to_lowercase().starts_with("unpublished");
            Some(match work.publisher.as_ref().filter(|_| !unpublished) {
                Some(university) => format!("{genre}, {university}"),
                None => genre,
            })
        }
        Kind::Dataset => Some("Data set".to_string()),
        Kind::Software => Some("Computer software".to_string()),
        Kind::Report | Kind::Preprint | Kind::Article | Kind::Magazine | Kind::Newspaper | Kind::Web => None,
        _ => work.genre.clone(),
    }
}

fn source(text: &mut Text, work: &Work, terms: &Terms) {
    match work.kind {
        kind if kind.in_periodical() => periodical(text, work, terms),
        Kind::Preprint => {
            if let Some(repository) = &work.container {
                text.push(" ");
                text.push(&repository.title.plain());
                text.stop(true);
            }
        }
        Kind::Chapter | Kind::Entry | Kind::Audio if work.container.is_some() => {
            whole(text, work, terms);
            publisher(text, work);
        }
        Kind::Thesis => {
            let unpublished = work.genre.as_ref().is_some_and(|genre| genre.to_lowercase().starts_with("unpublished"));
            let kept = if unpublished { work.publisher.as_ref() } else { work.archive.as_ref() };
            if let Some(kept) = kept {
                text.push(&format!(" {kept}"));
                text.stop(true);
            }
        }
        Kind::Presentation => {
            if let Some(event) = &work.event {
                let place = Some(&event.place).filter(|place| !place.is_empty());
                let place = place.map_or_else(String::new, |place| format!(", {place}"));
                text.push(&format!(" {}{place}", event.title.plain()));
                text.stop(true);
            }
        }
        _ => publisher(text, work),
    }
}

fn periodical(text: &mut Text, work: &Work, terms: &Terms) {
    if let Some(journal) = &work.container {
        text.push(" ");
        text.italic(&journal.title.plain());
    }
    if let Some(volume) = &work.volume {
        text.push(", ");
        text.italic(volume);
    }
    if let Some(issue) = &work.issue {
        text.push(if work.volume.is_some() { "" } else { ", " });
        text.push(&format!("({})", issue.replace('-', "–")));
    }
    match (&work.article_number, &work.pages) {
        (Some(number), _) => text.push(&format!(", {}", terms.article(number))),
        (None, Some(pages)) => text.push(&format!(", {}", pages.replace('-', "–"))),
        (None, None) => {}
    }
    text.stop(true);
    if work.state == Some(State::Ahead) {
        text.push(&format!(" {}.", terms.ahead));
    }
}

/// `In A. Editor (Ed.), Title (2nd ed., pp. 1–9).`
fn whole(text: &mut Text, work: &Work, terms: &Terms) {
    let Some(container) = &work.container else { return };
    text.push(&format!(" {} ", terms.within));
    if !work.editors.is_empty() {
        let same = work.translators == work.editors;
        let word = match (same, work.editors.len()) {
            (true, 1) => format!("{} & {}", terms.editor.0, terms.translator),
            (_, 1) => terms.editor.0.clone(),
            _ => terms.editor.1.clone(),
        };
        text.push(&format!("{} ({word}), ", inner_list(&work.editors)));
    }
    let names = super::names_in(work);
    let language = work.language.as_deref().unwrap_or(&terms.language);
    text.title(&container.title.cased(Case::Sentence, &names, language), true);
    let translated = !work.translators.is_empty() && work.translators != work.editors;
    let translated = translated.then(|| format!("{}, {}", inner_list(&work.translators), terms.translator));
    let details: Vec<String> = translated.into_iter().chain(volume_of_book(work, terms)).collect();
    if !details.is_empty() {
        text.push(&format!(" ({})", details.join("; ")));
    }
    text.stop(true);
}

/// The publisher, unless it's the author (9.29).
fn publisher(text: &mut Text, work: &Work) {
    let author = |publisher: &&String| work.makers().iter().any(|name| name.family == **publisher);
    if let Some(publisher) = work.publisher.as_ref().filter(|publisher| !author(publisher)) {
        text.push(&format!(" {publisher}"));
        text.stop(true);
    }
}

/// The address, without a full stop behind it (9.35). What has no date may change: its day of retrieval is told (9.16).
fn address(text: &mut Text, work: &Work, terms: &Terms) {
    let Some(url) = work.web_address() else { return };
    text.push(" ");
    let undated = !work.date.is_known() && work.state.is_none() && work.doi.is_none();
    if let Some(accessed) = work.accessed.as_ref().filter(|_| undated) {
        text.push(&format!("{} ", terms.retrieved.replace("{date}", &whole_day(accessed, terms))));
    }
    text.link(&url);
}

/// `January 9, 2020`.
fn whole_day(when: &When, terms: &Terms) -> String {
    let year = terms.year(when).unwrap_or_default();
    match (terms.day(when), terms.language.as_str()) {
        (Some(day), "en") => format!("{day}, {year}"),
        (Some(day), "es" | "pt") => format!("{day} de {year}"),
        (Some(day), _) => format!("{day} {year}"),
        (None, _) => year,
    }
}
