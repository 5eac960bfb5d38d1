//! The page of an article: what its template sees, and who wrote it.

use super::Builder;
use super::description::description;
use super::names::Names;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::site::Author;
use crate::theme::own::Fielded;
use crate::views::about::About;

impl Builder<'_> {
    pub(super) fn article(
        &self,
        index: usize,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) -> &'static str {
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
            fields: self.maker.fields_of(Fielded::Resource, entry, front.common(), diagnostics),
            ..About::default()
        };
        self.insert_page(about, context);
        let neighbour = |card: Option<&Once<CardView>>| card.map(|card| LinkView::to(&card.title, &card.href));
        let faqs = self.faqs(entry, &front.faqs, "faqs", diagnostics);
        let view = ArticleView {
            card: self.shared.articles[index].clone(),
            author: self.author(&article.author),
            person: match &article.author {
                Author::Practitioner(index) => Some(self.shared.people[*index].clone()),
                _ => None,
            },
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
                let said = |role: &&String| person.credentials.iter().any(|own| own.name.eq_ignore_ascii_case(role));
                AuthorView {
                    name: person.name.clone(),
                    href: Some(person.href.clone()),
                    url: self
                        .maker
                        .routes
                        .of_source(&self.site().practitioners[*index].document.path)
                        .map(|route| self.maker.canonical(route.url.as_str())),
                    letters: letters(person),
                    role_title: person.role_title.as_ref().filter(|role| !said(role)).cloned(),
                }
            }
            Author::Guest { name, url } => {
                AuthorView { name: name.clone(), href: url.clone(), url: url.clone(), letters: None, role_title: None }
            }
        }
    }
}

/// The letters after a person's name: abbreviations of degrees and certificates, then kinds of licence that are
/// abbreviations themselves.
fn letters(person: &PersonView) -> Option<String> {
    let abbreviated = |kind: &&str| !kind.contains(' ') && kind.chars().filter(|c| c.is_uppercase()).count() > 1;
    let own = person.credentials.iter().filter_map(|credential| credential.abbr.as_deref());
    let own = own.chain(person.licences.iter().map(|licence| licence.kind.as_str()).filter(abbreviated));
    let mut letters: Vec<&str> = Vec::new();
    own.filter(|own| !own.is_empty()).for_each(|own| {
        if !letters.contains(&own) {
            letters.push(own);
        }
    });
    (!letters.is_empty()).then(|| letters.join(", "))
}
