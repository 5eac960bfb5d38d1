//! Footnotes: their numbers, their list below the text, and what is wrong with them.
//!
//! Owns which mention belongs to which note. Labels are compared as the parser compares them, without regard to capital
//! letters. The parser takes a mention of a note that is not there for plain text, so such mentions are looked for in
//! the text itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use pulldown_cmark::CowStr;
use pulldown_cmark_escape::escape_html;
use unicase::UniCase;

use super::writer::Writer;
use super::written::Finding;
use crate::diagnostic::{codes, nearest};

/// A label is no longer than this; what is longer is a sentence in brackets.
const LONGEST: usize = 80;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Notes<'a> {
    /// How often each note was mentioned, by first mention.
    mentioned: Vec<(CowStr<'a>, usize)>,
    /// The place of each label in `mentioned`.
    numbers: HashMap<UniCase<CowStr<'a>>, usize>,
    /// The notes that the text holds: where each begins, and its body once that is written.
    held: HashMap<UniCase<CowStr<'a>>, (Range<usize>, String)>,
    /// Notes that are being written: the label, none for a second note of one label, and the text that waits.
    open: Vec<(Option<CowStr<'a>>, String)>,
    /// Mentions of notes that the text does not hold so far.
    unknown: Vec<(String, Range<usize>)>,
}

/// The place of a note's label, `[^label]`, at or after the beginning of its definition.
fn label_at(markdown: &str, label: &str, span: &Range<usize>) -> Range<usize> {
    let from = markdown.get(span.clone()).and_then(|text| text.find("[^")).map_or(span.start, |at| span.start + at);
    from..(from + label.len() + "[^]".len()).min(markdown.len())
}

/// Writes a mention.
pub(super) fn mention<'a>(writer: &mut Writer<'a, '_>, label: &CowStr<'a>) {
    let notes = &mut writer.notes;
    let next = notes.mentioned.len();
    let index = *notes.numbers.entry(UniCase::new(label.clone())).or_insert(next);
    if index == next {
        notes.mentioned.push((label.clone(), 0));
    }
    notes.mentioned[index].1 += 1;
    let (number, count) = (index + 1, notes.mentioned[index].1);
    let again = if count > 1 { format!("-{count}") } else { String::new() };
    writer.out.push_str(&format!(
        "<sup class=\"footnote-ref\" id=\"fnref-{number}{again}\"><a href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"
    ));
}

/// Begins a note: what is written next is its body.
pub(super) fn begin<'a>(writer: &mut Writer<'a, '_>, label: &CowStr<'a>, span: &Range<usize>) {
    let place = writer.site.map_or_else(|| span.clone(), |(_, text)| label_at(text.markdown, label, span));
    let waiting = std::mem::take(&mut writer.out);
    let entry = writer.notes.held.entry(UniCase::new(label.clone()));
    let is_second = matches!(entry, Entry::Occupied(_));
    entry.or_insert_with(|| (place.clone(), String::new()));
    writer.notes.open.push(((!is_second).then(|| label.clone()), waiting));
    if is_second {
        let message = format!("this text has two footnotes `[^{label}]: …`; only the first is printed");
        writer.find(Finding {
            help: Some("give one of them a different name, here and where you refer to it".into()),
            ..Finding::new(&codes::DUPLICATE_FOOTNOTE, message, place)
        });
    }
}

/// Ends the note that was begun last.
pub(super) fn end(writer: &mut Writer<'_, '_>) {
    let Some((label, waiting)) = writer.notes.open.pop() else { return };
    let body = std::mem::replace(&mut writer.out, waiting);
    if let Some((_, kept)) = label.and_then(|label| writer.notes.held.get_mut(&UniCase::new(label))) {
        *kept = body;
    }
}

/// Looks for mentions in a stretch of plain text.
pub(super) fn look_for(writer: &mut Writer<'_, '_>, span: &Range<usize>) {
    let Some((_, text)) = writer.site else { return };
    let Some(stretch) = text.markdown.get(span.clone()) else { return };
    for at in memchr::memchr_iter(b'[', stretch.as_bytes()) {
        let start = span.start + at;
        let Some(after) = text.markdown[start..].strip_prefix("[^") else { continue };
        let end =
            after.find([']', '[', '\n']).filter(|end| *end > 0 && *end <= LONGEST && after[*end..].starts_with(']'));
        // `\[^1]` is meant as it stands.
        if let Some(end) = end.filter(|_| !text.markdown[..start].ends_with('\\')) {
            writer.notes.unknown.push((after[..end].to_string(), start..start + end + "[^]".len()));
        }
    }
}

/// Writes the list of notes and tells what is wrong with them.
pub(super) fn list(writer: &mut Writer<'_, '_>) {
    let Some((setting, _)) = writer.site else { return };
    let notes = std::mem::take(&mut writer.notes);
    tell(writer, &notes);
    if notes.mentioned.is_empty() {
        return;
    }
    let label = setting.words.word("footnotes.label");
    writer.open("<section class=\"footnotes\" role=\"doc-endnotes\">\n<h2 id=\"footnotes\">");
    writer.text(&label);
    writer.out.push_str("</h2>\n<ol>\n");
    for (index, (name, _)) in notes.mentioned.iter().enumerate() {
        let number = index + 1;
        let back = setting.words.word("footnotes.back").replace("{n}", &number.to_string());
        let mut label = String::new();
        // Writing into a String cannot fail.
        let _ = escape_html(&mut label, &back);
        let back = format!(
            " <a class=\"footnote-back\" href=\"#fnref-{number}\" role=\"doc-backlink\" aria-label=\"{label}\">↩\u{fe0e}</a>"
        );
        let body = notes.held.get(&UniCase::new(name.clone())).map_or("", |(_, body)| body.trim_end());
        let (body, ending) = match body.strip_suffix("</p>") {
            Some(open) => (open, "</p>"),
            None => (body, ""),
        };
        writer.out.push_str(&format!("<li id=\"fn-{number}\">{body}{back}{ending}</li>\n"));
    }
    writer.out.push_str("</ol>\n</section>\n");
}

fn tell(writer: &mut Writer<'_, '_>, notes: &Notes<'_>) {
    for (label, span) in &notes.unknown {
        let near = nearest(label, notes.held.keys().map(|held| &***held));
        writer.find(Finding {
            label: near.map(|near| format!("did you mean `[^{near}]`?")),
            help: Some(format!("add a line `[^{label}]: the note`, or write `\\[^{label}]` if it isn't a footnote")),
            ..Finding::new(
                &codes::UNDEFINED_FOOTNOTE,
                format!("this file has no footnote `[^{label}]: …`"),
                span.clone(),
            )
        });
    }
    for (label, (span, _)) in notes.held.iter().filter(|(label, _)| !notes.numbers.contains_key(*label)) {
        let message = format!("nothing refers to the footnote `[^{label}]`, so it isn't printed");
        writer.find(Finding {
            help: Some(format!("write `[^{label}]` where it belongs, or remove the note")),
            ..Finding::new(&codes::UNUSED_FOOTNOTE, message, span.clone())
        });
    }
}
