//! Addresses of the site that somebody wrote out, in HTML, in a theme or with the site's own domain: held against the
//! finished site.
//!
//! Owns what is a page or a file there. What markdown and front matter name is found where it is resolved (`route`).

use std::collections::BTreeMap;

use memchr::memmem;

use super::{Subject, origins};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, codes, nearest};
use crate::finished::refers::WrittenOut;
use crate::output::{File, Output};
use crate::route::{OutputPath, Route, address};

/// The search's index is added after the checks; only the program's own script names it.
const ADDED_LATER: &str = "assets/search/";

pub(super) fn check(subject: &Subject<'_>, output: &Output, found: &mut Diagnostics) {
    // What a template writes stands on every page, and is one finding.
    let mut by_place = BTreeMap::<_, (Diagnostic, usize)>::new();
    let by_file: BTreeMap<&OutputPath, &Route> =
        subject.routes.pages.iter().map(|route| (&route.file, route)).collect();
    for (page, links) in &output.written_out {
        let document = by_file.get(page).and_then(|route| route.document(subject.site));
        // What the text's own links lead to was found where they were resolved; an address with a domain was not.
        let is_resolved = |address: &str| {
            !address.contains("://")
                && document.is_some_and(|document| document.facts.links.iter().any(|link| is_written(link, address)))
        };
        for link in links.iter().filter(|link| !is_resolved(&link.address)) {
            let Some(fault) = fault(subject, output, link) else { continue };
            let place = origins::place(subject, page, &[&link.address, &link.address.replace("&amp;", "&")]);
            let key = place.as_ref().map(|Place { path, span }| (path.to_string(), span.start));
            let known = by_place.entry((key, link.address.clone())).or_insert_with(|| (fault, 0));
            known.0.place = place;
            known.1 += 1;
            if known.0.place.is_none() && known.1 == 1 {
                known.0.message.push_str(&format!(" (on {})", page.as_str()));
            }
        }
    }
    found.extend(by_place.into_values().map(|(mut finding, pages)| {
        if pages > 1 {
            finding.message.push_str(&format!(", on {pages} pages"));
        }
        finding
    }));
}

/// Whether a text's address stands in its page like this: spaces and letters beyond ASCII are escaped there.
fn is_written(link: &str, address: &str) -> bool {
    let mut written = String::new();
    link == address || {
        address::write(&mut written, link);
        written == address
    }
}

/// What is wrong with an address, where something is.
fn fault(subject: &Subject<'_>, output: &Output, link: &WrittenOut) -> Option<Diagnostic> {
    let address = &link.address;
    let Some(file) = published(output, &link.path) else {
        if link.path.starts_with(ADDED_LATER) {
            return None;
        }
        let path = link.path.trim_end_matches('/');
        let pages = subject.routes.pages.iter().map(|route| route.url.as_str().trim_end_matches('/'));
        let mut finding = Diagnostic::new(&codes::BROKEN_LINK, format!("nothing is published at `{address}`"));
        finding.label = nearest(path, pages).map(|near| format!("did you mean `/{near}/`?"));
        return Some(finding);
    };
    let fragment = link.fragment.as_deref()?;
    let is_there = match output.files.get(&file)? {
        File::Checked(ids) => ids.has(fragment),
        File::Made(bytes) => {
            let ids = [format!("id=\"{fragment}\""), format!("id='{fragment}'"), format!("id={fragment}")];
            ids.iter().any(|id| memmem::find(bytes, id.as_bytes()).is_some())
        }
        _ => return None,
    };
    let message = format!("`{address}` goes to a page with no `#{fragment}` on it");
    (!is_there).then(|| Diagnostic::new(&codes::BROKEN_ANCHOR, message))
}

/// The file that a host serves for a path.
fn published(output: &Output, path: &str) -> Option<OutputPath> {
    let there = |path: String| OutputPath::new(&path).filter(|path| output.files.contains_key(path));
    let folder = path.trim_end_matches('/');
    there(if folder.is_empty() { "index.html".to_string() } else { format!("{folder}/index.html") })
        .or_else(|| there(path.to_string()).filter(|_| !path.ends_with('/')))
}
