//! Descriptions: what search results say of a page.

use super::{Nature, Subject};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, FrontMatter};
use crate::prose::one_line;
use crate::rules::pages;

pub(super) fn check(subject: &Subject<'_>, document: &Document, nature: Nature, found: &mut Diagnostics) {
    let rule = &pages::rules().description_length;
    let Some(front) = &document.front else { return };
    let summary = match front {
        FrontMatter::Practitioner(front) => front.summary.as_deref(),
        FrontMatter::Service(front) => Some(front.summary.as_str()),
        FrontMatter::Resource(front) => Some(front.summary.as_str()),
        FrontMatter::Page(front) => front.summary.as_deref(),
    };
    let common = front.common();
    let (field, text) = match (common.description, summary) {
        (Some(text), _) => ("description", text),
        (None, Some(text)) => ("summary", text),
        // The first paragraph stands in; a policy needs no other words, and a page without text has its own.
        (None, None) => return,
    };
    let length = one_line(text).chars().count();
    let fits = (rule.data.fewest..=rule.data.most).contains(&length);
    if common.noindex || fits || nature == Nature::Policy {
        return;
    }
    let wanted = if length < rule.data.fewest { "at least" } else { "at most" };
    let bound = if length < rule.data.fewest { rule.data.fewest } else { rule.data.most };
    let message = format!("search results show this text: it has {length} characters, {wanted} {bound} serve best");
    found.extend(subject.at(&rule.info, document, field, message));
}
