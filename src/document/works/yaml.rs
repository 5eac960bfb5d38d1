//! An entry of references.yaml as a work.
//!
//! Owns what its fields mean: the format of the Hayagriva project, version 0.9 of its documentation, which reference tools write.

use super::bibtex::state_of;
use super::words::{EMPHASIS, KEPT};
use super::{Container, Event, Kind, Name, Role, When, Words, Work, names};
use crate::yaml::{Mapping, Value};

/// The types of the format, and the kinds that they are.
const TYPES: [(&str, Kind); 29] = [
    ("article", Kind::Article),
    ("chapter", Kind::Chapter),
    ("entry", Kind::Entry),
    ("anthos", Kind::Chapter),
    ("report", Kind::Report),
    ("thesis", Kind::Thesis),
    ("web", Kind::Web),
    ("scene", Kind::Other),
    ("artwork", Kind::Other),
    ("patent", Kind::Other),
    ("case", Kind::Other),
    ("newspaper", Kind::Newspaper),
    ("legislation", Kind::Other),
    ("manuscript", Kind::Other),
    ("original", Kind::Other),
    ("post", Kind::Web),
    ("misc", Kind::Other),
    ("performance", Kind::Other),
    ("periodical", Kind::Article),
    ("proceedings", Kind::Book),
    ("book", Kind::Book),
    ("blog", Kind::Web),
    ("reference", Kind::Book),
    ("conference", Kind::Presentation),
    ("anthology", Kind::Book),
    ("repository", Kind::Dataset),
    ("thread", Kind::Web),
    ("video", Kind::Video),
    ("audio", Kind::Audio),
];

/// The work.
///
/// # Errors
/// Where a type or a title is missing, or a field doesn't hold what it should.
pub fn work(value: &Value) -> Result<Work, String> {
    let Value::Mapping(map) = value else {
        return Err("its facts aren't indented below it, each with its name and a colon".to_string());
    };
    let fields = Fields(map);
    let name = fields.text("type")?.ok_or_else(|| format!("`type` is missing: write {}", some_types()))?.to_lowercase();
    let type_of = |name: &str| TYPES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let mut kind = type_of(&name).ok_or_else(|| format!("there's no type `{name}`: write {}", some_types()))?;
    let parents = fields.parents();
    let original = parents.iter().find(|parent| parent.is("original"));
    let whole = parents.iter().find(|parent| !parent.is("original"));
    let genre = fields.text("genre")?;
    if let Some(parent) = whole {
        let in_newspaper = parent.is("newspaper") || parent.genre().contains("newspaper");
        kind = match kind {
            _ if parent.is("conference") => Kind::Presentation,
            Kind::Article if in_newspaper => Kind::Newspaper,
            Kind::Article if parent.genre().contains("magazine") => Kind::Magazine,
            Kind::Article if parent.is("repository") => Kind::Preprint,
            Kind::Article if parent.is("proceedings") || parent.is("book") || parent.is("anthology") => Kind::Chapter,
            Kind::Article if parent.is("blog") || parent.is("web") => Kind::Web,
            kind => kind,
        };
    }
    let genre_says = |word: &str| genre.as_ref().is_some_and(|genre| genre.to_lowercase().contains(word));
    kind = match kind {
        Kind::Video if genre_says("film") || genre_says("movie") => Kind::Film,
        Kind::Dataset if genre_says("software") || genre_says("program") => Kind::Software,
        kind => kind,
    };
    let title = fields.words("title", true)?.ok_or("`title` is missing")?;
    let date = match fields.text("date")? {
        None => When::default(),
        Some(text) => {
            When::read(&text).ok_or_else(|| format!("`{text}` isn't a date; write 2014, 2014-05 or 2014-05-30"))?
        }
    };
    let mut work = Work { kind, title, date, genre, ..Work::default() };
    (work.authors, work.and_others) = fields.names("author")?;
    work.editors = fields.names("editor")?.0;
    work.translators = fields.names("translator")?.0;
    for (role, people) in fields.affiliated()? {
        match role.as_str() {
            "translator" => work.translators.extend(people),
            "director" if work.authors.is_empty() => (work.authors, work.role) = (people, Some(Role::Director)),
            "narrator" | "host" | "podcaster" if work.authors.is_empty() => {
                (work.authors, work.role) = (people, Some(Role::Host));
            }
            "editor" => work.editors.extend(people),
            _ => {}
        }
    }
    if kind == Kind::Audio
        && work.role.is_none()
        && work.genre.as_ref().is_some_and(|genre| genre.to_lowercase().contains("podcast"))
    {
        work.role = Some(Role::Host).filter(|_| !work.authors.is_empty());
    }
    work.state = fields.text("note")?.and_then(|note| state_of(&note));
    work.original = match original {
        Some(original) => original.text("date")?.and_then(|date| When::read(&date)),
        None => None,
    };
    let own_or_whole = |name: &str| match (fields.text(name), whole) {
        (Ok(None), Some(parent)) => parent.text(name),
        (own, _) => own,
    };
    work.volume = own_or_whole("volume")?;
    work.issue = own_or_whole("issue")?;
    work.edition = own_or_whole("edition")?;
    work.pages = fields.text("page-range")?;
    let (publisher, place) = fields.publisher()?;
    let (of_whole, place_of_whole) = whole.map_or(Ok((None, None)), Fields::publisher)?;
    let (organization, location) = (fields.text("organization")?, own_or_whole("location")?);
    (work.publisher, work.archive) = match kind {
        Kind::Thesis => (organization.or(publisher), fields.text("archive")?),
        _ => (publisher.or(of_whole).or(organization), fields.text("archive")?),
    };
    work.place = place.or(place_of_whole).or(location);
    if let Some(parent) = whole {
        let title = parent.words("title", !kind.in_periodical())?;
        match kind {
            Kind::Presentation => {
                work.event = title.map(|title| Event { title, place: work.place.take().unwrap_or_default() });
            }
            // A page's website publishes it.
            Kind::Web => work.publisher = title.map(|title| title.plain()).or(work.publisher),
            _ => work.container = title.map(|title| Container { title, short: parent.short("title") }),
        }
        if work.editors.is_empty() {
            work.editors = parent.names("editor")?.0;
        }
        for (role, people) in parent.affiliated()? {
            if role == "translator" && work.translators.is_empty() {
                work.translators = people;
            }
        }
    }
    let numbers = fields.numbers()?;
    work.doi = numbers.iter().find(|(kind, _)| kind == "doi").map(|(_, number)| number.clone());
    let serial = numbers.iter().find(|(kind, _)| kind == "serial").map(|(_, number)| number.clone());
    match kind.in_periodical() {
        true => work.article_number = serial,
        false => work.number = serial,
    }
    if kind == Kind::Dataset || kind == Kind::Software {
        work.version = work.edition.take().or(fields.text("version")?);
    }
    let url = fields.url()?;
    (work.url, work.accessed) = url.map_or((None, None), |(url, date)| (Some(url), date));
    work.language = fields.text("language")?;
    Ok(work.finished())
}

fn some_types() -> &'static str {
    "article, book, chapter, report, thesis, web, video or audio"
}

struct Fields<'a>(&'a Mapping);

impl<'a> Fields<'a> {
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn is(&self, name: &str) -> bool {
        self.get("type").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case(name))
    }

    fn genre(&self) -> String {
        self.get("genre").and_then(Value::as_str).unwrap_or_default().to_lowercase()
    }

    fn text(&self, name: &str) -> Result<Option<String>, String> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => text(value).map(Some).ok_or_else(|| format!("`{name}` should be one line of text")),
        }
    }

    /// A title: text, or text with the forms that it takes.
    fn words(&self, name: &str, may_change: bool) -> Result<Option<Words>, String> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let plain = |value: &Value| text(value).ok_or_else(|| format!("`{name}` should be one line of text"));
        let words = match value {
            Value::Mapping(map) => {
                let form = |form: &str| map.get(form).filter(|value| !value.is_null());
                let is_verbatim = form("verbatim").and_then(Value::as_bool) == Some(true);
                let chosen = form("sentence-case").or_else(|| form("value"));
                let chosen = plain(chosen.ok_or_else(|| format!("`{name}` has no `value`"))?)?;
                // What somebody has put into its final form keeps it.
                match is_verbatim || form("sentence-case").is_some() {
                    true => Words::chosen(&format!("{}{}{}", KEPT.0, marked(&chosen), KEPT.1)),
                    false => Words::chosen(&marked(&chosen)),
                }
            }
            value => Words::chosen(&marked(&plain(value)?)),
        };
        let words = if may_change { words } else { Words::chosen(&format!("{}{}{}", KEPT.0, words.plain(), KEPT.1)) };
        Ok(Some(words).filter(|words| !words.is_empty()))
    }

    fn short(&self, name: &str) -> Option<String> {
        self.get(name)?.get("short").and_then(text)
    }

    fn names(&self, field: &str) -> Result<(Vec<Name>, bool), String> {
        let Some(value) = self.get(field) else { return Ok((Vec::new(), false)) };
        let all = match value {
            Value::Sequence(all) => all.iter().collect(),
            one => vec![one],
        };
        let mut read = Vec::new();
        let mut others = false;
        for value in all {
            match name(value) {
                Some(name) if name.is_whole() && names::stands_for_others(&name.family) => others = true,
                Some(name) => read.push(name),
                None => return Err(format!("`{field}` should be a name or a list of names: `[\"Rogers, C. R.\"]`")),
            }
        }
        Ok((read, others))
    }

    fn affiliated(&self) -> Result<Vec<(String, Vec<Name>)>, String> {
        let Some(value) = self.get("affiliated") else { return Ok(Vec::new()) };
        let all = match value {
            Value::Sequence(all) => all.iter().collect(),
            one => vec![one],
        };
        let read = |value: &Value| {
            let map = value.as_mapping()?;
            let role = map.get("role")?.as_str()?.to_lowercase();
            Some((role, Fields(map).names("names").ok()?.0))
        };
        let read: Option<Vec<_>> = all.into_iter().map(read).collect();
        read.ok_or_else(|| "`affiliated` should be a list, each entry with `role` and `names`".to_string())
    }

    fn parents(&self) -> Vec<Fields<'a>> {
        let all = match self.get("parent") {
            None => Vec::new(),
            Some(Value::Sequence(all)) => all.iter().collect(),
            Some(one) => vec![one],
        };
        all.into_iter().filter_map(|parent| parent.as_mapping().map(Fields)).collect()
    }

    fn publisher(&self) -> Result<(Option<String>, Option<String>), String> {
        match self.get("publisher") {
            Some(Value::Mapping(map)) => Ok((Fields(map).text("name")?, Fields(map).text("location")?)),
            _ => Ok((self.text("publisher")?, None)),
        }
    }

    fn numbers(&self) -> Result<Vec<(String, String)>, String> {
        match self.get("serial-number") {
            None => Ok(self.text("doi")?.map(|doi| ("doi".to_string(), doi)).into_iter().collect()),
            Some(Value::Mapping(map)) => {
                let read = map.iter().filter_map(|(key, value)| Some((key.as_str()?.to_lowercase(), text(value)?)));
                Ok(read.collect())
            }
            Some(value) => {
                let number =
                    text(value).ok_or("`serial-number` should be a number, or `doi:` and the like below it")?;
                Ok(vec![("serial".to_string(), number)])
            }
        }
    }

    fn url(&self) -> Result<Option<(String, Option<When>)>, String> {
        match self.get("url") {
            Some(Value::Mapping(map)) => {
                let fields = Fields(map);
                let date = fields.text("date")?.and_then(|date| When::read(&date));
                Ok(fields.text("value")?.map(|url| (url, date)))
            }
            _ => Ok(self.text("url")?.map(|url| (url, None))),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A name in one line, or in its parts.
fn name(value: &Value) -> Option<Name> {
    let Value::Mapping(map) = value else { return Some(names::read(&text(value)?)) };
    let part = |name: &str| map.get(name).and_then(text).unwrap_or_default();
    let mut name = match part("given-name").is_empty() {
        true if part("prefix").is_empty() && part("suffix").is_empty() => Name::whole(&part("name")),
        _ => Name::of(&part("name"), &part("given-name"), &part("prefix"), &part("suffix")),
    };
    name.short = Some(part("alias")).filter(|alias| !alias.is_empty() && name.is_whole());
    (!name.family.is_empty()).then_some(name)
}

/// `{Oregon}` keeps its capitals, `_word_` and `*word*` are in italics.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut italic: Option<char> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = out.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        match letter {
            '{' => out.push(KEPT.0),
            '}' => out.push(KEPT.1),
            '_' | '*' if italic == Some(letter) => {
                italic = None;
                out.push(EMPHASIS.1);
            }
            '_' | '*' if italic.is_none() && begins && letters.clone().skip(1).any(|other| other == letter) => {
                italic = Some(letter);
                out.push(EMPHASIS.0);
            }
            other => out.push(other),
        }
    }
    out
}
