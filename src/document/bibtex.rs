//! `references.bib`: works as BibTeX and BibLaTeX write them.
//!
//! Owns that each entry is read for itself: the library stops at its first fault, so a broken entry is found,
//! told and taken out before the rest is read again. TeX in its fields is `tex`'s, what an entry means hayagriva's.

use std::collections::HashMap;
use std::ops::Range;

use biblatex::{
    Bibliography, ChunksExt, EntryType, Field, ParseErrorKind, RawBibliography, RawChunk, Token, TypeErrorKind,
};
use hayagriva::Entry;

use super::front_matter::Block;
use super::references::Read;
use super::tex;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::limits;

/// Reads all entries of the file.
pub(super) fn read(block: Block<'_>, diagnostics: &mut Diagnostics) -> Vec<Read> {
    let mut text = block.text().to_string();
    let mut broken: Vec<Read> = Vec::new();
    let shift = |span: Range<usize>| span.start + block.start..span.end + block.start;
    for span in pieces(block.text()) {
        if limits::depth_of_braces(&block.text()[span.clone()]) > limits::BIB_DEPTH {
            let fault = format!("its braces lie more than {} deep inside one another", limits::BIB_DEPTH);
            broken.push(told(block.text(), &span, &fault, None));
            blank(&mut text, &span);
            continue;
        }
        if let Err(fault) = RawBibliography::parse(&block.text()[span.clone()]) {
            let at = span.start + fault.span.start.min(span.len().saturating_sub(1));
            broken.push(told(block.text(), &span, &syntax(&fault.kind), Some(at)));
            blank(&mut text, &span);
        }
    }
    for (key, place) in too_long(&text) {
        broken.push((key, place.clone(), Err("its strings grow too long once they are put in".to_string())));
        if let Some(piece) = pieces(&text).into_iter().find(|piece| piece.contains(&place.start)) {
            blank(&mut text, &piece);
        }
    }
    // What is left is well formed piece by piece; faults of meaning are found one at a time.
    let mut bibliography = Bibliography::new();
    for _ in 0..=pieces(&text).len() {
        let Ok(raw) = RawBibliography::parse(&text) else { break };
        let mut names: Vec<(&str, Range<usize>)> = Vec::new();
        let mut again = None;
        for entry in &raw.entries {
            match names.iter().find(|(name, _)| *name == entry.v.key.v) {
                Some((_, first)) => again = again.or(Some((entry.span.clone(), entry.v.key.clone(), first.clone()))),
                None => names.push((entry.v.key.v, entry.v.key.span.clone())),
            }
        }
        let spans: Vec<Range<usize>> = raw.entries.iter().map(|entry| entry.span.clone()).collect();
        let gone = match (again, Bibliography::from_raw(raw.clone())) {
            (Some((span, key, first)), _) => {
                diagnostics.push(
                    Diagnostic::new(&codes::DUPLICATE_REFERENCE, format!("a second work is called `{}`", key.v))
                        .at(block.path, shift(key.span))
                        .related(block.path, shift(first), "the first is here"),
                );
                span
            }
            (None, Ok(read)) => {
                bibliography = read;
                break;
            }
            (None, Err(fault)) => {
                let inside = |span: &&Range<usize>| span.contains(&fault.span.start) || **span == fault.span;
                let Some(span) = spans.iter().find(inside).or(spans.last()).cloned() else { break };
                broken.push(told(block.text(), &span, &syntax(&fault.kind), None));
                span
            }
        };
        let gone = pieces(&text).into_iter().find(|piece| piece.contains(&gone.start)).unwrap_or(gone);
        blank(&mut text, &gone);
    }
    let places: Vec<(String, Range<usize>)> = RawBibliography::parse(&text)
        .map(|raw| raw.entries.iter().map(|entry| (entry.v.key.v.to_string(), entry.v.key.span.clone())).collect())
        .unwrap_or_default();
    let mut read: Vec<Read> = bibliography
        .iter()
        .map(|written| {
            let place = places.iter().find(|(key, _)| *key == written.key).map_or(0..0, |(_, span)| span.clone());
            let mut plain = written.clone();
            tex::plain(&mut plain);
            plain.entry_type = whole_book(plain.entry_type);
            let entry = Entry::try_from(&plain).map_err(|fault| meaning(&fault.kind, &text, fault.span));
            let entry = entry.and_then(|mut entry| {
                if entry.title().is_none() {
                    return Err("`title` is missing".to_string());
                }
                let dated = ["date", "year"].into_iter().find_map(|field| written.fields.get(field));
                if let Some(date) = dated.filter(|_| entry.date().is_none()) {
                    return Err(format!("`{}` is no date", date.format_verbatim()));
                }
                if let Some(number) = written.fields.get("eid").map(|number| number.format_verbatim()) {
                    entry.set_keyed_serial_number("serial", number);
                }
                Ok(entry)
            });
            (written.key.clone(), place, entry)
        })
        .collect();
    read.append(&mut broken);
    read.into_iter().map(|(key, span, entry)| (key, shift(span), entry)).collect()
}

/// A collection is a book to APA, Harvard and Vancouver; the library takes one for an archive's, and names it twice.
fn whole_book(kind: EntryType) -> EntryType {
    match kind {
        EntryType::Collection => EntryType::Book,
        EntryType::MvCollection => EntryType::MvBook,
        EntryType::InCollection => EntryType::InBook,
        EntryType::SuppCollection => EntryType::SuppBook,
        other => other,
    }
}

/// The strings and works that come to more than they may once the strings in them are put in, with the places of their names.
fn too_long(text: &str) -> Vec<(String, Range<usize>)> {
    let Ok(raw) = RawBibliography::parse(text) else { return Vec::new() };
    let strings: HashMap<String, &Field<'_>> =
        raw.abbreviations.iter().map(|pair| (pair.key.v.to_lowercase(), &pair.value.v)).collect();
    let mut sizes = HashMap::new();
    let mut found = Vec::new();
    for pair in &raw.abbreviations {
        if size(&pair.value.v, &strings, &mut sizes, 0) > limits::BIB_ENTRY {
            found.push((pair.key.v.to_string(), pair.key.span.clone()));
        }
    }
    let mut all = 0u64;
    for entry in &raw.entries {
        let fields = entry.v.fields.iter().map(|field| size(&field.value.v, &strings, &mut sizes, 0));
        let len = fields.fold(0, u64::saturating_add);
        all = all.saturating_add(len);
        if len > limits::BIB_ENTRY || all > limits::BIB_ALL {
            found.push((entry.v.key.v.to_string(), entry.v.key.span.clone()));
        }
    }
    found
}

/// How long a value is with its strings put in; one that holds itself has no end.
fn size(
    field: &Field<'_>,
    strings: &HashMap<String, &Field<'_>>,
    sizes: &mut HashMap<String, u64>,
    depth: usize,
) -> u64 {
    let of = |chunk: &RawChunk<'_>, sizes: &mut HashMap<String, u64>| match chunk {
        RawChunk::Normal(text) => text.len() as u64,
        RawChunk::Abbreviation(name) => {
            let name = name.to_lowercase();
            if let Some(known) = sizes.get(&name) {
                return *known;
            }
            let Some(field) = strings.get(&name) else { return 0 };
            if depth > limits::BIB_DEPTH {
                return u64::MAX;
            }
            sizes.insert(name.clone(), u64::MAX);
            let len = size(field, strings, sizes, depth + 1);
            sizes.insert(name, len);
            len
        }
    };
    field.iter().fold(0, |sum: u64, chunk| sum.saturating_add(of(&chunk.v, sizes)))
}

/// The stretches from one `@` at the beginning of a line to the next.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('@') {
            starts.push(at + line.len() - line.trim_start().len());
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Takes a stretch out, so that all other places stay.
fn blank(text: &mut String, span: &Range<usize>) {
    let spaces: String = text[span.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(span.clone(), &spaces);
}

/// A broken entry, with its key as far as there is one, and the line of the fault where it is another.
fn told(text: &str, span: &Range<usize>, fault: &str, at: Option<usize>) -> Read {
    let entry = &text[span.clone()];
    let line = entry.lines().next().unwrap_or_default().trim_end();
    let key = line.split_once('{').map_or("", |(_, rest)| rest).split(',').next().unwrap_or_default().trim();
    let place = match key.is_empty() {
        true => span.start..span.start + line.len(),
        false => entry.find(key).map_or(span.clone(), |at| span.start + at..span.start + at + key.len()),
    };
    let number = |at: usize| text[..at].matches('\n').count() + 1;
    let fault = match at.filter(|at| text.is_char_boundary(*at)).map(number).filter(|line| *line != number(span.start))
    {
        Some(line) => format!("{fault}, near line {line}"),
        None => fault.to_string(),
    };
    (key.to_string(), place, Err(fault))
}

fn syntax(kind: &ParseErrorKind) -> String {
    let token = |token: &Token| match token {
        Token::OpeningBrace => "an opening brace `{`",
        Token::ClosingBrace => "a closing brace `}`",
        Token::Comma => "a comma",
        Token::QuotationMark => "a quotation mark",
        Token::Equals => "an equals sign `=`",
        Token::DecimalPoint => "a decimal point",
        _ => "a name",
    };
    match kind {
        ParseErrorKind::UnexpectedEof => "its braces or quotation marks are not closed".to_string(),
        ParseErrorKind::Unexpected(found) => format!("{} stands where nothing of the kind may stand", token(found)),
        ParseErrorKind::Expected(wanted) => format!("{} is missing", token(wanted)),
        ParseErrorKind::UnknownAbbreviation(name) => {
            format!("`{name}` is no number and no abbreviation of the file; write it in braces: `{{{name}}}`")
        }
        ParseErrorKind::MalformedCommand => "a TeX command in it is not complete".to_string(),
        ParseErrorKind::ResolutionError(kind) => format!("the entry that its `crossref` names is broken ({kind})"),
        other => other.to_string(),
    }
}

fn meaning(kind: &TypeErrorKind, text: &str, span: Range<usize>) -> String {
    match text.get(span).map(str::trim).filter(|value| !value.is_empty() && value.len() < 80) {
        Some(value) => format!("`{value}` does not fit its field: {kind}"),
        None => kind.to_string(),
    }
}
