//! A document's body as a view, with what its directives print.

use std::hash::{Hash, Hasher};

use tera::Context;

use super::maker::Maker;
use crate::contract::view::*;
use crate::diagnostic::Diagnostics;
use crate::document::directives::DirectiveKind;
use crate::document::markdown::Heading;
use crate::document::{Document, Kind, quotes};
use crate::markup::html::{self, DIRECTIVE, Text, Written};
use crate::markup::pictures;
use crate::route::links;
use crate::source::SourcePath;
use crate::theme;

/// Hashes everything that a document's body depends on besides the names that its page shows: the document,
/// and what its links, pictures and citations lead to.
pub fn hash_inputs(maker: &Maker<'_>, document: &Document, state: &mut impl Hasher) {
    document.digest().hash(state);
    maker.lang(document).hash(state);
    for link in &document.facts.links {
        links::resolve(maker.site, maker.routes, &document.path, link).hash(state);
    }
    for played in &document.facts.played {
        links::resolve(maker.site, maker.routes, &document.path, played).hash(state);
    }
    for picture in &document.facts.pictures {
        pictures::find(maker.site, maker.routes, &document.path, picture).hash(state);
    }
    if !document.facts.cited.is_empty() {
        let site = maker.site;
        (site.references.digest, site.practice.value.citation_style).hash(state);
    }
}

/// Makes the body of a document, and its markup without what directives print and with pictures for drawings, if it has any. `context` is what
/// its page's template sees, which its directives see too.
pub fn body(
    maker: &Maker<'_>,
    engine: &tera::Tera,
    document: &Document,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> (BodyView, String) {
    let written = write(maker, document, diagnostics);
    let (mut html, mut bare) = (written.html, String::new());
    if !written.directives.is_empty() || !written.drawings.is_empty() {
        bare = html::pictured(&html.split(DIRECTIVE).step_by(2).collect::<String>());
    }
    if !written.directives.is_empty() {
        html = fill(maker, engine, &document.path, &html, &written.directives, context, diagnostics);
    }
    // Last, so that nothing in a drawing is taken for a mark.
    if !written.drawings.is_empty() {
        html = html::drawn(&html, &written.drawings);
    }
    let heading = |heading: &Heading| HeadingView {
        level: heading.level.max(2),
        text: quotes::curl(&heading.text, maker.lang(document)),
        id: heading.id.clone(),
    };
    let view = BodyView {
        html: Html(html),
        headings: document.facts.headings.iter().map(heading).collect(),
        references: written.references,
        has_fees: written.directives.iter().any(|(kind, _)| *kind == DirectiveKind::Fees),
        has_faq: written.directives.iter().any(|(kind, _)| *kind == DirectiveKind::Faq),
    };
    (view, bare)
}

/// What is wrong with the text of a document that has no page because its front matter has faults: an author is to
/// learn of all in one run.
pub fn findings(maker: &Maker<'_>, document: &Document) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    write(maker, document, &mut diagnostics);
    diagnostics
}

/// The text of a document as markup, its findings placed in the file.
fn write(maker: &Maker<'_>, document: &Document, diagnostics: &mut Diagnostics) -> Written {
    let text = Text {
        path: &document.path,
        markdown: document.body(),
        headings: Some(&document.facts.headings),
        numbers_figures: document.kind == Kind::Resource,
        lang: maker.lang(document),
    };
    let mut written = html::write(maker.setting(), text);
    for finding in std::mem::take(&mut written.findings) {
        let span = document.body_start + finding.span.start..document.body_start + finding.span.end;
        diagnostics.push(finding.place(&document.path, span));
    }
    written
}

/// Puts what each directive prints where its mark stands. The sanitiser may have put a mark into a
/// paragraph; blocks do not belong there, so the paragraph goes.
fn fill(
    maker: &Maker<'_>,
    engine: &tera::Tera,
    path: &SourcePath,
    html: &str,
    directives: &[(DirectiveKind, String)],
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> String {
    let mut out = String::with_capacity(html.len() + 1024);
    let mut parts = html.split(DIRECTIVE);
    out.push_str(parts.next().unwrap_or_default());
    while let (Some(number), Some(rest)) = (parts.next(), parts.next()) {
        if let Some((kind, words)) = number.parse().ok().and_then(|number: usize| directives.get(number)) {
            let template = format!("partials/directive-{}.html", kind.name());
            let mut own = None;
            if kind.plays() {
                own.insert(context.clone()).insert(kind.name(), &maker.recording(path, kind.name(), words));
            }
            match theme::print(engine, &template, own.as_ref().unwrap_or(context)) {
                Ok(printed) => out.push_str(printed.trim()),
                Err(error) => diagnostics.push(theme::fault(maker.theme, &error)),
            }
        }
        out.push_str(rest);
    }
    out
}
