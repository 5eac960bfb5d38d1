//! What a file is: its size, its kind, its colour from afar.
//!
//! Opens every picture once, so that one that is damaged is found before anything is published.

use std::collections::HashSet;

use fast_image_resize::images::Image;
use fast_image_resize::{IntoImageView, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ImageFormat, RgbaImage};

use super::bitmap::{WIDEST, from_buffer};
use super::recipe::{Facts, Format, Kind, Size};
use super::tone::Tone;
use super::{decode, drawing, moving};

/// A side of the sample from which kind and colour are told.
const SAMPLE: u32 = 256;
/// A sample with more colours than this is a photograph.
const FEW_COLOURS: usize = 2_000;
/// What formats and browsers can show.
const HIGHEST: u32 = 16_000;

/// Reads the facts of a picture, a file with the given extension in small letters.
///
/// # Errors
/// Where it cannot be shown, with the reason.
pub fn read(extension: &str, bytes: &[u8]) -> Result<Facts, String> {
    let claimed = Format::of_extension(extension).ok_or_else(|| format!("`.{extension}` isn't a kind of picture"))?;
    if claimed == Format::Svg {
        return drawing::read(bytes);
    }
    let header = decode::header(bytes)?;
    let found = format_of(header.format).ok_or("it's a kind of picture that can't be opened")?;
    if found != claimed {
        let right = found.extension();
        return Err(format!("its name says `.{extension}`, but it's a {found}; rename it to end in `.{right}`"));
    }
    let size = header.turned();
    let published = size.at_width(size.width.min(WIDEST));
    if published.height > HIGHEST {
        return Err(format!(
            "it's {} times as tall as it is wide; cut it into several",
            size.height / size.width.max(1)
        ));
    }
    let moves = moving::is_moving(bytes, header.format)?;
    if moves && claimed == Format::Gif {
        moving::check(bytes)?;
        return Ok(Facts { size, kind: Kind::Moving, tone: None, located: false, loses: None, inline: None });
    }
    let picture = decode::pixels(bytes, header.format)?;
    let sample = sample(&picture);
    let cutout = header.has_alpha && has_holes(&picture);
    let kind = match (is_lossless(header.format, bytes) && is_plain(&sample), cutout) {
        (true, _) => Kind::Graphic,
        (false, true) => Kind::Cutout,
        (false, false) => Kind::Photograph,
    };
    Ok(Facts {
        size,
        kind,
        tone: (!cutout).then(|| Tone::of(average(&sample))),
        located: header.exif.as_deref().is_some_and(has_place),
        loses: moves.then(|| "every frame but the first".to_string()),
        inline: None,
    })
}

fn format_of(format: ImageFormat) -> Option<Format> {
    Some(match format {
        ImageFormat::Jpeg => Format::Jpeg,
        ImageFormat::Png => Format::Png,
        ImageFormat::WebP => Format::WebP,
        ImageFormat::Gif => Format::Gif,
        _ => return None,
    })
}

/// What was written with loss has lost its plain colours, and would lose nothing more.
fn is_lossless(format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::Jpeg => false,
        ImageFormat::WebP => !is_lossy_webp(bytes),
        _ => true,
    }
}

/// Whether a WebP file holds its pixels with loss: in a chunk `VP8 `, where one without holds `VP8L` (the container's
/// specification, RFC 9649).
fn is_lossy_webp(bytes: &[u8]) -> bool {
    let mut at = b"RIFF....WEBP".len();
    while let Some(head) = bytes.get(at..at + 8) {
        match &head[..4] {
            b"VP8 " => return true,
            b"VP8L" => return false,
            // A frame of a moving picture holds its pixels behind its own sixteen bytes.
            b"ANMF" => at += 8 + 16,
            _ => {
                let size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
                at = at.saturating_add(8 + size + size % 2);
            }
        }
    }
    false
}

/// A few pixels from all over the picture.
fn sample(picture: &DynamicImage) -> RgbaImage {
    let (width, height) = (picture.width().min(SAMPLE), picture.height().min(SAMPLE));
    let small = picture.pixel_type().and_then(|pixels| {
        let mut small = Image::new(width, height, pixels);
        let nearest = ResizeOptions::new().resize_alg(ResizeAlg::Nearest);
        Resizer::new().resize(picture, &mut small, &nearest).ok()?;
        from_buffer(picture.color(), Size { width, height }, small.into_vec())
    });
    small.unwrap_or_else(|| picture.thumbnail(SAMPLE, SAMPLE)).to_rgba8()
}

fn is_plain(sample: &RgbaImage) -> bool {
    let mut colours = HashSet::new();
    let mut last = None;
    sample.pixels().all(|pixel| {
        // Most pixels of a drawing are like the one before.
        if last.replace(pixel.0) != Some(pixel.0) {
            colours.insert(pixel.0);
        }
        colours.len() <= FEW_COLOURS
    })
}

fn has_holes(picture: &DynamicImage) -> bool {
    match picture {
        DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < 255),
        DynamicImage::ImageLumaA8(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < 255),
        DynamicImage::ImageRgba16(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < u16::MAX),
        DynamicImage::ImageLumaA16(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < u16::MAX),
        _ => picture.color().has_alpha(),
    }
}

fn average(sample: &RgbaImage) -> [u8; 3] {
    let count = u64::from(sample.width()) * u64::from(sample.height());
    let mut sums = [0u64; 3];
    for pixel in sample.pixels() {
        for (sum, part) in sums.iter_mut().zip(pixel.0) {
            *sum += u64::from(part);
        }
    }
    sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX))
}

/// Whether EXIF data tell a place: the first directory points to one of GPS data (Exif 2.32, tag 0x8825).
fn has_place(exif: &[u8]) -> bool {
    let little = exif.starts_with(b"II");
    let two = |at: usize| {
        let bytes: [u8; 2] = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let four = |at: usize| {
        let bytes: [u8; 4] = exif.get(at..at + 4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let Some(directory) = four(4).and_then(|at| usize::try_from(at).ok()) else { return false };
    let Some(entries) = two(directory) else { return false };
    (0..usize::from(entries)).any(|entry| two(directory + 2 + entry * 12) == Some(0x8825))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::encode::encode;

    #[test]
    fn a_photograph_is_one_in_every_format_that_loses_something() {
        // So few colours that only the way in which it was written can tell.
        let pixels = RgbaImage::from_fn(64, 48, |x, y| image::Rgba([(x * 3) as u8, (y * 4) as u8, 90, 255]));
        let picture = DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(pixels).to_rgb8());
        let kind = |extension: &str, format: Format, of: Kind| {
            read(extension, &encode(&picture, format, of).unwrap()).unwrap().kind
        };
        assert_eq!(kind("webp", Format::WebP, Kind::Photograph), Kind::Photograph);
        assert_eq!(kind("jpg", Format::Jpeg, Kind::Photograph), Kind::Photograph);
        assert_eq!(kind("png", Format::Png, Kind::Graphic), Kind::Photograph);
        let plain = DynamicImage::ImageRgb8(image::RgbImage::from_pixel(64, 48, image::Rgb([1, 2, 3])));
        let lossless = encode(&plain, Format::WebP, Kind::Graphic).unwrap();
        assert_eq!(read("webp", &lossless).unwrap().kind, Kind::Graphic);
    }

    #[test]
    fn damaged_chunks_end_the_search() {
        assert!(!is_lossy_webp(b"RIFF....WEBPVP8X\xff\xff\xff\xff1234"));
        assert!(!is_lossy_webp(b"RIFF....WEBP"));
        assert!(is_lossy_webp(b"RIFF....WEBPVP8X\x02\0\0\0abVP8 \0\0\0\0"));
    }
}
