//! Pages that no visitor finds: in no menu, in no list, and named by no other page.
//!
//! Owns telling them. People, services and articles stand in lists; what asks not to be listed is hidden on purpose.

use memchr::memmem;
use rayon::prelude::*;

use super::{Subject, documents};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::Document;
use crate::render::Output;
use crate::route::{NavigationLink, Subject as Shows, Target};
use crate::site::Absence;
use crate::source::composed;

pub(super) fn check(subject: &Subject<'_>, output: &Output, found: &mut Diagnostics) {
    let routes = subject.routes;
    let listed = |url: &str| {
        let mut links = routes.navigation.iter().chain(&routes.footer);
        links.any(|link| leads_to(link, url))
    };
    for route in &routes.pages {
        let Shows::Page(index) = route.subject else { continue };
        let page = &subject.site.pages[index];
        let url = route.url.as_str();
        let is_made = index >= subject.site.pages.len() - subject.site.generated.len();
        if is_made || page.front.noindex || page.front.policy.is_some() || listed(url) {
            continue;
        }
        let path = url.trim_end_matches('/');
        let written_out = output.written_out.iter().filter(|(file, _)| **file != route.file);
        let mut written_out = written_out.flat_map(|(_, links)| links);
        if written_out.any(|link| link.path.trim_end_matches('/') == path) || is_named(subject, &page.document, path) {
            continue;
        }
        let message = "no menu, list or other page leads to this page, so visitors will not find it";
        found.push(Diagnostic::new(&codes::UNREACHABLE_PAGE, message).about(&page.document.path).help(format!(
            "link to `/{url}` from a page that visitors read, or add it to `navigation` in practice.yaml; \
             write `noindex: true` if only people who are given its address should see it"
        )));
    }
}

fn leads_to(link: &NavigationLink, url: &str) -> bool {
    let here = matches!(&link.target, Target::Inside(inside) if inside.split('#').next() == Some(url));
    here || link.children.iter().any(|child| leads_to(child, url))
}

/// Whether practice.yaml or another published page names a page, by its address or its file.
fn is_named(subject: &Subject<'_>, page: &Document, path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    let names = [format!("/{last}"), format!("{last}/"), page.path.file_name().to_string()];
    let finders: Vec<memmem::Finder<'_>> = names.iter().map(|name| memmem::Finder::new(name.as_bytes())).collect();
    let names_it = |text: &[u8]| finders.iter().any(|finder| finder.find(text).is_some());
    if names_it(subject.site.practice.bytes()) {
        return true;
    }
    // An article that has ended leads nowhere any more; that only time has taken its link away is no reason to stop.
    let ended = subject.site.absent.iter().filter(|(_, absence)| matches!(absence, Absence::Until(_)));
    let mut ended = ended.filter_map(|(path, _)| subject.sources.text(path));
    if ended.any(|text| names_it(text)) {
        return true;
    }
    let others: Vec<&Document> = documents(subject.site).into_iter().map(|(document, _)| document).collect();
    others.par_iter().any(|document| document.path != page.path && names_it(composed(document.text()).as_bytes()))
}
