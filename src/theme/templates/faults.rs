//! The engine's faults as findings.
//!
//! Owns where a fault of the engine stands in the file as it was written, and who called what it stands in. What a template
//! has wrong that the engine can't say well is for the other files of this folder.

use std::ops::Range;

use tera::{Error, ErrorKind, Span};

use super::super::bounds;
use super::super::layers::TemplateFile;
use super::{short, tokens};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::SourcePath;

/// Finds a template's file by the name that the engine has for it.
pub(super) type Files<'a> = &'a dyn Fn(&str) -> Option<TemplateFile>;

/// Callers beyond which no more are told.
const MOST_CALLERS: usize = 4;

/// Where the engine says something is: the template, line, from and to column.
struct Spot {
    template: String,
    line: usize,
    from: usize,
    to: usize,
    /// Whether the engine read the file as it was written.
    as_written: bool,
}

impl Spot {
    fn new(template: &str, span: &Span, as_written: bool) -> Spot {
        let (line, from, to) = (span.start_line, span.start_col, span.end_col);
        Spot { template: template.to_string(), line, from, to, as_written }
    }

    /// The same place in the file.
    fn place(&self, file: Files<'_>) -> Option<(SourcePath, Range<usize>)> {
        let TemplateFile { path, text, is_own } = file(&self.template)?;
        let (from, to) = match is_own && !self.as_written {
            true => {
                let written = |column| bounds::written_column(&text, self.line, column);
                (written(self.from), written(self.to))
            }
            false => (self.from, self.to),
        };
        let start: usize = text.split_inclusive('\n').take(self.line.saturating_sub(1)).map(str::len).sum();
        let column = |at: usize| text[start..].char_indices().nth(at).map_or(text.len() - start, |(byte, _)| byte);
        Some((path, start + column(from)..start + column(to.max(from + 1))))
    }
}

/// An error of the engine as a finding at its place, with those who called what it stands in.
pub(crate) fn finding(error: &Error, file: Files<'_>) -> Diagnostic {
    let fault = |message: &str| Diagnostic::new(&codes::TEMPLATE_FAULT, in_our_words(message));
    let at = |finding: Diagnostic, place: Option<(SourcePath, Range<usize>)>| match place {
        Some((path, span)) => finding.at(&path, span),
        None => finding,
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            at(fault(report.message()), Spot::new(report.filename(), report.span(), true).place(file))
        }
        ErrorKind::RenderingError(report) => {
            let finding = at(fault(report.message()), Spot::new(report.filename(), report.span(), false).place(file));
            callers(&error.to_string()).fold(finding, |finding, caller| match caller.place(file) {
                Some((path, span)) => {
                    let text = format!("called from {path}:{}", caller.line);
                    finding.related(&path, span, text)
                }
                None => finding,
            })
        }
        ErrorKind::Msg(text) => {
            let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_string();
            at(fault(&message), spot_in(text).and_then(|spot| spot.place(file)))
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("the template that it extends, `{parent}`, doesn't exist");
            at(fault(&message), place_of(current, "extends", parent, file))
        }
        ErrorKind::CircularExtend { inheritance_chain, .. } => {
            let last = inheritance_chain.last().map_or("", String::as_str);
            let message = "this template extends itself, directly or through others";
            at(fault(message), place_of(last, "extends", short(last), file))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let message = format!("this template includes itself: {}", include_chain.join(" → "));
            at(fault(&message), place_of(tpl, "include", short(tpl), file))
        }
        other => fault(&other.to_string()),
    }
}

/// Who called what a fault stands in, the nearest first: the engine says it only in its finished report.
fn callers(report: &str) -> impl Iterator<Item = Spot> {
    let notes = report.lines().filter_map(|line| line.strip_prefix("note: called from "));
    notes.take(MOST_CALLERS).filter_map(spot)
}

/// The engine's message as findings are written: small first letter, no dot at the end.
fn in_our_words(message: &str) -> String {
    let message =
        message.trim().trim_end_matches('.').replace("Unknown template", "none of the themes has the template");
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => message,
    }
}

/// Where a template extends or includes another.
fn place_of(template: &str, word: &str, named: &str, file: Files<'_>) -> Option<(SourcePath, Range<usize>)> {
    let TemplateFile { path, text, .. } = file(template)?;
    let scan = tokens::scan(&text);
    // Inside the quotation marks.
    let span = scan
        .naming(word)
        .find(|(name, _)| name.ends_with(named))
        .map_or(0..1, |(name, span)| span.end - 1 - named.len().min(name.len())..span.end - 1);
    Some((path, span))
}

/// The template of a finished report.
pub(super) fn template_in(report: &str) -> Option<String> {
    spot_in(report).map(|spot| spot.template)
}

/// The place in a finished report: ` --> linen/page.html:3:5`.
fn spot_in(report: &str) -> Option<Spot> {
    spot(report.lines().find_map(|line| line.split_once("--> ").map(|(_, place)| place.trim()))?)
}

/// `linen/page.html:3:5`.
fn spot(place: &str) -> Option<Spot> {
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let template = parts.next()?.trim_matches(['[', ']']).to_string();
    Some(Spot { template, line, from: column.saturating_sub(1), to: column, as_written: false })
}
