//! The files of a site besides its pages.
//!
//! Owns which there are: what authors and the theme bring, and what hosts read. Whatever is
//! made here gives way to a file of the author's with the same path.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::finished::loads;
use crate::markup::pictures;
use crate::output::{File, Output};
use crate::route::address::base_path;
use crate::route::{OutputPath, Redirect, Routes};
use crate::site::Site;
use crate::site_files::{headers, host_files, servers};
use crate::theme::{SEARCH_SCRIPT, Theme};

impl Output {
    /// Adds the files that authors bring, and what is made of their pictures: everything in the two folders that are
    /// published as they are, elsewhere only what is in `named`. What nobody names may be anything: a client's letter,
    /// a draft's handout, a copy that an editor left.
    pub(super) fn add_assets(&mut self, site: &Site, routes: &Routes, named: &BTreeSet<Box<str>>) {
        for (from, path) in &routes.assets {
            let Some(asset) = site.assets.get(from) else { continue };
            let made = pictures::files(site, from, asset, path);
            let is_named = |path: &OutputPath| named.contains(path.as_str());
            if !from.is_published_as_it_is() && !is_named(path) && !made.iter().any(|(path, _)| is_named(path)) {
                continue;
            }
            self.pictures += usize::from(asset.picture.is_some());
            if made.is_empty() {
                self.files.insert(path.clone(), File::Copied { from: from.clone(), len: asset.len, hash: asset.hash });
            }
            for (path, picture) in made {
                self.files.entry(path).or_insert_with(|| File::Picture(from.clone(), picture));
            }
        }
    }

    /// Adds the theme's style sheet, files and icons, and what is made of the pictures of it that are in `named`; the search's
    /// script only where something is searched.
    pub(super) fn add_theme(&mut self, theme: &Theme, avif: bool, named: &BTreeSet<Box<str>>) {
        let searched = self.searched;
        let files = theme.files.iter().filter(|(name, _)| searched || *name != SEARCH_SCRIPT).map(|(_, file)| file);
        for file in std::iter::once(&theme.style).chain(files).chain(&theme.icons.sprite) {
            self.add(&file.path, file.bytes.clone());
        }
        for picture in theme.pictures.values() {
            let made = pictures::files_of_theme(picture, avif);
            if made.iter().any(|(path, _)| named.contains(path.as_str())) {
                self.pictures += 1;
                let files = made.into_iter().map(|(path, made)| (path, File::OfTheme(picture.bytes.clone(), made)));
                self.files.extend(files);
            }
        }
        for font in &theme.fonts {
            if let Some(path) = OutputPath::new(&font.path) {
                self.files.entry(path).or_insert_with(|| File::Font(font.cut.clone()));
            }
        }
        let in_style = std::str::from_utf8(&theme.style.bytes).map(loads::of_style).unwrap_or_default();
        if let Some(path) = OutputPath::new(&theme.style.path).filter(|_| !in_style.is_empty()) {
            self.loads.insert(path, in_style);
        }
    }

    /// Adds what hosts and search engines read.
    pub(super) fn add_for_hosts(
        &mut self,
        site: &Site,
        redirects: &[Redirect],
        sitemaps: &[String],
        theme: &Theme,
        base_url: &str,
        found: &mut Diagnostics,
    ) {
        let searched = self.searched;
        let base_path = base_path(base_url);
        self.add("robots.txt", headers::robots(base_url, sitemaps).into_bytes());
        let headers = headers::headers(&self.hosts, theme, &base_path, searched);
        let headers = host_files::headers(site.host_files.headers.as_ref(), headers, found);
        let redirects = headers::redirects(redirects, &base_path);
        let redirects = host_files::redirects(site.host_files.redirects.as_ref(), redirects, found);
        let rules = servers::Rules::read(&headers, &redirects);
        if let Some((name, bytes)) = servers::file(site, &rules, &base_path, &self.folders_without_page(), found) {
            self.add(name, bytes);
        }
        self.add("_headers", headers);
        if !redirects.is_empty() {
            self.add("_redirects", redirects);
        }
        self.add(".nojekyll", Vec::new());
        if let Some(domain) = &site.practice.value.custom_domain {
            self.add("CNAME", format!("{}\n", &**domain).into_bytes());
        }
    }

    /// Folders in which visitors find no page of their own: a server would list what's in them.
    fn folders_without_page(&self) -> BTreeSet<String> {
        let mut folders = BTreeSet::new();
        for path in self.files.keys() {
            let mut rest = path.as_str();
            while let Some((folder, _)) = rest.rsplit_once('/') {
                folders.insert(folder.to_string());
                rest = folder;
            }
        }
        let page = |folder: &String| OutputPath::new(&format!("{folder}/index.html"));
        folders.retain(|folder| page(folder).is_some_and(|page| !self.files.contains_key(&page)));
        folders
    }
}
