//! Where words of the website stand in the author's files.
//!
//! Owns the comparison: what somebody copies from a page is found although the file breaks its lines elsewhere, writes other
//! quotation marks, or has markdown between the words. Reading files and printing is the command line's.

use std::ops::Range;

use crate::source::{Content, SourcePath, Sources};

/// A place where the words stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The file.
    pub path: SourcePath,
    /// The place, in bytes.
    pub span: Range<usize>,
}

/// Every place of `words` in the texts of a site, file by file.
pub fn find(sources: &Sources, words: &str) -> Vec<Hit> {
    let wanted = Plain::of(words).text;
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (path, content) in &sources.files {
        let Content::Text(bytes) = content else { continue };
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        hits.extend(in_text(text, &wanted).into_iter().map(|span| Hit { path: path.clone(), span }));
    }
    hits
}

/// Every place of `words` in a text.
pub fn places(text: &str, words: &str) -> Vec<Range<usize>> {
    let wanted = Plain::of(words).text;
    if wanted.is_empty() { Vec::new() } else { in_text(text, &wanted) }
}

fn in_text(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let plain = Plain::of(text);
    plain
        .text
        .match_indices(wanted)
        .map(|(at, found)| plain.places[at].start..plain.places[at + found.len() - 1].end)
        .collect()
}

/// A text as it's compared, and for each of its bytes the letter of the original that it comes from.
struct Plain {
    text: String,
    places: Vec<Range<usize>>,
}

impl Plain {
    fn of(text: &str) -> Plain {
        let mut plain = Plain { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        for (at, letter) in text.char_indices() {
            let place = at..at + letter.len_utf8();
            match letter {
                // Marks of markdown, and what nobody sees.
                '*' | '_' | '`' | '\\' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                c if c.is_whitespace() => {
                    if !plain.text.is_empty() && !plain.text.ends_with(' ') {
                        plain.push(" ", &place);
                    }
                }
                '‘' | '’' | 'ʼ' | '‚' => plain.push("'", &place),
                '“' | '”' | '„' | '«' | '»' => plain.push("\"", &place),
                '–' | '—' | '‑' | '−' => plain.push("-", &place),
                '…' => plain.push("...", &place),
                other => {
                    let lower: String = other.to_lowercase().collect();
                    plain.push(&lower, &place);
                }
            }
        }
        let end = plain.text.trim_end().len();
        plain.text.truncate(end);
        plain.places.truncate(end);
        plain
    }

    fn push(&mut self, letters: &str, place: &Range<usize>) {
        self.text.push_str(letters);
        self.places.extend(std::iter::repeat_n(place.clone(), letters.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_they_stand_on_the_page() {
        let text = "text: >-\n  I'm Mason, *a life coach*\n  in Portland – and I work   with people.\n";
        for words in ["a life coach in Portland", "I’m mason", "Portland - and", "with people", "COACH in"] {
            let found = places(text, words);
            assert_eq!(found.len(), 1, "{words}");
        }
        let found = places(text, "coach in");
        assert_eq!(&text[found[0].clone()], "coach*\n  in");
        assert!(places(text, "  ").is_empty() && places(text, "Mona").is_empty());
    }
}
