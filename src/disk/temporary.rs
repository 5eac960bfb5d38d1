//! A folder of this run's own among the system's temporary files.
//!
//! Owns that nobody else can read it or have it ready: its name cannot be guessed, it must not be there, and only this user
//! may enter. It goes with whoever holds it last. Where the run is killed, the next one takes it away: a file in it is
//! locked for as long as its run lives.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// What its name begins with.
const PREFIX: &str = "anteroom-run-";

/// The file in it that is locked.
const LOCK: &str = "lock";

/// The folder that the run has, if it has one: whoever asks next shares it.
static OF_RUN: Mutex<Weak<Temporary>> = Mutex::new(Weak::new());

/// The folder of this run. Removed when it is dropped.
pub(super) struct Temporary {
    folder: PathBuf,
    /// Held open: the system unlocks it however the run ends.
    _lock: fs::File,
}

impl Temporary {
    /// The folder of this run, made where there is none yet.
    pub fn of_run() -> io::Result<Arc<Temporary>> {
        let mut known = OF_RUN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.upgrade() {
            return Ok(known);
        }
        let made = Arc::new(Temporary::new(&std::env::temp_dir())?);
        *known = Arc::downgrade(&made);
        Ok(made)
    }

    fn new(among: &Path) -> io::Result<Temporary> {
        // Keys of the hasher are the system's random numbers.
        let random = || RandomState::new().build_hasher().finish();
        let folder = among.join(format!("{PREFIX}{:016x}{:016x}", random(), random()));
        private(&folder)?;
        let locked = fs::File::create_new(folder.join(LOCK)).and_then(|file| {
            file.try_lock()?;
            Ok(file)
        });
        match locked {
            Ok(lock) => {
                remove_stale(among, &folder);
                Ok(Temporary { folder, _lock: lock })
            }
            Err(error) => {
                let _ = fs::remove_dir_all(&folder);
                Err(error)
            }
        }
    }

    pub fn path(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes the folder of this run now: for an end at which nothing is dropped.
pub fn remove_temporary() {
    let known = OF_RUN.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
    if let Some(known) = known {
        let _ = fs::remove_dir_all(known.path());
    }
}

/// Makes a folder that only this user may enter; an error where something is there already, be it a link.
pub(super) fn private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes away what killed runs of the same user have left: folders with a lock that nobody holds.
fn remove_stale(among: &Path, own: &Path) {
    let Ok(entries) = fs::read_dir(among) else { return };
    for entry in
        entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX)))
    {
        let path = entry.path();
        if path == own || !is_same_owner(&path, own) {
            continue;
        }
        // One that is being made has no lock yet.
        let is_left = fs::symlink_metadata(path.join(LOCK)).is_ok_and(|meta| meta.is_file())
            && fs::File::open(path.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
        if is_left {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Whether both are folders, no links, and of one owner.
fn is_same_owner(one: &Path, other: &Path) -> bool {
    let (Ok(one), Ok(other)) = (fs::symlink_metadata(one), fs::symlink_metadata(other)) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if one.uid() != other.uid() {
            return false;
        }
    }
    one.is_dir() && other.is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_a_folder_of_its_own_and_leaves_none() {
        let among = std::env::temp_dir().join(format!("anteroom-temporary-{}", std::process::id()));
        fs::create_dir_all(&among).unwrap();
        let first = Temporary::new(&among).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(first.path()).unwrap().permissions().mode() & 0o777, 0o700);
        }
        // What a killed run left, one that is being made, a link, and somebody's file.
        let (left, making) = (among.join(format!("{PREFIX}left")), among.join(format!("{PREFIX}making")));
        private(&left).unwrap();
        fs::write(left.join(LOCK), "").unwrap();
        fs::write(left.join("picture"), "a").unwrap();
        private(&making).unwrap();
        fs::write(among.join("mine"), "a").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&left, among.join(format!("{PREFIX}link"))).unwrap();
        let second = Temporary::new(&among).unwrap();
        assert_ne!(first.path(), second.path());
        assert!(first.path().exists() && making.exists() && among.join("mine").exists() && !left.exists());
        assert!(private(second.path()).is_err(), "what is there already is never taken for one's own");
        let gone = [first.path().to_path_buf(), second.path().to_path_buf()];
        drop((first, second));
        assert!(gone.iter().all(|path| !path.exists()));
        fs::remove_dir_all(among).unwrap();
    }
}
