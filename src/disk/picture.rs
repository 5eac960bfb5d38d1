//! Width and height of a picture from its header.

use lol_html::{RewriteStrSettings, element, rewrite_str};

use crate::source::PictureSize;

/// Reads the size of the picture in `bytes`, a file with the given extension. `None` for files that are no
/// pictures, `Err` with the reason for those that claim to be one.
pub(super) fn size(extension: &str, bytes: &[u8]) -> Option<Result<PictureSize, String>> {
    match extension {
        "svg" => Some(svg(bytes)),
        "jpg" | "jpeg" | "png" | "webp" | "gif" | "avif" => Some(raster(extension, bytes)),
        _ => None,
    }
}

fn raster(extension: &str, bytes: &[u8]) -> Result<PictureSize, String> {
    let size = imagesize::blob_size(bytes).map_err(|error| error.to_string().to_lowercase())?;
    let found = imagesize::image_type(bytes).map_err(|error| error.to_string())?;
    let found = format!("{found:?}").to_lowercase();
    let claimed = if extension == "jpg" { "jpeg" } else { extension };
    let is_claimed = found.starts_with(claimed) || (claimed == "avif" && found.starts_with("heif"));
    if !is_claimed {
        return Err(format!("its name says .{extension}, its content is {found}"));
    }
    match (u32::try_from(size.width), u32::try_from(size.height)) {
        (Ok(width), Ok(height)) if width > 0 && height > 0 => Ok(PictureSize { width, height }),
        _ => Err("its header gives no size".to_string()),
    }
}

/// The size of an SVG: `width` and `height` where they are plain numbers, else those of `viewBox`.
fn svg(bytes: &[u8]) -> Result<PictureSize, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_string())?;
    let begin = text.find("<svg").ok_or("it has no <svg> element")?;
    let end = text[begin..].find('>').ok_or("its <svg> element is not closed")?;
    let mut found: (Option<f64>, Option<f64>, Option<String>) = (None, None, None);
    let handler = element!("svg", |svg| {
        let number = |name: &str| svg.get_attribute(name)?.trim_end_matches("px").trim().parse::<f64>().ok();
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
        (Some(width), Some(height)) => Ok(PictureSize { width: width.round() as u32, height: height.round() as u32 }),
        _ => Err("it says neither its size nor its viewBox".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_from_attributes_or_view_box() {
        let size_of = |svg: &str| size("svg", svg.as_bytes()).unwrap();
        assert_eq!(size_of("<svg viewBox=\"0 0 680 320\">"), Ok(PictureSize { width: 680, height: 320 }));
        assert_eq!(
            size_of("<?xml version=\"1.0\"?>\n<svg width='64px' height='32'>"),
            Ok(PictureSize { width: 64, height: 32 })
        );
        assert!(size_of("<svg width=\"100%\">").is_err());
        assert!(size_of("hello").is_err());
        assert!(size("png", b"not a picture").unwrap().is_err());
        assert!(size("pdf", b"%PDF").is_none());
    }
}
