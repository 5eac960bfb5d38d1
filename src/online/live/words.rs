//! The words of a page as its visitors read them.
//!
//! Owns what counts as a difference: not how a host packs or shortens a page, only what can be read. White space counts for nothing.

use scraper::{ElementRef, Html, Node, Selector};

use crate::regions::is_inline;

/// Words around a difference that are shown.
const SHOWN: usize = 9;

/// The words of a page, its title first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Words(Vec<String>);

/// How the words of two pages differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Difference {
    /// All that should be there is there, and something else before or after it.
    Added(String),
    /// From here on: the words on the web, and those of the site.
    Other(String, String),
}

/// What a page holds besides its words.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Loaded {
    /// The files of its scripts, as it names them.
    pub scripts: Vec<String>,
    /// How many scripts stand in it.
    pub inline: usize,
    /// Whether Cloudflare has replaced an email address by a script.
    pub hides_email: bool,
}

/// Reads a page.
pub(super) fn read(html: &[u8]) -> (Words, Loaded) {
    let document = Html::parse_document(&String::from_utf8_lossy(html));
    let mut text = String::new();
    let mut loaded = Loaded::default();
    if let Some(title) = Selector::parse("title").ok().and_then(|title| document.select(&title).next()) {
        text.extend(title.text());
        text.push(' ');
    }
    if let Ok(scripts) = Selector::parse("script") {
        for script in document.select(&scripts).map(|script| script.value()) {
            let is_data = script
                .attr("type")
                .is_some_and(|kind| !kind.is_empty() && !kind.contains("javascript") && kind != "module");
            match script.attr("src") {
                Some(src) => loaded.scripts.push(src.to_string()),
                None => loaded.inline += usize::from(!is_data),
            }
        }
    }
    if let Some(body) = Selector::parse("body").ok().and_then(|body| document.select(&body).next()) {
        gather(body, &mut text, &mut loaded);
    }
    (Words(text.split_whitespace().map(str::to_string).collect()), loaded)
}

fn gather(element: ElementRef<'_>, text: &mut String, loaded: &mut Loaded) {
    let name = element.value().name();
    if matches!(name, "script" | "style" | "template" | "noscript") {
        return;
    }
    if let Some(hidden) = element.value().attr("data-cfemail").and_then(shown_email) {
        loaded.hides_email = true;
        text.push_str(&hidden);
        return;
    }
    for child in element.children() {
        match child.value() {
            Node::Text(piece) => text.push_str(piece),
            _ => ElementRef::wrap(child).into_iter().for_each(|below| gather(below, text, loaded)),
        }
    }
    if !is_inline(name) {
        text.push(' ');
    }
}

/// An email address that Cloudflare has hidden: hexadecimal, each letter changed by the first.
fn shown_email(hidden: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> =
        hidden.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    let bytes = bytes?;
    let (key, letters) = bytes.split_first()?;
    Some(letters.iter().map(|letter| char::from(letter ^ key)).collect())
}

impl Words {
    /// What is different on the web, where something is.
    pub fn differ(&self, live: &Words) -> Option<Difference> {
        let (own, there) = (self.0.concat(), live.0.concat());
        if own == there {
            return None;
        }
        if !own.is_empty() && there.contains(&own) {
            let at = there.find(&own).unwrap_or(0);
            // The first words before it, or those behind.
            let more = if at > 0 { live.from(0, at) } else { live.from(own.len(), there.len()) };
            return Some(Difference::Added(more));
        }
        // Words may be parted elsewhere: letters are compared.
        let same = own.char_indices().zip(there.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        let at = same.unwrap_or(own.len().min(there.len()));
        Some(Difference::Other(live.from(at, there.len()), self.from(at, own.len())))
    }

    /// The share of this page's words that the other has, too, from 0 to 1.
    pub fn share(&self, other: &Words) -> f64 {
        let has: std::collections::HashSet<&String> = other.0.iter().collect();
        self.0.iter().filter(|word| has.contains(word)).count() as f64 / self.0.len().max(1) as f64
    }

    /// Some words around a letter, counted without spaces, up to another.
    fn from(&self, at: usize, end: usize) -> String {
        let mut passed = 0;
        let mut shown: Vec<&str> = Vec::new();
        for word in &self.0 {
            let begins = passed;
            passed += word.len();
            if passed > at && begins < end && shown.len() < SHOWN {
                shown.push(word);
            }
        }
        shown.join(" ")
    }

    /// The page's first words.
    pub fn beginning(&self) -> String {
        self.from(0, usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> Words {
        read(format!("<!doctype html><title>T</title><body>{html}").as_bytes()).0
    }

    #[test]
    fn packing_is_no_difference_and_other_words_are() {
        let own = words("<h1>Hello</h1>\n  <p>A  <b>small</b> room.</p>\n<p>Mail a@b.org</p>");
        let minified = words("<h1>Hello</h1><p>A <b>small</b> room.<p>Mail a@b.org<script>x()</script>");
        assert_eq!(own.differ(&minified), None);
        let hidden =
            words("<h1>Hello</h1><p>A <b>small</b> room.<p>Mail <a data-cfemail=\"2a4b6a480445584d\">[email]</a>");
        assert_eq!(own.differ(&hidden), None);
        let other = own.differ(&words("<h1>Hello</h1><p>A big room.</p><p>Mail a@b.org"));
        assert_eq!(other, Some(Difference::Other("big room. Mail a@b.org".into(), "small room. Mail a@b.org".into())));
        let added =
            own.differ(&words("<h1>Hello</h1><p>A small room.</p><p>Mail a@b.org</p><div>Free hosting by X</div>"));
        assert_eq!(added, Some(Difference::Added("Free hosting by X".into())));
        assert!(own.share(&words("This name is for sale")) < 0.2 && own.share(&minified) > 0.99);
    }

    #[test]
    fn broken_hiding_is_left_as_it_is() {
        assert_eq!(shown_email("2a4b6a480445584d").as_deref(), Some("a@b.org"));
        for broken in ["", "x", "zz", "2", "é"] {
            assert!(shown_email(broken).is_none_or(|email| email.is_empty()), "{broken}");
        }
    }
}
