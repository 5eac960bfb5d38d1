//! The system's word that something in a site may have changed.
//!
//! Owns waiting: for an event, for the end of a burst of them, for time to pass. What an event claims is not
//! believed beyond "look again": whoever waits reads the site and compares. So missed or doubled events cost
//! a look, never a wrong page.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::FOLDERS;

/// A burst of events is over when none has come for this long; editors save in several steps.
const QUIET: Duration = Duration::from_millis(4);
/// A burst that does not end is cut here.
const LONGEST_BURST: Duration = Duration::from_millis(250);

/// Why a wait ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Woken {
    /// Something may have changed, probably here.
    Event(BTreeSet<PathBuf>),
    /// The time is over.
    Time,
}

/// Watches a site's folders.
pub struct Watcher {
    events: Receiver<Vec<PathBuf>>,
    /// Kept because dropping it ends the events; none where the system gives none.
    native: Option<RecommendedWatcher>,
    /// Whether each of the folders is watched.
    watched: [bool; FOLDERS.len()],
    home: PathBuf,
}

impl Watcher {
    /// Begins to watch `content/` and `themes/` of the site in `home`.
    pub fn new(home: &Path) -> Watcher {
        let (sender, events) = mpsc::channel();
        let native = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // An error, such as an overflow, names no path; it too means that something may have changed.
            let paths =
                event.map_or_else(|_| Some(Vec::new()), |event| (!is_reading(event.kind)).then_some(event.paths));
            if let Some(paths) = paths {
                // Nobody waits any more when the program ends.
                let _ = sender.send(paths);
            }
        });
        let mut native = native.ok();
        if let Some(watcher) = &mut native {
            // The folder itself tells when one of the two comes or goes; what lies elsewhere in it, such as
            // `public/`, is not watched.
            let _ = watcher.watch(home, RecursiveMode::NonRecursive);
        }
        let mut watcher = Watcher { events, native, watched: [false; FOLDERS.len()], home: home.to_path_buf() };
        watcher.follow();
        watcher
    }

    /// Whether the system tells of changes in each folder that there is; else only the time wakes.
    pub fn is_native(&self) -> bool {
        let mut folders = FOLDERS.iter().zip(&self.watched);
        self.native.is_some() && folders.all(|(folder, watched)| *watched || !self.home.join(folder).is_dir())
    }

    /// Watches the folders that exist; to be called after each look, since folders come and go.
    pub fn follow(&mut self) {
        let Some(native) = &mut self.native else { return };
        for (folder, watched) in FOLDERS.iter().zip(&mut self.watched) {
            let path = self.home.join(folder);
            if !path.is_dir() {
                *watched = false;
            } else if !*watched {
                *watched = native.watch(&path, RecursiveMode::Recursive).is_ok();
            }
        }
    }

    /// Waits for a burst of events to begin and to end, at most `longest` for its beginning.
    pub fn wait(&self, longest: Duration) -> Woken {
        let mut named = BTreeSet::new();
        match self.events.recv_timeout(longest) {
            Ok(paths) => named.extend(paths),
            Err(RecvTimeoutError::Timeout) => return Woken::Time,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(longest);
                return Woken::Time;
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST_BURST
            && let Ok(paths) = self.events.recv_timeout(QUIET)
        {
            named.extend(paths);
        }
        Woken::Event(named)
    }
}

/// Whether an event tells only that somebody, such as this program, has read a file.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
