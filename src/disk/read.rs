//! Stage 1: folders as [`Sources`].
//!
//! Owns which files of a site count, and that nothing outside the site is read: links are followed only to
//! places inside it. What cannot be read becomes a trouble, so that the rest is still looked at.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::picture;
use crate::source::{Asset, Content, SourcePath, Sources, Trouble};

/// Text files larger than this are refused.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// Reads the site in `root`: its `content/` and `themes/`.
///
/// # Errors
/// Where `root` itself cannot be opened; everything below it that cannot be read is a trouble.
pub fn read(root: &Path) -> io::Result<Sources> {
    let home = root.canonicalize()?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    for folder in ["content", "themes"] {
        if home.join(folder).is_dir() {
            walk(&home, folder, &mut found, &mut sources.troubles);
        }
    }
    let read: Vec<_> = found.into_par_iter().map(|(path, file)| (content(&path, &file), path)).collect();
    for (content, path) in read {
        match content {
            Ok(content) => {
                sources.files.insert(path, content);
            }
            Err(trouble) => sources.troubles.push((path, trouble)),
        }
    }
    sources.troubles.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(sources)
}

fn walk(home: &Path, folder: &str, found: &mut Vec<(SourcePath, PathBuf)>, troubles: &mut Vec<(SourcePath, Trouble)>) {
    let relative = |path: &Path| {
        let inside = path.strip_prefix(home).unwrap_or(path);
        SourcePath::new(&inside.to_string_lossy())
    };
    let mut entries = WalkDir::new(home.join(folder)).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let Some(path) = error.path().and_then(relative) else { continue };
                let trouble = match error.loop_ancestor() {
                    Some(_) => Trouble::BadLink("it leads to a folder that contains it".to_string()),
                    None if error.path().is_some_and(Path::is_symlink) => {
                        Trouble::BadLink("it leads nowhere".to_string())
                    }
                    None => {
                        Trouble::Unreadable(error.io_error().map_or_else(|| error.to_string(), ToString::to_string))
                    }
                };
                troubles.push((path, trouble));
                continue;
            }
        };
        if is_left_out(&entry, home) {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        let Some(path) = relative(entry.path()) else { continue };
        if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(home)) {
            troubles.push((path, Trouble::BadLink("it leads out of the site".to_string())));
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.file_name().to_str().is_none_or(|name| name.contains(|c: char| c.is_control() || "\\#?%".contains(c)))
        {
            troubles.push((path, Trouble::BadName));
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_file() {
            found.push((path, entry.into_path()));
        }
    }
}

/// Hidden files and what editors and systems leave lying about; `static/` is the author's whole.
fn is_left_out(entry: &DirEntry, home: &Path) -> bool {
    let name = entry.file_name().to_str().unwrap_or_default();
    if entry.path().starts_with(home.join("content/static")) {
        return name == ".DS_Store" || name == "Thumbs.db";
    }
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || entry.path().extension() == Some(OsStr::new("swp"))
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

fn content(path: &SourcePath, file: &Path) -> Result<Content, Trouble> {
    let unreadable = |error: io::Error| Trouble::Unreadable(error.to_string());
    let len = fs::metadata(file).map_err(unreadable)?.len();
    let extension = path.extension();
    let is_text = path.inside("themes").is_some()
        || (matches!(extension.as_str(), "md" | "yaml" | "yml" | "bib") && path.inside("content/static").is_none());
    if is_text && len > LARGEST_TEXT {
        return Err(Trouble::TooLarge(len));
    }
    if is_text {
        return fs::read(file).map(|bytes| Content::Text(bytes.into())).map_err(unreadable);
    }
    let is_picture = crate::render::pictures::EXTENSIONS.contains(&extension.as_str());
    if is_picture && len <= LARGEST_TEXT * 4 {
        let bytes = fs::read(file).map_err(unreadable)?;
        let hash = *blake3::hash(&bytes).as_bytes();
        return Ok(Content::Asset(Asset { len, hash, picture: picture::size(&extension, &bytes) }));
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(file).map_err(unreadable)?).map_err(unreadable)?;
    let picture = is_picture.then(|| Err("it is larger than 64 MiB".to_string()));
    Ok(Content::Asset(Asset { len, hash: *hasher.finalize().as_bytes(), picture }))
}
