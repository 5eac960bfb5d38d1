//! Building again whenever a site changes: what `serve` and `build --watch` share.
//!
//! Owns the order of a turn: wait, look, compare, build with what is remembered. Shows nothing.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::disk::{Reader, Watcher, Woken};
use crate::options::Options;
use crate::pipeline::{self, Build, Cache};
use crate::source::{SourcePath, Sources};

/// How often a site is looked at where the system tells of its changes, in case it does not tell of all.
const NOW_AND_THEN: Duration = Duration::from_secs(2);
/// How often it is looked at where the system tells of none.
const OFTEN: Duration = Duration::from_millis(500);
/// A look takes at most this part of the time.
const SHARE: u32 = 20;

/// What is said where the system does not tell of changes.
pub(super) const POLLING: &str =
    "This folder does not tell of its changes (a network drive?), so it is looked at again and again.";

/// A site that is followed.
pub(super) struct Live {
    reader: Reader,
    watcher: Watcher,
    cache: Cache,
    sources: Sources,
    options: Options,
    /// Whether the day is the machine's, and so changes at midnight.
    follows_the_day: bool,
    /// Whether changes were seen of which the system had told nothing.
    polls: bool,
    pause: Duration,
}

/// One build and what led to it.
pub(super) struct Turn {
    /// The build.
    pub build: Build,
    /// The files whose change led to it; all of them the first time.
    pub changed: Vec<SourcePath>,
    /// From the word of a change to the finished build.
    pub took: Duration,
    /// Whether this turn showed that the system does not tell of changes here.
    pub began_to_poll: bool,
}

impl Live {
    /// Reads and builds the site in `root` for the first time.
    ///
    /// # Errors
    /// Where the folder cannot be opened.
    pub fn start(root: &Path, options: Options, follows_the_day: bool) -> io::Result<(Live, Turn)> {
        let begun = Instant::now();
        let mut reader = Reader::new(root)?;
        // Watched before it is read: what changes in between is an event.
        let watcher = Watcher::new(reader.home());
        let sources = reader.read()?;
        let pause = pause(begun.elapsed(), watcher.is_native());
        let mut cache = Cache::on();
        let build = pipeline::build(&sources, &options, &mut cache);
        let began_to_poll = !watcher.is_native();
        let changed = sources.files.keys().cloned().collect();
        let turn = Turn { build, changed, took: begun.elapsed(), began_to_poll };
        Ok((Live { reader, watcher, cache, sources, options, follows_the_day, polls: began_to_poll, pause }, turn))
    }

    /// The files of the last build.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The site's folder, without links in its path.
    pub fn home(&self) -> &Path {
        self.reader.home()
    }

    /// Waits for the site to change and builds it again.
    ///
    /// # Errors
    /// Where the site's folder is gone.
    pub fn next(&mut self) -> io::Result<Turn> {
        loop {
            let woken = self.watcher.wait(self.pause);
            let begun = Instant::now();
            let sources = self.reader.read()?;
            self.watcher.follow();
            let mut began_to_poll = false;
            let changed = changed(&self.sources, &sources);
            if changed.is_empty() && self.sources.troubles == sources.troubles && !self.new_day() {
                self.pause = pause(begun.elapsed(), !self.polls);
                continue;
            }
            if woken == Woken::Time && !changed.is_empty() && !self.polls {
                // An event may only have been late: it is then waiting by now.
                began_to_poll = self.watcher.wait(Duration::from_millis(50)) == Woken::Time;
                self.polls |= began_to_poll;
                self.pause = pause(begun.elapsed(), !self.polls);
            }
            self.sources = sources;
            let build = pipeline::build(&self.sources, &self.options, &mut self.cache);
            return Ok(Turn { build, changed, took: begun.elapsed(), began_to_poll });
        }
    }

    /// Whether the day has changed since the last build.
    fn new_day(&mut self) -> bool {
        let today = jiff::Zoned::now().date();
        if !self.follows_the_day || today == self.options.today {
            return false;
        }
        self.options.today = today;
        true
    }
}

fn pause(look: Duration, told: bool) -> Duration {
    (look * SHARE).max(if told { NOW_AND_THEN } else { OFTEN })
}

/// The files that were added, removed or given another content.
fn changed(before: &Sources, after: &Sources) -> Vec<SourcePath> {
    let differs = |path: &&SourcePath| before.files.get(*path) != after.files.get(*path);
    let gone = before.files.keys().filter(|path| !after.files.contains_key(*path));
    let changed: BTreeSet<&SourcePath> = after.files.keys().filter(differs).chain(gone).collect();
    changed.into_iter().cloned().collect()
}
