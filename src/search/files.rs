//! The index as files that browsers fetch.
//!
//! Owns their form and their size. A usual site has one; of a large one the first names the parts, and a search fetches
//! those that it needs. `themes/base/assets/search.js` reads them.
//!
//! - Words stand in order, each after a figure of base 36 that says how many letters it begins with of the one before. Where
//!   a word is the first of its stem, the stem has the next number; else `:` and a number of base 36 say how far back from
//!   the next number its stem's is.
//! - A stem's pages stand in order, each as the distance from the page before (base 36, nothing for 1) and a letter for what it
//!   is worth. Before those of a stem that is on very many pages, of which only the worthiest are named, stands `!`, the
//!   number of its pages and `!`.
//! - A page is its address, its heading and the number of its kind.

use std::collections::BTreeMap;

use bytes::Bytes;
use rayon::prelude::*;
use serde::Serialize;

use super::{INDEX, Index, Postings};
use crate::route::OutputPath;

/// Where the parts of a large index are: below the folder whose files browsers may keep for ever.
pub(super) const PARTS: &str = "assets/search/";

/// A site of so many pages has its whole index in one file.
const SMALL: usize = 200;

/// The size at which a part is full: a search for some words fetches a part for each.
const FULL: usize = 20_000;

/// So many pages are named for one stem.
const MOST: usize = 4000;

/// So many pages' addresses and headings stand together.
const PAGES: usize = 40;

/// What the first file holds.
#[derive(Serialize)]
struct First {
    /// How many pages there are.
    pages: usize,
    words: Vec<Part<String>>,
    postings: Vec<Part<Vec<String>>>,
    records: Vec<Part<Vec<(String, String, usize)>>>,
}

/// A part of the index: itself, or its file.
#[derive(Serialize)]
struct Part<T> {
    /// Its first word.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The number of its first stem or page.
    base: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

impl<T: Serialize> Part<T> {
    /// The part with what it holds put into a file of its own.
    fn apart(self, prefix: &str, files: &mut BTreeMap<OutputPath, Bytes>) -> Part<T> {
        let Some(json) = self.data.as_ref().and_then(|data| serde_json::to_vec(data).ok()) else { return self };
        let name = format!("{PARTS}{}.json", &blake3::hash(&json).to_hex()[..12]);
        match OutputPath::new(&name) {
            Some(path) => {
                files.insert(path, json.into());
                let up = "../".repeat(prefix.matches('/').count());
                Part { data: None, file: Some(format!("{up}{name}")), ..self }
            }
            None => self,
        }
    }
}

/// Writes an index. `prefix`: the folder of its language, from which the search page finds its way.
pub(super) fn write(index: &Index, prefix: &str) -> BTreeMap<OutputPath, Bytes> {
    let mut files = BTreeMap::new();
    let small = index.pages.len() <= SMALL;
    let full = if small { usize::MAX } else { FULL };
    let postings: Vec<String> = index.postings.par_iter().map(|postings| in_letters(postings, small)).collect();
    let mut first = First {
        pages: index.pages.len(),
        words: in_words(&index.words, full),
        postings: in_parts(postings, full),
        records: index
            .pages
            .chunks(if small { SMALL } else { PAGES })
            .enumerate()
            .map(|(at, pages)| Part { from: None, base: at * PAGES, data: Some(pages.to_vec()), file: None })
            .collect(),
    };
    if !small {
        first.words = first.words.into_iter().map(|part| part.apart(prefix, &mut files)).collect();
        first.postings = first.postings.into_iter().map(|part| part.apart(prefix, &mut files)).collect();
        first.records = first.records.into_iter().map(|part| part.apart(prefix, &mut files)).collect();
    }
    if let (Some(path), Ok(json)) = (OutputPath::new(&format!("{prefix}{INDEX}")), serde_json::to_vec(&first)) {
        files.insert(path, json.into());
    }
    files
}

/// The words, parted where their first two letters change.
fn in_words(words: &[(String, u32)], full: usize) -> Vec<Part<String>> {
    let mut parts: Vec<Part<String>> = Vec::new();
    let mut text = String::new();
    let (mut before, mut next) = ("", 0);
    for (word, stem) in words {
        let begins_alike = word.chars().take(2).eq(before.chars().take(2));
        if parts.is_empty() || (text.len() >= full && !begins_alike) {
            if let Some(part) = parts.last_mut() {
                part.data = Some(std::mem::take(&mut text));
            }
            parts.push(Part { from: Some(word.clone()), base: next as usize, data: None, file: None });
            before = "";
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let shared = word.chars().zip(before.chars()).take_while(|(a, b)| a == b).count().min(35);
        push_number(&mut text, shared);
        text.extend(word.chars().skip(shared));
        if *stem == next {
            next += 1;
        } else {
            text.push(':');
            push_number(&mut text, (next - stem) as usize);
        }
        before = word;
    }
    if let Some(part) = parts.last_mut() {
        part.data = Some(text);
    }
    parts
}

/// Postings, parted where a part is full.
fn in_parts(postings: Vec<String>, full: usize) -> Vec<Part<Vec<String>>> {
    let mut parts: Vec<Part<Vec<String>>> = Vec::new();
    let mut size = full;
    for (base, text) in postings.into_iter().enumerate() {
        if parts.is_empty() || size.saturating_add(text.len()) > full {
            parts.push(Part { from: None, base, data: Some(Vec::new()), file: None });
            size = 0;
        }
        size += text.len();
        if let Some(data) = parts.last_mut().and_then(|part| part.data.as_mut()) {
            data.push(text);
        }
    }
    parts
}

/// The pages of a stem, in letters.
fn in_letters(postings: &Postings, all: bool) -> String {
    let mut text = String::with_capacity(postings.len() * 2);
    let mut worthiest;
    let mut named = postings;
    if !all && postings.len() > MOST {
        text.push('!');
        push_number(&mut text, postings.len());
        text.push('!');
        worthiest = postings.clone();
        worthiest.sort_by_key(|(page, degree)| (std::cmp::Reverse(*degree), *page));
        worthiest.truncate(MOST);
        worthiest.sort_unstable();
        named = &worthiest;
    }
    let mut expected = 0;
    for (page, degree) in named {
        if *page != expected {
            push_number(&mut text, (page - expected + 1) as usize);
        }
        text.push(char::from(b'A' + degree));
        expected = page + 1;
    }
    text
}

fn push_number(text: &mut String, number: usize) {
    let mut digits = Vec::new();
    let mut rest = number;
    loop {
        digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    text.extend(digits.iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_by_their_distance() {
        assert_eq!(in_letters(&vec![(0, 0), (1, 25), (3, 2), (40, 1)], true), "AZ2C11B");
    }

    #[test]
    fn of_a_stem_on_very_many_pages_the_worthiest_are_named() {
        let postings: Postings =
            (0..5000).map(|page| (page, u8::from(page % 2 == 1) + u8::from(page < 3000))).collect();
        let text = in_letters(&postings, false);
        assert!(text.starts_with("!3uw!AC") || text.starts_with("!3uw!BC"), "{}", &text[..20]);
        assert_eq!(text.bytes().filter(u8::is_ascii_uppercase).count(), MOST);
        assert_eq!(in_letters(&postings, true).len(), 5000);
    }

    #[test]
    fn words_share_their_beginnings_and_stems_their_numbers() {
        let words =
            [("heal", 0), ("healing", 0), ("health", 1), ("sleep", 2)].map(|(word, stem)| (word.to_string(), stem));
        let parts = in_words(&words, usize::MAX);
        assert_eq!(parts[0].data.as_deref(), Some("0heal 4ing:1 4th 0sleep"));
        let parts = in_words(&words, 1);
        let told: Vec<_> = parts.iter().map(|part| (part.from.as_deref(), part.base, part.data.as_deref())).collect();
        assert_eq!(told, [(Some("heal"), 0, Some("0heal 4ing:1 4th")), (Some("sleep"), 2, Some("0sleep"))]);
    }
}
