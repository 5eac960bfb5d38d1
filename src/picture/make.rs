//! The files that are published of a picture.

use rayon::prelude::*;

use super::bitmap::bitmaps;
use super::recipe::{Facts, Format, Kind, Recipe};
use super::{drawing, encode, icon, moving};

/// Makes the files that `recipes` name, in their order. The picture is opened once.
///
/// # Errors
/// Where the picture is not what `facts` say, because it changed meanwhile.
pub fn make(bytes: &[u8], facts: &Facts, recipes: &[Recipe]) -> Result<Vec<Vec<u8>>, String> {
    let (icons, files): (Vec<Recipe>, Vec<Recipe>) =
        recipes.iter().partition(|recipe| matches!(recipe.format, Format::Icon | Format::Touch));
    let mut icons = icons.into_iter().map(|recipe| icon::draw(bytes, facts, recipe.width, recipe.format));
    let mut files = plain(bytes, facts, &files)?.into_iter();
    let next = |recipe: &Recipe| match recipe.format {
        Format::Icon | Format::Touch => icons.next().unwrap_or_else(|| Err("it's missing".to_string())),
        _ => files.next().ok_or_else(|| "it's missing".to_string()),
    };
    recipes.iter().map(next).collect()
}

fn plain(bytes: &[u8], facts: &Facts, recipes: &[Recipe]) -> Result<Vec<Vec<u8>>, String> {
    if recipes.is_empty() {
        return Ok(Vec::new());
    }
    match facts.kind {
        Kind::Drawing => drawing::clean(bytes).map(|clean| vec![clean; recipes.len()]),
        Kind::Moving => moving::clean(bytes).map(|clean| vec![clean; recipes.len()]),
        Kind::Photograph | Kind::Cutout | Kind::Graphic => {
            let bitmaps = bitmaps(bytes, recipes)?;
            let encode = |recipe: &Recipe| {
                let (_, bitmap) = bitmaps.iter().find(|(width, _)| *width == recipe.width).ok_or("no such width")?;
                encode::encode(bitmap, recipe.format, facts.kind)
            };
            recipes.par_iter().map(encode).collect()
        }
    }
}
