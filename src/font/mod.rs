//! Typefaces that a theme brings.
//!
//! Owns what a font file holds: its family, its weights, its letters, its measures, and whether its maker lets it be put on a
//! website. What a site prints of it is `cut`'s, what stands in for it until it has loaded `stand_in`'s, and which letters a
//! site needs `letters`'. Knows nothing of themes and pages.
//!
//! Tried for this: klippa, published as `skera` by the same people as read-fonts, cuts TrueType and OpenType fonts with their
//! layout features and axes in half a millisecond; `ttf2woff2` compresses with the format's own transformations; `wuff` opens
//! WOFF and WOFF2. `subsetter` makes fonts for PDF only, `allsorts` drops the axes, and HarfBuzz and Google's encoder need a
//! C++ compiler.

pub mod cut;
pub mod letters;
pub mod stand_in;

use std::collections::BTreeSet;
use std::sync::Arc;

use read_fonts::tables::cmap::CmapIterLimits;
use read_fonts::types::{Fixed, NameId, Tag};
use read_fonts::{FontRef, TableProvider};

/// A font file larger than this, unpacked, is one for setting books in every script of the world, or a trap.
pub const LARGEST: usize = 24 << 20;

/// The endings of font files.
pub const ENDINGS: &[&str] = &["ttf", "otf", "woff", "woff2"];

/// A font.
#[derive(Clone, Debug)]
pub struct Font {
    /// What its family may be called, the likeliest first: not every font parts its family from its weight.
    pub families: Vec<String>,
    /// Its weights, the lightest and the boldest; the same twice where it has one.
    pub weights: (u16, u16),
    /// Whether its letters lean.
    pub italic: bool,
    /// Which characters it has letters for.
    pub letters: BTreeSet<char>,
    /// Its measures, in shares of the type size.
    pub measures: Measures,
    /// Whether parts of it can be taken, and its maker lets them.
    pub may_be_cut: bool,
    /// The font, unpacked (OpenType).
    pub bytes: Arc<[u8]>,
}

/// The measures of a font, in shares of the type size.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measures {
    /// From the base line up.
    pub ascent: f32,
    /// From the base line down.
    pub descent: f32,
    /// Between two lines, besides.
    pub gap: f32,
    /// How wide a letter of ordinary prose is.
    pub width: f32,
}

/// How often letters stand in a thousand of English prose, spaces with them; other languages in Latin script differ by less
/// than a hundredth of the width.
const PROSE: &[(char, f32)] = &[
    (' ', 180.0),
    ('e', 102.0),
    ('t', 75.0),
    ('a', 65.0),
    ('o', 61.0),
    ('i', 57.0),
    ('n', 57.0),
    ('s', 53.0),
    ('h', 50.0),
    ('r', 49.0),
    ('d', 34.0),
    ('l', 33.0),
    ('u', 23.0),
    ('c', 22.0),
    ('m', 20.0),
    ('w', 19.0),
    ('f', 18.0),
    ('g', 16.0),
    ('y', 16.0),
    ('p', 15.0),
    ('b', 12.0),
    ('v', 8.0),
    ('k', 6.0),
];

/// Reads a font file.
///
/// # Errors
/// In words, where it is no font, or one that may not stand on a website.
pub fn read(file: &[u8]) -> Result<Font, String> {
    let bytes = unpacked(file)?;
    let font = FontRef::new(&bytes).map_err(|error| format!("it isn't a font that can be read ({error})"))?;
    let faulty = |error: read_fonts::ReadError| format!("the font is damaged ({error})");
    let (head, os2, cmap) = (font.head().map_err(faulty)?, font.os2().map_err(faulty)?, font.cmap().map_err(faulty)?);
    // OpenType 1.9.1, OS/2, fsType: bit 1 forbids embedding, bit 8 taking a part, bit 9 outlines.
    let may = os2.fs_type();
    if may & 0x000e == 0x0002 || may & 0x0200 != 0 {
        return Err("its maker doesn't allow it on websites (fsType)".to_string());
    }
    sound(&font, &bytes)?;
    let italic = os2.fs_selection().bits() & 1 != 0 || head.mac_style().bits() & 2 != 0;
    let weight = os2.us_weight_class().clamp(1, 1000);
    let axis = font.fvar().ok().and_then(|fvar| {
        let axes = fvar.axes().ok()?;
        let weight = axes.iter().find(|axis| axis.axis_tag() == Tag::new(b"wght"))?;
        let whole = |value: Fixed| value.to_f64().clamp(1.0, 1000.0) as u16;
        Some((whole(weight.min_value()), whole(weight.max_value())))
    });
    let subtable = cmap.best_subtable().map(|(_, _, subtable)| subtable);
    let mapped = subtable.iter().flat_map(|table| table.iter_with_limits(CmapIterLimits::default_for_font(&font)));
    let letters: BTreeSet<char> =
        mapped.filter(|(_, glyph)| glyph.to_u32() != 0).filter_map(|(code, _)| char::from_u32(code)).collect();
    let measures = measures(&font).map_err(faulty)?;
    let families = families(&font);
    if families.is_empty() {
        return Err("the font has no name in it".to_string());
    }
    Ok(Font {
        families,
        weights: axis.unwrap_or((weight, weight)),
        italic,
        letters,
        measures,
        // Outlines of PostScript's kind no library of today takes apart: the whole is published.
        may_be_cut: may & 0x0100 == 0 && font.glyf().is_ok(),
        bytes: bytes.into(),
    })
}

/// Finds a font that was damaged on its way: a table is missing that every font has (OpenType 1.9.1, "Required tables"), or
/// one is not what the font's own sum says.
fn sound(font: &FontRef<'_>, bytes: &[u8]) -> Result<(), String> {
    let damaged = || "the font is damaged; download it again".to_string();
    for tag in [b"head", b"hhea", b"hmtx", b"maxp", b"cmap", b"name", b"OS/2", b"post"] {
        font.table_data(Tag::new(tag)).ok_or_else(damaged)?;
    }
    let outlines = |tags: &[&[u8; 4]]| tags.iter().all(|tag| font.table_data(Tag::new(tag)).is_some());
    if !outlines(&[b"glyf", b"loca"]) && !outlines(&[b"CFF "]) && !outlines(&[b"CFF2"]) {
        return Err("it has no letters that can be scaled".to_string());
    }
    for record in font.table_directory().table_records() {
        let begin = record.offset() as usize;
        let table = bytes.get(begin..begin + record.length() as usize).ok_or_else(damaged)?;
        let words = table.chunks(4).enumerate().map(|(index, chunk)| {
            let mut word = [0; 4];
            // The third word of `head` is the sum of the whole.
            if record.tag() != Tag::new(b"head") || index != 2 {
                word[..chunk.len()].copy_from_slice(chunk);
            }
            u32::from_be_bytes(word)
        });
        if words.fold(0u32, u32::wrapping_add) != record.checksum() {
            return Err(damaged());
        }
    }
    Ok(())
}

/// The font as OpenType, whatever it is packed in.
fn unpacked(file: &[u8]) -> Result<Vec<u8>, String> {
    // How long it becomes stands in the head of both formats (WOFF 1.0 and 2.0, `totalSfntSize`).
    let packed = matches!(file.get(..4), Some(b"wOFF" | b"wOF2"));
    let length = match file.get(16..20).and_then(|bytes| bytes.try_into().ok()) {
        Some(length) if packed => u32::from_be_bytes(length) as usize,
        _ => file.len(),
    };
    if length > LARGEST || file.len() > LARGEST {
        return Err(format!(
            "it's {} MiB; a font must be smaller than {} MiB",
            length.max(file.len()) >> 20,
            LARGEST >> 20
        ));
    }
    let broken = |_| "it isn't a font that can be unpacked".to_string();
    match file.get(..4) {
        Some(b"wOF2") => wuff::decompress_woff2(file).map_err(broken),
        Some(b"wOFF") => wuff::decompress_woff1(file).map_err(broken),
        Some(b"ttcf") => Err("it has several fonts in it; save the one you want as a file of its own".to_string()),
        _ => Ok(file.to_vec()),
    }
}

/// Words that a font's name has besides its family's, where the file holds one weight of several.
const STYLES: &[&str] = &[
    "thin",
    "extralight",
    "ultralight",
    "light",
    "regular",
    "book",
    "medium",
    "semibold",
    "demibold",
    "bold",
    "extrabold",
    "ultrabold",
    "black",
    "heavy",
    "italic",
    "oblique",
    "variable",
    "vf",
];

/// The family's names: the typographic one, which names all weights together, else the one for old systems without the
/// words of its style, and as it stands.
fn families(font: &FontRef<'_>) -> Vec<String> {
    let Ok(name) = font.name() else { return Vec::new() };
    let named = |id: NameId| {
        let record = name.name_record().iter().find(|record| record.name_id() == id && record.is_unicode())?;
        let text: String = record.string(name.string_data()).ok()?.chars().collect();
        let text = text.trim().to_string();
        let fits = text.chars().all(|letter| letter.is_alphanumeric() || " -_.".contains(letter));
        (!text.is_empty() && text.len() < 64 && fits).then_some(text)
    };
    let whole = |name: &String| {
        let words: Vec<&str> = name.split(' ').collect();
        let is_style = |word: &&&str| STYLES.contains(&word.to_ascii_lowercase().as_str());
        let styles = words.iter().rev().take_while(is_style).count().min(words.len() - 1);
        words[..words.len() - styles].join(" ")
    };
    let (typographic, plain) = (named(NameId::TYPOGRAPHIC_FAMILY_NAME), named(NameId::FAMILY_NAME));
    let without = typographic.as_ref().or(plain.as_ref()).map(whole);
    let mut all: Vec<String> = Vec::new();
    for name in [typographic, without, plain].into_iter().flatten() {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn measures(font: &FontRef<'_>) -> Result<Measures, read_fonts::ReadError> {
    let (head, hhea, os2, hmtx, cmap) = (font.head()?, font.hhea()?, font.os2()?, font.hmtx()?, font.cmap()?);
    let em = f32::from(head.units_per_em().max(1));
    // OpenType 1.9.1, OS/2, fsSelection: bit 7 says that the typographic measures hold.
    let (ascent, descent, gap) = match os2.fs_selection().bits() & 0x80 != 0 {
        true => (os2.s_typo_ascender(), os2.s_typo_descender(), os2.s_typo_line_gap()),
        false => (hhea.ascender().to_i16(), hhea.descender().to_i16(), hhea.line_gap().to_i16()),
    };
    let (mut width, mut count) = (0.0, 0.0);
    for (letter, often) in PROSE {
        let advance = cmap.map_codepoint(*letter).and_then(|glyph| hmtx.advance(glyph));
        if let Some(advance) = advance {
            width += f32::from(advance) * often;
            count += often;
        }
    }
    // Of a font without these letters half the size is a guess as good as any.
    let width = if count > 0.0 { width / count / em } else { 0.5 };
    Ok(Measures {
        ascent: f32::from(ascent) / em,
        descent: f32::from(descent).abs() / em,
        gap: f32::from(gap) / em,
        width,
    })
}
