//! A BibTeX or BibLaTeX entry as a work.
//!
//! Owns what its type and fields mean (the BibLaTeX manual, sections 2.1 and 2.2, and what reference managers make of them). The
//! file's syntax is `document::bibtex`'s, TeX in fields `tex`'s.

use biblatex::{Chunk, ChunksExt, Entry, EntryType, Person};

use super::words::{EMPHASIS, KEPT};
use super::{Container, Event, Kind, Name, Role, State, When, Words, Work, names};

/// The work.
///
/// # Errors
/// Where a title is missing, or a date is none.
pub fn work(entry: &Entry) -> Result<Work, String> {
    let fields = Fields(entry);
    let title = fields.words("title").ok_or("`title` is missing")?;
    let title = match fields.words("subtitle") {
        Some(subtitle) => title.with_subtitle(&subtitle),
        None => title,
    };
    let (date, state) = fields.date()?;
    let kind = fields.kind();
    let mut work = Work { kind, title, date, state, ..Work::default() };
    (work.authors, work.and_others) = fields.names("author");
    if work.authors.is_empty() {
        (work.authors, work.and_others) = fields.names("director");
        work.role = Some(Role::Director).filter(|_| !work.authors.is_empty());
    }
    if fields.text("authortype").is_some_and(|kind| kind.eq_ignore_ascii_case("host")) {
        work.role = Some(Role::Host);
    }
    if let (Some(short), [only]) = (fields.text("shortauthor"), &mut work.authors[..]) {
        only.short = Some(short).filter(|_| only.is_whole());
    }
    (work.editors, _) = fields.names("editor");
    (work.translators, _) = fields.names("translator");
    work.original = fields.text("origdate").or_else(|| fields.text("origyear")).and_then(|text| When::read(&text));
    let container = ["journaltitle", "journal", "booktitle", "maintitle"].iter().find_map(|name| fields.words(name));
    work.container = container.map(|title| Container { title, short: fields.text("shortjournal") });
    if kind == Kind::Presentation {
        let title = fields.words("eventtitle").or_else(|| work.container.take().map(|container| container.title));
        let place = fields.text("venue").or_else(|| fields.text("location")).or_else(|| fields.text("address"));
        work.event = title.map(|title| Event { title, place: place.unwrap_or_default() });
    }
    work.edition = fields.text("edition");
    work.volume = fields.text("volume");
    work.pages = fields.text("pages");
    work.article_number = fields.text("eid");
    let number = fields.text("number").or_else(|| fields.text("issue"));
    match kind.in_periodical() || kind == Kind::Audio {
        true => work.issue = number,
        false => work.number = number,
    }
    work.genre = fields.text("type").and_then(|kind| genre(&kind)).or_else(|| fields.own_genre());
    work.version = fields.text("version");
    let school = ["school", "institution", "organization"].iter().find_map(|name| fields.text(name));
    let publisher = fields.text("publisher");
    match kind {
        // A thesis's publisher is where it's kept, and its university the one that stands behind it.
        Kind::Thesis => {
            (work.publisher, work.archive) = match school {
                Some(school) => (Some(school), publisher),
                None => (publisher, None),
            }
        }
        _ => work.publisher = publisher.or(school),
    }
    work.place = fields.text("location").or_else(|| fields.text("address"));
    work.doi = fields.text("doi");
    work.url = fields.text("url").or_else(|| fields.text("howpublished").filter(|text| text.contains("://")));
    if kind == Kind::Preprint {
        let repository = work.publisher.take().or_else(|| fields.text("eprinttype"));
        let named = repository.map(|title| Container { title: Words::chosen(&title), short: None });
        work.container = work.container.or(named);
    }
    work.accessed = fields.text("urldate").or_else(|| fields.accessed()).and_then(|text| When::read(&text));
    work.language = fields.text("langid").or_else(|| fields.text("language")).map(|name| tag(&name));
    Ok(work.finished())
}

/// `type` as readers know it; the names of BibLaTeX's own strings are written out.
fn genre(kind: &str) -> Option<String> {
    let kind = kind.trim();
    Some(match kind.to_lowercase().as_str() {
        "" | "techreport" => return None,
        "phdthesis" => "Doctoral dissertation".to_string(),
        "mathesis" | "mastersthesis" => "Master’s thesis".to_string(),
        _ => kind.to_string(),
    })
}

/// The tag of a language by its name in BibLaTeX: `ngerman`.
fn tag(name: &str) -> String {
    let name = name.to_lowercase();
    let known = [
        ("english", "en"),
        ("american", "en"),
        ("british", "en"),
        ("german", "de"),
        ("ngerman", "de"),
        ("austrian", "de"),
        ("spanish", "es"),
        ("french", "fr"),
        ("italian", "it"),
        ("dutch", "nl"),
        ("portuguese", "pt"),
        ("brazilian", "pt"),
        ("arabic", "ar"),
    ];
    known.iter().find(|(known, _)| *known == name).map_or(name.clone(), |(_, tag)| (*tag).to_string())
}

struct Fields<'a>(&'a Entry);

impl Fields<'_> {
    /// A field as plain text, without the braces that protect capitals.
    fn text(&self, name: &str) -> Option<String> {
        let text = self.0.get(name)?.format_verbatim();
        let text: String = text.chars().filter(|letter| *letter != EMPHASIS.0 && *letter != EMPHASIS.1).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(text).filter(|text| !text.is_empty())
    }

    /// A field as words whose capitals are kept between braces.
    fn words(&self, name: &str) -> Option<Words> {
        let mut text = String::new();
        for chunk in self.0.get(name)? {
            match &chunk.v {
                Chunk::Normal(words) | Chunk::Math(words) => text.push_str(words),
                Chunk::Verbatim(words) => {
                    text.push(KEPT.0);
                    text.push_str(words);
                    text.push(KEPT.1);
                }
            }
        }
        // A journal's capitals are its own.
        let words = match name {
            "journal" | "journaltitle" | "eventtitle" => Words::chosen(&text),
            _ => Words::loose(&text),
        };
        Some(words).filter(|words| !words.is_empty())
    }

    /// Names, and whether there are more than are given.
    fn names(&self, name: &str) -> (Vec<Name>, bool) {
        let Some(chunks) = self.0.get(name) else { return (Vec::new(), false) };
        let people: Vec<Person> = chunks.parse().unwrap_or_default();
        let mut others = false;
        let mut all = Vec::new();
        for person in people {
            if person.given_name.is_empty() && names::stands_for_others(&person.name) {
                others = true;
            } else {
                all.push(Name::of(&person.name, &person.given_name, &person.prefix, &person.suffix));
            }
        }
        (names::joined(all), others)
    }

    /// When it came out, and whether it did.
    fn date(&self) -> Result<(When, Option<State>), String> {
        let state = self.text("pubstate").and_then(|state| state_of(&state));
        let Some(text) = self.text("date").or_else(|| self.text("year")) else { return Ok((When::default(), state)) };
        if let Some(state) = state_of(&text) {
            return Ok((When::default(), Some(state)));
        }
        if matches!(text.to_lowercase().as_str(), "n.d." | "nd" | "no date" | "o. j." | "o.j." | "s. f." | "s.f.") {
            return Ok((When::default(), state));
        }
        let mut when =
            When::read(&text).ok_or_else(|| format!("`{text}` isn't a date; write 2014, 2014-05 or 2014-05-30"))?;
        if when.month.is_none() {
            when.month = self.text("month").and_then(|month| month_of(&month));
            when.day = self.text("day").and_then(|day| day.parse().ok()).filter(|_| when.month.is_some());
        }
        Ok((when, state))
    }

    /// `Accessed: 2024-03-14` in a note.
    fn accessed(&self) -> Option<String> {
        let note = self.text("note")?;
        let rest = note.strip_prefix("Accessed").or_else(|| note.strip_prefix("accessed"))?;
        Some(rest.trim_start_matches([':', ' ']).trim_start_matches("on ").to_string())
    }

    fn own_genre(&self) -> Option<String> {
        Some(
            match self.name().as_str() {
                "phdthesis" => "Doctoral dissertation",
                "mastersthesis" => "Master’s thesis",
                "movie" => "Film",
                _ => return None,
            }
            .to_string(),
        )
    }

    fn name(&self) -> String {
        match &self.0.entry_type {
            EntryType::Unknown(name) => name.to_lowercase(),
            known => known.to_string().to_lowercase(),
        }
    }

    fn kind(&self) -> Kind {
        let subtype = self.text("entrysubtype").unwrap_or_default().to_lowercase();
        let genre = self.text("type").unwrap_or_default().to_lowercase();
        let presented = self.0.get("eventtitle").is_some() && self.0.get("booktitle").is_none();
        match self.name().as_str() {
            "article" | "suppperiodical" if subtype == "newspaper" => Kind::Newspaper,
            "article" | "suppperiodical" if subtype == "magazine" => Kind::Magazine,
            "article"
                if self.0.get("journal").or_else(|| self.0.get("journaltitle")).is_none()
                    && self.0.get("eprint").is_some() =>
            {
                Kind::Preprint
            }
            "article" | "suppperiodical" | "review" => Kind::Article,
            "unpublished" | "misc" | "online" if genre.contains("preprint") => Kind::Preprint,
            "unpublished" | "misc" | "inproceedings" | "conference"
                if presented || genre.contains("poster") || genre.contains("presentation") =>
            {
                Kind::Presentation
            }
            "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "booklet"
            | "manual" | "reference" | "mvreference" => Kind::Book,
            "inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection" | "inproceedings"
            | "conference" => Kind::Chapter,
            "inreference" => Kind::Entry,
            "thesis" | "phdthesis" | "mastersthesis" | "masterthesis" | "bachelorthesis" => Kind::Thesis,
            "report" | "techreport" => Kind::Report,
            "online" | "electronic" | "www" => Kind::Web,
            "misc"
                if self.0.get("url").is_some()
                    || self.text("howpublished").is_some_and(|text| text.contains("://")) =>
            {
                Kind::Web
            }
            "dataset" => Kind::Dataset,
            "software" => Kind::Software,
            "audio" | "podcast" | "music" => Kind::Audio,
            "movie" => Kind::Film,
            "video" if genre.contains("film") => Kind::Film,
            "video" => Kind::Video,
            _ => Kind::Other,
        }
    }
}

/// `in press`, `forthcoming`, `Advance online publication`.
pub(super) fn state_of(text: &str) -> Option<State> {
    match text.trim().trim_end_matches('.').to_lowercase().as_str() {
        "in press" | "inpress" | "forthcoming" | "im druck" | "en prensa" | "im erscheinen" => Some(State::InPress),
        "advance online publication" | "epub ahead of print" | "prepublished" | "online first" | "ahead of print" => {
            Some(State::Ahead)
        }
        _ => None,
    }
}

fn month_of(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.to_lowercase();
    let named = MONTHS.iter().position(|month| text.starts_with(month)).and_then(|index| u8::try_from(index + 1).ok());
    text.parse().ok().filter(|month| (1..=12).contains(month)).or(named)
}
