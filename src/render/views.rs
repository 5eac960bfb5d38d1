//! From the model to what templates see, for everything that several pages share.
//!
//! Owns the making of cards, people and services, once for all pages. The site's own view is `site_view`'s,
//! what a single page adds is `page`'s.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::document::model::{self, PolicyKind, Price};
use crate::document::values::{Currency, Date};
use crate::picture::card::Frame;
use crate::route::{OutputPath, Routes, Subject};
use crate::site::{Author, Entry, Page, Site, hosts};
use crate::source::SourcePath;
use crate::theme::Theme;
use crate::yaml::Path;

use super::html::{self, Setting, Text};
use super::view::*;
use super::{address, cards, headers, pictures};

/// Words that a person reads in a minute.
const WORDS_A_MINUTE: u32 = 220;

/// What views are made with.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    /// The model.
    pub site: &'a Site,
    /// The addresses.
    pub routes: &'a Routes,
    /// The theme.
    pub theme: &'a Theme,
    /// Whether links name `index.html`.
    pub portable: bool,
    /// The site's address, without a slash at its end.
    pub base_url: &'a str,
}

/// What an author says of a picture.
#[derive(Clone, Copy, Default)]
pub struct Shown<'a> {
    /// What it shows.
    pub alt: &'a str,
    /// Which part of it stays in sight.
    pub focus: Option<model::Focus>,
}

/// Cards that many pages show, made once.
pub struct Shared {
    /// By index into the site's people.
    pub people: Vec<Once<PersonView>>,
    /// By index into the site's services.
    pub services: Vec<Once<ServiceView>>,
    /// By index into the site's articles.
    pub articles: Vec<Once<CardView>>,
    /// By index into the site's topics.
    pub topics: Vec<TopicView>,
    /// What everything costs.
    pub fees: Once<FeesView>,
    /// What every social card has; none where there are none.
    pub card_frame: Option<Arc<Frame>>,
    /// The policy for the `meta` element of every page, without what is a page's own.
    pub policy: String,
}

impl<'a> Maker<'a> {
    /// Makes everything that many pages show.
    pub fn shared(&self, diagnostics: &mut Diagnostics) -> Shared {
        let topics: Vec<TopicView> = self
            .site
            .topics
            .iter()
            .enumerate()
            .map(|(index, topic)| TopicView {
                name: topic.name.clone(),
                href: self
                    .subject_href(
                        |subject| matches!(subject, Subject::Topic(i, paging) if *i == index && paging.number == 1),
                    )
                    .unwrap_or_default(),
                count: topic.articles.len(),
            })
            .collect();
        let mut people: Vec<PersonView> =
            self.site.practitioners.iter().map(|entry| self.person(entry, diagnostics)).collect();
        let services: Vec<_> =
            self.site.services.iter().map(|s| Once::new(self.service(&s.entry, diagnostics))).collect();
        let of_topics: Vec<_> = topics.iter().map(|topic| Once::new(link(&topic.name, &topic.href))).collect();
        let articles = self.site.articles.par_iter().map(|article| Once::new(self.card(article, &of_topics))).collect();
        let fees = Once::new(self.fees(&services));
        for (index, service) in self.site.services.iter().enumerate() {
            let link = link(&services[index].title, &services[index].href);
            for person in &service.practitioners {
                people[*person].services.push(link.clone());
            }
        }
        let people = people.into_iter().map(Once::new).collect();
        let policy = headers::meta_policy(&hosts::declared(self.site), self.theme);
        let card_frame = cards::frame(self, diagnostics);
        Shared { people, services, articles, topics, fees, card_frame, policy }
    }

    /// The theme's view.
    pub fn theme(&self) -> ThemeView {
        ThemeView {
            name: self.theme.name.clone(),
            style_href: address::inside(&self.theme.style.path, self.portable),
            files: self
                .theme
                .files
                .iter()
                .map(|(name, file)| (name.clone(), address::inside(&file.path, self.portable)))
                .collect(),
            script: Html(self.theme.script.clone()),
            settings: self.theme.settings.clone(),
            sizes: self.theme.sizes.clone(),
        }
    }

    /// A text of the theme's.
    pub fn word(&self, key: &str) -> String {
        self.theme.words.word(key)
    }

    /// A date.
    pub fn date(&self, date: Date) -> DateView {
        DateView { iso: date.to_string(), text: self.theme.words.date(date) }
    }

    /// The address of the first page with a subject.
    pub fn subject_href(&self, subject: impl Fn(&Subject) -> bool) -> Option<String> {
        self.routes.find(subject).map(|route| address::inside(route.url.as_str(), self.portable))
    }

    /// The address of a document's page.
    pub fn document_href(&self, path: &SourcePath) -> String {
        self.routes.of_source(path).map(|route| address::inside(route.url.as_str(), self.portable)).unwrap_or_default()
    }

    /// A picture that front matter names; a finding where it cannot be shown.
    pub fn picture(
        &self,
        from: &SourcePath,
        name: &str,
        shown: Shown<'_>,
        place: std::ops::Range<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Option<PictureView> {
        match pictures::find(self.site, self.routes, from, name) {
            Ok(picture) => Some(PictureView {
                focus: shown.focus.map(|focus| focus.key().to_string()),
                ..picture.view(shown.alt, self.portable)
            }),
            Err(fault) => {
                diagnostics.push(fault.finding(name, 0..0).place(from, place));
                None
            }
        }
    }

    /// A short markdown text of practice.yaml.
    pub(super) fn practice_text(&self, text: &str, place: &str, diagnostics: &mut Diagnostics) -> Html {
        let path = &self.site.practice.path;
        let lang = &self.site.practice.value.language;
        self.text(path, text, lang, || self.site.practice.locate(&Path::of(place)).value, diagnostics)
    }

    /// A short markdown text of a document's front matter.
    pub fn front_text<T>(&self, entry: &Entry<T>, text: &str, place: &str, diagnostics: &mut Diagnostics) -> Html {
        let document = &entry.document;
        self.text(&document.path, text, self.lang(document), || document.locate(place).value, diagnostics)
    }

    /// The language of a document, as a tag.
    pub(super) fn lang<'d>(&self, document: &'d Document) -> &'d str
    where
        'a: 'd,
    {
        let own = document.front.as_ref().and_then(|front| front.common().lang);
        own.unwrap_or(&self.site.practice.value.language)
    }

    fn text(
        &self,
        path: &SourcePath,
        text: &str,
        lang: &str,
        place: impl Fn() -> std::ops::Range<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Html {
        let written =
            html::write(self.setting(), Text { path, markdown: text, headings: None, numbers_figures: false, lang });
        diagnostics.extend(written.findings.into_iter().map(|finding| finding.place(path, place())));
        Html(written.html)
    }

    /// What texts are written with.
    pub fn setting(&self) -> Setting<'a> {
        let sizes = self.theme.sizes.get("text").map_or("100vw", String::as_str);
        Setting { site: self.site, routes: self.routes, words: &self.theme.words, portable: self.portable, sizes }
    }

    fn with_layout(&self, layout: model::Layout) -> Option<String> {
        let page = self.site.pages.iter().find(|page| page.front.layout == layout)?;
        Some(self.document_href(&page.document.path))
    }

    /// The policy of a kind.
    fn policy(&self, kind: PolicyKind) -> Option<LinkView> {
        let is_it = |page: &&Page| page.front.policy.as_ref().is_some_and(|policy| policy.kind == kind);
        let page = self.site.pages.iter().find(is_it)?;
        Some(link(&page.front.title, &self.document_href(&page.document.path)))
    }

    /// The contact page.
    pub fn contact_href(&self) -> Option<String> {
        self.with_layout(model::Layout::Contact).or_else(|| self.subject_href(|subject| *subject == Subject::Contact))
    }

    /// The fees page.
    pub fn fees_href(&self) -> Option<String> {
        self.with_layout(model::Layout::Fees).or_else(|| self.subject_href(|subject| *subject == Subject::Fees))
    }

    fn person(&self, entry: &Entry<model::Practitioner>, diagnostics: &mut Diagnostics) -> PersonView {
        let front = &entry.front;
        let alt = front.photo_alt.clone().unwrap_or_else(|| front.name.clone());
        let photo = front.photo.as_ref().and_then(|photo| {
            let shown = Shown { alt: &alt, focus: front.photo_focus };
            self.picture(&entry.document.path, photo, shown, entry.document.locate("photo").value, diagnostics)
        });
        let language = |tag: &str| {
            let key = format!("languages.{}", tag.split('-').next().unwrap_or(tag));
            self.word(&key)
        };
        PersonView {
            name: front.name.clone(),
            initials: initials(&front.name),
            href: self.document_href(&entry.document.path),
            role_title: front.role_title.clone(),
            summary: front.summary.clone(),
            photo,
            pronouns: front.pronouns.clone(),
            credentials: front
                .credentials
                .iter()
                .map(|credential| CredentialView {
                    abbr: credential.abbr.clone(),
                    name: credential.name.clone(),
                    issuer: credential.issuer.clone(),
                    year: credential.year,
                    url: credential.url.as_ref().map(|url| url.to_string()),
                })
                .collect(),
            licences: front
                .licences
                .iter()
                .map(|licence| LicenceView {
                    kind: licence.kind.clone(),
                    number: licence.number.clone(),
                    jurisdiction: licence.jurisdiction.to_string(),
                    board: licence.board.clone(),
                    verify_url: licence.verify_url.as_ref().map(|url| url.to_string()),
                })
                .collect(),
            supervision: front.supervision.as_ref().map(|supervision| SupervisionView {
                supervisor: supervision.supervisor.clone(),
                supervisor_licence: supervision.supervisor_licence.clone(),
                employer: supervision.employer.clone(),
            }),
            memberships: front.memberships.clone(),
            education: front.education.clone(),
            languages: front.languages.iter().map(|tag| language(tag)).collect(),
            modalities: front.modalities.clone(),
            specialties: front.specialties.clone(),
            populations: front.populations.clone(),
            ages: front.ages.clone(),
            formats: front.formats.iter().map(|format| format.key().to_string()).collect(),
            accepting: front.accepting.as_ref().map(|accepting| AcceptingView {
                status: accepting.status.key().to_string(),
                as_of: self.date(accepting.as_of),
            }),
            booking: front.booking.as_ref().or(self.site.practice.value.booking.as_ref()).map(|own| self.booking(own)),
            price: front.fees.as_ref().map(|price| self.price(price)),
            services: Vec::new(),
        }
    }

    fn service(&self, entry: &Entry<model::Service>, diagnostics: &mut Diagnostics) -> ServiceView {
        let front = &entry.front;
        let currency = self.currency(front.price.as_ref());
        ServiceView {
            title: front.title.clone(),
            summary: front.summary.clone(),
            href: self.document_href(&entry.document.path),
            kind: front.kind.key().to_string(),
            duration_min: front.duration_min,
            price: front.price.as_ref().map(|price| self.price(price)),
            packages: front
                .packages
                .iter()
                .map(|package| PackageView {
                    sessions: package.sessions,
                    price: self.theme.words.money(package.price, &currency),
                    validity: package.validity.clone(),
                    refund_terms: package.refund_terms.clone(),
                })
                .collect(),
            formats: front.formats.iter().map(|format| format.key().to_string()).collect(),
            image: self.common_picture(entry, entry.front.common(), diagnostics),
        }
    }

    /// The picture that a page's front matter names.
    pub fn common_picture<T>(
        &self,
        entry: &Entry<T>,
        common: model::Common<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<PictureView> {
        let image = common.image?;
        let alt = common.image_alt.unwrap_or_default();
        if common.image_alt.is_none() {
            diagnostics.push(
                crate::diagnostic::Diagnostic::new(
                    &crate::diagnostic::codes::MISSING_ALT,
                    "this picture has no text that says what it shows",
                )
                .at(&entry.document.path, entry.document.locate("image").value)
                .help("add `image_alt: …` with a short sentence that says what it shows"),
            );
        }
        let shown = Shown { alt, focus: common.image_focus };
        self.picture(&entry.document.path, image, shown, entry.document.locate("image").value, diagnostics)
    }

    fn currency(&self, price: Option<&Price>) -> String {
        let own = price.and_then(|price| price.currency.as_ref());
        let own = own.or(self.site.practice.value.currency.as_ref());
        own.map_or_else(|| "USD".to_string(), |Currency(code)| code.clone())
    }

    fn price(&self, price: &Price) -> PriceView {
        let currency = self.currency(Some(price));
        let money = |amount| self.theme.words.money(amount, &currency);
        let text = match (price.amount, price.from, price.to) {
            (Some(amount), ..) => money(amount),
            (None, Some(from), Some(to)) => format!("{}–{}", money(from), money(to)),
            (None, Some(from), None) => self.word("price_from").replace("{price}", &money(from)),
            (None, None, Some(to)) => self.word("price_to").replace("{price}", &money(to)),
            (None, None, None) => String::new(),
        };
        PriceView { text, per: price.per.clone(), free: price.free, sliding_scale: price.sliding_scale }
    }

    fn card(&self, article: &crate::site::Article, topics: &[Once<LinkView>]) -> CardView {
        let front = &article.entry.front;
        CardView {
            title: front.title.clone(),
            summary: front.summary.clone(),
            href: self.document_href(&article.entry.document.path),
            date: self.date(front.date),
            author: self.author_name(&article.author),
            minutes: article.entry.document.facts.words.div_ceil(WORDS_A_MINUTE).max(1),
            topics: article.topics.iter().map(|topic| topics[*topic].clone()).collect(),
        }
    }

    /// An author's name.
    pub fn author_name(&self, author: &Author) -> String {
        match author {
            Author::Practitioner(index) => self.site.practitioners[*index].front.name.clone(),
            Author::Guest { name, .. } => name.clone(),
        }
    }

    fn fees(&self, services: &[Once<ServiceView>]) -> FeesView {
        let practice = &self.site.practice.value;
        let payers = |in_network: bool| {
            practice
                .insurance
                .iter()
                .filter(|payer| payer.in_network == in_network)
                .map(|payer| payer.payer.clone())
                .collect()
        };
        FeesView {
            services: services.iter().filter(|s| s.price.is_some() || !s.packages.is_empty()).cloned().collect(),
            as_of: practice.fees_as_of.map(|date| self.date(date)),
            payment_methods: practice.payment_methods.clone(),
            in_network: payers(true),
            out_of_network: payers(false),
            superbill: practice.out_of_network.as_ref().is_some_and(|out| out.superbill),
            sliding_scale: practice.sliding_scale.clone(),
            cancellation: practice.cancellation.clone(),
            good_faith_estimate: self.policy(PolicyKind::GoodFaithEstimate),
        }
    }

    /// Where a time is booked.
    pub(super) fn booking(&self, booking: &model::Booking) -> Booking {
        Booking {
            href: booking.url.to_string(),
            label: booking.label.clone(),
            host: host(&booking.url).unwrap_or_default(),
            embed: self.calendar(booking),
        }
    }

    /// The published path of a page, for canonical addresses.
    pub fn canonical(&self, url: &str) -> String {
        format!("{}/{url}", self.base_url)
    }

    /// Where a file is published, for pictures that are shared.
    pub fn published(&self, src: &str) -> Option<OutputPath> {
        OutputPath::new(src.trim_start_matches(address::ROOT))
    }
}

/// A link without anything below it.
pub fn link(label: &str, href: &str) -> LinkView {
    LinkView { label: label.to_string(), href: href.to_string(), external: false, children: Vec::new() }
}

/// The host of an address.
pub(super) fn host(address: &str) -> Option<String> {
    url::Url::parse(address).ok()?.host_str().map(str::to_string)
}

/// A telephone number as people read it and as a phone dials it.
pub(super) fn phone(text: &str, digits: &str) -> PhoneView {
    PhoneView { text: text.to_string(), href: format!("tel:{digits}"), sms_href: format!("sms:{digits}") }
}

/// What a phone dials.
pub(super) fn digits(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_alphabetic)).collect();
    let letter = |word: &&str| word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    match words.as_slice() {
        [] => String::new(),
        [one] => letter(one),
        [first, .., last] => letter(first) + &letter(last),
    }
}
