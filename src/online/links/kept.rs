//! What was found of links in the last week.
//!
//! Owns `.anteroom/links.json` in the site's folder. It is safe to delete; one that is broken, or of another form, knows nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Outcome;

const FOLDER: &str = ".anteroom";
const NAME: &str = "links.json";
/// The form of the file.
const VERSION: u32 = 1;
/// Days for which an answer is believed.
const DAYS: i32 = 7;
/// More than all links of a large site.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What is known of links.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    version: u32,
    links: BTreeMap<String, Known>,
    #[serde(skip)]
    today: Date,
}

#[derive(Serialize, Deserialize)]
struct Known {
    on: Date,
    is: Outcome,
}

impl Kept {
    /// What is known on a day.
    pub fn read(home: &Path, today: Date) -> Kept {
        let mut text = Vec::new();
        let path = home.join(FOLDER).join(NAME);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file());
        let read = is_file.then(|| fs::File::open(&path).and_then(|file| file.take(LARGEST).read_to_end(&mut text)));
        let known =
            read.and_then(|_| serde_json::from_slice::<Kept>(&text).ok()).filter(|kept| kept.version == VERSION);
        let mut kept = known.unwrap_or(Kept { version: VERSION, links: BTreeMap::new(), today });
        kept.today = today;
        kept.links.retain(|_, known| {
            let age = today.since((jiff::Unit::Day, known.on)).map_or(i32::MAX, |age| age.get_days());
            (0..DAYS).contains(&age)
        });
        kept
    }

    pub fn of(&self, link: &str) -> Option<&Outcome> {
        self.links.get(link).map(|known| &known.is)
    }

    pub fn add(&mut self, link: &str, is: Outcome) {
        self.links.insert(link.to_string(), Known { on: self.today, is });
    }

    /// Writes what is known of links that the site still has: aside first, so that the file is always whole.
    pub fn write(&mut self, home: &Path, links: &BTreeSet<String>) -> io::Result<()> {
        self.links.retain(|link, _| links.contains(link));
        let folder = home.join(FOLDER);
        if fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_symlink()) {
            return Err(io::Error::other("it's a link to another place"));
        }
        fs::create_dir_all(&folder)?;
        let aside = folder.join(format!("{NAME}.{}", std::process::id()));
        fs::write(&aside, serde_json::to_vec_pretty(self).map_err(io::Error::other)?)?;
        fs::rename(&aside, folder.join(NAME)).inspect_err(|_| drop(fs::remove_file(&aside)))
    }
}
