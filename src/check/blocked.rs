//! What the finished pages hold that their own policy keeps from working, at the place where it was written.

use std::collections::BTreeMap;

use super::{Subject, origins};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::finished::blocked::{Blocked, Kind};
use crate::output::Output;
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
            "this script is inside the page, so the site's security policy blocks it".into(),
            "move it to a file in your theme's `assets/` folder, or remove it",
        ),
        Kind::Style => (
            "this style sheet is inside the page, so the site's security policy blocks it".into(),
            "move it to a style sheet in your theme's `assets/` folder",
        ),
        Kind::StyleAttribute => (
            format!("`style` on `<{element}>` is blocked by the site's security policy"),
            "give the element a class, and move the style to a style sheet in your theme's `assets/` folder",
        ),
        Kind::Handler(name) => (
            format!("`{name}` on `<{element}>` is a script, so the site's security policy blocks it"),
            "use a link or a form, or move the script to a file in your theme's `assets/` folder",
        ),
        Kind::Address => (
            format!("the address of `<{element}>` is a script, so the site's security policy blocks it"),
            "link to a page instead, or remove it",
        ),
    }
}
