//! Works that an article cites, as nodes.

use serde_json::Value;

use super::Node;
use crate::document::works::{Kind, Name, Work};

/// A work in schema.org's words: as much of it as the list of works says.
pub(super) fn work(work: &Work) -> Value {
    let kind = match work.kind {
        Kind::Article => "ScholarlyArticle",
        Kind::Magazine => "Article",
        Kind::Newspaper => "NewsArticle",
        Kind::Book => "Book",
        Kind::Chapter => "Chapter",
        Kind::Report => "Report",
        Kind::Thesis => "Thesis",
        Kind::Web => "WebPage",
        Kind::Dataset => "Dataset",
        Kind::Film => "Movie",
        Kind::Video => "VideoObject",
        _ => "CreativeWork",
    };
    let person = |name: &Name| {
        let kind = if name.is_group() { "Organization" } else { "Person" };
        Node::new(kind).with("name", name.given_first())
    };
    Node::new(kind)
        .maybe("name", Some(work.title.plain()))
        .all("author", work.makers().iter().map(person))
        .maybe("datePublished", date(work))
        .maybe("isPartOf", journal(work))
        .maybe("identifier", work.doi.as_ref().map(|doi| format!("doi:{doi}")))
        .maybe("sameAs", work.web_address())
        .into()
}

/// A day as ISO 8601 has it.
fn date(work: &Work) -> Option<String> {
    let year = work.date.year.filter(|year| *year > 0)?;
    Some(match (work.date.month, work.date.day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (None, _) => format!("{year:04}"),
    })
}

fn journal(work: &Work) -> Option<Value> {
    let journal = work.container.as_ref().filter(|_| work.kind.in_periodical())?;
    Some(Node::new("Periodical").with("name", journal.title.plain()).into())
}
