//! Works as CSL-JSON has them, which reference managers export and registries of DOIs answer with.
//!
//! Owns what its types and fields mean (the CSL 1.0.2 specification, appendices III and IV, and its JSON schema).

use serde_json::Value;

use super::bibtex::state_of;
use super::{Container, Event, Kind, Name, Read, Role, When, Words, Work};

/// The works in a text, each with its key where it has one.
///
/// # Errors
/// Where the text isn't CSL-JSON.
pub fn read(text: &str) -> Result<Vec<Read>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it isn't JSON: {error}"))?;
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut map) => match map.remove("items") {
            Some(Value::Array(items)) => items,
            _ => vec![Value::Object(map)],
        },
        _ => return Err("it holds no works".to_string()),
    };
    let key = |item: &Value| text_of(item, "citation-key").or_else(|| text_of(item, "id")).unwrap_or_default();
    Ok(items.iter().map(|item| (key(item), work(item))).collect())
}

fn work(item: &Value) -> Result<Work, String> {
    let text = |name: &str| text_of(item, name);
    let title = text("title").ok_or("`title` is missing")?;
    let genre = text("genre").filter(|genre| !genre.is_empty());
    let container = text("container-title");
    let kind = kind(&text("type").unwrap_or_default(), genre.as_deref(), container.is_some());
    let mut work = Work { kind, title: Words::chosen(&marked(&title)), genre, ..Work::default() };
    (work.authors, work.and_others) = people(item, "author");
    if work.authors.is_empty() {
        for (field, role) in [("director", Role::Director), ("host", Role::Host)] {
            let (people, _) = people(item, field);
            if !people.is_empty() && work.authors.is_empty() {
                (work.authors, work.role) = (people, Some(role));
            }
        }
    }
    (work.editors, _) = people(item, "editor");
    (work.translators, _) = people(item, "translator");
    let issued = item.get("issued");
    work.date = issued.and_then(day).unwrap_or_default();
    let literal = issued.and_then(|issued| text_of(issued, "literal").or_else(|| text_of(issued, "raw")));
    work.state = text("status").or(literal).and_then(|words| state_of(&words));
    work.original = item.get("original-date").and_then(day);
    work.accessed = item.get("accessed").and_then(day);
    let short = text("container-title-short").or_else(|| text("journalAbbreviation"));
    work.container = container.map(|title| Container { title: Words::chosen(&marked(&title)), short });
    if kind == Kind::Presentation {
        let event = text("event-title").or_else(|| text("event"));
        work.event = event.map(|title| Event {
            title: Words::chosen(&title),
            place: text("event-place").or_else(|| text("publisher-place")).unwrap_or_default(),
        });
    }
    work.volume = text("volume");
    work.issue = text("issue");
    work.pages = text("page");
    work.article_number = text("article-number").filter(|_| kind.in_periodical());
    work.number = text("number").filter(|_| !kind.in_periodical());
    work.edition = text("edition");
    work.publisher = text("publisher").filter(|_| !kind.in_periodical());
    work.place = text("publisher-place").filter(|_| !kind.in_periodical());
    work.archive = text("archive");
    work.version = text("version");
    work.doi = text("DOI");
    work.url = text("URL");
    work.language = text("language").map(|tag| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase());
    if kind == Kind::Preprint && work.container.is_none() {
        let repository = work.publisher.take();
        work.container = repository.map(|title| Container { title: Words::chosen(&title), short: None });
    }
    Ok(work.finished())
}

fn kind(name: &str, genre: Option<&str>, has_container: bool) -> Kind {
    let genre = genre.unwrap_or_default().to_lowercase();
    match name {
        "article-journal" | "review" | "journal-article" => Kind::Article,
        "article-magazine" => Kind::Magazine,
        "article-newspaper" => Kind::Newspaper,
        "article" | "posted-content" => Kind::Preprint,
        "book" | "monograph" | "edited-book" | "reference-book" | "collection" | "classic" => Kind::Book,
        "chapter" | "book-chapter" => Kind::Chapter,
        "paper-conference" | "proceedings-article" if has_container => Kind::Chapter,
        "paper-conference" | "speech" => Kind::Presentation,
        "entry" | "entry-dictionary" | "entry-encyclopedia" => Kind::Entry,
        "thesis" | "dissertation" => Kind::Thesis,
        "report" | "standard" => Kind::Report,
        "webpage" | "post" | "post-weblog" => Kind::Web,
        "dataset" => Kind::Dataset,
        "software" => Kind::Software,
        "song" | "broadcast" | "podcast" => Kind::Audio,
        "motion_picture" if genre.contains("video") => Kind::Video,
        "motion_picture" => Kind::Film,
        _ => Kind::Other,
    }
}

/// A field's text; of several the first, as registries write it.
fn text_of(item: &Value, name: &str) -> Option<String> {
    let text = match item.get(name)? {
        Value::String(text) => text.trim().to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => return all.first().and_then(|first| first.as_str()).map(|text| text.trim().to_string()),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Titles in CSL-JSON hold a little HTML: `<i>Hypericum</i>`, `<span class="nocase">PACE</span>`.
fn marked(title: &str) -> String {
    use super::words::{EMPHASIS, KEPT};
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, after)) = tag.split_once('>') else {
            out.push('<');
            rest = tag;
            continue;
        };
        match tag {
            "i" | "em" => out.push(EMPHASIS.0),
            "/i" | "/em" => out.push(EMPHASIS.1),
            "/span" => out.push(KEPT.1),
            tag if tag.starts_with("span") => out.push(KEPT.0),
            "b" | "/b" | "sub" | "/sub" | "sup" | "/sup" | "sc" | "/sc" => {}
            other => out.push_str(&format!("<{other}>")),
        }
        rest = after;
    }
    out.push_str(rest);
    out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

fn people(item: &Value, field: &str) -> (Vec<Name>, bool) {
    let mut others = false;
    let mut all = Vec::new();
    for person in item.get(field).and_then(Value::as_array).into_iter().flatten() {
        let part = |name: &str| text_of(person, name).unwrap_or_default();
        let name = match (text_of(person, "literal").or_else(|| text_of(person, "name")), part("family").is_empty()) {
            (Some(whole), _) => Name::whole(&whole),
            (None, true) => continue,
            (None, false) => {
                let particles = [part("dropping-particle"), part("non-dropping-particle")];
                let particles: Vec<String> = particles.into_iter().filter(|particle| !particle.is_empty()).collect();
                Name::of(&part("family"), &part("given"), &particles.join(" "), &part("suffix"))
            }
        };
        match name.is_whole() && super::names::stands_for_others(&name.family) {
            true => others = true,
            false => all.push(name),
        }
    }
    (all, others)
}

fn day(value: &Value) -> Option<When> {
    let parts = |index: usize| -> Option<Vec<i64>> {
        let parts = value.get("date-parts")?.get(index)?.as_array()?;
        // Some write numbers as texts.
        let number = |part: &Value| part.as_i64().or_else(|| part.as_str()?.parse().ok());
        Some(parts.iter().map_while(number).collect())
    };
    let circa = value.get("circa").is_some_and(|circa| circa.as_bool() != Some(false));
    let Some(first) = parts(0).filter(|parts| !parts.is_empty()) else {
        return text_of(value, "raw").or_else(|| text_of(value, "literal")).and_then(|text| When::read(&text));
    };
    let small = |part: Option<&i64>, most: i64| {
        part.filter(|part| (1..=most).contains(part)).and_then(|part| u8::try_from(*part).ok())
    };
    let year = first.first().and_then(|year| i32::try_from(*year).ok());
    let last = parts(1).unwrap_or_default();
    let until = small(last.get(1), 12).zip(small(last.get(2), 31)).filter(|_| last.first() == first.first());
    Some(When { year, month: small(first.get(1), 12), day: small(first.get(2), 31), until, circa })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_and_particles_are_whole() {
        let read = read(
            r#"[{"id": "a", "type": "report", "title": "T", "author": [{"literal": "World Health Organization"}], "issued": {"date-parts": [[2019, 5]]}},
                {"id": "b", "type": "book", "title": "The <i>body</i>", "author": [{"family": "Kolk", "given": "Bessel", "non-dropping-particle": "van der"}],
                 "issued": {"date-parts": [["2014"]]}},
                {"id": "c", "type": "article-journal", "title": "T", "author": [{"family": "Mental Health", "given": "National Institute of"}], "issued": {"literal": "in press"}},
                {"id": "d", "type": "book"}]"#,
        )
        .unwrap();
        let work = |index: usize| read[index].1.clone().unwrap();
        assert_eq!(work(0).authors[0], Name::whole("World Health Organization"));
        assert_eq!(work(0).date.month, Some(5));
        assert_eq!(work(1).authors[0].family, "van der Kolk");
        assert_eq!(work(1).date.year, Some(2014));
        assert_eq!(work(2).authors[0].family, "National Institute of Mental Health");
        assert_eq!(work(2).state, Some(super::super::State::InPress));
        assert!(read[3].1.is_err());
        assert!(super::read("[").is_err() && super::read("3").is_err());
    }
}
