//! Stage 6: every file of the site, as a value.
//!
//! Owns the order in which the [`Output`] is made: what all pages share once, then each page for
//! itself on all cores. Writes nothing to a disk.

mod collect;
mod together;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use tera::Value;

use crate::contract::{template_names, view};
use crate::diagnostic::Diagnostics;
use crate::finished::refers;
use crate::markup::pictures;
use crate::memo::Digest;
use crate::options::Options;
use crate::output::{File, Output};
use crate::pages::promises::{self, Promises};
use crate::pages::{self, Described, Memo, feed_text};
use crate::regions::Given;
use crate::route::{OutputPath, Routes, Subject, Target};
use crate::site::Site;
use crate::site_files::{feeds, icons};
use crate::theme::Theme;
use crate::theme::words::Word;
use crate::views::body;
use crate::views::maker::Maker;
pub use together::{Together, together};

/// The templates with what every page sees.
fn engine(maker: &Maker<'_>, site: &view::SiteView, theme: &view::ThemeView) -> tera::Tera {
    let mut engine = maker.theme.templates.clone();
    let globals = engine.global_context();
    globals.insert("site", site);
    globals.insert("theme", theme);
    globals.insert_value("t", words(&maker.theme.words.entries));
    engine
}

/// What the template of every page sees, as data: for documentation, and to hold a theme to it.
pub fn describe(site: &Site, routes: &Routes, theme: &Theme, options: &Options) -> Vec<Described> {
    let base_url = options.base_url.as_deref().unwrap_or(&site.practice.value.base_url).trim_end_matches('/');
    let hosts = uses::declared(site, theme);
    let maker = Maker { site, routes, theme, hosts: &hosts, portable: options.portable, base_url };
    let found = &mut Diagnostics::default();
    let shared = maker.shared(found);
    let site_view = maker.site(&icons::files(&maker), found);
    let theme_view = maker.theme(found);
    let engine = engine(&maker, &site_view, &theme_view);
    let every = every(&site_view, &theme_view);
    let setting =
        pages::Setting { maker, shared: &shared, engine: &engine, globals: None, only_checks: false, promises: None };
    routes.pages.iter().map(|route| pages::describe(&setting, route).with(&every)).collect()
}

/// What every template sees besides `t`, as data.
fn every(site: &view::SiteView, theme: &view::ThemeView) -> Given {
    let (site, theme) = (serde_json::to_value(site), serde_json::to_value(theme));
    BTreeMap::from([("site", site.unwrap_or_default()), ("theme", theme.unwrap_or_default())])
}

/// Renders the whole site; pages that show what they showed when `memo` was filled are recalled.
pub fn render(
    site: &Site,
    routes: &Routes,
    theme: &Theme,
    options: &Options,
    memo: &mut Memo,
) -> (Output, Diagnostics) {
    let misnamed = template_names::check(theme);
    let mut diagnostics = misnamed.clone();
    let base_url = options.base_url.as_deref().unwrap_or(&site.practice.value.base_url);
    let base_url = base_url.trim_end_matches('/');
    let hosts = uses::declared(site, theme);
    let maker = Maker { site, routes, theme, hosts: &hosts, portable: options.portable, base_url };
    let shared = maker.shared(&mut diagnostics);
    let icons = icons::files(&maker);
    let site_view = maker.site(&icons, &mut diagnostics);
    let theme_view = maker.theme(&mut diagnostics);
    let engine = engine(&maker, &site_view, &theme_view);
    let raw_html = site.practice.value.raw_html;
    // What every page's structured data say of the practice depends on all of its facts, on who takes new clients and on
    // which licences hold.
    let facts = site.practitioners.iter().map(|person| {
        let front = &person.front;
        (front.accepting.is_some(), front.licences.iter().map(|own| own.holds_on(site.today)).collect())
    });
    let facts: Vec<(bool, Vec<bool>)> = facts.collect();
    let practice = Digest::of(&(site.practice.bytes(), facts));
    let globals = memo
        .remembers()
        .then(|| Digest::of(&(theme.digest, &theme_view, &site_view, practice, base_url, options.portable, raw_html)));

    let mut output = Output::default();
    let has_own = !theme.own_templates().is_empty();
    let promises = has_own.then(|| Promises::new(routes, every(&site_view, &theme_view)));
    let only_checks = options.only_checks;
    let setting = pages::Setting { maker, shared: &shared, engine: &engine, globals, only_checks, promises };
    let sitemap_file = OutputPath::new(&routes.full("sitemap.xml")).unwrap_or_else(|| OutputPath::fixed("sitemap.xml"));
    let known = &*memo;
    let shelf = || pages::Shelf::new(globals.is_some());
    let one = |shelf: &mut pages::Shelf, route| {
        let mut found = Diagnostics::default();
        (pages::page(&setting, route, known, shelf, &mut found), found)
    };
    let lists = || {
        let mut found = Diagnostics::default();
        let (sitemap, anew) = feeds::sitemap(&setting, &sitemap_file, known);
        found.extend(sitemap.found.iter().cloned());
        (sitemap, anew, found)
    };
    // The list of all pages is the longest single piece of work, so it does not wait for the pages.
    let ((sitemap, sitemap_anew, found), pages) =
        rayon::join(lists, || routes.pages.par_iter().map_init(shelf, one).collect::<Vec<_>>());
    diagnostics.extend(found);
    output.pages = pages.len();
    let mut texts: Vec<(usize, &[u8])> = Vec::new();
    for (route, ((made, _), _)) in routes.pages.iter().zip(&pages).filter(|(route, _)| feed_text::shows(route)) {
        if let Subject::Article(index) = route.subject {
            texts.push((index, &made.text));
        }
    }
    texts.sort_unstable();
    let texts: Vec<&[u8]> = texts.into_iter().map(|(_, text)| text).collect();
    let feed = feeds::feed(&maker, &shared, &engine, &texts, &mut diagnostics);
    for (route, ((made, _), found)) in routes.pages.iter().zip(&pages) {
        diagnostics.extend(found.iter().chain(made.found.iter()).cloned());
        if let Some(file) = &made.file {
            output.files.insert(route.file.clone(), file.clone());
        }
        if let Some((path, card)) = &made.card {
            output.files.insert(path.clone(), File::Card(card.clone()));
        }
        if !made.loads.is_empty() {
            output.loads.insert(route.file.clone(), made.loads.clone());
        }
        if !made.blocked.is_empty() {
            output.blocked.insert(route.file.clone(), made.blocked.clone());
        }
        if !made.written_out.is_empty() {
            output.written_out.insert(route.file.clone(), made.written_out.clone());
        }
    }
    let unkept = routes.pages.iter().zip(&pages).map(|(route, ((made, _), _))| (&route.file, &made.unkept[..]));
    diagnostics.extend(promises::findings(theme, unkept));
    let named = named(routes, theme, base_url, pages.iter().flat_map(|((made, _), _)| &made.files));
    let anew =
        routes.pages.iter().zip(pages).filter_map(|(route, ((made, anew), _))| Some((route.file.clone(), anew?, made)));
    let anew = anew.chain(sitemap_anew.map(|digest| (sitemap_file.clone(), digest, sitemap.clone())));
    let mut names: Vec<&OutputPath> = routes.pages.iter().map(|route| &route.file).collect();
    names.push(&sitemap_file);
    memo.remember(anew, &names);
    for redirect in &routes.redirects {
        let Some(file) = &redirect.file else { continue };
        if let Some(html) = feeds::redirect(&maker, &engine, redirect, file, &mut diagnostics) {
            output.files.insert(file.clone(), File::Made(html.into()));
        }
    }
    diagnostics.extend(site.faulty.iter().flat_map(|document| body::findings(&maker, document)));
    diagnostics.extend(pictures::check(site));
    output.add_assets(site, routes, &named);
    for (path, icon) in icons {
        output.files.entry(path).or_insert(icon);
    }
    output.searched = maker.search().script_href.is_some();
    output.add_theme(theme, site.practice.value.avif, &named);
    if let Some(feed) = feed {
        output.add(&routes.full("feed.xml"), feed.into_bytes());
    }
    if let Some(file) = sitemap.file {
        output.files.entry(sitemap_file).or_insert(file);
    }
    output.hosts = hosts;
    (output, template_names::told_once(&misnamed, theme.is_patched, diagnostics))
}

/// Every file that a page, the theme's style sheet or an old address names.
fn named<'a>(
    routes: &Routes,
    theme: &Theme,
    base_url: &str,
    of_pages: impl Iterator<Item = &'a Box<str>>,
) -> BTreeSet<Box<str>> {
    // Most pages name the same files.
    let distinct: foldhash::HashSet<&str> = of_pages.map(|file| &**file).collect();
    let mut named: BTreeSet<Box<str>> = distinct.into_iter().map(Box::from).collect();
    let style = std::str::from_utf8(&theme.style.bytes).unwrap_or_default();
    named.extend(refers::of_style(style, &theme.style.path, base_url));
    named.extend(routes.redirects.iter().filter_map(|redirect| match &redirect.to {
        Target::Inside(url) => Some(url.split('#').next().unwrap_or_default().into()),
        Target::Outside(_) => None,
    }));
    named
}

fn words(entries: &BTreeMap<String, Word>) -> Value {
    let value = |word: &Word| match word {
        Word::Plain(text) => Value::from_serializable(text),
        Word::Forms(forms) => Value::from_serializable(forms),
        Word::Group(below) => words(below),
    };
    let map: BTreeMap<&str, Value> = entries.iter().map(|(key, word)| (key.as_str(), value(word))).collect();
    Value::from_serializable(&map)
}
