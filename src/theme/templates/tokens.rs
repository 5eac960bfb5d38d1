//! A template taken apart: its tags, and the tokens in them.
//!
//! Owns where a tag begins and ends, and the first place at which that can't be told. Splits as the engine does; what the
//! tokens mean is for those who ask. The engine keeps its own to itself.

use std::ops::Range;

/// A piece of a tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind<'a> {
    /// A name or a word of the language.
    Word(&'a str),
    /// What stands between quotation marks.
    Text(&'a str),
    /// A number.
    Number(&'a str),
    /// Anything else: `|`, `==`, `</`.
    Sign(&'a str),
}

/// A piece of a tag with its place.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Where it stands.
    pub span: Range<usize>,
}

impl<'a> Token<'a> {
    /// Whether it is this word.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word(word)
    }

    /// Whether it is this sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// The word that it is.
    pub fn word(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// A tag: `{{ … }}` or `{% … %}`.
#[derive(Clone, Debug)]
pub struct Tag<'a> {
    /// All of it, its braces among it.
    pub span: Range<usize>,
    /// Whether it is a statement (`{% %}`).
    pub is_statement: bool,
    /// What stands in it.
    pub tokens: Vec<Token<'a>>,
}

impl<'a> Tag<'a> {
    /// The first word of a statement; empty where it begins with something else.
    pub fn word(&self) -> &'a str {
        self.tokens.first().filter(|_| self.is_statement).and_then(Token::word).unwrap_or_default()
    }
}

/// What begins and doesn't end, each with the place where it begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unclosed {
    /// A tag; the sign that is missing, and what stands there instead, where something does.
    Tag(Range<usize>, &'static str, Option<Range<usize>>),
    /// A quotation mark.
    Quote(Range<usize>),
    /// `{#`.
    Comment(Range<usize>),
    /// `{% raw %}`.
    Raw(Range<usize>),
}

/// A template's tags, and the first of them that doesn't end, as far as its looks say. Only where the engine doesn't
/// take the template either is that worth believing.
#[derive(Default, Debug)]
pub struct Scan<'a> {
    /// The tags, comments and what is raw left out.
    pub tags: Vec<Tag<'a>>,
    /// What isn't closed.
    pub unclosed: Option<Unclosed>,
}

/// Takes a template apart.
pub fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        at = match text.as_bytes().get(open + 1) {
            Some(b'{') => scan.tag(text, open, false),
            Some(b'%') => scan.tag(text, open, true),
            Some(b'#') => match text[open + 2..].find("#}") {
                Some(end) => open + 2 + end + 2,
                None => scan.ends_with(text, Unclosed::Comment(open..open + 2)),
            },
            _ => open + 1,
        };
    }
    scan
}

impl<'a> Scan<'a> {
    /// The texts that tags of a kind name, `extends` or `include`, each with its place.
    pub fn naming<'t>(&'t self, word: &'t str) -> impl Iterator<Item = (&'a str, Range<usize>)> + 't {
        self.tags.iter().filter(move |tag| tag.word() == word).filter_map(|tag| match tag.tokens.get(1)? {
            Token { kind: Kind::Text(name), span } => Some((*name, span.clone())),
            _ => None,
        })
    }

    /// Notes the first that is unclosed; the rest of the template belongs to it.
    fn ends_with(&mut self, text: &str, unclosed: Unclosed) -> usize {
        self.unclosed.get_or_insert(unclosed);
        text.len()
    }

    /// Reads a tag; where the next may begin.
    fn tag(&mut self, text: &'a str, open: usize, is_statement: bool) -> usize {
        let (close, other) = if is_statement { ("%}", "}}") } else { ("}}", "%}") };
        let bytes = text.as_bytes();
        let mut tokens: Vec<Token<'a>> = Vec::new();
        let mut at = open + 2 + usize::from(bytes.get(open + 2) == Some(&b'-'));
        // Braces of maps and of arguments.
        let mut depth = 0usize;
        let opening = open..open + 2;
        let end = loop {
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else {
                self.unclosed.get_or_insert(Unclosed::Tag(opening, close, None));
                break text.len();
            };
            let closes = |sign: &str| rest.strip_prefix('-').unwrap_or(rest).starts_with(sign);
            let sign_end = at + 2 + usize::from(rest.starts_with('-'));
            if closes(close) {
                break sign_end;
            }
            if depth == 0 && closes(other) {
                self.unclosed.get_or_insert(Unclosed::Tag(opening, close, Some(at..sign_end)));
                break sign_end;
            }
            let follows_equals = tokens.last().is_some_and(|token| token.is_sign("="));
            if rest.starts_with("{%") || rest.starts_with("{#") || (rest.starts_with("{{") && !follows_equals) {
                self.unclosed.get_or_insert(Unclosed::Tag(opening, close, None));
                break at;
            }
            let Some(first) = rest.chars().next() else { break at };
            if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            }
            let (kind, length) = match first {
                '"' | '\'' | '`' => match quoted(rest, first) {
                    Some(inside) => {
                        if inside.contains(close) && (inside.contains("{{") || inside.contains("{%")) {
                            self.unclosed.get_or_insert(Unclosed::Quote(at..at + 1));
                        }
                        (Kind::Text(inside), inside.len() + 2)
                    }
                    None => {
                        self.unclosed.get_or_insert(Unclosed::Quote(at..at + 1));
                        break text.len();
                    }
                },
                _ => token(rest, first),
            };
            match kind {
                Kind::Sign("{") => depth += 1,
                Kind::Sign("}") => depth = depth.saturating_sub(1),
                _ => {}
            }
            tokens.push(Token { kind, span: at..at + length });
            at += length;
        };
        let tag = Tag { span: open..end, is_statement, tokens };
        let is_raw = tag.word() == "raw" && tag.tokens.len() == 1;
        if is_raw {
            return match end_of_raw(text, end) {
                Some(end) => end,
                None => self.ends_with(text, Unclosed::Raw(tag.span)),
            };
        }
        self.tags.push(tag);
        end
    }
}

/// What stands between quotation marks at the beginning of a text.
fn quoted(text: &str, quote: char) -> Option<&str> {
    let mut escaped = false;
    let end = text[1..].find(|c: char| {
        let ends = !escaped && c == quote;
        escaped = !escaped && c == '\\';
        ends
    })?;
    Some(&text[1..1 + end])
}

/// The token at the beginning of a text, and how long it is.
fn token(text: &str, first: char) -> (Kind<'_>, usize) {
    let until = |stop: &dyn Fn(char) -> bool| text.find(stop).unwrap_or(text.len());
    if first.is_ascii_alphabetic() || first == '_' {
        let length = until(&|c| !(c.is_ascii_alphanumeric() || c == '_'));
        return (Kind::Word(&text[..length]), length);
    }
    if first.is_ascii_digit() {
        let mut length = until(&|c| !c.is_ascii_digit());
        let part =
            text[length..].strip_prefix('.').map(|rest| rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        length += part.filter(|part| *part > 0).map_or(0, |part| part + 1);
        return (Kind::Number(&text[..length]), length);
    }
    const LONG: [&str; 14] = ["...", "===", "!==", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?[", "&&", "||"];
    let length = LONG.iter().find(|sign| text.starts_with(*sign)).map_or(first.len_utf8(), |sign| sign.len());
    (Kind::Sign(&text[..length]), length)
}

/// Behind the `{% endraw %}` that comes next.
fn end_of_raw(text: &str, from: usize) -> Option<usize> {
    text[from..].match_indices("{%").find_map(|(open, _)| {
        let inside = text[from + open + 2..].trim_start_matches('-').trim_start().strip_prefix("endraw")?;
        let end = inside.trim_start().trim_start_matches('-').strip_prefix("%}")?;
        Some(text.len() - end.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_split_as_the_engine_splits_it() {
        let text =
            "{# {{ a }} #}{% raw %}{{ b }}{%- endraw -%}{{ c.d[0] | e(f=\"}}\") }}{%- <G h={{\"i\": 1}}> -%}{% </G> %}";
        let scan = scan(text);
        assert_eq!(scan.unclosed, None);
        let tags: Vec<String> = scan
            .tags
            .iter()
            .map(|tag| tag.tokens.iter().map(|token| &text[token.span.clone()]).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(tags, ["c . d [ 0 ] | e ( f = \"}}\" )", "< G h = { { \"i\" : 1 } } >", "</ G >"]);
    }

    #[test]
    fn what_is_not_closed_is_told_where_it_begins() {
        let unclosed = |text: &'static str| match scan(text).unclosed.expect(text) {
            Unclosed::Tag(span, ..) | Unclosed::Quote(span) | Unclosed::Comment(span) | Unclosed::Raw(span) => {
                span.start
            }
        };
        for text in
            ["a{{ b", "a{{ b {% c %}", "a{{ b %}", "a{% if b }}", "a{% if b }c{{ d }}", "a{# b", "a{% raw %}{{ b }}"]
        {
            assert_eq!(unclosed(text), 1, "{text}");
        }
        assert_eq!(unclosed("{{ a | b(c=\"d) }}{{ e }}"), 11);
        assert_eq!(unclosed("{{ a | b(c=\"d) }}{{ e(f=\"g\") }}"), 11);
    }
}
