//! Citations and the list of works at an article's end.
//!
//! Owns how a work is named: author and year in the text, a plain entry in the list.

use std::collections::BTreeMap;
use std::ops::Range;

use hayagriva::Entry;
use hayagriva::types::Person;
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::html::Finding;
use super::view::{Html, ReferenceView};
use crate::diagnostic::{codes, nearest};
use crate::document::references::Reference;

/// A citation as markup.
#[derive(Default)]
pub struct Cited {
    /// `(Ardito & Rabellino, 2011, p. 3)`, each work linked to its entry.
    pub html: String,
    /// The works.
    pub keys: Vec<String>,
    /// Works that are not known.
    pub findings: Vec<Finding>,
}

/// Writes `@a; @b, p. 3`.
pub fn in_text(citation: &str, references: &BTreeMap<String, Reference>, span: &Range<usize>) -> Cited {
    let mut cited = Cited { html: "(".to_string(), ..Cited::default() };
    for (index, part) in citation.split(';').enumerate() {
        let part = part.trim();
        let (key, locator) = part.split_once(',').map_or((part, None), |(key, rest)| (key.trim(), Some(rest.trim())));
        let key = key.trim_start_matches('@');
        if index > 0 {
            cited.html.push_str("; ");
        }
        let Some(reference) = references.get(key) else {
            let near = nearest(key, references.keys().map(String::as_str));
            cited.findings.push(Finding {
                code: &codes::UNKNOWN_REFERENCE,
                message: format!("content/references.yaml lists no work called `{key}`"),
                span: span.clone(),
                label: near.map(|near| format!("did you mean `@{near}`?")),
                help: Some("correct the key, or add the work to content/references.yaml".into()),
            });
            continue;
        };
        cited.html.push_str("<a class=\"citation\" href=\"#");
        let _ = escape_href(&mut cited.html, &id(key));
        cited.html.push_str("\">");
        let _ = escape_html_body_text(
            &mut cited.html,
            &format!("{}, {}", authors_short(&reference.entry), year(&reference.entry)),
        );
        cited.html.push_str("</a>");
        if let Some(locator) = locator {
            cited.html.push_str(", ");
            let _ = escape_html_body_text(&mut cited.html, locator);
        }
        cited.keys.push(key.to_string());
    }
    cited.html.push(')');
    cited
}

/// The entries of the works that a text cites, in the order of the alphabet.
pub fn list(keys: &[String], references: &BTreeMap<String, Reference>) -> Vec<ReferenceView> {
    let mut entries: Vec<(String, ReferenceView)> = keys
        .iter()
        .filter_map(|key| references.get(key))
        .map(|reference| {
            let html = entry(&reference.entry);
            let order = format!("{} {}", authors_long(&reference.entry).to_lowercase(), year(&reference.entry));
            (order, ReferenceView { id: id(&reference.key), html: Html(html) })
        })
        .collect();
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    entries.into_iter().map(|(_, view)| view).collect()
}

fn id(key: &str) -> String {
    format!("ref-{key}")
}

fn people(entry: &Entry) -> &[Person] {
    entry.authors().or_else(|| entry.editors()).unwrap_or_default()
}

fn authors_short(entry: &Entry) -> String {
    let family = |person: &Person| match &person.prefix {
        Some(prefix) => format!("{prefix} {}", person.name),
        None => person.name.clone(),
    };
    match people(entry) {
        [] => entry.title().map_or_else(String::new, |title| title.to_string()),
        [one] => family(one),
        [one, two] => format!("{} & {}", family(one), family(two)),
        [first, ..] => format!("{} et al.", family(first)),
    }
}

fn authors_long(entry: &Entry) -> String {
    let names: Vec<String> = people(entry).iter().map(|person| person.name_first(true, false)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{}, & {last}", all.join(", ")),
    }
}

fn year(entry: &Entry) -> String {
    entry.date_any().map_or_else(|| "n.d.".to_string(), hayagriva::types::Date::display_year)
}

fn entry(entry: &Entry) -> String {
    let mut out = String::new();
    let text = |out: &mut String, part: &str| {
        let _ = escape_html_body_text(out, part);
    };
    let authors = authors_long(entry);
    if !authors.is_empty() {
        text(&mut out, &authors);
        if !authors.ends_with('.') {
            out.push('.');
        }
        out.push(' ');
    }
    text(&mut out, &format!("({}). ", year(entry)));
    let title = entry.title().map_or_else(String::new, |title| title.to_string());
    let parent = entry.parents().first();
    match parent.and_then(|parent| parent.title()) {
        Some(journal) => {
            text(&mut out, title.trim_end_matches('.'));
            out.push_str(". <em>");
            text(&mut out, &journal.to_string());
            let volume = entry.map(|e| e.volume()).map(|volume| volume.to_string());
            if let Some(volume) = &volume {
                text(&mut out, &format!(", {volume}"));
            }
            out.push_str("</em>");
            if let Some(issue) = entry.map(|e| e.issue()) {
                text(&mut out, &format!("({issue})"));
            }
            if let Some(pages) = entry.page_range() {
                text(&mut out, &format!(", {}", pages.to_string().replace('-', "–")));
            }
            out.push('.');
        }
        None => {
            out.push_str("<em>");
            text(&mut out, title.trim_end_matches('.'));
            out.push_str("</em>.");
            if let Some(publisher) = entry.publisher().and_then(|publisher| publisher.name()) {
                text(&mut out, &format!(" {publisher}."));
            }
        }
    }
    let address = match (entry.doi(), entry.url_any()) {
        (Some(doi), _) => Some(format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/"))),
        (None, Some(url)) => Some(url.value.to_string()),
        (None, None) => None,
    };
    if let Some(address) = address {
        out.push_str(" <a href=\"");
        let _ = escape_href(&mut out, &address);
        out.push_str("\">");
        let _ = escape_html(&mut out, &address);
        out.push_str("</a>");
    }
    out
}
