//! Headings: levels left out, sections without a text.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::rules::{Info, leftovers, pages};

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    let headings = &document.facts.headings;
    let body = document.body();
    // The page's own heading is of level 1.
    let mut above = 1;
    for (index, heading) in headings.iter().enumerate() {
        let place = |finding: Diagnostic| {
            finding.at(&document.path, document.body_start + heading.span.start..document.body_start + heading.span.end)
        };
        let level = heading.level.max(2);
        if level > above + 1 {
            let message = format!("this is a level {level} heading, but the one before it is level {above}");
            let marks = "#".repeat(usize::from(above) + 1);
            let help = format!("start it with `{marks}`");
            found.extend(of(&pages::rules().heading_skipped.info, message).map(|it| place(it).help(help)));
        }
        above = level;
        let next = headings.get(index + 1);
        let text = &body[heading.span.end..next.map_or(body.len(), |next| next.span.start)];
        let goes_on = next.is_some_and(|next| next.level > heading.level);
        if text.trim().is_empty() && !goes_on {
            let message = format!("there's no text under the heading \"{}\"", heading.text);
            found.extend(of(&leftovers::rules().empty_section.info, message).map(place));
        }
    }
}

/// A finding of a rule that concerns every practice in the same way.
fn of(info: &'static Info, message: String) -> Option<Diagnostic> {
    info.cases.first().map(|case| super::finding(info, case, message))
}
