//! The page of a service.

use super::Builder;
use super::description::description;
use super::names::Names;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::views::about::About;

impl Builder<'_> {
    pub(super) fn service(
        &self,
        index: usize,
        context: &mut impl Names,
        diagnostics: &mut Diagnostics,
    ) -> &'static str {
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
            fields: card.fields.clone(),
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
            others: others.map(|(_, other)| LinkView::to(&other.title, &other.href).in_words_of(&other.lang)).collect(),
            faqs: faqs.clone(),
            card,
        };
        context.insert("service", &view);
        context.insert("faqs", &faqs);
        context.insert("fees", &self.shared.fees);
        context.insert_body(&entry.document);
        "service.html"
    }
}
