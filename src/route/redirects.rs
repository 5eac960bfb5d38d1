//! Old addresses: from redirects.yaml and from the `aliases` of pages.

use std::collections::BTreeMap;
use std::ops::Range;

use super::links::{self, Link};
use super::{OutputPath, Routes, Url};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::WebHost;
use crate::site::Site;
use crate::source::SourcePath;
use crate::yaml::Path;

/// An old address and where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirect {
    /// The old address, without a slash at its beginning.
    pub from: String,
    /// What the old address asks for behind its path, such as `p=12`.
    pub query: Option<String>,
    /// The file that leads on, on hosts that know no redirects; none for many addresses at once, and for what stands
    /// behind a path, which no file can answer.
    pub file: Option<OutputPath>,
    /// Where it leads: an address of the site without a slash at its beginning, or a whole web address.
    pub to: super::Target,
}

/// Stands in a new address for what `*` stood for in the old one.
const SPLAT: &str = ":splat";

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
    let mut redirects: BTreeMap<(String, Option<String>), Redirect> = BTreeMap::new();
    let froms: Vec<String> = wanted.iter().map(|(from, ..)| key(from)).collect();
    for (from, to, origin) in wanted {
        match check(site, routes, &froms, &from, &to, &origin) {
            Ok(redirect) => {
                diagnostics.extend(only_some_hosts(site.practice.value.host, &redirect, &from, &origin));
                if redirects.insert((redirect.from.clone(), redirect.query.clone()), redirect).is_some() {
                    let message = format!("`{from}` is redirected twice");
                    diagnostics.push(Diagnostic::new(&codes::REDIRECT_CONFLICT, message).at(&origin.path, origin.span));
                }
            }
            Err(finding) => diagnostics.push(*finding),
        }
    }
    // A host takes the first line that fits: single addresses come before many, what stands behind a path before the path.
    let mut redirects: Vec<Redirect> = redirects.into_values().collect();
    redirects.sort_by_key(|redirect| (redirect.from.ends_with('*'), redirect.query.is_none()));
    redirects
}

/// What visitors get from hosts that cannot follow a redirect, where the practice has such a host or hasn't said which.
fn only_some_hosts(host: Option<WebHost>, redirect: &Redirect, from: &str, origin: &Origin) -> Option<Diagnostic> {
    if redirect.file.is_some() {
        return None;
    }
    let (can, otherwise) = match &redirect.query {
        Some(_) => (host.map(WebHost::leads_queries), format!("the page at `/{}`, if there is one", redirect.from)),
        None => (host.map(WebHost::leads_many), "the not-found page".to_string()),
    };
    let (message, help) = match (host, can) {
        (_, Some(true)) => return None,
        (None | Some(WebHost::Other), _) => (
            format!("not every host can redirect `{from}`; on the others, visitors see {otherwise}"),
            Some("say where your website is, with `host:` in practice.yaml; then this is told only where it matters"),
        ),
        (Some(host), _) => (format!("{} can't redirect `{from}`; visitors see {otherwise}", host.name()), None),
    };
    let finding = Diagnostic::new(&codes::REDIRECT_NEEDS_HOST, message).at(&origin.path, origin.span.clone());
    Some(match help {
        Some(help) => finding.help(help),
        None => finding,
    })
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
    let (address, query) = match from.split_once('?') {
        Some((address, query)) => (address, Some(query)),
        None => (from, None),
    };
    let (address, many) = match address.strip_suffix("/*") {
        Some(folder) => (if folder.is_empty() { "/" } else { folder }, true),
        None => (address, false),
    };
    let plain = |c: char| c.is_alphanumeric() || "-._~/%+".contains(c);
    let asks = |query: &str| {
        let pair = |pair: &str| pair.split_once('=').is_some_and(|(name, _)| !name.is_empty());
        query.split('&').all(pair) && query.chars().all(|c| plain(c) || "=&,".contains(c))
    };
    let is_path = address.starts_with('/') && address.chars().all(plain) && query.is_none_or(asks);
    // The home page has an address only where something stands behind it.
    let path = SourcePath::new(address);
    if !is_path || (path.is_none() && query.is_none()) || (path.is_none() && !address.trim_matches('/').is_empty()) {
        let message = format!("`{from}` isn't a path on this site, such as `/old/page/`, `/old/*` or `/?p=12`");
        return Err(finding(&codes::BAD_REDIRECT, message));
    }
    let address = path.as_ref().map_or("", |path| path.as_str());
    let url = Url::of(&address.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>());
    let is_there = routes.at(url.as_str()).is_some() || routes.by_output.contains_key(address);
    if is_there && query.is_none() && !many {
        let message = format!("the site has a page at `{from}`, so it can't be redirected");
        let help = "delete this line; or give the page another address, if the old one should lead on";
        return Err(Box::new(finding(&codes::REDIRECT_CONFLICT, message).help(help)));
    }
    let (named, splat) = match to.split_once(SPLAT).filter(|_| many) {
        Some((before, after)) => (before, Some(after)),
        None => (to, None),
    };
    if let (Some(after), Some(inside)) = (splat, named.strip_prefix('/')) {
        let leads_somewhere =
            inside.is_empty() || routes.pages.iter().any(|page| page.url.as_str().starts_with(inside));
        if !leads_somewhere || !named.chars().chain(after.chars()).all(plain) {
            return Err(finding(&codes::BROKEN_LINK, format!("no address on this site starts with `{named}`")));
        }
        let to = super::Target::Inside(format!("{inside}{SPLAT}{after}"));
        return Ok(Redirect { from: format!("{}*", url.as_str()), query: None, file: None, to });
    }
    let target = match links::resolve(site, routes, &site.practice.path, to) {
        Link::Page { url, fragment: None } => super::Target::Inside(url),
        Link::Page { url, fragment: Some(fragment) } => super::Target::Inside(format!("{url}#{fragment}")),
        Link::File { url, .. } => super::Target::Inside(url),
        Link::Elsewhere(address) if address.starts_with("http") => super::Target::Outside(address),
        Link::Broken { .. } if froms.contains(&key(to)) => {
            return Err(finding(
                &codes::REDIRECT_CONFLICT,
                format!("`{to}` is redirected itself; give the final page instead"),
            ));
        }
        Link::Ended { since } => {
            let message = format!("`{to}` expired on {since}, so this redirect was left out");
            return Err(finding(&codes::ENDED_TARGET, message));
        }
        Link::Broken { near, .. } => {
            let mut finding = finding(&codes::BROKEN_LINK, format!("`{to}` doesn't lead to a page on this site"));
            finding.label = near.map(|near| format!("did you mean `{near}`?"));
            return Err(finding);
        }
        _ => {
            return Err(finding(&codes::BAD_REDIRECT, format!("`{to}` isn't a path on this site or a web address")));
        }
    };
    let named_file = address.ends_with(".html") || address.ends_with(".htm");
    let is_one = query.is_none() && !many;
    let from = match (named_file, many) {
        (_, true) => format!("{}*", url.as_str()),
        (true, _) => address.to_string(),
        (false, _) => url.as_str().to_string(),
    };
    let file = if named_file { OutputPath::new(address) } else { Some(url.file()) };
    Ok(Redirect { from, query: query.map(str::to_string), file: file.filter(|_| is_one), to: target })
}
