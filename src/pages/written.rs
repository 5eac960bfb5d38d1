//! The home page, and pages that an author writes freely.
//!
//! Owns what each layout shows besides its text. The blocks of a home page are `sections`'.

use std::borrow::Cow;

use super::Builder;
use super::description::description;
use super::names::Names;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::document::model::Layout;
use crate::site::Page;
use crate::theme::own::Fielded;
use crate::views::about::About;

impl<'a> Builder<'a> {
    pub(super) fn home(
        &self,
        page: Option<&'a Page>,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) -> &'static str {
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
            context.insert_sections(self.standard_sections());
            context.insert("faqs", &Vec::<FaqView>::new());
            return "home.html";
        };
        self.page_parts("home", page, context, diagnostics);
        "home.html"
    }

    pub(super) fn page(
        &self,
        page: &'a Page,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) -> Cow<'static, str> {
        let (kind, template) = match &page.front.layout {
            Layout::Page => ("page", "page.html"),
            Layout::Landing => ("page", "home.html"),
            Layout::Faq => ("faq", "faq.html"),
            Layout::Policy => ("policy", "policy.html"),
            Layout::Contact => ("contact", "contact.html"),
            Layout::Fees => ("fees", "fees.html"),
            Layout::Own(name) => {
                let template = self.maker.layout(page, name, diagnostics);
                self.page_parts("page", page, context, diagnostics);
                return template;
            }
        };
        self.page_parts(kind, page, context, diagnostics);
        template.into()
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
            fields: self.maker.fields_of(Fielded::Page, page, front.common(), diagnostics),
            ..About::default()
        };
        self.insert_page(about, context);
        let faqs = self.faqs(page, &front.faqs, "faqs", diagnostics);
        context.insert("faqs", &if faqs.is_empty() { self.sites_faqs(diagnostics) } else { faqs.clone() });
        context.insert("fees", &self.shared.fees);
        context.insert_body(&page.document);
        context.insert("faqs", &faqs);
        let may_open = kind == "home" || front.layout == Layout::Landing;
        context.insert_sections(self.sections(page, may_open, diagnostics));
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
        match self.site().of_layout(Layout::Faq) {
            Some(page) => self.faqs(page, &page.front.faqs, "faqs", diagnostics),
            None => Vec::new(),
        }
    }
}
