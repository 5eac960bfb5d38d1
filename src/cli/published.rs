//! What publishing leaves in the site's folder: the website as it was sent, the one before it, and whether somebody went back to that.
//!
//! Owns `.anteroom/publish` as far as commands know it. What programs that send keep there is `publish`'s.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use walkdir::WalkDir;

/// Where the program keeps what it needs for publishing, in the site's folder.
pub(super) const KEPT: &str = ".anteroom/publish";

/// The website that visitors see.
const NOW: &str = "now";
/// The one before it.
pub(super) const FORMER: &str = "former";
/// There while visitors see the former website on purpose; the day on which it was put back.
const WENT_BACK: &str = "went-back";

/// Whether anything was ever published from here.
pub(super) fn is_first(kept: &Path) -> bool {
    !kept.join(NOW).exists()
}

/// The website that visitors see, as it was sent.
pub(super) fn now(kept: &Path) -> PathBuf {
    kept.join(NOW)
}

/// What was published becomes the former website, and what was just sent the one of now.
pub(super) fn turn(kept: &Path, root: &Path) -> io::Result<()> {
    let (now, former, next) = (kept.join(NOW), kept.join(FORMER), kept.join("turning"));
    remove(&next)?;
    copy(root, &next)?;
    if now.exists() {
        remove(&former)?;
        fs::rename(&now, &former)?;
    }
    fs::rename(&next, &now)
}

/// Notes that somebody went back. Who goes back twice is where they were.
pub(super) fn went_back(kept: &Path, today: Date) {
    let note = kept.join(WENT_BACK);
    if fs::remove_file(&note).is_err() {
        // Without it, only a sentence is missing.
        let _ = fs::write(note, today.to_string());
    }
}

/// Notes that visitors see what the files make.
pub(super) fn went_on(kept: &Path) {
    let _ = fs::remove_file(kept.join(WENT_BACK));
}

/// The day on which somebody went back, and the website that visitors see since then.
pub(super) fn shows_former(site: &Path) -> Option<(Date, PathBuf)> {
    let kept = site.join(KEPT);
    let day = fs::read_to_string(kept.join(WENT_BACK)).ok()?.trim().parse().ok()?;
    kept.join(NOW).join("index.html").is_file().then(|| (day, kept.join(NOW)))
}

fn remove(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).map_err(io::Error::other)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else if entry.file_type().is_file() {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
