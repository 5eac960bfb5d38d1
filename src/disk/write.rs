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

use rayon::prelude::*;

use super::manifest::{self, MANIFEST, former, is_removable};
use super::place::{self, Aside, Lock};
use super::{Pictures, Told};
use crate::output::{File, Output};

/// What publishing did.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Written {
    /// Files that are new or differ.
    pub written: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files of a former build that are gone.
    pub removed: usize,
    /// Hidden files of a former build that only their owner removes.
    pub left: Vec<String>,
}

/// Why publishing did not happen or did not finish.
#[derive(Debug)]
pub enum WriteError {
    /// The folder, or a file or folder in the way, was not written by Anteroom. Nothing has been changed.
    Foreign(PathBuf),
    /// The output folder lies where the site is read from, or holds it. Nothing has been changed.
    InTheSite(PathBuf, PathBuf),
    /// Another build is writing into the folder. Nothing has been changed.
    Busy(PathBuf),
    /// The manifest is not as Anteroom wrote it. Nothing has been changed.
    Manifest(PathBuf, String),
    /// A folder inside the output is a link that leads elsewhere. Nothing has been changed.
    LinkedFolder(PathBuf),
    /// The system refused. Every file is whole, old or new; the next build completes.
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Foreign(path) => {
                write!(f, "`{}` wasn't made by Anteroom, so it was left alone", path.display())
            }
            WriteError::InTheSite(path, folder) if folder.starts_with(path) => {
                write!(f, "the website can't be written to `{}`: the site itself is in there", path.display())
            }
            WriteError::InTheSite(path, folder) => {
                let (path, folder) = (path.display(), folder.display());
                write!(f, "the website can't be written to `{path}`: it's inside `{folder}`, a folder of the site")
            }
            WriteError::Busy(path) => write!(f, "another build is writing to `{}`", path.display()),
            WriteError::Manifest(path, why) => {
                write!(f, "`{}` no longer says which files Anteroom wrote: {why}", path.display())
            }
            WriteError::LinkedFolder(path) => {
                write!(f, "`{}` is a link to a place outside the output folder", path.display())
            }
            WriteError::Io(path, error) => write!(f, "`{}` can't be written: {error}", path.display()),
        }
    }
}

/// Publishes `output` in `dir`; files that are copied come from the site in `root`, those that are made of pictures are
/// kept there. `told` hears how far the making of pictures is.
///
/// # Errors
/// See [`WriteError`].
pub fn write(output: &Output, root: &Path, dir: &Path, told: &Told<'_>) -> Result<Written, WriteError> {
    let root = &root.canonicalize().map_err(|error| WriteError::Io(root.to_path_buf(), error))?;
    place::check(root, dir)?;
    // What cannot be published or made is known before the first file is touched.
    former(dir)?;
    let pictures = &Pictures::of(root);
    pictures.make_all(output, told).map_err(|(path, error)| WriteError::Io(path, error))?;
    let wanted: BTreeMap<&str, &File> = output.files.iter().map(|(path, file)| (path.as_str(), file)).collect();
    let fresh = !dir.exists();
    let _lock = Lock::take(dir)?;
    let ours = former(dir)?;
    Aside::check(dir)?;
    let states: Vec<(&str, State)> = if fresh {
        wanted.keys().map(|path| (*path, State::Missing)).collect()
    } else {
        check_folders(dir, wanted.keys().copied(), &ours)?;
        wanted
            .par_iter()
            .map(|(path, file)| Ok((*path, state(dir, path, file, pictures, &ours)?)))
            .collect::<Result<_, WriteError>>()?
    };
    if let Some((path, _)) = states.iter().find(|(path, state)| *state == State::Differs && !ours.contains(*path)) {
        return Err(WriteError::Foreign(dir.join(path)));
    }
    let gone = ours.iter().filter(|path| !wanted.contains_key(path.as_str()));
    let (stale, hidden): (Vec<&String>, Vec<&String>) = gone.partition(|path| is_removable(path));
    let left: Vec<String> =
        hidden.into_iter().filter(|path| fs::symlink_metadata(dir.join(path)).is_ok()).cloned().collect();
    let changed: Vec<&str> = states.iter().filter(|(_, state)| *state != State::Same).map(|(path, _)| *path).collect();
    let new: BTreeSet<String> = wanted.keys().map(ToString::to_string).chain(left.iter().cloned()).collect();
    let mut written = Written { written: changed.len(), unchanged: states.len() - changed.len(), removed: 0, left };
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
    for (path, _) in states.iter().filter(|(_, state)| *state == State::Folder) {
        remove_empty(&dir.join(path));
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

/// Every folder that will hold a file must be a real one, or a file of ours that goes.
fn check_folders<'a>(
    dir: &Path,
    paths: impl Iterator<Item = &'a str>,
    ours: &BTreeSet<String>,
) -> Result<(), WriteError> {
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
        let path = dir.join(folder);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_symlink() => return Err(WriteError::LinkedFolder(path)),
            Ok(meta) if !meta.is_dir() && !ours.contains(folder) => return Err(WriteError::Foreign(path)),
            _ => {}
        }
    }
    Ok(())
}

/// A file of somebody else's below a folder in whose place a file is wanted.
fn foreign_below(dir: &Path, folder: &str, ours: &BTreeSet<String>) -> io::Result<Option<PathBuf>> {
    for entry in fs::read_dir(dir.join(folder))? {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        let foreign = match entry.file_type()?.is_dir() {
            true => foreign_below(dir, &name, ours)?,
            false => Some(entry.path()).filter(|_| !ours.contains(&name) || !is_removable(&name)),
        };
        if foreign.is_some() {
            return Ok(foreign);
        }
    }
    Ok(None)
}

/// Removes a folder in which there is nothing but folders. The system keeps one with anything else in it.
fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    let _ = fs::remove_dir(folder);
}

/// How a wanted file stands to the one on the disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Missing,
    /// A folder has its place, in which nothing is but what a former build made.
    Folder,
    Differs,
    Same,
}

fn state(
    dir: &Path,
    path: &str,
    file: &File,
    pictures: &Pictures,
    ours: &BTreeSet<String>,
) -> Result<State, WriteError> {
    let target = &dir.join(path);
    let meta = match fs::symlink_metadata(target) {
        Ok(meta) => meta,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(State::Missing);
        }
        Err(error) => return Err(WriteError::Io(target.to_path_buf(), error)),
    };
    if meta.is_dir() {
        return match foreign_below(dir, path, ours) {
            Ok(None) => Ok(State::Folder),
            Ok(Some(foreign)) => Err(WriteError::Foreign(foreign)),
            Err(error) => Err(WriteError::Io(target.to_path_buf(), error)),
        };
    }
    let same = meta.is_file()
        && match file {
            File::Made(bytes) => meta.len() == bytes.len() as u64 && fs::read(target).is_ok_and(|old| old == **bytes),
            File::Picture(..) | File::OfTheme(..) | File::Card(_) | File::Font(_) => {
                let kept = pictures.file(file).ok().flatten();
                kept.is_some_and(|kept| fs::read(target).is_ok_and(|old| old == kept))
            }
            File::Checked(_) => false,
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
            File::Picture(..) | File::OfTheme(..) | File::Card(_) | File::Font(_) => {
                let made = self.pictures.file(file).map_err(at)?.unwrap_or_default();
                handle.write_all(&made).map_err(at)?;
            }
            File::Checked(_) => return Err(at(io::Error::other("the page was only checked"))),
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
    let target = dir.join(path);
    if let Some(link) = target.ancestors().skip(1).take(path.matches('/').count()).find(|path| path.is_symlink()) {
        return Err(WriteError::LinkedFolder(link.to_path_buf()));
    }
    // A build that was killed may have put the folder there already that takes its place.
    if fs::symlink_metadata(&target).is_ok_and(|meta| meta.is_dir()) {
        return Ok(false);
    }
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
    let text = manifest::text(files).map_err(at)?;
    let (temporary, mut handle) = aside.file()?;
    handle.write_all(&text).map_err(at)?;
    drop(handle);
    fs::rename(temporary, &target).map_err(at)
}
