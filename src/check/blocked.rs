//! What the finished pages hold that their own policy keeps from working, at the place where it was written.

use std::collections::BTreeMap;

use super::{Subject, origins};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::render::{Blocked, Kind, Output};
use crate::rules::privacy;

pub(super) fn check(subject: &Subject<'_>, output: &Output, found: &mut Diagnostics) {
    let info = &privacy::rules().blocked_by_policy.info;
    let Some(case) = info.case(subject.practice(), subject.today) else { return };
    // What a template writes stands on every page, and is one finding.
    let mut by_place: BTreeMap<String, (Diagnostic, usize)> = BTreeMap::new();
    for (file, all) in &output.blocked {
        for blocked in all {
            let written: Vec<&str> =
                blocked.written.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            let place = origins::place(subject, file, &written);
            // A link that somebody wrote in markdown is told where its text is read.
            if blocked.kind == Kind::Address && place.is_none() {
                continue;
            }
            let (message, help) = said(blocked);
            let at = place.as_ref().map_or_else(|| file.as_str().to_string(), |place| format!("{place:?}"));
            let known = by_place.entry(format!("{at} {message}")).or_insert_with(|| {
                let mut finding = super::finding(info, case, message);
                if place.is_none() {
                    finding.message.push_str(&format!(" (on {})", file.as_str()));
                }
                finding.place = place;
                (finding.help(help), 0)
            });
            known.1 += 1;
        }
    }
    found.extend(by_place.into_values().map(|(mut finding, pages)| {
        if pages > 1 {
            finding.message.push_str(&format!(", on {pages} pages"));
        }
        finding
    }));
}

fn said(blocked: &Blocked) -> (String, &'static str) {
    let element = &blocked.element;
    match &blocked.kind {
        Kind::Script => (
            "this script stands in the page, and the site's policy lets no browser run it".into(),
            "put it into a file of your theme's `assets/`, or leave it out",
        ),
        Kind::Style => (
            "this style sheet stands in the page, and the site's policy lets no browser use it".into(),
            "put it into a style sheet of your theme's `assets/`",
        ),
        Kind::StyleAttribute => (
            format!("`style` of `<{element}>` stands in the page, and the site's policy lets no browser use it"),
            "give the element a class, and write the style into a style sheet of your theme's `assets/`",
        ),
        Kind::Handler(name) => (
            format!("`{name}` of `<{element}>` is a program, and the site's policy lets no browser run it"),
            "use a link or a form, or put the program into a file of your theme's `assets/`",
        ),
        Kind::Address => (
            format!("the address of `<{element}>` is a program, and the site's policy lets no browser run it"),
            "let it lead to a page, or leave it out",
        ),
    }
}
