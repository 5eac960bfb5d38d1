//! Markdown as events, and what the stages before rendering need to know of a text.
//!
//! Owns the parser's options and the facts of a body: headings with their ids, words, first paragraph.
//! Writing HTML is `markup::html`'s.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::citations;
use super::directives::{self, Masked};
use super::{quotes, spaced};
use crate::source::composed;

/// The address that a citation is given inside the parser, before `[@key, p. 3]`'s own text.
pub const CITATION: &str = "anteroom-cite:";

/// A heading of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// 1 to 6, as in the file.
    pub level: u8,
    /// Its words without markup, quotation marks as typed.
    pub text: String,
    /// The id that links use; unique in its body.
    pub id: String,
    /// Where it stands in the body.
    pub span: Range<usize>,
    /// Whether the id was written by the author, in `{#id}`.
    pub named: bool,
}

/// What is known of a body before it is rendered.
#[derive(Clone, Default, Debug)]
pub struct Facts {
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// How many words it has.
    pub words: u32,
    /// The words of its first paragraph, quotation marks as typed.
    pub first_paragraph: String,
    /// Ids that two headings were given by name: the second's place.
    pub duplicate_ids: Vec<(String, Range<usize>)>,
    /// Where its links lead, as written, in order.
    pub links: Vec<String>,
    /// Where its films and recordings lie, as written, in order.
    pub played: Vec<String>,
    /// The files of its pictures, as written, in order.
    pub pictures: Vec<String>,
    /// What stands after `@` where a work may be cited, or a figure named: in brackets, and in running text, where
    /// it may as well be no key at all. In order, each once.
    pub cited: Vec<String>,
    /// The same, to be asked for.
    known: HashSet<String>,
    /// The ids of its headings, once a link has asked for one.
    ids: OnceLock<HashSet<String>>,
}

impl Facts {
    /// Adds a key that may be cited.
    pub(super) fn cite(&mut self, key: &str) {
        if !self.known.contains(key) {
            self.known.insert(key.to_string());
            self.cited.push(key.to_string());
        }
    }

    /// Whether it has a heading with this id.
    pub fn has_heading(&self, id: &str) -> bool {
        let ids = || self.headings.iter().map(|heading| heading.id.clone()).collect();
        self.ids.get_or_init(ids).contains(id)
    }
}

/// The extensions of the site's markdown: everything in product's list, nothing else.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Answers the parser's question what `[@key]` means: a link to a citation. Remembers `[text][name]`
/// whose name is defined nowhere.
#[derive(Default)]
pub struct References {
    /// The places of undefined reference links.
    pub undefined: Vec<(Range<usize>, String)>,
}

impl References {
    fn answer<'a>(&mut self, link: BrokenLink<'a>) -> Option<(CowStr<'a>, CowStr<'a>)> {
        if link.link_type == LinkType::Shortcut && citations::group(&link.reference).is_some() {
            return Some((format!("{CITATION}{}", link.reference).into(), "".into()));
        }
        if matches!(link.link_type, LinkType::Reference) {
            self.undefined.push((link.span, link.reference.to_string()));
        }
        None
    }
}

/// The events of a masked text with their places in it.
pub fn events<'a>(
    masked: &'a Masked<'_>,
    references: &'a mut References,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let spaced = spaced::is_masked(&masked.text);
    Parser::new_with_broken_link_callback(&masked.text, options(), Some(|link: BrokenLink<'a>| references.answer(link)))
        .into_offset_iter()
        .map(move |(event, span)| (if spaced { spaced::restore(event) } else { event }, span))
}

/// Reads the facts of a body.
pub fn facts(body: &str) -> Facts {
    let masked = directives::mask(body);
    let mut facts = Facts::default();
    facts.played.extend(masked.lines.iter().filter_map(|line| line.played().map(str::to_string)));
    let mut ids = Ids::default();
    let mut heading: Option<(HeadingLevel, Option<String>, Range<usize>)> = None;
    let mut text = String::new();
    let mut in_first = false;
    let mut paragraphs = 0;
    let mut references = References::default();
    let mut depth: u32 = 0;
    // What a citation's own brackets hold is no word of the text.
    let (mut citing, mut linking, mut code) = (false, false, false);
    for (event, span) in events(&masked, &mut references) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with(CITATION) => {
                citing = true;
                let group = citations::group(&dest_url[CITATION.len()..]).unwrap_or_default();
                group.into_iter().for_each(|cite| facts.cite(&cite.key));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                linking = true;
                facts.links.push(dest_url.to_string());
            }
            Event::End(TagEnd::Link) => (citing, linking) = (false, false),
            Event::Text(_) if citing => {}
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Image { dest_url, .. }) => facts.pictures.push(dest_url.to_string()),
            Event::Start(Tag::Heading { level, id, .. }) => {
                heading = Some((level, id.map(|id| id.to_string()), span));
                text.clear();
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, named, span)) = heading.take() {
                    let wanted = named.clone().unwrap_or_else(|| slug_of(&text));
                    if named.is_some() && ids.taken.contains(&wanted) {
                        facts.duplicate_ids.push((wanted.clone(), span.clone()));
                    }
                    let id = ids.unique(&wanted);
                    let text = std::mem::take(&mut text).trim().to_string();
                    facts.headings.push(Heading { level: level as u8, text, id, span, named: named.is_some() });
                }
            }
            Event::Start(Tag::Paragraph) if depth == 0 => {
                paragraphs += 1;
                in_first = paragraphs == 1;
            }
            Event::End(TagEnd::Paragraph) => in_first = false,
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition) => depth -= 1,
            Event::Text(ref part) | Event::Code(ref part) => {
                // As it was typed: the language is not known here.
                let mark = quotes::straight(&event, &span, body).map(|mark| mark.to_string());
                let part = mark.as_deref().unwrap_or(part);
                facts.words += words(part);
                if memchr::memchr(b'@', part.as_bytes()).is_some()
                    && !linking
                    && !code
                    && matches!(event, Event::Text(_))
                {
                    citations::mentions(body, span).for_each(|(_, key)| facts.cite(key));
                }
                if heading.is_some() {
                    text.push_str(part);
                }
                if in_first {
                    facts.first_paragraph.push_str(part);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if heading.is_some() {
                    text.push(' ');
                }
                if in_first {
                    facts.first_paragraph.push(' ');
                }
            }
            _ => {}
        }
    }
    facts
}

/// How many words a text has. Most are ASCII, where a look at each byte is enough.
fn words(text: &str) -> u32 {
    if !text.is_ascii() {
        return text.split_whitespace().count() as u32;
    }
    let mut before = true;
    text.bytes().fold(0, |count, byte| {
        // What `char::is_whitespace` says of ASCII: a vertical tab, too.
        let space = matches!(byte, b' ' | b'\t'..=b'\r');
        count + u32::from(std::mem::replace(&mut before, space) && !space)
    })
}

/// The last part of an address in a language: German writes `ä` as `ae` where it has no `ä`, as nobody who looks for
/// `/raeume/` looks for `/raume/`; other languages just leave the dots out.
pub fn slug_in(language: &str, text: &str) -> String {
    let primary = language.split('-').next().unwrap_or_default();
    if !primary.eq_ignore_ascii_case("de") {
        return slug_of(text);
    }
    let mut german = String::with_capacity(text.len());
    for letter in composed(text).chars() {
        match letter {
            'ä' | 'Ä' => german.push_str("ae"),
            'ö' | 'Ö' => german.push_str("oe"),
            'ü' | 'Ü' => german.push_str("ue"),
            'ß' | 'ẞ' => german.push_str("ss"),
            other => german.push(other),
        }
    }
    slug_of(&german)
}

/// An id for a heading or a topic: the text in small letters, digits and hyphens.
pub fn slug_of(text: &str) -> String {
    let slug = slug::slugify(text);
    let cut = slug.char_indices().nth(80).map_or(slug.as_str(), |(at, _)| &slug[..at]).trim_end_matches('-');
    if cut.is_empty() { "section".to_string() } else { cut.to_string() }
}

/// Ids that pages use for parts of their own: alone, and with a number or a name behind.
const RESERVED: &[&str] = &["footnotes", "fn-", "fnref-", "fig-", "ref-", "cite-"];
/// The parts of a theme's page begin so, and a heading may too: only these are taken.
const PARTS: &[&str] = &[
    "a-write",
    "a-website",
    "a-search",
    "a-reply",
    "a-notices",
    "a-name",
    "a-message",
    "a-main",
    "a-hint",
    "a-crisis",
    "a-contents",
];

/// Whether a page may use an id itself.
fn is_reserved(id: &str) -> bool {
    let is = |own: &&str| id == *own || own.ends_with('-') && id.starts_with(*own);
    PARTS.contains(&id) || RESERVED.iter().any(is)
}

/// The ids of a body's headings.
#[derive(Default)]
struct Ids {
    taken: HashSet<String>,
    /// The number that an id gets when it is wanted again.
    next: HashMap<String, usize>,
}

impl Ids {
    /// An id of its own for a heading that wants this one.
    fn unique(&mut self, wanted: &str) -> String {
        let wanted = if is_reserved(wanted) { format!("section-{wanted}") } else { wanted.to_string() };
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let id = format!("{wanted}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_unique_ids() {
        let facts =
            facts("Intro with *two* words.\n\n## What it costs\n\n## What it costs\n\n## Über `uns` {#about}\n");
        let ids: Vec<_> = facts.headings.iter().map(|h| (h.id.as_str(), h.text.as_str())).collect();
        assert_eq!(
            ids,
            [("what-it-costs", "What it costs"), ("what-it-costs-2", "What it costs"), ("about", "Über uns")]
        );
        assert_eq!(facts.first_paragraph, "Intro with two words.");
        assert_eq!(facts.words, 4 + 3 + 3 + 2);
    }

    #[test]
    fn masked_directives_come_back_as_single_html_blocks() {
        let masked = directives::mask("- one\n- two\n::: callout Title\n- three\n:::\n:::  booking\n:::\ntext\n");
        let mut references = References::default();
        let starts: Vec<_> = events(&masked, &mut references)
            .filter(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock)))
            .map(|(_, span)| span.start)
            .collect();
        let lines: Vec<_> = masked.lines.iter().map(|line| line.span.start).collect();
        assert_eq!(starts, lines);
    }

    #[test]
    fn citations_are_links_and_other_brackets_are_text() {
        let masked = directives::mask("As shown [@bordin1979; @x_y, p. 3] and [note] and [text][none].\n");
        let mut references = References::default();
        let cited: Vec<_> = events(&masked, &mut references)
            .filter_map(|(event, _)| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(cited, ["anteroom-cite:@bordin1979; @x_y, p. 3"]);
        assert_eq!(references.undefined.len(), 1);
    }
}
