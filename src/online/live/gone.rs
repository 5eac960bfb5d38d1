//! What should be gone: pages of former publications, drafts, and what the website still lists.

use std::collections::{BTreeMap, BTreeSet};

use super::expected::{Gone, addresses};
use super::words::Words;
use super::{Look, SAMPLE, WORKERS, sample, several, shown, words};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::online::web::{Method, each};

pub(super) fn check(look: &Look<'_>, found: &mut Diagnostics) {
    let mut gone: BTreeMap<String, Gone> = look.expected.gone.clone();
    let mut listed = Vec::new();
    for list in ["sitemap.xml", "feed.xml"] {
        let Ok(answer) = look.web.ask(Method::Get, &look.at(list)) else { continue };
        if answer.status != 200 {
            continue;
        }
        let xml = String::from_utf8_lossy(&answer.body);
        let mut there = addresses(&xml, &look.expected.own);
        there.extend(addresses(&xml, &look.base));
        listed.extend(there);
    }
    let leads_on = |url: &str| {
        let path = super::expected::at(&look.expected.own, url).path().to_string();
        look.expected.rules.redirect(&path, None, false).is_some()
    };
    let pages: BTreeSet<&str> = look.expected.pages.iter().map(|page| page.url.as_str()).collect();
    let has_page = |url: &str| pages.contains(url);
    for url in listed {
        let url = url.split(['#', '?']).next().unwrap_or_default().to_string();
        let is_page = url.is_empty() || url.ends_with('/');
        if is_page && !has_page(&url) && !leads_on(&url) {
            gone.entry(url).or_insert(Gone::Former);
        }
    }
    let all: Vec<(String, Gone)> = gone.into_iter().collect();
    // Drafts are few and weigh most.
    let (drafts, former): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, why)| matches!(why, Gone::Unpublished(_)));
    let asked: Vec<&(String, Gone)> = if look.all {
        drafts.iter().chain(&former).collect()
    } else {
        drafts.iter().chain(sample(&former, SAMPLE)).collect()
    };
    let not_found = look.expected.not_found.as_ref().map(|html| words::read(html).0);
    let told = |done: usize| (look.told)("looking for what should be gone", done, asked.len());
    let is_there = each(&asked, WORKERS, &told, |(url, _)| is_shown(look, url, not_found.as_ref()));
    let shown = asked.iter().zip(is_there).filter(|(_, there)| *there).map(|((url, why), _)| finding(url, why));
    let (one, many) =
        ("another page that should be gone can be opened", "more pages that should be gone can be opened");
    several(found, &codes::LIVE_LEFT_OVER, shown.collect(), one, many);
}

/// Whether a page that isn't the one for wrong addresses is shown there.
fn is_shown(look: &Look<'_>, url: &str, not_found: Option<&Words>) -> bool {
    let Ok(answer) = look.web.ask(Method::Get, &look.at(url)) else { return false };
    let is_not_found = || not_found.is_some_and(|own| own.differ(&words::read(&answer.body).0).is_none());
    // A page that leads on by itself is a redirect of a former publication.
    let leads_on = || String::from_utf8_lossy(&answer.body).contains("http-equiv=\"refresh\"");
    answer.status == 200 && !is_not_found() && !leads_on()
}

fn finding(url: &str, why: &Gone) -> Diagnostic {
    let address = shown(url);
    match why {
        Gone::Unpublished(source) => {
            let message = format!("`{address}` can be opened, although this file isn't to be published now");
            let help = "publish with `anteroom publish`, which takes it away, or delete its folder at your host";
            let mut finding = Diagnostic::new(&codes::LIVE_LEFT_OVER, message).about(source).help(help);
            finding.severity = Severity::Error;
            finding
        }
        Gone::Former => {
            let message = format!("`{address}` can still be opened, and your site has no such page any more");
            let help = "publish with `anteroom publish`, which takes it away, or delete its folder at your host; a line in \
                        content/redirects.yaml leads visitors on";
            Diagnostic::new(&codes::LIVE_LEFT_OVER, message).help(help)
        }
    }
}
