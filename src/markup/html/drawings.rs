//! Drawings in the colours of the page: figures whose picture is an SVG that asks for them.
//!
//! Owns where they stand. The sanitiser knows no SVG, and a feed has no theme: so a text is written with the picture between
//! marks, and the page puts the drawing in its place. Which drawings can is `picture`'s.

use super::writer::Writer;
use crate::markup::pictures::Found;
use crate::picture;
use crate::route::address;

/// Stands before the number of a drawing, between it and its picture, and behind the picture.
const DRAWING: char = '\u{e004}';

/// The picture of a figure, with marks around it where the page shows a drawing.
pub(super) fn mark(writer: &mut Writer<'_, '_>, html: String, picture: &Found, alt: &str) -> String {
    let Some(markup) = picture.inline() else { return html };
    // Pictures of a gallery are of one size, and short texts have no figures.
    if writer.place() == "card" || writer.site.is_none_or(|(_, text)| text.headings.is_none()) {
        return html;
    }
    let number = writer.written.drawings.len();
    // Two drawings of a page may both call something `a`.
    let markup = markup.replace(picture::ID, &format!("diagram-{}-{number}-", picture.fingerprint()));
    let mut named = String::from("<svg");
    if alt.trim().is_empty() {
        named.push_str(" aria-hidden=\"true\"");
    } else {
        named.push_str(" role=\"img\" aria-label=\"");
        // Writing into a String cannot fail.
        let _ = pulldown_cmark_escape::escape_html(&mut named, &address::unmarked(alt));
        named.push('"');
    }
    writer.written.drawings.push(address::unmarked(&markup).replacen("<svg", &named, 1));
    format!("{DRAWING}{number}{DRAWING}{html}{DRAWING}")
}

/// The text as a page shows it.
pub fn drawn(html: &str, drawings: &[String]) -> String {
    let mut out = String::with_capacity(html.len() + drawings.iter().map(String::len).sum::<usize>());
    let mut parts = html.split(DRAWING);
    out.push_str(parts.next().unwrap_or_default());
    while let (Some(number), Some(picture), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
        let drawing = number.parse().ok().and_then(|number: usize| drawings.get(number));
        out.push_str(drawing.map_or(picture, String::as_str));
        out.push_str(rest);
    }
    out
}

/// The text with pictures, for what has no theme.
pub fn pictured(html: &str) -> String {
    html.split(DRAWING).enumerate().filter(|(at, _)| at % 3 != 1).map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_the_drawing_and_a_feed_the_picture() {
        let html = "a\u{e004}0\u{e004}<img>\u{e004}b\u{e004}1\u{e004}<img 1>\u{e004}c";
        assert_eq!(drawn(html, &["<svg/>".into(), "<svg 1/>".into()]), "a<svg/>b<svg 1/>c");
        assert_eq!(pictured(html), "a<img>b<img 1>c");
        assert_eq!(drawn("plain", &[]), "plain");
    }
}
