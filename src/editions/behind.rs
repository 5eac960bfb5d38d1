//! Figures that stand in one of two texts only: an amount that was changed in one language, a telephone number.
//!
//! Owns what counts as the same figure in two languages. Times of day don't count: some write 5 PM and some 17:00.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::SourcePath;

/// The finding that a text and its translation name other figures. `text` is all of the translation's file, its prose begins at `body`.
pub(super) fn figures(main: &SourcePath, prose: &str, own: &SourcePath, text: &str, body: usize) -> Option<Diagnostic> {
    let (theirs, ours) = (all(prose), all(&text[body..]));
    let distinct = |figures: &[Figure]| figures.iter().map(|figure| figure.value.clone()).collect::<BTreeSet<_>>();
    let (known, own_known) = (distinct(&theirs), distinct(&ours));
    let mut more: Vec<&Figure> = ours.iter().filter(|figure| !known.contains(&figure.value)).collect();
    let mut less: Vec<&Figure> = theirs.iter().filter(|figure| !own_known.contains(&figure.value)).collect();
    // Where nothing stands in its place, a small number may be a word in the other language: 24 hours, around the clock.
    if more.is_empty() || less.is_empty() {
        more.retain(|figure| figure.value.len() > 2);
        less.retain(|figure| figure.value.len() > 2);
    }
    let named = |figures: &[&Figure]| {
        let names: Vec<String> = figures.iter().take(3).map(|figure| format!("`{}`", figure.written)).collect();
        names.join(", ")
    };
    let name = main.file_name();
    let message = match (more.as_slice(), less.as_slice()) {
        ([], []) => return None,
        (more, []) => format!("{} stands here and not in {name}", named(more)),
        ([], less) => format!("{} stands in {name} and not here", named(less)),
        (more, less) => format!("{} stands here, where {name} has {}", named(more), named(less)),
    };
    let finding = Diagnostic::new(&codes::TRANSLATION_BEHIND, message);
    let finding = match more.first() {
        Some(figure) => finding.at(own, body + figure.at..body + figure.at + figure.written.len()),
        None => finding.about(own),
    };
    Some(finding.help("bring the one that's behind up to date"))
}

#[derive(PartialEq, Eq, Debug)]
struct Figure {
    value: String,
    written: String,
    at: usize,
}

/// The figures of two digits and more, each without what groups its digits.
fn all(prose: &str) -> Vec<Figure> {
    let bytes = prose.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        // Digits may be grouped by a point, a comma or an apostrophe.
        while at < bytes.len()
            && (bytes[at].is_ascii_digit()
                || matches!(bytes[at], b'.' | b',' | b'\'') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
        {
            at += 1;
        }
        let is_time = start > 1 && bytes[start - 1] == b':' || bytes.get(at) == Some(&b':');
        // A name, an address, a heading's anchor.
        let continues =
            |before: u8| matches!(before, b'-' | b'/' | b'#' | b'_' | b'=' | b'@') || before.is_ascii_alphanumeric();
        let is_word = start > 0 && continues(bytes[start - 1])
            || bytes.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
        let written = &prose[start..at];
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        // 110 and 110.00 are one.
        let whole = written.strip_suffix(".00").or_else(|| written.strip_suffix(",00"));
        let value = whole.map_or(digits.clone(), |whole| whole.chars().filter(char::is_ascii_digit).collect());
        if digits.len() > 1 && !is_time && !is_word {
            found.push(Figure { value, written: written.to_string(), at: start });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_one_text_only_is_told() {
        let path = |path: &str| SourcePath::new(path).unwrap();
        let message = |main: &str, own: &str| {
            figures(&path("content/fees.md"), main, &path("content/fees.en.md"), own, 0).map(|finding| finding.message)
        };
        assert_eq!(
            message("110,00 € bis 1.250 €, ab 1. Mai 2026, 17:00", "€110 to €1,250, from 1 May 2026, 5 PM"),
            None
        );
        let changed = "`120` stands here, where fees.md has `110`".to_string();
        assert_eq!(message("110 Euro", "120 euros"), Some(changed));
        assert_eq!(message("Zwei", "Call 116 123"), Some("`116`, `123` stands here and not in fees.md".to_string()));
        assert_eq!(message("[x](a-2019.md#n-12)", "[x](b.md)"), None);
        assert_eq!(message("rund um die Uhr", "24 hours a day"), None);
    }
}
