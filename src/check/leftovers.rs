//! Titles and descriptions that two pages share.

use foldhash::{HashMap, HashMapExt};

use super::{Subject, descriptions};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, FrontMatter};
use crate::rules::{Info, leftovers};

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    let rules = leftovers::rules();
    let pages = super::documents(subject.site);
    let titles = pages.iter().filter_map(|(document, _)| Some((*document, title(document)?)));
    shared(subject, &rules.duplicate_title.info, titles, "title", found);
    let descriptions = pages.iter().filter_map(|(document, _)| Some((*document, descriptions::given(document)?)));
    shared(subject, &rules.duplicate_description.info, descriptions, "description", found);
}

/// A finding for every text that an earlier page has as well.
fn shared<'a>(
    subject: &Subject<'_>,
    info: &'static Info,
    texts: impl Iterator<Item = (&'a Document, (&'static str, &'a str))>,
    what: &str,
    found: &mut Diagnostics,
) {
    // Pages in two languages may have one title: the same word in both, or a name.
    let language = |document: &Document| {
        let own = document.front.as_ref().and_then(|front| front.common().lang.map(|lang| lang.to_string()));
        let tag = own.unwrap_or_else(|| subject.practice().language.to_string());
        tag.split('-').next().unwrap_or_default().to_lowercase()
    };
    let mut first: HashMap<(String, &str), (&Document, &'static str)> = HashMap::new();
    // Of two files with one address only one is published, and that is a finding of its own.
    let is_published = |document: &Document| subject.routes.of_source(&document.path).is_some();
    // What stands in brackets is a gap, and that is a finding of its own.
    for (document, (field, text)) in texts.filter(|(_, (_, text))| !text.starts_with('[')) {
        let key = (language(document), text);
        match first.get(&key) {
            Some((other, other_field)) if is_published(other) && is_published(document) => {
                let message = format!("another page has the same {what}");
                found.extend(
                    subject.at(info, document, field, message).map(|finding| {
                        finding.related(&other.path, other.locate(other_field).value, "first used here")
                    }),
                );
            }
            Some((other, _)) if is_published(other) => {}
            _ => {
                first.insert(key, (document, field));
            }
        }
    }
}

fn title(document: &Document) -> Option<(&'static str, &str)> {
    Some(match document.front.as_ref()? {
        FrontMatter::Practitioner(front) => ("name", front.name.as_str()),
        FrontMatter::Service(front) => ("title", &front.title),
        FrontMatter::Resource(front) => ("title", &front.title),
        FrontMatter::Page(front) => ("title", &front.title),
    })
}
