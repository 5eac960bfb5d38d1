//! A citation being written: words, italics and addresses, one after the other.
//!
//! Owns the marks between elements (a full stop that is there already is no second), and how the words become markup.

use pulldown_cmark_escape::{escape_href, escape_html_body_text};

use crate::document::works::words::{EMPHASIS, KEPT};
use crate::route::address;

/// Words, one part after the other.
#[derive(Clone, Default, PartialEq, Debug)]
pub(super) struct Text {
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Debug)]
struct Part {
    words: String,
    italic: bool,
    /// The address behind the words.
    href: Option<String>,
}

impl Text {
    /// Adds words.
    pub fn push(&mut self, words: &str) {
        self.add(words, false, None);
    }

    /// Adds words in italics.
    pub fn italic(&mut self, words: &str) {
        self.add(words, true, None);
    }

    /// Adds a title, whose own italics stand out against it.
    pub fn title(&mut self, words: &str, italic: bool) {
        let mut inner = false;
        for piece in words.split_inclusive([EMPHASIS.0, EMPHASIS.1]) {
            let words = piece.trim_end_matches([EMPHASIS.0, EMPHASIS.1]);
            self.add(words, italic != inner, None);
            inner = piece.ends_with(EMPHASIS.0);
        }
    }

    /// Adds an address that can be followed.
    pub fn link(&mut self, url: &str) {
        self.add(url, false, Some(url.to_string()));
    }

    /// Adds words behind which there's an address.
    pub fn link_as(&mut self, words: &str, url: &str) {
        self.add(words, false, Some(url.to_string()));
    }

    /// Adds another text.
    pub fn append(&mut self, other: Text) {
        other.parts.into_iter().for_each(|part| self.add(&part.words, part.italic, part.href));
    }

    fn add(&mut self, words: &str, italic: bool, href: Option<String>) {
        let words: String =
            words.chars().filter(|letter| ![KEPT.0, KEPT.1, EMPHASIS.0, EMPHASIS.1].contains(letter)).collect();
        match self.parts.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.italic == italic && last.href == href => last.words.push_str(&words),
            _ => self.parts.push(Part { words, italic, href }),
        }
    }

    /// Ends an element with a full stop, unless a mark ends it already (APA 7, 9.19). Inside American quotation marks it comes before
    /// the last of them (6.8).
    pub fn stop(&mut self, inside_quotes: bool) {
        let Some(last) = self.parts.last_mut() else { return };
        let words = last.words.trim_end();
        let inner = words.trim_end_matches(['”', '’']);
        if words.is_empty()
            || words.ends_with(['.', '?', '!'])
            || inner.len() < words.len() && inner.ends_with(['.', '?', '!'])
        {
            return;
        }
        match words.ends_with('”') && inside_quotes {
            true => last.words.insert(inner.len(), '.'),
            false => self.push("."),
        }
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        self.parts.iter().map(|part| part.words.as_str()).collect()
    }

    /// The words as markup. `linked` says whether addresses can be followed: inside a link they can't.
    pub fn html(&self, linked: bool) -> String {
        let mut out = String::new();
        for part in &self.parts {
            // Spaces stay outside, so that an element never begins or ends with one.
            let inner = part.words.trim();
            let start = part.words.len() - part.words.trim_start().len();
            let (before, after) = match inner.is_empty() {
                true => (part.words.as_str(), ""),
                false => (&part.words[..start], &part.words[start + inner.len()..]),
            };
            text(&mut out, before);
            if inner.is_empty() {
                continue;
            }
            let href = part
                .href
                .as_ref()
                .filter(|href| linked && (href.starts_with("https://") || href.starts_with("http://")));
            if let Some(href) = href {
                out.push_str("<a href=\"");
                // Writing into a String cannot fail.
                let _ = escape_href(&mut out, href);
                out.push_str("\">");
            }
            if part.italic {
                out.push_str("<em>");
            }
            text(&mut out, inner);
            out.push_str(if part.italic { "</em>" } else { "" });
            out.push_str(if href.is_some() { "</a>" } else { "" });
            text(&mut out, after);
        }
        out
    }
}

/// Writes text, escaped.
pub(super) fn text(out: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = escape_html_body_text(&mut *out, &address::unmarked(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_are_there_are_no_second() {
        for (words, ended) in [
            ("Does it work?", "Does it work?"),
            ("Verband e. V.", "Verband e. V."),
            ("On “Dr. House”", "On “Dr. House.”"),
            ("“Really?”", "“Really?”"),
            ("parents’", "parents’."),
            ("A title", "A title."),
        ] {
            let mut text = Text::default();
            text.push(words);
            text.stop(true);
            assert_eq!(text.plain(), ended);
        }
    }

    #[test]
    fn italics_within_italics_stand_upright() {
        let mut text = Text::default();
        text.title("On \u{e010}Hypericum\u{e011} here", true);
        text.push(" <b>");
        assert_eq!(text.html(true), "<em>On</em> Hypericum <em>here</em> &lt;b&gt;");
    }
}
