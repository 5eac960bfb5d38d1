//! What many pages show, made once for all of them.
//!
//! Owns the cards of services and articles, the table of fees, and the order in which they are made. People
//! are `people`'s; the site's own view is `site_view`'s; what a single page adds is `pages`'.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::maker::{Maker, Shown};
use super::{cards, policy};
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::document::model::{self, PolicyKind};
use crate::picture::card::Frame;
use crate::route::Subject;
use crate::site::{Article, Entry};
use crate::theme::own::Fielded;

/// Words that a person reads in a minute.
const WORDS_A_MINUTE: u32 = 220;

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
    /// What the structured data of most pages say of the practice and of the website; made by the first that asks.
    pub in_short: OnceLock<String>,
    /// The policy for the `meta` element of every page, without what is a page's own.
    pub policy: String,
}

impl Maker<'_> {
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
        let of_topics: Vec<_> = topics.iter().map(|topic| Once::new(LinkView::to(&topic.name, &topic.href))).collect();
        let articles = self.site.articles.par_iter().map(|article| Once::new(self.card(article, &of_topics))).collect();
        let fees = Once::new(self.fees(&services, &people));
        for (index, service) in self.site.services.iter().enumerate() {
            let own = &services[index];
            let link = LinkView::to(&own.title, &own.href).in_words_of(&own.lang);
            for person in &service.practitioners {
                people[*person].services.push(link.clone());
            }
        }
        let people = people.into_iter().map(Once::new).collect();
        let policy = policy::meta_policy(self.hosts, self.theme);
        let card_frame = cards::frame(self, diagnostics);
        Shared { people, services, articles, topics, fees, card_frame, in_short: OnceLock::new(), policy }
    }

    fn service(&self, entry: &Entry<model::Service>, diagnostics: &mut Diagnostics) -> ServiceView {
        let front = &entry.front;
        ServiceView {
            title: front.title.clone(),
            lang: self.site.borrowed(&entry.document.path).map(str::to_string),
            summary: front.summary.clone(),
            href: self.document_href(&entry.document.path),
            kind: front.kind.key().to_string(),
            group: front.group.clone(),
            duration_min: front.duration_min,
            price: front.price.as_ref().and_then(|price| self.price(price)),
            packages: front.packages.iter().map(|package| self.package(package, front.price.as_ref())).collect(),
            formats: front.formats.iter().map(|format| format.key().to_string()).collect(),
            image: self.common_picture(entry, entry.front.common(), diagnostics),
            fields: self.fields_of(Fielded::Service, entry, front.common(), diagnostics),
        }
    }

    fn card(&self, article: &Article, topics: &[Once<LinkView>]) -> CardView {
        let front = &article.entry.front;
        CardView {
            title: front.title.clone(),
            summary: front.summary.clone(),
            href: self.document_href(&article.entry.document.path),
            date: self.date(front.date),
            author: self.author_name(&article.author),
            minutes: article.entry.document.facts.words.div_ceil(WORDS_A_MINUTE).max(1),
            topics: article.topics.iter().map(|topic| topics[*topic].clone()).collect(),
            // What is wrong with them the article's own page tells.
            fields: self.fields_of(Fielded::Resource, &article.entry, front.common(), &mut Diagnostics::default()),
            image: front.image.as_ref().and_then(|name| {
                let shown = Shown { alt: "", focus: front.image_focus };
                // What is wrong with it the article's own page tells.
                self.picture(&article.entry.document.path, name, shown, 0..0, &mut Diagnostics::default())
            }),
        }
    }

    fn fees(&self, services: &[Once<ServiceView>], people: &[PersonView]) -> FeesView {
        let practice = &self.site.practice.value;
        let services: Vec<_> =
            services.iter().filter(|s| s.price.is_some() || !s.packages.is_empty()).cloned().collect();
        let terms = |service: &ServiceView| (service.price.clone(), service.duration_min, service.packages.clone());
        FeesView {
            alike: services.len() > 1 && services.iter().all(|one| terms(one) == terms(&services[0])),
            services,
            people: self.own_fees(people),
            as_of: practice.fees_as_of.map(|date| self.date(date)),
            payment_methods: practice.payment_methods.clone(),
            in_network: practice.in_network().map(str::to_string).collect(),
            out_of_network: practice
                .insurance
                .iter()
                .filter(|insurer| !insurer.in_network)
                .map(|insurer| insurer.payer.clone())
                .collect(),
            superbill: practice.out_of_network.as_ref().is_some_and(|out| out.superbill),
            sliding_scale: practice.sliding_scale.clone(),
            cancellation: practice.cancellation.clone(),
            good_faith_estimate: self.policy(PolicyKind::GoodFaithEstimate),
        }
    }
}
