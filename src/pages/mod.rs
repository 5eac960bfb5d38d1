//! One page: its view, its template, its bytes.
//!
//! Owns how a page is made or recalled; each kind of page has a file of its own that says what it shows. A
//! function of what it is given: pages are made on all cores, in any order, with the same result.

mod article;
mod description;
pub mod feed_text;
mod generated;
mod glance;
mod head;
mod languages;
mod list;
mod names;
mod parts;
mod practitioner;
pub mod promises;
mod schema_org;
mod sections;
mod service;
mod shelf;
mod team;
mod topic;
mod trust;
mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hash;

use bytes::Bytes;
use serde_json::Value as Json;

use crate::diagnostic::Diagnostics;
use crate::finished::attributes::attributes;
use crate::finished::blocked::{self, Blocked};
use crate::finished::loads::{self, Load};
use crate::finished::refers::{self, Refers, WrittenOut};
use crate::memo::{self, Digest, Digester};
use crate::output::File;
use crate::picture::card::Card;
use crate::regions::Given;
use crate::route::{OutputPath, Route, Subject, address};
use crate::site::Site;
use crate::theme;
use crate::views::maker::Maker;
use crate::views::shared::Shared;
use names::{Describe, Inputs, Names, Plain, Print};
use promises::{Promises, Unkept};
pub use shelf::Shelf;

/// A page as it was made.
#[derive(Clone)]
pub struct Made {
    /// Its bytes, or what is kept of them; none where its template has a fault, which is then a finding.
    pub file: Option<File>,
    /// What was found in its text and its template.
    pub found: Diagnostics,
    /// What it fetches from other hosts, or sends to them.
    pub loads: Vec<Load>,
    /// What its policy keeps from working.
    pub blocked: Vec<Blocked>,
    /// The files of the site that it shows or links to.
    pub files: Vec<Box<str>>,
    /// The addresses of the site in it that somebody wrote out.
    pub written_out: Vec<WrittenOut>,
    /// The regions that its template lacks.
    pub unkept: Vec<Unkept>,
    /// The card that it names, and where that is published.
    pub card: Option<(OutputPath, Card)>,
    /// Its text for the feed; empty on pages that no feed shows.
    pub text: Bytes,
}

/// Pages as they were made of the same views.
pub type Memo = memo::Memo<OutputPath, Digest, Made>;

/// What every page is made with.
pub struct Setting<'a> {
    /// Makes views.
    pub maker: Maker<'a>,
    /// Views that many pages show.
    pub shared: &'a Shared,
    /// The templates, with what every page sees.
    pub engine: &'a tera::Tera,
    /// Tells apart everything that every page sees; none where nothing is remembered.
    pub globals: Option<Digest>,
    /// Whether articles are let go once they are checked.
    pub only_checks: bool,
    /// What the theme promises, where the site has templates of its own.
    pub promises: Option<Promises>,
}

/// Makes a page, or recalls it where nothing that it shows has changed. What was found in making its view
/// is added to `diagnostics`; what was found in its text is remembered with the page. With a page that was
/// made anew comes the digest to remember it by.
pub fn page(
    setting: &Setting<'_>,
    route: &Route,
    memo: &Memo,
    shelf: &mut Shelf,
    diagnostics: &mut Diagnostics,
) -> (Made, Option<Digest>) {
    let maker = &setting.maker;
    let builder = Builder { maker, shared: setting.shared, route };
    let root = builder.root();
    let digest = setting.globals.map(|globals| {
        let mut inputs = Inputs { maker, digester: Digester::default() };
        let is_close = setting.promises.as_ref().is_some_and(|promises| promises.is_close(route));
        (globals, &root, feed_text::shows(route), is_close).hash(&mut inputs.digester);
        builder.fill(&mut inputs, diagnostics).hash(&mut inputs.digester);
        inputs.digester.digest()
    });
    // A digest has already told the findings of the view.
    let mut again = Diagnostics::default();
    let in_view = if digest.is_some() { &mut again } else { diagnostics };
    memo.recall_or(&route.file, digest, || {
        let mut print = Print::new(maker, setting.engine);
        print.text = feed_text::shows(route).then(Plain::default);
        let template = builder.fill(&mut print, in_view);
        let Print { context, card, mut found, text, .. } = print;
        let text = text.map(|text| feed_text::text(maker, route, &text)).unwrap_or_default();
        match theme::print(setting.engine, &template, &context) {
            Ok(html) => {
                let (mut refers, mut suspicious) = (refers::Reader::new(route.file.as_str(), maker.base_url), false);
                for attribute in attributes(&html) {
                    refers.read(attribute);
                    suspicious = suspicious || blocked::is_suspicious(attribute);
                }
                // A feed shows pictures where the page has drawings.
                attributes(&String::from_utf8_lossy(&text)).for_each(|attribute| refers.read_files(attribute));
                let is_kept = !(setting.only_checks && matches!(route.subject, Subject::Article(_)));
                let Refers { files, written_out, ids } = refers.end(!is_kept);
                let unkept = setting.promises.as_ref();
                let unkept = unkept.map(|own| own.unkept(setting, route, &template, &html, &root)).unwrap_or_default();
                // A mark stands only before an address of the site itself, which neither of these asks about.
                let loads = loads::of_page(&html);
                let blocked = blocked::of_page(&html, &maker.theme.script, suspicious);
                let file = Some(if is_kept { File::Made(shelf.put(&html, &root)) } else { File::Checked(ids) });
                Made { file, found, loads, blocked, files, written_out, unkept, card, text }
            }
            Err(error) => {
                found.push(theme::fault(maker.theme, &error));
                let (loads, blocked, files, written_out, unkept) = Default::default();
                Made { file: None, found, loads, blocked, files, written_out, unkept, card, text }
            }
        }
    })
}

/// A page's names as data.
pub struct Described {
    /// Where the page is published.
    pub file: OutputPath,
    /// What an address inside the site begins with on it.
    pub(super) root: String,
    /// What its template sees besides `t`, by name.
    pub names: Given,
}

impl Described {
    /// Adds what every template sees.
    pub(super) fn with(mut self, every: &Given) -> Described {
        for (name, value) in every {
            let mut value = value.clone();
            finish(&mut value, &self.root);
            self.names.insert(name, value);
        }
        self
    }
}

/// What a page's template would see.
pub fn describe(setting: &Setting<'_>, route: &Route) -> Described {
    let maker = &setting.maker;
    let builder = Builder { maker, shared: setting.shared, route };
    let mut describe = Describe { print: Print::new(maker, setting.engine), names: BTreeMap::new() };
    builder.fill(&mut describe, &mut Diagnostics::default());
    let root = builder.root();
    describe.names.values_mut().for_each(|value| finish(value, &root));
    Described { file: route.file.clone(), root, names: describe.names }
}

/// Finishes the addresses inside a value.
pub(super) fn finish(value: &mut Json, root: &str) {
    match value {
        Json::String(text) => *text = address::finish(text, root),
        Json::Array(entries) => entries.iter_mut().for_each(|entry| finish(entry, root)),
        Json::Object(fields) => fields.values_mut().for_each(|field| finish(field, root)),
        _ => {}
    }
}

/// Makes the view of one page.
pub(super) struct Builder<'a> {
    pub maker: &'a Maker<'a>,
    pub shared: &'a Shared,
    pub route: &'a Route,
}

impl<'a> Builder<'a> {
    pub(super) fn site(&self) -> &'a Site {
        self.maker.site
    }

    /// What an address inside the site begins with on this page.
    pub(super) fn root(&self) -> String {
        match &self.route.subject {
            // Shown at any address, however deep: relative ways would lead astray.
            Subject::NotFound if !self.maker.portable => address::base_path(self.maker.base_url),
            Subject::NotFound => "./".to_string(),
            _ => self.route.url.root(),
        }
    }

    /// Fills the context for the page and names its template.
    fn fill(&self, context: &mut impl Names, diagnostics: &mut Diagnostics) -> Cow<'static, str> {
        let template = match &self.route.subject {
            Subject::Home(page) => self.home(page.map(|page| &self.site().pages[page]), context, diagnostics),
            Subject::Page(page) => return self.page(&self.site().pages[*page], context, diagnostics),
            Subject::Practitioner(index) => self.practitioner(*index, context),
            Subject::Service(index) => self.service(*index, context, diagnostics),
            Subject::Article(index) => self.article(*index, context, diagnostics),
            Subject::Services(page) => self.index("services", *page, None, context, diagnostics),
            Subject::Practitioners(page) => self.index("practitioners", *page, None, context, diagnostics),
            Subject::Team(index) => self.team(*index, context, diagnostics),
            Subject::Articles(page, paging) => self.index("resources", *page, Some(*paging), context, diagnostics),
            Subject::Topics(page) => self.index("topics", *page, None, context, diagnostics),
            Subject::Topic(topic, paging) => self.topic(*topic, *paging, context, diagnostics),
            Subject::Fees => self.generated("fees", "fees.html", context),
            Subject::Contact => self.generated("contact", "contact.html", context),
            Subject::Crisis => self.generated("crisis", "crisis.html", context),
            Subject::Thanks => self.generated("thanks", "thanks.html", context),
            Subject::NotFound => self.generated("not-found", "404.html", context),
            Subject::Search => {
                context.insert("search", &self.maker.search());
                context.insert("topics", &self.shared.topics);
                self.generated("search", "search.html", context)
            }
        };
        template.into()
    }
}
