//! Marks that were meant to become markup and stand in the finished text instead.
//!
//! Owns the look at each paragraph as its readers get it: the parser's text joined across its cuts, without code. What such
//! marks look like is data (`rules/leftovers.yaml`); only what is no pattern is written here: code boxes that nobody meant,
//! comments without an end, a second front matter, bold text that never ends. Costs no parsing: it reads the events that the
//! text is written from.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use regex::Regex;

use super::writer::Events;
use super::written::Finding;
use crate::document::markdown::CITATION;
use crate::prose::{Apart, one_line};
use crate::rules::leftovers::{self, Placeholder};
use crate::rules::marks::{self, Bytes};

/// Stands for what is no text, or is meant as it stands.
const MEANT: char = '\u{fffc}';

/// A pattern of the rule.
struct Pattern {
    /// Put together when a text first holds what it needs.
    pattern: OnceLock<Option<Regex>>,
    /// What every text that it fits holds one of.
    needs: Bytes,
    row: &'static Placeholder,
}

/// The patterns of the rule, and whether any needs a byte.
struct Patterns {
    each: Vec<Pattern>,
    needed: [bool; 256],
}

/// Read when a text is first looked at.
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let rows = leftovers::rules().markup_left_over.data.iter();
    let pattern =
        |row: &'static Placeholder| Pattern { pattern: OnceLock::new(), needs: marks::needed(&row.pattern), row };
    let each: Vec<Pattern> = rows.map(pattern).collect();
    let needed = each.iter().fold(Bytes::NONE, |all, pattern| all.and(pattern.needs)).table();
    Patterns { each, needed }
});

/// A block of facts after a line of three hyphens: at least one of its names is such as programs write them.
static FACTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let other = r"(?:[\w-]+[ \t]*:[^\n]*\n|[ \t]+[^\n]*\n|-[ \t][^\n]*\n)*";
    let known = "title|layout|date|author|authors|tags|categories|category|slug|permalink|draft|description|summary|name|type|lang";
    Regex::new(&format!(r"\A---[ \t]*\r?\n{other}(?:{known})[ \t]*:[^\n]*\n{other}---[ \t]*\r?(?:\n|\z)")).ok()
});

/// The findings of a text.
pub(super) fn find(events: &Events<'_>, markdown: &str) -> Vec<Finding> {
    let (run, found, opened) = (Run::default(), Vec::new(), Vec::new());
    let mut reader = Reader { markdown, run, found, opened, bold_marks: 0 };
    let (mut boxed, mut cited) = (false, false);
    for (event, span) in events {
        match event {
            Event::Text(_) if boxed || cited => {}
            Event::Text(text) => reader.run.text(text, span, markdown),
            Event::SoftBreak | Event::HardBreak => reader.run.put('\n', span),
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => reader.run.put(MEANT, span),
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with(CITATION) => {
                reader.run.put(MEANT, span);
                cited = true;
            }
            Event::End(TagEnd::Link) => cited = false,
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(Tag::CodeBlock(kind)) => {
                reader.end_run();
                boxed = true;
                if *kind == CodeBlockKind::Indented {
                    reader.code_box(span);
                }
            }
            Event::End(TagEnd::CodeBlock) => boxed = false,
            Event::Html(html) => reader.comment(html, span),
            Event::Rule => {
                reader.end_run();
                reader.facts(span);
            }
            _ => reader.end_run(),
        }
    }
    reader.end_run();
    reader.unpaired();
    reader.found
}

/// Whether a text holds a byte that a mark has. Most hold none.
pub(crate) fn may_hold(text: &str) -> bool {
    let needed = &PATTERNS.needed;
    // To the end without a question in between is faster than to the first.
    text.bytes().fold(false, |found, byte| found | needed[usize::from(byte)])
}

/// The marks in a text that is no markdown, such as a title, with what each is.
fn in_plain(text: &str) -> Vec<(Range<usize>, &'static Placeholder)> {
    let mut found = Vec::new();
    let patterns = &*PATTERNS;
    if !may_hold(text) {
        return found;
    }
    let bytes = Bytes::of(text);
    let mut taken = Apart::default();
    for Pattern { pattern, row, .. } in patterns.each.iter().filter(|pattern| pattern.needs.meets(bytes)) {
        // A test puts each together.
        let Some(pattern) = pattern.get_or_init(|| Regex::new(&row.pattern).ok()) else { continue };
        for hit in pattern.captures_iter(text) {
            let Some(hit) = hit.iter().skip(1).flatten().next().or_else(|| hit.get(0)) else { continue };
            if taken.is_free(&hit.range()) {
                taken.take(&hit.range());
                found.push((hit.range(), *row));
            }
        }
    }
    found
}

struct Reader<'a> {
    markdown: &'a str,
    run: Run,
    found: Vec<Finding>,
    /// Bold marks that begin and never end.
    opened: Vec<Range<usize>>,
    /// How many paragraphs hold bold marks as text.
    bold_marks: usize,
}

impl Reader<'_> {
    fn tell(&mut self, span: Range<usize>, what: &str, mend: &str) {
        let words = one_line(self.markdown.get(span.clone()).unwrap_or_default());
        self.found.push(Finding {
            help: Some(mend.to_string()),
            ..Finding::new(
                &leftovers::rules().markup_left_over.info.code,
                format!("`{}` is {what}", words.trim()),
                span,
            )
        });
    }

    /// Looks at the paragraph that ends here.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for (hit, row) in in_plain(&run.text) {
            self.tell(run.place(hit), &row.what, &row.mend);
        }
        if run.text.contains("**") {
            self.bold_marks += 1;
            let begins = |at: usize| run.text[..at].chars().next_back().is_none_or(char::is_whitespace);
            let words = |at: usize| run.text[at + 2..].starts_with(char::is_alphabetic);
            if let [(at, _)] = run.text.match_indices("**").collect::<Vec<_>>()[..]
                && begins(at)
                && words(at)
            {
                let end = run.text[at..].find(char::is_whitespace).map_or(run.text.len(), |end| at + end);
                self.opened.push(run.place(at..end));
            }
        }
        // Keeps its memory for the next paragraph.
        self.run = run.emptied();
    }

    /// Bold text that never ends. Several such marks are an author's own footnotes.
    fn unpaired(&mut self) {
        if let (1, [span]) = (self.bold_marks, &self.opened[..]) {
            self.tell(span.clone(), "the start of bold text that never ends", "put `**` after the bold words, too");
        }
    }

    /// Looks at a code box that indentation made.
    fn code_box(&mut self, span: &Range<usize>) {
        let text = self.markdown.get(span.clone()).unwrap_or_default();
        let is_code = text.contains(['{', '}', '<', '>', '=', ';', '|', '\\', '$', '`', '_'])
            || ["--", "::", "()"].iter().any(|mark| text.contains(mark));
        let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        let sentence = words > 3 || text.trim_start().starts_with(char::is_uppercase);
        if !is_code && words > 0 && sentence {
            let end = text.find('\n').map_or(span.end, |end| span.start + end);
            self.tell(
                span.start..end,
                "shown as program code, because it starts with a tab or four spaces",
                "remove them; if you want program code, put it between two lines of three backticks",
            );
        }
    }

    /// Looks for a comment that takes the rest of the text with it.
    fn comment(&mut self, html: &str, span: &Range<usize>) {
        const BEGIN: &str = "<!--";
        let Some(at) = html.rfind(BEGIN).map(|at| span.start + at) else { return };
        // A comment that ends further down is whole.
        let ends = memchr::memmem::rfind(self.markdown.as_bytes(), b"-->").is_some_and(|end| end >= at);
        if !ends && self.markdown.get(at..).is_some_and(|rest| rest.starts_with(BEGIN)) {
            self.tell(
                at..at + BEGIN.len(),
                "the start of a comment that never ends, so everything below it is missing from the page",
                "put `-->` after it",
            );
        }
    }

    /// Looks for a block of facts below the first one.
    fn facts(&mut self, span: &Range<usize>) {
        let rest = self.markdown.get(span.start..).unwrap_or_default();
        if FACTS.as_ref().is_some_and(|facts| rest.starts_with("---") && facts.is_match(rest)) {
            self.tell(
                span.start..span.start + "---".len(),
                "the start of a second block of facts, which visitors see as text",
                "move its facts into the block between the first two `---` lines, then remove it",
            );
        }
    }
}

/// A paragraph's text with the places of its pieces.
#[derive(Default)]
struct Run {
    text: String,
    /// Where each piece begins in the text, and where it stands in the markdown.
    pieces: Vec<(usize, Range<usize>)>,
    /// Where the last piece ends in the markdown.
    end: usize,
}

impl Run {
    fn put(&mut self, mark: char, span: &Range<usize>) {
        self.pieces.push((self.text.len(), span.clone()));
        self.end = span.end;
        self.text.push(mark);
    }

    fn text(&mut self, text: &str, span: &Range<usize>, markdown: &str) {
        let source = markdown.get(span.clone()).unwrap_or_default();
        // The backslash of an escape belongs to no piece; one that is text itself does.
        let escaped = markdown[..span.start].ends_with('\\') && self.end < span.start;
        let coded = source.starts_with('&') && source != text && text.starts_with(|c: char| c.is_ascii_punctuation());
        self.pieces.push((self.text.len(), span.clone()));
        self.end = span.end;
        if escaped || coded && text != "&" {
            self.text.push(MEANT);
            self.text.extend(text.chars().skip(1));
        } else {
            self.text.push_str(text);
        }
    }

    /// Where a stretch of the text stands in the markdown.
    fn place(&self, stretch: Range<usize>) -> Range<usize> {
        let piece = |at: usize| self.pieces.partition_point(|(begins, _)| *begins <= at).checked_sub(1);
        let within = |index: usize, at: usize| {
            let (begins, span) = &self.pieces[index];
            (span.start + at - begins).min(span.end)
        };
        let start = piece(stretch.start).map_or(0, |index| within(index, stretch.start));
        let end = piece(stretch.end.saturating_sub(1)).map_or(start, |index| {
            let next = self.pieces.get(index + 1).map_or(self.text.len(), |(begins, _)| *begins);
            if next == stretch.end { self.pieces[index].1.end } else { within(index, stretch.end) }
        });
        start..end.max(start)
    }

    fn emptied(mut self) -> Run {
        self.text.clear();
        self.pieces.clear();
        self.end = 0;
        self
    }
}

/// The same in a fact as YAML writes it, which begins at `start` in its file: where each stands, what is said of it, and its row.
pub(crate) fn in_written(written: &str, start: usize) -> Vec<(Range<usize>, String, &'static Placeholder)> {
    let bare = written.trim_start_matches(['"', '\'']);
    let start = start + written.len() - bare.len();
    let said = |(hit, row): (Range<usize>, &'static Placeholder)| {
        let message = format!("`{}` is {}", one_line(&bare[hit.clone()]).trim(), row.what);
        (start + hit.start..start + hit.end, message, row)
    };
    in_plain(bare.trim_end_matches(['"', '\''])).into_iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_put_together() {
        for row in &leftovers::rules().markup_left_over.data {
            assert!(Regex::new(&row.pattern).is_ok(), "{}", row.pattern);
        }
        assert_eq!(PATTERNS.each.len(), leftovers::rules().markup_left_over.data.len());
        assert!(FACTS.is_some());
    }
}
