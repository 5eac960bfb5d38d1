//! Where keys and values stand in a YAML text.
//!
//! Places are read when the first finding needs one: most files have no finding.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser};

use super::{Path, Step};
use crate::limits;

/// Where a field's name and its value stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
    /// The name, for fields of a mapping.
    pub key: Option<Range<usize>>,
    /// The value; of a block mapping or list, its first line.
    pub value: Range<usize>,
}

/// Where everything in a text stands: read once, however many findings ask.
#[derive(Clone, Default, Debug)]
pub struct Places {
    top: Option<Held>,
}

/// A value with those in it.
#[derive(Clone, Debug)]
struct Held {
    place: Range<usize>,
    fields: HashMap<String, (Range<usize>, Held)>,
    entries: Vec<Held>,
}

impl Places {
    /// Reads where everything stands; up to a fault, where there is one.
    pub fn of(text: &str) -> Places {
        let mut walker = Walker::new(text);
        let top = walker.enter().and_then(|()| walker.hold(0));
        Places { top }
    }

    /// The place of a value. A path that the text does not hold gives the place of the last step that it does hold, so
    /// that a missing field points to its parent.
    pub fn locate(&self, path: &Path) -> Option<Located> {
        let mut here = self.top.as_ref()?;
        let mut key = None;
        for step in &path.0 {
            match step {
                Step::Field(name) => match here.fields.get(name) {
                    Some((place, value)) => (key, here) = (Some(place.clone()), value),
                    None => break,
                },
                Step::Entry(index) => match here.entries.get(*index) {
                    Some(value) => (key, here) = (None, value),
                    None => break,
                },
            }
        }
        Some(Located { key, value: here.place.clone() })
    }
}

/// Where a text's aliases begin to stand for more values than they may.
///
/// The reader writes out what an alias names each time, so a few thousand letters could come to billions of values. Here
/// each is counted only.
pub(super) fn vast_alias(text: &str) -> Option<usize> {
    // What anchors name, in values, by their number.
    let mut named: HashMap<usize, u64> = HashMap::new();
    // The collections that are open: their anchor, and how many values came before them.
    let mut open: Vec<(usize, u64)> = Vec::new();
    let (mut values, mut added) = (0u64, 0u64);
    let mut events = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = events.next_event() {
        match event {
            Event::Scalar(_, _, anchor, _) => {
                values += 1;
                named.insert(anchor, 1);
            }
            Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => {
                open.push((anchor, values));
                values += 1;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((anchor, before)) = open.pop() {
                    named.insert(anchor, values - before);
                }
            }
            Event::Alias(anchor) => {
                // One that names what it stands in is refused by the reader.
                let size = named.get(&anchor).copied().unwrap_or(1);
                (values, added) = (values.saturating_add(size), added.saturating_add(size));
                if added > limits::YAML_ALIASES {
                    return Some(span.byte_range().map_or(0, |range| range.start));
                }
            }
            Event::StreamEnd => return None,
            _ => {}
        }
    }
    None
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

    /// Reads a node with everything in it; `None` at the end of a collection or of the text.
    fn hold(&mut self, depth: usize) -> Option<Held> {
        let Next::Node(node, _) = self.next()? else { return None };
        let mut held = Held { place: node.span(), fields: HashMap::new(), entries: Vec::new() };
        match node {
            Node::Scalar(_) => {}
            // No file of this depth was read.
            _ if depth > limits::YAML_DEPTH => self.skip(&node)?,
            Node::Sequence(_) => {
                while let Some(entry) = self.hold(depth + 1) {
                    held.entries.push(entry);
                }
            }
            Node::Mapping(_) => {
                while let Some(Next::Node(key, name)) = self.next() {
                    if self.skip(&key).is_none() {
                        break;
                    }
                    let Some(value) = self.hold(depth + 1) else { break };
                    if let Some(name) = name {
                        held.fields.entry(name).or_insert((key.span(), value));
                    }
                }
            }
        }
        Some(held)
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

/// The first name that stands twice in one mapping: its name and both places.
pub(super) fn first_duplicate(text: &str) -> Option<(String, Range<usize>, Range<usize>)> {
    enum Level {
        Sequence,
        Mapping { seen: HashMap<String, Range<usize>>, key_next: bool },
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
                    if let Some(first) = seen.get(&name) {
                        return Some((name, first.clone(), span));
                    }
                    seen.insert(name, span);
                }
            }
            Next::Node(Node::Scalar(_), _) => {}
            Next::Node(Node::Sequence(_), _) => levels.push(Level::Sequence),
            Next::Node(Node::Mapping(_), _) => levels.push(Level::Mapping { seen: HashMap::new(), key_next: true }),
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
        &text[Places::of(text).locate(&Path::of(path)).unwrap().value]
    }

    #[test]
    fn every_value_has_a_place() {
        let text = "title: Grief\nprice:\n  amount: 110\n  per: session\npractitioners: [mason, 'ana']\nfaqs:\n  - question: Why?\n    answer: x\n";
        assert_eq!(located(text, "title"), "Grief");
        assert_eq!(located(text, "price.amount"), "110");
        assert_eq!(located(text, "practitioners[1]"), "'ana'");
        assert_eq!(located(text, "faqs[0].question"), "Why?");
        let key = Places::of(text).locate(&Path::of("price.per")).unwrap().key.unwrap();
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
}
