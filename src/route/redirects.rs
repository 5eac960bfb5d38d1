//! Old addresses: from redirects.yaml and from the `aliases` of pages.

use std::collections::BTreeMap;
use std::ops::Range;

use super::links::{self, Link};
use super::{OutputPath, Routes, Url};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::site::Site;
use crate::source::SourcePath;
use crate::yaml::Path;

/// An old address and where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirect {
    /// The old address, without a slash at its beginning.
    pub from: String,
    /// The file that leads on, on hosts that know no redirects.
    pub file: OutputPath,
    /// Where it leads: an address of the site without a slash at its beginning, or a whole web address.
    pub to: super::Target,
}

/// Where a redirect was written.
struct Origin {
    path: SourcePath,
    span: Range<usize>,
}

pub(super) fn plan(site: &Site, routes: &Routes, diagnostics: &mut Diagnostics) -> Vec<Redirect> {
    let mut wanted: Vec<(String, String, Origin)> = Vec::new();
    if let Some(file) = &site.redirects {
        for (from, to) in &file.value {
            let place = file.locate(&Path::default().field(from));
            let origin = Origin { path: file.path.clone(), span: place.key.unwrap_or(place.value) };
            wanted.push((from.clone(), to.clone(), origin));
        }
    }
    for route in &routes.pages {
        let Some(document) = route.document(site) else { continue };
        let aliases = aliases(site, route);
        for (index, alias) in aliases.iter().enumerate() {
            let span = document.locate(&format!("aliases[{index}]")).value;
            let origin = Origin { path: document.path.clone(), span };
            wanted.push((alias.clone(), format!("/{}", route.url.as_str()), origin));
        }
    }
    let mut redirects: BTreeMap<String, Redirect> = BTreeMap::new();
    let froms: Vec<String> = wanted.iter().map(|(from, ..)| key(from)).collect();
    for (from, to, origin) in wanted {
        match check(site, routes, &froms, &from, &to, &origin) {
            Ok(redirect) => {
                if redirects.insert(redirect.from.clone(), redirect).is_some() {
                    let message = format!("`{from}` is redirected twice");
                    diagnostics.push(Diagnostic::new(&codes::REDIRECT_CONFLICT, message).at(&origin.path, origin.span));
                }
            }
            Err(finding) => diagnostics.push(*finding),
        }
    }
    redirects.into_values().collect()
}

fn aliases<'a>(site: &'a Site, route: &super::Route) -> &'a [String] {
    use super::Subject;
    match &route.subject {
        Subject::Home(Some(page))
        | Subject::Page(page)
        | Subject::Services(Some(page))
        | Subject::Practitioners(Some(page)) => &site.pages[*page].front.aliases,
        Subject::Topics(Some(page)) => &site.pages[*page].front.aliases,
        Subject::Topic(index, paging) if paging.number == 1 => match site.topics[*index].introduction {
            Some(page) => &site.pages[page].front.aliases,
            None => &[],
        },
        Subject::Practitioner(index) => &site.practitioners[*index].front.aliases,
        Subject::Service(index) => &site.services[*index].entry.front.aliases,
        Subject::Article(index) => &site.articles[*index].entry.front.aliases,
        _ => &[],
    }
}

/// An address as redirects compare it: without slashes at its ends.
fn key(address: &str) -> String {
    address.trim_matches('/').to_string()
}

fn check(
    site: &Site,
    routes: &Routes,
    froms: &[String],
    from: &str,
    to: &str,
    origin: &Origin,
) -> Result<Redirect, Box<Diagnostic>> {
    let finding =
        |code, message: String| Box::new(Diagnostic::new(code, message).at(&origin.path, origin.span.clone()));
    let plain = |c: char| c.is_alphanumeric() || "-._~/%+".contains(c);
    let path = SourcePath::new(from).filter(|_| from.starts_with('/') && from.chars().all(plain));
    let Some(path) = path else {
        return Err(finding(&codes::BAD_REDIRECT, format!("`{from}` is not a path of this site such as `/old/page/`")));
    };
    let url = Url::of(&path.as_str().split('/').collect::<Vec<_>>());
    if routes.at(url.as_str()).is_some() || routes.by_output.contains_key(path.as_str()) {
        return Err(finding(
            &codes::REDIRECT_CONFLICT,
            format!("the site has a page at `{from}`, so it can't lead elsewhere"),
        ));
    }
    let target = match links::resolve(site, routes, &site.practice.path, to) {
        Link::Page { url, fragment: None } => super::Target::Inside(url),
        Link::Page { url, fragment: Some(fragment) } => super::Target::Inside(format!("{url}#{fragment}")),
        Link::File { url, .. } => super::Target::Inside(url),
        Link::Elsewhere(address) if address.starts_with("http") => super::Target::Outside(address),
        Link::Broken { .. } if froms.contains(&key(to)) => {
            return Err(finding(
                &codes::REDIRECT_CONFLICT,
                format!("`{to}` is itself redirected; name the page at the end"),
            ));
        }
        Link::Broken { near, .. } => {
            let mut finding = finding(&codes::BROKEN_LINK, format!("`{to}` leads to no page of this site"));
            finding.label = near.map(|near| format!("did you mean `{near}`?"));
            return Err(finding);
        }
        _ => {
            return Err(finding(
                &codes::BAD_REDIRECT,
                format!("`{to}` is neither a path of this site nor a web address"),
            ));
        }
    };
    let named_file = path.extension() == "html" || path.extension() == "htm";
    let file = if named_file { OutputPath(path.as_str().into()) } else { url.file() };
    Ok(Redirect {
        from: if named_file { path.as_str().to_string() } else { url.as_str().to_string() },
        file,
        to: target,
    })
}
