//! The names that a page's template sees, taken for the page's digest, for its printing, and to be looked at.
//!
//! Owns that all take the same. Knows no kind of page; `page` says what each shows.

use std::collections::BTreeMap;
use std::hash::Hash;

use serde::Serialize;
use serde_json::Value as Json;
use tera::Context;

use super::Builder;
use crate::contract::view::{Html, PageView, ReferenceView, SectionView};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::memo::Digester;
use crate::picture::card::Card;
use crate::route::OutputPath;
use crate::theme;
use crate::views::body;
use crate::views::maker::Maker;

/// Takes what a page shows, name by name: to print it, or to tell whether it is what was shown before. So a
/// page cannot show what its digest does not know of.
pub(super) trait Names {
    /// A name that the template sees.
    fn insert<T: Serialize + Hash>(&mut self, name: &'static str, view: &T);

    /// The document's body, under the name `body`. Its directives see the names that were inserted before.
    fn insert_body(&mut self, document: &Document);

    /// The page's sections, under the name `sections`. Those that the theme brings are printed by their own templates, which
    /// see the names that were inserted before.
    fn insert_sections(&mut self, sections: Vec<SectionView>) {
        self.insert("sections", &sections);
    }

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
pub struct Plain {
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

impl Print<'_> {
    /// Prints the sections that have a template of their own: those that the theme brings, and of the usual ones those that it
    /// or a theme that it extends says otherwise than as a part under a heading.
    fn print_own(&mut self, sections: &mut [SectionView]) {
        for section in sections {
            let template = format!("sections/{}.html", section.kind);
            if !section.own && !self.engine.contains_template(&template) {
                continue;
            }
            let mut context = self.context.clone();
            context.insert("section", section);
            match theme::print(self.engine, &template, &context) {
                Ok(printed) => {
                    section.printed = Some(Html(printed.trim_end().to_string()));
                    if section.own {
                        section.html.clone_from(&section.printed);
                    }
                }
                Err(error) => self.found.push(theme::fault(self.maker.theme, &error)),
            }
        }
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

    fn insert_sections(&mut self, mut sections: Vec<SectionView>) {
        self.print_own(&mut sections);
        self.insert("sections", &sections);
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

    fn insert_sections(&mut self, mut sections: Vec<SectionView>) {
        self.print.print_own(&mut sections);
        self.insert("sections", &sections);
    }
}
