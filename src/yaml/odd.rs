//! White space that looks like a space and is none, where YAML wants a space: a non-breaking space behind a colon, a tab
//! before a name, an invisible character that a copied text brought along.
//!
//! Owns which characters these are and where they harm. Inside a text most of them are meant: a French text has narrow
//! spaces, a German one soft hyphens, an Arabic one marks of direction.

use std::ops::Range;

/// An odd character and the line as it was meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Odd {
    /// Where it stands.
    pub span: Range<usize>,
    /// What it is.
    pub name: String,
    /// The line without it.
    pub mended: String,
}

/// Never meant, wherever it stands.
fn is_never_meant(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}')
}

/// Taken for a space, or for nothing at all.
fn is_odd(c: char) -> bool {
    is_never_meant(c)
        || (c.is_whitespace() && !matches!(c, ' ' | '\t' | '\r' | '\n'))
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2061}'..='\u{2069}' | '\u{115f}' | '\u{3164}')
}

/// Whether it is as wide as a space; the others cannot be seen.
fn is_wide(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}')
}

fn name(c: char) -> String {
    let known = match c {
        '\t' => "a tab",
        '\u{a0}' => "a non-breaking space",
        '\u{202f}' => "a narrow non-breaking space",
        '\u{3000}' => "an ideographic space",
        '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{1680}' => "an unusual kind of space",
        '\u{200b}' => "an invisible zero-width space",
        '\u{feff}' => "an invisible byte order mark",
        '\u{ad}' => "an invisible soft hyphen",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "an invisible line break",
        _ => return format!("an invisible character (U+{:04X})", c as u32),
    };
    known.to_string()
}

/// The odd characters of a YAML text that stand where they harm. `broken`: the text is no YAML as it stands, so that
/// tabs and odd characters before any line are told as well.
pub fn odd(text: &str, broken: bool) -> Vec<Odd> {
    let mut found = Vec::new();
    if !broken && !text.contains(is_odd) {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if bare.contains(|c: char| is_odd(c) || c == '\t') {
            for (at, c) in of_line(bare, broken) {
                let span = start + at..start + at + c.len_utf8();
                found.push(Odd { span, name: name(c), mended: mended(bare) });
            }
        }
        start += line.len();
    }
    found
}

/// A text with a space for each byte of its odd characters, so that every other place stays the same. What parts a word
/// is taken out of it; its spaces stand behind the word.
pub fn without_odd(text: &str, odd: &[Odd]) -> String {
    let mut out = text.to_string();
    for one in odd.iter().rev() {
        let behind = &out[one.span.end..];
        let is_within =
            out[..one.span.start].ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric);
        let rest = if is_within { behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len()) } else { 0 };
        let moved = format!("{}{}", &behind[..rest], " ".repeat(one.span.len()));
        out.replace_range(one.span.start..one.span.end + rest, &moved);
    }
    out
}

/// A line's parts: what stands before its name or value, where its name ends, where its value begins and ends.
struct Parts {
    indent: usize,
    /// The name's end and the place behind the colon.
    name: Option<(usize, usize)>,
    value: Range<usize>,
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t') || is_odd(c)
}

fn parts(line: &str) -> Parts {
    let blank = |text: &str| text.len() - text.trim_start_matches(is_space).len();
    let mut indent = blank(line);
    while let Some(rest) = line[indent..].strip_prefix('-').filter(|rest| rest.starts_with(is_space)) {
        indent += 1 + blank(rest);
    }
    let is_name = |name: &str| {
        let name = name.trim_matches(is_space).trim_matches(['"', '\'']);
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-') || is_never_meant(c))
    };
    let colon = line[indent..].find(':').map(|at| indent + at).filter(|colon| {
        let behind = line[colon + 1..].chars().next();
        is_name(&line[indent..*colon]) && behind.is_none_or(is_space)
    });
    let name = colon.map(|colon| (indent + line[indent..colon].trim_end_matches(is_space).len(), colon + 1));
    let from = name.map_or(indent, |(_, behind)| behind + blank(&line[behind..]));
    let end = from + line[from..].trim_end_matches(is_space).len();
    Parts { indent, name, value: from..end }
}

/// The odd characters of a line that harm, with their places.
fn of_line(line: &str, broken: bool) -> Vec<(usize, char)> {
    let Parts { indent, name, value } = parts(line);
    let is_flow = line[value.clone()].starts_with(['{', '[']);
    let harms = |at: usize, c: char| {
        if c == '\t' {
            return broken && at < indent;
        }
        if !is_odd(c) {
            return false;
        }
        let at_edge = match name {
            Some((end, behind)) => at < indent || (end..behind).contains(&at) || (behind..value.start).contains(&at),
            None => broken && at < indent,
        };
        let trailing = at >= value.end && (name.is_some() || broken);
        is_never_meant(c) || at_edge || trailing || (is_flow && value.contains(&at) && touches_mark(line, at, c))
    };
    line.char_indices().filter(|(at, c)| harms(*at, *c)).collect()
}

/// Whether only white space stands between a character and a mark of a list or block in brackets.
fn touches_mark(line: &str, at: usize, c: char) -> bool {
    let marks = ['{', '}', '[', ']', ',', ':'];
    line[..at].trim_end_matches(is_space).ends_with(marks)
        || line[at + c.len_utf8()..].trim_start_matches(is_space).starts_with(['}', ']', ','])
}

/// The line as it was meant: one space behind the colon, spaces before the name, none at the end.
fn mended(line: &str) -> String {
    let Parts { indent, name, value } = parts(line);
    let clean = |text: &str| {
        let text = text.replace('\t', "  ").replace(is_never_meant, "");
        text.chars().filter(|c| is_wide(*c) || !is_odd(*c)).map(|c| if is_odd(c) { ' ' } else { c }).collect::<String>()
    };
    let inner = &line[value];
    let inner = match inner.starts_with(['{', '[']) {
        true => clean(inner),
        false => inner.replace(is_never_meant, ""),
    };
    let before = clean(&line[..indent]);
    match name {
        Some((end, _)) => format!("{before}{}: {inner}", clean(&line[indent..end])).trim_end().to_string(),
        None => format!("{before}{inner}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_spaces_are_found_where_they_harm() {
        for (line, at, meant) in [
            ("date:\u{a0} 2026-10-01", 5, "date: 2026-10-01"),
            ("date: \u{a0}2026-10-01", 6, "date: 2026-10-01"),
            ("date\u{a0}: 2026-10-01", 4, "date: 2026-10-01"),
            ("date: 2026-10-01\u{a0}", 16, "date: 2026-10-01"),
            ("\u{a0} name: Ana", 0, "  name: Ana"),
            ("\u{feff}name: Ana", 0, "name: Ana"),
            ("name:\u{3000}Ana", 5, "name: Ana"),
            ("name:\u{202f}Ana", 5, "name: Ana"),
            ("ti\u{200b}tle: Ana", 2, "title: Ana"),
            ("title: An\u{200b}a", 9, "title: Ana"),
            ("-\u{a0}name: Ana", 1, "- name: Ana"),
            ("price: {\u{a0}amount: 110 }", 8, "price: { amount: 110 }"),
            ("price: { amount:\u{a0}110 }", 16, "price: { amount: 110 }"),
            ("\tname: Ana", 0, "  name: Ana"),
            ("\u{ad}name: Ana", 0, "name: Ana"),
        ] {
            let found = odd(line, true);
            assert!(found.len() == 1 && found[0].span.start == at, "{line:?}: {found:?}");
            assert_eq!(found[0].mended, meant, "{line:?}");
            assert_eq!(without_odd(line, &found).len(), line.len());
        }
    }

    #[test]
    fn spaces_that_are_meant_stay() {
        for line in [
            "title: 10\u{a0}000 pas",
            "title: «\u{a0}Oui\u{a0}», dit-elle",
            "title: Lebens\u{ad}übergänge",
            "title: \"\u{200f}مرحبا\u{200f}\"",
            "title: می\u{200c}خواهم",
            "title: a\tb",
            "tags: [a\u{a0}b, c]",
            "",
        ] {
            assert_eq!(odd(line, false), [], "{line:?}");
        }
        assert_eq!(odd("  \u{a0}a line of a poem\n", false), []);
    }
}
