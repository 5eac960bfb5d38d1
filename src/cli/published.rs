//! What publishing leaves in the site's folder: the website as it was sent, the one before it, whether somebody went back to that, and
//! which warnings were told.
//!
//! Owns `.anteroom/publish` as far as commands know it. What programs that send keep there is `publish`'s.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use walkdir::WalkDir;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};

/// Where the program keeps what it needs for publishing, in the site's folder.
pub(super) const KEPT: &str = ".anteroom/publish";

/// The website that visitors see.
const NOW: &str = "now";
/// The one before it.
pub(super) const FORMER: &str = "former";
/// There while visitors see the former website on purpose; the day on which it was put back.
const WENT_BACK: &str = "went-back";

/// The warnings that were told at the last publication.
const TOLD: &str = "warnings";

/// What is to be told now, without the warnings that were told the last time; and how many these are. The next time, all of them were.
pub(super) fn untold(kept: &Path, found: &Diagnostics) -> (Diagnostics, usize) {
    let note = kept.join(TOLD);
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    for line in fs::read_to_string(&note).unwrap_or_default().lines() {
        *before.entry(line.to_string()).or_default() += 1;
    }
    let (mut untold, mut again, mut now) = (Diagnostics::default(), 0, String::new());
    for finding in found.iter() {
        let is_open = finding.severity == Severity::Warning && finding.acknowledged.is_none();
        let mark = mark(finding);
        if is_open {
            now.push_str(&mark);
            now.push('\n');
        }
        match before.get_mut(&mark).filter(|left| is_open && **left > 0) {
            Some(left) => {
                *left -= 1;
                again += 1;
            }
            None => untold.push(finding.clone()),
        }
    }
    // Where it can't be written, all is told once more.
    let _ = fs::write(note, now);
    (untold, again)
}

/// What a warning is known by. Not by its line, which moves with what is written above it.
fn mark(finding: &Diagnostic) -> String {
    let path = finding.place.as_ref().map(|place| place.path.to_string()).unwrap_or_default();
    blake3::hash(format!("{}\n{}\n{path}", finding.code.name, finding.message).as_bytes()).to_hex()[..32].to_string()
}

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
