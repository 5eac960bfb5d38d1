//! A website to which somebody went back, as it has to be found: read from the folder that was sent.
//!
//! Owns reading that folder. That somebody went back, and where the folder is, is known to those who published.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::expected::{FOR_HOSTS, addresses, is_exact, is_hidden};
use super::{Expected, Holds, Page, Wanted};
use crate::serve::rules::Rules;
use crate::site_files::servers::HTACCESS;

impl Expected {
    /// The same site at the same address, as a folder has it.
    #[must_use]
    pub fn as_in(self, root: &Path) -> Expected {
        let text = |name: &str| fs::read_to_string(root.join(name)).unwrap_or_default();
        let (mut pages, mut files) = (Vec::new(), Vec::new());
        for entry in WalkDir::new(root).sort_by_file_name().into_iter().flatten() {
            let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let path = parts.join("/");
            if !entry.file_type().is_file() || FOR_HOSTS.contains(&path.as_str()) || is_hidden(&path) {
                continue;
            }
            let bytes = || fs::read(entry.path()).unwrap_or_default();
            let url = path.strip_suffix("index.html").filter(|url| url.is_empty() || url.ends_with('/'));
            match url {
                Some(url) => {
                    let html = bytes();
                    // A small page that leads on is no page of the site's.
                    if String::from_utf8_lossy(&html).contains("http-equiv=\"refresh\"") {
                        continue;
                    }
                    let known = self.pages.iter().find(|page| page.url == url);
                    let source = known.and_then(|page| page.source.clone());
                    pages.push(Page { url: url.to_string(), html: html.into(), source });
                }
                None => {
                    let holds = match is_exact(&path) {
                        true => Holds::Bytes(bytes().into()),
                        false => entry.metadata().map_or(Holds::Something, |about| Holds::Length(about.len())),
                    };
                    files.push(Wanted { path, holds });
                }
            }
        }
        pages.sort_by(|a, b| a.url.cmp(&b.url));
        let sitemap = fs::read_to_string(root.join("sitemap.xml")).ok().map(|xml| addresses(&xml, &self.own));
        let rules = match root.join("_headers").is_file() {
            true => Rules::of(&text("_headers"), &text("_redirects")),
            false => self.rules,
        };
        let mut gone = self.gone;
        gone.retain(|url, _| !root.join(url).join("index.html").is_file());
        let not_found = fs::read(root.join("404.html")).ok().map(Into::into);
        let htaccess = root.join(HTACCESS).is_file();
        Expected { pages, files, sitemap, rules, gone, not_found, htaccess, ..self }
    }
}
