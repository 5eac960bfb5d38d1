//! A file goes: what named it is mended as far as that leaves no doubt, and told where it doesn't.
//!
//! Owns that a link becomes its words, that an entry of a list or of the menu goes, and that the old address leads to a page that
//! is still there.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::mentions::{self, Mention, Named, Targets};
use super::redirects::{leading_on, redirects_file};
use super::{Refusal, edited, in_order, text_of, translations};
use crate::diagnostic::Mend;
use crate::document::markdown;
use crate::options::Options;
use crate::pipeline;
use crate::source::{SourcePath, Sources};
use crate::yaml::{self, Step};

/// What is done to a site so that a file can go.
#[derive(Debug)]
pub struct Removal {
    /// The files that go.
    pub files: Vec<SourcePath>,
    /// Changes in texts.
    pub edits: BTreeMap<SourcePath, Vec<Mend>>,
    /// What names the file and can't be mended without knowing what is meant.
    pub left: Vec<(SourcePath, Range<usize>)>,
    /// Addresses that go, with the pages that they lead to from now on.
    pub addresses: Vec<(String, String)>,
}

/// What has to be done so that a file, or a folder with everything in it, can go. Its address leads to `instead`, or to the list in
/// which it stood.
///
/// # Errors
/// Where `instead` has no address.
pub fn remove(
    sources: &Sources,
    options: &Options,
    from: &SourcePath,
    instead: Option<&SourcePath>,
) -> Result<Removal, Refusal> {
    let translations = translations(sources, from);
    let goes = |path: &SourcePath| {
        let is_its_translation = translations.iter().any(|(own, _)| own == path);
        path == from || path.inside(from.as_str()).is_some() || is_its_translation
    };
    let files: Vec<SourcePath> = sources.files.keys().filter(|path| goes(path)).cloned().collect();
    let before = pipeline::addresses(sources, options);
    let mut without = sources.clone();
    without.files.retain(|path, _| !goes(path));
    let after = pipeline::addresses(&without, options);
    let address_of = |path: &SourcePath| {
        let index = SourcePath::new(&format!("{path}/index.md"));
        after.pages.get(path).or_else(|| after.pages.get(&index?)).cloned()
    };
    let instead = match instead {
        None => None,
        Some(path) => Some(address_of(path).ok_or_else(|| {
            Refusal::new(
                format!("`{path}` isn't a page that will be there"),
                "choose a page that stays, such as contact.md",
            )
        })?),
    };
    let targets = Targets::of(files.iter(), &before);
    let mut edits: BTreeMap<SourcePath, Vec<Mend>> = BTreeMap::new();
    let mut left = Vec::new();
    for path in sources.files.keys().filter(|path| !goes(path)) {
        let Some(text) = text_of(sources, path) else { continue };
        let found = mentions::of(path, text, &targets);
        if found.is_empty() {
            continue;
        }
        let text = Text::of(path, text);
        let mut mends: Vec<Mend> = Vec::new();
        for mention in found {
            match text.without(&mention) {
                // Two mentions in one entry of a list.
                Some(mend) if mends.iter().any(|other| other.span.end > mend.span.start) => {}
                Some(mend) => mends.push(mend),
                None => left.push((path.clone(), mention.span)),
            }
        }
        if !mends.is_empty() {
            edits.insert(path.clone(), mends);
        }
    }
    let list_of = |url: &str| {
        let mut parts: Vec<&str> = url.trim_end_matches('/').split('/').collect();
        while parts.pop().is_some() && !parts.is_empty() {
            let list = format!("{}/", parts.join("/"));
            if after.all.contains(&list) {
                return list;
            }
        }
        String::new()
    };
    // A page that is made without a file, too, is there afterwards.
    let gone = files.iter().filter_map(|file| before.pages.get(file)).filter(|url| !after.all.contains(*url));
    let addresses: Vec<(String, String)> =
        gone.map(|url| (format!("/{url}"), format!("/{}", instead.clone().unwrap_or_else(|| list_of(url))))).collect();
    if !addresses.is_empty() {
        redirect(sources, &addresses, &mut edits);
        left.retain(|(path, _)| *path != redirects_file());
    }
    Ok(Removal { files, edits, left, addresses })
}

/// Old addresses lead on, and so do those that led to them.
fn redirect(sources: &Sources, addresses: &[(String, String)], edits: &mut BTreeMap<SourcePath, Vec<Mend>>) {
    let file = redirects_file();
    let text = text_of(sources, &file).unwrap_or_default();
    let mut mends = Vec::new();
    for (old, new) in addresses {
        let led_there = text.match_indices(old.as_str()).map(|(at, _)| at..at + old.len());
        let is_value = |span: &Range<usize>| {
            text[..span.start].trim_end_matches(['"', '\'']).ends_with(": ")
                && text[span.end..].trim_start_matches(['"', '\'']).trim_start_matches(' ').starts_with(['\n', '\r'])
        };
        mends.extend(led_there.filter(is_value).map(|span| Mend { span, with: new.clone() }));
    }
    mends.extend(leading_on(text, addresses));
    in_order(&mut mends);
    edits.insert(file, mends);
}

/// A text with what its places mean.
struct Text<'a> {
    text: &'a str,
    /// Fields and their places; those of the facts of a page.
    values: mentions::Values,
    /// Links of the body: where each stands, and the words in it.
    links: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Text<'a> {
    fn of(path: &SourcePath, text: &'a str) -> Text<'a> {
        if path.extension() != "md" {
            return Text { text, values: yaml::scalars(text), links: Vec::new() };
        }
        let (facts, values) = mentions::facts(text).unwrap_or_default();
        let values = values
            .into_iter()
            .map(|(field, place)| (field, place.start + facts.start..place.end + facts.start))
            .collect();
        let body = text.get(facts.end..).unwrap_or_default();
        let mut links = Vec::new();
        let mut open: Option<(Range<usize>, Option<Range<usize>>)> = None;
        for (event, range) in Parser::new_ext(body, markdown::options()).into_offset_iter() {
            let range = range.start + facts.end..range.end + facts.end;
            match (&event, &mut open) {
                (Event::Start(Tag::Link { .. }), _) => open = Some((range, None)),
                (Event::End(TagEnd::Link), Some(_)) => {
                    if let Some((link, Some(words))) = open.take() {
                        links.push((link, words));
                    }
                }
                (_, Some((_, words))) => {
                    let start = words.as_ref().map_or(range.start, |words| words.start.min(range.start));
                    let end = words.as_ref().map_or(range.end, |words| words.end.max(range.end));
                    *words = Some(start..end);
                }
                _ => {}
            }
        }
        Text { text, values, links }
    }

    /// The change after which a mention is gone; `None` where nobody knows what should be there instead.
    fn without(&self, mention: &Mention) -> Option<Mend> {
        if let Some((link, words)) = self.links.iter().find(|(link, _)| link.contains(&mention.span.start)) {
            return Some(Mend { span: link.clone(), with: self.text.get(words.clone())?.to_string() });
        }
        let inside = |place: &Range<usize>| place.start <= mention.span.start && mention.span.end <= place.end;
        let (field, place) = self.values.iter().find(|(_, place)| inside(place))?;
        let (last, rest) = field.0.split_last()?;
        match (last, rest) {
            // `practitioners: [maya-obrien]`
            (Step::Entry(_), [.., Step::Field(name)]) if mention.named == Named::Bare || name == "navigation" => {
                self.entry(place.clone())
            }
            // `navigation: [{ label: …, to: … }]`
            (Step::Field(to), [Step::Field(name), entries @ ..]) if to == "to" && name == "navigation" => {
                let is_entry = |step: &Step| matches!(step, Step::Entry(_) | Step::Field(_));
                entries.iter().all(is_entry).then(|| self.block_entry(place.start)).flatten()
            }
            // A link in the words of a field.
            _ => self.link_in(place.clone(), mention),
        }
    }

    /// `[words](file.md)` in a value becomes its words.
    fn link_in(&self, place: Range<usize>, mention: &Mention) -> Option<Mend> {
        let before = self.text.get(place.start..mention.span.start)?;
        let after = self.text.get(mention.span.end..place.end)?;
        let open = before.strip_suffix("](")?;
        let start = open.rfind('[')? + place.start;
        after.starts_with(')').then(|| Mend {
            span: start..mention.span.end + 1,
            with: self.text[start + 1..place.start + open.len()].to_string(),
        })
    }

    /// An entry of a list goes, with its comma or its line.
    fn entry(&self, place: Range<usize>) -> Option<Mend> {
        let line_start = self.text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        if self.text[line_start..place.start].trim() == "-" {
            return self.block_entry(place.start);
        }
        let after = self.text.get(place.end..)?;
        let comma = after.len() - after.trim_start_matches([' ', '\n', '\r']).len();
        if after[comma..].starts_with(',') {
            let end = place.end + comma + 1;
            let space = self.text[end..].len() - self.text[end..].trim_start_matches(' ').len();
            return Some(Mend { span: place.start..end + space, with: String::new() });
        }
        let before = self.text[..place.start].trim_end_matches([' ', '\n', '\r']);
        let start = before.strip_suffix(',').map_or(place.start, str::len);
        Some(Mend { span: start..place.end, with: String::new() })
    }

    /// The lines of the entry of a block list in which a place stands, up to the next entry or the end of the list. The
    /// list's only entry is left to the author: a list of nothing isn't a list any more.
    fn block_entry(&self, at: usize) -> Option<Mend> {
        let lines: Vec<(usize, &str)> = self
            .text
            .split_inclusive('\n')
            .scan(0, |from, line| {
                let start = *from;
                *from += line.len();
                Some((start, line))
            })
            .collect();
        let here = lines.iter().rposition(|(start, _)| *start <= at)?;
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        // The dash of this entry: the nearest line above with one, at no more than this line's indentation.
        let most = indent(lines[here].1);
        let first = (0..=here).rev().find(|line| {
            let line = lines[*line].1;
            line.trim_start().starts_with("- ") && indent(line) <= most
        })?;
        let dash = indent(lines[first].1);
        let ends = |line: &str| !line.trim().is_empty() && indent(line) <= dash;
        let last = (first + 1..lines.len()).find(|line| ends(lines[*line].1)).unwrap_or(lines.len());
        let is_entry = |line: Option<&(usize, &str)>| {
            line.is_some_and(|(_, line)| indent(line) == dash && line.trim_start().starts_with("- "))
        };
        let has_next = is_entry(lines.get(last));
        let has_former =
            (0..first).rev().find(|line| ends(lines[*line].1)).is_some_and(|line| is_entry(lines.get(line)));
        if !has_next && !has_former {
            return None;
        }
        let end = lines.get(last).map_or(self.text.len(), |(start, _)| *start);
        Some(Mend { span: lines[first].0..end, with: String::new() })
    }
}

impl Removal {
    /// The site as it is afterwards.
    pub fn applied(&self, sources: &Sources) -> Sources {
        let mut out = edited(sources, &self.edits);
        out.files.retain(|path, _| !self.files.contains(path));
        out
    }
}
