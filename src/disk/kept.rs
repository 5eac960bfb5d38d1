//! Files that are kept from one build to the next, and believed only as far as they were not touched since.
//!
//! Owns how a kept file is written and read: behind its bytes stands a hash of its name and them, it is opened without
//! following links, and it lies on the disk before it has its name. One that is cut, emptied, replaced or forged is as
//! one that is not there. What is kept is `pictures`'s.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

/// More than this is not kept, unless the site itself needs more.
const MOST: u64 = 1024 * 1024 * 1024;
/// What no build has wanted for so long is not kept either.
const LONGEST: Duration = Duration::from_secs(60 * 60 * 24 * 60);
/// No kept file is so large.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Tells the files apart that threads and builds of this process write.
static NEXT: AtomicUsize = AtomicUsize::new(0);

/// A folder of kept files.
pub(super) struct Kept {
    folder: PathBuf,
}

impl Kept {
    pub fn new(folder: PathBuf) -> Kept {
        Kept { folder }
    }

    /// What was kept under a name, if it is as it was kept.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = open(&self.folder.join(name)).ok()?;
        let end = bytes.len().checked_sub(blake3::OUT_LEN)?;
        let is_whole = bytes[end..] == *seal(name, &bytes[..end]).as_bytes();
        bytes.truncate(end);
        is_whole.then_some(bytes)
    }

    /// Writes a file whole or not at all.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let target = self.folder.join(name);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let aside = self.folder.join(format!("{}-{number}.part", std::process::id()));
        // One that a killed build of the same number left; of a link, the link.
        let _ = fs::remove_file(&aside);
        let written = fs::File::create_new(&aside).and_then(|mut file| {
            file.write_all(bytes)?;
            file.write_all(seal(name, bytes).as_bytes())?;
            file.sync_all()
        });
        if fs::symlink_metadata(&target).is_ok_and(|meta| meta.is_dir()) {
            let _ = fs::remove_dir_all(&target);
        }
        let kept = written.and_then(|()| fs::rename(&aside, target));
        if kept.is_err() {
            let _ = fs::remove_file(&aside);
        }
        kept
    }

    /// Forgets what is old, and what is oldest where there is too much; never what this build uses.
    pub fn tidy(&self, used: &[String]) {
        let used: std::collections::HashSet<&str> = used.iter().map(String::as_str).collect();
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let now = SystemTime::now();
        let mut total = 0;
        let mut unused = Vec::new();
        for entry in entries.flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            total += metadata.len();
            if !entry.file_name().to_str().is_some_and(|name| used.contains(name)) {
                let age = metadata.modified().ok().and_then(|time| now.duration_since(time).ok()).unwrap_or_default();
                unused.push((age, metadata.len(), entry.path()));
            }
        }
        unused.sort_unstable_by(|a, b| b.cmp(a));
        for (age, len, path) in unused {
            if age < LONGEST && total < MOST {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total = total.saturating_sub(len);
            }
        }
    }
}

/// What shows that bytes were kept under this name: whole, and not those of another.
fn seal(name: &str, bytes: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(bytes);
    hasher.finalize()
}

/// The bytes of an ordinary file; a link is not followed and a pipe not waited for.
fn open(path: &Path) -> io::Result<Vec<u8>> {
    let seen = fs::symlink_metadata(path)?;
    if !seen.is_file() || seen.len() > LARGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let file = fs::File::open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let opened = file.metadata()?;
        if (opened.dev(), opened.ino()) != (seen.dev(), seen.ino()) {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    let mut bytes = Vec::with_capacity(usize::try_from(seen.len()).unwrap_or_default());
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
