//! How much an author's file may ask of the libraries that read it.
//!
//! Owns the one table of limits and the counting, which is done before a library is called: a file that would end the
//! program, by its stack or its memory, is told at its place instead. Which finding tells it is its reader's.

use std::io::Read;

/// Blocks, brackets and parentheses of a style sheet inside one another. Written by hand they are rarely ten deep.
pub const CSS_DEPTH: usize = 48;
/// What the selectors of a style sheet may come to once each `&` is replaced, in bytes.
pub const CSS_SELECTORS: f64 = 8.0 * 1024.0 * 1024.0;
/// Braces inside one another in a bibliography.
pub const BIB_DEPTH: usize = 64;
/// What one `@string` or one work may come to once its strings are put in, in bytes.
pub const BIB_ENTRY: u64 = 256 * 1024;
/// What all works together may come to, in bytes.
pub const BIB_ALL: u64 = 64 * 1024 * 1024;
/// Elements of a drawing inside one another.
pub const DRAWING_DEPTH: usize = 200;
/// A colour profile of a picture, unpacked, in bytes. Those of printers take about two million.
pub const PROFILE: u64 = 8 * 1024 * 1024;

/// Where a style sheet, or a value of one, asks for too much, and what.
pub fn css(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let mut open: Vec<f64> = Vec::new();
    // Of the selector that is being read: where it begins, how often it names its parent, how many it lists.
    let (mut start, mut parents, mut listed, mut round) = (0, 0u32, 1u32, 0usize);
    let mut total = 0.0;
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
                        "its nested selectors come to more than a browser could read; name fewer parents with `&`"
                            .into(),
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
            return Some((at, format!("it is nested more than {CSS_DEPTH} deep; write it flatter")));
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
