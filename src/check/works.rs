//! Works that a list would print with marks that don't belong there.
//!
//! Owns what is looked for in the finished entry, as the site's style writes it. What a style prints is `markup::citations`'.

use std::sync::LazyLock;

use regex::Regex;

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::CitationStyle;
use crate::document::works::Work;
use crate::markup::citations;

/// Marks that follow one another, brackets with nothing in them or a mark at their edge, what TeX and templates leave behind.
static ODD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let marks = r"[,;:][,;:.]|[^.]\.\.(?:[^.]|$)|[?!][.,;?!]|\s[,;]|\s\.(?:\s|$)|\s\s";
    let brackets = r"\(\s*\)|\[\s*\]|‘\s*’|“\s*”|[(\[]\s*[,;:.]|[,;:]\s*[)\]]";
    let left = r"[{}\\$~^]|%20|&\w+;|<[a-z/]|\bnull\b|\bundefined\b|\bNone\b";
    Regex::new(&format!("{marks}|{brackets}|{left}")).ok()
});

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    let practice = subject.practice();
    let (style, lang) = (practice.citation_style, practice.language.to_string());
    for reference in subject.site.references.works.values() {
        if let Some(odd) = odd(&reference.work, style, &lang) {
            let message = format!("`{}` would be printed as “{odd}”", reference.key);
            let help = "look at its fields: one is empty, or ends with a mark that the list adds by itself";
            found.push(
                Diagnostic::new(&codes::ODD_REFERENCE, message).at(&reference.path, reference.span.clone()).help(help),
            );
        }
    }
}

/// What is odd in a work's entry, with the words around it.
fn odd(work: &Work, style: CitationStyle, lang: &str) -> Option<String> {
    /// Letters on each side.
    const AROUND: usize = 24;
    // An ellipsis is no row of full stops, and an address may hold any of these marks.
    let mut words = citations::written(style, work, lang).replace(". . .", "…");
    for address in work.web_address().iter().chain(&work.doi).chain(&work.url) {
        words = words.replace(address.as_str(), "…");
    }
    let at = ODD.as_ref()?.find(&words)?.range();
    let before: String = words[..at.start].chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = words[at.end..].chars().take(AROUND).collect();
    let dots = |part: &str, whole: &str| if part.len() < whole.len() { "…" } else { "" };
    let (first, last) = (dots(&before, &words[..at.start]), dots(&after, &words[at.end..]));
    Some(format!("{first}{}{last}", format!("{before}{}{after}", &words[at]).trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::works::Words;

    #[test]
    fn what_does_not_belong_into_an_entry_is_found() {
        let work = |title: &str| Work { title: Words::chosen(title), ..Work::default() };
        for title in ["A title,", "One {two", "One \\emph two", "Grief ()", "One ,two", "Grief & loss&amp;", "A $x$"] {
            assert!(odd(&work(title), CitationStyle::Apa, "en").is_some(), "{title}");
        }
        for title in
            ["A title", "Does it work?", "“Dr. House”", "A title . . . and more", "e. V.", "Dr. Who (1963)", "A: b"]
        {
            assert_eq!(odd(&work(title), CitationStyle::Apa, "en"), None, "{title}");
        }
    }
}
