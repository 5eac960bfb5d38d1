//! Blocks of a text that directives make: callouts, recordings with their transcripts, pull quotes, wide figures,
//! galleries.
//!
//! Owns the markup around what an author wrote between a directive's two lines. What a directive prints by itself, such as
//! the player of a recording, is put into its mark by `views::body`.

use std::ops::Range;

use pulldown_cmark_escape::escape_html;

use super::accessible;
use super::writer::Writer;
use super::written::{DIRECTIVE, Finding};
use crate::document::directives::{DirectiveKind, Line, Role};
use crate::rules::pages;

/// A directive that is open.
pub(super) struct Block {
    /// What it is.
    pub kind: DirectiveKind,
    /// The words after its name.
    words: String,
    /// Where its first line stands in the markdown.
    line: Range<usize>,
    /// Where what it holds begins in the markup.
    begins: usize,
}

/// Begins a block that holds text.
pub(super) fn open(writer: &mut Writer<'_, '_>, kind: DirectiveKind, words: String, line: &Range<usize>) {
    match kind {
        DirectiveKind::Callout => {
            writer.open("<div class=\"callout\" role=\"note\">\n");
            if !words.is_empty() {
                writer.out.push_str("<p class=\"callout-title\">");
                writer.text(&words);
                writer.out.push_str("</p>\n");
            }
        }
        DirectiveKind::Audio => {
            writer.open("<div class=\"recording\">\n");
            print(writer, kind, words.clone(), line);
        }
        DirectiveKind::Wide => writer.open("<div class=\"wide\">\n"),
        DirectiveKind::Gallery => writer.open("<div class=\"gallery\">\n"),
        _ => writer.line(),
    }
    writer.blocks.push(Block { kind, words, line: line.clone(), begins: writer.out.len() });
}

/// Ends the innermost block, whose last line stands at `line`.
pub(super) fn close(writer: &mut Writer<'_, '_>, line: &Range<usize>) {
    writer.line();
    let Some(block) = writer.blocks.pop() else { return };
    match block.kind {
        DirectiveKind::Audio => transcript(writer, &block),
        DirectiveKind::PullQuote => pull_quote(writer, &block, line),
        _ => writer.out.push_str("</div>\n"),
    }
}

/// Leaves a mark for what a directive prints by itself.
pub(super) fn print(writer: &mut Writer<'_, '_>, kind: DirectiveKind, words: String, line: &Range<usize>) {
    accessible::played(writer, kind, &words, line);
    let number = writer.written.directives.len();
    writer.written.directives.push((kind, words));
    writer.open(&format!("{DIRECTIVE}{number}{DIRECTIVE}\n"));
}

/// Folds the text of a recording below its player.
fn transcript(writer: &mut Writer<'_, '_>, block: &Block) {
    if writer.out[block.begins..].trim().is_empty() {
        writer.find(Finding {
            help: Some("write down what's said, between this line and the closing `:::`".into()),
            ..Finding::new(
                &pages::rules().recording_without_transcript.info.code,
                "this recording has no transcript",
                block.line.clone(),
            )
        });
    } else {
        let label = writer.site.map(|(setting, _)| setting.words.word("transcript")).unwrap_or_default();
        let mut begin = String::from("<details class=\"transcript\"><summary>");
        // Writing into a String cannot fail.
        let _ = escape_html(&mut begin, &label);
        begin.push_str("</summary>\n");
        writer.out.insert_str(block.begins, &begin);
        writer.out.push_str("</details>\n");
    }
    writer.out.push_str("</div>\n");
}

/// Sets a sentence large. One that stands in the text already is an ornament: whoever hears the page, or searches it, meets
/// it once.
fn pull_quote(writer: &mut Writer<'_, '_>, block: &Block, end: &Range<usize>) {
    let text = writer.site.map(|(_, text)| text.markdown).unwrap_or_default();
    let part = |range: Range<usize>| letters(text.get(range).unwrap_or_default());
    let sentence = part(block.line.end..end.start);
    let repeated = part(0..block.line.start).contains(&sentence) || part(end.end..text.len()).contains(&sentence);
    // A link must not be hidden from those who can reach it by its key.
    let ornament = repeated && !writer.out[block.begins..].contains("<a ");
    let (begin, end) = match ornament {
        true => ("<aside class=\"pull-quote\" aria-hidden=\"true\" data-unsearched>\n<blockquote>\n", "</aside>\n"),
        false => ("<figure class=\"pull-quote\">\n<blockquote>\n", "</figure>\n"),
    };
    writer.out.insert_str(block.begins, begin);
    writer.out.push_str("</blockquote>\n");
    if !block.words.is_empty() {
        let (open, close) = if ornament { ("<p>", "</p>\n") } else { ("<figcaption>", "</figcaption>\n") };
        writer.out.push_str(open);
        writer.text(&block.words);
        writer.out.push_str(close);
    }
    writer.out.push_str(end);
}

/// The letters and digits of a text, whatever stands between them.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where the galleries of a text stand in it.
pub(super) fn galleries(lines: &[Line]) -> Vec<Range<usize>> {
    let mut open: Vec<&Line> = Vec::new();
    let mut found = Vec::new();
    for line in lines {
        match line.role {
            Role::Open(..) => open.push(line),
            Role::Close => {
                let begun = open.pop().filter(|begun| matches!(begun.role, Role::Open(DirectiveKind::Gallery, _)));
                found.extend(begun.map(|begun| begun.span.end..line.span.start));
            }
            Role::Leaf(..) | Role::Nothing => {}
        }
    }
    found
}
