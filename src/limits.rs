//! How much an author's file may ask of the libraries that read it.
//!
//! Owns the one table of limits and the counting, which is done before a library is called: a file that would end the
//! program, by its stack or its memory, is told at its place instead. Which finding tells it is its reader's.

mod drawing;

use std::io::Read;

pub use drawing::drawing;

/// Blocks, brackets and parentheses of a style sheet inside one another. Written by hand they are rarely ten deep.
pub const CSS_DEPTH: usize = 48;
/// Rules of one style sheet. The largest that a framework writes have some 10,000.
pub const CSS_RULES: usize = 20_000;
/// Rules of the same selector behind one another: lightningcss puts them into one, and copies all that it has at each
/// (19,000 took a minute).
pub const CSS_SAME: usize = 500;
/// What the selectors of a style sheet may come to once each `&` is replaced, in bytes.
pub const CSS_SELECTORS: f64 = 8.0 * 1024.0 * 1024.0;
/// How many findings one style sheet brings.
pub const CSS_FINDINGS: usize = 100;
/// Braces inside one another in a bibliography.
pub const BIB_DEPTH: usize = 64;
/// What one `@string` or one work may come to once its strings are put in, in bytes.
pub const BIB_ENTRY: u64 = 256 * 1024;
/// What all works together may come to, in bytes.
pub const BIB_ALL: u64 = 64 * 1024 * 1024;
/// Elements of HTML that are open at once in a text. Written by hand they are rarely ten; browsers stop at 512, and the
/// sanitiser's time grows with the square (24,000 took 3.5 seconds).
pub const HTML_DEPTH: usize = 100;
/// How often the loops and components of a page go round. The largest page of a practice with 2,000 articles comes to
/// some 50,000; a million empty rounds take a quarter of a second.
pub const TEMPLATE_ROUNDS: u64 = 1_000_000;
/// Letters of a text, or entries of a list, to which a template gives a name.
pub const TEMPLATE_VALUE: usize = 1024 * 1024;
/// Numbers that a template's `range` makes.
pub const TEMPLATE_RANGE: usize = 1_000;
/// A finished page, in bytes. The longest article of a practice has some hundred thousand.
pub const PAGE: u64 = 32 * 1024 * 1024;
/// Works that one work stands on by `crossref` and `xdata`, with those below them. A chapter stands on its book, that on
/// its series; the library follows each way anew, without an end where it leads back.
pub const BIB_BELOW: usize = 64;
/// How often a bibliography is read again without a work whose fault came of other works.
pub const BIB_ROUNDS: usize = 20;
/// Elements of a drawing inside one another.
pub const DRAWING_DEPTH: usize = 200;
/// Elements that a drawing comes to once each `<use>`, pattern, mask and mark is put in. A detailed map has some ten
/// thousand.
pub const DRAWING_ELEMENTS: u64 = 200_000;
/// Effects of a drawing's filters, times the elements that they are laid on. A shadow has five.
pub const DRAWING_EFFECTS: u64 = 2_000;
/// Octaves of noise (`feTurbulence`); a screen shows none beyond the eighth.
pub const DRAWING_OCTAVES: f64 = 10.0;
/// How far an effect may look around each point (`feMorphology`, `feConvolveMatrix`): its time grows with the square.
pub const DRAWING_REACH: f64 = 24.0;
/// A colour profile of a picture, unpacked, in bytes. Those of printers take about two million.
pub const PROFILE: u64 = 8 * 1024 * 1024;

/// Lists and fields of a YAML text inside one another. The deepest that the content model has is six; the reader's own
/// stack ends at 128, and its time for brackets grows with the square of their depth.
pub const YAML_DEPTH: usize = 48;
/// How many values the aliases of a YAML text may stand for. Hours or prices that are named once and used for every
/// place come to a few hundred; a value takes 72 bytes.
pub const YAML_ALIASES: u64 = 10_000;

/// Where a YAML text lies deeper inside itself than it may. Counts what looks like the beginning of a list or of a field;
/// brackets inside prose and between quotes lie in nothing.
pub fn deep_yaml(text: &str) -> Option<usize> {
    // Where the lists and fields begin that the present line lies in.
    let mut columns: Vec<usize> = Vec::new();
    let mut brackets = 0usize;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bytes = line.as_bytes();
        let is_blank = line.trim().is_empty();
        let mut at = bytes.iter().take_while(|byte| **byte == b' ').count();
        if !is_blank && brackets == 0 {
            columns.retain(|column| *column < at);
            columns.push(at);
            // `- - a` begins a list for each hyphen.
            while matches!(bytes.get(at..at + 2), Some([b'-' | b'?', b' '])) {
                at += 2;
                at += bytes[at..].iter().take_while(|byte| **byte == b' ').count();
                columns.push(at);
                if columns.len() > YAML_DEPTH {
                    return Some(start + at);
                }
            }
        }
        let (mut quote, mut before) = (None, b'[');
        for (column, &byte) in bytes.iter().enumerate().skip(at) {
            match (quote, byte) {
                (None, b'#') if before == b' ' => break,
                (None, b'"' | b'\'') if is_opening(before) => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                (None, b'[' | b'{') if is_opening(before) => brackets += 1,
                (None, b']' | b'}') => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            if columns.len() + brackets > YAML_DEPTH {
                return Some(start + column);
            }
            // The space after a colon or a comma changes nothing about what comes next.
            if byte != b' ' || !is_opening(before) {
                before = byte;
            }
        }
        start += line.len();
    }
    None
}

/// Whether a value can begin after it.
fn is_opening(before: u8) -> bool {
    matches!(before, b'[' | b'{' | b',' | b':' | b'-' | b'?')
}

/// Where a style sheet, or a value of one, asks for too much, and what.
pub fn css(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let mut open: Vec<f64> = Vec::new();
    // Of the selector that is being read: where it begins, how often it names its parent, how many it lists.
    let (mut start, mut parents, mut listed, mut round) = (0, 0u32, 1u32, 0usize);
    let mut total = 0.0;
    let (mut rules, mut same, mut last) = (0, 0, "");
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = text[at + 2..].find("*/").map_or(bytes.len(), |end| at + end + 4);
                continue;
            }
            b'\\' => at += 1,
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote && bytes[at] != b'\n' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'&' => parents += 1,
            b',' => listed += 1,
            b'(' | b'[' => round += 1,
            b')' | b']' => round = round.saturating_sub(1),
            b'{' => {
                let is_rule = text.get(start..at).is_some_and(|before| before.trim_start().starts_with('@'));
                let outer = open.last().copied().unwrap_or(1.0);
                let size = if is_rule { outer } else { outer * f64::from(parents.max(listed)) + (at - start) as f64 };
                total += size;
                if total > CSS_SELECTORS {
                    return Some((
                        at,
                        "its nested selectors add up to more than a browser can read; name fewer parents with `&`"
                            .into(),
                    ));
                }
                rules += 1;
                let selector = text.get(start..at).unwrap_or_default().trim();
                same = if selector == last && !is_rule { same + 1 } else { 0 };
                last = selector;
                if same > CSS_SAME {
                    return Some((
                        at,
                        format!("more than {CSS_SAME} rules in a row are for `{last}`; write them as one rule"),
                    ));
                }
                if rules > CSS_RULES {
                    return Some((
                        at,
                        format!("it has more than {CSS_RULES} rules; leave out those that no page uses"),
                    ));
                }
                open.push(size);
                (start, parents, listed, round) = (at + 1, 0, 1, 0);
            }
            b'}' | b';' => {
                if bytes[at] == b'}' {
                    open.pop();
                }
                (start, parents, listed, round) = (at + 1, 0, 1, 0);
            }
            _ => {}
        }
        if open.len() + round > CSS_DEPTH {
            return Some((at, format!("it's nested more than {CSS_DEPTH} deep; use less nesting")));
        }
        at += 1;
    }
    None
}

/// How deep the elements of a drawing lie inside one another at most.
pub fn depth_of_elements(text: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    let mut rest = text;
    let after = |rest: &'_ [u8], end: &[u8]| memchr::memmem::find(rest, end).map_or(rest.len(), |at| at + end.len());
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        let skipped = match rest {
            _ if rest.starts_with(b"<!--") => after(rest, b"-->"),
            _ if rest.starts_with(b"<![CDATA[") => after(rest, b"]]>"),
            _ if rest.starts_with(b"<!") || rest.starts_with(b"<?") => 2,
            _ if rest.starts_with(b"</") => {
                depth = depth.saturating_sub(1);
                2
            }
            _ => {
                let end = end_of_tag(rest);
                if !rest[..end].ends_with(b"/") {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                end
            }
        };
        rest = &rest[skipped.min(rest.len())..];
    }
    deepest
}

/// Where a tag's `>` is, those in its attributes' values left out.
fn end_of_tag(tag: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Whether a PNG's colour profile takes more than it may once it is unpacked.
pub fn has_vast_profile(png: &[u8]) -> bool {
    let mut rest = png.get(8..).unwrap_or_default();
    while let [a, b, c, d, kind @ ..] = rest {
        let len = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let (Some(name), Some(data)) = (kind.get(..4), kind.get(4..)) else { return false };
        let data = &data[..len.min(data.len())];
        if name == b"IDAT" {
            return false;
        }
        if name == b"iCCP"
            && let Some(end) = memchr::memchr(0, data)
        {
            let packed = data.get(end + 2..).unwrap_or_default();
            let unpacked =
                std::io::copy(&mut flate2::read::ZlibDecoder::new(packed).take(PROFILE + 1), &mut std::io::sink());
            if unpacked.is_ok_and(|len| len > PROFILE) {
                return true;
            }
        }
        rest = kind.get(4 + len + 4..).unwrap_or_default();
    }
    false
}

/// How deep braces lie inside one another at most.
pub fn depth_of_braces(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
