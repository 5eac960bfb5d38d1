//! The main navigation and the links at the foot of every page.

use super::links::{self, Link};
use super::{Route, Routes, Subject};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::Layout;
use crate::site::{Page, Site};
use crate::yaml::Path;

/// Where a navigation entry leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// An address of the site, with its fragment.
    Inside(String),
    /// Another site.
    Outside(String),
}

/// What a navigation entry is called: by its author, or by a word of the theme's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Label {
    /// The author's words.
    Given(String),
    /// A key in the theme's locale.
    Word(&'static str),
}

/// An entry of a navigation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NavigationLink {
    /// What it is called.
    pub label: Label,
    /// Where it leads.
    pub target: Target,
    /// Entries below it.
    pub children: Vec<NavigationLink>,
}

fn given(label: &str, target: Target) -> NavigationLink {
    NavigationLink { label: Label::Given(label.to_string()), target, children: Vec::new() }
}

fn page(label: Label, url: &str) -> NavigationLink {
    NavigationLink { label, target: Target::Inside(url.to_string()), children: Vec::new() }
}

pub(super) fn main(site: &Site, routes: &Routes, diagnostics: &mut Diagnostics) -> Vec<NavigationLink> {
    let practice = &site.practice;
    let Some(entries) = &practice.value.navigation else { return by_itself(site, routes) };
    let mut resolve = |to: &str, place: String| {
        let target = match links::resolve(site, routes, &practice.path, to) {
            Link::Page { url, fragment } => Target::Inside(match fragment {
                Some(fragment) => format!("{url}#{fragment}"),
                None => url,
            }),
            Link::File { url, .. } => Target::Inside(url),
            Link::Elsewhere(address) => Target::Outside(address),
            Link::Broken { near, reason } => {
                let mut finding = Diagnostic::new(&codes::NAVIGATION_TARGET, format!("`{to}` doesn't lead to a page"))
                    .at(&practice.path, practice.locate(&Path::of(&place)).value);
                finding.label = near.map(|near| format!("did you mean `{near}`?"));
                finding.help = reason.or(finding.help);
                diagnostics.push(finding);
                return None;
            }
            Link::Ended { since } => {
                let message = format!("`{to}` expired on {since}, so the menu leaves it out");
                let place = practice.locate(&Path::of(&place)).value;
                diagnostics.push(Diagnostic::new(&codes::ENDED_TARGET, message).at(&practice.path, place));
                return None;
            }
            Link::Here(_) | Link::Unsafe | Link::NoAnchor { .. } => {
                diagnostics.push(
                    Diagnostic::new(&codes::NAVIGATION_TARGET, format!("`{to}` doesn't lead to a page"))
                        .at(&practice.path, practice.locate(&Path::of(&place)).value),
                );
                return None;
            }
        };
        Some(target)
    };
    let mut navigation = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let Some(target) = resolve(&entry.to, format!("navigation[{index}].to")) else { continue };
        let children = entry.children.iter().enumerate().filter_map(|(child, below)| {
            let target = resolve(&below.to, format!("navigation[{index}].children[{child}].to"))?;
            Some(given(&below.label, target))
        });
        navigation.push(NavigationLink { children: children.collect(), ..given(&entry.label, target) });
    }
    navigation
}

/// The navigation of a practice that writes none: what visitors look for, in the order they look for it.
fn by_itself(site: &Site, routes: &Routes) -> Vec<NavigationLink> {
    let mut navigation = Vec::new();
    let mut add = |label: Label, url: &str| {
        if let Some(route) = routes.own(url) {
            navigation.push(page(label, route.url.as_str()));
        }
    };
    let mut own: Vec<_> = site
        .pages
        .iter()
        .filter(|page| matches!(page.front.layout, Layout::Page | Layout::Own(_)) && page.front.policy.is_none())
        .filter_map(|page| Some((page, routes.of_source(&page.document.path)?)))
        .filter(|(_, route)| {
            routes.bare(route.url.as_str()).matches('/').count() == 1 && matches!(route.subject, Subject::Page(_))
        })
        .filter(|(page, route)| page.front.weight != 0 || is_about(page, route, routes))
        .collect();
    own.sort_by(|(a, _), (b, _)| (a.front.weight, &a.front.title).cmp(&(b.front.weight, &b.front.title)));
    for (page, route) in &own {
        add(Label::Given(page.front.title.clone()), routes.bare(route.url.as_str()));
    }
    add(Label::Word("services"), "services/");
    match &site.practitioners[..] {
        [] => {}
        // One person's list would hold a single link.
        [one] if own.is_empty() => {
            if let Some(route) = routes.of_source(&one.document.path) {
                add(Label::Word("page_titles.about_me"), routes.bare(route.url.as_str()));
            }
        }
        [_] => {}
        _ => add(Label::Word("practitioners"), "practitioners/"),
    }
    add(Label::Word("resources"), "resources/");
    for (layout, word) in [(Layout::Fees, "fees"), (Layout::Contact, "contact")] {
        match with_layout(site, routes, layout) {
            Some((title, url)) => add(Label::Given(title), routes.bare(&url)),
            None => add(Label::Word(word), &format!("{word}/")),
        }
    }
    navigation
}

/// Whether it's the page about the practice. In another language it has another address.
fn is_about(page: &Page, route: &Route, routes: &Routes) -> bool {
    match routes.prefix.is_empty() {
        true => route.url.as_str() == "about/",
        false => matches!(page.document.path.as_str(), "content/about.md" | "content/about/index.md"),
    }
}

/// The links at the foot: contact, questions, policies, crisis help.
pub(super) fn footer(site: &Site, routes: &Routes) -> Vec<NavigationLink> {
    let mut links = Vec::new();
    match with_layout(site, routes, Layout::Contact) {
        Some((title, url)) => links.push(page(Label::Given(title), &url)),
        None if routes.own("contact/").is_some() => links.push(page(Label::Word("contact"), &routes.full("contact/"))),
        None => {}
    }
    if let Some((title, url)) = with_layout(site, routes, Layout::Faq) {
        links.push(page(Label::Given(title), &url));
    }
    for entry in &site.pages {
        if (entry.front.policy.is_some() || entry.front.layout == Layout::Policy)
            && let Some(route) = routes.of_source(&entry.document.path)
        {
            links.push(page(Label::Given(entry.front.title.clone()), route.url.as_str()));
        }
    }
    if let Some(route) = routes.find(|subject| *subject == Subject::Crisis) {
        links.push(page(Label::Word("crisis_help"), route.url.as_str()));
    }
    if let Some(route) = routes.find(|subject| *subject == Subject::Search) {
        links.push(page(Label::Word("page_titles.search"), route.url.as_str()));
    }
    links
}

fn with_layout(site: &Site, routes: &Routes, layout: Layout) -> Option<(String, String)> {
    let page = site.of_layout(layout)?;
    let route = routes.of_source(&page.document.path)?;
    Some((page.front.title.clone(), route.url.as_str().to_string()))
}
