//! SVG drawings: their size, and what is left of them when nothing in them can run or call elsewhere.

use std::sync::Arc;

use image::{DynamicImage, RgbaImage};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb::Database};
use svg_hush::Filter;

use super::inline;
use super::recipe::{Facts, Kind, Size};
use crate::limits;

/// A drawing larger than this is a picture in disguise, or a trap.
const LARGEST: usize = 4 * 1024 * 1024;

/// Reads the facts of a drawing.
///
/// # Errors
/// Where the file is no SVG that a browser would show.
pub(super) fn read(bytes: &[u8]) -> Result<Facts, String> {
    let clean = clean(bytes)?;
    let text = std::str::from_utf8(&clean).map_err(|_| "it isn't UTF-8".to_string())?;
    let original = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let size = size(text)?;
    // What cannot be drawn is found here, not where it becomes an icon.
    tree(&clean, &Arc::new(Database::new()))?;
    let (loses, inline) = (loses(&original), inline::markup(text, size));
    Ok(Facts { size, kind: Kind::Drawing, tone: None, located: false, loses, inline })
}

/// The drawing without programs, without what calls other hosts, without comments and metadata.
///
/// # Errors
/// Where it is no XML, or holds nothing that can be drawn.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, String> {
    if bytes.len() > LARGEST {
        return Err(format!("it is {} MiB large; a drawing has less than {}", bytes.len() >> 20, LARGEST >> 20));
    }
    if limits::depth_of_elements(bytes) > limits::DRAWING_DEPTH {
        return Err(format!("its groups are nested more than {} deep; flatten them", limits::DRAWING_DEPTH));
    }
    if let Some(fault) = std::str::from_utf8(bytes).ok().and_then(limits::drawing) {
        return Err(format!("{fault}; no browser draws it in time"));
    }
    let mut filter = Filter::new();
    // Pictures inside a drawing may stand in it, never elsewhere.
    filter.set_data_url_filter(svg_hush::data_url_filter::allow_standard_images);
    let mut out = Vec::with_capacity(bytes.len());
    // Reading ends at the first thing that is no XML; `Source` of the error says what that was.
    filter.filter(bytes, &mut out).map_err(|error| {
        let reason = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        format!("it isn't a drawing that can be read: {}", reason.lines().next().unwrap_or_default())
    })?;
    Ok(out)
}

fn tree(svg: &[u8], fonts: &Arc<Database>) -> Result<usvg::Tree, String> {
    let options = usvg::Options { fontdb: Arc::clone(fonts), ..usvg::Options::default() };
    usvg::Tree::from_data(svg, &options).map_err(|error| {
        let reason = error.to_string();
        format!("it can't be drawn ({})", reason.lines().next().unwrap_or_default().trim_end_matches('.'))
    })
}

/// The drawing in pixels, as large as fits into a size.
///
/// # Errors
/// Where it cannot be drawn.
pub(super) fn pixels(svg: &[u8], size: Size, fonts: &Arc<Database>) -> Result<DynamicImage, String> {
    let tree = tree(svg, fonts)?;
    let mut canvas = Pixmap::new(size.width, size.height).ok_or("it has no size")?;
    let scale = (size.width as f32 / tree.size().width()).min(size.height as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let pixels = canvas.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    let picture = RgbaImage::from_raw(size.width, size.height, pixels.collect()).ok_or("it has no size")?;
    Ok(DynamicImage::ImageRgba8(picture))
}

/// What of a drawing does more than draw; in small letters.
fn loses(original: &str) -> Option<String> {
    let holds = |part: &str| original.contains(part);
    let handler = || {
        original.match_indices(" on").any(|(at, _)| {
            let rest = &original[at + 3..];
            let name = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            name > 2 && rest[name..].trim_start().starts_with('=')
        })
    };
    if holds("<script") || holds("javascript:") || handler() {
        return Some("a program".to_string());
    }
    holds("<foreignobject").then(|| "a piece of a web page".to_string())
}

/// Units of lengths, in pixels (CSS Values and Units 4, section 6); letters as high as browsers take them unasked.
const UNITS: &[(&str, f64)] = &[
    ("px", 1.0),
    ("in", 96.0),
    ("cm", 96.0 / 2.54),
    ("mm", 96.0 / 25.4),
    ("q", 96.0 / 101.6),
    ("pt", 96.0 / 72.0),
    ("pc", 16.0),
    ("rem", 16.0),
    ("em", 16.0),
    ("ex", 8.0),
    ("ch", 8.0),
];

/// A length in pixels; `None` for a share of something, such as `100%`.
fn length(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find_map(|(name, pixels)| Some((text.strip_suffix(name)?, *pixels)));
    let (number, pixels) = unit.unwrap_or((&text, 1.0));
    Some(number.trim().parse::<f64>().ok()? * pixels)
}

/// The size: `width` and `height` where they are lengths, else those of `viewBox`.
pub(super) fn size(text: &str) -> Result<Size, String> {
    let begin = text.find("<svg").ok_or("it has no <svg> element")?;
    let end = text[begin..].find('>').ok_or("its <svg> element isn't closed")?;
    let mut found: (Option<f64>, Option<f64>, Option<String>) = (None, None, None);
    let handler = element!("svg", |svg| {
        let number = |name: &str| length(&svg.get_attribute(name)?);
        found = (number("width"), number("height"), svg.get_attribute("viewbox"));
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler).with_strict(false);
    rewrite_str(&text[begin..begin + end + 1], settings).map_err(|error| error.to_string())?;
    let (width, height, view_box) = found;
    let view_box: Vec<f64> =
        view_box.unwrap_or_default().split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
    let of_box = |index: usize| view_box.get(index).copied().filter(|_| view_box.len() == 4);
    let side = |given: Option<f64>, boxed: Option<f64>| {
        given.or(boxed).filter(|side| side.is_finite() && *side >= 1.0 && *side < 1e6)
    };
    match (side(width, of_box(2)), side(height, of_box(3))) {
        (Some(width), Some(height)) => Ok(Size { width: width.round() as u32, height: height.round() as u32 }),
        _ => Err("it has no size and no viewBox".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(svg: &str) -> Result<Facts, String> {
        read(svg.as_bytes())
    }

    const NS: &str = "xmlns=\"http://www.w3.org/2000/svg\"";

    #[test]
    fn sizes_come_from_attributes_or_view_box() {
        let size_of = |svg: &str| of(svg).map(|facts| facts.size);
        assert_eq!(size_of(&format!("<svg {NS} viewBox=\"0 0 680 320\"/>")), Ok(Size { width: 680, height: 320 }));
        assert_eq!(
            size_of(&format!("<?xml version=\"1.0\"?>\n<svg {NS} width='64px' height='32'></svg>")),
            Ok(Size { width: 64, height: 32 })
        );
        for (given, pixels) in [
            ("20mm", 76),
            ("2cm", 76),
            ("1in", 96),
            ("72pt", 96),
            ("6pc", 96),
            ("10em", 160),
            ("1e2", 100),
            ("96 PX", 96),
        ] {
            let svg = format!("<svg {NS} width=\"{given}\" height=\"{given}\"/>");
            assert_eq!(size_of(&svg), Ok(Size { width: pixels, height: pixels }), "{given}");
        }
        let share = format!("<svg {NS} width=\"100%\" height=\"50vh\" viewBox=\"0 0 30 20\"/>");
        assert_eq!(size_of(&share), Ok(Size { width: 30, height: 20 }));
        assert!(size_of(&format!("<svg {NS} width=\"100%\"/>")).is_err());
        assert!(of("hello").is_err());
    }

    #[test]
    fn nothing_runs_and_nothing_calls_elsewhere() {
        let svg = format!(
            "<svg {NS} xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\" onload=\"alert(1)\">\
             <!-- where I live --><metadata>home</metadata><script>alert(2)</script>\
             <style>@import url(https://a.example/x.css);.a{{fill:red;background:url(https://b.example/y)}}</style>\
             <foreignObject><iframe src=\"https://c.example\"/></foreignObject>\
             <image href=\"https://d.example/p.png\"/><use xlink:href=\"https://e.example/i.svg#x\"/>\
             <a href=\"javascript:alert(3)\"><path class=\"a\" d=\"M0 0h9\"/></a></svg>"
        );
        let facts = of(&svg).unwrap();
        assert_eq!(facts.loses.as_deref(), Some("a program"));
        let clean = String::from_utf8(clean(svg.as_bytes()).unwrap()).unwrap();
        for gone in [
            "alert",
            "onload",
            "@import",
            "b.example",
            "c.example",
            "d.example",
            "e.example",
            "where I live",
            "metadata",
            "foreignObject",
            "iframe",
        ] {
            assert!(!clean.contains(gone), "{gone}: {clean}");
        }
        assert!(clean.contains("M0 0h9") && clean.contains("fill:red"), "{clean}");
    }

    #[test]
    fn words_that_begin_with_on_are_no_programs() {
        let svg = format!("<svg {NS} viewBox=\"0 0 9 9\"><text>only one = on = onto</text></svg>");
        assert_eq!(of(&svg).unwrap().loses, None);
    }
}
