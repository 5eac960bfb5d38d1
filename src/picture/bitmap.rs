//! A picture's pixels in the sizes that are published: upright, in the colours of the web.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, IntoImageView, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageBuffer};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::decode::{self, Header};
use super::recipe::{Recipe, Size};

/// The widest file that is published of a picture, in pixels.
pub const WIDEST: u32 = 2400;

/// The filter by which pictures are made smaller.
const SMALLER: ResizeAlg = ResizeAlg::Convolution(FilterType::Lanczos3);

/// The picture in one size, upright, in the colours of the web.
pub(super) fn one(bytes: &[u8], header: &Header, size: Size) -> Result<DynamicImage, String> {
    let colours = header.colours.as_deref().and_then(profile);
    let source = decode::pixels(bytes, header.format)?;
    let lying = if decode::turns(header.orientation) { Size { width: size.height, height: size.width } } else { size };
    Ok(upright(&smaller(&source, lying)?, header.orientation, colours.as_ref()))
}

/// The picture in each width that is asked for, upright, in the colours of the web. The larger is the source of the
/// smaller, so that the whole picture is worked on once only.
pub(super) fn bitmaps(bytes: &[u8], recipes: &[Recipe]) -> Result<Vec<(u32, DynamicImage)>, String> {
    let header = decode::header(bytes)?;
    let turned = header.turned();
    let colours = header.colours.as_deref().and_then(profile);
    let mut widths: Vec<u32> = recipes.iter().map(|recipe| recipe.width).collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    widths.dedup();
    let mut source = decode::pixels(bytes, header.format)?;
    let mut made = Vec::with_capacity(widths.len());
    for width in widths {
        let size = turned.at_width(width.min(turned.width));
        let lying = match decode::turns(header.orientation) {
            true => Size { width: size.height, height: size.width },
            false => size,
        };
        if (source.width(), source.height()) != (lying.width, lying.height) {
            source = smaller(&source, lying)?;
        }
        made.push((width, upright(&source, header.orientation, colours.as_ref())));
    }
    Ok(made)
}

fn smaller(picture: &DynamicImage, size: Size) -> Result<DynamicImage, String> {
    let pixels = picture.pixel_type().ok_or("it has a kind of colour that can't be made smaller")?;
    let mut small = Image::new(size.width, size.height, pixels);
    let options = ResizeOptions::new().resize_alg(SMALLER);
    Resizer::new().resize(picture, &mut small, &options).map_err(|error| error.to_string())?;
    from_buffer(picture.color(), size, small.into_vec()).ok_or_else(|| "it can't be made smaller".to_string())
}

/// A picture from its bytes; `None` where they are too few, or of colours that no decoder gives.
pub(super) fn from_buffer(colours: ColorType, size: Size, bytes: Vec<u8>) -> Option<DynamicImage> {
    let Size { width, height } = size;
    let wide = |bytes: Vec<u8>| -> Vec<u16> {
        bytes.chunks_exact(2).map(|pair| u16::from_ne_bytes([pair[0], pair[1]])).collect()
    };
    Some(match colours {
        ColorType::L8 => DynamicImage::ImageLuma8(ImageBuffer::from_raw(width, height, bytes)?),
        ColorType::La8 => DynamicImage::ImageLumaA8(ImageBuffer::from_raw(width, height, bytes)?),
        ColorType::Rgb8 => DynamicImage::ImageRgb8(ImageBuffer::from_raw(width, height, bytes)?),
        ColorType::Rgba8 => DynamicImage::ImageRgba8(ImageBuffer::from_raw(width, height, bytes)?),
        ColorType::L16 => DynamicImage::ImageLuma16(ImageBuffer::from_raw(width, height, wide(bytes))?),
        ColorType::La16 => DynamicImage::ImageLumaA16(ImageBuffer::from_raw(width, height, wide(bytes))?),
        ColorType::Rgb16 => DynamicImage::ImageRgb16(ImageBuffer::from_raw(width, height, wide(bytes))?),
        ColorType::Rgba16 => DynamicImage::ImageRgba16(ImageBuffer::from_raw(width, height, wide(bytes))?),
        _ => return None,
    })
}

/// The picture in eight bits, in sRGB, turned as it is looked at.
fn upright(picture: &DynamicImage, orientation: Orientation, colours: Option<&ColorProfile>) -> DynamicImage {
    let mut picture = match picture.color().has_alpha() {
        true => DynamicImage::ImageRgba8(picture.to_rgba8()),
        false => DynamicImage::ImageRgb8(picture.to_rgb8()),
    };
    if let Some(colours) = colours {
        to_srgb(&mut picture, colours);
    }
    picture.apply_orientation(orientation);
    picture
}

/// The colours that a file says it means, where they are of red, green and blue; the decoders turn others into these
/// by themselves.
fn profile(icc: &[u8]) -> Option<ColorProfile> {
    ColorProfile::new_from_slice(icc).ok().filter(|profile| profile.color_space == DataColorSpace::Rgb)
}

/// Turns the colours into those of the web; a profile that cannot be used changes nothing.
fn to_srgb(picture: &mut DynamicImage, colours: &ColorProfile) {
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = colours.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) else {
        return;
    };
    let turned = |before: &[u8]| {
        let mut after = vec![0; before.len()];
        transform.transform(before, &mut after).is_ok().then_some(after)
    };
    match picture {
        DynamicImage::ImageRgb8(pixels) => {
            if let Some(after) = turned(pixels.as_raw()) {
                pixels.copy_from_slice(&after);
            }
        }
        DynamicImage::ImageRgba8(pixels) => {
            if let Some(after) = turned(pixels.as_raw()) {
                pixels.copy_from_slice(&after);
            }
        }
        _ => {}
    }
}
