//! Citations and the list of works at a text's end.
//!
//! Owns how a text's citations become markup: all of them together and in order, so that numbers count up and two works of one
//! author and year are told apart. What is written of a work is the styles' (`apa`, `harvard`, `vancouver`), how it's named in a
//! text `label`'s, words `terms`', escaping `markup`'s; what authors write is `document::citations`'.

mod apa;
mod harvard;
mod label;
mod markup;
mod terms;
mod vancouver;

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark_escape::{escape_href, escape_html};

use crate::contract::view::{Html, PlaceView, ReferenceView};
use crate::document::citations::{self, Cite};
use crate::document::model::CitationStyle;
use crate::document::references::References;
use crate::document::works::Work;
use crate::theme::words::Words;
use label::{Labels, Place};
use terms::Terms;

/// Stands before and after the number of a citation in a text being written.
pub const MARK: char = '\u{e002}';

/// A citation in a text being written. All its works are known.
#[derive(Clone, Debug)]
pub struct Group {
    /// The works.
    pub cites: Vec<Cite>,
    /// Whether it stands in a sentence: `Bordin (1979)`.
    pub narrative: bool,
}

/// What citations are written with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The works.
    pub references: &'a References,
    /// How they are named.
    pub style: CitationStyle,
    /// The language of the text, as a tag.
    pub lang: &'a str,
    /// The theme's words.
    pub words: &'a Words,
    /// Whether a list of the works follows the text; a citation links to the work itself otherwise.
    pub listed: bool,
}

/// A text with its citations, and the list of works.
#[derive(Default)]
pub struct Resolved {
    /// The text.
    pub html: String,
    /// The works, in the order that the style wants.
    pub references: Vec<ReferenceView>,
}

/// Puts each citation where its mark stands.
pub fn resolve(setting: Setting<'_>, html: &str, groups: &[Group]) -> Resolved {
    let Some(terms) = terms::of(setting.lang) else { return Resolved::default() };
    let parts: Vec<&str> = html.split(MARK).collect();
    // The numbers between the marks, in the order in which readers come to them.
    let order: Vec<&Group> =
        parts.iter().skip(1).step_by(2).filter_map(|n| groups.get(n.parse::<usize>().ok()?)).collect();
    let mut cited: Vec<(&str, &Work)> = Vec::new();
    for cite in order.iter().flat_map(|group| &group.cites) {
        if let Some(work) = setting.references.works.get(&cite.key)
            && !cited.iter().any(|(key, _)| *key == cite.key)
        {
            cited.push((&work.key, &work.work));
        }
    }
    let numbered = setting.style == CitationStyle::Vancouver;
    let labels = Labels::of(&cited, setting.style, terms);
    let mut writer = Writer {
        setting,
        terms,
        labels: &labels,
        // Where no list follows, numbers would lead nowhere: the names do.
        numeric: numbered && setting.listed,
        numbers: cited.iter().enumerate().map(|(index, (key, _))| (*key, index + 1)).collect(),
        places: BTreeMap::new(),
        introduced: BTreeSet::new(),
    };
    let mut out = String::with_capacity(html.len() + order.len() * 128);
    let mut groups = order.iter();
    for (index, part) in parts.iter().enumerate() {
        if index % 2 == 0 {
            out.push_str(part);
        } else if let Some(group) = groups.next() {
            writer.group(&mut out, group);
        }
    }
    let mut references = Vec::new();
    let list: Vec<&str> = if numbered { cited.iter().map(|(key, _)| *key).collect() } else { labels.order.clone() };
    for (index, key) in list.into_iter().enumerate().filter(|_| setting.listed) {
        let Some(work) = setting.references.works.get(key).map(|work| &work.work) else { continue };
        let entry = entry(setting.style, work, terms, labels.letter(key)).html(true);
        let number = if numbered { format!("{}. ", index + 1) } else { String::new() };
        references.push(ReferenceView {
            id: entry_id(key),
            html: Html(format!("{number}{entry}")),
            places: writer.places(key, work),
        });
    }
    Resolved { html: out, references }
}

fn entry(style: CitationStyle, work: &Work, terms: &Terms, letter: Option<char>) -> markup::Text {
    match style {
        CitationStyle::Apa => apa::entry(work, terms, letter),
        CitationStyle::Harvard => harvard::entry(work, terms, letter),
        CitationStyle::Vancouver => vancouver::entry(work, terms),
    }
}

/// What the list would say of a work in a style, as plain text: to look for what went wrong with it.
pub fn written(style: CitationStyle, work: &Work, lang: &str) -> String {
    terms::of(lang).map_or_else(String::new, |terms| entry(style, work, terms, None).plain())
}

/// Words of a work's title that are a person's name in it.
fn names_in(work: &Work) -> Vec<&str> {
    let people = work.authors.iter().chain(&work.editors).filter(|name| !name.is_whole());
    people.flat_map(|name| name.family.split(' ').chain(name.given.as_deref().unwrap_or_default().split(' '))).collect()
}

struct Writer<'a> {
    setting: Setting<'a>,
    terms: &'a Terms,
    labels: &'a Labels<'a>,
    /// Whether works are numbered in the text.
    numeric: bool,
    numbers: BTreeMap<&'a str, usize>,
    /// How often each work was cited so far.
    places: BTreeMap<&'a str, usize>,
    /// Organisations whose short name has been introduced.
    introduced: BTreeSet<&'a str>,
}

/// A citation of a work, found in the list of works.
#[derive(Clone, Copy)]
struct Found<'g> {
    cite: &'g Cite,
    key: &'g str,
    work: &'g Work,
}

impl<'a> Writer<'a> {
    fn found(&self, group: &'a Group) -> Vec<Found<'a>> {
        let works = &self.setting.references.works;
        let find =
            |cite: &'a Cite| works.get(&cite.key).map(|found| Found { cite, key: &found.key, work: &found.work });
        group.cites.iter().filter_map(find).collect()
    }

    fn group(&mut self, out: &mut String, group: &'a Group) {
        let mut cites = self.found(group);
        match (self.numeric, group.narrative) {
            (true, narrative) => {
                if let Some(first) = cites.first().filter(|_| narrative) {
                    out.push_str(&self.labels.names(first.key, first.work, Place::Sentence, false).html(false));
                    out.push(' ');
                }
                self.numbers(out, cites);
            }
            (false, true) => cites.into_iter().for_each(|found| self.in_sentence(out, found)),
            (false, false) => {
                // Words before and after a work keep it where the author put it.
                if cites.iter().all(|found| found.cite.prefix.is_empty() && found.cite.suffix.is_empty()) {
                    self.in_order(&mut cites);
                }
                out.push('(');
                self.in_brackets(out, &cites);
                out.push(')');
            }
        }
    }

    /// The order of works between brackets: APA's is the list's (8.12), Harvard's the years'.
    fn in_order(&self, cites: &mut [Found<'_>]) {
        let place = |found: &Found<'_>| self.labels.order.iter().position(|key| *key == found.key);
        match self.setting.style {
            CitationStyle::Harvard => {
                cites.sort_by_key(|found| (found.work.date.year.unwrap_or(i32::MAX), place(found)));
            }
            CitationStyle::Apa | CitationStyle::Vancouver => cites.sort_by_key(place),
        }
    }

    /// `Bordin (1979, p. 253)`.
    fn in_sentence(&mut self, out: &mut String, found: Found<'a>) {
        let short = self.short(found);
        let mut html = self.labels.names(found.key, found.work, Place::Sentence, short.is_known).html(false);
        html.push_str(" (");
        let mut inner = markup::Text::default();
        if let Some(name) = short.introduces {
            inner.push(&format!("{name}, "));
        }
        self.year_and_place(&mut inner, found);
        html.push_str(&inner.html(false));
        html.push(')');
        self.link(out, found.cite, found.key, found.work, &html);
    }

    /// `Bordin, 1979, p. 253; Rogers, 1957, 1961`.
    fn in_brackets(&mut self, out: &mut String, cites: &[Found<'a>]) {
        let mut before: Option<(String, bool)> = None;
        for found in cites {
            let short = self.short(*found);
            let names = self.labels.names(found.key, found.work, Place::Brackets, short.is_known);
            let plain = names.plain();
            // Works of one author follow each other without the name (8.12), unless a place belongs to the one before.
            let same =
                before.as_ref().is_some_and(|(other, ends)| *ends && *other == plain) && found.cite.prefix.is_empty();
            match (before.is_some(), same) {
                (false, _) => {}
                (true, true) => out.push_str(", "),
                (true, false) => out.push_str("; "),
            }
            if !found.cite.prefix.is_empty() {
                markup::text(out, &found.cite.prefix);
                out.push(' ');
            }
            let mut text = markup::Text::default();
            if !same && !found.cite.year_only {
                let joint = self.labels.joint(&names);
                text.append(names);
                if let Some(name) = short.introduces {
                    text.push(&format!(" [{name}]"));
                }
                text.push(joint);
            }
            self.year_and_place(&mut text, *found);
            self.link(out, found.cite, found.key, found.work, &text.html(false));
            markup::text(out, &found.cite.suffix);
            before =
                Some((plain, found.cite.locator.is_none() && found.cite.suffix.is_empty() && !found.cite.year_only));
        }
    }

    fn year_and_place(&self, text: &mut markup::Text, found: Found<'_>) {
        text.push(&self.labels.year(found.key, found.work));
        if let Some(place) = found.cite.locator.as_deref() {
            let written = match citations::place(place) {
                Some((kind, number)) => self.terms.place(kind, number),
                None => place.to_string(),
            };
            text.push(&format!(", {written}"));
        }
    }

    /// `[1]`, `[1–3]`, `[3, p. 253; 4]`.
    fn numbers(&mut self, out: &mut String, mut cites: Vec<Found<'a>>) {
        let plain = |cite: &Cite| cite.prefix.is_empty() && cite.suffix.is_empty() && cite.locator.is_none();
        out.push('[');
        if cites.iter().all(|found| plain(found.cite)) {
            cites.sort_by_key(|found| self.numbers.get(found.key).copied());
            cites.dedup_by_key(|found| found.key);
            let number = |found: &Found<'_>| self.numbers.get(found.key).copied().unwrap_or_default();
            let numbers: Vec<usize> = cites.iter().map(number).collect();
            for (index, found) in cites.iter().enumerate() {
                let follows = |a: usize, b: usize| numbers.get(a).zip(numbers.get(b)).is_some_and(|(a, b)| a + 1 == *b);
                // `[1–3]` shows no 2, whose entry leads here all the same.
                let hidden = index > 0 && follows(index - 1, index) && follows(index, index + 1);
                let ends = index > 1 && follows(index - 1, index) && follows(index - 2, index - 1);
                let html = if hidden { String::new() } else { numbers[index].to_string() };
                match (hidden, ends) {
                    (true, _) => {}
                    (false, true) => out.push('–'),
                    (false, false) if index > 0 => out.push(','),
                    (false, false) => {}
                }
                self.link(out, found.cite, found.key, found.work, &html);
            }
        } else {
            for (index, found) in cites.iter().enumerate() {
                out.push_str(if index > 0 { "; " } else { "" });
                if !found.cite.prefix.is_empty() {
                    markup::text(out, &found.cite.prefix);
                    out.push(' ');
                }
                let number = self.numbers.get(found.key).copied().unwrap_or_default();
                self.link(out, found.cite, found.key, found.work, &number.to_string());
                if let Some(place) = &found.cite.locator {
                    markup::text(out, &format!(", {}", place.replace('-', "–")));
                }
                markup::text(out, &found.cite.suffix);
            }
        }
        out.push(']');
    }

    /// What an organisation's short name does here (8.21): APA introduces it at the first mention.
    fn short(&mut self, found: Found<'a>) -> Short<'a> {
        let makers = found.work.makers();
        let name = match makers {
            [only] if self.setting.style == CitationStyle::Apa => only.short.as_deref(),
            _ => None,
        };
        let Some(name) = name else { return Short { introduces: None, is_known: false } };
        let is_new = self.introduced.insert(name);
        Short { introduces: Some(name).filter(|_| is_new), is_known: !is_new }
    }

    /// A work's words in the text, as a link to its entry or to the work itself.
    fn link(&mut self, out: &mut String, cite: &Cite, key: &'a str, work: &Work, html: &str) {
        let number = self.places.entry(key).or_default();
        *number += 1;
        let id = place_id(&cite.key, *number);
        let href = match (self.setting.listed, html.is_empty()) {
            (true, true) => None,
            (true, false) => Some(format!("#{}", entry_id(&cite.key))),
            (false, _) => work.web_address(),
        };
        let element = if href.is_some() { "a" } else { "span" };
        open(out, element, Some(&id).filter(|_| self.setting.listed), href.as_deref());
        out.push_str(html);
        out.push_str(&format!("</{element}>"));
    }

    /// The ways back from an entry to where it is cited.
    fn places(&self, key: &str, work: &Work) -> Vec<PlaceView> {
        let names = self.labels.names(key, work, Place::Sentence, false).plain();
        let label = format!("{names} ({})", self.labels.year(key, work));
        let count = self.places.get(key).copied().unwrap_or_default();
        let view = |number: usize| {
            let word = self.setting.words.word(if count == 1 { "citations.back" } else { "citations.back_to" });
            PlaceView {
                href: format!("#{}", place_id(key, number)),
                label: word.replace("{n}", &number.to_string()).replace("{work}", &label),
            }
        };
        (1..=count).map(view).collect()
    }
}

/// What becomes of an organisation's short name.
struct Short<'a> {
    introduces: Option<&'a str>,
    is_known: bool,
}

fn open(out: &mut String, element: &str, id: Option<&String>, href: Option<&str>) {
    // Writing into a String cannot fail.
    out.push('<');
    out.push_str(element);
    out.push_str(" class=\"citation\"");
    if let Some(id) = id {
        out.push_str(" id=\"");
        let _ = escape_html(&mut *out, id);
        out.push('"');
    }
    if let Some(href) = href {
        out.push_str(" href=\"");
        let _ = escape_href(&mut *out, href);
        out.push('"');
        if href.starts_with('#') {
            out.push_str(" role=\"doc-biblioref\"");
        }
    }
    out.push('>');
}

fn entry_id(key: &str) -> String {
    format!("ref-{key}")
}

fn place_id(key: &str, number: usize) -> String {
    format!("cite-{key}-{number}")
}
