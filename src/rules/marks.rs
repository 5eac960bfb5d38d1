//! Which bytes a text must hold for a pattern to fit it.
//!
//! Owns reading that from the pattern itself. Most paragraphs hold none of the marks that a rule looks for; a look at which
//! bytes stand in them is many times faster than the pattern. Knows nothing of what the patterns are about.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A set of bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bytes([u64; 4]);

impl Bytes {
    /// No byte.
    pub const NONE: Bytes = Bytes([0; 4]);
    const ALL: Bytes = Bytes([u64::MAX; 4]);

    /// The bytes of a text.
    pub fn of(text: &str) -> Bytes {
        text.bytes().fold(Bytes::NONE, |all, byte| all.and(Bytes::one(byte)))
    }

    /// Whether each byte is one of them, by the byte: the fastest way to ask many.
    pub fn table(self) -> [bool; 256] {
        let mut table = [false; 256];
        for byte in 0..=u8::MAX {
            table[usize::from(byte)] = self.meets(Bytes::one(byte));
        }
        table
    }

    /// Whether the two have a byte in common.
    pub fn meets(self, other: Bytes) -> bool {
        self.0.iter().zip(other.0).any(|(own, other)| own & other != 0)
    }

    fn one(byte: u8) -> Bytes {
        let mut bytes = Bytes::NONE;
        bytes.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
        bytes
    }

    /// Both sets' bytes.
    pub fn and(self, other: Bytes) -> Bytes {
        Bytes(std::array::from_fn(|index| self.0[index] | other.0[index]))
    }

    /// How likely prose holds one of them; only the order means something.
    fn frequency(self) -> u32 {
        (0..=u8::MAX).filter(|byte| self.meets(Bytes::one(*byte))).map(frequency).sum()
    }
}

/// How often a byte stands in prose, roughly.
fn frequency(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' | b' ' => 1000,
        b'A'..=b'Z' | b',' | b'.' => 500,
        b'-' | b'\'' | 0x80.. => 50,
        b'\n' => 15,
        b'0'..=b'9' | b'!' | b':' | b'(' | b')' | b'/' => 20,
        _ => 1,
    }
}

/// The bytes of which every text that a pattern fits holds at least one: all of them where nothing can be said.
pub fn needed(pattern: &str) -> Bytes {
    regex_syntax::parse(pattern).ok().and_then(|hir| of(&hir)).unwrap_or(Bytes::ALL)
}

fn of(hir: &Hir) -> Option<Bytes> {
    let rarest = |sets: &mut dyn Iterator<Item = Bytes>| sets.min_by_key(|set| set.frequency());
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => None,
        HirKind::Literal(literal) => rarest(&mut literal.0.iter().map(|byte| Bytes::one(*byte))),
        HirKind::Class(Class::Bytes(class)) => {
            let bytes = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            Some(bytes.fold(Bytes::NONE, |all, byte| all.and(Bytes::one(byte))))
        }
        HirKind::Class(Class::Unicode(class)) => {
            let letters = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            // A large class is one of ordinary letters, or leaves out a few.
            let few: Vec<char> = letters.take(200).collect();
            let set = few.iter().fold(Bytes::NONE, |all, letter| all.and(rarest_byte(*letter)));
            Some(set).filter(|_| few.len() < 200)
        }
        HirKind::Repetition(repetition) if repetition.min == 0 => None,
        HirKind::Repetition(repetition) => of(&repetition.sub),
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Concat(parts) => rarest(&mut parts.iter().filter_map(of)),
        HirKind::Alternation(ways) => ways.iter().map(of).try_fold(Bytes::NONE, |all, way| Some(all.and(way?))),
    }
}

/// A byte that stands in every text with this letter.
fn rarest_byte(letter: char) -> Bytes {
    let mut buffer = [0; 4];
    // What letters beyond ASCII begin with, many share.
    Bytes::one(letter.encode_utf8(&mut buffer).bytes().next_back().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::leftovers;

    #[test]
    fn what_a_pattern_needs_is_read_from_it() {
        let fits = |pattern: &str, text: &str| needed(pattern).meets(Bytes::of(text));
        assert!(fits(r"\[\[[^\[\]]+\]\]", "a [[b]] c") && !fits(r"\[\[[^\[\]]+\]\]", "Plain words, with 2 numbers."));
        assert!(fits("a|#b", "a") && fits("(?i)style=", "x STYLE=") && !fits("(?i)style=", "style"));
        assert!(fits(r"^\s*[•◦][^\n]+", "• one") && !fits(r"^\s*[•◦][^\n]+", "one"));
        assert!(fits(r"\w+", "x") && fits("(a", "anything"), "nothing can be said of them");
    }

    #[test]
    fn ordinary_prose_is_passed_over() {
        let prose = Bytes::of("She said: “I'd rather wait, for now” (it was late). Then we talked; about 20 minutes!");
        let rows = &leftovers::rules().markup_left_over.data;
        let read: Vec<_> = rows.iter().filter(|row| needed(&row.pattern).meets(prose)).map(|row| &row.what).collect();
        assert!(read.len() <= 2, "{read:?}");
    }
}
