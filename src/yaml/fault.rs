//! Why a text is no YAML.
//!
//! Owns the parser's messages in an author's words. How it was meant is `mend`'s.

use std::ops::Range;

use super::places::first_duplicate;

/// Why a text is no YAML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YamlFault {
    /// What is wrong, in the parser's words made plain.
    pub message: String,
    /// Byte offsets in the text that was given.
    pub span: Range<usize>,
    /// For a key that stands twice: where it stood first.
    pub first: Option<Range<usize>>,
    /// Where the parser stopped.
    pub(super) at: usize,
    /// Whether there is no reading further: it asks for more than it may.
    pub(super) is_final: bool,
}

/// A parser's error with a place, also where the parser gives none.
pub(super) fn of(text: &str, error: &serde_yaml::Error) -> YamlFault {
    let full = error.to_string();
    if full.contains("duplicate entry")
        && let Some((name, first, second)) = first_duplicate(text)
    {
        let message = format!("`{name}` appears twice");
        let at = second.start;
        return YamlFault { message, span: second, first: Some(first), at, is_final: false };
    }
    let bare = full.split(" at line ").next().unwrap_or(&full).trim();
    let message = plain(bare);
    let opening =
        full.split_once("while scanning a quoted scalar at line ").and_then(|(_, place)| opening(text, place));
    let stopped = || error.location().map_or(0, |location| location.index().min(text.len()));
    let mut at = opening.unwrap_or_else(stopped);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    YamlFault { message, span: around(text, at), first: None, at, is_final: false }
}

/// Where a quotation mark stands that nobody closes, by what the parser says behind `at line `: `7 column 13`. It stops further
/// down, where the next one stands or the text ends.
fn opening(text: &str, place: &str) -> Option<usize> {
    let (line, column) = place.split_once(" column ")?;
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
    let (line, column) = (number(line)?, number(column)?);
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let own = text[start..].lines().next()?;
    let inside = own.char_indices().nth(column.checked_sub(1)?).map_or(own.len(), |(at, _)| at);
    Some(start + inside)
}

/// A text that asks for more than it may.
pub(super) fn too_much(text: &str, at: usize, message: String) -> YamlFault {
    YamlFault { message, span: around(text, at), first: None, at, is_final: true }
}

/// Frequent messages of the parser in an author's words.
fn plain(message: &str) -> String {
    let known = [
        (
            "mapping values are not allowed",
            "there's a colon here that doesn't belong, or the line begins with too many spaces",
        ),
        (
            "did not find expected key",
            "there should be `name: value` here; check the quotation marks and the spaces before it",
        ),
        ("did not find expected ',' or", "a list in brackets isn't closed, or a comma is missing"),
        (
            "did not find expected '-' indicator",
            "this line doesn't belong to the list above; check the spaces before it",
        ),
        (
            "found character that cannot start any token",
            "text that begins with this character needs quotation marks around it",
        ),
        ("quoted scalar", "a quotation mark is opened and never closed"),
        ("could not find expected ':'", "this name needs a colon and a value after it"),
        ("repetition limit exceeded", "`*name` repeats so much text that it would never end"),
        ("recursion limit exceeded", "brackets or lists are nested too deep"),
        ("unknown anchor", "text that begins with `*` needs quotation marks around it"),
        ("block sequence entries are not allowed", "a list begins on a line of its own, below the name"),
    ];
    let words = known.iter().find(|(part, _)| message.contains(part)).map(|(_, text)| *text);
    words
        .unwrap_or("this line can't be understood; check its colon, its quotation marks and the spaces before it")
        .to_string()
}

/// The word at an offset, or the last word before it where the offset is at the end of a line.
fn around(text: &str, at: usize) -> Range<usize> {
    let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let word_end = text[at..line_end].find(char::is_whitespace).map_or(line_end, |space| at + space);
    if word_end > at {
        return at..word_end;
    }
    let before = text[..at].trim_end();
    let start = before.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    start..before.len()
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    #[test]
    fn a_duplicate_is_found_with_both_places() {
        let text = "title: a\nlist:\n  - title: b\ntitle: c\n";
        let fault = parse(text).unwrap_err();
        assert_eq!((fault.span.start, fault.first.unwrap().start), (text.rfind("title").unwrap(), 0));
    }
}
