//! Stage 1: folders as [`Sources`].
//!
//! Owns which files of a site count, and that nothing outside the site is read: links are followed only to
//! places inside it. What cannot be read becomes a trouble, so that the rest is still looked at.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{FOLDERS, Pictures};
use crate::font;
use crate::markup::pictures::EXTENSIONS;
use crate::picture;
use crate::source::{Asset, Content, SourcePath, Sources, Trouble};
use crate::theme;

/// Text files larger than this are refused.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// Pictures whose files are larger than this are not opened.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// A file whose last change is younger than this when it is read may change again without its time saying
/// so: file systems count in steps of up to two seconds.
const STEP: Duration = Duration::from_secs(2);

/// Reads the site in `root`: its `content/` and `themes/`.
///
/// # Errors
/// Where `root` itself cannot be opened; everything below it that cannot be read is a trouble.
pub fn read(root: &Path) -> io::Result<Sources> {
    Reader::new(root)?.read()
}

/// Reads a site again and again; files that have not changed are not opened again, and their bytes are
/// shared with what was read before.
pub struct Reader {
    home: PathBuf,
    pictures: Pictures,
    last: HashMap<SourcePath, (Stamp, Content)>,
}

/// What tells without opening it that a file has not changed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: SystemTime,
    /// Where the system tells them: the file's number, and when its name, rights or content last changed.
    inode: (u64, i64, i64),
    /// Whether the time is old enough to be believed.
    settled: bool,
}

impl Reader {
    /// A reader for the site in `root`.
    ///
    /// # Errors
    /// Where `root` cannot be opened.
    pub fn new(root: &Path) -> io::Result<Reader> {
        let home = root.canonicalize()?;
        Ok(Reader { pictures: Pictures::of(&home), home, last: HashMap::new() })
    }

    /// The site's folder, without links in its path.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Reads the site as it is now.
    ///
    /// # Errors
    /// Where the site's folder is gone.
    pub fn read(&mut self) -> io::Result<Sources> {
        fs::metadata(&self.home)?;
        let mut sources = Sources::default();
        let mut found = Vec::new();
        for folder in FOLDERS {
            if self.home.join(folder).is_dir() {
                walk(&self.home, folder, &mut found, &mut sources.troubles);
            }
        }
        let now = SystemTime::now();
        let this = &*self;
        let read: Vec<_> = found.into_par_iter().map(|(path, file)| (this.one(&path, &file, now), path)).collect();
        let mut stamped = HashMap::with_capacity(read.len());
        for (result, path) in read {
            match result {
                Ok((stamp, content)) => {
                    stamped.insert(path.clone(), (stamp, content.clone()));
                    match sources.files.entry(path) {
                        Entry::Occupied(taken) => sources.troubles.push((taken.key().clone(), Trouble::SameName)),
                        Entry::Vacant(place) => drop(place.insert(content)),
                    }
                }
                Err(trouble) => sources.troubles.push((path, trouble)),
            }
        }
        self.last = stamped;
        sources.troubles.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(sources)
    }

    /// Looks only at the files of `named`, the rest taken from `before`, which this reader read last. `None`
    /// where more may have changed than what known files hold; a whole look tells then.
    pub fn read_named(&mut self, before: &Sources, named: &BTreeSet<PathBuf>) -> Option<Sources> {
        let now = SystemTime::now();
        let mut sources = before.clone();
        for file in named {
            let name = file.file_name()?.to_str()?;
            if is_litter(name) {
                continue;
            }
            let path = SourcePath::new(file.strip_prefix(&self.home).ok()?.to_str()?)?;
            if !self.last.contains_key(&path) || !fs::symlink_metadata(file).ok()?.is_file() {
                return None;
            }
            let (stamp, content) = self.one(&path, file, now).ok()?;
            self.last.insert(path.clone(), (stamp, content.clone()));
            sources.files.insert(path, content);
        }
        (!named.is_empty()).then_some(sources)
    }

    /// A file with its stamp: what is known of it where nothing has changed, else what it holds now.
    fn one(&self, path: &SourcePath, file: &Path, now: SystemTime) -> Result<(Stamp, Content), Trouble> {
        let metadata = fs::metadata(file).map_err(|error| Trouble::Unreadable(error.to_string()))?;
        let stamp = stamp(&metadata, now);
        let known = self.last.get(path);
        if let Some((before, content)) = known
            && before.settled
            && *before == stamp
        {
            return Ok((stamp, content.clone()));
        }
        let new = content(path, file, metadata.len(), &self.pictures)?;
        // Saved again without a change: the bytes stay those that everything else already shares.
        let content = known.map(|(_, before)| before).filter(|before| **before == new).cloned().unwrap_or(new);
        Ok((stamp, content))
    }
}

fn stamp(metadata: &fs::Metadata, now: SystemTime) -> Stamp {
    let modified = metadata.modified().unwrap_or(now);
    let settled = now.duration_since(modified).is_ok_and(|age| age > STEP);
    #[cfg(unix)]
    let inode = {
        use std::os::unix::fs::MetadataExt;
        (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
    };
    #[cfg(not(unix))]
    let inode = (0, 0, 0);
    Stamp { len: metadata.len(), modified, inode, settled }
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
                    Some(_) => Trouble::BadLink("it points to a folder that contains it".to_string()),
                    None if error.path().is_some_and(Path::is_symlink) => {
                        Trouble::BadLink("it points to nothing".to_string())
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
            troubles.push((path, Trouble::BadLink("it points outside the site".to_string())));
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
    name.starts_with('.') || is_litter(name) || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// What editors leave beside a file while they save it.
fn is_litter(name: &str) -> bool {
    name.ends_with('~') || (name.starts_with('#') && name.ends_with('#')) || name.ends_with(".swp")
}

fn content(path: &SourcePath, file: &Path, len: u64, pictures: &Pictures) -> Result<Content, Trouble> {
    let unreadable = |error: io::Error| Trouble::Unreadable(error.to_string());
    let extension = path.extension();
    let is_text = is_text(path);
    if is_text && len > LARGEST_TEXT {
        return Err(Trouble::TooLarge(len));
    }
    if is_text {
        return fs::read(file).map(|bytes| Content::Text(bytes.into())).map_err(unreadable);
    }
    let is_picture = EXTENSIONS.contains(&extension.as_str());
    if is_picture && len <= LARGEST_PICTURE {
        let bytes = fs::read(file).map_err(unreadable)?;
        let hash = *blake3::hash(&bytes).as_bytes();
        let facts = pictures.facts(&extension, &bytes, &hash);
        return Ok(Content::Asset(Asset { len, hash, picture: Some(facts) }));
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(file).map_err(unreadable)?).map_err(unreadable)?;
    let picture = is_picture.then(|| Err("it's larger than 64 MiB".to_string()));
    Ok(Content::Asset(Asset { len, hash: *hasher.finalize().as_bytes(), picture }))
}

/// Whether a file is read as a text; the others are copied.
fn is_text(path: &SourcePath) -> bool {
    const FOR_HOSTS: [&str; 3] = ["content/static/_headers", "content/static/_redirects", "content/static/.htaccess"];
    let is_for_hosts = FOR_HOSTS.contains(&path.as_str());
    // What a setting names is cut to the letters that the site prints.
    let is_font = path.inside(theme::FONTS).is_some() && font::ENDINGS.contains(&path.extension().as_str());
    path.inside("themes").is_some()
        || is_for_hosts
        || is_font
        || path.as_str() == "content/references.json"
        || (matches!(path.extension().as_str(), "md" | "yaml" | "yml" | "bib")
            && path.inside("content/static").is_none())
}

/// A file that lies in the program instead of on a disk.
pub(crate) fn embedded(path: &SourcePath, bytes: &[u8]) -> Content {
    if is_text(path) {
        return Content::Text(bytes.to_vec().into());
    }
    let extension = path.extension();
    let picture = EXTENSIONS.contains(&extension.as_str()).then(|| picture::read(&extension, bytes));
    Content::Asset(Asset { len: bytes.len() as u64, hash: *blake3::hash(bytes).as_bytes(), picture })
}
