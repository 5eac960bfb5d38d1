//! Why a text is no YAML, and how it could be.
//!
//! Owns the parser's messages in an author's words, and the mend of what goes wrong most: a value that needs
//! quotes around it.

use std::ops::Range;

use super::Value;
use super::places::first_duplicate;

/// Lines above a fault in which its cause is looked for: a quotation mark that nobody closes is noticed late.
const LINES_ABOVE: usize = 20;

/// Why a text is no YAML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YamlFault {
    /// What is wrong, in the parser's words made plain.
    pub message: String,
    /// Byte offsets in the text that was given.
    pub span: Range<usize>,
    /// For a key that stands twice: where it stood first.
    pub first: Option<Range<usize>>,
    /// The line as it was probably meant.
    pub mended: Option<String>,
    /// Where the value stands without which the rest could be read.
    pub value: Option<Range<usize>>,
}

/// A parser's error with a place, also where the parser gives none.
pub(super) fn of(text: &str, error: &serde_yaml::Error) -> YamlFault {
    let full = error.to_string();
    if full.contains("duplicate entry")
        && let Some((name, first, second)) = first_duplicate(text)
    {
        let message = format!("`{name}` appears twice");
        return YamlFault { message, span: second, first: Some(first), mended: None, value: None };
    }
    let bare = full.split(" at line ").next().unwrap_or(&full).trim();
    let message = plain(bare);
    let mut at = error.location().map_or(0, |location| location.index().min(text.len()));
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (mended, value) = mend(text, at, bare.contains("quoted scalar")).unzip();
    // A quotation mark that nobody closes is noticed further down.
    let at = value.as_ref().filter(|value| !value.contains(&at)).map_or(at, |value| value.start);
    YamlFault { message, span: around(text, at), first: None, mended, value }
}

/// A text that asks for more than it may.
pub(super) fn too_much(text: &str, at: usize, message: String) -> YamlFault {
    YamlFault { message, span: around(text, at), first: None, mended: None, value: None }
}

/// Frequent messages of the parser in an author's words.
fn plain(message: &str) -> String {
    let known = [
        ("mapping values aren't allowed", "this text has a colon and needs quotes, or the line is indented too far"),
        (
            "did not find expected key",
            "there should be a `name: value` here; check the quotation marks and the indentation",
        ),
        ("did not find expected ',' or", "a list in brackets isn't closed, or a comma is missing"),
        (
            "found character that can't start any token",
            "a value can't start with this character; put quotes around the text",
        ),
        ("while scanning a quoted scalar", "a quotation mark is opened and never closed"),
        ("could not find expected ':'", "this name needs a colon and a value after it"),
        ("repetition limit exceeded", "aliases (`*name`) repeat so much text that it would never end"),
        ("recursion limit exceeded", "brackets or lists are nested too deep"),
        ("unknown anchor", "a value can't start with `*`; put quotes around the text"),
    ];
    known
        .iter()
        .find(|(part, _)| message.contains(part))
        .map_or_else(|| message.to_string(), |(_, text)| (*text).to_string())
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

/// The line that causes a fault at `at`, with quotes around its value, and where that value stands; none where
/// quotes do not mend it. `opens`: the fault is a quotation mark that is opened.
fn mend(text: &str, at: usize, opens: bool) -> Option<(String, Range<usize>)> {
    let mut end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    for _ in 0..LINES_ABOVE {
        let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[start..end].trim_end();
        let indent = |line: &str| line.len() - line.trim_start().len();
        let next = text[end..].strip_prefix('\n').and_then(|rest| rest.lines().next()).unwrap_or_default();
        // What goes on in the lines below is more than this line's value.
        let goes_on = !next.trim().is_empty() && indent(next) > indent(line);
        if !goes_on
            && let Some((mended, value)) = quoted(line)
            && (!opens || line[value.start..].starts_with(['"', '\'']))
        {
            return Some((mended, start + value.start..start + value.end));
        }
        end = start.checked_sub(1)?;
    }
    None
}

/// A line `name: value` that is no YAML by itself, with quotes around its value.
fn quoted(line: &str) -> Option<(String, Range<usize>)> {
    let (name, _) = line.split_once(": ")?;
    let start = name.len() + 1 + line[name.len() + 1..].find(|c: char| c != ' ')?;
    let value = &line[start..];
    // A list or block in brackets wants its brackets closed, not quotes.
    if value.len() < 2 || value.starts_with(['[', '{']) || serde_yaml::from_str::<Value>(line.trim_start()).is_ok() {
        return None;
    }
    let bare = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let bare = bare.strip_suffix(['"', '\'']).filter(|_| bare.len() < value.len()).unwrap_or(bare);
    let value_quoted = match bare.contains('"') && !bare.contains('\'') {
        true => format!("'{bare}'"),
        false => serde_json::Value::from(bare).to_string(),
    };
    let mended = format!("{}{value_quoted}", &line[..start]).trim_start().to_string();
    let is_mended = serde_yaml::from_str::<Value>(&mended).is_ok_and(|whole| {
        let whole = whole.as_sequence().and_then(|list| list.first()).unwrap_or(&whole);
        whole.as_mapping().is_some_and(|map| map.values().any(|value| value.as_str() == Some(bare)))
    });
    is_mended.then_some((mended, start..line.len()))
}

/// A text with another value at a place, as long as what stood there: every other place stays the same.
pub fn without_value(text: &str, place: &Range<usize>) -> String {
    let filler = "-".repeat(place.len().saturating_sub(2));
    format!("{}'{filler}'{}", &text[..place.start], &text[place.end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse;

    #[test]
    fn a_duplicate_is_found_with_both_places() {
        let text = "title: a\nlist:\n  - title: b\ntitle: c\n";
        let fault = parse(text).unwrap_err();
        assert_eq!((fault.span.start, fault.first.unwrap().start), (text.rfind("title").unwrap(), 0));
    }

    #[test]
    fn a_value_that_needs_quotes_is_shown_with_them() {
        for (text, mended) in [
            ("title: Sleeping badly: what helps\ndate: 2026-11-24\n", "title: \"Sleeping badly: what helps\""),
            ("a: b\nname: @ana\n", "name: \"@ana\""),
            ("name: \"Ana\nlanguage: en\n", "name: \"Ana\""),
            ("name: *Ana* Lopez\n", "name: \"*Ana* Lopez\""),
            ("faqs:\n  - question: Why: how?\n    answer: x\n", ""),
            ("faqs:\n  - question: Why?\n    answer: yes: no\n", "answer: \"yes: no\""),
            ("quote: \"She said \"go\" and went\"\nb: c\n", "quote: 'She said \"go\" and went'"),
            ("text: 'It's late'\n", "text: \"It's late\""),
            ("list: [a, b\nc: d\n", ""),
        ] {
            let fault = parse(text).unwrap_err();
            assert_eq!(fault.mended.as_deref().unwrap_or_default(), mended, "{text}");
            let rest = fault.value.map(|value| without_value(text, &value));
            assert_eq!(rest.is_some_and(|rest| rest.len() == text.len() && parse(&rest).is_ok()), !mended.is_empty());
        }
    }
}
