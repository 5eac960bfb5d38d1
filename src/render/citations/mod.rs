//! Citations and the list of works at a text's end.
//!
//! Owns how a text's citations become markup: all of them go through the citation library together and in order,
//! so that numbers count up and two works of one author and year are told apart. Their syntax is
//! `document::citations`', the styles and their languages `styles`' here, escaping `markup`'s, what the library writes wrong `mended`'s.

mod markup;
mod mended;
mod styles;

use std::collections::BTreeMap;

use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, ElemChild, ElemMeta, Entry,
    LocatorPayload, RenderedCitation, SpecificLocator, standalone_citation,
};
use pulldown_cmark_escape::{escape_href, escape_html};

use self::markup::Turn;
use self::styles::{Language, Loaded};
use super::view::{Html, PlaceView, ReferenceView};
use crate::document::citations::{self, Cite};
use crate::document::model::CitationStyle;
use crate::document::references::References;
use crate::theme::words::Words;

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
    // Where no list follows, numbers would lead nowhere: the names do.
    let choice = match setting.style {
        CitationStyle::Vancouver if !setting.listed => CitationStyle::Apa,
        choice => choice,
    };
    let styles = (styles::style(choice), styles::style(CitationStyle::Apa), styles::language(setting.lang, choice));
    // The archive is a part of the program and is read by its tests.
    let (Some(loaded), Some(names), Some(language)) = styles else { return Resolved::default() };
    let writer = Writer { setting, loaded, names, language };
    let parts: Vec<&str> = html.split(MARK).collect();
    // The numbers between the marks, in the order in which readers come to them.
    let order: Vec<&Group> =
        parts.iter().skip(1).step_by(2).filter_map(|n| groups.get(n.parse::<usize>().ok()?)).collect();
    let mut driver = BibliographyDriver::new();
    // Each work once by itself, in order of appearance: the library tells works apart by what is printed of them,
    // and `Rogers (1980)` is not what `(Rogers, 1980)` is.
    let mut works: Vec<Group> = Vec::new();
    for cite in order.iter().flat_map(|group| &group.cites) {
        if !works.iter().any(|work| work.cites[0].key == cite.key) {
            let alone = Cite { key: cite.key.clone(), ..Cite::default() };
            works.push(Group { cites: vec![alone], narrative: false });
        }
    }
    works.iter().for_each(|work| driver.citation(writer.request(work)));
    order.iter().for_each(|group| driver.citation(writer.request(group)));
    let code = Some(writer.language.code.clone());
    let rendered = driver.finish(BibliographyRequest::new(&loaded.style, code, writer.language.locales));
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = String::with_capacity(html.len() + order.len() * 128);
    let mut citations = order.iter().zip(rendered.citations.iter().skip(works.len()));
    for (index, part) in parts.iter().enumerate() {
        if index % 2 == 0 {
            out.push_str(part);
        } else if let Some((group, citation)) = citations.next() {
            writer.group(&mut out, group, citation, &mut places);
        }
    }
    let mut references = Vec::new();
    for item in rendered.bibliography.filter(|_| setting.listed).iter().flat_map(|list| &list.items) {
        let Some(work) = setting.references.works.get(&item.key) else { continue };
        let html = markup::html(&item.content, Turn::default()).trim().to_string();
        let html = mended::mended(html, writer.others());
        let html = match choice {
            CitationStyle::Apa => mended::with_university(html, &work.entry),
            CitationStyle::Harvard | CitationStyle::Vancouver => html,
        };
        let count = places.get(item.key.as_str()).copied().unwrap_or_default();
        references.push(ReferenceView {
            id: entry_id(&item.key),
            html: Html(html),
            places: writer.places(&item.key, &work.entry, count),
        });
    }
    Resolved { html: out, references }
}

struct Writer<'a> {
    setting: Setting<'a>,
    loaded: &'a Loaded,
    /// The style that names authors where numbers stand for works.
    names: &'a Loaded,
    language: Language,
}

impl<'a> Writer<'a> {
    fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.setting.references.works.get(key).map(|work| &work.entry)
    }

    /// What stands for authors that a list leaves out.
    fn others(&self) -> &'static str {
        match self.setting.style {
            CitationStyle::Harvard => "<em>et al.</em>",
            CitationStyle::Apa | CitationStyle::Vancouver => "et al.",
        }
    }

    fn request<'g>(&self, group: &'g Group) -> CitationRequest<'g, Entry>
    where
        'a: 'g,
    {
        let mut items: Vec<CitationItem<'g, Entry>> = Vec::new();
        for cite in &group.cites {
            let Some(entry) = self.entry(&cite.key) else { continue };
            let place = cite.locator.as_deref().and_then(citations::place);
            let place = place.map(|(kind, number)| SpecificLocator(kind, LocatorPayload::Str(number)));
            let item = CitationItem::with_locator(entry, place);
            let item = match (group.narrative && !self.loaded.numeric, has_names(entry)) {
                (true, true) => item.kind(CitePurpose::Prose),
                (true, false) => item.kind(CitePurpose::Year),
                (false, _) => item,
            };
            items.push(item);
        }
        let single = group.cites.iter().any(|cite| !cite.prefix.is_empty() || !cite.suffix.is_empty());
        let single = single || self.loaded.numeric && group.cites.iter().any(|cite| cite.locator.is_some());
        let style = if single { &self.loaded.one_by_one } else { &self.loaded.style };
        CitationRequest::new(items, style, Some(self.language.code.clone()), self.language.locales, None)
    }

    fn group<'g>(
        &self,
        out: &mut String,
        group: &'g Group,
        citation: &RenderedCitation,
        places: &mut BTreeMap<&'g str, usize>,
    ) {
        let mut written = vec![false; group.cites.len()];
        if let Some(entry) = group.cites.first().filter(|_| group.narrative).and_then(|cite| self.entry(&cite.key)) {
            match has_names(entry) {
                true if self.loaded.numeric => {
                    markup::text(out, &self.named(entry, CitePurpose::Author));
                    out.push(' ');
                }
                true => {}
                false => {
                    titled(out, entry);
                    out.push_str(if self.loaded.numeric { " " } else { " (" });
                }
            }
        }
        for child in &citation.citation.0 {
            match child {
                ElemChild::Elem(elem) => {
                    let index = match elem.meta {
                        Some(ElemMeta::Entry(index)) => index,
                        _ => 0,
                    };
                    let Some(cite) = group.cites.get(index) else { continue };
                    written[index] = true;
                    let turn = Turn {
                        without_names: cite.year_only && !self.loaded.numeric,
                        and: group.narrative.then_some(self.language.and),
                    };
                    let html = mended::mended(markup::html(&elem.children, turn), self.others());
                    self.cite(out, cite, &html, places);
                }
                other => out.push_str(&markup::html(&hayagriva::ElemChildren(vec![other.clone()]), Turn::default())),
            }
        }
        // The library gives the year alone without an element around it.
        if group.narrative
            && !self.loaded.numeric
            && group.cites.first().and_then(|cite| self.entry(&cite.key)).is_some_and(|entry| !has_names(entry))
        {
            out.push(')');
        }
        // `[1–3]` shows no 2, whose entry leads here all the same.
        for (cite, _) in group.cites.iter().zip(&written).filter(|(_, written)| !**written) {
            self.cite(out, cite, "", places);
        }
    }

    /// A single work of a citation: words before it, the link, words after it.
    fn cite<'g>(&self, out: &mut String, cite: &'g Cite, html: &str, places: &mut BTreeMap<&'g str, usize>) {
        if !cite.prefix.is_empty() && !html.is_empty() {
            markup::text(out, &cite.prefix);
            out.push(' ');
        }
        let number = places.entry(&cite.key).or_default();
        *number += 1;
        let id = place_id(&cite.key, *number);
        let href = match (self.setting.listed, html.is_empty()) {
            (true, true) => None,
            (true, false) => Some(format!("#{}", entry_id(&cite.key))),
            (false, _) => self.entry(&cite.key).and_then(web_address),
        };
        let element = if href.is_some() { "a" } else { "span" };
        open(out, element, Some(&id).filter(|_| self.setting.listed), href.as_deref());
        out.push_str(html.trim());
        out.push_str(&format!("</{element}>"));
        if html.is_empty() {
            return;
        }
        if let Some(locator) = cite.locator.as_ref().filter(|_| self.loaded.numeric) {
            markup::text(out, &format!(", {}", locator.replace('-', "–")));
        }
        markup::text(out, &cite.suffix);
    }

    /// `Bordin (1979)` or its author alone, as plain text.
    fn named(&self, entry: &Entry, purpose: CitePurpose) -> String {
        if !has_names(entry) {
            return entry.title().map_or_else(String::new, |title| title.to_string());
        }
        let item = CitationItem::with_entry(entry).kind(purpose);
        let code = Some(self.language.code.clone());
        let request = CitationRequest::new(vec![item], &self.names.style, code, self.language.locales, None);
        let named =
            markup::plain(&standalone_citation(request), Turn { and: Some(self.language.and), ..Turn::default() });
        let named = mended::mended(named, "et al.");
        // A citation by itself comes in brackets, whatever it is for; the last bracket only if none stands there.
        let inner = named.strip_prefix('(').unwrap_or(&named);
        let closed = inner.matches(')').count() <= inner.matches('(').count();
        inner.strip_suffix(')').filter(|_| !closed).unwrap_or(inner).to_string()
    }

    /// The ways back from an entry to where it is cited.
    fn places(&self, key: &str, entry: &Entry, count: usize) -> Vec<PlaceView> {
        let work = self.named(entry, CitePurpose::Prose);
        let view = |number: usize| {
            let word = self.setting.words.word(if count == 1 { "citations.back" } else { "citations.back_to" });
            PlaceView {
                href: format!("#{}", place_id(key, number)),
                label: word.replace("{n}", &number.to_string()).replace("{work}", &work),
            }
        };
        (1..=count).map(view).collect()
    }
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

fn has_names(entry: &Entry) -> bool {
    let given = |people: Option<&[_]>| people.is_some_and(|people: &[hayagriva::types::Person]| !people.is_empty());
    given(entry.authors()) || given(entry.editors())
}

/// The title of a work without an author, which stands for the name: a part of something in quotation marks, a work
/// of its own in italics.
fn titled(out: &mut String, entry: &Entry) {
    let title = entry.title().map_or_else(String::new, |title| title.to_string());
    let (before, after) = if entry.parents().is_empty() { ("<em>", "</em>") } else { ("“", "”") };
    out.push_str(before);
    markup::text(out, &title);
    out.push_str(after);
}

/// Where the work is found on the web.
pub fn web_address(entry: &Entry) -> Option<String> {
    let doi = entry.doi().map(|doi| format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/")));
    let url = || entry.url_any().map(|url| url.value.to_string()).filter(|url| url.starts_with("http"));
    doi.or_else(url)
}
