//! The Harvard style of “Cite Them Right”.
//!
//! Owns how an entry of its list is written, after the 12th edition (2022). Names in the text are `label`'s.

use super::markup::Text;
use super::terms::Terms;
use crate::document::works::words::Case;
use crate::document::works::{Kind, Name, Role, State, When, Work};

/// How many names a list gives before it only gives the first.
const NAMED: usize = 3;

/// The entry. `letter` tells works of one author and year apart.
pub(super) fn entry(work: &Work, terms: &Terms, letter: Option<char>) -> Text {
    let mut text = Text::default();
    let year = year(work, terms, letter);
    // A film is known by its title.
    let title_first = work.makers().is_empty() || work.role == Some(Role::Director);
    if title_first {
        title(&mut text, work, terms);
        text.push(&format!(" ({year})"));
        if work.role == Some(Role::Director) {
            let by = terms.directed_by.replace("{names}", &upright_list(&work.authors, terms));
            text.push(&format!(" {by} [{}].", work.genre.as_deref().unwrap_or("Film")));
        }
    } else {
        list(&mut text, work.makers(), work.and_others, terms);
        if work.authors.is_empty() {
            let word = if work.makers().len() == 1 { &terms.editor_small.0 } else { &terms.editor_small.1 };
            text.push(&format!(" ({word})"));
        }
        text.push(&format!(" ({year}) "));
        title(&mut text, work, terms);
    }
    let about = match work.kind {
        kind if kind.in_periodical() => periodical(&mut text, work, terms, title_first),
        Kind::Preprint => {
            if let Some(repository) = &work.container {
                text.push(", ");
                text.italic(&repository.title.plain());
                text.push(" [Preprint]");
            }
            None
        }
        Kind::Audio => {
            audio(&mut text, work, terms);
            None
        }
        Kind::Presentation => {
            presentation(&mut text, work, terms);
            None
        }
        Kind::Chapter | Kind::Entry if work.container.is_some() => {
            chapter(&mut text, work, terms);
            None
        }
        _ => {
            alone(&mut text, work, terms);
            None
        }
    };
    text.stop(false);
    if let Some(about) = about {
        text.push(&format!(" {about}."));
    }
    address(&mut text, work, terms);
    text
}

/// The year as it stands in the text and in the list.
pub(super) fn year(work: &Work, terms: &Terms, letter: Option<char>) -> String {
    let letter = letter.map_or_else(String::new, |letter| letter.to_string());
    match terms.year(&work.date) {
        Some(year) => format!("{year}{letter}"),
        None if work.state == Some(State::InPress) => terms.in_press.clone(),
        None if letter.is_empty() => terms.no_date_long.clone(),
        None => format!("{} {letter}", terms.no_date_long),
    }
}

fn inverted(name: &Name) -> String {
    let initials = name.initials(".", "", true);
    let suffix = name.suffix.as_ref().map_or_else(String::new, |suffix| format!(" {}", suffix.trim_end_matches('.')));
    match initials.is_empty() {
        true => format!("{}{suffix}", name.family),
        false => format!("{}{suffix}, {initials}", name.family),
    }
}

fn upright(name: &Name) -> String {
    let initials = name.initials(".", "", true);
    if initials.is_empty() { name.family.clone() } else { format!("{initials} {}", name.family) }
}

fn joined(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

fn list(text: &mut Text, names: &[Name], others: bool, terms: &Terms) {
    let written: Vec<String> = names.iter().map(inverted).collect();
    match names.len() > NAMED || others {
        true => et_al(text, written.first().map_or("", String::as_str)),
        false => text.push(&joined(&written, &terms.and)),
    }
}

fn upright_list(names: &[Name], terms: &Terms) -> String {
    joined(&names.iter().map(upright).collect::<Vec<_>>(), &terms.and)
}

fn et_al(text: &mut Text, first: &str) {
    text.push(&format!("{first} "));
    text.italic("et al.");
}

fn cased(work: &Work, terms: &Terms) -> String {
    let names = super::names_in(work);
    work.title.cased(Case::LowAfterColon, &names, work.language.as_deref().unwrap_or(&terms.language))
}

/// Whether a title stands between quotation marks: that of a part.
pub(super) fn is_quoted(work: &Work) -> bool {
    work.kind.is_part() || work.kind == Kind::Presentation
}

fn title(text: &mut Text, work: &Work, terms: &Terms) {
    if is_quoted(work) {
        text.push("‘");
        text.title(&cased(work, terms), false);
        text.push("’");
    } else {
        text.title(&cased(work, terms), true);
    }
}

/// `, Journal, 21(2), pp. 95–103`; what is said after it.
fn periodical(text: &mut Text, work: &Work, terms: &Terms, title_first: bool) -> Option<String> {
    if let Some(journal) = &work.container {
        text.push(if title_first { " " } else { ", " });
        text.italic(&journal.title.plain());
    }
    let issue = work.issue.as_ref().map(|issue| format!("({})", issue.replace('-', "–")));
    let place = format!("{}{}", work.volume.as_deref().unwrap_or_default(), issue.unwrap_or_default());
    if !place.is_empty() {
        text.push(&format!(", {place}"));
    } else if let Some(day) = terms.british_day(&work.date) {
        text.push(&format!(", {day}"));
    }
    match (&work.article_number, &work.pages) {
        (Some(number), _) => text.push(&format!(", {number}")),
        (None, Some(pages)) => text.push(&format!(", {}", terms.pages(pages))),
        (None, None) => {}
    }
    (work.state == Some(State::Ahead)).then(|| terms.ahead.clone())
}

fn chapter(text: &mut Text, work: &Work, terms: &Terms) {
    let Some(container) = &work.container else { return };
    text.push(&format!(", {} ", low(&terms.within)));
    if !work.editors.is_empty() {
        match work.editors.len() > NAMED {
            true => et_al(text, &upright(&work.editors[0])),
            false => text.push(&upright_list(&work.editors, terms)),
        }
        let word = if work.editors.len() == 1 { &terms.editor_small.0 } else { &terms.editor_small.1 };
        text.push(&format!(" ({word}) "));
    }
    let names = super::names_in(work);
    let language = work.language.as_deref().unwrap_or(&terms.language);
    text.title(&container.title.cased(Case::LowAfterColon, &names, language), true);
    text.stop(false);
    details(text, work, terms);
    // An entry on the web is found there.
    if work.kind != Kind::Entry || work.web_address().is_none() {
        published(text, work);
    }
    if let Some(pages) = &work.pages {
        // After a publisher's comma; an entry without one has a sentence of its own.
        let joint = if text.plain().ends_with('.') { " " } else { ", " };
        text.push(&format!("{joint}{}", terms.pages(pages)));
    }
}

fn low(word: &str) -> String {
    word.to_lowercase()
}

/// The edition, who translated it, the volume: each a sentence.
fn details(text: &mut Text, work: &Work, terms: &Terms) {
    let edition = work.edition.as_ref().filter(|_| work.kind != Kind::Dataset).map(|edition| terms.edn(edition));
    let of_whole = matches!(work.kind, Kind::Chapter | Kind::Entry);
    let both = work.translators == work.editors && !work.authors.is_empty() && !of_whole;
    let made = match (work.translators.is_empty(), both) {
        (true, _) => None,
        (false, true) => Some(&terms.edited_and_translated_by),
        (false, false) => Some(&terms.translated_by),
    };
    let made = made.map(|by| by.replace("{names}", &upright_list(&work.translators, terms)));
    let edited = !work.editors.is_empty() && !work.authors.is_empty() && !both && !of_whole;
    let edited = edited.then(|| terms.edited_by.replace("{names}", &upright_list(&work.editors, terms)));
    let volume = work.volume.as_ref().map(|volume| terms.volume(volume));
    for detail in edition.into_iter().chain(made).chain(edited).chain(volume) {
        text.push(&format!(" {detail}"));
        text.stop(false);
    }
}

/// `New York: Viking`.
fn published(text: &mut Text, work: &Work) {
    let Some(publisher) = &work.publisher else { return };
    let place = work.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
    text.push(&format!(" {place}{publisher}"));
}

fn audio(text: &mut Text, work: &Work, terms: &Terms) {
    if let Some(container) = &work.container {
        text.push(", ");
        let language = work.language.as_deref().unwrap_or(&terms.language);
        text.title(&container.title.cased(Case::LowAfterColon, &[], language), true);
    }
    let podcast = work.genre.as_ref().is_none_or(|genre| genre.to_lowercase().contains("podcast"));
    text.push(if podcast { " [Podcast]." } else { "." });
    if let Some(day) = terms.british_day(&work.date) {
        text.push(&format!(" {day}"));
    }
}

fn presentation(text: &mut Text, work: &Work, terms: &Terms) {
    let poster = work.genre.as_ref().is_some_and(|genre| genre.to_lowercase().contains("poster"));
    let Some(event) = &work.event else { return };
    text.push(if poster { " [Poster]. " } else { ", " });
    text.italic(&event.title.plain());
    let rest: Vec<String> = Some(event.place.clone())
        .filter(|place| !place.is_empty())
        .into_iter()
        .chain(terms.british_day(&work.date))
        .collect();
    if !rest.is_empty() {
        text.push(if poster { ", " } else { ". " });
        text.push(&rest.join(", "));
    }
}

/// What follows the title of a work that stands alone.
fn alone(text: &mut Text, work: &Work, terms: &Terms) {
    match work.kind {
        Kind::Dataset => return text.push(" [Dataset]"),
        Kind::Software => return text.push(" [Computer program]"),
        Kind::Web => return,
        Kind::Video => {
            if let Some(day) = terms.british_day(&work.date) {
                text.stop(false);
                text.push(&format!(" {day}"));
            }
            return;
        }
        Kind::Thesis => {
            let genre = work.genre.clone().unwrap_or_else(|| terms.doctoral.clone());
            let genre = if genre == "Doctoral dissertation" { "PhD thesis".to_string() } else { genre };
            text.stop(false);
            text.push(&format!(" {genre}."));
            if let Some(university) = &work.publisher {
                text.push(&format!(" {university}"));
            }
            return;
        }
        Kind::Film => {
            if let Some(publisher) = &work.publisher {
                text.push(&format!(" {publisher}"));
            }
            return;
        }
        _ => {}
    }
    text.stop(false);
    details(text, work, terms);
    if work.kind == Kind::Report {
        match (&work.genre, &work.number) {
            (Some(genre), Some(number)) => text.push(&format!(" {genre} {number}")),
            (None, Some(number)) => text.push(&format!(" {}", terms.number(number))),
            _ => {}
        }
        text.stop(false);
        // A report on the web is found there, not with its publisher.
        if work.web_address().is_some() {
            return;
        }
    }
    published(text, work);
}

/// `Available at: … (Accessed: 14 March 2024).` A DOI never changes: it needs no day.
fn address(text: &mut Text, work: &Work, terms: &Terms) {
    let Some(url) = work.web_address() else { return };
    text.push(&format!(" {} ", terms.available));
    text.link(&url);
    if let Some(accessed) = work.accessed.as_ref().filter(|_| work.doi.is_none()) {
        text.push(&format!(" {}", terms.accessed.replace("{date}", &whole_day(accessed, terms))));
    }
    text.push(".");
}

fn whole_day(when: &When, terms: &Terms) -> String {
    let year = terms.year(when).unwrap_or_default();
    match terms.british_day(when) {
        Some(day) if matches!(terms.language.as_str(), "es" | "pt") => format!("{day} de {year}"),
        Some(day) => format!("{day} {year}"),
        None => year,
    }
}
