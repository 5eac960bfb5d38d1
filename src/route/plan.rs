//! Which pages there are, and where.
//!
//! Owns the rule from a file to its address, the pages that are generated from facts, and the check that
//! no two things are published at one address.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use rayon::prelude::*;

use super::{OutputPath, OwnName, Paging, Route, Routes, Subject, Url, navigation, redirects};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::markdown::slug_in;
use crate::document::model::{Common, Layout};
use crate::document::values;
use crate::document::{Document, TOPICS};
use crate::site::{Article, Site};
use crate::source::SourcePath;

/// Articles on a list page, unless practice.yaml says otherwise.
const PAGE_SIZE: usize = 20;

/// A site of so many pages, its generated ones included, is seen at a glance in its navigation.
const FEW_PAGES: usize = 8;

/// Plans every page of the site.
pub fn plan(site: &Site) -> (Routes, Diagnostics) {
    let mut planner = Planner { prefix: site.standing.prefix().to_string(), ..Planner::default() };
    planner.authors_pages(site);
    planner.generated_pages(site);
    planner.files(site);
    let Planner { prefix, pages, by_source, assets, hidden, by_output, mut diagnostics, .. } = planner;
    let by_url = pages.iter().enumerate().map(|(index, route)| (route.url.as_str().to_string(), index)).collect();
    let prefix = if prefix.is_empty() { prefix } else { format!("{prefix}/") };
    let mut routes = Routes {
        prefix,
        pages,
        navigation: Vec::new(),
        footer: Vec::new(),
        redirects: Vec::new(),
        assets,
        hidden,
        by_source,
        by_url,
        by_output,
        counterparts: HashMap::default(),
        elsewhere: HashMap::default(),
        foreign: BTreeSet::new(),
    };
    routes.navigation = navigation::main(site, &routes, &mut diagnostics);
    routes.footer = navigation::footer(site, &routes);
    // Of several languages, an old address of one may lead to another: `pair` plans them.
    if site.standing.languages.is_empty() {
        routes.redirects = redirects::plan(site, &routes, &mut diagnostics);
    }
    (routes, diagnostics)
}

/// A page that wants its address.
struct Candidate {
    route: Route,
    key: String,
}

impl Candidate {
    fn new(url: Url, subject: Subject) -> Candidate {
        let route = Route { file: url.file(), url, subject };
        Candidate { key: key(&route.file), route }
    }
}

/// What two published files may not share: some systems and hosts tell no capital letters apart.
fn key(file: &OutputPath) -> String {
    file.as_str().to_lowercase()
}

#[derive(Default)]
struct Planner {
    /// The folder of the language, if it isn't the main one.
    prefix: String,
    pages: Vec<Route>,
    by_source: HashMap<SourcePath, usize>,
    assets: BTreeMap<SourcePath, OutputPath>,
    hidden: BTreeSet<SourcePath>,
    by_output: HashMap<String, SourcePath>,
    /// By its [`key`], a published file and the source that made it first.
    taken: HashMap<String, Option<SourcePath>>,
    diagnostics: Diagnostics,
}

impl Planner {
    fn authors_pages(&mut self, site: &Site) {
        for (index, page) in site.pages.iter().enumerate() {
            // Planned with the topic that it introduces, or not at all.
            if page.document.path.inside(TOPICS).is_some() {
                continue;
            }
            let bare = bare_url(site, &page.document, page.front.common());
            let subject = match bare.as_str() {
                "" => Subject::Home(Some(index)),
                "services/" => Subject::Services(Some(index)),
                "practitioners/" => Subject::Practitioners(Some(index)),
                // The list's pages are planned with the generated ones; this is its introduction.
                "resources/" => continue,
                _ => Subject::Page(index),
            };
            self.author(bare.below(&self.prefix), subject, &page.document);
        }
        for (index, entry) in site.practitioners.iter().enumerate() {
            let url = url(site, &entry.document, entry.front.common());
            self.author(url, Subject::Practitioner(index), &entry.document);
        }
        for (index, service) in site.services.iter().enumerate() {
            let url = url(site, &service.entry.document, service.entry.front.common());
            self.author(url, Subject::Service(index), &service.entry.document);
        }
        // By far the most pages of a large site.
        let candidate = |(index, article): (usize, &Article)| {
            Candidate::new(url(site, &article.entry.document, article.entry.front.common()), Subject::Article(index))
        };
        let candidates: Vec<Candidate> = site.articles.par_iter().enumerate().map(candidate).collect();
        self.taken.reserve(candidates.len());
        self.by_source.reserve(candidates.len());
        for (article, candidate) in site.articles.iter().zip(candidates) {
            self.add(candidate, &article.entry.document);
        }
    }

    fn generated_pages(&mut self, site: &Site) {
        self.generate(self.url(&[]), Subject::Home(None));
        if !site.services.is_empty() {
            self.generate(self.url(&["services"]), Subject::Services(None));
        }
        if !site.practitioners.is_empty() {
            self.generate(self.url(&["practitioners"]), Subject::Practitioners(None));
        }
        for (index, narrowing) in site.narrowings.iter().enumerate() {
            let url = self.url(&narrowing.parts());
            self.generate(url, Subject::Team(index));
        }
        let size = site.practice.value.page_size.map_or(PAGE_SIZE, |size| (size as usize).max(1));
        let introduction =
            site.pages.iter().position(|page| page.document.path.as_str() == "content/resources/index.md");
        if !site.articles.is_empty() || introduction.is_some() {
            for paging in paging(site.articles.len(), size) {
                let first = introduction.filter(|_| paging.number == 1);
                match first {
                    Some(page) => {
                        let url = self.url(&["resources"]);
                        self.author(url, Subject::Articles(Some(page), paging), &site.pages[page].document);
                    }
                    None => {
                        let url = self.paged(&["resources"], paging);
                        self.generate(url, Subject::Articles(None, paging));
                    }
                }
            }
        }
        if !site.topics.is_empty() {
            let own = site.pages.iter().position(|page| page.document.path.inside(TOPICS) == Some("index.md"));
            let url = self.url(&["resources", "topics"]);
            match own {
                Some(page) => self.author(url, Subject::Topics(own), &site.pages[page].document),
                None => self.generate(url, Subject::Topics(None)),
            }
        }
        for (index, topic) in site.topics.iter().enumerate() {
            for paging in paging(topic.articles.len(), size) {
                let url = self.paged(&["resources", "topics", &topic.slug], paging);
                let subject = Subject::Topic(index, paging);
                match topic.introduction.filter(|_| paging.number == 1) {
                    Some(page) => self.author(url, subject, &site.pages[page].document),
                    None => self.generate(url, subject),
                }
            }
        }
        let has_layout = |layout: Layout| site.pages.iter().any(|page| page.front.layout == layout);
        let priced = site.services.iter().any(|s| s.entry.front.price.is_some() || !s.entry.front.packages.is_empty())
            || site.practitioners.iter().any(|person| person.front.fees.is_some());
        if priced && !has_layout(Layout::Fees) {
            self.generate(self.url(&["fees"]), Subject::Fees);
        }
        if !has_layout(Layout::Contact) {
            self.generate(self.url(&["contact"]), Subject::Contact);
        }
        if site.practice.value.crisis.show {
            self.generate(self.url(&["crisis"]), Subject::Crisis);
        }
        if site.practice.value.contact_form.is_some() {
            self.generate(self.url(&["contact", "thanks"]), Subject::Thanks);
        }
        // Of a few pages a visitor needs no list of words; articles are what is looked for.
        let is_worth_searching = !site.articles.is_empty() || self.pages.len() > FEW_PAGES;
        if site.practice.value.search.unwrap_or(true) && is_worth_searching {
            self.generate(self.url(&["search"]), Subject::Search);
        }
        let name = match self.prefix.as_str() {
            "" => "404.html".to_string(),
            prefix => format!("{prefix}/404.html"),
        };
        let not_found = Route { file: OutputPath(name.as_str().into()), url: Url(name), subject: Subject::NotFound };
        if self.take(&not_found.file, key(&not_found.file), None) {
            self.pages.push(not_found);
        }
    }

    /// Everything in `content/` that is not a page: at the same path, `static/` at the root. The files of the two
    /// public folders come first: others are only published if a page names them, and so never take an address.
    fn files(&mut self, site: &Site) {
        let (public, others): (Vec<_>, Vec<_>) = site.assets.keys().partition(|path| path.is_published_as_it_is());
        for path in public {
            let Some(output) = published_at(path) else { continue };
            if let Some(own) = output.own_name() {
                let why = match own {
                    OwnName::Program => "Anteroom writes its own files under that name",
                    OwnName::Git => {
                        "it belongs to a Git repository, and anyone could read everything you ever wrote in it"
                    }
                };
                let message = format!("`{}` can't be published: {why}", output.as_str());
                self.diagnostics.push(Diagnostic::new(&codes::RESERVED_NAME, message).about(path));
                continue;
            }
            if self.take(&output, key(&output), Some(path)) {
                self.add_file(path, output);
            }
        }
        for path in others {
            let Some(output) = published_at(path).filter(|output| output.own_name().is_none()) else { continue };
            match self.taken.entry(key(&output)) {
                Entry::Occupied(_) => drop(self.hidden.insert(path.clone())),
                Entry::Vacant(place) => {
                    place.insert(Some(path.clone()));
                    self.add_file(path, output);
                }
            }
        }
    }

    fn add_file(&mut self, path: &SourcePath, output: OutputPath) {
        self.by_output.insert(output.as_str().to_string(), path.clone());
        self.assets.insert(path.clone(), output);
    }

    /// An address of this language, from parts that are already slugs.
    fn url(&self, parts: &[&str]) -> Url {
        Url::of(parts).below(&self.prefix)
    }

    /// The address of a page of a list: the first at the list's own address.
    fn paged(&self, list: &[&str], paging: Paging) -> Url {
        let number = paging.number.to_string();
        match paging.number {
            1 => self.url(list),
            _ => self.url(&[list, &["page", &number]].concat()),
        }
    }

    fn author(&mut self, url: Url, subject: Subject, document: &Document) {
        self.add(Candidate::new(url, subject), document);
    }

    fn add(&mut self, Candidate { route, key }: Candidate, document: &Document) {
        if self.take(&route.file, key, Some(&document.path)) {
            self.by_source.insert(document.path.clone(), self.pages.len());
            self.pages.push(route);
        }
    }

    /// Adds a generated page, unless the author has one at its address.
    fn generate(&mut self, url: Url, subject: Subject) {
        let Candidate { route, key } = Candidate::new(url, subject);
        if !self.taken.contains_key(&key) {
            self.take(&route.file, key, None);
            self.pages.push(route);
        }
    }

    /// Claims a published file; where another has it already, that is a finding.
    fn take(&mut self, file: &OutputPath, key: String, source: Option<&SourcePath>) -> bool {
        match self.taken.get(&key) {
            None => {
                self.taken.insert(key, source.cloned());
                true
            }
            Some(first) => {
                let address = file.as_str().strip_suffix("index.html").unwrap_or(file.as_str());
                let mut finding = Diagnostic::new(
                    &codes::DUPLICATE_ADDRESS,
                    format!("another file is already published at /{address}"),
                )
                .help("rename one of the two, or give one of them a `slug` of its own");
                if let Some(source) = source {
                    finding = finding.about(source);
                }
                if let Some(first) = first {
                    finding = finding.related(first, 0..0, "this is the other file");
                }
                // A file of the author's simply replaces a generated one of the same name.
                if source.is_some() && first.is_none() && self.replace_generated(&key) {
                    return true;
                }
                if source.is_some() {
                    self.diagnostics.push(finding);
                }
                false
            }
        }
    }

    /// Drops the generated page whose file an author's file wants.
    fn replace_generated(&mut self, key: &str) -> bool {
        let generated = self.pages.iter().position(|route| self::key(&route.file) == key);
        match generated {
            // Indices of later pages move; authors' pages, which are the indexed ones, all stand before.
            Some(index) if !self.by_source.values().any(|known| *known >= index) => {
                self.pages.remove(index);
                true
            }
            _ => false,
        }
    }
}

/// Where a file that is no page is published, if it is.
fn published_at(path: &SourcePath) -> Option<OutputPath> {
    let inside = path.inside("content")?;
    OutputPath::new(inside.strip_prefix("static/").unwrap_or(inside))
}

/// The address of a markdown file: its path, the last part replaced by its slug, below the folder of its language.
fn url(site: &Site, document: &Document, common: Common<'_>) -> Url {
    bare_url(site, document, common).below(site.standing.prefix())
}

/// The same without the folder of its language.
fn bare_url(site: &Site, document: &Document, common: Common<'_>) -> Url {
    let language = common.lang.unwrap_or(&site.practice.value.language);
    url_of(&document.path, common.slug.map(|slug| slug.0.as_str()), language)
}

/// The address of a page from its file's path, the slug that it names, if it names one, and its language.
pub fn url_of(path: &SourcePath, slug: Option<&str>, language: &str) -> Url {
    let path = path.inside("content").unwrap_or_default();
    let path = path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD")).unwrap_or(path);
    let path = path.strip_suffix("index").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
    let mut parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(str::to_string).collect();
    for part in &mut parts {
        if values::check("slug", part).is_err() {
            *part = slug_in(language, part);
        }
    }
    if let (Some(slug), Some(last)) = (slug, parts.last_mut()) {
        *last = slug.to_string();
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Url::of(&parts)
}

fn paging(entries: usize, size: usize) -> impl Iterator<Item = Paging> {
    let of = entries.div_ceil(size).max(1);
    (1..=of).map(move |number| Paging { number, of })
}
