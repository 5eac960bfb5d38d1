//! A work as an entry of references.yaml.
//!
//! Owns that what is written reads back to a work that every style writes alike.

use super::words::{Case, EMPHASIS, KEPT};
use super::{Kind, Name, Role, State, When, Words, Work};
use crate::yaml::scalar;

/// The entry, with its key.
pub fn entry(key: &str, work: &Work) -> String {
    let mut out = format!("{}:\n", scalar(key));
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("  {name}: {value}\n"));
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(scalar);
    line("type", Some(own_type(work.kind).to_string()));
    line("title", Some(scalar(&title(&work.title, work))));
    let named = |people: &[Name], others: bool| {
        let all: Vec<String> = people.iter().map(name).chain(others.then(|| "others".to_string())).collect();
        (!all.is_empty()).then(|| format!("[{}]", all.join(", ")))
    };
    let whole = matches!(work.kind, Kind::Chapter | Kind::Entry) && work.container.is_some();
    match work.role {
        Some(role) => line("affiliated", named(&work.authors, false).map(|all| affiliated(role, &all))),
        None => line("author", named(&work.authors, work.and_others)),
    }
    line("editor", named(&work.editors, false).filter(|_| !whole));
    line("translator", named(&work.translators, false));
    line("date", day(&work.date));
    line(
        "note",
        match work.state {
            Some(State::InPress) => Some("in press".to_string()),
            Some(State::Ahead) => Some("Advance online publication".to_string()),
            None => None,
        },
    );
    let genre = work.genre.clone().or_else(|| match work.kind {
        Kind::Film => Some("Film".to_string()),
        Kind::Software => Some("Software".to_string()),
        _ => None,
    });
    line("genre", text(&genre));
    line("page-range", text(&work.pages).map(quoted_number));
    let edition = if matches!(work.kind, Kind::Dataset | Kind::Software) { &work.version } else { &work.edition };
    line("edition", text(edition).filter(|_| !whole));
    line("volume", text(&work.volume).filter(|_| !work.kind.in_periodical() && !whole));
    line("issue", text(&work.issue).filter(|_| !work.kind.in_periodical()));
    match work.kind {
        Kind::Thesis => {
            line("organization", text(&work.publisher));
            line("location", text(&work.place));
        }
        _ if whole => {}
        _ => line("publisher", publisher(work)),
    }
    line("archive", text(&work.archive));
    line("serial-number", numbers(work));
    // A day of looking at it belongs to an address: the DOI's where there's no other.
    let accessed = day_of(work.accessed.as_ref());
    let url = work.url.clone().or_else(|| work.web_address().filter(|_| accessed.is_some()));
    line(
        "url",
        match (&url, accessed) {
            (Some(url), Some(date)) => Some(format!("{{ value: {}, date: {date} }}", scalar_in_braces(url))),
            (Some(url), None) => Some(scalar(url)),
            (None, _) => None,
        },
    );
    line("language", text(&work.language));
    let parents = parents(work, whole, &named);
    match parents.as_slice() {
        [] => {}
        [one] => out.push_str(&format!("  parent: {one}\n")),
        several => {
            out.push_str("  parent:\n");
            several.iter().for_each(|parent| out.push_str(&format!("    - {parent}\n")));
        }
    }
    out
}

fn parents(work: &Work, whole: bool, named: &dyn Fn(&[Name], bool) -> Option<String>) -> Vec<String> {
    let mut all = Vec::new();
    let mut parent = |kind: &str, fields: Vec<(&str, Option<String>)>| {
        let fields = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?)));
        let fields: Vec<String> = std::iter::once(format!("type: {kind}")).chain(fields).collect();
        all.push(format!("{{ {} }}", fields.join(", ")));
    };
    let text = |text: &Option<String>| text.as_deref().map(scalar_in_braces);
    if let Some(container) = &work.container {
        let written = match work.kind.in_periodical() {
            true => container.title.plain(),
            false => title(&container.title, work),
        };
        let title = match &container.short {
            Some(short) => {
                format!("{{ value: {}, short: {} }}", scalar_in_braces(&written), scalar_in_braces(short))
            }
            None => scalar_in_braces(&written),
        };
        let mut fields = vec![("title", Some(title))];
        match work.kind {
            Kind::Magazine => fields.push(("genre", Some("magazine".to_string()))),
            _ if whole => fields.push(("editor", named(&work.editors, false))),
            _ => {}
        }
        if whole {
            fields.push(("edition", text(&work.edition)));
            fields.push(("publisher", publisher(work)));
        }
        if work.kind.in_periodical() || whole {
            fields.push(("volume", text(&work.volume)));
        }
        if work.kind.in_periodical() {
            fields.push(("issue", text(&work.issue)));
        }
        parent(parent_type(work.kind), fields);
    }
    if let Some(event) = &work.event {
        let place = Some(event.place.clone()).filter(|place| !place.is_empty());
        parent("conference", vec![("title", Some(scalar_in_braces(&event.title.plain()))), ("location", text(&place))]);
    }
    if let Some(original) = &work.original {
        parent("original", vec![("date", day(original))]);
    }
    all
}

fn own_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Magazine | Kind::Newspaper | Kind::Preprint => "article",
        Kind::Book => "book",
        Kind::Chapter => "chapter",
        Kind::Entry => "entry",
        Kind::Thesis => "thesis",
        Kind::Report => "report",
        Kind::Web => "web",
        Kind::Dataset | Kind::Software => "repository",
        Kind::Audio => "audio",
        Kind::Film | Kind::Video => "video",
        Kind::Presentation | Kind::Other => "misc",
    }
}

fn parent_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Newspaper => "newspaper",
        Kind::Preprint => "repository",
        Kind::Chapter => "book",
        Kind::Entry => "reference",
        Kind::Audio => "audio",
        _ => "periodical",
    }
}

/// A title whose capitals are those of a sentence, with braces where they would be lost otherwise.
fn title(title: &Words, work: &Work) -> String {
    let people = work.authors.iter().chain(&work.editors).filter(|name| !name.is_whole());
    let names: Vec<&str> = people.flat_map(|name| name.family.split(' ')).collect();
    let language = work.language.as_deref().unwrap_or("en");
    let marks = |text: &str| text.replace([EMPHASIS.0, EMPHASIS.1], "_");
    let plain = title.cased(Case::Sentence, &names, language);
    let same = |case: Case| Words::chosen(&plain).cased(case, &names, language) == title.cased(case, &names, language);
    if same(Case::Sentence) && same(Case::LowAfterColon) && same(Case::Title) {
        return marks(&plain);
    }
    marks(&title.with_marks(&names, language).replace(KEPT.0, "{").replace(KEPT.1, "}"))
}

/// A name in one line, or in its parts where a line would be read as something else.
fn name(name: &Name) -> String {
    let line = match (&name.given, &name.suffix) {
        (None, _) => name.family.clone(),
        (Some(given), None) => format!("{}, {given}", name.family),
        (Some(given), Some(suffix)) => format!("{}, {suffix}, {given}", name.family),
    };
    if name.short.is_none() && super::names::read(&line) == *name {
        return scalar_in_braces(&line);
    }
    let parts = [
        Some(("name", &name.family)),
        name.given.as_ref().map(|given| ("given-name", given)),
        name.suffix.as_ref().map(|suffix| ("suffix", suffix)),
        name.short.as_ref().map(|short| ("alias", short)),
    ];
    let parts: Vec<String> =
        parts.into_iter().flatten().map(|(part, text)| format!("{part}: {}", scalar_in_braces(text))).collect();
    format!("{{ {} }}", parts.join(", "))
}

fn affiliated(role: Role, names: &str) -> String {
    let role = match role {
        Role::Director => "director",
        Role::Host => "host",
    };
    format!("[{{ role: {role}, names: {names} }}]")
}

fn publisher(work: &Work) -> Option<String> {
    match (&work.publisher, &work.place) {
        (Some(name), Some(place)) => {
            Some(format!("{{ name: {}, location: {} }}", scalar_in_braces(name), scalar_in_braces(place)))
        }
        (Some(name), None) => Some(scalar_in_braces(name)),
        (None, Some(place)) => Some(format!("{{ location: {} }}", scalar_in_braces(place))),
        (None, None) => None,
    }
}

fn numbers(work: &Work) -> Option<String> {
    let serial = if work.kind.in_periodical() { &work.article_number } else { &work.number };
    let doi = work.doi.as_ref().map(|doi| format!("doi: {}", scalar_in_braces(doi)));
    let serial = serial.as_ref().map(|serial| format!("serial: {}", quoted_number(scalar_in_braces(serial))));
    let all: Vec<String> = doi.into_iter().chain(serial).collect();
    (!all.is_empty()).then(|| format!("{{ {} }}", all.join(", ")))
}

/// A number that YAML would read as another one: `1_000`, `1e3`, `0x1f`.
fn quoted_number(text: String) -> String {
    let is_plain = text.chars().all(|c| c.is_ascii_digit()) && !text.starts_with('0') || text.starts_with(['"', '\'']);
    if is_plain { text } else { serde_json::Value::from(text).to_string() }
}

/// A text inside `{ }`, where a comma or a bracket would end it.
fn scalar_in_braces(text: &str) -> String {
    let plain = scalar(text);
    let is_safe = plain.starts_with('"')
        || !plain.contains([',', ':', '#', '[', ']', '{', '}', '&', '*', '?', '|', '-', '>', '%', '@', '`', '!']);
    if is_safe { plain } else { serde_json::Value::from(text).to_string() }
}

fn day(when: &When) -> Option<String> {
    let year = when.year?;
    let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
    let mut text = year.clone();
    if let Some(month) = when.month {
        text.push_str(&format!("-{month:02}"));
        text.push_str(&when.day.map_or_else(String::new, |day| format!("-{day:02}")));
    }
    if let Some((month, day)) = when.until {
        text.push_str(&format!("/{year}-{month:02}-{day:02}"));
    }
    Some(if when.circa { format!("\"~{text}\"") } else { text })
}

fn day_of(when: Option<&When>) -> Option<String> {
    when.and_then(day)
}
