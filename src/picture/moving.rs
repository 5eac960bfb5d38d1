//! Pictures that move.

use std::io::Cursor;

use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, ImageDecoder, ImageFormat};

use super::decode::reason;

/// The most pixels that all frames may have together: half a minute in the size of a page's column.
const MOST: u64 = 400_000_000;

/// Whether a file has several frames.
///
/// # Errors
/// Where its beginning is damaged.
pub(super) fn is_moving(bytes: &[u8], format: ImageFormat) -> Result<bool, String> {
    Ok(match format {
        ImageFormat::Gif => {
            let frames = GifDecoder::new(Cursor::new(bytes)).map_err(|error| reason(&error))?.into_frames();
            // A frame that cannot be read is one all the same.
            frames.take(2).count() > 1
        }
        ImageFormat::Png => {
            PngDecoder::new(Cursor::new(bytes)).and_then(|decoder| decoder.is_apng()).map_err(|error| reason(&error))?
        }
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(bytes)).map_err(|error| reason(&error))?.has_animation(),
        _ => false,
    })
}

/// Looks at every frame of a GIF.
///
/// # Errors
/// Where one is damaged, or there are too many.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
    let (width, height) = decoder.dimensions();
    let frame = u64::from(width) * u64::from(height);
    let mut all = 0;
    for one in decoder.into_frames() {
        one.map_err(|error| reason(&error))?;
        all += frame;
        if all > MOST {
            return Err("it moves for too long; make it a video and show it with `::: video`".to_string());
        }
    }
    Ok(())
}

/// A GIF with its frames and nothing else.
///
/// # Errors
/// Where a frame is damaged.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
    let repeat = match decoder.loop_count() {
        LoopCount::Infinite => Repeat::Infinite,
        LoopCount::Finite(times) => Repeat::Finite(u16::try_from(times.get()).unwrap_or(u16::MAX)),
    };
    let mut out = Vec::with_capacity(bytes.len());
    // The slowest of 30 speeds chooses colours best; this one is near it at a fraction of the time.
    let mut encoder = GifEncoder::new_with_speed(&mut out, 10);
    encoder.set_repeat(repeat).map_err(|error| reason(&error))?;
    for frame in decoder.into_frames() {
        encoder.encode_frame(frame.map_err(|error| reason(&error))?).map_err(|error| reason(&error))?;
    }
    drop(encoder);
    Ok(out)
}
