//! Articles' texts as feeds carry them: which do, and what becomes of the text.

use bytes::Bytes;

use super::names::Plain;
use crate::route::{Route, Subject, address};
use crate::views::maker::Maker;

/// Articles in the feed.
pub const ENTRIES: usize = 20;

/// Whether the feed shows the page's text.
pub fn shows(route: &Route) -> bool {
    matches!(route.subject, Subject::Article(index) if index < ENTRIES)
}

/// An article's text for readers that show it elsewhere: whole addresses, no ids, and nothing that runs, asks or
/// loads something else than pictures. What directives print stays on the page.
pub fn text(maker: &Maker<'_>, route: &Route, text: &Plain) -> Bytes {
    let base = format!("{}/", maker.base_url);
    let canonical = maker.canonical(route.url.as_str());
    let mut html = address::finish(&text.html, &base);
    if !text.references.is_empty() {
        html.push_str("<h2>");
        // Writing into a String cannot fail.
        let _ = pulldown_cmark_escape::escape_html_body_text(&mut html, &maker.word("references"));
        html.push_str("</h2>\n<ul>\n");
        for work in &text.references {
            html.push_str(&format!("<li>{}</li>\n", work.html.0));
        }
        html.push_str("</ul>\n");
    }
    let mut cleaner = ammonia::Builder::default();
    cleaner.link_rel(None);
    if let Ok(canonical) = url::Url::parse(&canonical) {
        // A link to a note leads to the note on the page.
        cleaner.url_relative(ammonia::UrlRelative::RewriteWithBase(canonical));
    }
    cleaner.clean(&html).to_string().into()
}
