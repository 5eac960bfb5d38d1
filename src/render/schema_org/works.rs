//! Works that an article cites, as nodes.

use hayagriva::Entry;
use hayagriva::types::{EntryType, Person};
use serde_json::Value;

use super::Node;
use crate::document::works;
use crate::render::citations::web_address;

/// A work in schema.org's words: as much of it as the list of works says.
pub(super) fn work(entry: &Entry) -> Value {
    let in_periodical = entry.parents().iter().any(|parent| *parent.entry_type() == EntryType::Periodical);
    let kind = match entry.entry_type() {
        EntryType::Article if in_periodical => "ScholarlyArticle",
        EntryType::Book | EntryType::Anthology | EntryType::Reference => "Book",
        EntryType::Chapter => "Chapter",
        EntryType::Report => "Report",
        EntryType::Thesis => "Thesis",
        EntryType::Web | EntryType::Blog => "WebPage",
        _ => "CreativeWork",
    };
    let person = |person: &Person| {
        let kind = if works::is_organisation(&person.name) { "Organization" } else { "Person" };
        Node::new(kind).with("name", person.given_first(false))
    };
    let people = entry.authors().or_else(|| entry.editors()).unwrap_or_default();
    Node::new(kind)
        .maybe("name", entry.title().map(|title| title.to_string()))
        .all("author", people.iter().filter(|person| person.name != works::OTHERS).map(person))
        .maybe("datePublished", entry.date_any().map(|date| date.to_string()))
        .maybe("isPartOf", journal(entry))
        .maybe("identifier", entry.doi().map(|doi| format!("doi:{doi}")))
        .maybe("sameAs", web_address(entry))
        .into()
}

fn journal(entry: &Entry) -> Option<Value> {
    let journal = entry.parents().iter().find(|parent| *parent.entry_type() == EntryType::Periodical)?;
    Some(Node::new("Periodical").with("name", journal.title()?.to_string()).into())
}
