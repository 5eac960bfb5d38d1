//! Parts of front matter that several kinds of pages show.

use super::Builder;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::document::model::{Faq, Step};
use crate::site::Entry;

impl Builder<'_> {
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
