//! Lists of pages: the indexes of services, people, articles and topics.
//!
//! Owns their introductions and how a long list is dealt out to pages. What a topic adds is `topic`'s.

use super::Builder;
use super::description::description;
use super::names::Names;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::route::address;
use crate::route::{Paging, Url};
use crate::site::Page;
use crate::theme::own::Fielded;
use crate::views::about::About;

impl Builder<'_> {
    /// An index: of services, people, articles or topics, below the author's introduction.
    pub(super) fn index(
        &self,
        kind: &'static str,
        page: Option<usize>,
        paging: Option<Paging>,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) -> &'static str {
        let page = page.map(|page| &self.site().pages[page]);
        let own = page.map(|page| page.front.title.clone());
        let mut title = own.unwrap_or_else(|| match kind {
            "practitioners" => self.maker.people_title(),
            _ => self.maker.word(&format!("page_titles.{kind}")),
        });
        let one = kind == "practitioners" && self.site().is_one_person();
        let described = self.maker.word(&format!("page_descriptions.{}", if one { "about_me" } else { kind }));
        let mut description_text = described.replace("{name}", self.site().short_name());
        if let Some(page) = page {
            description_text =
                description(page.front.common(), page.front.summary.as_deref(), &page.document, self.site());
        }
        if let Some(paging) = paging.filter(|paging| paging.number > 1) {
            title = self.page_of(&title, paging);
            description_text = self.page_of_description(&description_text, paging);
        }
        self.insert_introduced(kind, (title, description_text), page, context, diagnostics);
        match kind {
            "services" => context.insert("services", &self.shared.services),
            "practitioners" => self.insert_team(None, context),
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
            fields: page
                .map(|page| self.maker.fields_of(Fielded::Page, page, page.front.common(), diagnostics))
                .unwrap_or_default(),
            ..About::default()
        };
        self.insert_page(about, context);
        self.insert_directives(context);
        match page {
            Some(page) => context.insert_body(&page.document),
            None => context.insert("body", &BodyView::default()),
        }
    }

    /// The title of a page of a list that has several.
    pub(super) fn page_of(&self, title: &str, paging: Paging) -> String {
        self.paged("page_titles.page_of", title, paging)
    }

    /// Its description: sentences, behind which a number does not belong.
    pub(super) fn page_of_description(&self, description: &str, paging: Paging) -> String {
        self.paged("page_descriptions.page_of", description, paging)
    }

    fn paged(&self, pattern: &str, text: &str, paging: Paging) -> String {
        let pattern = self.maker.word(pattern);
        pattern
            .replace("{title}", text)
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
                1 => Url::of(list),
                _ => Url::of(&[list, &["page", &number_text]].concat()),
            };
            address::inside(&self.maker.routes.full(url.as_str()), self.maker.portable)
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
}
