//! Drawings that become a part of the page, so that they take its theme's colours and type.
//!
//! Owns which drawings do, and their markup there. A drawing asks for it: by `currentColor`, or by a class of [`CLASSES`]. One
//! that the page would show differently from a picture of it (because of a style sheet, an effect, a picture inside) stays a
//! picture: what isn't in these tables isn't put into a page.

use std::fmt::Write;
use std::sync::Arc;

use lightningcss::rules::CssRule;
use lightningcss::selector::{Component, Selector};
use lightningcss::stylesheet::{ParserOptions, StyleSheet};
use resvg::usvg::roxmltree::{Document, Node, NodeType};

use super::recipe::Size;

/// Stands before each id in a drawing's markup, for something that makes it the only one on its page.
pub const ID: char = '\u{e003}';

/// The classes by which a drawing takes the theme's colours, named after its settings: what each colours, and by which of the
/// base theme's variables.
pub const CLASSES: &[(&str, &str, &str)] = &[
    ("ink", "fill", "--ink"),
    ("quiet", "fill", "--quiet"),
    ("paper", "fill", "--paper"),
    ("sheet", "fill", "--sheet"),
    ("tint", "fill", "--tint"),
    ("accent", "fill", "--accent"),
    ("leaf", "fill", "--leaf"),
    ("line", "stroke", "--line"),
    ("ink-line", "stroke", "--ink"),
    ("quiet-line", "stroke", "--quiet"),
    ("accent-line", "stroke", "--accent"),
    ("leaf-line", "stroke", "--leaf"),
];

/// A larger drawing would make the page slow for all who only want to read it.
const LARGEST: usize = 12 * 1024;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Elements that draw the same in a page (SVG 2).
const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "text",
    "textPath",
    "tspan",
    "use",
];

/// Elements that draw nothing. What a drawing shows is said by the text.
const SILENT: &[&str] = &["title", "desc", "metadata"];

/// Attributes that say where something is, and of what form.
const SHAPES: &[&str] = &[
    "clipPathUnits",
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "fr",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "lengthAdjust",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "method",
    "offset",
    "orient",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "points",
    "preserveAspectRatio",
    "r",
    "refX",
    "refY",
    "rotate",
    "rx",
    "ry",
    "side",
    "spacing",
    "spreadMethod",
    "startOffset",
    "textLength",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// Properties that may stand as attributes too (SVG 2, 6.6). Pages admit no `style` attributes.
const PROPERTIES: &[&str] = &[
    "clip-path",
    "clip-rule",
    "color",
    "direction",
    "display",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "opacity",
    "overflow",
    "paint-order",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "transform",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "word-spacing",
    "writing-mode",
];

/// Attributes that show nothing, or that the page answers: it has a type of its own.
const PASSED: &[&str] = &["version", "baseProfile", "font-family", "role", "tabindex", "focusable", "lang"];

/// A drawing's markup for a page, with [`ID`] before its ids; `None` where it stays a picture. It has been cleaned before.
pub(super) fn markup(svg: &str, size: Size) -> Option<Arc<str>> {
    if svg.len() > 2 * LARGEST {
        return None;
    }
    let document = Document::parse(svg).ok()?;
    let root = document.root_element();
    if !root.descendants().any(|node| asks(&node)) {
        return None;
    }
    let mut out = String::with_capacity(svg.len());
    element(&root, Some(size), &mut out)?;
    (out.len() <= LARGEST).then(|| out.into())
}

/// Whether an element asks for the colours of the page.
fn asks(node: &Node<'_, '_>) -> bool {
    let by_class = || node.attribute("class").is_some_and(|own| own.split_whitespace().any(is_known));
    let is_current = |value: &str| value.to_ascii_lowercase().contains("currentcolor");
    by_class() || node.attributes().any(|attribute| is_current(attribute.value()))
}

fn is_known(class: &str) -> bool {
    CLASSES.iter().any(|(name, ..)| *name == class)
}

/// Writes an element with what is in it; of the outermost with its size. `None` where a page can't show it.
fn element(node: &Node<'_, '_>, outermost: Option<Size>, out: &mut String) -> Option<()> {
    let tag = node.tag_name();
    // What editors keep for themselves.
    if tag.namespace() != Some(SVG) || SILENT.contains(&tag.name()) {
        return Some(());
    }
    if tag.name() == "style" {
        return colours_classes_only(node.text().unwrap_or_default()).then_some(());
    }
    if !ELEMENTS.contains(&tag.name()) {
        return None;
    }
    out.push('<');
    out.push_str(tag.name());
    if let Some(Size { width, height }) = outermost {
        // Writing into a String cannot fail.
        let _ = write!(out, " class=\"diagram\" width=\"{width}\" height=\"{height}\"");
        if node.attribute("viewBox").is_none() {
            let _ = write!(out, " viewBox=\"0 0 {width} {height}\"");
        }
    }
    paint(node, if outermost.is_some() { &["width", "height", "x", "y"] } else { &[] }, out)?;
    inside(node, out)?;
    let _ = write!(out, "</{}>", tag.name());
    Some(())
}

/// A drawing's shapes in a group, with [`ID`] before their ids; `None` where it has more than shapes.
pub(super) fn group(root: &Node<'_, '_>) -> Option<String> {
    let mut out = String::from("<g");
    // The box is the symbol's.
    paint(root, &["width", "height", "x", "y", "viewBox", "preserveAspectRatio"], &mut out)?;
    inside(root, &mut out)?;
    out.push_str("</g>");
    Some(out)
}

/// Writes an element's attributes without those `aside`, which only the outermost has; that one with the colour of what has
/// none.
fn paint(node: &Node<'_, '_>, aside: &[&str], out: &mut String) -> Option<()> {
    let coloured = colours(node, out);
    // What has no colour is black, and can't be seen in the dark.
    let is_filled = |style: &str| style.split(';').any(|own| own.trim_start().starts_with("fill:"));
    let has_fill = coloured.contains(&"fill")
        || node.attribute("fill").is_some()
        || node.attribute("style").is_some_and(is_filled);
    if !aside.is_empty() && !has_fill {
        out.push_str(" fill=\"currentColor\"");
    }
    for own in node.attributes() {
        let (name, value) = (own.name(), own.value());
        match own.namespace() {
            None if aside.contains(&name) => {}
            // The theme's colours stand for the file's own.
            None if coloured.contains(&name) => {}
            None if name == "style" => declarations(value, &coloured, out)?,
            None => attribute(name, value, out)?,
            Some(XLINK) if name == "href" => attribute(name, value, out)?,
            Some(_) => {}
        }
    }
    Some(())
}

/// Ends an element's tag and writes what is in it.
fn inside(node: &Node<'_, '_>, out: &mut String) -> Option<()> {
    out.push('>');
    for child in node.children() {
        match child.node_type() {
            NodeType::Element => element(&child, None, out)?,
            NodeType::Text => escape(child.text().unwrap_or_default(), out),
            _ => {}
        }
    }
    Some(())
}

/// Writes the colours that an element's classes ask for, and gives the properties that have one now.
fn colours(node: &Node<'_, '_>, out: &mut String) -> Vec<&'static str> {
    let mut coloured = Vec::new();
    for class in node.attribute("class").unwrap_or_default().split_whitespace() {
        let known = CLASSES.iter().find(|(name, ..)| *name == class);
        if let Some((_, property, variable)) = known.filter(|(_, property, _)| !coloured.contains(property)) {
            let _ = write!(out, " {property}=\"var({variable})\"");
            coloured.push(*property);
        }
    }
    coloured
}

fn attribute(name: &str, value: &str, out: &mut String) -> Option<()> {
    let value = match name {
        "class" => return Some(()),
        "id" => format!("{ID}{value}"),
        "href" => format!("#{ID}{}", value.trim().strip_prefix('#')?),
        _ if PROPERTIES.contains(&name) => property(value)?,
        _ if SHAPES.contains(&name) => value.to_string(),
        _ => {
            let is_passed = PASSED.contains(&name) || name.starts_with("data-") || name.starts_with("aria-");
            return is_passed.then_some(());
        }
    };
    let _ = write!(out, " {name}=\"");
    escape(&value, out);
    out.push('"');
    Some(())
}

/// A property's value, which may name something in the drawing and nothing else.
fn property(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut parts = value.split("url(");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (address, rest) = part.split_once(')')?;
        let id = address.trim().trim_matches(['"', '\'']).strip_prefix('#')?;
        let _ = write!(out, "url(#{ID}{id}){rest}");
    }
    Some(out)
}

/// Writes the declarations of a `style` attribute as attributes.
fn declarations(style: &str, coloured: &[&str], out: &mut String) -> Option<()> {
    for declaration in style.split(';').filter(|declaration| !declaration.trim().is_empty()) {
        let (name, value) = declaration.split_once(':')?;
        let (name, value) = (name.trim(), value.trim());
        // What editors and single browsers know (`-inkscape-font-specification`), and the type, which is the page's.
        let is_passed = name.starts_with('-') || name == "font-family" || coloured.contains(&name);
        if !is_passed && !PROPERTIES.contains(&name) {
            return None;
        }
        if !is_passed {
            attribute(name, value, out)?;
        }
    }
    Some(())
}

/// Whether a style sheet only colours what the page's own sheet colours: it serves where the drawing is a picture.
fn colours_classes_only(css: &str) -> bool {
    fn is_class(selector: &Selector<'_>) -> bool {
        selector.iter_raw_match_order().all(|part| matches!(part, Component::Class(name) if is_known(name)))
    }
    fn all(rules: &[CssRule<'_>]) -> bool {
        rules.iter().all(|rule| match rule {
            CssRule::Style(style) => style.rules.0.is_empty() && style.selectors.0.iter().all(is_class),
            CssRule::Media(media) => all(&media.rules.0),
            CssRule::Ignored => true,
            _ => false,
        })
    }
    StyleSheet::parse(css, ParserOptions::default()).is_ok_and(|sheet| all(&sheet.rules.0))
}

fn escape(text: &str, out: &mut String) {
    let _ = pulldown_cmark_escape::escape_html(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inside: &str) -> Option<Arc<str>> {
        let svg = format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" viewBox=\"0 0 9 9\">{inside}</svg>");
        markup(&svg, Size { width: 90, height: 90 })
    }

    #[test]
    fn a_drawing_asks_for_the_colours_of_the_page() {
        assert_eq!(of("<path d=\"M0 0\" fill=\"#123\"/>"), None);
        assert_eq!(of("<path class=\"cls-1\" d=\"M0 0\"/>"), None);
        for asks in
            ["class=\"ink\"", "class=\"x accent-line\"", "fill=\"currentColor\"", "style=\"stroke:currentcolor\""]
        {
            assert!(of(&format!("<path {asks} d=\"M0 0\"/>")).is_some(), "{asks}");
        }
    }

    #[test]
    fn the_outermost_element_has_one_colour() {
        for (own, fill) in [
            ("", "fill=\"currentColor\""),
            ("class=\"ink\"", "fill=\"var(--ink)\""),
            ("class=\"ink\" fill=\"#222\"", "fill=\"var(--ink)\""),
            ("fill=\"none\"", "fill=\"none\""),
            ("style=\"fill:none\"", "fill=\"none\""),
        ] {
            let svg = format!("<svg xmlns=\"{SVG}\" viewBox=\"0 0 9 9\" {own}><path class=\"line\" d=\"M0 0\"/></svg>");
            let markup = markup(&svg, Size { width: 9, height: 9 }).unwrap();
            assert!(markup.contains(fill) && markup.matches(" fill=").count() == 1, "{own}: {markup}");
        }
    }

    #[test]
    fn ids_and_classes_cannot_meet_those_of_the_page() {
        let markup =
            of("<linearGradient id=\"a\"/><path class=\"ink-line tidy\" fill=\"url('#a')\"/><use xlink:href=\"#a\"/>");
        let markup = markup.unwrap();
        for part in ["id=\"\u{e003}a\"", "fill=\"url(#\u{e003}a)\"", "href=\"#\u{e003}a\"", "stroke=\"var(--ink)\""] {
            assert!(markup.contains(part), "{part}: {markup}");
        }
        assert!(!markup.contains("tidy"), "{markup}");
    }

    #[test]
    fn what_a_page_would_show_differently_stays_a_picture() {
        for other in [
            "<style>.cls-1{fill:red}</style>",
            "<style>path{fill:red}</style>",
            "<style>.ink{fill:red}.ink .b{fill:blue}</style>",
            "<style>@import 'a.css';</style>",
            "<filter id=\"f\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<use href=\"other.svg#a\"/>",
            "<path filter=\"url(#f)\"/>",
            "<path style=\"mix-blend-mode:multiply\"/>",
            "<path fill=\"url(other.svg#a)\"/>",
            "<animate attributeName=\"x\"/>",
        ] {
            assert_eq!(of(&format!("<path class=\"ink\"/>{other}")), None, "{other}");
        }
        let large = format!("<path class=\"ink\" d=\"{}\"/>", "M0 0".repeat(4000));
        assert_eq!(of(&large), None);
    }

    #[test]
    fn what_only_serves_the_picture_goes() {
        let markup = of("<title>T</title><style>@media (prefers-color-scheme: dark){.ink,.paper{fill:#fff}}</style>\
             <text class=\"ink\" font-family=\"Arial\" style=\"font-size:18px;-x-y:z\">a &lt; b</text>");
        assert_eq!(
            markup.as_deref(),
            Some(
                "<svg class=\"diagram\" width=\"90\" height=\"90\" fill=\"currentColor\" viewBox=\"0 0 9 9\">\
                 <text fill=\"var(--ink)\" font-size=\"18px\">a &lt; b</text></svg>"
            )
        );
    }
}
