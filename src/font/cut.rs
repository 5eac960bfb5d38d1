//! The part of a font that a site prints, as WOFF2.
//!
//! Owns how it is made and how it is told apart. It is made when it is published, as pictures are, and kept.

use std::fmt;
use std::sync::Arc;

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{GlyphId, NameId, Tag};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags};
use ttf2woff2::BrotliQuality;

/// Another way of making it makes other files.
const VERSION: &str = "1";

/// What a font does with letters that follow each other. Alternates, other digits among them, stay out: they are half of many
/// a font.
const FEATURES: &[&[u8; 4]] = &[
    b"kern", b"liga", b"ccmp", b"locl", b"mark", b"mkmk", b"rlig", b"init", b"medi", b"fina", b"isol", b"curs",
    b"rvrn", b"lnum",
];

/// Names that a font keeps: whose it is, what it is called, under which licence it may be used.
const NAMES: &[u16] = &[0, 1, 2, 3, 4, 5, 6, 13, 14];

/// A part of a font.
#[derive(Clone)]
pub struct Cut {
    /// The font, unpacked.
    font: Arc<[u8]>,
    /// The characters that it keeps; none where all stay.
    letters: Option<String>,
    key: String,
}

impl Cut {
    /// The part of a font with these letters, or all of it.
    pub fn new(font: &Arc<[u8]>, letters: Option<String>) -> Cut {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes());
        hasher.update(blake3::hash(font).as_bytes());
        hasher.update(letters.as_deref().unwrap_or("all").as_bytes());
        let key = hasher.finalize().to_hex()[..32].to_string();
        Cut { font: Arc::clone(font), letters, key }
    }

    /// Tells it apart from every other.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Makes it, as WOFF2.
    ///
    /// # Errors
    /// Where the font has faults that reading it did not show.
    pub fn make(&self) -> Result<Vec<u8>, String> {
        // The smallest is worth its time once: the file is kept.
        self.packed(BrotliQuality::default())
    }

    /// About how large it becomes, in bytes: within a twentieth, ten times sooner.
    ///
    /// # Errors
    /// As [`Cut::make`].
    pub fn about(&self) -> Result<usize, String> {
        // What the slow packing saves over this one, as measured with the built-in themes' fonts.
        Ok(self.packed(BrotliQuality::from(6))?.len() * 86 / 100)
    }

    fn packed(&self, quality: BrotliQuality) -> Result<Vec<u8>, String> {
        let small;
        let font: &[u8] = match &self.letters {
            Some(letters) => {
                small = self.with(letters)?;
                &small
            }
            None => &self.font,
        };
        ttf2woff2::encode(font, quality).map_err(|error| format!("the font can't be packed ({error})"))
    }

    fn with(&self, letters: &str) -> Result<Vec<u8>, String> {
        let font = FontRef::new(&self.font).map_err(|error| format!("the font can't be read ({error})"))?;
        let unicodes: IntSet<u32> = letters.chars().map(u32::from).collect();
        let features: IntSet<Tag> = FEATURES.iter().map(|feature| Tag::new(feature)).collect();
        let drop: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
        let names: IntSet<NameId> = NAMES.iter().map(|name| NameId::new(*name)).collect();
        let (mut scripts, mut languages) = (IntSet::<Tag>::empty(), IntSet::<u16>::empty());
        scripts.invert();
        languages.invert();
        let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING;
        let glyphs = IntSet::<GlyphId>::empty();
        let plan = Plan::new(&glyphs, &unicodes, &font, flags, &drop, &scripts, &features, &names, &languages);
        skera::subset_font(&font, &plan).map_err(|error| format!("the font can't be cut ({error})"))
    }
}

impl PartialEq for Cut {
    fn eq(&self, other: &Cut) -> bool {
        self.key == other.key
    }
}

impl Eq for Cut {}

impl fmt::Debug for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cut({})", self.key)
    }
}
