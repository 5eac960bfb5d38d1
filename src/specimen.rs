//! The specimen sites: everything that a theme must bear, inside the program.
//!
//! Owns their names and their reading. `specimen/full` uses every field and every kind of page, with long names,
//! missing pictures and thirty services; `small` is the least that a site can be, in German; `rtl` is in Arabic; `bilingual` is in
//! German and English, with a page that nobody has translated.

use include_dir::{Dir, include_dir};
use jiff::civil::Date;

use crate::disk;
use crate::source::{SourcePath, Sources};

static SITES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/specimen");

/// The day on which the specimens' dated facts are fresh.
pub const DAY: Date = jiff::civil::date(2026, 11, 22);

/// The specimen that has everything.
pub const FULL: &str = "full";

/// A picture of that specimen.
pub const PICTURE: &str = "images/specimen-hills-mist.jpg";

/// The names of the specimen sites.
pub const NAMES: &[&str] = &[FULL, "small", "rtl", "bilingual"];

/// A specimen site with the theme files of another site's folder.
pub fn sources(name: &str, themes: &Sources) -> Sources {
    let mut sources = Sources::default();
    for (path, bytes) in files(name) {
        let content = disk::embedded(&path, bytes);
        sources.files.insert(path, content);
    }
    let themes = themes.files.iter().filter(|(path, _)| path.inside("themes").is_some());
    sources.files.extend(themes.map(|(path, content)| (path.clone(), content.clone())));
    sources
}

/// The files of a specimen site, with their bytes.
pub fn files(name: &str) -> Vec<(SourcePath, &'static [u8])> {
    let mut all = Vec::new();
    let mut folders: Vec<_> = SITES.get_dir(name).into_iter().collect();
    while let Some(folder) = folders.pop() {
        // A build in such a folder leaves what it keeps there.
        let is_hidden =
            |folder: &&Dir<'_>| folder.path().file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        folders.extend(folder.dirs().filter(|folder| !is_hidden(folder)));
        all.extend(folder.files().filter_map(|file| {
            let inside = file.path().strip_prefix(name).ok()?;
            Some((SourcePath::new(inside.to_str()?)?, file.contents()))
        }));
    }
    all
}

/// The bytes of a file of a specimen site.
pub fn bytes(name: &str, path: &SourcePath) -> Option<&'static [u8]> {
    SITES.get_file(format!("{name}/{path}")).map(|file| file.contents())
}
