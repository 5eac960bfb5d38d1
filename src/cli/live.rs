//! Building again whenever a site changes: what `serve` and `build --watch` share.
//!
//! Owns the order of a turn: wait, look, compare, build with what is remembered. Shows nothing.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::gallery::Gallery;
use super::wearing::Wearing;
use crate::disk::{Reader, Watcher, Woken};
use crate::options::Options;
use crate::pipeline::{self, Build, Cache};
use crate::source::{SourcePath, Sources};

/// How often a site is looked at where the system tells of its changes, in case it does not tell of all.
const NOW_AND_THEN: Duration = Duration::from_secs(2);
/// How often it is looked at where the system tells of none.
const OFTEN: Duration = Duration::from_millis(500);
/// When a whole look follows one at a few files.
const SOON: Duration = Duration::from_millis(150);
/// A look takes at most this part of the time.
const SHARE: u32 = 20;

/// What is said where the system does not tell of changes.
pub(super) const POLLING: &str =
    "This folder doesn't report changes (is it a network drive?), so Anteroom keeps checking it.";

/// What of a site's folder is shown.
#[derive(Clone, Copy)]
pub(super) enum Shows {
    /// The site.
    Site,
    /// One of the specimen sites, in the site's theme.
    Specimen(&'static str),
    /// The full specimen in every theme.
    Gallery,
}

/// What is shown in the place of the site: it wears the site's themes, and knows nothing of its content.
enum Sample {
    Specimen(Wearing),
    Gallery(Gallery),
}

impl Sample {
    fn new(shows: Shows, folder: &Sources, options: &Options) -> io::Result<Option<Sample>> {
        Ok(match shows {
            Shows::Site => None,
            Shows::Specimen(name) => Some(Sample::Specimen(Wearing::new(name, folder, options)?)),
            Shows::Gallery => Some(Sample::Gallery(Gallery::new(folder, options)?)),
        })
    }

    fn follow(&mut self, folder: &Sources, options: &Options) {
        match self {
            Sample::Specimen(wearing) => wearing.follow(folder, options),
            Sample::Gallery(gallery) => gallery.follow(folder, options),
        }
    }

    fn build(&mut self, options: &Options, cache: &mut Cache) -> Build {
        match self {
            Sample::Specimen(wearing) => pipeline::build(&wearing.sources, &wearing.options(options), cache),
            Sample::Gallery(gallery) => gallery.build(options),
        }
    }

    fn sources(&self) -> &Sources {
        match self {
            Sample::Specimen(wearing) => &wearing.sources,
            Sample::Gallery(gallery) => &gallery.sources,
        }
    }

    fn described(&self) -> String {
        match self {
            Sample::Specimen(wearing) => wearing.described(),
            Sample::Gallery(gallery) => gallery.described(),
        }
    }

    fn home(&self) -> &Path {
        match self {
            Sample::Specimen(wearing) => wearing.home(),
            Sample::Gallery(gallery) => gallery.home(),
        }
    }
}

/// A site that is followed.
pub(super) struct Live {
    reader: Reader,
    watcher: Watcher,
    cache: Cache,
    /// The site's folder as it was read.
    sources: Sources,
    sample: Option<Sample>,
    options: Options,
    /// Whether the day is the machine's, and so changes at midnight.
    follows_the_day: bool,
    /// Whether changes were seen of which the system had told nothing.
    polls: bool,
    pause: Duration,
    /// Whether the last look was at the files only that events had named.
    hurried: bool,
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
    pub fn start(root: &Path, shows: Shows, options: Options, follows_the_day: bool) -> io::Result<(Live, Turn)> {
        let begun = Instant::now();
        let mut reader = Reader::new(root)?;
        // Watched before it is read: what changes in between is an event.
        let watcher = Watcher::new(reader.home());
        let sources = reader.read()?;
        let pause = pause(begun.elapsed(), watcher.is_native());
        let began_to_poll = !watcher.is_native();
        let sample = Sample::new(shows, &sources, &options)?;
        let mut live = Live {
            reader,
            watcher,
            cache: Cache::on(),
            sources,
            sample,
            options,
            follows_the_day,
            polls: began_to_poll,
            pause,
            hurried: false,
        };
        let build = live.build();
        let changed = live.sources().files.keys().cloned().collect();
        Ok((live, Turn { build, changed, took: begun.elapsed(), began_to_poll }))
    }

    fn build(&mut self) -> Build {
        match &mut self.sample {
            Some(sample) => sample.build(&self.options, &mut self.cache),
            None => pipeline::build(&self.sources, &self.options, &mut self.cache),
        }
    }

    /// The files of the last build.
    pub fn sources(&self) -> &Sources {
        self.sample.as_ref().map_or(&self.sources, Sample::sources)
    }

    /// What is shown, where it is not the site itself.
    pub fn described(&self) -> Option<String> {
        self.sample.as_ref().map(Sample::described)
    }

    /// The folder in which the files lie that are published as they are.
    pub fn home(&self) -> &Path {
        self.sample.as_ref().map_or(self.reader.home(), Sample::home)
    }

    /// Where a file of the last build lies.
    pub fn on_disk(&self, path: &SourcePath) -> PathBuf {
        let home = if path.inside("themes").is_some() { self.reader.home() } else { self.home() };
        home.join(path.on_disk())
    }

    /// Waits for the site to change and builds it again.
    ///
    /// # Errors
    /// Where the site's folder is gone.
    pub fn next(&mut self) -> io::Result<Turn> {
        loop {
            let woken = self.watcher.wait(if self.hurried { SOON } else { self.pause });
            let begun = Instant::now();
            // An edit of known files is shown at once; whether it was all is looked at soon after.
            let named = match &woken {
                Woken::Event(named) => self.reader.read_named(&self.sources, named),
                Woken::Time => None,
            };
            let was_hurried = std::mem::replace(&mut self.hurried, named.is_some());
            let sources = named.map_or_else(|| self.reader.read(), Ok)?;
            self.watcher.follow();
            let mut began_to_poll = false;
            let changed = differing(&self.sources.files, &sources.files, |old, new| old == new);
            let changed: Vec<SourcePath> = changed.into_iter().filter(|path| self.is_shown(path)).cloned().collect();
            let is_new_day = self.new_day();
            if changed.is_empty() && self.sources.troubles == sources.troubles && !is_new_day {
                self.pause = pause(begun.elapsed(), !self.polls);
                continue;
            }
            if woken == Woken::Time && !changed.is_empty() && !self.polls && !was_hurried {
                // An event may only have been late: it is then waiting by now.
                began_to_poll = self.watcher.wait(Duration::from_millis(50)) == Woken::Time;
                self.polls |= began_to_poll;
                // The event may also have told of something newer than this look.
                self.hurried = !began_to_poll;
                self.pause = pause(begun.elapsed(), !self.polls);
            }
            self.sources = sources;
            if let Some(sample) = &mut self.sample {
                sample.follow(&self.sources, &self.options);
            }
            let build = self.build();
            return Ok(Turn { build, changed, took: begun.elapsed(), began_to_poll });
        }
    }

    /// Whether what is shown depends on a file.
    fn is_shown(&self, path: &SourcePath) -> bool {
        self.sample.is_none() || path.inside("themes").is_some() || path.as_str() == "content/practice.yaml"
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

/// The names that only one of two maps has, or that have another value in the other.
pub(super) fn differing<'m, K: Ord, V>(
    before: &'m BTreeMap<K, V>,
    after: &'m BTreeMap<K, V>,
    same: impl Fn(&V, &V) -> bool,
) -> Vec<&'m K> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    let mut differing = Vec::new();
    // Both are sorted: one walk beside each other finds them all.
    loop {
        let order = match (before.peek(), after.peek()) {
            (Some((old, _)), Some((new, _))) => old.cmp(new),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return differing,
        };
        let old = if order.is_le() { before.next() } else { None };
        let new = if order.is_ge() { after.next() } else { None };
        match (old, new) {
            (Some((_, old)), Some((_, new))) if same(old, new) => {}
            (old, new) => differing.extend(old.or(new).map(|(name, _)| name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_names_are_found_on_both_sides() {
        let map = |pairs: &[(&'static str, i32)]| pairs.iter().copied().collect::<BTreeMap<_, _>>();
        let (before, after) = (map(&[("a", 1), ("b", 1), ("d", 1)]), map(&[("b", 2), ("c", 1), ("d", 1)]));
        assert_eq!(differing(&before, &after, |a, b| a == b), [&"a", &"b", &"c"]);
        assert!(differing(&after, &after, |a, b| a == b).is_empty());
    }
}
