//! What a published folder holds, as the last build left it.
//!
//! Owns reading its pages for a comparison. A folder that cannot be read has none: publishing tells what is wrong with it.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::manifest;
use crate::output::Output;
use crate::removed::{self, Published};
use crate::route::OutputPath;

/// No page of words is so long.
const LONGEST: u64 = 4 * 1024 * 1024;

/// The pages that a former build published in `dir`. Of those that `output` has too, only the names.
pub fn published(dir: &Path, output: &Output) -> Published {
    let files = manifest::former(dir).unwrap_or_default();
    let pages: Vec<String> = files.into_iter().filter(|path| removed::is_page(path)).collect();
    let read = |path: String| {
        let stays = OutputPath::new(&path).is_some_and(|path| output.files.contains_key(&path));
        let file = dir.join(&path);
        let is_page = || fs::symlink_metadata(&file).is_ok_and(|meta| meta.is_file() && meta.len() <= LONGEST);
        match stays {
            true => Some((path, Vec::new())),
            false if is_page() => fs::read(&file).ok().map(|html| (path, html)),
            false => None,
        }
    };
    pages.into_par_iter().filter_map(read).collect()
}
