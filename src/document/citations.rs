//! What authors write to cite a work: `[@key, p. 3]`, `[see @a; also @b]`, `[-@key]`, and `@key` in a sentence.
//!
//! Owns the syntax. Which works there are is `references`', how a citation reads is `markup::citations`'.

use std::ops::Range;

use crate::prose::one_line;

/// What stands before the name of a figure: `@fig:NAME`.
pub const FIGURE: &str = "fig:";

/// A work in a citation.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Cite {
    /// Words before it, such as `see`.
    pub prefix: String,
    /// The work.
    pub key: String,
    /// Whether the year stands alone, because the sentence names the author.
    pub year_only: bool,
    /// A place in the work, as written, such as `p. 3`.
    pub locator: Option<String>,
    /// Words after it.
    pub suffix: String,
}

/// What kind of place in a work is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Locator {
    Page,
    Chapter,
    Figure,
    Paragraph,
    Section,
    Table,
    Volume,
    Line,
    Part,
    Verse,
    Note,
    Column,
    Appendix,
}

impl Locator {
    /// Its key in tables of words.
    pub fn key(self) -> &'static str {
        match self {
            Locator::Page => "page",
            Locator::Chapter => "chapter",
            Locator::Figure => "figure",
            Locator::Paragraph => "paragraph",
            Locator::Section => "section",
            Locator::Table => "table",
            Locator::Volume => "volume",
            Locator::Line => "line",
            Locator::Part => "part",
            Locator::Verse => "verse",
            Locator::Note => "note",
            Locator::Column => "column",
            Locator::Appendix => "appendix",
        }
    }
}

/// Words before a place in a work, and what kind of place they mean. The abbreviations are those of reference
/// managers, and the German and Spanish ones that authors are likely to write.
const LABELS: &[(&str, Locator)] = &[
    ("p", Locator::Page),
    ("pp", Locator::Page),
    ("page", Locator::Page),
    ("pages", Locator::Page),
    ("s", Locator::Page),
    ("pág", Locator::Page),
    ("págs", Locator::Page),
    ("ص", Locator::Page),
    ("chap", Locator::Chapter),
    ("chaps", Locator::Chapter),
    ("chapter", Locator::Chapter),
    ("chapters", Locator::Chapter),
    ("ch", Locator::Chapter),
    ("kap", Locator::Chapter),
    ("cap", Locator::Chapter),
    ("fig", Locator::Figure),
    ("figs", Locator::Figure),
    ("figure", Locator::Figure),
    ("abb", Locator::Figure),
    ("para", Locator::Paragraph),
    ("paras", Locator::Paragraph),
    ("paragraph", Locator::Paragraph),
    ("paragraphs", Locator::Paragraph),
    ("abs", Locator::Paragraph),
    ("párr", Locator::Paragraph),
    ("sec", Locator::Section),
    ("secs", Locator::Section),
    ("section", Locator::Section),
    ("sections", Locator::Section),
    ("§", Locator::Section),
    ("table", Locator::Table),
    ("tab", Locator::Table),
    ("vol", Locator::Volume),
    ("volume", Locator::Volume),
    ("line", Locator::Line),
    ("lines", Locator::Line),
    ("part", Locator::Part),
    ("verse", Locator::Verse),
    ("note", Locator::Note),
    ("col", Locator::Column),
    ("column", Locator::Column),
    ("app", Locator::Appendix),
    ("appendix", Locator::Appendix),
];

/// The kind and the number of a place in a work; `None` where the words name none.
pub fn place(locator: &str) -> Option<(Locator, &str)> {
    let locator = locator.trim();
    let label_end = locator.find(|c: char| c == '.' || c.is_whitespace() || c.is_ascii_digit());
    let (label, rest) = locator.split_at(label_end.unwrap_or(locator.len()));
    let number = rest.trim_start_matches('.').trim();
    let begins_as_number = |text: &str| text.starts_with(|c: char| c.is_numeric() || "ivxlIVXLA".contains(c));
    if label.is_empty() {
        return number.starts_with(|c: char| c.is_numeric()).then_some((Locator::Page, number));
    }
    let label = label.to_lowercase();
    let (_, kind) = LABELS.iter().find(|(known, _)| *known == label)?;
    begins_as_number(number).then_some((*kind, number))
}

/// The works between the square brackets; `None` where the words are no citation.
pub fn group(words: &str) -> Option<Vec<Cite>> {
    words.contains('@').then(|| words.split(';').map(cite).collect::<Option<Vec<Cite>>>()).flatten()
}

fn cite(words: &str) -> Option<Cite> {
    let words = one_line(words);
    let starts = |at: usize| at == 0 || words[..at].ends_with(' ');
    let at = words.match_indices('@').map(|(at, _)| at).find(|&at| {
        let before = words[..at].strip_suffix('-').map_or(at, str::len);
        starts(at) || starts(before)
    })?;
    let key = key_at(&words, at + 1)?;
    let before = &words[..at];
    let (prefix, year_only) = match before.strip_suffix('-') {
        Some(prefix) => (prefix, true),
        None => (before, false),
    };
    let rest = &words[at + 1 + key.len()..];
    let mut found = Cite { prefix: prefix.trim().to_string(), key: key.to_string(), year_only, ..Cite::default() };
    if rest.is_empty() {
        return Some(found);
    }
    if let Some(words) = rest.strip_prefix(',') {
        let (locator, suffix) = locator(words);
        found.locator = locator;
        found.suffix = suffix;
        return Some(found);
    }
    found.suffix = rest.strip_prefix(' ').map(|_| rest.to_string())?;
    Some(found)
}

/// A place in a work and what follows it, from the words after the comma behind a key.
fn locator(words: &str) -> (Option<String>, String) {
    if place(words).is_none() {
        return (None, format!(", {}", words.trim()));
    }
    // `pp. 3–5, 9` goes on after its comma, `p. 3, emphasis added` does not.
    let goes_on = |at: usize| words[at + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    let end = words.match_indices(',').map(|(at, _)| at).find(|&at| !goes_on(at)).unwrap_or(words.len());
    (Some(words[..end].trim().to_string()), words[end..].to_string())
}

/// The key that begins at `from`: letters, digits and what joins them.
fn key_at(text: &str, from: usize) -> Option<&str> {
    let rest = text.get(from..)?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_-:./+".contains(c))).unwrap_or(rest.len());
    let key = rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
    key.starts_with(|c: char| c.is_alphanumeric() || c == '_').then_some(key)
}

/// `@key` in running text: its place and the key. Looks at what stands before it, so that addresses of email and
/// `\@` are none.
pub fn mentions(source: &str, within: Range<usize>) -> impl Iterator<Item = (Range<usize>, &str)> {
    let text = source.get(within.clone()).unwrap_or_default();
    text.match_indices('@').filter_map(move |(at, _)| {
        let at = within.start + at;
        let joined = source[..at].ends_with(|c: char| c.is_alphanumeric() || "\\/@._-+=:#&".contains(c));
        let key = key_at(source, at + 1).filter(|_| !joined)?;
        Some((at..at + 1 + key.len(), key))
    })
}

/// The place in the work that follows `@key` in brackets of its own, as in `@key [p. 3]`: where the brackets end,
/// and the words between them.
pub fn place_after(source: &str, at: usize) -> Option<(usize, &str)> {
    let rest = source.get(at..)?.strip_prefix(" [")?;
    let end = rest.find([']', '[', '\n'])?;
    let words = &rest[..end];
    let after = &rest[end..];
    let closed = after.starts_with(']') && !after[1..].starts_with(['(', '[', ':']);
    (closed && place(words).is_some()).then(|| (at + 2 + end + 1, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simple(key: &str) -> Cite {
        Cite { key: key.to_string(), ..Cite::default() }
    }

    #[test]
    fn brackets_hold_works_with_places_and_words_around_them() {
        assert_eq!(group("@a; @b_1, p. 3"), {
            Some(vec![simple("a"), Cite { locator: Some("p. 3".into()), ..simple("b_1") }])
        });
        assert_eq!(group("-@a:x"), Some(vec![Cite { year_only: true, ..simple("a:x") }]));
        assert_eq!(group("see\n@a, pp. 3–5, 9, my translation; also -@b, for more"), {
            let locator = Some("pp. 3–5, 9".into());
            let first = Cite { prefix: "see".into(), locator, suffix: ", my translation".into(), ..simple("a") };
            let also = Cite { prefix: "also".into(), year_only: true, suffix: ", for more".into(), ..simple("b") };
            Some(vec![first, also])
        });
        for words in ["note", "a@b.org", "write @ home", "@a; and no more", "@", "@(a)", "@a!"] {
            assert_eq!(group(words), None, "{words}");
        }
    }

    #[test]
    fn places_have_a_kind_and_a_number() {
        assert_eq!(place("p. 3"), Some((Locator::Page, "3")));
        assert_eq!(place("chap. 2"), Some((Locator::Chapter, "2")));
        assert_eq!(place("p.iv"), Some((Locator::Page, "iv")));
        assert_eq!(place("12-14"), Some((Locator::Page, "12-14")));
        assert_eq!(place("§ 4"), Some((Locator::Section, "4")));
        assert_eq!(place("for more"), None);
        assert_eq!(place("partly"), None);
    }

    #[test]
    fn a_mention_begins_a_word() {
        let text = "As @bordin1979 says (@a-b), write to me@x.org or \\@home, see https://x.org/@me. @x.";
        let found: Vec<&str> = mentions(text, 0..text.len()).map(|(_, key)| key).collect();
        assert_eq!(found, ["bordin1979", "a-b", "x"]);
        assert_eq!(place_after("@a [p. 3] x", 2), Some((9, "p. 3")));
        assert_eq!(place_after("@a [p. 3](x)", 2), None);
        assert_eq!(place_after("@a [sic]", 2), None);
    }
}
