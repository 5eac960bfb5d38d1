//! The finished site as a value: every file by its path, with what was found out about its pages on the way.
//!
//! Owns the types alone. `render` fills them; `check`, `search`, `disk` and `serve` read them.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::finished::blocked::Blocked;
use crate::finished::loads::Load;
use crate::finished::refers::{Ids, WrittenOut};
use crate::font::cut::Cut;
use crate::markup::pictures::Picture;
use crate::picture::card::Card;
use crate::route::OutputPath;
use crate::site::hosts::Declared;
use crate::source::SourcePath;

/// A file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum File {
    /// Made by the build.
    Made(Bytes),
    /// A page that was made to be checked, and let go: its ids.
    Checked(Ids),
    /// Made of a picture when it is published.
    Picture(SourcePath, Picture),
    /// Made of a picture of the theme's when it is published.
    OfTheme(Bytes, Picture),
    /// Drawn when it is published.
    Card(Card),
    /// A part of a font, made when it is published.
    Font(Cut),
    /// Copied as it is.
    Copied {
        /// The file.
        from: SourcePath,
        /// Its length in bytes.
        len: u64,
        /// BLAKE3 of its content.
        hash: [u8; 32],
    },
}

/// Every file of the site.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Output {
    /// By path in the output folder.
    pub files: BTreeMap<OutputPath, File>,
    /// How many of them are pages, those of old addresses not counted.
    pub pages: usize,
    /// How many of them are pictures.
    pub pictures: usize,
    /// What its pages and style sheets fetch from other hosts, or send to them; only files that do.
    pub loads: BTreeMap<OutputPath, Vec<Load>>,
    /// What its pages hold that their policy keeps from working; only pages with such.
    pub blocked: BTreeMap<OutputPath, Vec<Blocked>>,
    /// The other hosts that the site declares, with what each is used for.
    pub hosts: Vec<Declared>,
    /// The addresses of the site that somebody wrote out in its pages; only pages with such.
    pub written_out: BTreeMap<OutputPath, Vec<WrittenOut>>,
    /// Whether a page of it looks words up in an index.
    pub searched: bool,
}

impl Output {
    /// Adds a generated file, unless the author has one of the same name.
    pub(crate) fn add(&mut self, path: &str, bytes: impl Into<Bytes>) {
        if let Some(path) = OutputPath::new(path) {
            self.files.entry(path).or_insert(File::Made(bytes.into()));
        }
    }
}
