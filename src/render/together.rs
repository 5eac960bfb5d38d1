//! The outputs of all languages of a site as one.
//!
//! Owns which file counts where two languages have the same, and what is made once for all of them: what hosts read. A site of one
//! language goes this way, too, and nothing of it changes but that.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::output::{File, Output};
use crate::route::{Redirect, Routes};
use crate::site::Site;
use crate::source::SourcePath;
use crate::theme::Theme;

/// A whole site, and what was found out about the pages of each of its languages.
pub struct Together {
    /// Every file.
    pub whole: Output,
    /// By language, everything but the files; empty for a site of one.
    apart: Vec<Output>,
}

impl Together {
    /// Shows the files of the whole site beside what is known of one language's pages.
    pub fn seen_in<T>(&mut self, language: usize, see: impl FnOnce(&Output) -> T) -> T {
        let Some(own) = self.apart.get_mut(language) else { return see(&self.whole) };
        std::mem::swap(&mut own.files, &mut self.whole.files);
        let seen = see(own);
        std::mem::swap(&mut own.files, &mut self.whole.files);
        seen
    }
}

/// Puts the outputs of a site's languages together, the main one first, and adds what hosts and search engines read.
pub fn together(
    outputs: Vec<Output>,
    sites: &[(&Site, &Routes)],
    theme: &Theme,
    base_url: &str,
    found: &mut Diagnostics,
) -> Together {
    let mut outputs = outputs.into_iter();
    let mut whole = outputs.next().unwrap_or_default();
    let mut apart = Vec::new();
    let others: Vec<Output> = outputs.collect();
    if !others.is_empty() {
        apart.push(whole.without_files());
    }
    for mut other in others {
        let files = std::mem::take(&mut other.files);
        apart.push(other.clone());
        whole.take_in(files, other);
    }
    let of_all = |(_, routes): &(&Site, &Routes)| routes.redirects.clone();
    let redirects: Vec<Redirect> = sites.iter().flat_map(of_all).collect();
    if let Some((site, _)) = sites.first() {
        let lists = sites.iter().map(|(_, routes)| routes.full("sitemap.xml")).collect::<Vec<_>>();
        whole.add_for_hosts(site, &redirects, &lists, theme, base_url, found);
    }
    Together { whole, apart }
}

impl Output {
    fn without_files(&self) -> Output {
        Output {
            files: BTreeMap::new(),
            pages: self.pages,
            pictures: self.pictures,
            loads: self.loads.clone(),
            blocked: self.blocked.clone(),
            hosts: self.hosts.clone(),
            written_out: self.written_out.clone(),
            searched: self.searched,
        }
    }

    /// Adds the files of another language and what is known of them. What both have is the same file.
    fn take_in(&mut self, files: BTreeMap<crate::route::OutputPath, File>, other: Output) {
        let shown = |file: &File| match file {
            File::Picture(from, _) => Some(from.clone()),
            _ => None,
        };
        let known: BTreeSet<SourcePath> = self.files.values().filter_map(shown).collect();
        let new: BTreeSet<SourcePath> = files.values().filter_map(shown).filter(|from| !known.contains(from)).collect();
        self.pictures += new.len();
        self.pages += other.pages;
        self.searched |= other.searched;
        for (path, file) in files {
            self.files.entry(path).or_insert(file);
        }
        self.loads.extend(other.loads);
        self.blocked.extend(other.blocked);
        self.written_out.extend(other.written_out);
        self.hosts.extend(other.hosts);
        self.hosts.sort();
        self.hosts.dedup();
    }
}
