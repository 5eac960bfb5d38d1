//! Whether a page is sound as a document: markup, ids, links, and silence towards others.

use std::collections::BTreeSet;

use crate::output::Output;
use crate::regions::{Found, Page};
use crate::route::OutputPath;

pub(super) fn check(page: &Page<'_>, file: &str, output: &Output) -> Found {
    let mut found = Found::new();
    for error in &page.document.errors {
        found.push(("markup", format!("browsers have to correct the page's HTML: {}", error.to_lowercase())));
    }
    let mut ids = BTreeSet::new();
    for element in page.document.root_element().descendent_elements() {
        if let Some(id) = element.attr("id")
            && !ids.insert(id)
        {
            found.push(("markup", format!("the id `{id}` is used twice")));
        }
        if element.attr("style").is_some() {
            found.push((
                "markup",
                format!("a `{}` has a style attribute, which the page's policy forbids", element.value().name()),
            ));
        }
        if let Some((name, _)) = element.value().attrs().find(|(name, _)| name.starts_with("on")) {
            found.push((
                "script",
                format!("a `{}` has `{name}`, which the page's policy forbids", element.value().name()),
            ));
        }
        let loads = match element.value().name() {
            "img" | "script" | "iframe" | "source" | "video" | "audio" | "embed" | "input" => element.attr("src"),
            // The page's own address, and that in another language, are named and not fetched.
            "link" if element.attr("rel") == Some("alternate") && element.attr("hreflang").is_some() => None,
            "link" if element.attr("rel") != Some("canonical") => element.attr("href"),
            "object" => element.attr("data"),
            _ => None,
        };
        if let Some(address) = loads
            && (address.starts_with("//") || address.contains("://"))
        {
            found.push(("silence", format!("a `{}` loads from another host: {address}", element.value().name())));
        }
        if element.value().name() == "img" && element.attr("alt").is_none() {
            found.push(("markup", "an `img` has no `alt`".to_string()));
        }
    }
    let inside = page.all("a[href]").into_iter().filter_map(|link| link.attr("href"));
    for href in inside.filter(|href| !href.contains(':') && !href.starts_with("//")) {
        let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
        if path.is_empty() {
            if !anchor.is_empty() && !ids.contains(anchor) {
                found.push(("links", format!("a link goes to `#{anchor}`, which isn't on the page")));
            }
        } else if !leads_somewhere(file, path, output) {
            found.push(("links", format!("a link goes to `{path}`, which isn't a page")));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a relative or absolute address of a page is that of a file.
fn leads_somewhere(from: &str, href: &str, output: &Output) -> bool {
    let href = href.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = match href.starts_with('/') {
        true => Vec::new(),
        false => from.split('/').collect::<Vec<_>>().split_last().map_or(Vec::new(), |(_, folders)| folders.to_vec()),
    };
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let page = if path.is_empty() { "index.html".to_string() } else { format!("{path}/index.html") };
    let is_file = |path: &str| output.files.keys().map(OutputPath::as_str).any(|known| known == path);
    if href.ends_with('/') || path.is_empty() { is_file(&page) } else { is_file(&path) || is_file(&page) }
}
