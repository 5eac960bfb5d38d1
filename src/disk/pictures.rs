//! The folder in which the files made of pictures and fonts are kept from one build to the next.
//!
//! Owns `.anteroom/pictures/` in a site's folder: what is known of each picture, by the hash of its bytes, and every file
//! that was made of one, by the hash and the recipe. Nothing in it is worth more than the time to make it again: it is
//! safe to delete, and safe to keep from one run of a build server to the next. How it is kept and believed is `kept`'s,
//! what is made is `picture`'s.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rayon::prelude::*;

use super::kept::Kept;
use super::temporary::Temporary;
use crate::font::cut::Cut;
use crate::markup::pictures::Picture;
use crate::output::{File, Output};
use crate::picture::card::{self, Card};
use crate::picture::{self, Facts};
use crate::source::SourcePath;

/// The folder below a site's own.
const FOLDER: &str = ".anteroom/pictures";

/// The kept files of one site.
pub struct Pictures {
    home: PathBuf,
    kept: Kept,
    gate: Gate,
    /// The folder for temporary files, for as long as pictures are kept in it.
    _temporary: Option<Arc<Temporary>>,
}

impl Pictures {
    /// The kept files of the site in `home`. Where its folder cannot be written to, one of the system's for temporary
    /// files serves.
    pub fn of(home: &Path) -> Pictures {
        let own = home.join(FOLDER);
        let is_own = fs::create_dir_all(&own).is_ok() && !is_linked(home);
        let temporary = (!is_own).then(|| Temporary::of_run().ok()).flatten();
        let folder = temporary.as_ref().map_or(own, |temporary| temporary.path().join("pictures"));
        Pictures { home: home.to_path_buf(), kept: Kept::new(folder), gate: Gate::default(), _temporary: temporary }
    }

    /// What a picture is, from the last time that these bytes were looked at, or by looking at them.
    pub(super) fn facts(&self, extension: &str, bytes: &[u8], hash: &[u8; 32]) -> Result<Facts, String> {
        let name = format!("{}.{extension}.json", &blake3::Hash::from_bytes(*hash).to_hex()[..32]);
        let known = self.kept.read(&name);
        if let Some(known) = known.and_then(|known| serde_json::from_slice::<Known>(&known).ok())
            && known.version == VERSION
        {
            return known.facts;
        }
        let _held = self.gate.enter(picture::memory(bytes));
        let facts = picture::read(extension, bytes);
        let known = Known { version: VERSION.to_string(), facts };
        if let Ok(text) = serde_json::to_vec(&known) {
            // What cannot be kept is looked at again.
            let _ = self.kept.keep(&name, &text);
        }
        known.facts
    }

    /// The bytes of a file that is made when it is published, made if they are not kept; `None` for files of other kinds.
    ///
    /// # Errors
    /// Where the picture cannot be read any more, or the file cannot be kept.
    pub fn file(&self, file: &File) -> io::Result<Option<Vec<u8>>> {
        let Some(name) = name(file) else { return Ok(None) };
        if let Some(kept) = self.kept.read(&name) {
            return Ok(Some(kept));
        }
        self.make(&Job::of(file).into_iter().collect::<Vec<_>>())?;
        let gone = || io::Error::other("the finished picture is gone; build again");
        self.kept.read(&name).map(Some).ok_or_else(gone)
    }

    /// Makes every file of an output's pictures that is not kept yet, on all cores. `told` hears how many pictures are
    /// done, of how many.
    ///
    /// # Errors
    /// The picture with which it failed, and why.
    pub(super) fn make_all(&self, output: &Output, told: &Told<'_>) -> Result<(), (PathBuf, io::Error)> {
        let mut missing: BTreeMap<String, Vec<Job<'_>>> = BTreeMap::new();
        let mut used = Vec::new();
        let whole: HashSet<String> = output
            .files
            .par_iter()
            .filter_map(|(_, file)| name(file))
            .filter(|name| self.kept.read(name).is_some())
            .collect();
        for (at, file) in &output.files {
            let Some(name) = name(file) else { continue };
            if !whole.contains(&name) {
                // What is made of one picture is made together, so that it is opened once.
                let of = if let File::Picture(from, _) = file { from.as_str() } else { at.as_str() };
                missing.entry(of.to_string()).or_default().extend(Job::of(file));
            }
            used.push(name);
        }
        if missing.is_empty() {
            return Ok(());
        }
        let missing: Vec<_> = missing.into_iter().collect();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let failed = Mutex::new(None);
        let work = || {
            while let Some((of, jobs)) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(error) = self.make(jobs) {
                    let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                    failed.get_or_insert((self.home.join(of), error));
                    return;
                }
                told(done.fetch_add(1, Ordering::Relaxed) + 1, missing.len());
            }
        };
        // Threads of their own: one that waits for room must not keep the workers from finishing what it waits for.
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(missing.len()) {
                scope.spawn(work);
            }
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(failed) => Err(failed),
            None => {
                self.kept.tidy(&used);
                Ok(())
            }
        }
    }

    /// Makes files of one source and keeps them.
    fn make(&self, jobs: &[Job<'_>]) -> io::Result<()> {
        let Some(first) = jobs.first() else { return Ok(()) };
        let bytes = match &first.source {
            Source::Card(card) => {
                let _held = self.gate.enter(u64::from(card::SIZE.width) * u64::from(card::SIZE.height) * 8);
                return self.keep_at(first.file, &card.draw().map_err(io::Error::other)?);
            }
            Source::Font(cut) => return self.keep_at(first.file, &cut.make().map_err(io::Error::other)?),
            Source::Bytes(bytes) => bytes.to_vec(),
            Source::File(from, wanted) => self.source(from, &wanted.hash)?,
        };
        let wanted: Vec<&Picture> = jobs.iter().filter_map(|job| job.picture).collect();
        let Some(facts) = wanted.first().map(|wanted| &wanted.facts) else { return Ok(()) };
        let recipes: Vec<_> = wanted.iter().map(|wanted| wanted.recipe).collect();
        let _held = self.gate.enter(picture::memory(&bytes) + picture::memory_to_write(facts, &recipes));
        let made = picture::make(&bytes, facts, &recipes).map_err(io::Error::other)?;
        jobs.iter().zip(made).try_for_each(|(job, bytes)| self.keep_at(job.file, &bytes))
    }

    /// The bytes of a picture of the site.
    fn source(&self, from: &SourcePath, hash: &[u8; 32]) -> io::Result<Vec<u8>> {
        let path = self.home.join(from.on_disk());
        // A link may have been put there since the site was read.
        if !path.canonicalize()?.starts_with(&self.home) {
            return Err(io::Error::other("it's outside the site"));
        }
        let bytes = fs::read(&path)?;
        match blake3::hash(&bytes).as_bytes() == hash {
            true => Ok(bytes),
            false => Err(io::Error::other("it changed during the build; build again")),
        }
    }

    fn keep_at(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        name(file).map_or(Ok(()), |name| self.kept.keep(&name, bytes))
    }
}

/// The name under which a file is kept that is made when it is published; `None` for files of other kinds.
fn name(file: &File) -> Option<String> {
    match file {
        File::Picture(_, wanted) | File::OfTheme(_, wanted) => {
            Some(format!("{}.{}", wanted.recipe.key(&wanted.hash), wanted.recipe.format.extension()))
        }
        File::Card(card) => Some(format!("{}.png", card.key())),
        File::Font(cut) => Some(format!("{}.woff2", cut.key())),
        File::Made(_) | File::Checked(_) | File::Copied { .. } => None,
    }
}

/// A file that is to be made.
struct Job<'a> {
    file: &'a File,
    source: Source<'a>,
    /// What is made of a picture.
    picture: Option<&'a Picture>,
}

/// What a file is made of.
enum Source<'a> {
    File(&'a SourcePath, &'a Picture),
    Bytes(&'a [u8]),
    Card(&'a Card),
    Font(&'a Cut),
}

impl<'a> Job<'a> {
    fn of(file: &'a File) -> Option<Job<'a>> {
        let (source, picture) = match file {
            File::Picture(from, wanted) => (Source::File(from, wanted), Some(wanted)),
            File::OfTheme(bytes, wanted) => (Source::Bytes(bytes), Some(wanted)),
            File::Card(card) => (Source::Card(card), None),
            File::Font(cut) => (Source::Font(cut), None),
            File::Made(_) | File::Checked(_) | File::Copied { .. } => return None,
        };
        Some(Job { file, source, picture })
    }
}

/// Hears how far the making of pictures is: how many are done, of how many.
pub type Told<'a> = dyn Fn(usize, usize) + Sync + 'a;

/// Whether one of the folders on the way to the kept files is a link that leads elsewhere.
fn is_linked(home: &Path) -> bool {
    [".anteroom", FOLDER]
        .iter()
        .any(|folder| fs::symlink_metadata(home.join(folder)).is_ok_and(|meta| meta.is_symlink()))
}

/// Another version knows other facts.
const VERSION: &str = "5";

#[derive(serde::Serialize, serde::Deserialize)]
struct Known {
    version: String,
    facts: Result<Facts, String>,
}

/// Lets as many pictures be opened at once as memory allows: one always.
#[derive(Default)]
struct Gate {
    taken: Mutex<u64>,
    left: Condvar,
}

impl Gate {
    fn enter(&self, memory: u64) -> Held<'_> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut u64| *taken > 0 && *taken + memory > picture::LARGEST;
        let mut taken = self.left.wait_while(taken, is_full).unwrap_or_else(PoisonError::into_inner);
        *taken += memory;
        Held { gate: self, memory }
    }
}

struct Held<'a> {
    gate: &'a Gate,
    memory: u64,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *self.gate.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.memory;
        self.gate.left.notify_all();
    }
}
