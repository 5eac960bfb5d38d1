//! One page: its view, its template, its bytes.
//!
//! Owns what each kind of page shows. A function of what it is given: pages are made on all cores, in any
//! order, with the same result.

use std::hash::Hash;

use bytes::Bytes;
use serde::Serialize;
use tera::Context;

use super::view::*;
use super::views::{Maker, Shared, link};
use super::{address, body};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::document::model::{Common, Faq, Layout, Section, Step};
use crate::memo::{self, Digest, Digester};
use crate::route::links::{self, Link};
use crate::route::{OutputPath, Paging, Route, Subject, Target};
use crate::site::{Author, Entry, Page, Site};
use crate::theme;

/// A description longer than this is cut by those who show it.
const LONGEST_DESCRIPTION: usize = 300;

/// A page as it was made.
#[derive(Clone)]
pub struct Made {
    /// Its bytes; none where its template has a fault, which is then a finding.
    pub html: Option<Bytes>,
    /// What was found in its text and its template.
    pub found: Diagnostics,
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
    let root = match &route.subject {
        // Shown at any address, however deep: relative ways would lead astray.
        Subject::NotFound if !maker.portable => base_path(maker.base_url),
        Subject::NotFound => "./".to_string(),
        _ => route.url.root(),
    };
    let digest = setting.globals.map(|globals| {
        let mut inputs = Inputs { maker, digester: Digester::default() };
        (globals, &root).hash(&mut inputs.digester);
        builder.fill(&mut inputs, diagnostics).hash(&mut inputs.digester);
        inputs.digester.digest()
    });
    if let Some(made) = digest.and_then(|digest| memo.recall(&route.file, &digest)) {
        return (made.clone(), None);
    }
    let mut print = Print { maker, engine: setting.engine, context: Context::new(), found: Diagnostics::default() };
    // A digest has already told the findings of the view.
    let mut again = Diagnostics::default();
    let template = builder.fill(&mut print, if digest.is_some() { &mut again } else { diagnostics });
    let Print { context, mut found, .. } = print;
    let html = match setting.engine.render(template, &context) {
        Ok(html) => Some(address::finish(&html, &root).into()),
        Err(error) => {
            found.push(theme::fault(maker.theme, &error));
            None
        }
    };
    (Made { html, found }, digest)
}

/// Takes what a page shows, name by name: to print it, or to tell whether it is what was shown before. So a
/// page cannot show what its digest does not know of.
trait Names {
    /// A name that the template sees.
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T);

    /// The document's body, under the name `body`. Its directives see the names that were inserted before.
    fn insert_body(&mut self, document: &Document);
}

/// Gathers the digest of what a page shows.
struct Inputs<'a> {
    maker: &'a Maker<'a>,
    digester: Digester,
}

impl Names for Inputs<'_> {
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T) {
        (name, view).hash(&mut self.digester);
    }

    fn insert_body(&mut self, document: &Document) {
        body::hash_inputs(self.maker, document, &mut self.digester);
    }
}

/// Gathers what a template prints.
struct Print<'a> {
    maker: &'a Maker<'a>,
    engine: &'a tera::Tera,
    context: Context,
    found: Diagnostics,
}

impl Names for Print<'_> {
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T) {
        self.context.insert(name, view);
    }

    fn insert_body(&mut self, document: &Document) {
        let body = body::body(self.maker, self.engine, document, &self.context, &mut self.found);
        self.context.insert("body", &body);
    }
}

/// The path of the site's address: `/`, or `/sub/`.
pub fn base_path(base_url: &str) -> String {
    let path = url::Url::parse(base_url).map(|url| url.path().trim_end_matches('/').to_string()).unwrap_or_default();
    format!("{path}/")
}

struct Builder<'a> {
    maker: &'a Maker<'a>,
    shared: &'a Shared,
    route: &'a Route,
}

/// What a page says of itself, before it becomes a view.
#[derive(Default)]
struct About<'a> {
    kind: &'static str,
    title: String,
    description: String,
    summary: Option<String>,
    common: Option<Common<'a>>,
    image: Option<PictureView>,
    open_graph: &'static str,
    noindex: bool,
}

impl<'a> Builder<'a> {
    fn site(&self) -> &'a Site {
        self.maker.site
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
            Subject::Topics => self.index("topics", None, None, context, diagnostics),
            Subject::Topic(topic, paging) => self.topic(*topic, *paging, context),
            Subject::Fees => self.generated("fees", "fees.html", context),
            Subject::Contact => self.generated("contact", "contact.html", context),
            Subject::Crisis => self.generated("crisis", "crisis.html", context),
            Subject::Thanks => self.generated("thanks", "thanks.html", context),
            Subject::NotFound => self.generated("not-found", "404.html", context),
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
        context.insert("sections", &self.sections(page, diagnostics));
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
            booking: own_booking.map(super::views::booking),
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

    fn article(&self, index: usize, context: &mut impl Names, diagnostics: &mut Diagnostics) -> &'static str {
        let article = &self.site().articles[index];
        let entry = &article.entry;
        let front = &entry.front;
        let about = About {
            kind: "resource",
            title: front.title.clone(),
            description: description(front.common(), Some(&front.summary), &entry.document, self.site()),
            summary: Some(front.summary.clone()),
            common: Some(front.common()),
            image: self.maker.common_picture(entry, front.common(), diagnostics),
            open_graph: "article",
            ..About::default()
        };
        self.insert_page(about, context);
        let neighbour = |card: Option<&Once<CardView>>| card.map(|card| link(&card.title, &card.href));
        let faqs = self.faqs(entry, &front.faqs, "faqs", diagnostics);
        let view = ArticleView {
            card: self.shared.articles[index].clone(),
            author: self.author(&article.author),
            reviewed_by: article.reviewed_by.as_ref().map(|by| self.author(by)),
            updated: front.updated.map(|date| self.maker.date(date)),
            last_reviewed: front.last_reviewed.map(|date| self.maker.date(date)),
            key_points: front.key_points.clone(),
            related: article.related.iter().map(|other| self.shared.articles[*other].clone()).collect(),
            previous: neighbour(self.shared.articles.get(index + 1)),
            next: neighbour(index.checked_sub(1).and_then(|newer| self.shared.articles.get(newer))),
            faqs: faqs.clone(),
        };
        context.insert("article", &view);
        context.insert("faqs", &faqs);
        context.insert("fees", &self.shared.fees);
        context.insert_body(&entry.document);
        "resource.html"
    }

    fn author(&self, author: &Author) -> AuthorView {
        match author {
            Author::Practitioner(index) => {
                let person = &self.shared.people[*index];
                AuthorView {
                    name: person.name.clone(),
                    href: Some(person.href.clone()),
                    role_title: person.role_title.clone(),
                }
            }
            Author::Guest { name, url } => AuthorView { name: name.clone(), href: url.clone(), role_title: None },
        }
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
        let about = About {
            kind,
            title,
            description: description_text,
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

    fn topic(&self, index: usize, paging: Paging, context: &mut impl Names) -> &'static str {
        let topic = &self.site().topics[index];
        let fill = |key: &str| self.maker.word(key).replace("{name}", &topic.name);
        let (mut title, mut description) = (fill("page_titles.topic"), fill("page_descriptions.topic"));
        if paging.number > 1 {
            title = self.page_of(&title, paging);
            description = self.page_of(&description, paging);
        }
        self.insert_page(About { kind: "topic", title, description, ..About::default() }, context);
        context.insert("body", &BodyView::default());
        context.insert("topic", &self.shared.topics[index]);
        context.insert("topics", &self.shared.topics);
        self.insert_list(&topic.articles, paging, &["resources", "topics", &topic.slug], context);
        "list.html"
    }

    fn page_of(&self, title: &str, paging: Paging) -> String {
        let pattern = self.maker.word("page_titles.page_of");
        pattern
            .replace("{title}", title)
            .replace("{n}", &paging.number.to_string())
            .replace("{of}", &paging.of.to_string())
    }

    /// The part of a list that stands on this page, and the ways to its neighbours.
    fn insert_list(&self, articles: &[usize], paging: Paging, list: &[&str], context: &mut impl Names) {
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
            noindex: matches!(self.route.subject, Subject::Thanks | Subject::NotFound),
            ..About::default()
        };
        self.insert_page(about, context);
        context.insert("body", &BodyView::default());
        self.insert_directives(context);
        template
    }

    /// What directives see besides the page.
    fn insert_directives(&self, context: &mut impl Names) {
        context.insert("fees", &self.shared.fees);
        context.insert("faqs", &Vec::<FaqView>::new());
    }

    fn insert_page(&self, about: About<'_>, context: &mut impl Names) {
        let maker = self.maker;
        let practice = &self.site().practice.value;
        let url = self.route.url.as_str();
        let home = matches!(self.route.subject, Subject::Home(_));
        let head_title = match (home, &practice.tagline) {
            (true, Some(tagline)) => format!("{}: {tagline}", practice.name),
            (true, None) => practice.name.clone(),
            (false, _) => format!("{} · {}", about.title, self.site().short_name()),
        };
        let image_url = about.image.as_ref().and_then(|image| maker.published(&image.src));
        let lang = about.common.and_then(|common| common.lang).unwrap_or(&practice.language);
        let view = PageView {
            kind: about.kind.to_string(),
            head_title,
            href: address::inside(url, maker.portable),
            canonical: maker.canonical(url),
            lang: lang.to_string(),
            noindex: about.noindex || about.common.is_some_and(|common| common.noindex),
            section_href: self.section(),
            breadcrumbs: self.breadcrumbs(),
            image_url: image_url.map(|path| maker.canonical(path.as_str())),
            open_graph_type: if about.open_graph.is_empty() { "website" } else { about.open_graph }.to_string(),
            json_ld: None,
            draft: about.common.is_some_and(|common| common.draft),
            title: about.title,
            description: about.description,
            summary: about.summary,
            image: about.image,
        };
        context.insert("page", &view);
    }

    /// The navigation entry under whose address the page lies.
    fn section(&self) -> Option<String> {
        let url = self.route.url.as_str();
        let entries = self.maker.routes.navigation.iter().filter_map(|entry| match &entry.target {
            Target::Inside(section) if !section.is_empty() && url.starts_with(section.as_str()) => Some(section),
            _ => None,
        });
        entries.max_by_key(|section| section.len()).map(|section| address::inside(section, self.maker.portable))
    }

    fn breadcrumbs(&self) -> Vec<LinkView> {
        let url = self.route.url.as_str();
        if url.is_empty() || self.route.subject == Subject::NotFound {
            return Vec::new();
        }
        let mut crumbs = vec![link(&self.maker.word("home"), &address::inside("", self.maker.portable))];
        let mut at = 0;
        while let Some(slash) = url[at..].find('/') {
            at += slash + 1;
            if at < url.len()
                && let Some(route) = self.maker.routes.at(&url[..at])
            {
                crumbs.push(link(&self.title_of(route), &address::inside(&url[..at], self.maker.portable)));
            }
        }
        crumbs
    }

    fn title_of(&self, route: &Route) -> String {
        let site = self.site();
        let word = |kind: &str| self.maker.word(&format!("page_titles.{kind}"));
        match &route.subject {
            Subject::Page(page) | Subject::Home(Some(page)) | Subject::Services(Some(page)) => {
                site.pages[*page].front.title.clone()
            }
            Subject::Practitioners(Some(page)) | Subject::Articles(Some(page), _) => {
                site.pages[*page].front.title.clone()
            }
            Subject::Practitioner(index) => site.practitioners[*index].front.name.clone(),
            Subject::Service(index) => site.services[*index].entry.front.title.clone(),
            Subject::Article(index) => site.articles[*index].entry.front.title.clone(),
            Subject::Topic(index, _) => site.topics[*index].name.clone(),
            Subject::Home(None) => self.maker.word("home"),
            Subject::Services(None) => word("services"),
            Subject::Practitioners(None) => word("practitioners"),
            Subject::Articles(None, _) => word("resources"),
            Subject::Topics => word("topics"),
            Subject::Fees => word("fees"),
            Subject::Contact => word("contact"),
            Subject::Crisis => word("crisis"),
            Subject::Thanks => word("thanks"),
            Subject::NotFound => word("not_found"),
        }
    }

    fn faqs<T>(&self, entry: &Entry<T>, faqs: &[Faq], at: &str, diagnostics: &mut Diagnostics) -> Vec<FaqView> {
        let view = |(index, faq): (usize, &Faq)| FaqView {
            question: faq.question.clone(),
            answer_html: self.maker.front_text(entry, &faq.answer, &format!("{at}[{index}].answer"), diagnostics),
        };
        faqs.iter().enumerate().map(view).collect()
    }

    fn steps<T>(&self, entry: &Entry<T>, steps: &[Step], at: &str, diagnostics: &mut Diagnostics) -> Vec<StepView> {
        let view = |(index, step): (usize, &Step)| StepView {
            title: step.title.clone(),
            html: step
                .text
                .as_ref()
                .map(|text| self.maker.front_text(entry, text, &format!("{at}[{index}].text"), diagnostics)),
        };
        steps.iter().enumerate().map(view).collect()
    }

    /// The sections of a home page that nobody has written: what the practice offers, who it is, what it
    /// has published.
    fn standard_sections(&self) -> Vec<SectionView> {
        let mut sections = vec![SectionView {
            heading: Some(
                self.site().practice.value.tagline.clone().unwrap_or_else(|| self.site().practice.value.name.clone()),
            ),
            html: None,
            ..self.section_view("hero", 0)
        }];
        if !self.shared.services.is_empty() {
            sections.push(SectionView { services: self.shared.services.clone(), ..self.section_view("services", 1) });
        }
        if !self.shared.people.is_empty() {
            sections.push(SectionView { people: self.shared.people.clone(), ..self.section_view("practitioners", 2) });
        }
        if !self.shared.articles.is_empty() {
            sections.push(SectionView {
                articles: self.newest(3),
                all_href: self.all_articles(),
                ..self.section_view("resources", 3)
            });
        }
        sections
    }

    fn newest(&self, count: usize) -> Vec<Once<CardView>> {
        self.shared.articles.iter().take(count).cloned().collect()
    }

    fn all_articles(&self) -> Option<String> {
        self.maker.subject_href(|subject| matches!(subject, Subject::Articles(_, paging) if paging.number == 1))
    }

    fn section_view(&self, kind: &str, index: usize) -> SectionView {
        SectionView {
            kind: kind.to_string(),
            heading: None,
            id: format!("a-section-{}", index + 1),
            html: None,
            actions: Vec::new(),
            facts: Vec::new(),
            image: None,
            services: Vec::new(),
            people: Vec::new(),
            articles: Vec::new(),
            all_href: None,
            steps: Vec::new(),
            faqs: Vec::new(),
            attribution: None,
        }
    }

    fn sections(&self, page: &Page, diagnostics: &mut Diagnostics) -> Vec<SectionView> {
        page.front
            .sections
            .iter()
            .enumerate()
            .map(|(index, section)| self.one_section(page, index, section, diagnostics))
            .collect()
    }

    fn one_section(&self, page: &Page, index: usize, section: &Section, diagnostics: &mut Diagnostics) -> SectionView {
        let at = format!("sections[{index}]");
        let text = |text: Option<&crate::document::values::Markdown>, diagnostics: &mut Diagnostics| {
            text.map(|text| self.maker.front_text(page, text, &format!("{at}.text"), diagnostics))
        };
        match section {
            Section::Hero { heading, text: words, actions, facts, image, image_alt } => SectionView {
                heading: Some(heading.clone()),
                html: text(words.as_ref(), diagnostics),
                actions: self.actions(page, actions, &at, diagnostics),
                facts: facts
                    .iter()
                    .map(|fact| FactView { label: fact.label.clone(), text: fact.text.clone() })
                    .collect(),
                image: image.as_ref().and_then(|image| {
                    let place = page.document.locate(&format!("{at}.image")).value;
                    self.maker.picture(
                        &page.document.path,
                        image,
                        image_alt.as_deref().unwrap_or_default(),
                        place,
                        diagnostics,
                    )
                }),
                ..self.section_view("hero", index)
            },
            Section::Services { heading, text: words } => SectionView {
                heading: heading.clone(),
                html: text(words.as_ref(), diagnostics),
                services: self.shared.services.clone(),
                ..self.section_view("services", index)
            },
            Section::Practitioners { heading, text: words } => SectionView {
                heading: heading.clone(),
                html: text(words.as_ref(), diagnostics),
                people: self.shared.people.clone(),
                ..self.section_view("practitioners", index)
            },
            Section::Resources { heading, count } => SectionView {
                heading: heading.clone(),
                articles: self.newest(count.unwrap_or(3) as usize),
                all_href: self.all_articles(),
                ..self.section_view("resources", index)
            },
            Section::Steps { heading, steps } => SectionView {
                heading: heading.clone(),
                steps: self.steps(page, steps, &format!("{at}.steps"), diagnostics),
                ..self.section_view("steps", index)
            },
            Section::Quote { text, attribution } => SectionView {
                html: Some(Html(escaped(text))),
                attribution: attribution.clone(),
                ..self.section_view("quote", index)
            },
            Section::Faq { heading, faqs } => SectionView {
                heading: heading.clone(),
                faqs: self.faqs(page, faqs, &format!("{at}.faqs"), diagnostics),
                ..self.section_view("faq", index)
            },
            Section::Text { heading, text: words } => SectionView {
                heading: heading.clone(),
                html: text(Some(words), diagnostics),
                ..self.section_view("text", index)
            },
            Section::CallToAction { heading, text: words, actions } => SectionView {
                heading: Some(heading.clone()),
                html: text(words.as_ref(), diagnostics),
                actions: self.actions(page, actions, &at, diagnostics),
                ..self.section_view("call-to-action", index)
            },
        }
    }

    fn actions(
        &self,
        page: &Page,
        actions: &[crate::document::model::Action],
        at: &str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<LinkView> {
        let mut views = Vec::new();
        for (index, action) in actions.iter().enumerate() {
            let href = match links::resolve(self.site(), self.maker.routes, &page.document.path, &action.to) {
                Link::Page { url, fragment } => {
                    let url = fragment.map_or(url.clone(), |fragment| format!("{url}#{fragment}"));
                    address::inside(&url, self.maker.portable)
                }
                Link::File { url, .. } => address::inside(&url, self.maker.portable),
                Link::Here(fragment) => format!("#{fragment}"),
                Link::Elsewhere(address) => address,
                fault => {
                    let place = page.document.locate(&format!("{at}.actions[{index}].to")).value;
                    diagnostics
                        .push(super::html::link_finding(&fault, &action.to, 0..0).place(&page.document.path, place));
                    continue;
                }
            };
            views.push(LinkView { external: href.contains("://"), ..link(&action.label, &href) });
        }
        views
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut out, text);
    out
}

/// The description for search results: the author's, else the summary, else the first paragraph.
fn description(common: Common<'_>, summary: Option<&str>, document: &Document, site: &Site) -> String {
    let given = common.description.or(summary).map(str::to_string);
    let text = given.or_else(|| Some(document.facts.first_paragraph.clone()).filter(|text| !text.is_empty()));
    let text = text.unwrap_or_else(|| site.practice.value.description.clone());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST_DESCRIPTION) {
        Some((end, _)) => format!("{}…", text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole)),
        None => text,
    }
}
