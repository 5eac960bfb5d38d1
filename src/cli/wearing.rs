//! A specimen site in the theme of the folder at hand, as `serve --specimen` shows it.
//!
//! Owns which theme and preset it wears, and that its pictures lie somewhere as files. Reads nothing of the site but its themes
//! and the two names in its practice.yaml.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::disk::Unpacked;
use crate::options::Options;
use crate::source::Sources;
use crate::{specimen, theme_check};

/// A specimen site and what it wears.
pub(super) struct Wearing {
    name: &'static str,
    files: Arc<Unpacked>,
    /// Its files, with those of the folder's themes.
    pub sources: Sources,
    theme: String,
    preset: Option<String>,
}

impl Wearing {
    /// Lays out the specimen's files, and dresses it.
    ///
    /// # Errors
    /// Where the system's temporary files cannot be written to.
    pub fn new(name: &'static str, folder: &Sources, options: &Options) -> io::Result<Wearing> {
        let files = Arc::new(Unpacked::new(name, &specimen::files(name))?);
        Ok(Wearing::of(files, name, folder, options))
    }

    /// Dresses a specimen whose files are laid out.
    pub fn of(files: Arc<Unpacked>, name: &'static str, folder: &Sources, options: &Options) -> Wearing {
        let mut wearing = Wearing { name, files, sources: Sources::default(), theme: String::new(), preset: None };
        wearing.follow(folder, options);
        wearing
    }

    /// Takes over what the folder's themes and its practice.yaml now say.
    pub fn follow(&mut self, folder: &Sources, options: &Options) {
        let worn = super::theme::worn(folder);
        // The preset is that theme's: another has none of its own.
        let is_same = options.theme.as_ref().is_none_or(|theme| *theme == worn.name);
        self.preset = options.preset.clone().or(worn.preset.filter(|_| is_same));
        self.theme = options.theme.clone().unwrap_or(worn.name);
        self.sources = specimen::sources(self.name, folder);
        if self.name == specimen::FULL {
            theme_check::add_pages_of(&self.theme, &mut self.sources);
        }
    }

    /// The options of a build of it.
    pub fn options(&self, asked: &Options) -> Options {
        // Its draft would be a finding, and that is none of the theme's.
        Options {
            drafts: false,
            theme: Some(self.theme.clone()),
            preset: Some(self.preset.clone().unwrap_or_default()),
            ..asked.clone()
        }
    }

    /// What is shown, for people: `the sample site "full" in the theme mine (preset dusk)`.
    pub fn described(&self) -> String {
        let preset = self.preset.as_ref().filter(|preset| !preset.is_empty());
        let preset = preset.map_or_else(String::new, |preset| format!(", preset `{preset}`"));
        format!("the sample site `{}` in the theme `{}`{preset}", self.name, self.theme)
    }

    /// Where its files lie.
    pub fn home(&self) -> &Path {
        self.files.path()
    }
}
