//! Descriptions: what search results say of a page.

use super::{Nature, Subject};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, FrontMatter};
use crate::prose::one_line;
use crate::rules::pages;

pub(super) fn check(subject: &Subject<'_>, document: &Document, nature: Nature, found: &mut Diagnostics) {
    let rule = &pages::rules().description_length;
    let Some(common) = document.front.as_ref().map(FrontMatter::common) else { return };
    // The first paragraph stands in; a policy needs no other words, and a page without text has its own.
    let Some((field, text)) = given(document) else { return };
    let length = one_line(text).chars().count();
    let fits = (rule.data.fewest..=rule.data.most).contains(&length);
    if common.noindex || fits || nature == Nature::Policy {
        return;
    }
    let wanted = if length < rule.data.fewest { "at least" } else { "at most" };
    let bound = if length < rule.data.fewest { rule.data.fewest } else { rule.data.most };
    let message = format!("search results show this text; it has {length} characters, and {wanted} {bound} works best");
    found.extend(subject.at(&rule.info, document, field, message));
}

/// The description that the author gave, else the summary, which stands for it: its field and its text.
pub(super) fn given(document: &Document) -> Option<(&'static str, &str)> {
    let front = document.front.as_ref()?;
    let summary = match front {
        FrontMatter::Practitioner(front) => front.summary.as_deref(),
        FrontMatter::Service(front) => Some(front.summary.as_str()),
        FrontMatter::Resource(front) => Some(front.summary.as_str()),
        FrontMatter::Page(front) => front.summary.as_deref(),
    };
    let given = front.common().description.map(|text| ("description", text));
    given.or(summary.map(|text| ("summary", text)))
}
