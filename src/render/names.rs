//! The names that a page's template sees, taken for the page's digest, for its printing, and to be looked at.
//!
//! Owns that all take the same. Knows no kind of page; `page` says what each shows.

use std::collections::BTreeMap;
use std::hash::Hash;

use serde::Serialize;
use serde_json::Value as Json;
use tera::Context;

use super::body;
use super::maker::Maker;
use super::page::Builder;
use super::view::PageView;
use super::view::ReferenceView;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::memo::Digester;
use crate::picture::card::Card;
use crate::route::OutputPath;

/// Takes what a page shows, name by name: to print it, or to tell whether it is what was shown before. So a
/// page cannot show what its digest does not know of.
pub(super) trait Names {
    /// A name that the template sees.
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T);

    /// The document's body, under the name `body`. Its directives see the names that were inserted before.
    fn insert_body(&mut self, document: &Document);

    /// What the page says of itself, under the name `page`, with its structured data. A digest takes what the data are made
    /// from instead of the data, where that is less work: it is asked of every page on every save.
    fn insert_page(&mut self, view: PageView, page: &Builder<'_>) {
        self.insert("page", &page.with_data(view));
    }

    /// A card that is published with the page, which names it.
    fn publish_card(&mut self, _path: OutputPath, _card: Card) {}
}

/// Gathers the digest of what a page shows.
pub(super) struct Inputs<'a> {
    pub maker: &'a Maker<'a>,
    pub digester: Digester,
}

impl Names for Inputs<'_> {
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T) {
        (name, view).hash(&mut self.digester);
    }

    fn insert_page(&mut self, view: PageView, page: &Builder<'_>) {
        if page.hash_data_inputs(&view, &mut self.digester) {
            self.insert("page", &view);
        } else {
            self.insert("page", &page.with_data(view));
        }
    }

    fn insert_body(&mut self, document: &Document) {
        body::hash_inputs(self.maker, document, &mut self.digester);
    }
}

/// Gathers what a template prints.
pub(super) struct Print<'a> {
    pub maker: &'a Maker<'a>,
    pub engine: &'a tera::Tera,
    pub context: Context,
    pub card: Option<(OutputPath, Card)>,
    pub found: Diagnostics,
    /// The document's text as it stands by itself; none where nobody asked for it.
    pub text: Option<Plain>,
}

/// A document's text without the page around it, for the feed.
#[derive(Default)]
pub(super) struct Plain {
    /// The markup, without what directives print.
    pub html: String,
    /// The works that it cites.
    pub references: Vec<ReferenceView>,
}

impl<'a> Print<'a> {
    pub fn new(maker: &'a Maker<'a>, engine: &'a tera::Tera) -> Print<'a> {
        Print { maker, engine, context: Context::new(), card: None, found: Diagnostics::default(), text: None }
    }
}

impl Names for Print<'_> {
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T) {
        self.context.insert(name, view);
    }

    fn insert_body(&mut self, document: &Document) {
        let (body, bare) = body::body(self.maker, self.engine, document, &self.context, &mut self.found);
        self.context.insert("body", &body);
        if let Some(text) = &mut self.text {
            text.html = if bare.is_empty() { body.html.0 } else { bare };
            text.references = body.references;
        }
    }

    fn publish_card(&mut self, path: OutputPath, card: Card) {
        self.card = Some((path, card));
    }
}

/// Gathers what a template would print, as data.
pub(super) struct Describe<'a> {
    /// Renders the body.
    pub print: Print<'a>,
    pub names: BTreeMap<&'static str, Json>,
}

impl Names for Describe<'_> {
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T) {
        self.names.insert(name, serde_json::to_value(view).unwrap_or_default());
        self.print.insert(name, view);
    }

    fn insert_body(&mut self, document: &Document) {
        let Print { maker, engine, context, found, .. } = &mut self.print;
        let (body, _) = body::body(maker, engine, document, context, found);
        self.insert("body", &body);
    }
}
