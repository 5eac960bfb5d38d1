//! A finished page, read as a browser reads it, beside what its template was given.
//!
//! Owns the questions that checks ask of a page: which elements there are, what a visitor can read.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value as Json;

use crate::prose::one_line;

/// What a page's template was given, by name.
pub type Given = BTreeMap<&'static str, Json>;

/// A page and its names.
pub struct Page<'a> {
    /// The page as a browser reads it.
    pub document: Html,
    pub(super) names: &'a Given,
}

/// Elements whose text nobody reads.
const UNREAD: &[&str] = &["script", "style", "template", "noscript", "head"];

impl<'a> Page<'a> {
    /// Reads a finished page.
    pub fn read(html: &str, names: &'a Given) -> Page<'a> {
        Page { document: Html::parse_document(html), names }
    }

    /// The elements that a selector names; none for a selector that is none.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let Ok(selector) = Selector::parse(selector) else { return Vec::new() };
        self.document.select(&selector).filter(|element| !is_hidden(*element)).collect()
    }

    /// The text that can be read in the elements that a selector names, its space made single.
    pub fn text(&self, selector: &str) -> String {
        self.all(selector).into_iter().map(text_of).collect::<Vec<_>>().join(" ")
    }

    /// What the template was given: `/site/notices`.
    pub fn value(&self, pointer: &str) -> &Json {
        let mut parts = pointer.trim_start_matches('/').splitn(2, '/');
        let root = parts.next().and_then(|name| self.names.get(name));
        match (root, parts.next()) {
            (Some(root), Some(rest)) => root.pointer(&format!("/{rest}")).unwrap_or(&Json::Null),
            (Some(root), None) => root,
            (None, _) => &Json::Null,
        }
    }

    /// A text that the template was given.
    pub fn given(&self, pointer: &str) -> Option<&str> {
        self.value(pointer).as_str().filter(|text| !text.is_empty())
    }

    /// A list that the template was given.
    pub fn list(&self, pointer: &str) -> &[Json] {
        self.value(pointer).as_array().map_or(&[], Vec::as_slice)
    }

    /// Whether a link in the elements that a selector names leads to an address.
    pub fn links(&self, within: &str, href: &str) -> bool {
        self.all(&format!("{within} a[href]")).iter().any(|link| link.attr("href") == Some(href))
    }
}

/// Whether an element or one that it is in is hidden from everybody.
fn is_hidden(element: ElementRef<'_>) -> bool {
    let hides = |element: &ElementRef<'_>| element.attr("hidden").is_some();
    hides(&element) || element.ancestors().filter_map(ElementRef::wrap).any(|above| hides(&above))
}

/// The text of an element that can be read, its space made single.
pub fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    gather(element, &mut text);
    one_line(&text).into_owned()
}

/// Whether an element parts no words.
pub fn is_inline(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time", "wbr", "mark",
        "bdi", "cite", "dfn", "kbd", "s", "u", "del", "ins",
    ];
    INLINE.contains(&name)
}

fn gather(element: ElementRef<'_>, text: &mut String) {
    if UNREAD.contains(&element.value().name()) || element.attr("hidden").is_some() {
        return;
    }
    for child in element.children() {
        match child.value() {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(below) => {
                let apart = !is_inline(below.name());
                if apart {
                    text.push(' ');
                }
                if let Some(below) = ElementRef::wrap(child) {
                    gather(below, text);
                }
                if apart {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
}

/// The text of finished markup, its space made single.
pub fn text_of_markup(html: &str) -> String {
    text_of(Html::parse_fragment(html).root_element())
}
