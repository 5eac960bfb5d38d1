//! A work that articles cite, as styles need to know it.
//!
//! Owns the type. How works are read is `yaml`'s, `bibtex`'s, `csl`'s and `ris`' here, how they're written into a file `write`'s, names
//! are `names`', words and their capitals `words`'; how a
//! style writes a work is `markup::citations`'.

pub mod bibtex;
pub mod csl;
pub mod names;
pub mod ris;
pub mod tex;
pub mod words;
pub mod write;
pub mod yaml;

use std::ops::Range;

pub use names::Name;
pub use words::Words;

/// An entry as it was read: its key, and the work or why it can't be read.
pub type Read = (String, Result<Work, String>);

/// The same in a file of the site's, with its key's place.
pub(super) type ReadAt = (String, Range<usize>, Result<Work, String>);

/// What kind of work it is. Styles differ in which parts of a kind they name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// An article in a journal.
    Article,
    /// An article in a magazine.
    Magazine,
    /// An article in a newspaper.
    Newspaper,
    /// An article before a journal took it.
    Preprint,
    /// A book, whoever wrote or edited it.
    Book,
    /// A part of a book, of proceedings too.
    Chapter,
    /// An entry of a dictionary or an encyclopedia.
    Entry,
    /// A thesis.
    Thesis,
    /// A report, a guideline.
    Report,
    /// A page on the web.
    Web,
    /// Data.
    Dataset,
    /// A program.
    Software,
    /// An episode of a podcast, or sound of another kind.
    Audio,
    /// A film.
    Film,
    /// A video on the web.
    Video,
    /// A paper or a poster at a conference.
    Presentation,
    /// Anything else.
    #[default]
    Other,
}

impl Kind {
    /// Whether it stands in a periodical.
    pub fn in_periodical(self) -> bool {
        matches!(self, Kind::Article | Kind::Magazine | Kind::Newspaper)
    }

    /// Whether it's a part of something that has a title of its own.
    pub fn is_part(self) -> bool {
        self.in_periodical() || matches!(self, Kind::Preprint | Kind::Chapter | Kind::Entry | Kind::Audio)
    }
}

/// What the people who made a work did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Directed a film.
    Director,
    /// Hosted a podcast.
    Host,
}

/// A day, a month or a year; or words that stand for one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct When {
    /// The year; before Christ it's zero or less, as ISO 8601 counts.
    pub year: Option<i32>,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
    /// The last day, where it took several: month and day.
    pub until: Option<(u8, u8)>,
    /// Whether nobody knows it exactly.
    pub circa: bool,
}

/// How far a work is that isn't out yet, or not in its final form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Accepted, and without a year.
    InPress,
    /// On the web before it's in an issue.
    Ahead,
}

/// Where and when it was presented.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Event {
    /// What the event is called.
    pub title: Words,
    /// Where it took place.
    pub place: String,
}

/// What a part stands in.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Container {
    /// Its title.
    pub title: Words,
    /// The title as indexes shorten it: `J Consult Psychol`.
    pub short: Option<String>,
}

/// A work.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Work {
    /// What kind of work it is.
    pub kind: Kind,
    /// Its title with its subtitle.
    pub title: Words,
    /// Who made it.
    pub authors: Vec<Name>,
    /// Whether there are more than those named.
    pub and_others: bool,
    /// What they did, where they didn't write.
    pub role: Option<Role>,
    /// Who edited it; of a part, the whole that it stands in.
    pub editors: Vec<Name>,
    /// Who translated it.
    pub translators: Vec<Name>,
    /// When it came out.
    pub date: When,
    /// When the original came out.
    pub original: Option<When>,
    /// Whether it's out.
    pub state: Option<State>,
    /// What it stands in.
    pub container: Option<Container>,
    /// Where it was presented.
    pub event: Option<Event>,
    /// Its edition, as a number or in words.
    pub edition: Option<String>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue of the volume, or the number of an episode.
    pub issue: Option<String>,
    /// Pages, ranges with a hyphen.
    pub pages: Option<String>,
    /// The number that an article has instead of pages.
    pub article_number: Option<String>,
    /// The number of a report or of data.
    pub number: Option<String>,
    /// What it is, in words: `Doctoral dissertation`, `NICE Guideline No.`
    pub genre: Option<String>,
    /// The version of data or a program.
    pub version: Option<String>,
    /// Who published it; of a thesis, its university; of a web page, the website.
    pub publisher: Option<String>,
    /// Where the publisher is.
    pub place: Option<String>,
    /// Where it's kept: a repository.
    pub archive: Option<String>,
    /// The DOI: `10.1037/h0045357`.
    pub doi: Option<String>,
    /// Where it is on the web.
    pub url: Option<String>,
    /// When it was seen there.
    pub accessed: Option<When>,
    /// Its language, as a tag.
    pub language: Option<String>,
}

impl Work {
    /// Where the work is found on the web.
    pub fn web_address(&self) -> Option<String> {
        let doi = self.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
        doi.or_else(|| self.url.clone().filter(|url| url.starts_with("http")))
    }

    /// Who stands where authors stand: they, or the editors of a book that has none.
    pub fn makers(&self) -> &[Name] {
        match self.authors.is_empty() && !self.kind.is_part() {
            true => &self.editors,
            false => &self.authors,
        }
    }

    /// Puts right what every reader brings along.
    pub fn finished(mut self) -> Work {
        self.doi = self.doi.map(|doi| bare_doi(&doi));
        // An address that is the DOI's says nothing more.
        if let Some(doi) = &self.doi {
            self.url = self.url.take().filter(|url| !url.to_lowercase().ends_with(&doi.to_lowercase()));
        } else if let Some(doi) = self.url.as_deref().and_then(doi_of) {
            self.doi = Some(doi);
            self.url = None;
        }
        self.pages = self.pages.map(|pages| normal_pages(&pages));
        self.edition = self.edition.map(|edition| normal_edition(&edition));
        for text in [&mut self.publisher, &mut self.place, &mut self.archive, &mut self.genre] {
            *text = text.take().map(|text| words::curled(text.trim())).filter(|text| !text.is_empty());
        }
        self
    }
}

/// `10.1000/xyz`, however it was written: as an address, or after `doi:`.
fn bare_doi(doi: &str) -> String {
    let doi = doi.trim();
    doi.find("10.").filter(|_| doi.contains('/')).map_or(doi, |at| &doi[at..]).to_string()
}

/// The DOI in an address of doi.org.
fn doi_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let doi = rest.strip_prefix("doi.org/").or_else(|| rest.strip_prefix("dx.doi.org/"))?;
    doi.starts_with("10.").then(|| doi.to_string())
}

/// Pages with one hyphen in a range and `, ` between ranges.
fn normal_pages(pages: &str) -> String {
    let pages = pages.replace(['–', '—', '‑'], "-").replace("--", "-").replace("--", "-");
    let parts = pages.split([',', ';']).map(|part| {
        let ends: Vec<&str> = part.split('-').map(str::trim).collect();
        ends.join("-")
    });
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `2` of `2`, `2nd`, `2nd ed.` and `Second`; anything else as it is.
fn normal_edition(edition: &str) -> String {
    const NUMBERS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    let edition = edition.trim();
    let lower = edition.to_lowercase();
    let word = lower.trim_end_matches('.').trim_end_matches("ed").trim_end_matches("edition").trim();
    if let Some(index) = NUMBERS.iter().position(|number| *number == word) {
        return (index + 1).to_string();
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | 'ª' | 'º'));
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit());
    let ending = &word[digits.len()..];
    match is_number && ["", "st", "nd", "rd", "th", ".", "ª", ".ª", "º", "e"].contains(&ending) {
        true => digits.to_string(),
        false => edition.to_string(),
    }
}

impl When {
    /// Reads `2014`, `2014-05`, `2014-05-30`, `2014-05-30/2014-06-02`, `~-0349`, `c. 1900`; `None` where it's none of them.
    pub fn read(text: &str) -> Option<When> {
        let text = text.trim();
        let circa = text.starts_with(['~', '?'])
            || text.ends_with(['~', '?', '%'])
            || text.starts_with("c.")
            || text.starts_with("ca.");
        let text = text.trim_matches(['~', '?', '%']).trim_start_matches("ca.").trim_start_matches("c.").trim();
        let (first, last) = text.split_once('/').map_or((text, None), |(first, last)| (first, Some(last)));
        let mut when = When { circa, ..day(first)? };
        if let Some(last) = last.filter(|last| !last.is_empty()) {
            let last = day(last)?;
            when.until = last.month.zip(last.day).filter(|_| last.year == when.year);
        }
        Some(when)
    }

    /// Whether anything is known of it.
    pub fn is_known(&self) -> bool {
        self.year.is_some()
    }
}

fn day(text: &str) -> Option<When> {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut parts = digits.split('-');
    let year = parts.next().filter(|year| (1..=5).contains(&year.len()))?.parse::<i32>().ok()? * sign;
    let mut number = |most: u8| match parts.next() {
        None => Ok(None),
        Some(part) => part.parse::<u8>().ok().filter(|n| (1..=most).contains(n)).map(Some).ok_or(()),
    };
    let (month, day) = (number(12).ok()?, number(31).ok()?);
    parts.next().is_none().then_some(When { year: Some(year), month, day, until: None, circa: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_one_however_it_is_written() {
        for written in ["10.1000/x", "https://doi.org/10.1000/x", "http://dx.doi.org/10.1000/x", "doi:10.1000/x"] {
            assert_eq!(bare_doi(written), "10.1000/x");
        }
    }

    #[test]
    fn numbers_and_days_are_normal() {
        for (written, read) in [
            ("2", "2"),
            ("2nd", "2"),
            ("Second", "2"),
            ("2nd ed.", "2"),
            ("2. ed", "2"),
            ("5th ed., text rev.", "5th ed., text rev."),
        ] {
            assert_eq!(normal_edition(written), read);
        }
        assert_eq!(normal_pages("11--12,15 – 16"), "11-12, 15-16");
        assert_eq!(When::read("-0349~").map(|when| (when.year, when.circa)), Some((Some(-349), true)));
        assert_eq!(When::read("2016-03-30/2016-04-02").and_then(|when| when.until), Some((4, 2)));
        for wrong in ["soon", "2014-13", "2014-05-30-1", ""] {
            assert_eq!(When::read(wrong), None, "{wrong}");
        }
    }
}
