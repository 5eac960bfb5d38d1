//! Opening pictures of pixels, within bounds.
//!
//! Owns the limits: how much memory a picture may take while it is opened, whatever its header claims. What it is and
//! what is made of it is said elsewhere.

use std::io::Cursor;

use crate::limits;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use memchr::memmem;

use super::recipe::Size;

/// The most memory that opening a picture may take, in bytes: a photograph of 48 megapixels, as the largest that phones
/// and most cameras take. Decoders take about as much again; all that are open at once share it, so that a build stays below
/// 500 MiB.
pub const LARGEST: u64 = 140 * 1024 * 1024;

/// Wider or higher than this is no picture for a page, and more than some formats can hold.
const LONGEST_SIDE: u32 = 32_000;

const TOO_SHORT: &str = "it ends too early; it probably wasn't copied completely";

/// A picture's header.
pub(super) struct Header {
    pub format: ImageFormat,
    /// As the file holds it, not yet turned.
    pub size: Size,
    pub orientation: Orientation,
    pub has_alpha: bool,
    pub exif: Option<Vec<u8>>,
    pub colours: Option<Vec<u8>>,
    /// What opening it takes.
    pub memory: u64,
}

impl Header {
    /// The size of the picture as it is looked at.
    pub fn turned(&self) -> Size {
        match turns(self.orientation) {
            true => Size { width: self.size.height, height: self.size.width },
            false => self.size,
        }
    }
}

/// Whether width and height change places.
pub(super) fn turns(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// How much memory opening a picture takes, in bytes, by its header; nothing where it cannot be opened.
pub fn memory(bytes: &[u8]) -> u64 {
    header(bytes).map_or(0, |header| header.memory)
}

/// Reads a picture's header.
///
/// # Errors
/// Where it is not that of a picture that can be opened, or asks for too much.
pub(super) fn header(bytes: &[u8]) -> Result<Header, String> {
    let format = image::guess_format(bytes).map_err(|_| "it doesn't start like a picture".to_string())?;
    if format == ImageFormat::Png && limits::has_vast_profile(bytes) {
        return Err("its colour profile is too large; export it without one".to_string());
    }
    let mut decoder = reader(bytes, format).into_decoder().map_err(|error| reason(&error))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err("it doesn't say what size it is".to_string());
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE {
        return Err(format!("it's {width} × {height} pixels; neither side can be longer than {LONGEST_SIDE}"));
    }
    let scans = (format == ImageFormat::Jpeg).then(|| scans(bytes));
    // The decoder would show the rest in grey.
    if scans.as_ref().is_some_and(|scans| !scans.is_whole) {
        return Err(TOO_SHORT.to_string());
    }
    // A progressive JPEG holds all coefficients, two bytes each, beside the pixels.
    let extra = if scans.is_some_and(|scans| scans.is_progressive) { 6 } else { 0 };
    let pixels = u64::from(width) * u64::from(height);
    let memory = decoder.total_bytes().saturating_add(pixels * extra);
    if memory > LARGEST {
        let megapixels = pixels / 1_000_000;
        return Err(format!("it has {megapixels} megapixels, which is too large to open; export it smaller"));
    }
    Ok(Header {
        format,
        size: Size { width, height },
        // Faulty metadata do not keep a picture from being shown.
        orientation: decoder.orientation().unwrap_or(Orientation::NoTransforms),
        has_alpha: decoder.color_type().has_alpha(),
        exif: decoder.exif_metadata().ok().flatten(),
        colours: decoder.icc_profile().ok().flatten(),
        memory,
    })
}

/// Opens a picture: the first frame of one that moves.
///
/// # Errors
/// Where it is damaged.
pub(super) fn pixels(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, String> {
    let decoder = reader(bytes, format).into_decoder().map_err(|error| reason(&error))?;
    DynamicImage::from_decoder(decoder).map_err(|error| reason(&error))
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(LARGEST);
    reader.limits(limits);
    reader
}

/// A decoder's message in a few words.
pub(super) fn reason(error: &ImageError) -> String {
    match error {
        ImageError::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => TOO_SHORT.to_string(),
        ImageError::Limits(_) => "it's too large to open; export it smaller".to_string(),
        ImageError::Unsupported(_) => "it's a kind of picture that can't be opened".to_string(),
        _ => {
            let text = error.to_string();
            let text = text.lines().next().unwrap_or_default().trim_end_matches('.');
            format!("it's damaged ({text})")
        }
    }
}

/// How a JPEG is written.
struct Scans {
    /// In several passes over the picture.
    is_progressive: bool,
    /// To its end.
    is_whole: bool,
}

/// Walks a JPEG's segments (ITU-T T.81, table B.1) up to the first scan; what follows must hold the mark of the end.
fn scans(bytes: &[u8]) -> Scans {
    let mut scans = Scans { is_progressive: false, is_whole: false };
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xff => {
                at += 1;
                continue;
            }
            0xc2 | 0xc6 | 0xca => scans.is_progressive = true,
            0xda => {
                scans.is_whole = memmem::find(&bytes[at..], &[0xff, 0xd9]).is_some();
                break;
            }
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
    }
    scans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG whose header claims a size that its data do not have.
    fn claims(width: u32, height: u32) -> Vec<u8> {
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [(b"IHDR", &header[..]), (b"IDAT", &[0x78, 0x9c][..])] {
            let mut crc = flate2::Crc::new();
            crc.update(kind);
            crc.update(data);
            bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            bytes.extend(kind);
            bytes.extend(data);
            bytes.extend(crc.sum().to_be_bytes());
        }
        bytes
    }

    #[test]
    fn a_header_cannot_claim_more_than_there_is_room_for() {
        for (width, height, word) in [(30_000, 30_000, "megapixels"), (60_000, 10, "neither side")] {
            let error = header(&claims(width, height)).err().unwrap_or_default();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn what_is_no_picture_says_so() {
        assert!(header(b"GIF89a").is_err());
        assert!(header(b"hello").is_err_and(|error| error.contains("start like a picture")));
        assert_eq!(memory(b""), 0);
    }
}
