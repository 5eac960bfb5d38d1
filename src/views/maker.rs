//! From the model to what templates see: what every maker of a view needs.
//!
//! Owns the look-up of addresses, pictures, words and short texts. Views that many pages share are `shared`'s,
//! the site's own is `site_view`'s, what a single page adds is `pages`'.

use crate::contract::view::*;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::Document;
use crate::document::model::{self, PolicyKind};
use crate::document::values::Date;
use crate::markup::html::{self, Setting, Text};
use crate::markup::pictures;
use crate::route::address::{self, host};
use crate::route::{OutputPath, Routes, Subject};
use crate::site::hosts::Declared;
use crate::site::{Author, Entry, Page, Site, hosts};
use crate::source::SourcePath;
use crate::theme::Theme;
use crate::yaml::Path;

/// What views are made with.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    /// The model.
    pub site: &'a Site,
    /// The addresses.
    pub routes: &'a Routes,
    /// The theme.
    pub theme: &'a Theme,
    /// The other hosts that the site declares, with what each is used for.
    pub hosts: &'a [Declared],
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

impl<'a> Maker<'a> {
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

    pub(super) fn text(
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
        let (words, sizes) = (&self.theme.words, &self.theme.sizes);
        Setting { site: self.site, routes: self.routes, words, portable: self.portable, sizes }
    }

    fn with_layout(&self, layout: model::Layout) -> Option<String> {
        let page = self.site.of_layout(layout)?;
        Some(self.document_href(&page.document.path))
    }

    /// The policy of a kind.
    pub(super) fn policy(&self, kind: PolicyKind) -> Option<LinkView> {
        let is_it = |page: &&Page| page.front.policy.as_ref().is_some_and(|policy| policy.kind == kind);
        let page = self.site.pages.iter().find(is_it)?;
        let lang = self.site.borrowed(&page.document.path).map(str::to_string);
        Some(LinkView::to(&page.front.title, &self.document_href(&page.document.path)).in_words_of(&lang))
    }

    /// What the list of people is called where its author doesn't say: one person speaks of herself.
    pub fn people_title(&self) -> String {
        self.word(if self.site.is_one_person() { "page_titles.about_me" } else { "page_titles.practitioners" })
    }

    /// The contact page.
    pub fn contact_href(&self) -> Option<String> {
        self.with_layout(model::Layout::Contact).or_else(|| self.subject_href(|subject| *subject == Subject::Contact))
    }

    /// The fees page.
    pub fn fees_href(&self) -> Option<String> {
        self.with_layout(model::Layout::Fees).or_else(|| self.subject_href(|subject| *subject == Subject::Fees))
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
                Diagnostic::new(&codes::MISSING_ALT, "this picture has no alt text")
                    .at(&entry.document.path, entry.document.locate("image").value)
                    .help("add `image_alt: …` with a short sentence that describes it"),
            );
        }
        let shown = Shown { alt, focus: common.image_focus };
        self.picture(&entry.document.path, image, shown, entry.document.locate("image").value, diagnostics)
    }

    /// An author's name.
    pub fn author_name(&self, author: &Author) -> String {
        match author {
            Author::Practitioner(index) => self.site.practitioners[*index].front.name.clone(),
            Author::Guest { name, .. } => name.clone(),
        }
    }

    /// Where a time is booked.
    pub fn booking(&self, booking: &model::Booking) -> Booking {
        Booking {
            href: booking.url.to_string(),
            label: booking.label.clone().or_else(|| self.begins_free(booking).then(|| self.word("book_free"))),
            company: hosts::named(booking.provider.as_deref(), &host(&booking.url).unwrap_or_default()),
            host: host(&booking.url).unwrap_or_default(),
            embed: self.calendar(booking),
        }
    }

    /// Whether a booking page is the practice's own and clients begin with a call there that costs nothing.
    fn begins_free(&self, booking: &model::Booking) -> bool {
        let is_free_call = |service: &model::Service| {
            service.price.as_ref().is_some_and(model::Price::costs_nothing)
                && service.kind != model::ServiceKind::Group
                && service.formats.iter().any(|format| matches!(format, model::Format::Phone | model::Format::Video))
        };
        self.site.practice.value.booking.as_ref().is_some_and(|own| own.url == booking.url)
            && self.site.services.iter().any(|service| is_free_call(&service.entry.front))
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
