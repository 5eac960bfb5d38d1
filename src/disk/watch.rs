//! The system's word that something in a site may have changed.
//!
//! Owns waiting: for an event, for the end of a burst of them, for time to pass. What an event claims is not
//! believed beyond "look again": whoever waits reads the site and compares. So missed or doubled events cost
//! a look, never a wrong page.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// A burst of events is over when none has come for this long; editors save in several steps.
const QUIET: Duration = Duration::from_millis(6);
/// A burst that does not end is cut here.
const LONGEST_BURST: Duration = Duration::from_millis(250);

/// Why a wait ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Woken {
    /// Something may have changed.
    Event,
    /// The time is over.
    Time,
}

/// Watches a site's folders.
pub struct Watcher {
    events: Receiver<()>,
    /// Kept because dropping it ends the events; none where the system gives none.
    native: Option<RecommendedWatcher>,
    /// Whether each of the folders is watched.
    watched: [bool; FOLDERS.len()],
    home: std::path::PathBuf,
}

const FOLDERS: [&str; 2] = ["content", "themes"];

impl Watcher {
    /// Begins to watch `content/` and `themes/` of the site in `home`.
    pub fn new(home: &Path) -> Watcher {
        let (sender, events) = mpsc::channel();
        let native = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !is_reading(event.kind)) {
                // Nobody waits any more when the program ends.
                let _ = sender.send(());
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

    /// Whether the system tells of changes at all; else only the time wakes.
    pub fn is_native(&self) -> bool {
        self.native.is_some() && self.watched[0]
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
        match self.events.recv_timeout(longest) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return Woken::Time,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(longest);
                return Woken::Time;
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST_BURST && self.events.recv_timeout(QUIET).is_ok() {}
        Woken::Event
    }
}

/// Whether an event tells only that somebody, such as this program, has read a file.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
