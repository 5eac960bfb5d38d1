//! Part of a file, where a browser asks for one.
//!
//! Owns the reading of `Range` and `If-Range` after RFC 9110, 14: Safari plays a film only from a server that answers
//! it. Several ranges in one request may be answered by the whole, and are.

use std::ops::Range;

use axum::http::HeaderMap;
use axum::http::header::{IF_RANGE, RANGE};

/// What part of a file is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Bytes that it does not have.
    Beyond,
}

/// The part of a file of `length` bytes and with this tag that a request asks for.
pub(super) fn asked(headers: &HeaderMap, length: usize, tag: &str) -> Part {
    let is_other = headers.get(IF_RANGE).is_some_and(|known| known.as_bytes() != tag.as_bytes());
    match headers.get(RANGE).and_then(|range| range.to_str().ok()) {
        Some(range) if !is_other => read(range, length),
        _ => Part::Whole,
    }
}

/// Reads `bytes=0-99`, `bytes=100-` and `bytes=-100`; what cannot be read asks for the whole.
fn read(range: &str, length: usize) -> Part {
    let Some((unit, range)) = range.split_once('=') else { return Part::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Part::Whole };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !unit.trim().eq_ignore_ascii_case("bytes") || !is_number(first) || !is_number(last) {
        return Part::Whole;
    }
    // A number too large for this machine is beyond any file.
    let number = |text: &str| text.parse::<usize>().unwrap_or(usize::MAX);
    let (from, to) = match (first, last) {
        ("", "") => return Part::Whole,
        ("", last) => (length.saturating_sub(number(last)), length),
        (first, "") => (number(first), length),
        (first, last) if number(first) > number(last) => return Part::Whole,
        (first, last) => (number(first), number(last).saturating_add(1).min(length)),
    };
    if from < to { Part::Bytes(from..to) } else { Part::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        for (range, part) in [
            ("bytes=0-1", Part::Bytes(0..2)),
            ("bytes=5-", Part::Bytes(5..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=8-99999999999999999999999", Part::Bytes(8..10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=99999999999999999999999-", Part::Beyond),
            ("bytes=3-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("bytes", Part::Whole),
        ] {
            assert_eq!(read(range, 10), part, "{range}");
        }
        assert_eq!(read("bytes=0-", 0), Part::Beyond);
    }
}
