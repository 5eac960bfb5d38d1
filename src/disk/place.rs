//! The output folder as a place: whether a site may be published there, and whether somebody else is at it.
//!
//! Owns the lock against a second build, the folder in which files are written aside, and the refusal of folders that a
//! site is read from. What is published is `write`'s.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::FOLDERS;
use super::temporary;
use super::write::WriteError;

/// The folder in which files are written before they are renamed.
const ASIDE: &str = ".anteroom-tmp";

/// Folders of a site that the program keeps things in.
const KEPT: &str = ".anteroom";

/// Refuses an output folder inside what the site is read from: the next build would take pages for sources.
pub(super) fn check(root: &Path, dir: &Path) -> Result<(), WriteError> {
    let place = resolved(dir).map_err(|error| WriteError::Io(dir.to_path_buf(), error))?;
    for folder in FOLDERS.into_iter().chain([KEPT]) {
        let folder = root.join(folder);
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        if place.starts_with(&folder) || place.starts_with(&real) {
            return Err(WriteError::InTheSite(dir.to_path_buf(), folder));
        }
    }
    if root.starts_with(&place) {
        return Err(WriteError::InTheSite(dir.to_path_buf(), root.to_path_buf()));
    }
    Ok(())
}

/// Where a folder really is, though it need not be there yet.
fn resolved(dir: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(dir)?;
    let there = whole.ancestors().find_map(|parent| Some((parent, parent.canonicalize().ok()?)));
    let Some((parent, mut real)) = there else { return Ok(whole) };
    for part in whole.strip_prefix(parent).unwrap_or(Path::new("")).components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
    }
    Ok(real)
}

/// Keeps every other build out of the folder while it lives, whatever becomes of this one: the system takes it back.
pub(super) struct Lock {
    held: Option<fs::File>,
}

impl Lock {
    /// Makes the folder where it is missing, and takes it. File systems that know no locks let everybody in.
    pub fn take(dir: &Path) -> Result<Lock, WriteError> {
        let at = |error| WriteError::Io(dir.to_path_buf(), error);
        fs::create_dir_all(dir).map_err(at)?;
        // The folder itself is locked, so that no file is left in what a host serves. Where folders cannot be opened,
        // there is no lock.
        let Ok(folder) = fs::File::open(dir) else { return Ok(Lock { held: None }) };
        match folder.try_lock() {
            Ok(()) => Ok(Lock { held: Some(folder) }),
            Err(fs::TryLockError::WouldBlock) => Err(WriteError::Busy(dir.to_path_buf())),
            Err(fs::TryLockError::Error(_)) => Ok(Lock { held: None }),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Said outright: a program that is being started elsewhere in this process may hold a copy for a moment.
        let _ = self.held.as_ref().map(fs::File::unlock);
    }
}

/// The folder in which files are written before they are renamed: inside the output folder, so that it lies
/// in the same file system.
pub(super) struct Aside {
    folder: PathBuf,
    next: AtomicUsize,
}

impl Aside {
    /// Refuses where something else has the name.
    pub fn check(dir: &Path) -> Result<(), WriteError> {
        let folder = dir.join(ASIDE);
        let meta = match fs::symlink_metadata(&folder) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(WriteError::Io(folder, error)),
        };
        if meta.is_symlink() {
            return Err(WriteError::LinkedFolder(folder));
        }
        if !meta.is_dir() {
            return Err(WriteError::Foreign(folder));
        }
        let entries = fs::read_dir(&folder).map_err(|error| WriteError::Io(folder, error))?;
        let is_ours = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
        match entries.flatten().find(|entry| !entry.file_name().to_str().is_some_and(is_ours)) {
            Some(foreign) => Err(WriteError::Foreign(foreign.path())),
            None => Ok(()),
        }
    }

    /// Makes the folder anew; what a killed build left in it goes.
    pub fn new(dir: &Path) -> Result<Aside, WriteError> {
        Aside::check(dir)?;
        let folder = dir.join(ASIDE);
        let at = |error| WriteError::Io(folder.clone(), error);
        match fs::remove_dir_all(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(error)),
        }
        temporary::private(&folder).map_err(at)?;
        Ok(Aside { folder, next: AtomicUsize::new(0) })
    }

    /// A new file of its own.
    pub fn file(&self) -> Result<(PathBuf, fs::File), WriteError> {
        let path = self.folder.join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        match fs::File::create_new(&path) {
            Ok(file) => Ok((path, file)),
            Err(error) => Err(WriteError::Io(path, error)),
        }
    }

    /// Takes the folder away.
    pub fn finish(self) {
        // Left empty by the renames; one that stays is removed by the next build.
        let _ = fs::remove_dir(&self.folder);
    }
}
