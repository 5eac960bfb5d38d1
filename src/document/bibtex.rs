//! `references.bib`: works as BibTeX and BibLaTeX write them.
//!
//! Owns that each entry is read for itself: the library stops at its first fault, so a broken entry is found,
//! told and taken out before the rest is read again. What an entry's fields mean is `works::bibtex`'s.

use std::collections::HashMap;
use std::ops::Range;

use biblatex::{Bibliography, Field, Pair, ParseErrorKind, RawBibliography, RawChunk, RawEntry, Spanned, Token};

use super::front_matter::Block;
use super::works::{self, ReadAt, tex};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::limits;
use crate::source::SourcePath;

/// The works in a text that is no file of the site's: each with its key, or why it can't be read.
pub fn works(text: &str) -> Vec<works::Read> {
    let Some(path) = SourcePath::new("content/references.bib") else { return Vec::new() };
    let block = Block { path: &path, file: text, start: 0, end: text.len() };
    let read = read(block, &mut Diagnostics::default());
    read.into_iter().map(|(key, _, work)| (key, work)).collect()
}

/// Reads all entries of the file.
pub(super) fn read(block: Block<'_>, diagnostics: &mut Diagnostics) -> Vec<ReadAt> {
    let mut text = Kept::new(block.text());
    let mut broken: Vec<ReadAt> = Vec::new();
    let shift = |span: Range<usize>| span.start + block.start..span.end + block.start;
    let lines = Lines::of(block.text());
    for span in text.pieces.clone() {
        if limits::depth_of_braces(&block.text()[span.clone()]) > limits::BIB_DEPTH {
            let fault = format!("its braces are nested more than {} deep", limits::BIB_DEPTH);
            broken.push(told(block.text(), &lines, &span, &fault, None));
            text.blank(span.start);
            continue;
        }
        if let Err(fault) = RawBibliography::parse(&block.text()[span.clone()]) {
            let at = span.start + fault.span.start.min(span.len().saturating_sub(1));
            broken.push(told(block.text(), &lines, &span, &syntax(&fault.kind), Some(at)));
            text.blank(span.start);
        }
    }
    for (key, place, fault) in too_much(&text.text) {
        text.blank(place.start);
        broken.push((key, place, Err(fault.to_string())));
    }
    let mut first: HashMap<String, Range<usize>> = HashMap::new();
    let mut again = Vec::new();
    for entry in RawBibliography::parse(&text.text).map(|raw| raw.entries).unwrap_or_default() {
        let key = entry.v.key;
        match first.get(key.v) {
            Some(place) => {
                diagnostics.push(
                    Diagnostic::new(
                        &codes::DUPLICATE_REFERENCE,
                        format!("another work already has the key `{}`", key.v),
                    )
                    .at(block.path, shift(key.span))
                    .related(block.path, shift(place.clone()), "the first is here"),
                );
                again.push(entry.span.start);
            }
            None => drop(first.insert(key.v.to_string(), key.span)),
        }
    }
    again.into_iter().for_each(|at| text.blank(at));
    // What is left is well formed piece by piece. Faults of meaning are looked for in each work alone; the few that come
    // of other works, one at a time.
    for (span, fault) in faulty_alone(&text.text) {
        broken.push(told(block.text(), &lines, &span, &fault, None));
        text.blank(span.start);
    }
    let mut bibliography = Bibliography::new();
    for round in 0..=limits::BIB_ROUNDS {
        let Ok(raw) = RawBibliography::parse(&text.text) else { break };
        let spans: Vec<Range<usize>> = raw.entries.iter().map(|entry| entry.span.clone()).collect();
        match Bibliography::from_raw(raw) {
            Ok(read) => {
                bibliography = read;
                break;
            }
            Err(fault) => {
                let inside = |span: &&Range<usize>| span.contains(&fault.span.start) || **span == fault.span;
                let Some(span) = spans.iter().find(inside).or(spans.last()).cloned() else { break };
                let more = if round == limits::BIB_ROUNDS { "; there are more problems after it" } else { "" };
                broken.push(told(block.text(), &lines, &span, &format!("{}{more}", syntax(&fault.kind)), None));
                text.blank(span.start);
            }
        }
    }
    let text = text.text;
    let places: HashMap<String, Range<usize>> = RawBibliography::parse(&text)
        .map(|raw| raw.entries.iter().map(|entry| (entry.v.key.v.to_string(), entry.v.key.span.clone())).collect())
        .unwrap_or_default();
    let mut read: Vec<ReadAt> = bibliography
        .iter()
        .map(|written| {
            let place = places.get(&written.key).cloned().unwrap_or(0..0);
            let mut plain = written.clone();
            tex::plain(&mut plain);
            (written.key.clone(), place, works::bibtex::work(&plain))
        })
        .collect();
    read.append(&mut broken);
    read.into_iter().map(|(key, span, entry)| (key, shift(span), entry)).collect()
}

/// The strings and works that ask for more than they may once the strings and works that they name are put in, with the
/// places of their names, and why.
fn too_much(text: &str) -> Vec<(String, Range<usize>, &'static str)> {
    let Ok(raw) = RawBibliography::parse(text) else { return Vec::new() };
    let strings: HashMap<String, &Field<'_>> =
        raw.abbreviations.iter().map(|pair| (pair.key.v.to_lowercase(), &pair.value.v)).collect();
    let mut sizes = HashMap::new();
    let mut found = Vec::new();
    const TOO_LONG: &str = "its strings get too long once they're filled in";
    for pair in &raw.abbreviations {
        if size(&pair.value.v, &strings, &mut sizes, 0) > limits::BIB_ENTRY {
            found.push((pair.key.v.to_string(), pair.key.span.clone(), TOO_LONG));
        }
    }
    // Works by their names and other names, with those that each stands on.
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut stands_on: Vec<Vec<String>> = Vec::new();
    let mut all = 0u64;
    for (at, entry) in raw.entries.iter().enumerate() {
        names.entry(entry.v.key.v.to_string()).or_insert(at);
        stands_on.push(Vec::new());
        let fields = entry.v.fields.iter().map(|field| size(&field.value.v, &strings, &mut sizes, 0));
        let len = fields.fold(0, u64::saturating_add);
        all = all.saturating_add(len);
        if len > limits::BIB_ENTRY || all > limits::BIB_ALL {
            found.push((entry.v.key.v.to_string(), entry.v.key.span.clone(), TOO_LONG));
            continue;
        }
        for field in &entry.v.fields {
            let name = field.key.v.to_ascii_lowercase();
            if matches!(name.as_str(), "crossref" | "xdata" | "ids") {
                let mut words = String::new();
                written_out(&field.value.v, &strings, &mut words, 0);
                let words = words.split(',').map(|word| word.replace(['{', '}', '"'], "").trim().to_string());
                match name.as_str() {
                    "ids" => words.for_each(|word| {
                        names.entry(word).or_insert(at);
                    }),
                    _ => stands_on[at].extend(words),
                }
            }
        }
    }
    let mut known = vec![None; stands_on.len()];
    for (at, entry) in raw.entries.iter().enumerate() {
        if works_below(at, &stands_on, &names, &mut known, 0) > limits::BIB_BELOW {
            let why = "its `crossref` or `xdata` leads back to itself, or to too many other works";
            found.push((entry.v.key.v.to_string(), entry.v.key.span.clone(), why));
        }
    }
    found
}

/// How many works are put into one: itself, those that it stands on, and those below them. One below itself has no end.
fn works_below(
    at: usize,
    stands_on: &[Vec<String>],
    names: &HashMap<String, usize>,
    known: &mut Vec<Option<usize>>,
    depth: usize,
) -> usize {
    if let Some(known) = known[at] {
        return known;
    }
    if depth > limits::BIB_BELOW {
        return usize::MAX;
    }
    known[at] = Some(usize::MAX);
    let below = stands_on[at].iter().filter_map(|name| names.get(name).copied());
    let sum =
        below.fold(1usize, |sum, other| sum.saturating_add(works_below(other, stands_on, names, known, depth + 1)));
    known[at] = Some(sum);
    sum
}

/// A value with its strings put in; strings that are too long are found before.
fn written_out(field: &Field<'_>, strings: &HashMap<String, &Field<'_>>, out: &mut String, depth: usize) {
    for chunk in field {
        match chunk.v {
            RawChunk::Normal(text) => out.push_str(text),
            RawChunk::Abbreviation(name) => {
                if let Some(field) = strings.get(&name.to_lowercase()).filter(|_| depth < limits::BIB_DEPTH) {
                    written_out(field, strings, out, depth + 1);
                }
            }
        }
    }
}

/// The works that cannot be read even alone, with the strings that they name.
fn faulty_alone(text: &str) -> Vec<(Range<usize>, String)> {
    let Ok(raw) = RawBibliography::parse(text) else { return Vec::new() };
    if Bibliography::from_raw(raw.clone()).is_ok() {
        return Vec::new();
    }
    let strings: HashMap<&str, &Pair<'_>> = raw.abbreviations.iter().map(|pair| (pair.key.v, pair)).collect();
    let alone = |entry: &Spanned<RawEntry<'_>>| {
        let mut named: HashMap<&str, Pair<'_>> = HashMap::new();
        let mut fields: Vec<&Field<'_>> = entry.v.fields.iter().map(|field| &field.value.v).collect();
        while let Some(field) = fields.pop() {
            for chunk in field {
                if let RawChunk::Abbreviation(name) = chunk.v
                    && let Some(pair) = strings.get(name)
                    && named.insert(name, (*pair).clone()).is_none()
                {
                    fields.push(&pair.value.v);
                }
            }
        }
        let (entries, abbreviations) = (vec![entry.clone()], named.into_values().collect());
        let fault =
            Bibliography::from_raw(RawBibliography { preamble: String::new(), entries, abbreviations }).err()?;
        Some((entry.span.clone(), syntax(&fault.kind)))
    };
    raw.entries.iter().filter_map(alone).collect()
}

/// The text without what is broken, every other place as it was.
struct Kept {
    text: String,
    /// From each `@` at the beginning of a line to the next.
    pieces: Vec<Range<usize>>,
}

impl Kept {
    fn new(text: &str) -> Kept {
        Kept { text: text.to_string(), pieces: pieces(text) }
    }

    /// Takes the piece out in which something stands.
    fn blank(&mut self, at: usize) {
        let number = self.pieces.partition_point(|piece| piece.end <= at);
        let Some(span) = self.pieces.get(number).filter(|piece| piece.contains(&at)) else { return };
        let spaces = self.text[span.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
        let spaces: String = spaces.collect();
        self.text.replace_range(span.clone(), &spaces);
    }
}

/// Where lines begin, to number them.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(memchr::memchr_iter(b'\n', text.as_bytes()).collect())
    }

    fn number(&self, at: usize) -> usize {
        self.0.partition_point(|end| *end < at) + 1
    }
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

/// A broken entry, with its key as far as there is one, and the line of the fault where it is another.
fn told(text: &str, lines: &Lines, span: &Range<usize>, fault: &str, at: Option<usize>) -> ReadAt {
    let entry = &text[span.clone()];
    let line = entry.lines().next().unwrap_or_default().trim_end();
    let key = line.split_once('{').map_or("", |(_, rest)| rest).split(',').next().unwrap_or_default().trim();
    let place = match key.is_empty() {
        true => span.start..span.start + line.len(),
        false => entry.find(key).map_or(span.clone(), |at| span.start + at..span.start + at + key.len()),
    };
    let line_of_fault = at.map(|at| lines.number(at)).filter(|line| *line != lines.number(span.start));
    let fault = match line_of_fault {
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
        ParseErrorKind::UnexpectedEof => "its braces or quotation marks aren't closed".to_string(),
        ParseErrorKind::Unexpected(found) => format!("there's {} where it doesn't belong", token(found)),
        ParseErrorKind::Expected(wanted) => format!("{} is missing", token(wanted)),
        ParseErrorKind::UnknownAbbreviation(name) => {
            format!("`{name}` isn't a number or one of the file's abbreviations; put it in braces: `{{{name}}}`")
        }
        ParseErrorKind::MalformedCommand => "it has an incomplete TeX command".to_string(),
        ParseErrorKind::ResolutionError(kind) => format!("the entry named in its `crossref` is broken ({kind})"),
        other => other.to_string(),
    }
}
