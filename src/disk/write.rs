//! Stage 7: publishing an output folder.
//!
//! Owns the promise that a host always sees whole files, and that nothing is touched that Anteroom did not
//! write. Files that differ are written aside and renamed over the old; files that are the same keep their
//! inode and time, so that rsync and FTP upload only what changed; files that a former build made and this
//! one does not are removed. The manifest names what is ours: before the first change it names the old and
//! the new files, after the last only the new, so that a build that is killed is completed by the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Pictures, Told};
use crate::render::{File, Output};
use crate::route::OutputPath;

/// The file that names what Anteroom has written.
pub const MANIFEST: &str = ".anteroom.json";

/// Below here files have names that tell their content.
const NAMED_BY_CONTENT: &str = "assets/";

/// The folder in which files are written before they are renamed.
const ASIDE: &str = ".anteroom-tmp";

/// What publishing did.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Written {
    /// Files that are new or differ.
    pub written: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files of a former build that are gone.
    pub removed: usize,
}

/// Why publishing did not happen or did not finish.
#[derive(Debug)]
pub enum WriteError {
    /// The folder, or a file in the way, was not written by Anteroom. Nothing has been changed.
    Foreign(PathBuf),
    /// A folder inside the output is a link that leads elsewhere. Nothing has been changed.
    LinkedFolder(PathBuf),
    /// The system refused. Every file is whole, old or new; the next build completes.
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Foreign(path) => write!(f, "`{}` was not made by Anteroom and is left alone", path.display()),
            WriteError::LinkedFolder(path) => {
                write!(f, "`{}` is a link that leads out of the output folder", path.display())
            }
            WriteError::Io(path, error) => write!(f, "`{}` cannot be written: {error}", path.display()),
        }
    }
}

#[derive(Serialize, Deserialize, Default)]
struct Manifest {
    generator: String,
    files: BTreeSet<String>,
}

/// Publishes `output` in `dir`; files that are copied come from the site in `root`, those that are made of pictures are
/// kept there. `told` hears how far the making of pictures is.
///
/// # Errors
/// See [`WriteError`].
pub fn write(output: &Output, root: &Path, dir: &Path, told: &Told<'_>) -> Result<Written, WriteError> {
    let ours = former(dir)?;
    let root = &root.canonicalize().map_err(|error| WriteError::Io(root.to_path_buf(), error))?;
    let pictures = &Pictures::of(root);
    // What cannot be made is known before the first file is touched.
    pictures.make_all(output, told).map_err(|(path, error)| WriteError::Io(path, error))?;
    let wanted: BTreeMap<&str, &File> = output.files.iter().map(|(path, file)| (path.as_str(), file)).collect();
    let fresh = ours.is_empty() && !dir.exists();
    let states: Vec<(&str, State)> = if fresh {
        wanted.keys().map(|path| (*path, State::Missing)).collect()
    } else {
        check_folders(dir, wanted.keys().copied())?;
        wanted
            .par_iter()
            .map(|(path, file)| Ok((*path, state(&dir.join(path), path, file, pictures)?)))
            .collect::<Result<_, WriteError>>()?
    };
    if let Some((path, _)) = states.iter().find(|(path, state)| *state == State::Differs && !ours.contains(*path)) {
        return Err(WriteError::Foreign(dir.join(path)));
    }
    let stale: Vec<&String> = ours.iter().filter(|path| !wanted.contains_key(path.as_str())).collect();
    let changed: Vec<&str> = states.iter().filter(|(_, state)| *state != State::Same).map(|(path, _)| *path).collect();
    let new: BTreeSet<String> = wanted.keys().map(ToString::to_string).collect();
    let mut written = Written { written: changed.len(), unchanged: states.len() - changed.len(), removed: 0 };
    if changed.is_empty() && stale.is_empty() && ours == new {
        return Ok(written);
    }
    let aside = Aside::new(dir)?;
    let both: BTreeSet<String> = ours.iter().cloned().chain(wanted.keys().map(ToString::to_string)).collect();
    write_manifest(&aside, dir, both)?;
    // A folder where a file stood, or a file where a folder stood: the old one has to go first.
    let (first, last): (Vec<&String>, Vec<&String>) = stale.into_iter().partition(|old| in_the_way(old, &wanted));
    for path in first {
        written.removed += usize::from(remove(dir, path)?);
    }
    make_folders(dir, &changed)?;
    let publishing = Publishing { aside: &aside, pictures, root, dir };
    changed.par_iter().try_for_each(|path| publishing.publish(path, wanted[path]))?;
    for path in last {
        written.removed += usize::from(remove(dir, path)?);
    }
    write_manifest(&aside, dir, new)?;
    aside.finish();
    Ok(written)
}

/// The files that former builds wrote into `dir`, which is refused where somebody else's files are in it.
pub(super) fn former(dir: &Path) -> Result<BTreeSet<String>, WriteError> {
    let io = |error| WriteError::Io(dir.to_path_buf(), error);
    let manifest = dir.join(MANIFEST);
    match fs::read_to_string(&manifest) {
        Ok(text) => {
            let manifest: Manifest =
                serde_json::from_str(&text).map_err(|error| WriteError::Io(manifest, io::Error::other(error)))?;
            // The file lies where anybody can edit it: only paths inside the folder count.
            let inside = |path: &String| OutputPath::new(path).is_some_and(|normal| normal.as_str() == path);
            Ok(manifest.files.into_iter().filter(inside).collect())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let entries = match fs::read_dir(dir) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
                Err(error) => return Err(io(error)),
            };
            for entry in entries {
                let name = entry.map_err(io)?.file_name();
                if !name.to_string_lossy().starts_with('.') {
                    return Err(WriteError::Foreign(dir.to_path_buf()));
                }
            }
            Ok(BTreeSet::new())
        }
        Err(error) => Err(WriteError::Io(manifest, error)),
    }
}

/// Every folder that will hold a file must be a real one.
fn check_folders<'a>(dir: &Path, paths: impl Iterator<Item = &'a str>) -> Result<(), WriteError> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut rest = path;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    for folder in folders {
        let folder = dir.join(folder);
        if fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_symlink()) {
            return Err(WriteError::LinkedFolder(folder));
        }
    }
    Ok(())
}

/// How a wanted file stands to the one on the disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Missing,
    Differs,
    Same,
}

fn state(target: &Path, path: &str, file: &File, pictures: &Pictures) -> Result<State, WriteError> {
    let meta = match fs::symlink_metadata(target) {
        Ok(meta) => meta,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(State::Missing);
        }
        Err(error) => return Err(WriteError::Io(target.to_path_buf(), error)),
    };
    if meta.is_dir() {
        // Emptied before the file is written, where all in it is ours.
        return Ok(State::Missing);
    }
    let same = meta.is_file()
        && match file {
            File::Made(bytes) => meta.len() == bytes.len() as u64 && fs::read(target).is_ok_and(|old| old == **bytes),
            // Its name tells its content, where it is not that of the author's file.
            File::Picture(..) | File::Drawing(..) | File::Card(_) if path.starts_with(NAMED_BY_CONTENT) => {
                let kept = pictures.path(file).and_then(|kept| fs::metadata(kept).ok());
                kept.is_some_and(|kept| kept.len() == meta.len())
            }
            File::Picture(..) | File::Drawing(..) | File::Card(_) => {
                let kept = pictures.path(file).and_then(|kept| fs::read(kept).ok());
                kept.is_some_and(|kept| fs::read(target).is_ok_and(|old| old == kept))
            }
            File::Copied { len, hash, .. } => meta.len() == *len && hash_of(target).is_ok_and(|old| old == *hash),
        };
    Ok(if same { State::Same } else { State::Differs })
}

fn hash_of(path: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(path)?)?;
    Ok(*hasher.finalize().as_bytes())
}

fn in_the_way(old: &str, wanted: &BTreeMap<&str, &File>) -> bool {
    let as_folder = format!("{old}/");
    let holds_new = wanted.range(as_folder.as_str()..).next().is_some_and(|(path, _)| path.starts_with(&as_folder));
    let mut rest = old;
    let mut inside_new = false;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        inside_new |= wanted.contains_key(folder);
        rest = folder;
    }
    holds_new || inside_new
}

/// Makes the folders of `paths`, those of one depth at a time on all cores: a site has as many folders as
/// pages.
fn make_folders(dir: &Path, paths: &[&str]) -> Result<(), WriteError> {
    let mut by_depth: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for path in paths {
        let mut rest = *path;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !by_depth.entry(folder.matches('/').count()).or_default().insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    for folders in by_depth.values() {
        folders.par_iter().try_for_each(|folder| {
            let folder = dir.join(folder);
            match fs::create_dir(&folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !folder.is_dir() => {
                    Err(WriteError::Io(folder, error))
                }
                _ => Ok(()),
            }
        })?;
    }
    Ok(())
}

/// Where files come from and go to.
struct Publishing<'a> {
    aside: &'a Aside,
    pictures: &'a Pictures,
    root: &'a Path,
    dir: &'a Path,
}

impl Publishing<'_> {
    fn publish(&self, path: &str, file: &File) -> Result<(), WriteError> {
        let target = self.dir.join(path);
        let at = |error| WriteError::Io(target.clone(), error);
        let (temporary, mut handle) = self.aside.file()?;
        match file {
            File::Made(bytes) => handle.write_all(bytes).map_err(at)?,
            File::Picture(..) | File::Drawing(..) | File::Card(_) => {
                let kept = self.pictures.path(file).unwrap_or_default();
                copy(kept, u64::MAX, &mut handle, at)?;
            }
            // A file that grows while it is copied is cut where it ended when it was read.
            File::Copied { from, len, .. } => copy(self.root.join(from.on_disk()), *len, &mut handle, at)?,
        }
        drop(handle);
        fs::rename(&temporary, &target).map_err(at)
    }
}

/// Copies at most so many bytes of a file. A fault of the file that is read is told at that file.
fn copy(from: PathBuf, len: u64, to: &mut fs::File, at: impl Fn(io::Error) -> WriteError) -> Result<(), WriteError> {
    let source = fs::File::open(&from).map_err(|error| WriteError::Io(from, error))?;
    io::copy(&mut source.take(len), to).map(|_| ()).map_err(at)
}

/// Removes a file of a former build and the folders that it leaves empty.
fn remove(dir: &Path, path: &str) -> Result<bool, WriteError> {
    check_folders(dir, std::iter::once(path))?;
    let target = dir.join(path);
    let removed = match fs::remove_file(&target) {
        Ok(()) => true,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => false,
        Err(error) => return Err(WriteError::Io(target, error)),
    };
    let mut rest = path;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        // Refused by the system where anything is left in it.
        if fs::remove_dir(dir.join(folder)).is_err() {
            break;
        }
        rest = folder;
    }
    Ok(removed)
}

fn write_manifest(aside: &Aside, dir: &Path, files: BTreeSet<String>) -> Result<(), WriteError> {
    let target = dir.join(MANIFEST);
    let at = |error: io::Error| WriteError::Io(target.clone(), error);
    let manifest = Manifest { generator: concat!("anteroom ", env!("CARGO_PKG_VERSION")).to_string(), files };
    let mut text = serde_json::to_vec_pretty(&manifest).map_err(|error| at(io::Error::other(error)))?;
    text.push(b'\n');
    let (temporary, mut handle) = aside.file()?;
    handle.write_all(&text).map_err(at)?;
    drop(handle);
    fs::rename(temporary, &target).map_err(at)
}

/// The folder in which files are written before they are renamed: inside the output folder, so that it lies
/// in the same file system.
struct Aside {
    folder: PathBuf,
    next: AtomicUsize,
}

impl Aside {
    /// Makes the folder anew; what a killed build left in it goes.
    fn new(dir: &Path) -> Result<Aside, WriteError> {
        let folder = dir.join(ASIDE);
        let at = |error| WriteError::Io(folder.clone(), error);
        if fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_symlink()) {
            return Err(WriteError::LinkedFolder(folder));
        }
        match fs::remove_dir_all(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(error)),
        }
        fs::create_dir_all(&folder).map_err(at)?;
        Ok(Aside { folder, next: AtomicUsize::new(0) })
    }

    fn file(&self) -> Result<(PathBuf, fs::File), WriteError> {
        let path = self.folder.join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        match fs::File::create_new(&path) {
            Ok(file) => Ok((path, file)),
            Err(error) => Err(WriteError::Io(path, error)),
        }
    }

    fn finish(self) {
        // Left empty by the renames; one that stays is removed by the next build.
        let _ = fs::remove_dir(&self.folder);
    }
}
