//! YAML: values, and the places of values.
//!
//! Owns the only uses of the YAML libraries: `serde_yaml` for what a text means, `granit-parser` for
//! where each key and value stands. Places are looked up when a finding needs one, not kept: most
//! files have no finding. Knows no field.

use std::ops::Range;

use granit_parser::{Event, Parser};
pub use serde_yaml::{Mapping, Value};

/// Why a text is no YAML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YamlFault {
    /// What is wrong, in the parser's words made plain.
    pub message: String,
    /// Byte offsets in the text that was given.
    pub span: Range<usize>,
    /// For a key that stands twice: where it stood first.
    pub first: Option<Range<usize>>,
}

/// Reads a YAML text. An empty text is an empty mapping.
pub fn parse(text: &str) -> Result<Value, YamlFault> {
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => Ok(Value::Mapping(Mapping::new())),
        Ok(value) => Ok(value),
        Err(error) => Err(fault(text, &error)),
    }
}

/// One step into a value: a field of a mapping or an entry of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// A field, by its name.
    Field(String),
    /// An entry, counted from 0.
    Entry(usize),
}

/// The way from the top of a YAML text to a value: `practitioners[0]`, `price.amount`.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// Reads the form that [`Path`] is written in: names joined by dots, entries in brackets.
    pub fn of(text: &str) -> Path {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let mut rest = part;
            if let Some(bracket) = rest.find('[') {
                if bracket > 0 {
                    steps.push(Step::Field(rest[..bracket].to_string()));
                }
                rest = &rest[bracket..];
                for entry in rest.trim_matches(['[', ']']).split("][") {
                    steps.push(Step::Entry(entry.parse().unwrap_or(0)));
                }
            } else if !rest.is_empty() {
                steps.push(Step::Field(rest.to_string()));
            }
        }
        Path(steps)
    }

    /// The path one field further.
    pub fn field(&self, name: &str) -> Path {
        let mut steps = self.0.clone();
        steps.push(Step::Field(name.to_string()));
        Path(steps)
    }

    /// The path one entry further.
    pub fn entry(&self, index: usize) -> Path {
        let mut steps = self.0.clone();
        steps.push(Step::Entry(index));
        Path(steps)
    }
}

/// Where a field's name and its value stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
    /// The name, for fields of a mapping.
    pub key: Option<Range<usize>>,
    /// The value; of a block mapping or list, its first line.
    pub value: Range<usize>,
}

/// Finds the place of a value. A path that the text does not hold gives the place of the last step
/// that it does hold, so that a missing field points to its parent.
pub fn locate(text: &str, path: &Path) -> Option<Located> {
    let mut walker = Walker::new(text);
    walker.enter()?;
    walker.find(&path.0, None)
}

/// Every value of a text that is neither a mapping nor a list, with the way to it and its place.
pub fn scalars(text: &str) -> Vec<(Path, Range<usize>)> {
    let mut found = Vec::new();
    let mut walker = Walker::new(text);
    if walker.enter().is_some() {
        walker.gather(&mut Path::default(), &mut found);
    }
    found
}

/// A cursor over the parser's events, one node after the other.
struct Walker<'a> {
    text: &'a str,
    events: Parser<'a, granit_parser::StrInput<'a>>,
}

/// The start of a node.
enum Node {
    Scalar(Range<usize>),
    Sequence(Range<usize>),
    Mapping(Range<usize>),
}

impl Node {
    fn span(&self) -> Range<usize> {
        match self {
            Node::Scalar(span) | Node::Sequence(span) | Node::Mapping(span) => span.clone(),
        }
    }
}

/// What follows in the stream: a node, its text if it is a scalar, or the end of a collection.
enum Next {
    Node(Node, Option<String>),
    End,
}

impl<'a> Walker<'a> {
    fn new(text: &'a str) -> Walker<'a> {
        Walker { text, events: Parser::new_from_str(text) }
    }

    /// Skips to the first node; leaves it unread.
    fn enter(&mut self) -> Option<()> {
        loop {
            match self.events.peek()? {
                Ok((Event::StreamStart | Event::DocumentStart(..), _)) => {
                    self.events.next_event();
                }
                Ok(_) => return Some(()),
                Err(_) => return None,
            }
        }
    }

    fn next(&mut self) -> Option<Next> {
        loop {
            let (event, span) = self.events.next_event()?.ok()?;
            let span = span.byte_range().unwrap_or(0..0);
            return Some(match event {
                Event::Scalar(text, ..) => Next::Node(Node::Scalar(span), Some(text.into_owned())),
                Event::Alias(_) => Next::Node(Node::Scalar(span), None),
                Event::SequenceStart(..) => Next::Node(Node::Sequence(self.line(span)), None),
                Event::MappingStart(..) => Next::Node(Node::Mapping(self.line(span)), None),
                Event::SequenceEnd | Event::MappingEnd | Event::StreamEnd | Event::DocumentEnd => Next::End,
                _ => continue,
            });
        }
    }

    /// The rest of the line on which a collection begins: its span covers one character or none.
    fn line(&self, span: Range<usize>) -> Range<usize> {
        let start = span.start.min(self.text.len());
        let end = self.text[start..].find('\n').map_or(self.text.len(), |newline| start + newline);
        let shown = without_comment(&self.text[start..end]).trim_end();
        start..start + shown.len()
    }

    /// Reads the rest of a node whose start has been read.
    fn skip(&mut self, node: &Node) -> Option<()> {
        if matches!(node, Node::Scalar(_)) {
            return Some(());
        }
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Next::Node(Node::Scalar(_), _) => {}
                Next::Node(..) => depth += 1,
                Next::End => depth -= 1,
            }
        }
        Some(())
    }

    /// Reads a node and adds the scalars in it; `None` at the end of a collection or of the text.
    fn gather(&mut self, path: &mut Path, found: &mut Vec<(Path, Range<usize>)>) -> Option<()> {
        let Next::Node(node, _) = self.next()? else { return None };
        match node {
            Node::Scalar(span) => found.push((path.clone(), span)),
            Node::Sequence(_) => {
                for index in 0.. {
                    path.0.push(Step::Entry(index));
                    let more = self.gather(path, found);
                    path.0.pop();
                    if more.is_none() {
                        break;
                    }
                }
            }
            Node::Mapping(_) => {
                while let Next::Node(key, name) = self.next()? {
                    if !matches!(key, Node::Scalar(_)) {
                        self.skip(&key)?;
                    }
                    path.0.push(Step::Field(name.unwrap_or_default()));
                    let more = self.gather(path, found);
                    path.0.pop();
                    more?;
                }
            }
        }
        Some(())
    }

    fn find(&mut self, steps: &[Step], key: Option<Range<usize>>) -> Option<Located> {
        let Next::Node(node, _) = self.next()? else { return None };
        let here = Located { key, value: node.span() };
        let Some((step, rest)) = steps.split_first() else { return Some(here) };
        match (&node, step) {
            (Node::Mapping(_), Step::Field(name)) => loop {
                let Some(Next::Node(key_node, text)) = self.next() else { return Some(here) };
                if text.as_deref() == Some(name.as_str()) {
                    return self.find(rest, Some(key_node.span())).or(Some(here));
                }
                self.skip(&key_node)?;
                match self.next()? {
                    Next::Node(value, _) => self.skip(&value)?,
                    Next::End => return Some(here),
                }
            },
            (Node::Sequence(_), Step::Entry(index)) => {
                for _ in 0..*index {
                    match self.next()? {
                        Next::Node(value, _) => self.skip(&value)?,
                        Next::End => return Some(here),
                    }
                }
                self.find(rest, None).or(Some(here))
            }
            _ => Some(here),
        }
    }
}

/// A line up to its comment. An apostrophe inside a word may hide one, which only marks more.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') if before.is_whitespace() => return &line[..at],
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        before = c;
    }
    line
}

/// A parser's error with a place, also where the parser gives none.
fn fault(text: &str, error: &serde_yaml::Error) -> YamlFault {
    let full = error.to_string();
    if full.contains("duplicate entry")
        && let Some((name, first, second)) = first_duplicate(text)
    {
        return YamlFault { message: format!("`{name}` stands twice"), span: second, first: Some(first) };
    }
    let bare = full.split(" at line ").next().unwrap_or(&full).trim();
    let message = plain(bare);
    let at = error.location().map_or(0, |location| location.index().min(text.len()));
    YamlFault { message, span: around(text, at), first: None }
}

/// Frequent messages of the parser in an author's words.
fn plain(message: &str) -> String {
    let known = [
        ("mapping values are not allowed", "this text holds a colon and needs quotes, or the line is indented too far"),
        (
            "did not find expected key",
            "a `name: value` was expected here; look at the quotation marks and the indentation",
        ),
        ("did not find expected ',' or", "a list in brackets is not closed, or a comma is missing"),
        (
            "found character that cannot start any token",
            "a value cannot start with this character; put the text between single quotes",
        ),
        ("while scanning a quoted scalar", "a quotation mark is opened and never closed"),
        ("could not find expected ':'", "a name without a colon and a value after it"),
        ("repetition limit exceeded", "aliases (`*name`) repeat so much text that it would never end"),
        ("recursion limit exceeded", "brackets or lists are nested too deep"),
        ("unknown anchor", "`*` stands at the start of a value; put the text between single quotes"),
    ];
    known
        .iter()
        .find(|(part, _)| message.contains(part))
        .map_or_else(|| message.to_string(), |(_, text)| (*text).to_string())
}

/// The word at an offset, or the last word before it where the offset is at the end of a line.
fn around(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let word_end = text[at..line_end].find(char::is_whitespace).map_or(line_end, |space| at + space);
    if word_end > at {
        return at..word_end;
    }
    let before = text[..at].trim_end();
    let start = before.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    start..before.len()
}

/// The first name that stands twice in one mapping: its name and both places.
fn first_duplicate(text: &str) -> Option<(String, Range<usize>, Range<usize>)> {
    enum Level {
        Sequence,
        Mapping { seen: Vec<(String, Range<usize>)>, key_next: bool },
    }
    let mut walker = Walker::new(text);
    walker.enter()?;
    let mut levels: Vec<Level> = Vec::new();
    loop {
        let next = walker.next()?;
        let mut is_key = false;
        if let (Some(Level::Mapping { key_next, .. }), Next::Node(..)) = (levels.last_mut(), &next) {
            is_key = *key_next;
            *key_next = !*key_next;
        }
        match next {
            Next::Node(Node::Scalar(span), Some(name)) if is_key => {
                if let Some(Level::Mapping { seen, .. }) = levels.last_mut() {
                    if let Some((_, first)) = seen.iter().find(|(other, _)| *other == name) {
                        return Some((name, first.clone(), span));
                    }
                    seen.push((name, span));
                }
            }
            Next::Node(Node::Scalar(_), _) => {}
            Next::Node(Node::Sequence(_), _) => levels.push(Level::Sequence),
            Next::Node(Node::Mapping(_), _) => levels.push(Level::Mapping { seen: Vec::new(), key_next: true }),
            Next::End => {
                levels.pop();
                if levels.is_empty() {
                    return None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located<'a>(text: &'a str, path: &str) -> &'a str {
        &text[locate(text, &Path::of(path)).unwrap().value]
    }

    #[test]
    fn every_value_has_a_place() {
        let text = "title: Grief\nprice:\n  amount: 110\n  per: session\npractitioners: [mason, 'ana']\nfaqs:\n  - question: Why?\n    answer: x\n";
        assert_eq!(located(text, "title"), "Grief");
        assert_eq!(located(text, "price.amount"), "110");
        assert_eq!(located(text, "practitioners[1]"), "'ana'");
        assert_eq!(located(text, "faqs[0].question"), "Why?");
        let key = locate(text, &Path::of("price.per")).unwrap().key.unwrap();
        assert_eq!(&text[key], "per");
    }

    #[test]
    fn a_comment_is_no_part_of_a_value() {
        let text = "formats: [] # in-person, video\nprice: { note: 'a # b', per: x } # what it costs\n";
        assert_eq!(located(text, "formats"), "[]");
        assert_eq!(located(text, "price"), "{ note: 'a # b', per: x }");
    }

    #[test]
    fn scalars_come_with_the_way_to_them() {
        let text = "title: Grief # a comment\nprice: { amount: 110 }\nfaqs:\n  - question: Why?\n    tags: [a, b]\nlast: >-\n  two\n  lines\n";
        let found = scalars(text);
        let found: Vec<_> = found.iter().map(|(path, span)| (path.clone(), text[span.clone()].trim())).collect();
        let expected = [
            ("title", "Grief"),
            ("price.amount", "110"),
            ("faqs[0].question", "Why?"),
            ("faqs[0].tags[0]", "a"),
            ("faqs[0].tags[1]", "b"),
        ];
        assert_eq!(found[..5], expected.map(|(path, text)| (Path::of(path), text)));
        assert!(found[5].1.contains("two") && found[5].1.contains("lines"), "{:?}", found[5]);
    }

    #[test]
    fn a_missing_value_points_to_its_parent() {
        let text = "title: Grief\nprice:\n  amount: 110\n";
        assert_eq!(located(text, "price.currency"), "amount: 110");
    }

    #[test]
    fn a_duplicate_is_found_with_both_places() {
        let text = "title: a\nlist:\n  - title: b\ntitle: c\n";
        let fault = parse(text).unwrap_err();
        assert_eq!((fault.span.start, fault.first.unwrap().start), (text.rfind("title").unwrap(), 0));
    }

    #[test]
    fn bombs_and_deep_nests_are_faults() {
        let bomb = (1..40).fold("a0: &a0 [x, x]\n".to_string(), |text, n| {
            format!("{text}a{n}: &a{n} [*a{m}, *a{m}, *a{m}]\n", m = n - 1)
        });
        assert!(parse(&bomb).is_err());
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse("a: b: c").unwrap_err().message.contains("quotes"));
    }

    #[test]
    fn yes_and_no_are_words() {
        assert_eq!(parse("status: no").unwrap()["status"], Value::String("no".into()));
    }
}
