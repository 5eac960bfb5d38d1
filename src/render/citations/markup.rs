//! What the citation library makes, as markup.
//!
//! Owns escaping, and which formatting becomes which element. The library's own writer escapes nothing and writes
//! style attributes, which the site's policy does not admit.

use hayagriva::citationberg::{FontStyle, FontWeight, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatting};
use pulldown_cmark_escape::{escape_href, escape_html_body_text};

use crate::render::address;

/// How a citation differs from what the library makes of it.
#[derive(Clone, Copy, Default)]
pub(super) struct Turn<'a> {
    /// Leaves the names out, and the comma after them.
    pub without_names: bool,
    /// Joins names by this word instead of `&`, as APA wants it in running text.
    pub and: Option<&'a str>,
}

/// Writes text, escaped.
pub(super) fn text(out: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = escape_html_body_text(&mut *out, &address::unmarked(text));
}

/// The parts as markup.
pub(super) fn html(children: &ElemChildren, turn: Turn<'_>) -> String {
    let mut out = String::new();
    write(&mut out, &children.0, turn, false);
    out
}

/// The parts as plain text.
pub(super) fn plain(children: &ElemChildren, turn: Turn<'_>) -> String {
    let mut out = String::new();
    fn write(out: &mut String, children: &[ElemChild], turn: Turn<'_>, names: bool) {
        for child in children {
            match child {
                ElemChild::Text(part) | ElemChild::Link { text: part, .. } => {
                    out.push_str(&joined(&part.text, turn, names));
                }
                ElemChild::Elem(elem) => write(out, &elem.children.0, turn, within_names(elem, names)),
                ElemChild::Markup(part) => out.push_str(part),
                ElemChild::Transparent { .. } => {}
            }
        }
    }
    write(&mut out, &children.0, turn, false);
    out.trim().to_string()
}

fn write(out: &mut String, children: &[ElemChild], turn: Turn<'_>, names: bool) {
    let mut after_names = false;
    for child in children {
        match child {
            ElemChild::Text(part) => {
                let words = joined(&part.text, turn, names);
                let words = if after_names { words.trim_start_matches([',', ' ']) } else { &words };
                formatted(&mut *out, words, part.formatting);
            }
            ElemChild::Elem(Elem { meta: Some(ElemMeta::Names(_)), .. }) if turn.without_names => {
                after_names = true;
                continue;
            }
            ElemChild::Elem(elem) => write(&mut *out, &elem.children.0, turn, within_names(elem, names)),
            ElemChild::Markup(part) => text(&mut *out, part),
            ElemChild::Link { text: words, url } if url.starts_with("https://") || url.starts_with("http://") => {
                out.push_str("<a href=\"");
                let _ = escape_href(&mut *out, url);
                out.push_str("\">");
                formatted(out, &words.text, words.formatting);
                out.push_str("</a>");
            }
            ElemChild::Link { text: words, .. } => formatted(out, &words.text, words.formatting),
            ElemChild::Transparent { .. } => {}
        }
        after_names = false;
    }
}

/// Whether what stands in an element stands between names: in the list of them, in no single one.
fn within_names(elem: &Elem, names: bool) -> bool {
    match elem.meta {
        Some(ElemMeta::Names(_)) => true,
        Some(ElemMeta::Name(..)) => false,
        _ => names,
    }
}

fn joined<'t>(words: &'t str, turn: Turn<'_>, names: bool) -> std::borrow::Cow<'t, str> {
    match turn.and {
        Some(and) if names && words.contains('&') => words.replace('&', and).into(),
        _ => words.into(),
    }
}

fn formatted(out: &mut String, words: &str, formatting: Formatting) {
    // Spaces stay outside, so that an element never begins or ends with one.
    let inner = words.trim();
    let (before, after) = match words.find(inner).filter(|_| !inner.is_empty()) {
        Some(at) => (&words[..at], &words[at + inner.len()..]),
        None => (words, ""),
    };
    let elements: Vec<&str> = [
        (formatting.font_style == FontStyle::Italic).then_some("em"),
        (formatting.font_weight == FontWeight::Bold).then_some("strong"),
        (formatting.vertical_align == VerticalAlign::Sup).then_some("sup"),
        (formatting.vertical_align == VerticalAlign::Sub).then_some("sub"),
    ]
    .into_iter()
    .flatten()
    .filter(|_| !inner.is_empty())
    .collect();
    text(out, before);
    for element in &elements {
        out.push_str(&format!("<{element}>"));
    }
    text(out, inner);
    for element in elements.iter().rev() {
        out.push_str(&format!("</{element}>"));
    }
    text(out, after);
}
