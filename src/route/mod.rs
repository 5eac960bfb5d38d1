//! Stage 4: addresses.
//!
//! Owns which pages the site has and at which address each stands, the author's and the generated ones,
//! and the collisions between them, which are found here only. Renders nothing.

pub mod address;
mod counterparts;
pub mod links;
mod navigation;
mod plan;
mod redirects;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use foldhash::HashMap;

use crate::document::Document;
use crate::site::Site;
use crate::source::SourcePath;
pub use counterparts::{Counterpart, pair};
pub use navigation::{Label, NavigationLink, Target};
pub use plan::{plan, url_of};
pub use redirects::Redirect;

/// A page's address inside the site: `services/grief/`, without a slash at its beginning; empty for the
/// home page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Url(String);

impl Url {
    /// An address from parts that are already slugs: `["resources", "page", "2"]`.
    pub fn of(parts: &[&str]) -> Url {
        let mut text = String::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            text.push_str(part);
            text.push('/');
        }
        Url(text)
    }

    /// The same address below a folder.
    fn below(self, prefix: &str) -> Url {
        if prefix.is_empty() { self } else { Url(format!("{prefix}/{}", self.0)) }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that is published at the address.
    pub fn file(&self) -> OutputPath {
        OutputPath(format!("{}index.html", self.0).into())
    }

    /// How many folders deep the address lies.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// What a page at this address puts before site addresses to make them relative: `../../`, or `./`
    /// on the home page.
    pub fn root(&self) -> String {
        if self.0.is_empty() { "./".to_string() } else { "../".repeat(self.depth()) }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

/// The path of a published file, relative to the output folder, parts separated by `/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// A path made of normalised parts; `None` where it would leave the output folder.
    pub fn new(text: &str) -> Option<OutputPath> {
        SourcePath::new(text).map(|path| OutputPath(path.as_str().into()))
    }

    /// The name of the program's own, or of a repository, under which the file would lie.
    pub fn own_name(&self) -> Option<OwnName> {
        let mut parts = self.0.split('/').map(str::to_lowercase);
        if parts.clone().any(|part| part == ".git") {
            return Some(OwnName::Git);
        }
        parts.next().filter(|first| first.starts_with(".anteroom")).map(|_| OwnName::Program)
    }

    /// A path known to the program.
    pub(crate) fn fixed(text: &'static str) -> OutputPath {
        OutputPath(text.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names in an output folder that no file of a site can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OwnName {
    /// What the program writes for itself.
    Program,
    /// A repository, which would give all of a site's former versions to everybody.
    Git,
}

/// What a page shows. Indices are into [`Site`]'s lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// The home page; the author's where there is one.
    Home(Option<usize>),
    /// One of [`Site::pages`].
    Page(usize),
    /// One of [`Site::practitioners`].
    Practitioner(usize),
    /// One of [`Site::services`].
    Service(usize),
    /// One of [`Site::articles`].
    Article(usize),
    /// All people, below the author's introduction where there is one.
    Practitioners(Option<usize>),
    /// A part of the people: one of [`Site::narrowings`].
    Team(usize),
    /// All services, below the author's introduction where there is one.
    Services(Option<usize>),
    /// A page of the list of all articles.
    Articles(Option<usize>, Paging),
    /// A page of the list of a topic's articles.
    Topic(usize, Paging),
    /// All topics, below the author's introduction where there is one.
    Topics(Option<usize>),
    /// The generated fees page.
    Fees,
    /// The generated contact page.
    Contact,
    /// Crisis help.
    Crisis,
    /// What a visitor sees after sending the form.
    Thanks,
    /// Where the site is searched.
    Search,
    /// What a visitor sees at an address that does not exist.
    NotFound,
}

/// Which page of a long list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paging {
    /// From 1.
    pub number: usize,
    /// How many pages the list has.
    pub of: usize,
}

/// A page and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// Its address.
    pub url: Url,
    /// Its file.
    pub file: OutputPath,
    /// What it shows.
    pub subject: Subject,
}

/// The addresses of a site.
#[derive(Clone, Default, Debug)]
pub struct Routes {
    /// Every page, generated ones after the author's.
    pub pages: Vec<Route>,
    /// The main navigation.
    pub navigation: Vec<NavigationLink>,
    /// Links at the foot of every page.
    pub footer: Vec<NavigationLink>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// Where each file that is no page is published, if it is: some only where a page names them.
    pub assets: BTreeMap<SourcePath, OutputPath>,
    /// Files that cannot be published, since a page or a public file has their address.
    pub hidden: BTreeSet<SourcePath>,
    /// What every address of the site in this language begins with: `en/`; empty for the main language, and where there is but one.
    pub prefix: String,
    by_source: HashMap<SourcePath, usize>,
    by_url: HashMap<String, usize>,
    by_output: HashMap<String, SourcePath>,
    /// The same pages in the site's languages, by this one's file.
    counterparts: HashMap<OutputPath, Vec<Counterpart>>,
    /// Pages that there are in another language only: their addresses, and their languages.
    elsewhere: HashMap<SourcePath, (String, String)>,
    /// The addresses of the other languages.
    foreign: BTreeSet<String>,
}

impl Routes {
    /// The page of a markdown file.
    pub fn of_source(&self, path: &SourcePath) -> Option<&Route> {
        self.by_source.get(path).map(|index| &self.pages[*index])
    }

    /// The page at an address, written without a slash at its beginning.
    pub fn at(&self, url: &str) -> Option<&Route> {
        self.by_url.get(url).map(|index| &self.pages[*index])
    }

    /// The page at an address of this language, written as it would be without others: `services/`.
    pub fn own(&self, url: &str) -> Option<&Route> {
        match self.prefix.is_empty() {
            true => self.at(url),
            false => self.at(&self.full(url)),
        }
    }

    /// An address of this language, whole.
    pub fn full(&self, url: &str) -> String {
        format!("{}{url}", self.prefix)
    }

    /// An address as it would be without other languages.
    pub fn bare<'u>(&self, url: &'u str) -> &'u str {
        url.strip_prefix(&*self.prefix).unwrap_or(url)
    }

    /// The page in each of the site's languages, the main one first; nothing for a site of one.
    pub fn counterparts(&self, route: &Route) -> &[Counterpart] {
        self.counterparts.get(&route.file).map_or(&[], Vec::as_slice)
    }

    /// Where a file's page is that there is in another language only, and in which.
    pub fn elsewhere(&self, path: &SourcePath) -> Option<(&str, &str)> {
        self.elsewhere.get(path).map(|(url, language)| (url.as_str(), language.as_str()))
    }

    /// Knows the page of `known` by another file, too: that of its translation.
    pub fn name_also(&mut self, known: &SourcePath, other: &SourcePath) {
        if let Some(index) = self.by_source.get(known) {
            self.by_source.insert(other.clone(), *index);
        }
    }

    /// The generated or author's page with this subject.
    pub fn find(&self, subject: impl Fn(&Subject) -> bool) -> Option<&Route> {
        self.pages.iter().find(|route| subject(&route.subject))
    }
}

impl Route {
    /// The markdown file behind the page, if there is one.
    pub fn document<'a>(&self, site: &'a Site) -> Option<&'a Document> {
        match &self.subject {
            Subject::Home(page)
            | Subject::Practitioners(page)
            | Subject::Services(page)
            | Subject::Topics(page)
            | Subject::Articles(page, _) => page.map(|page| &*site.pages[page].document),
            Subject::Page(page) => Some(&site.pages[*page].document),
            Subject::Practitioner(index) => Some(&site.practitioners[*index].document),
            Subject::Service(index) => Some(&site.services[*index].entry.document),
            Subject::Article(index) => Some(&site.articles[*index].entry.document),
            Subject::Topic(index, paging) if paging.number == 1 => {
                site.topics[*index].introduction.map(|page| &*site.pages[page].document)
            }
            _ => None,
        }
    }
}
