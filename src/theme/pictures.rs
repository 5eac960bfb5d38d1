//! The pictures and icons in a theme's `assets/`.
//!
//! Owns which files are pictures that a template can show as any other, and the sprite of `assets/icons/`. Which files are made
//! of a picture is `markup::pictures`' business, what is in one `picture`'s.

use std::collections::BTreeMap;

use bytes::Bytes;
use rayon::prelude::*;

use super::layers::Layers;
use super::{ThemeFile, styles};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::picture::{self, Facts, Format, ID, Symbol};
use crate::source::SourcePath;

/// Where a theme keeps its icons.
const ICONS: &str = "assets/icons";

/// A picture of a theme's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThemePicture {
    /// Its file.
    pub source: SourcePath,
    /// Its content.
    pub bytes: Bytes,
    /// BLAKE3 of its content.
    pub hash: [u8; 32],
    /// What it is.
    pub facts: Facts,
}

/// The icons of a theme: one file that holds them all.
#[derive(Clone, Default)]
pub struct Icons {
    /// The file; none where there are no icons.
    pub sprite: Option<ThemeFile>,
    /// Each by its name: that of its file.
    pub symbols: BTreeMap<String, Symbol>,
}

/// The pictures, by their name in `assets/`.
pub(super) fn load(layers: &Layers, diagnostics: &mut Diagnostics) -> BTreeMap<String, ThemePicture> {
    let is_picture = |path: &str| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        Format::of_extension(&ending).filter(|_| !path.starts_with("assets/icons/")).map(|_| ending)
    };
    let files: Vec<_> = layers.in_folder("assets").into_iter().collect();
    let read = files.into_par_iter().filter_map(|(path, (layer, bytes))| {
        let (ending, source) = (is_picture(path)?, layer.path(path)?);
        let facts = picture::read(&ending, bytes).map_err(|reason| {
            let message = format!("this picture can't be shown: {reason}");
            Diagnostic::new(&codes::BROKEN_PICTURE, message).about(&source)
        });
        let hash = *blake3::hash(bytes).as_bytes();
        let bytes = Bytes::copy_from_slice(bytes);
        Some((path, facts.map(|facts| ThemePicture { source, bytes, hash, facts })))
    });
    let mut pictures = BTreeMap::new();
    for (path, picture) in read.collect::<Vec<_>>() {
        match picture {
            Ok(picture) => drop(pictures.insert(path.trim_start_matches("assets/").to_string(), picture)),
            Err(finding) => diagnostics.push(finding),
        }
    }
    pictures
}

/// The icons.
pub(super) fn icons(layers: &Layers, diagnostics: &mut Diagnostics) -> Icons {
    let mut symbols = BTreeMap::new();
    for (path, (layer, bytes)) in layers.in_folder(ICONS) {
        let Some(name) = path.strip_prefix("assets/icons/").and_then(|name| name.strip_suffix(".svg")) else {
            continue;
        };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let read = match is_name {
            true => picture::symbol(bytes),
            false => Err("its name can only have letters, digits and hyphens".to_string()),
        };
        match read {
            // Two icons may both call something `a`.
            Ok(Symbol { view_box, markup }) => {
                let markup = markup.replace(ID, &format!("{name}-"));
                symbols.insert(name.to_string(), Symbol { view_box, markup });
            }
            Err(reason) => {
                let finding = Diagnostic::new(&codes::BROKEN_PICTURE, format!("this can't be an icon: {reason}"));
                diagnostics.push(layer.path(path).map_or(finding.clone(), |path| finding.about(&path)));
            }
        }
    }
    let symbol = |(name, symbol): (&String, &Symbol)| {
        format!("<symbol id=\"{name}\" viewBox=\"{}\">{}</symbol>", symbol.view_box, symbol.markup)
    };
    let sprite = (!symbols.is_empty()).then(|| {
        let all: String = symbols.iter().map(symbol).collect();
        let bytes = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{all}</svg>").into_bytes();
        ThemeFile { path: styles::fingerprinted("icons.svg", &bytes), bytes }
    });
    Icons { sprite, symbols }
}
