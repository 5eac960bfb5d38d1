//! Words as people read them: a text without its line breaks.
//!
//! Owns what several stages do to plain text. Knows no markdown.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The text on one line: each stretch of white space is one space, none stands at its ends.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Most texts are on one line already. A letter beyond ASCII may be a space, too.
    let is_plain = text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) && !text.contains("  ");
    match is_plain {
        true => text.into(),
        false => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
    }
}

/// The text with a capital at its beginning, as a line has it.
pub fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a language is written as in Switzerland: German without `ß`, with quotation marks that point outwards.
pub fn is_swiss(language: &str) -> bool {
    matches!(language, "de-CH" | "de-LI")
}

/// A text in German as it is written in Switzerland and Liechtenstein.
pub fn swiss(text: &str) -> String {
    text.replace('ß', "ss").replace('„', "«").replace('“', "»").replace('‚', "‹").replace('‘', "›")
}

/// Whether a text is nothing but a gap in square brackets, as a new site has them where its author's words will stand.
pub fn is_gap(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('[') && text.ends_with(']') && !text[1..text.len() - 1].contains(['[', ']'])
}

/// Stretches of a text of which no two overlap.
#[derive(Default)]
pub struct Apart(BTreeMap<usize, usize>);

impl Apart {
    /// Whether a stretch overlaps none that was taken before.
    pub fn is_free(&self, span: &Range<usize>) -> bool {
        self.0.range(..span.end).next_back().is_none_or(|(_, end)| *end <= span.start)
    }

    /// Takes a stretch.
    pub fn take(&mut self, span: &Range<usize>) {
        self.0.insert(span.start, span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_becomes_single_spaces() {
        for text in ["", " ", "a b", " a\n  b\t", "a\u{a0}b", "a\u{b}b", "ä  ö", "a  b"] {
            assert_eq!(one_line(text), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
        }
        assert!(matches!(one_line("a b"), Cow::Borrowed(_)));
    }

    #[test]
    fn stretches_lie_apart() {
        let mut taken = Apart::default();
        taken.take(&(4..8));
        taken.take(&(20..30));
        for (span, free) in [(0..4, true), (0..5, false), (5..6, false), (8..20, true), (7..9, false), (29..40, false)]
        {
            assert_eq!(taken.is_free(&span), free, "{span:?}");
        }
    }
}
