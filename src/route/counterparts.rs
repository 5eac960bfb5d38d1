//! The same page in several languages.
//!
//! Owns which pages are the same one, and that no two languages publish at one address. What a page says of its counterparts is `pages`'.

use std::collections::BTreeMap;

use super::{OutputPath, Route, Routes, Subject, redirects};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::site::Site;
use crate::site::notices::Notice;
use crate::source::SourcePath;

/// A page in one of the site's languages.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Counterpart {
    /// The language, as a tag.
    pub language: String,
    /// The page's address; where there is no such page, that of the home page.
    pub url: String,
    /// Whether the page is there, in this language's words.
    pub is_there: bool,
    /// Whether the page is there, in whichever words.
    pub is_page: bool,
    /// Whether it's the page itself.
    pub is_self: bool,
}

/// What makes two pages the same one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Made(&'static str),
    Notice(Notice),
    File(&'a SourcePath),
}

fn key<'a>(site: &'a Site, route: &'a Route) -> Option<Key<'a>> {
    Some(Key::Made(match &route.subject {
        Subject::Home(_) => "home",
        Subject::Services(_) => "services",
        Subject::Practitioners(_) => "practitioners",
        Subject::Topics(_) => "topics",
        Subject::Articles(_, paging) if paging.number == 1 => "resources",
        Subject::Fees => "fees",
        Subject::Contact => "contact",
        Subject::Crisis => "crisis",
        Subject::Thanks => "thanks",
        Subject::Search => "search",
        Subject::NotFound => "not-found",
        Subject::Page(index) => {
            let notice = site.generated.iter().find(|(_, page)| page == index).map(|(notice, _)| *notice);
            return notice.map(Key::Notice).or_else(|| Some(Key::File(&site.pages[*index].document.path)));
        }
        // What a page is narrowed to, and how many pages a list has, differs from language to language.
        Subject::Team(_) | Subject::Articles(..) => return None,
        Subject::Practitioner(_) | Subject::Service(_) | Subject::Article(_) | Subject::Topic(..) => {
            return route.document(site).map(|document| Key::File(&document.path));
        }
    }))
}

/// Pairs the pages of a site's languages, the main one first, and plans their old addresses, which may lead from one language to
/// another. What is found belongs to the language in whose place it stands; addresses that two of them want are the main one's.
pub fn pair(all: &mut [(&Site, &mut Routes)]) -> Vec<Diagnostics> {
    let mut found_in = vec![Diagnostics::default(); all.len()];
    let mut found = Diagnostics::default();
    let mut same: BTreeMap<Key<'_>, Vec<Option<(String, bool)>>> = BTreeMap::new();
    let mut files: BTreeMap<OutputPath, Option<SourcePath>> = BTreeMap::new();
    let languages: Vec<(String, String)> =
        all.iter().map(|(site, routes)| (site.practice.value.language.to_string(), routes.prefix.clone())).collect();
    // Read while they are written below.
    let pages: Vec<Vec<Route>> = all.iter().map(|(_, routes)| routes.pages.clone()).collect();
    let sites: Vec<&Site> = all.iter().map(|(site, _)| *site).collect();
    for (at, (site, pages)) in sites.iter().zip(&pages).enumerate() {
        for route in pages {
            let source = route.document(site).map(|document| document.path.clone());
            let is_there = source.as_ref().is_none_or(|path| site.borrowed(path).is_none());
            if let Some(first) = files.insert(route.file.clone(), source.clone()) {
                let address = route.file.as_str().trim_end_matches("index.html");
                let message = format!("two languages have a page at /{address}");
                let mut finding = Diagnostic::new(&codes::DUPLICATE_ADDRESS, message)
                    .help("rename the one in the main language, or give it another `slug`");
                finding = match first.or(source) {
                    Some(path) => finding.about(&path),
                    None => finding,
                };
                found.push(finding);
            }
            if let Some(key) = key(site, route) {
                let entry = same.entry(key).or_insert_with(|| vec![None; languages.len()]);
                entry[at] = Some((route.url.as_str().to_string(), is_there));
            }
        }
    }
    for (at, (site, routes)) in all.iter_mut().enumerate() {
        for route in &pages[at] {
            let known = key(site, route).and_then(|key| same.get(&key));
            let counterpart = |(other, (language, prefix)): (usize, &(String, String))| {
                let page = known.and_then(|known| known[other].clone());
                let is_self = other == at;
                let is_page = page.is_some() || is_self;
                let (url, is_there) = match page {
                    Some(page) => page,
                    None if is_self => (route.url.as_str().to_string(), true),
                    None => (prefix.clone(), false),
                };
                Counterpart { language: language.clone(), url, is_there, is_page, is_self }
            };
            let counterparts = languages.iter().enumerate().map(counterpart).collect();
            routes.counterparts.insert(route.file.clone(), counterparts);
        }
        for (other, (site, pages)) in sites.iter().zip(&pages).enumerate().filter(|(other, _)| *other != at) {
            routes.foreign.extend(pages.iter().map(|route| route.url.as_str().to_string()));
            for route in pages {
                if let Some(document) = route.document(site).filter(|document| site.borrowed(&document.path).is_none())
                {
                    let place = (route.url.as_str().to_string(), languages[other].0.clone());
                    routes.elsewhere.entry(document.path.clone()).or_insert(place);
                }
            }
        }
    }
    for ((site, routes), found) in all.iter_mut().zip(&mut found_in) {
        routes.redirects = redirects::plan(site, routes, found);
    }
    found_in[0].extend(found);
    found_in
}
