//! One page: its view, its template, its bytes.
//!
//! Owns what each kind of page shows. A function of what it is given: pages are made on all cores, in any
//! order, with the same result.

use std::collections::BTreeMap;
use std::hash::Hash;

use bytes::Bytes;
use serde_json::Value as Json;

use super::loads::{self, Load};
use super::names::{Describe, Inputs, Names, Plain, Print};
use super::page_head::About;
use super::view::*;
use super::views::{Maker, Shared, link};
use super::{address, feeds};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::document::model::{Common, Faq, Layout, Step};
use crate::memo::{self, Digest, Digester};
use crate::picture::card::Card;
use crate::prose::one_line;
use crate::route::{OutputPath, Paging, Route, Subject};
use crate::rules::pages;
use crate::site::{Entry, Page, Site};
use crate::theme;

/// A description longer than this is no description.
const LONGEST_DESCRIPTION: usize = 300;

/// A page as it was made.
#[derive(Clone)]
pub struct Made {
    /// Its bytes; none where its template has a fault, which is then a finding.
    pub html: Option<Bytes>,
    /// What was found in its text and its template.
    pub found: Diagnostics,
    /// What it fetches from other hosts, or sends to them.
    pub loads: Vec<Load>,
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
}

/// Makes a page, or recalls it where nothing that it shows has changed. What was found in making its view
/// is added to `diagnostics`; what was found in its text is remembered with the page. With a page that was
/// made anew comes the digest to remember it by.
pub fn page(
    setting: &Setting<'_>,
    route: &Route,
    memo: &Memo,
    diagnostics: &mut Diagnostics,
) -> (Made, Option<Digest>) {
    let maker = &setting.maker;
    let builder = Builder { maker, shared: setting.shared, route };
    let root = builder.root();
    let digest = setting.globals.map(|globals| {
        let mut inputs = Inputs { maker, digester: Digester::default() };
        (globals, &root, feeds::shows(route)).hash(&mut inputs.digester);
        builder.fill(&mut inputs, diagnostics).hash(&mut inputs.digester);
        inputs.digester.digest()
    });
    // A digest has already told the findings of the view.
    let mut again = Diagnostics::default();
    let in_view = if digest.is_some() { &mut again } else { diagnostics };
    memo.recall_or(&route.file, digest, || {
        let mut print = Print::new(maker, setting.engine);
        print.text = feeds::shows(route).then(Plain::default);
        let template = builder.fill(&mut print, in_view);
        let Print { context, card, mut found, text, .. } = print;
        let text = text.map(|text| feeds::text(maker, route, &text)).unwrap_or_default();
        match setting.engine.render(template, &context) {
            Ok(html) => {
                let html = address::finish(&html, &root);
                let loads = loads::of_page(&html);
                Made { html: Some(html.into()), found, loads, card, text }
            }
            Err(error) => {
                found.push(theme::fault(maker.theme, &error));
                Made { html: None, found, loads: Vec::new(), card, text }
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
    pub names: BTreeMap<&'static str, Json>,
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

/// The path of the site's address: `/`, or `/sub/`.
pub fn base_path(base_url: &str) -> String {
    let path = url::Url::parse(base_url).map(|url| url.path().trim_end_matches('/').to_string()).unwrap_or_default();
    format!("{path}/")
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
            Subject::NotFound if !self.maker.portable => base_path(self.maker.base_url),
            Subject::NotFound => "./".to_string(),
            _ => self.route.url.root(),
        }
    }

    /// Fills the context for the page and names its template.
    fn fill(&self, context: &mut impl Names, diagnostics: &mut Diagnostics) -> &'static str {
        match &self.route.subject {
            Subject::Home(page) => self.home(page.map(|page| &self.site().pages[page]), context, diagnostics),
            Subject::Page(page) => self.page(&self.site().pages[*page], context, diagnostics),
            Subject::Practitioner(index) => self.practitioner(*index, context),
            Subject::Service(index) => self.service(*index, context, diagnostics),
            Subject::Article(index) => self.article(*index, context, diagnostics),
            Subject::Services(page) => self.index("services", *page, None, context, diagnostics),
            Subject::Practitioners(page) => self.index("practitioners", *page, None, context, diagnostics),
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
        }
    }

    fn home(&self, page: Option<&'a Page>, context: &mut impl Names, diagnostics: &mut Diagnostics) -> &'static str {
        let practice = &self.site().practice.value;
        let Some(page) = page else {
            let about = About {
                kind: "home",
                title: practice.name.clone(),
                description: practice.description.clone(),
                summary: practice.tagline.clone(),
                ..About::default()
            };
            self.insert_page(about, context);
            context.insert("body", &BodyView::default());
            context.insert("sections", &self.standard_sections());
            context.insert("faqs", &Vec::<FaqView>::new());
            return "home.html";
        };
        self.page_parts("home", page, context, diagnostics);
        "home.html"
    }

    fn page(&self, page: &'a Page, context: &mut impl Names, diagnostics: &mut Diagnostics) -> &'static str {
        let (kind, template) = match page.front.layout {
            Layout::Page => ("page", "page.html"),
            Layout::Landing => ("page", "home.html"),
            Layout::Faq => ("faq", "faq.html"),
            Layout::Policy => ("policy", "policy.html"),
            Layout::Contact => ("contact", "contact.html"),
            Layout::Fees => ("fees", "fees.html"),
        };
        self.page_parts(kind, page, context, diagnostics);
        template
    }

    fn page_parts(&self, kind: &'static str, page: &'a Page, context: &mut impl Names, diagnostics: &mut Diagnostics) {
        let front = &page.front;
        let about = About {
            kind,
            title: front.title.clone(),
            description: description(front.common(), front.summary.as_deref(), &page.document, self.site()),
            summary: front.summary.clone(),
            common: Some(front.common()),
            image: self.maker.common_picture(page, front.common(), diagnostics),
            ..About::default()
        };
        self.insert_page(about, context);
        let faqs = self.faqs(page, &front.faqs, "faqs", diagnostics);
        context.insert("faqs", &if faqs.is_empty() { self.sites_faqs(diagnostics) } else { faqs.clone() });
        context.insert("fees", &self.shared.fees);
        context.insert_body(&page.document);
        context.insert("faqs", &faqs);
        let may_open = kind == "home" || front.layout == Layout::Landing;
        context.insert("sections", &self.sections(page, may_open, diagnostics));
        let policy = front.policy.as_ref();
        let date = |date: Option<jiff::civil::Date>| date.map(|date| self.maker.date(date));
        context.insert(
            "policy",
            &PolicyView {
                effective: date(policy.and_then(|policy| policy.effective)),
                reviewed: date(policy.and_then(|policy| policy.reviewed)),
            },
        );
    }

    /// The questions of the site's FAQ page, for `::: faq` on pages without questions of their own.
    fn sites_faqs(&self, diagnostics: &mut Diagnostics) -> Vec<FaqView> {
        match self.site().pages.iter().find(|page| page.front.layout == Layout::Faq) {
            Some(page) => self.faqs(page, &page.front.faqs, "faqs", diagnostics),
            None => Vec::new(),
        }
    }

    fn practitioner(&self, index: usize, context: &mut impl Names) -> &'static str {
        let entry = &self.site().practitioners[index];
        let person = &self.shared.people[index];
        let summary = entry.front.summary.as_deref();
        let about = About {
            kind: "practitioner",
            title: person.name.clone(),
            description: description(entry.front.common(), summary, &entry.document, self.site()),
            summary: person.summary.clone(),
            common: Some(entry.front.common()),
            image: person.photo.clone(),
            open_graph: "profile",
            ..About::default()
        };
        self.insert_page(about, context);
        context.insert("person", person);
        self.insert_directives(context);
        context.insert_body(&entry.document);
        "practitioner.html"
    }

    fn service(&self, index: usize, context: &mut impl Names, diagnostics: &mut Diagnostics) -> &'static str {
        let service = &self.site().services[index];
        let entry = &service.entry;
        let front = &entry.front;
        let card = self.shared.services[index].clone();
        let about = About {
            kind: "service",
            title: front.title.clone(),
            description: description(front.common(), Some(&front.summary), &entry.document, self.site()),
            summary: Some(front.summary.clone()),
            common: Some(front.common()),
            image: card.image.clone(),
            ..About::default()
        };
        self.insert_page(about, context);
        let others = self.shared.services.iter().enumerate().filter(|(other, _)| *other != index);
        let faqs = self.faqs(entry, &front.faqs, "faqs", diagnostics);
        let own_booking = front.booking.as_ref().or(self.site().practice.value.booking.as_ref());
        let view = ServicePageView {
            for_whom: front.for_whom.clone(),
            not_for: front.not_for.clone(),
            what_to_expect: self.steps(entry, &front.what_to_expect, "what_to_expect", diagnostics),
            people: service.practitioners.iter().map(|person| self.shared.people[*person].clone()).collect(),
            booking: own_booking.map(|own| self.maker.booking(own)),
            others: others.map(|(_, other)| link(&other.title, &other.href)).collect(),
            faqs: faqs.clone(),
            card,
        };
        context.insert("service", &view);
        context.insert("faqs", &faqs);
        context.insert("fees", &self.shared.fees);
        context.insert_body(&entry.document);
        "service.html"
    }

    /// An index: of services, people, articles or topics, below the author's introduction.
    fn index(
        &self,
        kind: &'static str,
        page: Option<usize>,
        paging: Option<Paging>,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) -> &'static str {
        let page = page.map(|page| &self.site().pages[page]);
        let own = page.map(|page| page.front.title.clone());
        let mut title = own.unwrap_or_else(|| self.maker.word(&format!("page_titles.{kind}")));
        let described = self.maker.word(&format!("page_descriptions.{kind}"));
        let mut description_text = described.replace("{name}", self.site().short_name());
        if let Some(page) = page {
            description_text =
                description(page.front.common(), page.front.summary.as_deref(), &page.document, self.site());
        }
        if let Some(paging) = paging.filter(|paging| paging.number > 1) {
            title = self.page_of(&title, paging);
            description_text = self.page_of(&description_text, paging);
        }
        self.insert_introduced(kind, (title, description_text), page, context, diagnostics);
        match kind {
            "services" => context.insert("services", &self.shared.services),
            "practitioners" => context.insert("people", &self.shared.people),
            _ => context.insert("topics", &self.shared.topics),
        }
        if let Some(paging) = paging {
            let all: Vec<usize> = (0..self.shared.articles.len()).collect();
            self.insert_list(&all, paging, &["resources"], context);
        }
        "list.html"
    }

    /// What a list of pages begins with: its title and description, and the author's introduction where there is one.
    pub(super) fn insert_introduced(
        &self,
        kind: &'static str,
        (title, description): (String, String),
        page: Option<&Page>,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) {
        let about = About {
            kind,
            title,
            description,
            summary: page.and_then(|page| page.front.summary.clone()),
            common: page.map(|page| page.front.common()),
            image: page.and_then(|page| self.maker.common_picture(page, page.front.common(), diagnostics)),
            ..About::default()
        };
        self.insert_page(about, context);
        self.insert_directives(context);
        match page {
            Some(page) => context.insert_body(&page.document),
            None => context.insert("body", &BodyView::default()),
        }
    }

    pub(super) fn page_of(&self, title: &str, paging: Paging) -> String {
        let pattern = self.maker.word("page_titles.page_of");
        pattern
            .replace("{title}", title)
            .replace("{n}", &paging.number.to_string())
            .replace("{of}", &paging.of.to_string())
    }

    /// The part of a list that stands on this page, and the ways to its neighbours.
    pub(super) fn insert_list(&self, articles: &[usize], paging: Paging, list: &[&str], context: &mut impl Names) {
        let size = articles.len().div_ceil(paging.of.max(1)).max(1);
        let size = self.site().practice.value.page_size.map_or(size.max(20), |size| size.max(1) as usize);
        let shown = articles.iter().skip((paging.number - 1) * size).take(size);
        let cards: Vec<&Once<CardView>> = shown.map(|index| &self.shared.articles[*index]).collect();
        context.insert("articles", &cards);
        let page = |number: usize| {
            let number_text = number.to_string();
            let url = match number {
                1 => crate::route::Url::of(list),
                _ => crate::route::Url::of(&[list, &["page", &number_text]].concat()),
            };
            address::inside(url.as_str(), self.maker.portable)
        };
        context.insert(
            "paging",
            &PagingView {
                number: paging.number,
                of: paging.of,
                previous: (paging.number > 1).then(|| page(paging.number - 1)),
                next: (paging.number < paging.of).then(|| page(paging.number + 1)),
            },
        );
    }

    fn generated(&self, kind: &'static str, template: &'static str, context: &mut impl Names) -> &'static str {
        let key = kind.replace('-', "_");
        let about = About {
            kind,
            title: self.maker.word(&format!("page_titles.{key}")),
            description: self
                .maker
                .word(&format!("page_descriptions.{key}"))
                .replace("{name}", self.site().short_name()),
            noindex: matches!(self.route.subject, Subject::Thanks | Subject::NotFound | Subject::Search),
            ..About::default()
        };
        self.insert_page(about, context);
        context.insert("body", &BodyView::default());
        self.insert_directives(context);
        template
    }

    /// What directives see besides the page.
    pub(super) fn insert_directives(&self, context: &mut impl Names) {
        context.insert("fees", &self.shared.fees);
        context.insert("faqs", &Vec::<FaqView>::new());
    }

    pub(super) fn faqs<T>(
        &self,
        entry: &Entry<T>,
        faqs: &[Faq],
        at: &str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<FaqView> {
        let view = |(index, faq): (usize, &Faq)| FaqView {
            question: faq.question.clone(),
            answer_html: self.maker.front_text(entry, &faq.answer, &format!("{at}[{index}].answer"), diagnostics),
        };
        faqs.iter().enumerate().map(view).collect()
    }

    pub(super) fn steps<T>(
        &self,
        entry: &Entry<T>,
        steps: &[Step],
        at: &str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<StepView> {
        let view = |(index, step): (usize, &Step)| StepView {
            title: step.title.clone(),
            html: step
                .text
                .as_ref()
                .map(|text| self.maker.front_text(entry, text, &format!("{at}[{index}].text"), diagnostics)),
        };
        steps.iter().enumerate().map(view).collect()
    }
}

/// The description for search results: the author's, else the summary, else the first paragraph.
pub(super) fn description(common: Common<'_>, summary: Option<&str>, document: &Document, site: &Site) -> String {
    let given = common.description.or(summary);
    let first = Some(document.facts.first_paragraph.as_str()).filter(|text| !text.is_empty());
    let text = given.or(first).unwrap_or(&site.practice.value.description);
    let text = one_line(text);
    // What nobody wrote for the purpose may as well fit it.
    let longest = if given.is_some() { LONGEST_DESCRIPTION } else { pages::rules().description_length.data.most };
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole)),
        None => text.into_owned(),
    }
}
