//! Citations in a text: which works they mean, and what is wrong with them.
//!
//! Owns telling a citation from other words with an `@`. Writes a mark for each; `markup::citations` puts the
//! citation in once all of the text are known.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::figures;
use super::writer::Writer;
use super::written::Finding;
use crate::diagnostic::{codes, nearest};
use crate::document::citations::{self, Cite, FIGURE};
use crate::markup::citations::{Group, MARK};

/// Writes `[@a; see @b, p. 3]`.
pub(super) fn brackets(writer: &mut Writer<'_, '_>, cites: &[Cite], span: &Range<usize>) {
    let Some((setting, text)) = writer.site else { return };
    // The brackets' own text is in the events up to the link's end; the citation replaces it.
    while let Some((event, _)) = writer.events.get(writer.at) {
        writer.at += 1;
        if matches!(event, Event::End(TagEnd::Link)) {
            break;
        }
    }
    let (figures, cites): (Vec<Cite>, Vec<Cite>) = cites.iter().cloned().partition(|cite| cite.key.starts_with(FIGURE));
    for (index, figure) in figures.iter().enumerate() {
        writer.out.push_str(if index > 0 { ", " } else { "" });
        figures::mention(writer, &figure.key, span);
    }
    if cites.is_empty() {
        return;
    }
    writer.out.push_str(if figures.is_empty() { "" } else { " " });
    let references = &setting.site.references;
    let known = |cite: &Cite| references.works.contains_key(&cite.key);
    // `[write to @anna]` is a citation only if Anna is a work.
    let worded = cites.iter().all(|cite| !cite.prefix.is_empty());
    if worded && !cites.iter().any(|cite| known(cite) || near(writer, &cite.key).is_some()) {
        let words = text.markdown.get(span.clone()).unwrap_or_default();
        writer.text(words);
        return;
    }
    let mut group = Vec::new();
    for cite in &cites {
        if known(cite) {
            group.push(cite.clone());
        } else if !references.broken.contains(&cite.key) {
            unknown(writer, &cite.key, span.clone());
        }
    }
    mark(writer, Group { cites: group, narrative: false });
}

/// Writes text in which `@key` may stand.
pub(super) fn mentions(writer: &mut Writer<'_, '_>, words: &str, span: &Range<usize>) {
    let Some((setting, text)) = writer.site else { return writer.text(words) };
    // Where text and source differ, an entity was written: no place for a key.
    if text.markdown.get(span.clone()) != Some(words) {
        return writer.text(words);
    }
    // The parser cuts text at marks that turn out to mean nothing, such as `_` in a key.
    let (mut at, mut end) = (span.start, span.end);
    while let Some((Event::Text(next), place)) = writer.events.get(writer.at)
        && place.start == end
        && text.markdown.get(place.clone()) == Some(next.as_ref())
    {
        end = place.end;
        writer.at += 1;
    }
    for (place, key) in citations::mentions(text.markdown, span.start..end) {
        if place.start < at {
            continue;
        }
        if key.starts_with(FIGURE) {
            writer.text(&text.markdown[at..place.start]);
            at = place.end;
            figures::mention(writer, key, &place);
            continue;
        }
        if !setting.site.references.works.contains_key(key) {
            let references = &setting.site.references;
            let is_key = near(writer, key).is_some() || (!references.works.is_empty() && ends_in_year(key));
            if is_key && !references.broken.contains(key) {
                unknown(writer, key, place);
            }
            continue;
        }
        writer.text(&text.markdown[at..place.start]);
        let after = citations::place_after(text.markdown, place.end);
        let locator = after.map(|(_, words)| words.trim().to_string());
        at = after.map_or(place.end, |(end, _)| end);
        let cite = Cite { key: key.to_string(), locator, ..Cite::default() };
        mark(writer, Group { cites: vec![cite], narrative: true });
    }
    while writer.events.get(writer.at).is_some_and(|(event, place)| matches!(event, Event::Text(_)) && place.start < at)
    {
        writer.at += 1;
    }
    writer.text(text.markdown.get(at..end).unwrap_or_default());
}

fn near<'a>(writer: &Writer<'a, '_>, key: &str) -> Option<&'a str> {
    let (setting, _) = writer.site?;
    nearest(key, setting.site.references.works.keys().map(String::as_str))
}

/// Whether a name ends as keys mostly do and names of accounts seldom: `bordin1979`, `horvath2011a`.
fn ends_in_year(key: &str) -> bool {
    let name = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let year = name.len().checked_sub(4).and_then(|at| name.get(at..)).and_then(|year| year.parse::<u16>().ok());
    key.len() - name.len() < 2 && name.len() > 4 && year.is_some_and(|year| (1850..2100).contains(&year))
}

fn unknown(writer: &mut Writer<'_, '_>, key: &str, span: Range<usize>) {
    let near = near(writer, key);
    writer.find(Finding {
        label: near.map(|near| format!("did you mean `@{near}`?")),
        help: Some(
            "correct the key, or add the work to content/references.yaml; if you don't mean a work, write `\\@`".into(),
        ),
        ..Finding::new(&codes::UNKNOWN_REFERENCE, format!("there's no work with the key `{key}`"), span)
    });
}

fn mark(writer: &mut Writer<'_, '_>, group: Group) {
    if !group.cites.is_empty() {
        writer.out.push_str(&format!("{MARK}{}{MARK}", writer.written.groups.len()));
        writer.written.groups.push(group);
    }
}
