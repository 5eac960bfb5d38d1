//! Writing pixels as files.

use std::borrow::Cow;

use image::codecs::gif::GifEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use ravif::{BitDepth, Img, RGB8, RGBA8};
use webp::WebPConfig;

use super::recipe::{Facts, Format, Kind, Recipe};

/// Of 100; lossy WebP looks alike at a lower number than JPEG (both judged by eye on photographs of skin, leaves and sky).
const WEBP_QUALITY: f32 = 78.0;
const JPEG_QUALITY: u8 = 82;
/// Nearly as near to the picture as WebP's number (0.6 to 1.3 decibels of PSNR less on the demo's photographs), in four fifths
/// of its bytes.
const AVIF_QUALITY: f32 = 74.0;
/// Of 6, the slowest: smaller files for less time than the next.
const WEBP_EFFORT: i32 = 4;
/// From 1, the slowest, to 10: the lower numbers take longer for no fewer bytes worth telling.
const AVIF_SPEED: u8 = 8;

/// What writing a pixel as AVIF takes, in bytes; the other formats take next to nothing beside the pixels.
const AVIF_MEMORY: u64 = 30;

/// How much memory writing files of a picture takes, in bytes, besides opening it.
pub fn memory_to_write(facts: &Facts, recipes: &[Recipe]) -> u64 {
    let of = |recipe: &Recipe| u64::from(recipe.width) * u64::from(facts.size.at_width(recipe.width).height);
    recipes.iter().filter(|recipe| recipe.format == Format::Avif).map(|recipe| of(recipe) * AVIF_MEMORY).sum()
}

/// The picture, in eight bits, as a file.
///
/// # Errors
/// Where the encoder refuses it.
pub(super) fn encode(picture: &DynamicImage, format: Format, kind: Kind) -> Result<Vec<u8>, String> {
    match format {
        Format::Avif => avif(picture),
        Format::WebP => webp(picture, kind == Kind::Graphic),
        Format::Jpeg => jpeg(picture),
        Format::Png => png(picture),
        Format::Gif => gif(picture),
        Format::Svg | Format::Icon | Format::Touch => Err("pixels alone aren't a file of this kind".to_string()),
    }
}

fn webp(picture: &DynamicImage, lossless: bool) -> Result<Vec<u8>, String> {
    let encoder = webp::Encoder::from_image(picture)?;
    let mut config = WebPConfig::new().map_err(|()| "the WebP encoder can't be started")?;
    config.lossless = i32::from(lossless);
    // For lossless files this is the effort, not the quality.
    config.quality = if lossless { 70.0 } else { WEBP_QUALITY };
    config.alpha_compression = 1;
    config.method = WEBP_EFFORT;
    encoder.encode_advanced(&config).map(|memory| memory.to_vec()).map_err(|error| format!("{error:?}"))
}

fn avif(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let encoder = ravif::Encoder::new().with_quality(AVIF_QUALITY).with_alpha_quality(AVIF_QUALITY);
    let encoder = encoder.with_speed(AVIF_SPEED).with_bit_depth(BitDepth::Eight).with_num_threads(Some(1));
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let encoded = match picture {
        DynamicImage::ImageRgb8(pixels) => {
            let pixels: Vec<RGB8> = pixels.pixels().map(|pixel| RGB8::from(pixel.0)).collect();
            encoder.encode_rgb(Img::new(&pixels, width, height))
        }
        other => {
            let pixels: Vec<RGBA8> = other.to_rgba8().pixels().map(|pixel| RGBA8::from(pixel.0)).collect();
            encoder.encode_rgba(Img::new(&pixels, width, height))
        }
    };
    encoded.map(|encoded| encoded.avif_file).map_err(|error| error.to_string())
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let pixels = opaque(picture);
    let side = |side: u32| u16::try_from(side).map_err(|_| "it's too large for a JPEG".to_string());
    let (width, height) = (side(pixels.width())?, side(pixels.height())?);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(pixels.as_raw(), width, height, ColorType::Rgb).map_err(|error| error.to_string())?;
    Ok(out)
}

/// What shines through is white, as paper is.
fn opaque(picture: &DynamicImage) -> Cow<'_, RgbImage> {
    match picture {
        DynamicImage::ImageRgb8(pixels) => Cow::Borrowed(pixels),
        other => {
            let mut out = RgbImage::new(other.width(), other.height());
            for (to, from) in out.pixels_mut().zip(other.to_rgba8().pixels()) {
                let [r, g, b, alpha] = from.0.map(u32::from);
                let over = |part: u32| ((part * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
                to.0 = [over(r), over(g), over(b)];
            }
            Cow::Owned(out)
        }
    }
}

pub(super) fn png(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
    let colours = ExtendedColorType::from(picture.color());
    encoder
        .write_image(picture.as_bytes(), picture.width(), picture.height(), colours)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

fn gif(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let pixels = picture.to_rgba8();
    GifEncoder::new_with_speed(&mut out, 10)
        .encode(pixels.as_raw(), pixels.width(), pixels.height(), ExtendedColorType::Rgba8)
        .map_err(|error| error.to_string())?;
    Ok(out)
}
