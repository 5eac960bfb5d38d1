//! Pages that are made of the practice's facts alone, without a text of the author's.

use super::Builder;
use super::names::Names;
use crate::contract::view::*;
use crate::route::Subject;
use crate::views::about::About;

impl Builder<'_> {
    pub(super) fn generated(
        &self,
        kind: &'static str,
        template: &'static str,
        context: &mut impl Names,
    ) -> &'static str {
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
}
