//! The blocks of a home page or a landing page.
//!
//! Owns the view of each kind of block, and the blocks of a home page that nobody has written.

use super::Builder;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::document::model::{Block, BlockKind, Section};
use crate::markup::html;
use crate::prose;
use crate::route::Subject;
use crate::route::address;
use crate::route::links::{self, Link};
use crate::site::Page;
use crate::views::maker::Shown;

impl Builder<'_> {
    /// The sections of a home page that nobody has written: what the practice offers, who it is, what it
    /// has published.
    pub(super) fn standard_sections(&self) -> Vec<SectionView> {
        let mut sections = vec![SectionView {
            heading: Some(
                self.site().practice.value.tagline.clone().unwrap_or_else(|| self.site().practice.value.name.clone()),
            ),
            opens: true,
            actions: self.next_step(),
            facts: self.glance(),
            person: self.only_person(),
            trust: self.trust(None),
            ..self.section_view("hero", 0)
        }];
        if !self.shared.services.is_empty() {
            sections.push(SectionView {
                heading: Some(self.maker.word("page_titles.services")),
                services: self.shared.services.clone(),
                ..self.section_view("services", 1)
            });
        }
        // Somebody of whom nothing more is known has been shown at the opening.
        if self.only_person().map_or(!self.shared.people.is_empty(), |one| one.summary.is_some()) {
            sections.push(SectionView {
                heading: Some(self.maker.people_title()),
                people: self.everybody(),
                ..self.section_view("practitioners", 2)
            });
        }
        if !self.shared.articles.is_empty() {
            sections.push(SectionView {
                heading: Some(self.maker.word("page_titles.resources")),
                articles: self.newest(3),
                all_href: self.all_articles(),
                ..self.section_view("resources", 3)
            });
        }
        sections.push(SectionView {
            heading: Some(self.maker.word("next_step")),
            actions: self.next_step(),
            ..self.section_view("call-to-action", 4)
        });
        sections
    }

    /// What a visitor does next: choose a time, or write.
    fn next_step(&self) -> Vec<LinkView> {
        let booking = self.site().practice.value.booking.as_ref().map(|own| self.maker.booking(own));
        let write = if booking.is_some() { "write_message" } else { "ask" };
        let booking = booking.map(|booking| LinkView {
            external: true,
            ..LinkView::to(&booking.label.unwrap_or_else(|| self.maker.word("book")), &booking.href)
        });
        let contact = self.maker.contact_href().map(|href| LinkView::to(&self.maker.word(write), &href));
        booking.into_iter().chain(contact).collect()
    }

    fn testimonials(&self) -> Vec<TestimonialView> {
        let all = self.site().practice.value.testimonials.iter();
        all.map(|one| TestimonialView {
            text: one.text.clone(),
            attribution: one.attribution.clone(),
            relation: one.relation.key().to_string(),
            incentive: one.incentive,
        })
        .collect()
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
            own: false,
            printed: None,
            fields: FieldsView::new(),
            opens: false,
            heading: None,
            id: format!("a-section-{}", index + 1),
            html: None,
            actions: Vec::new(),
            facts: Vec::new(),
            image: None,
            person: None,
            trust: None,
            services: Vec::new(),
            people: Vec::new(),
            articles: Vec::new(),
            all_href: None,
            steps: Vec::new(),
            faqs: Vec::new(),
            attribution: None,
            testimonials: Vec::new(),
        }
    }

    /// The author's sections. Where the layout leaves the page's opening to them, a hero that comes first is it.
    pub(super) fn sections(&self, page: &Page, may_open: bool, diagnostics: &mut Diagnostics) -> Vec<SectionView> {
        let sections = page.front.sections.iter().enumerate();
        let mut views: Vec<SectionView> =
            sections.filter_map(|(index, block)| self.block(page, index, block, diagnostics)).collect();
        self.maker.tell_too_many(page, diagnostics);
        if let Some(first) = views.first_mut() {
            first.opens = may_open && first.kind == "hero";
            if first.opens {
                if first.facts.is_empty() {
                    first.facts = self.glance();
                }
                if first.image.is_none() && first.person.is_none() {
                    first.person = self.only_person();
                }
                first.trust = self.trust(first.person.as_ref());
            }
        }
        views
    }

    /// A block; none where it is one that the theme doesn't have.
    fn block(&self, page: &Page, index: usize, block: &Block, diagnostics: &mut Diagnostics) -> Option<SectionView> {
        match &block.kind {
            BlockKind::Known(section) => {
                let view = self.one_section(page, index, section, diagnostics);
                let fields = self.maker.fields_beside(page, index, &view.kind, &block.own, diagnostics);
                Some(SectionView { fields, ..view })
            }
            BlockKind::Own(kind) => {
                let fields = self.maker.fields_of_section(page, index, kind, &block.own, diagnostics)?;
                let heading = match fields.get("heading") {
                    Some(Some(SettingView::Text(heading))) => Some(heading.clone()),
                    _ => None,
                };
                Some(SectionView { own: true, heading, fields, ..self.section_view(kind, index) })
            }
        }
    }

    fn one_section(&self, page: &Page, index: usize, section: &Section, diagnostics: &mut Diagnostics) -> SectionView {
        let at = format!("sections[{index}]");
        let text = |text: Option<&crate::document::values::Markdown>, diagnostics: &mut Diagnostics| {
            text.map(|text| self.maker.front_text(page, text, &format!("{at}.text"), diagnostics))
        };
        match section {
            Section::Hero { heading, text: words, actions, facts, person, image, image_alt, image_focus } => {
                SectionView {
                    // A gap is told as a finding; it is no headline.
                    heading: Some(heading.clone())
                        .filter(|heading| !prose::is_gap(heading))
                        .or_else(|| Some(self.site().practice.value.name.clone())),
                    html: text(words.as_ref(), diagnostics)
                        .filter(|_| !words.as_ref().is_some_and(|words| prose::is_gap(words))),
                    actions: self.actions(page, actions, &at, diagnostics),
                    facts: facts
                        .iter()
                        .map(|fact| FactView { label: fact.label.clone(), text: fact.text.clone() })
                        .collect(),
                    image: image.as_ref().and_then(|image| {
                        let place = page.document.locate(&format!("{at}.image")).value;
                        let shown = Shown { alt: image_alt.as_deref().unwrap_or_default(), focus: *image_focus };
                        self.maker.picture(&page.document.path, image, shown, place, diagnostics)
                    }),
                    person: person.as_ref().and_then(|name| self.person_called(name)),
                    ..self.section_view("hero", index)
                }
            }
            Section::Services { heading, text: words } => SectionView {
                heading: heading.clone(),
                html: text(words.as_ref(), diagnostics),
                services: self.shared.services.clone(),
                ..self.section_view("services", index)
            },
            Section::Practitioners { heading, text: words } => SectionView {
                heading: heading.clone(),
                html: text(words.as_ref(), diagnostics),
                people: self.everybody(),
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
            Section::Testimonials { heading } => SectionView {
                heading: heading.clone(),
                testimonials: self.testimonials(),
                ..self.section_view("testimonials", index)
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
                    diagnostics.push(html::link_finding(&fault, &action.to, 0..0).place(&page.document.path, place));
                    continue;
                }
            };
            views.push(LinkView { external: href.contains("://"), ..LinkView::to(&action.label, &href) });
        }
        views
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut out, text);
    out
}
