//! What is known of a picture, and what is to be made of it.

use std::fmt;
use std::sync::Arc;

use super::tone::Tone;

/// Tells the files of this version's encoders apart from those of others, in the names of kept files: another number makes every file anew.
pub(super) const VERSION: &str = "1";

/// Width and height of a picture in CSS pixels, turned as its camera says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct Size {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Size {
    /// The size at another width, its proportions kept.
    pub fn at_width(self, width: u32) -> Size {
        let height =
            (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width.max(1));
        Size { width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1) }
    }
}

/// What a picture is, which decides how it is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An SVG: it has any size.
    Drawing,
    /// Many colours, nothing transparent: lossy.
    Photograph,
    /// Many colours, parts of it transparent: lossy where the format can be both.
    Cutout,
    /// Few colours, such as a screenshot or a logo: written without loss.
    Graphic,
    /// A GIF that moves: kept as it moves, in one size.
    Moving,
}

/// What is known of a picture without looking at it again.
#[derive(Clone, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct Facts {
    /// Its size.
    pub size: Size,
    /// What it is.
    pub kind: Kind,
    /// Its colour from afar; none where parts of it are transparent.
    pub tone: Option<Tone>,
    /// Whether the file says where it was taken.
    pub located: bool,
    /// What is left out of what is published, in a few words: a program in a drawing, all but the first frame.
    pub loses: Option<String>,
    /// The markup of a drawing that becomes a part of the page, with [`ID`](super::ID) before its ids.
    pub inline: Option<Arc<str>>,
}

impl Facts {
    /// The format that every browser can show a picture in.
    pub fn fallback(&self) -> Format {
        match self.kind {
            Kind::Drawing => Format::Svg,
            Kind::Moving => Format::Gif,
            Kind::Photograph => Format::Jpeg,
            Kind::Cutout | Kind::Graphic => Format::Png,
        }
    }
}

/// A format in which pictures are published.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// The smallest for photographs, and slow to write; read by browsers that are no older than 2020 to 2024.
    Avif,
    /// Small, and read by every browser of the last years.
    WebP,
    /// For photographs, read by everything.
    Jpeg,
    /// For few colours and for transparency, read by everything.
    Png,
    /// For what moves.
    Gif,
    /// For drawings.
    Svg,
    /// A square in an ICO file, for browsers' tabs; its width is its side.
    Icon,
    /// A square PNG on white, for the screens of phones; its width is its side.
    Touch,
}

impl Format {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Avif => "avif",
            Format::WebP => "webp",
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Gif => "gif",
            Format::Svg => "svg",
            Format::Icon => "ico",
            Format::Touch => "png",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Avif => "image/avif",
            Format::WebP => "image/webp",
            Format::Jpeg => "image/jpeg",
            Format::Png | Format::Touch => "image/png",
            Format::Gif => "image/gif",
            Format::Svg => "image/svg+xml",
            Format::Icon => "image/x-icon",
        }
    }

    /// The format that a file's extension names; in small letters.
    pub fn of_extension(extension: &str) -> Option<Format> {
        Some(match extension {
            "webp" => Format::WebP,
            "jpg" | "jpeg" => Format::Jpeg,
            "png" => Format::Png,
            "gif" => Format::Gif,
            "svg" => Format::Svg,
            _ => return None,
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Avif => "AVIF",
            Format::WebP => "WebP",
            Format::Jpeg => "JPEG",
            Format::Png | Format::Touch => "PNG",
            Format::Gif => "GIF",
            Format::Svg => "SVG",
            Format::Icon => "ICO",
        })
    }
}

/// A file to be made of a picture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Recipe {
    /// The width in pixels; the whole picture's own at the most.
    pub width: u32,
    /// The format.
    pub format: Format,
}

impl Recipe {
    /// Tells the file apart from every other that any version of this program makes of any picture.
    pub fn key(self, source: &[u8; 32]) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(source);
        hasher.update(format!("{} {} {:?}", VERSION, self.width, self.format).as_bytes());
        hasher.finalize().to_hex()[..32].to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proportions_are_kept() {
        let size = Size { width: 4000, height: 3000 };
        assert_eq!(size.at_width(480), Size { width: 480, height: 360 });
        assert_eq!(Size { width: 4000, height: 3 }.at_width(100), Size { width: 100, height: 1 });
    }

    #[test]
    fn keys_tell_recipes_apart() {
        let key = |width, format| Recipe { width, format }.key(&[0; 32]);
        assert_ne!(key(480, Format::WebP), key(480, Format::Jpeg));
        assert_ne!(key(480, Format::WebP), key(800, Format::WebP));
        assert_ne!(key(480, Format::WebP), Recipe { width: 480, format: Format::WebP }.key(&[1; 32]));
    }
}
