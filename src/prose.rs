//! Words as people read them: a text without its line breaks.
//!
//! Owns what several stages do to plain text. Knows no markdown.

use std::borrow::Cow;

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
}
