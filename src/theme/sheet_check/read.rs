//! What a style sheet is made of: its rules and declarations with their places, and where it is left open.
//!
//! Owns finding them without judging what they say. Browsers and lightningcss close what is left open by themselves, and go
//! on; here it is told where it was opened. Recovers after each fault, so that one finding does not hide the next.

use std::ops::Range;

/// A part of a style sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// `color: red`.
    Declaration { name: Range<usize>, value: Range<usize> },
    /// `@media print`: the name without its `@`, and what follows it up to its block or semicolon.
    AtRule { name: Range<usize>, prelude: Range<usize> },
    /// The selector of a rule.
    Rule { selector: Range<usize> },
    /// What is none of these, up to its semicolon or the end of its block.
    Stray(Range<usize>),
}

/// A part, and the part whose block it stands in.
#[derive(Debug)]
pub(super) struct Item {
    pub part: Part,
    pub parent: Option<usize>,
}

/// What is wrong with a sheet's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    OpenComment,
    OpenString,
    OpenAddress,
    OpenBracket(u8),
    OpenBlock,
    ClosesNothing(u8),
    LineComment,
}

/// A style sheet in its parts.
#[derive(Default, Debug)]
pub(super) struct Parts {
    pub items: Vec<Item>,
    pub faults: Vec<(Range<usize>, Fault)>,
}

/// Something open that waits for its end.
struct Open {
    at: usize,
    byte: u8,
    /// The rule whose block it is; none for brackets, and for braces inside a value.
    item: Option<usize>,
}

struct Reader<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    open: Vec<Open>,
    /// Where the part begins that is being read.
    start: usize,
    /// A block whose end stands further left than its beginning: most likely the one that lacks its own.
    shifted: Option<usize>,
    parts: Parts,
}

/// Reads a style sheet.
pub(super) fn read(text: &str) -> Parts {
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader = Reader { text, lines, open: Vec::new(), start: 0, shifted: None, parts: Parts::default() };
    reader.run();
    reader.parts
}

impl Reader<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = match bytes[at] {
                b'/' if bytes.get(at + 1) == Some(&b'*') => self.comment(at),
                b'/' if bytes.get(at + 1) == Some(&b'/') && !self.is_custom() => self.line_comment(at),
                b'\\' => at + 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8),
                b'"' | b'\'' => self.string(at),
                b'(' if self.is_address(at) => self.address(at),
                byte @ (b'(' | b'[') => {
                    self.open.push(Open { at, byte, item: None });
                    at + 1
                }
                byte @ (b')' | b']') => self.close_bracket(at, byte),
                b'{' => self.open_block(at),
                b'}' => self.close_block(at),
                b';' => self.semicolon(at),
                _ => at + 1,
            };
        }
        self.end();
    }

    /// Whether a custom property is being read, whose value can be anything.
    fn is_custom(&self) -> bool {
        let read = self.text[self.start..].trim_start();
        read.starts_with("--") && read.find([':', '{', ';']).is_some_and(|at| read.as_bytes()[at] == b':')
    }

    fn is_blank(&self, to: usize) -> bool {
        self.text[self.start..to].trim().is_empty()
    }

    fn comment(&mut self, at: usize) -> usize {
        let end = self.text[at + 2..].find("*/").map(|end| at + end + 4);
        if end.is_none() {
            self.parts.faults.push((at..at + 2, Fault::OpenComment));
        }
        self.pass(at, end.unwrap_or(self.text.len()))
    }

    fn line_comment(&mut self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        self.parts.faults.push((at..end, Fault::LineComment));
        self.pass(at, end)
    }

    /// Leaves out a comment in front of a part.
    fn pass(&mut self, at: usize, end: usize) -> usize {
        if self.is_blank(at) {
            self.start = end;
        }
        end
    }

    fn string(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at + 1;
        while end < bytes.len() {
            match bytes[end] {
                b'\\' => end += 1,
                b'\n' => break,
                byte if byte == bytes[at] => return end + 1,
                _ => {}
            }
            end += 1;
        }
        // An escape may be the last of the text, or stand before a character of several bytes.
        end = end.min(bytes.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.parts.faults.push((at..end, Fault::OpenString));
        // What ends the declaration or its block ends it in spite of the fault.
        at + 1 + self.text[at + 1..end].trim_end_matches([';', '}', ' ', '\t', '\r']).len()
    }

    /// Whether a parenthesis begins an address without quotes.
    fn is_address(&self, at: usize) -> bool {
        let is_url = at >= 3 && self.text.as_bytes()[at - 3..at].eq_ignore_ascii_case(b"url");
        is_url && !self.text[at + 1..].trim_start().starts_with(['"', '\''])
    }

    fn address(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let end = rest.find(')');
        let line = rest.find('\n').unwrap_or(rest.len());
        match end {
            Some(end) if end < line || rest[1..end].split_whitespace().nth(1).is_none() => at + end + 1,
            _ => {
                self.parts.faults.push((at - 3..at + 1, Fault::OpenAddress));
                // The semicolon ends what stands around it.
                at + rest[..line].rfind(';').unwrap_or(line)
            }
        }
    }

    fn close_bracket(&mut self, at: usize, byte: u8) -> usize {
        let opener = if byte == b')' { b'(' } else { b'[' };
        let within = self.open.iter().rposition(|open| open.byte == b'{').map_or(0, |block| block + 1);
        match self.open[within..].iter().rposition(|open| open.byte == opener) {
            Some(found) => {
                self.leave(within + found + 1);
                self.open.pop();
            }
            None => self.parts.faults.push((at..at + 1, Fault::ClosesNothing(byte))),
        }
        at + 1
    }

    /// Closes everything that was opened last, down to a number of open ones; what is left of brackets is told.
    fn leave(&mut self, down_to: usize) {
        for open in self.open.drain(down_to.min(self.open.len())..) {
            if open.byte != b'{' {
                self.parts.faults.push((open.at..open.at + 1, Fault::OpenBracket(open.byte)));
            }
        }
    }

    /// Whether the innermost that is open is a bracket.
    fn in_bracket(&self) -> bool {
        self.open.last().is_some_and(|open| open.byte != b'{')
    }

    /// Whether the innermost brace belongs to a value.
    fn in_value(&self) -> bool {
        let braces = self.open.iter().rfind(|open| open.byte == b'{');
        braces.is_some_and(|open| open.item.is_none())
    }

    fn leave_brackets(&mut self) {
        let block = self.open.iter().rposition(|open| open.byte == b'{').map_or(0, |block| block + 1);
        self.leave(block);
    }

    fn open_block(&mut self, at: usize) -> usize {
        let is_interpolation = at > 0 && matches!(self.text.as_bytes()[at - 1], b'#' | b'@' | b'$');
        if is_interpolation || self.in_value() || self.is_custom() {
            self.open.push(Open { at, byte: b'{', item: None });
            return at + 1;
        }
        self.leave_brackets();
        let range = self.trimmed(self.start..at);
        let part = self.at_rule(&range).unwrap_or(Part::Rule { selector: range });
        self.push(part);
        self.open.push(Open { at, byte: b'{', item: Some(self.parts.items.len() - 1) });
        self.start = at + 1;
        at + 1
    }

    fn close_block(&mut self, at: usize) -> usize {
        self.leave_brackets();
        if self.in_value() {
            self.open.pop();
            return at + 1;
        }
        self.declaration(at);
        match self.open.pop() {
            Some(open) => {
                let (own, line) = (self.indent(at), self.line(open.at));
                let begins_line = self.text[own.clone()].trim().is_empty();
                let deeper = self.indent(line).len() > own.len();
                if begins_line && deeper && self.shifted.is_none() {
                    self.shifted = Some(open.at);
                }
            }
            None => self.parts.faults.push((at..at + 1, Fault::ClosesNothing(b'}'))),
        }
        self.start = at + 1;
        at + 1
    }

    /// The line's text before a place.
    fn indent(&self, at: usize) -> Range<usize> {
        self.lines[self.lines.partition_point(|line| *line <= at) - 1]..at
    }

    /// Where the first character of the line is.
    fn line(&self, at: usize) -> usize {
        let before = self.indent(at);
        before.start + (self.text[before.clone()].len() - self.text[before].trim_start().len())
    }

    fn semicolon(&mut self, at: usize) -> usize {
        if self.in_value() || (self.in_bracket() && self.in_choice()) {
            return at + 1;
        }
        self.leave_brackets();
        self.declaration(at);
        self.start = at + 1;
        at + 1
    }

    /// Whether it stands in `if(…)`, which has semicolons, or in an address that is data.
    fn in_choice(&self) -> bool {
        let brackets = self.open.iter().rev().take_while(|open| open.byte != b'{');
        brackets
            .into_iter()
            .any(|open| open.at >= 2 && self.text.as_bytes()[open.at - 2..open.at].eq_ignore_ascii_case(b"if"))
    }

    /// Ends a part that has no block.
    fn declaration(&mut self, end: usize) {
        let range = self.trimmed(self.start..end);
        if range.is_empty() {
            return;
        }
        let part = self.at_rule(&range).or_else(|| {
            let colon = range.start + self.text[range.clone()].find(':')?;
            let name = self.trimmed(range.start..colon);
            let is_name = !name.is_empty()
                && !self.text[name.clone()].contains(|c: char| c.is_whitespace() || "(){}.&".contains(c));
            is_name.then(|| Part::Declaration { name, value: self.trimmed(colon + 1..range.end) })
        });
        self.push(part.unwrap_or(Part::Stray(range)));
    }

    fn at_rule(&self, range: &Range<usize>) -> Option<Part> {
        let rest = self.text[range.clone()].strip_prefix('@')?;
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        let name = range.start + 1..range.start + 1 + len;
        let prelude = self.trimmed(name.end..range.end);
        Some(Part::AtRule { name, prelude })
    }

    fn push(&mut self, part: Part) {
        let parent = self.open.iter().rev().find_map(|open| open.item);
        self.parts.items.push(Item { part, parent });
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        start..(start + text.trim().len())
    }

    fn end(&mut self) {
        let block = self.open.iter().rposition(|open| open.byte == b'{').map_or(0, |block| block + 1);
        self.leave(block);
        self.declaration(self.text.len());
        let Some(open) = self.open.iter().find(|open| open.byte == b'{') else { return };
        let at = self.shifted.unwrap_or(open.at);
        // What opens the block tells more than its brace.
        let line = self.line(at);
        self.parts.faults.push((line..at + 1, Fault::OpenBlock));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(&str, Fault)> {
        read(text).faults.into_iter().map(|(at, fault)| (&text[at], fault)).collect()
    }

    #[test]
    fn what_is_left_open_is_told_where_it_was_opened() {
        assert_eq!(faults("a { color: red }\n/* x"), [("/*", Fault::OpenComment)]);
        assert_eq!(faults("a { content: \"x;\n}\nb {}"), [("\"x;", Fault::OpenString)]);
        assert_eq!(faults("a { width: calc(1px + 2px; color: red }"), [("(", Fault::OpenBracket(b'('))]);
        assert_eq!(faults("a { background: url(x.svg; color: red }\nb {}"), [("url(", Fault::OpenAddress)]);
        assert_eq!(faults("a {\n  color: red;\nb {\n  color: blue;\n}\n"), [("a {", Fault::OpenBlock)]);
        assert_eq!(faults("@media print {\n  a {\n    color: red;\n}\n"), [("a {", Fault::OpenBlock)]);
        assert_eq!(faults("a { color: red }}"), [("}", Fault::ClosesNothing(b'}'))]);
        assert_eq!(faults("a { width: 1px) }"), [(")", Fault::ClosesNothing(b')'))]);
        assert_eq!(faults("// it's\na {}"), [("// it's", Fault::LineComment)]);
    }

    #[test]
    fn what_closes_is_silent() {
        let fine = "a[href^='x{'] { content: \"}\\\"\"; --x: { a: b; }; --y: //z; background: url(data:image/png;base64,AA//B==) }\n\
            @media (width > 1px) { a { &:hover { color: if(style(--x: 1): red; else: blue) } } }\n\
            a { background: url(\n  x.svg\n) } .\\31 { content: '\\'' }";
        assert_eq!(faults(fine), []);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([a-z{}()\\[\\];:@\"'\\\\/*é\n -]|url\\(|if\\()*") {
            let parts = read(&text);
            for (at, _) in parts.faults {
                assert!(text.get(at).is_some());
            }
        }
    }
}
