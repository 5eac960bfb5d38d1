//! The Vancouver style.
//!
//! Owns how an entry of its numbered list is written, after the National Library of Medicine: “Samples of Formatted References for
//! Authors of Journal Articles” (of the International Committee of Medical Journal Editors) and “Citing Medicine”, 2nd edition.

use super::markup::Text;
use super::terms::Terms;
use crate::document::works::words::Case;
use crate::document::works::{Kind, Name, Role, State, When, Work};

/// How many names a list gives.
const NAMED: usize = 6;

/// The entry, without its number.
pub(super) fn entry(work: &Work, terms: &Terms) -> Text {
    let mut text = Text::default();
    makers(&mut text, work, terms);
    text.title(&cased(work, terms), false);
    match work.kind {
        kind if kind.in_periodical() || kind == Kind::Preprint => periodical(&mut text, work, terms),
        Kind::Presentation => presentation(&mut text, work, terms),
        Kind::Chapter | Kind::Entry if work.container.is_some() => chapter(&mut text, work, terms),
        _ => alone(&mut text, work, terms),
    }
    text
}

/// `Rogers CR`, `Costa PT Jr`, `Gilstrap LC 3rd`.
fn inverted(name: &Name) -> String {
    let initials = name.initials("", "", false);
    let suffix = name.suffix.as_deref().map(|suffix| match suffix.trim_end_matches('.') {
        "II" => "2nd",
        "III" => "3rd",
        "IV" => "4th",
        other => other,
    });
    let initials = Some(initials.as_str()).filter(|initials| !initials.is_empty());
    [Some(name.family.as_str()), initials, suffix].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn list(names: &[Name], others: bool) -> String {
    let written: Vec<String> = names.iter().take(NAMED).map(inverted).collect();
    let more = if names.len() > NAMED || others { ", et al." } else { "" };
    format!("{}{more}", written.join(", "))
}

fn makers(text: &mut Text, work: &Work, terms: &Terms) {
    if work.makers().is_empty() {
        return;
    }
    text.push(&list(work.makers(), work.and_others));
    if work.role == Some(Role::Director) {
        text.push(&format!(", {}", terms.director.1));
    } else if work.authors.is_empty() {
        text.push(&format!(", {}", editors(work.makers().len(), terms)));
    }
    text.stop(false);
    text.push(" ");
}

fn editors(count: usize, terms: &Terms) -> &str {
    if count == 1 { &terms.editor_word.0 } else { &terms.editor_word.1 }
}

fn cased(work: &Work, terms: &Terms) -> String {
    let names = super::names_in(work);
    let language = work.language.as_deref().unwrap_or(&terms.language);
    // Titles stand upright: italics inside them, too.
    work.title.cased(Case::LowAfterColon, &names, language)
}

/// Whether it's found by an address that isn't a DOI's, or by one that was looked at.
fn on_the_web(work: &Work) -> Option<String> {
    work.web_address().filter(|_| work.doi.is_none())
}

/// `2019 Sep 9`, with what stands for a date where there is none.
fn date(work: &Work, terms: &Terms, whole: bool) -> String {
    match (terms.year(&work.date), terms.short_day(&work.date).filter(|_| whole)) {
        (Some(year), Some(day)) => format!("{year} {day}"),
        (Some(year), None) => year,
        (None, _) => format!("[{}]", terms.date_unknown),
    }
}

/// ` [cited 2024 Mar 14]`.
fn cited(work: &Work, terms: &Terms) -> String {
    let Some(accessed) = &work.accessed else { return String::new() };
    format!(" [{}]", terms.cited.replace("{date}", &day_of(accessed, terms)))
}

fn day_of(when: &When, terms: &Terms) -> String {
    let year = terms.year(when).unwrap_or_default();
    match (terms.short_day(when), terms.language.as_str()) {
        (Some(day), "en") => format!("{year} {day}"),
        (Some(day), "es" | "pt") => format!("{day} de {year}"),
        (Some(day), _) => format!("{day} {year}"),
        (None, _) => year,
    }
}

/// Pages whose last number gives only the digits that differ: `95-103`, `508-19`.
fn short_pages(pages: &str) -> String {
    let shortened = |part: &str| match part.split_once('-') {
        Some((from, to))
            if !to.is_empty()
                && from.len() == to.len()
                && from.chars().chain(to.chars()).all(|c| c.is_ascii_digit()) =>
        {
            let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
            format!("{from}-{}", &to[same.min(to.len() - 1)..])
        }
        _ => part.to_string(),
    };
    pages.split(", ").map(shortened).collect::<Vec<_>>().join(", ")
}

/// The pages of a newspaper: `Sect. A:1, 4`.
fn section_and_pages(pages: &str) -> String {
    let section = pages.chars().next().filter(char::is_ascii_uppercase);
    let Some(section) = section.filter(|section| pages.split(", ").all(|page| page.starts_with(*section))) else {
        return format!(":{}", short_pages(pages));
    };
    let numbers: Vec<&str> = pages.split(", ").map(|page| page.trim_start_matches(section)).collect();
    format!("Sect. {section}:{}", numbers.join(", "))
}

fn periodical(text: &mut Text, work: &Work, terms: &Terms) {
    text.stop(false);
    let url = on_the_web(work);
    if let Some(journal) = &work.container {
        let name = journal.short.clone().unwrap_or_else(|| journal.title.plain());
        text.push(&format!(" {name}"));
    }
    if work.kind == Kind::Preprint {
        text.push(" [Preprint]");
    } else if url.is_some() {
        text.push(&format!(" [{}]", terms.internet));
    }
    text.stop(false);
    if work.state == Some(State::InPress) && !work.date.is_known() {
        text.push(&format!(" {}.", terms.forthcoming));
        return;
    }
    let by_day = matches!(work.kind, Kind::Magazine | Kind::Newspaper);
    text.push(&format!(" {}", date(work, terms, by_day)));
    if url.is_some() || work.kind == Kind::Preprint {
        text.push(&cited(work, terms));
    }
    let issue = work.issue.as_ref().map(|issue| format!("({issue})")).unwrap_or_default();
    let number = format!("{}{issue}", work.volume.as_deref().unwrap_or_default());
    let pages = match (&work.article_number, &work.pages) {
        (Some(number), _) => format!(":{number}"),
        (None, Some(pages)) if work.kind == Kind::Newspaper => section_and_pages(pages),
        (None, Some(pages)) => format!(":{}", short_pages(pages)),
        (None, None) => String::new(),
    };
    if !number.is_empty() || !pages.is_empty() {
        // Without a volume the pages follow the date at once (Citing Medicine, chapter 1).
        let joint = if number.is_empty() && pages.starts_with(':') { "" } else { ";" };
        text.push(&format!("{joint}{number}{pages}"));
    }
    text.stop(false);
    address(text, work, terms);
    if work.state == Some(State::Ahead) {
        text.push(&format!(" {}.", terms.ahead_word));
    }
}

fn chapter(text: &mut Text, work: &Work, terms: &Terms) {
    let Some(container) = &work.container else { return };
    text.stop(false);
    text.push(&format!(" {}: ", terms.within));
    if !work.editors.is_empty() {
        let both = work.translators == work.editors;
        let and = if both { format!(", {}", terms.translator_word) } else { String::new() };
        text.push(&format!("{}, {}{and}. ", list(&work.editors, false), editors(work.editors.len(), terms)));
    }
    let names = super::names_in(work);
    let language = work.language.as_deref().unwrap_or(&terms.language);
    text.title(&container.title.cased(Case::LowAfterColon, &names, language), false);
    if on_the_web(work).is_some() {
        text.push(&format!(" [{}]", terms.internet));
    }
    text.stop(false);
    details(text, work, terms);
    published(text, work, terms);
    if let Some(pages) = &work.pages {
        text.push(&format!(" p. {}.", short_pages(pages)));
    }
    address(text, work, terms);
}

fn presentation(text: &mut Text, work: &Work, terms: &Terms) {
    if on_the_web(work).is_some() {
        text.push(&format!(" [{}]", terms.internet));
    }
    text.stop(false);
    if let Some(event) = &work.event {
        let poster = work.genre.as_ref().is_some_and(|genre| genre.to_lowercase().contains("poster"));
        let word = if poster { &terms.poster_at } else { &terms.presented_at };
        let parts = [event.title.plain(), date(work, terms, true), event.place.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        text.push(&format!(" {word} {}", parts.join("; ")));
    }
    if on_the_web(work).is_some() {
        text.push(&cited(work, terms));
    }
    text.stop(false);
    address(text, work, terms);
}

/// What a work is, between brackets behind its title.
fn medium(work: &Work, terms: &Terms) -> Option<String> {
    let what = match work.kind {
        Kind::Thesis => {
            let genre = work.genre.as_deref().unwrap_or_default().to_lowercase();
            Some(if genre.contains("master") { "master’s thesis" } else { "dissertation" })
        }
        Kind::Dataset => Some("dataset"),
        Kind::Software => Some("computer program"),
        Kind::Audio => Some("podcast"),
        Kind::Film => Some("film"),
        Kind::Video => Some("video"),
        _ => None,
    };
    match (what, on_the_web(work).is_some()) {
        (Some(what), true) => Some(format!("{what} on the {}", terms.internet)),
        (Some(what), false) => Some(what.to_string()),
        (None, true) => Some(terms.internet.clone()),
        (None, false) => None,
    }
}

fn alone(text: &mut Text, work: &Work, terms: &Terms) {
    if let Some(medium) = medium(work, terms) {
        text.push(&format!(" [{medium}]"));
    }
    text.stop(false);
    if let (Kind::Audio, Some(container)) = (work.kind, &work.container) {
        text.push(&format!(" {}", container.title.plain()));
        text.stop(false);
    }
    details(text, work, terms);
    published(text, work, terms);
    if let (Kind::Report, Some(number)) = (work.kind, &work.number) {
        let word = work.genre.clone().unwrap_or_else(|| "Report No.".to_string());
        text.push(&format!(" {word}: {number}."));
    }
    address(text, work, terms);
}

/// The edition, who edited and translated it, the volume: each a sentence.
fn details(text: &mut Text, work: &Work, terms: &Terms) {
    let of_whole = matches!(work.kind, Kind::Chapter | Kind::Entry);
    let edition = work.edition.as_ref().map(|edition| terms.edition(edition));
    let version = work.version.as_ref().map(|version| terms.version(version));
    let both = work.translators == work.editors;
    let edited = !work.editors.is_empty() && !work.authors.is_empty() && !of_whole;
    let edited = edited.then(|| {
        let and = if both { format!(", {}", terms.translator_word) } else { String::new() };
        format!("{}, {}{and}", list(&work.editors, false), editors(work.editors.len(), terms))
    });
    let translated = !work.translators.is_empty() && !both;
    let translated = translated.then(|| format!("{}, {}", list(&work.translators, false), terms.translator_word));
    let volume = work.volume.as_ref().filter(|_| work.kind != Kind::Audio).map(|volume| terms.volume(volume));
    for detail in edition.into_iter().chain(version).chain(edited).chain(translated).chain(volume) {
        text.push(&format!(" {detail}"));
        text.stop(false);
    }
}

/// `New York: Viking; 2014.`
fn published(text: &mut Text, work: &Work, terms: &Terms) {
    let by_day = matches!(work.kind, Kind::Web | Kind::Audio | Kind::Video);
    let publisher = match (&work.place, &work.publisher) {
        (Some(place), Some(publisher)) => format!("{place}: {publisher}; "),
        (Some(name), None) | (None, Some(name)) => format!("{name}; "),
        (None, None) => String::new(),
    };
    let cited = if on_the_web(work).is_some() { cited(work, terms) } else { String::new() };
    text.push(&format!(" {publisher}{}{cited}.", date(work, terms, by_day)));
}

/// A DOI, with a full stop behind it; an address has one only where it ends in a slash (Citing Medicine, chapter 22).
fn address(text: &mut Text, work: &Work, terms: &Terms) {
    if let Some(doi) = work.doi.as_ref().filter(|_| work.kind != Kind::Preprint) {
        text.push(" doi: ");
        text.link_as(doi, &format!("https://doi.org/{doi}"));
        text.push(".");
    } else if let Some(url) = work.web_address() {
        text.push(&format!(" {} ", terms.available_from));
        text.link(&url);
        text.push(if url.ends_with('/') { "." } else { "" });
    }
}
