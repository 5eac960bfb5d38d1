//! Stage 3: the practice's model.
//!
//! Owns the value that all later stages read: who the practice is and what it publishes on a given
//! day, references resolved. A plain value: no templates, no options, no addresses.

mod assemble;
mod authorities;
pub mod booking;
pub mod countries;
pub mod crisis;
mod days;
pub mod hosts;
mod names;
pub mod narrowed;
pub mod notices;
pub mod providers;
mod related;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

pub use crate::document::HostFile;
use crate::document::model;
use crate::document::references::References;
use crate::document::{DataFile, Document, HostFiles};
use crate::editions::Standing;
use crate::source::{Asset, SourcePath};
pub use assemble::assemble;
use narrowed::Narrowing;
use notices::Notice;

/// A file with its front matter.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The file.
    pub document: Arc<Document>,
    /// Its front matter.
    pub front: Arc<T>,
}

/// A person of the practice.
pub type Practitioner = Entry<model::Practitioner>;
/// A page that is none of the other kinds.
pub type Page = Entry<model::Page>;

/// A service with its people.
#[derive(Clone, Debug)]
pub struct Service {
    /// The file and its front matter.
    pub entry: Entry<model::Service>,
    /// Who offers it: indices into [`Site::practitioners`].
    pub practitioners: Vec<usize>,
}

/// Who wrote or reviewed an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Author {
    /// Index into [`Site::practitioners`].
    Practitioner(usize),
    /// Somebody else.
    Guest {
        /// The name.
        name: String,
        /// A page about the person.
        url: Option<String>,
    },
}

/// An article with its references resolved.
#[derive(Clone, Debug)]
pub struct Article {
    /// The file and its front matter.
    pub entry: Entry<model::Resource>,
    /// Who wrote it.
    pub author: Author,
    /// Who reviewed it.
    pub reviewed_by: Option<Author>,
    /// Its topics: indices into [`Site::topics`].
    pub topics: Vec<usize>,
    /// Articles to read next: indices into [`Site::articles`].
    pub related: Vec<usize>,
}

/// A topic and the articles about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Topic {
    /// As authors write it; the title of its introduction, where it has one.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// The page that introduces it: an index into [`Site::pages`].
    pub introduction: Option<usize>,
    /// Its articles, newest first: indices into [`Site::articles`].
    pub articles: Vec<usize>,
}

/// Why a file that exists has no page in this build.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absence {
    /// It is a draft.
    Draft,
    /// It is published on this day.
    From(Date),
    /// It was published until this day.
    Until(Date),
    /// Its front matter has faults that are findings of their own.
    Faulty,
}

/// The first page of each layout, once somebody has asked.
#[derive(Clone, Default, Debug)]
pub struct Layouts(OnceLock<HashMap<model::Layout, usize>>);

/// What a practice publishes on a given day.
#[derive(Clone, Debug)]
pub struct Site {
    /// Who the practice is.
    pub practice: DataFile<model::Practice>,
    /// Its people, by weight and name.
    pub practitioners: Vec<Practitioner>,
    /// Its services, by weight and title.
    pub services: Vec<Service>,
    /// Its articles, newest first.
    pub articles: Vec<Article>,
    /// Every other page, by path; those that are made from facts come last.
    pub pages: Vec<Page>,
    /// The pages that are made from facts: what each is, and its index into `pages`.
    pub generated: Vec<(Notice, usize)>,
    /// The topics of its articles, by name.
    pub topics: Vec<Topic>,
    /// How its team is narrowed, where it is large.
    pub narrowings: Vec<Narrowing>,
    /// The works that can be cited.
    pub references: References,
    /// Old addresses and where they lead.
    pub redirects: Option<DataFile<Vec<(String, String)>>>,
    /// The author's own files for hosts.
    pub host_files: HostFiles,
    /// Files that are published as they are.
    pub assets: BTreeMap<SourcePath, Asset>,
    /// Notices that are shown on this day: indices into the practice's.
    pub notices: Vec<usize>,
    /// Closures that are not over on this day: indices into the practice's locations and into their closures, the
    /// earliest first.
    pub closures: Vec<(usize, usize)>,
    /// Files without a page in this build, and why.
    pub absent: BTreeMap<SourcePath, Absence>,
    /// Topics that only articles had whose last day is past, by the last part of their address, with the last of these days.
    pub ended_topics: BTreeMap<String, Date>,
    /// The files that say that they are drafts, whether drafts are built or not.
    pub drafts: BTreeSet<SourcePath>,
    /// The documents whose front matter has faults: they have no page, but their texts are read for more.
    pub faulty: Vec<Arc<Document>>,
    /// The day for which all this holds.
    pub today: Date,
    /// The next day on which the site would change by itself, or a fact of it grow old.
    pub changes_on: Option<Date>,
    /// Its pages by layout.
    pub layouts: Layouts,
    /// Which of the site's languages it is in, where there are several.
    pub standing: Standing,
}

/// Whether these are the people of somebody who works alone.
fn is_one_person(practitioners: &[Practitioner]) -> bool {
    practitioners.len() == 1
}

impl Site {
    /// Whether one person works alone, who is written of as “I” and has a page in the place of a team's list.
    pub fn is_one_person(&self) -> bool {
        is_one_person(&self.practitioners)
    }

    /// The language of a page that isn't translated and is shown in the main one.
    pub fn borrowed(&self, path: &SourcePath) -> Option<&str> {
        self.standing.borrowed.get(path).map(String::as_str)
    }

    /// The licences of a person that hold on the day. A page never shows another: it would state something untrue.
    pub fn licences<'a>(&self, person: &'a model::Practitioner) -> impl Iterator<Item = &'a model::Licence> {
        let today = self.today;
        person.licences.iter().filter(move |licence| licence.holds_on(today))
    }

    /// The first page of a layout, by its place in `pages`.
    pub fn of_layout(&self, layout: model::Layout) -> Option<&Page> {
        let index = || {
            let mut first = HashMap::new();
            for (at, page) in self.pages.iter().enumerate() {
                first.entry(page.front.layout.clone()).or_insert(at);
            }
            first
        };
        self.pages.get(*self.layouts.0.get_or_init(index).get(&layout)?)
    }

    /// The name for the top of every page.
    pub fn short_name(&self) -> &str {
        let practice = &self.practice.value;
        practice.short_name.as_deref().unwrap_or(&practice.name)
    }

    /// The closures of a location that are not over, the earliest first.
    pub fn closures(&self, location: usize) -> impl Iterator<Item = &model::Closure> {
        let of = self.closures.iter().filter(move |(at, _)| *at == location);
        of.filter_map(|(at, index)| self.practice.value.locations.get(*at)?.closures.get(*index))
    }
}
