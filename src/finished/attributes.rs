//! The attributes of a finished page, as a quick look finds them.
//!
//! Owns going through a page once for all who ask about them. It reads no tags: whatever looks like an attribute with a value
//! is one. Who needs to be sure reads the page tag by tag, once something here looks like what he is after.

use memchr::memchr_iter;

/// What looks like an attribute.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'a> {
    /// The page as far as the end of the name.
    before: &'a str,
    /// How long the letters at that end are.
    letters: usize,
    /// Whether `=` stands right behind the name.
    is_tight: bool,
    /// What stands after `=`.
    after: &'a str,
}

impl<'a> Attribute<'a> {
    /// The letters of its name; of `data-src` the last ones.
    pub fn name(self) -> &'a str {
        &self.before[self.before.len() - self.letters..]
    }

    /// Whether these letters are all of its name: browsers take a slash, or the end of a quoted value, for a space.
    pub fn is_whole(self) -> bool {
        let before = self.before.as_bytes()[..self.before.len() - self.letters].last();
        before.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'/'))
    }

    /// Whether `=` stands right behind the name, as nobody writes it in a program.
    pub fn is_tight(self) -> bool {
        self.is_tight
    }

    /// Its value.
    pub fn value(self) -> &'a str {
        let after = self.after.trim_ascii_start();
        match after.as_bytes().first() {
            Some(mark @ (b'"' | b'\'')) => {
                let inside = &after[1..];
                &inside[..memchr::memchr(*mark, inside.as_bytes()).unwrap_or(inside.len())]
            }
            _ => after.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default(),
        }
    }
}

/// Goes through a page.
pub fn attributes(html: &str) -> impl Iterator<Item = Attribute<'_>> {
    memchr_iter(b'=', html.as_bytes()).filter_map(|equals| {
        let before = html[..equals].trim_ascii_end();
        let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let (is_tight, after) = (before.len() == equals, &html[equals + 1..]);
        (letters > 0).then_some(Attribute { before, letters, is_tight, after })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_read_however_they_are_written() {
        let html = "<a href=\"x=1\" data-src='b' on=c/><p style = \"d\" = e 5=6>";
        let found: Vec<_> = attributes(html).map(|one| (one.name(), one.is_whole(), one.value())).collect();
        assert_eq!(
            found,
            [("href", true, "x=1"), ("x", true, "1\""), ("src", false, "b"), ("on", true, "c/"), ("style", true, "d")]
        );
    }
}
