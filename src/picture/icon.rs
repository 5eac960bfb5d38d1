//! Icons: a picture in a square, for browsers' tabs and for the screens of phones.

use image::{DynamicImage, Rgba, RgbaImage, imageops};
use resvg::usvg::fontdb::Database;
use std::sync::Arc;

use super::recipe::{Facts, Format, Kind, Size};
use super::{bitmap, decode, drawing, encode};

/// What phones leave around an icon on their screens, as part of its side.
const PADDING: u32 = 12;

/// Draws the picture into a square of `side` pixels: transparent around it for a tab, on white for a phone, which would
/// make the rest black.
///
/// # Errors
/// Where the picture cannot be drawn.
pub(super) fn draw(bytes: &[u8], facts: &Facts, side: u32, format: Format) -> Result<Vec<u8>, String> {
    match format {
        Format::Touch => {
            let inner = side - 2 * (side / PADDING);
            let picture = fitted(bytes, facts, inner)?;
            encode::png(&DynamicImage::ImageRgb8(
                DynamicImage::ImageRgba8(on(&picture, side, Rgba([255; 4]))).to_rgb8(),
            ))
        }
        Format::Icon => {
            let square = on(&fitted(bytes, facts, side)?, side, Rgba([0; 4]));
            Ok(ico(&encode::png(&DynamicImage::ImageRgba8(square))?, side))
        }
        _ => Err("this isn't an icon format".to_string()),
    }
}

/// The picture as large as fits into a square.
fn fitted(bytes: &[u8], facts: &Facts, side: u32) -> Result<RgbaImage, String> {
    let Size { width, height } = facts.size;
    let longest = width.max(height).max(1);
    let scaled = |part: u32| (u64::from(part) * u64::from(side) / u64::from(longest)).clamp(1, u64::from(side)) as u32;
    let size = Size { width: scaled(width), height: scaled(height) };
    match facts.kind {
        Kind::Drawing => {
            drawing::pixels(&drawing::clean(bytes)?, size, &Arc::new(Database::new())).map(|it| it.to_rgba8())
        }
        _ => {
            let header = decode::header(bytes)?;
            bitmap::one(bytes, &header, size).map(|picture| picture.to_rgba8())
        }
    }
}

fn on(picture: &RgbaImage, side: u32, ground: Rgba<u8>) -> RgbaImage {
    let mut square = RgbaImage::from_pixel(side, side, ground);
    let middle = |part: u32| i64::from((side - part.min(side)) / 2);
    imageops::overlay(&mut square, picture, middle(picture.width()), middle(picture.height()));
    square
}

/// An ICO file that holds one PNG: a header, an entry, the PNG (the format as Windows Vista and every browser read it).
fn ico(png: &[u8], side: u32) -> Vec<u8> {
    let side = u8::try_from(side).unwrap_or(0);
    let mut out = vec![0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0];
    out.extend(u32::try_from(png.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(22u32.to_le_bytes());
    out.extend(png);
    out
}
