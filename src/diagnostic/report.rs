//! Findings as text for people, and as JSON for programs.
//!
//! Owns the drawing of a finding with the line it is about (by annotate-snippets, the Rust compiler's
//! renderer), their form as JSON, and the translation of byte offsets into lines and columns. Prints nothing.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::{AnsiColor, DecorStyle, Effects, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::secrets::hidden;
use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::source::Sources;

/// Lines longer than this many bytes are shown in part, around the place.
const LONGEST_LINE: usize = 160;

/// Line and column of a place, both counted from 1. A column counts characters (Unicode scalar values): a tab is one, so is
/// an accent that is written apart from its letter; a byte order mark is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The part of a file that a finding shows.
struct Excerpt<'a> {
    text: Cow<'a, str>,
    line: usize,
    span: Range<usize>,
}

/// Where `place` is, as an editor counts; `None` where the file is not in `sources`.
pub fn position(sources: &Sources, place: &Place) -> Option<Position> {
    // Counted in bytes: a file may have thousands of findings, and each looks at all that stands above it.
    let text: &[u8] = sources.text(&place.path)?;
    let mut start = place.span.start.min(text.len());
    while start < text.len() && start > 0 && text[start] & 0b1100_0000 == 0b1000_0000 {
        start -= 1;
    }
    let line_start = memchr::memrchr(b'\n', &text[..start]).map_or(0, |newline| newline + 1);
    let line = memchr::memchr_iter(b'\n', &text[..start]).count() + 1;
    let before = String::from_utf8_lossy(&text[line_start..start]);
    Some(Position { line, column: before.trim_start_matches('\u{feff}').chars().count() + 1 })
}

/// All findings for programs; `docs/findings.schema.json` says what it holds.
pub fn json(diagnostics: &Diagnostics, sources: &Sources, today: Date, site: &str) -> Value {
    json!({
        "version": 1,
        "today": today.to_string(),
        "site": site,
        "counts": {
            "error": diagnostics.count(Severity::Error),
            "warning": diagnostics.count(Severity::Warning),
            "note": diagnostics.count(Severity::Note),
            "acknowledged": diagnostics.acknowledged(),
        },
        "findings": diagnostics.iter().map(|finding| json_of(finding, sources)).collect::<Vec<_>>(),
    })
}

fn json_of(finding: &Diagnostic, sources: &Sources) -> Value {
    let place = finding.place.as_ref();
    // A place without a stretch is a whole file.
    let stretch = place.filter(|place| place.span != (0..0));
    let start = stretch.and_then(|place| position(sources, place));
    let end = stretch
        .and_then(|place| position(sources, &Place { path: place.path.clone(), span: place.span.end..place.span.end }));
    let related = finding.related.iter().map(|(place, text)| {
        let at = Some(place).filter(|place| place.span != (0..0)).and_then(|place| position(sources, place));
        json!({
            "path": place.path.as_str(),
            "line": at.as_ref().map(|at| at.line),
            "column": at.as_ref().map(|at| at.column),
            "text": text,
        })
    });
    json!({
        "severity": finding.severity,
        "code": finding.code.name,
        "message": finding.message,
        "path": place.map(|place| place.path.as_str()),
        "line": start.as_ref().map(|at| at.line),
        "column": start.as_ref().map(|at| at.column),
        "end_line": end.as_ref().map(|at| at.line),
        "end_column": end.as_ref().map(|at| at.column),
        "label": finding.label,
        "help": finding.help,
        "source": finding.basis.map(|basis| &basis.source),
        "confidence": finding.basis.map(|basis| basis.confidence),
        "by_time": finding.code.by_time,
        "acknowledged": finding.acknowledged.as_ref().map(|reason| json!({ "reason": reason })),
        "related": related.collect::<Vec<_>>(),
    })
}

/// The finding as it is shown in a terminal, with or without colour.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name);
    let excerpts: Vec<_> = std::iter::once(diagnostic.place.as_ref())
        .chain(diagnostic.related.iter().map(|(place, _)| Some(place)))
        .map(|place| place.and_then(|place| excerpt(sources, place).map(|excerpt| (place, excerpt))))
        .collect();
    let mut group = Group::with_title(title);
    let mut primary = true;
    for (index, found) in excerpts.iter().enumerate() {
        let label = match index {
            0 => diagnostic.label.as_deref(),
            _ => diagnostic.related.get(index - 1).map(|(_, text)| text.as_str()),
        };
        match found {
            Some((place, excerpt)) => {
                let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                group = group.element(
                    Snippet::source(excerpt.text.as_ref())
                        .path(place.path.as_str())
                        .line_start(excerpt.line)
                        .annotation(kind.span(excerpt.span.clone()).label(label)),
                );
            }
            None => {
                let place = match index {
                    0 => diagnostic.place.as_ref(),
                    _ => diagnostic.related.get(index - 1).map(|(place, _)| place),
                };
                if let Some(place) = place {
                    let origin = annotate_snippets::Origin::path(place.path.as_str());
                    group = group.element(origin);
                }
                if let Some(label) = label {
                    group = group.element(Level::NOTE.message(label));
                }
            }
        }
        primary = false;
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    // Yellow, bright green and bright cyan, which the renderer has for these, can't be read on a white terminal.
    let bold = |colour: AnsiColor| colour.on_default().effects(Effects::BOLD);
    let styled = || {
        Renderer::styled()
            .warning(bold(AnsiColor::Magenta))
            .note(bold(AnsiColor::Blue))
            .help(Style::new().effects(Effects::BOLD))
    };
    let renderer = if colour { styled() } else { Renderer::plain() };
    let shown = renderer.decor_style(DecorStyle::Unicode).render(&[group]);
    with_columns(shown, excerpts.iter().flatten().map(|(place, _)| *place), sources)
}

/// What was drawn with the columns of the files in its headings: the renderer counts them in the part that it is shown.
fn with_columns<'a>(mut shown: String, places: impl Iterator<Item = &'a Place>, sources: &Sources) -> String {
    // The title may hold anything.
    let mut from = shown.find('\n').unwrap_or(0);
    for place in places {
        let Some(position) = position(sources, place) else { continue };
        let heading = format!("{}:{}:", place.path, position.line);
        let Some(at) = shown[from..].find(&heading).map(|at| from + at + heading.len()) else { continue };
        let digits = shown[at..].bytes().take_while(u8::is_ascii_digit).count();
        let column = position.column.to_string();
        shown.replace_range(at..at + digits, &column);
        from = at + column.len();
    }
    shown
}

/// The lines of a place, cut to a readable length; `None` for a place that means a whole file.
fn excerpt<'a>(sources: &'a Sources, place: &Place) -> Option<Excerpt<'a>> {
    if place.span.is_empty() && place.span.start == 0 {
        return None;
    }
    let text = String::from_utf8_lossy(sources.text(&place.path)?);
    let start = floor(&text, place.span.start);
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[..start].matches('\n').count() + 1;
    let last = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    // A place over several lines is marked to the end of its first: that is where the eye goes.
    let end = ceil(&text, place.span.end).clamp(start, last).max(start);
    let cut_from = if start - first > LONGEST_LINE { floor(&text, start - LONGEST_LINE / 4) } else { first };
    let cut_to = ceil(&text, last.min(cut_from + 2 * LONGEST_LINE));
    let shown = text[cut_from..cut_to].trim_end_matches('\r').replace(['\u{feff}', '\0'], "\u{fffd}");
    // U+FEFF and its replacement are both three bytes long; NUL grows by two.
    let grown = |upto: usize| 2 * text[cut_from..upto].matches('\0').count();
    let from = start - cut_from + grown(start);
    let to = end.min(cut_to) - cut_from + grown(end.min(cut_to));
    let (cut_before, cut_behind) = (cut_from > first, cut_to < last);
    let shown = format!("{}{shown}{}", if cut_before { "…" } else { "" }, if cut_behind { "…" } else { "" });
    let more = if cut_before { '…'.len_utf8() } else { 0 };
    let (from, to) = (from + more, to + more);
    let shown = if place.path.as_str().ends_with(".yaml") { hidden(shown) } else { shown };
    let limit = shown.len();
    Some(Excerpt { text: Cow::Owned(shown), line, span: from.min(limit)..to.max(from).min(limit) })
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The character boundary at or after `at`.
fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;
    use crate::source::SourcePath;

    #[test]
    fn a_finding_shows_file_line_column_and_the_line_itself() {
        let mut sources = Sources::default();
        let text = "---\ntitle: Grief\npractitioners: [mason-garlik]\n---\n";
        sources.insert_text("content/services/grief.md", text);
        let path = SourcePath::new("content/services/grief.md").unwrap();
        let start = text.find("mason").unwrap();
        let finding = Diagnostic::new(&codes::UNKNOWN_PRACTITIONER, "no practitioner is called `mason-garlik`")
            .at(&path, start..start + 12)
            .suggest("mason-garlik", ["mason-garlick"]);
        let shown = render(&finding, &sources, false);
        for part in [
            "error[unknown-practitioner]: no practitioner is called `mason-garlik`",
            "content/services/grief.md:3:17",
            "3 │ practitioners: [mason-garlik]",
            "━━━━━━━━━━━━ did you mean `mason-garlick`?",
        ] {
            assert!(shown.contains(part), "{part} is missing in\n{shown}");
        }
        let position = position(&sources, finding.place.as_ref().unwrap()).unwrap();
        assert_eq!(position, Position { line: 3, column: 17 });
    }

    #[test]
    fn columns_count_the_characters_of_the_file() {
        let long = "ä".repeat(400);
        let tail = "b ".repeat(300);
        for (before, after) in [
            ("", ""),
            ("\ta\t", " b"),
            ("🙂👩‍👩‍👧 ", " 🙂"),
            ("e\u{301}e\u{301} ", ""),
            ("\u{200f}مرحبا ", ""),
            (long.as_str(), ""),
            (long.as_str(), tail.as_str()),
            ("x", tail.as_str()),
            ("\t🙂e\u{301} ", tail.as_str()),
        ] {
            for (first, end) in
                [("one\n", "\n"), ("one\r\n", "\r\n"), ("\u{feff}one\n", "\n"), ("", "\n"), ("\u{feff}", "\r\n")]
            {
                let text = format!("{first}{before}WORD{after}{end}last{end}");
                let mut sources = Sources::default();
                sources.insert_text("content/a.md", text.as_str());
                let path = SourcePath::new("content/a.md").unwrap();
                let start = text.find("WORD").unwrap();
                let finding = Diagnostic::new(&codes::BROKEN_LINK, "no").at(&path, start..start + 4).label("here");
                let (line, column) = (if first.contains('\n') { 2 } else { 1 }, before.chars().count() + 1);
                let shown = render(&finding, &sources, false);
                assert!(shown.contains(&format!("content/a.md:{line}:{column}\n")), "{column} in\n{shown}");
                let json = json_of(&finding, &sources);
                assert_eq!(
                    [&json["line"], &json["column"], &json["end_line"], &json["end_column"]],
                    [line, column, line, column + 4],
                    "{text:?}"
                );
                // The caret stands below the word.
                let drawn = shown.lines().find(|line| line.contains("WORD")).unwrap();
                let caret = shown.lines().find(|line| line.contains("━━━━ here")).expect("four characters are marked");
                if before.is_ascii() || before == long {
                    let at = |line: &str, mark: &str| line[..line.find(mark).unwrap()].chars().count();
                    assert_eq!(at(drawn, "WORD"), at(caret, "━━━━"), "{shown}");
                }
                assert!(drawn.chars().count() < 2 * LONGEST_LINE + 40, "{drawn}");
            }
        }
    }

    #[test]
    fn a_line_of_ten_megabytes_is_shown_in_part() {
        let mut sources = Sources::default();
        sources.insert_text("content/a.md", "x".repeat(10_000_000));
        let path = SourcePath::new("content/a.md").unwrap();
        let finding = Diagnostic::new(&codes::LINE_TOO_LONG, "a line is too long").at(&path, 5_000_000..5_000_010);
        assert!(render(&finding, &sources, false).len() < 2_000);
    }
}
