//! The checks that only a practice's generator can make, after a site is rendered.
//!
//! Owns the comparison of a site with the rules of practice (`rules`), and the answers that its author gave to
//! findings. One file per family. Renders and mends nothing; what stands in a single text's links and pictures is
//! found where that text is written.

mod addresses;
mod alts;
mod answers;
mod blocked;
mod facts;
mod descriptions;
mod files;
mod freshness;
mod headings;
mod hosts;
mod leftovers;
mod licences;
mod notices;
mod origins;
mod places;
mod plain;
mod prices;
mod testimonials;
mod unreachable;
mod text;
mod words;
mod works;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::document::model::{Layout, Practice, PracticeKind};
use crate::memo::{self, Digest};
use crate::output::Output;
use crate::route::Routes;
use crate::rules::{Case, Info};
use crate::site::Site;
use crate::source::{SourcePath, Sources};
use crate::yaml::Path;
pub use answers::{Answer, acknowledge, answer};
use words::{File, Nature, Scanner};

/// What was found in texts that have not changed.
pub struct Memo {
    texts: memo::Memo<SourcePath, Digest, Diagnostics>,
    /// By language, with what they were made for: putting the patterns together takes longer than most saves.
    scanners: memo::Memo<String, Digest, Arc<Scanner>>,
}

impl Memo {
    /// Remembers nothing: for a single run.
    pub fn off() -> Memo {
        Memo { texts: memo::Memo::off(), scanners: memo::Memo::off() }
    }

    /// Remembers each run for the next.
    pub fn on() -> Memo {
        Memo { texts: memo::Memo::on(), scanners: memo::Memo::on() }
    }
}

/// What every check is given.
pub struct Subject<'a> {
    /// The model.
    pub site: &'a Site,
    /// The addresses.
    pub routes: &'a Routes,
    /// The files.
    pub sources: &'a Sources,
    /// The day for which the site is built.
    pub today: Date,
}

/// Compares what the author wrote with the rules.
pub fn sources(subject: &Subject<'_>, memo: &mut Memo) -> Diagnostics {
    let mut found = Diagnostics::default();
    if subject.has_practice() {
        facts::check(subject, &mut found);
        places::check(subject, &mut found);
        testimonials::check(subject, &mut found);
        freshness::check(subject, &mut found);
        prices::check(subject, &mut found);
        leftovers::check(subject, &mut found);
        works::check(subject, &mut found);
        texts(subject, memo, &mut found);
    }
    found
}

/// Compares the finished pages with the rules; without pages, what can be said of them nevertheless.
pub fn pages(subject: &Subject<'_>, output: Option<&Output>) -> Diagnostics {
    let mut found = Diagnostics::default();
    if subject.has_practice() {
        notices::check(subject, output, &mut found);
        hosts::check(subject, output, &mut found);
        if let Some(output) = output {
            addresses::check(subject, output, &mut found);
            blocked::check(subject, output, &mut found);
            files::check(subject, output, &mut found);
            unreachable::check(subject, output, &mut found);
        }
    }
    found
}

impl Subject<'_> {
    /// Whether the facts are the practice's: another's stand in where practice.yaml has faults of its own.
    fn has_practice(&self) -> bool {
        let practice = &self.site.practice;
        self.sources.text(&practice.path).is_some_and(|bytes| **bytes == *practice.bytes())
    }

    fn practice(&self) -> &Practice {
        &self.site.practice.value
    }

    /// A finding at a fact of practice.yaml, where the rule concerns the practice.
    fn at_practice(&self, info: &'static Info, field: &str, message: impl Into<String>) -> Option<Diagnostic> {
        let case = info.case(self.practice(), self.today)?;
        let located = self.site.practice.locate(&Path::of(field));
        Some(finding(info, case, message).at(&self.site.practice.path, located.key.unwrap_or(located.value)))
    }

    /// A finding at a fact of a document, where the rule concerns the practice.
    fn at(
        &self,
        info: &'static Info,
        document: &Document,
        field: &str,
        message: impl Into<String>,
    ) -> Option<Diagnostic> {
        let case = info.case(self.practice(), self.today)?;
        Some(finding(info, case, message).at(&document.path, document.locate(field).value))
    }
}

/// A finding of a rule's case, without a place so far.
fn finding(info: &'static Info, case: &'static Case, message: impl Into<String>) -> Diagnostic {
    let mut finding = Diagnostic::new(&info.code, message);
    finding.severity = case.severity;
    finding.basis = Some(&case.basis);
    finding
}

/// Reads every text of the site.
fn texts(subject: &Subject<'_>, memo: &mut Memo, found: &mut Diagnostics) {
    let site = subject.site;
    let practice = subject.practice();
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let own = primary(&practice.language);
    let pages = documents(site);
    let language = |document: &Document| {
        let lang = document.front.as_ref().and_then(|front| front.common().lang.map(|lang| primary(lang)));
        lang.unwrap_or_else(|| own.clone())
    };
    let languages: Vec<String> = pages.iter().map(|(document, _)| language(document)).collect();
    // What the patterns depend on besides the text.
    let rest = (practice.kind as u8, &practice.jurisdictions.iter().map(|j| &j.0).collect::<Vec<_>>(), subject.today);
    let legal = practice.legal.as_ref().and_then(|legal| legal.title.as_ref());
    let rest = Digest::of(&(rest.0, rest.1, rest.2, legal));
    let scanners = scanners(languages.iter().chain([&own]), rest, subject, &mut memo.scanners);
    let text = std::str::from_utf8(site.practice.bytes()).unwrap_or_default();
    let (path, nature) = (&site.practice.path, Nature::Practice);
    let file = File { path, text, front: 0..text.len(), body: text.len(), nature };
    found.extend(scanners[&own].read(&file));
    alts::check(subject, path, text, 0..text.len(), found);
    plain::check(subject, path, text, 0..text.len(), found);

    let known = &memo.texts;
    let read = |((document, nature), language): (&(&Document, Nature), &String)| {
        let digest = known.remembers().then(|| Digest::of(&(document.digest(), rest, language, *nature)));
        known.recall_or(&document.path, digest, || {
            let text = document.text();
            let (path, front, body) = (&document.path, document.front_span(), document.body_start);
            let file = File { path, text, front, body, nature: *nature };
            let mut found = scanners[language].read(&file);
            headings::check(document, &mut found);
            alts::check(subject, &document.path, document.text(), document.front_span(), &mut found);
            plain::check(subject, &document.path, document.text(), document.front_span(), &mut found);
            descriptions::check(subject, document, *nature, &mut found);
            found
        })
    };
    let made: Vec<(Diagnostics, Option<Digest>)> = pages.par_iter().zip(&languages).map(read).collect();
    for (diagnostics, _) in &made {
        found.extend(diagnostics.iter().cloned());
    }
    let anew = pages.iter().zip(made);
    let anew = anew.filter_map(|((document, _), (made, digest))| Some((document.path.clone(), digest?, made)));
    let names: Vec<&SourcePath> = pages.iter().map(|(document, _)| &document.path).collect();
    memo.texts.remember(anew, &names);
}

/// The patterns for each language, by its tag.
fn scanners<'a>(
    languages: impl Iterator<Item = &'a String>,
    rest: Digest,
    subject: &Subject<'_>,
    memo: &mut memo::Memo<String, Digest, Arc<Scanner>>,
) -> BTreeMap<String, Arc<Scanner>> {
    let mut scanners: BTreeMap<String, Arc<Scanner>> = BTreeMap::new();
    let mut anew = Vec::new();
    for tag in languages {
        if !scanners.contains_key(tag) {
            let make = || Arc::new(Scanner::new(subject.practice(), tag, subject.today));
            let (scanner, made) = memo.recall_or(tag, Some(rest), make);
            anew.extend(made.map(|rest| (tag.clone(), rest, Arc::clone(&scanner))));
            scanners.insert(tag.clone(), scanner);
        }
    }
    memo.remember(anew, &scanners.keys().collect::<Vec<_>>());
    scanners
}

/// Every document that its author wrote and that is published, and what it is to the rules.
fn documents(site: &Site) -> Vec<(&Document, Nature)> {
    let policy = |page: &crate::site::Page| page.front.layout == Layout::Policy || page.front.policy.is_some();
    let written = site.pages.len() - site.generated.len();
    let pages = site.pages.iter().take(written);
    let pages = pages.map(|page| (&*page.document, if policy(page) { Nature::Policy } else { Nature::Own }));
    let people = site.practitioners.iter().map(|person| (&*person.document, Nature::Own));
    let services = site.services.iter().map(|service| (&*service.entry.document, Nature::Own));
    let articles = site.articles.iter().map(|article| (&*article.entry.document, Nature::Article));
    pages.chain(people).chain(services).chain(articles).collect()
}

/// Whether the law of therapy concerns a kind of practice.
fn is_clinical(kind: PracticeKind) -> bool {
    kind != PracticeKind::Coaching
}
