//! The feed with its articles' texts, the list of pages and the pages of old addresses.

use bytes::Bytes;
use serde::Serialize;
use tera::Context;

use crate::diagnostic::Diagnostics;
use crate::document::values::Date;
use crate::memo::Digest;
use crate::output::File;
use crate::pages::feed_text::ENTRIES;
use crate::pages::{Made, Memo, Setting};
use crate::route::{Counterpart, OutputPath, Redirect, Route, Subject, Target, address};
use crate::site::Author;
use crate::theme;
use crate::views::maker::Maker;
use crate::views::shared::Shared;

#[derive(Serialize)]
struct FeedView {
    id: String,
    title: String,
    href: String,
    home: String,
    updated: String,
    entries: Vec<EntryView>,
}

#[derive(Serialize)]
struct EntryView {
    title: String,
    url: String,
    id: String,
    published: String,
    updated: String,
    author: String,
    author_url: Option<String>,
    lang: Option<String>,
    summary: String,
    html: String,
    topics: Vec<String>,
}

#[derive(Serialize)]
struct UrlView {
    loc: String,
    lastmod: Option<String>,
    /// The same page in each language in which it has words of its own, where these are several.
    alternates: Vec<Alternate>,
}

#[derive(Serialize)]
struct Alternate {
    lang: String,
    url: String,
}

#[derive(Serialize)]
struct RedirectView {
    href: String,
    canonical: String,
}

/// The Atom feed (RFC 4287); `None` where there are no articles.
/// `texts` are what `pages::feed_text` made of each article.
pub fn feed(
    maker: &Maker<'_>,
    shared: &Shared,
    engine: &tera::Tera,
    texts: &[&[u8]],
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let site = maker.site;
    if site.articles.is_empty() {
        return None;
    }
    let base = format!("{}/", maker.base_url);
    let changed = |index: usize| {
        let front = &site.articles[index].entry.front;
        front.updated.unwrap_or(front.date).max(front.date)
    };
    let entries: Vec<EntryView> = (0..site.articles.len().min(ENTRIES))
        .map(|index| {
            let card = &shared.articles[index];
            let url = address::finish(&card.href, &base);
            EntryView {
                title: card.title.clone(),
                id: url.clone(),
                url,
                published: midnight(site.articles[index].entry.front.date),
                updated: midnight(changed(index)),
                author: card.author.clone(),
                author_url: match &site.articles[index].author {
                    Author::Practitioner(person) => Some(address::finish(&shared.people[*person].href, &base)),
                    Author::Guest { url, .. } => url.clone(),
                },
                lang: site.articles[index].entry.front.common().lang.map(|lang| lang.to_string()),
                summary: card.summary.clone(),
                html: texts.get(index).map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default(),
                topics: card.topics.iter().map(|topic| topic.label.clone()).collect(),
            }
        })
        .collect();
    let home = format!("{base}{}", maker.routes.prefix);
    let updated = (0..entries.len()).map(changed).max().map(midnight).unwrap_or_default();
    let feed = FeedView {
        id: home.clone(),
        title: site.practice.value.name.clone(),
        href: format!("{home}feed.xml"),
        home,
        updated,
        entries,
    };
    let mut context = Context::new();
    context.insert("feed", &feed);
    let feed = print(maker, engine, "feed.xml", &context, diagnostics)?;
    // XML has no place for the other control characters, not even escaped (XML 1.0, 2.2).
    Some(feed.replace(|c: char| c.is_control() && !"\t\n\r".contains(c) || "\u{fffe}\u{ffff}".contains(c), ""))
}

/// A date as RFC 3339 wants it: articles carry days, not hours.
fn midnight(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// The list of pages for search engines (sitemaps.org protocol 0.9).
pub fn sitemap(setting: &Setting<'_>, file: &OutputPath, memo: &Memo) -> (Made, Option<Digest>) {
    let maker = &setting.maker;
    let site = maker.site;
    let listed = |route: &&Route| match &route.subject {
        Subject::NotFound | Subject::Thanks | Subject::Search => false,
        Subject::Home(Some(page)) | Subject::Page(page) => !site.pages[*page].front.noindex,
        Subject::Topic(index, _) => {
            !site.topics[*index].introduction.is_some_and(|page| site.pages[page].front.noindex)
        }
        Subject::Practitioner(index) => !site.practitioners[*index].front.noindex,
        Subject::Service(index) => !site.services[*index].entry.front.noindex,
        Subject::Article(index) => !site.articles[*index].entry.front.noindex,
        _ => true,
    };
    let changed = |route: &Route| match &route.subject {
        Subject::Article(index) => {
            let front = &site.articles[*index].entry.front;
            Some(front.updated.unwrap_or(front.date))
        }
        _ => None,
    };
    let listed: Vec<(&str, Option<Date>)> =
        maker.routes.pages.iter().filter(listed).map(|route| (route.url.as_str(), changed(route))).collect();
    let pairs: Vec<&[Counterpart]> = maker.routes.pages.iter().map(|route| maker.routes.counterparts(route)).collect();
    let digest = setting.globals.map(|globals| Digest::of(&(globals, &listed, pairs)));
    memo.recall_or(file, digest, || {
        let base = format!("{}/", maker.base_url);
        let view = |(url, changed): (&str, Option<Date>)| UrlView {
            loc: address::finish(&address::inside(url, false), &base),
            lastmod: changed.map(|date| date.to_string()),
            alternates: maker.routes.at(url).map(|route| alternates(maker, route)).unwrap_or_default(),
        };
        let mut urls: Vec<UrlView> = listed.into_iter().map(view).collect();
        urls.sort_by(|a, b| a.loc.cmp(&b.loc));
        let mut context = Context::new();
        context.insert("urls", &urls);
        let mut found = Diagnostics::default();
        let xml = print(maker, setting.engine, "sitemap.xml", &context, &mut found);
        let file = xml.map(|xml| File::Made(xml.into()));
        let (loads, blocked, files, written_out, unkept) = Default::default();
        Made { file, found, loads, blocked, files, written_out, unkept, card: None, text: Bytes::new() }
    })
}

/// The same page in the languages in which it has words of its own.
fn alternates(maker: &Maker<'_>, route: &Route) -> Vec<Alternate> {
    let all = maker.routes.counterparts(route).iter().filter(|one| one.is_there);
    let all: Vec<Alternate> =
        all.map(|one| Alternate { lang: one.language.clone(), url: maker.canonical(&one.url) }).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// The page at an old address, for hosts that know no redirects.
pub fn redirect(
    maker: &Maker<'_>,
    engine: &tera::Tera,
    redirect: &Redirect,
    file: &OutputPath,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let base = format!("{}/", maker.base_url);
    let view = RedirectView {
        href: address::target(&redirect.to, maker.portable),
        canonical: match &redirect.to {
            Target::Inside(url) => address::finish(&address::inside(url, false), &base),
            Target::Outside(address) => address.clone(),
        },
    };
    let mut context = Context::new();
    context.insert("redirect", &view);
    let depth = file.as_str().matches('/').count();
    let root = if depth == 0 { "./".to_string() } else { "../".repeat(depth) };
    print(maker, engine, "redirect.html", &context, diagnostics).map(|html| address::finish(&html, &root))
}

fn print(
    maker: &Maker<'_>,
    engine: &tera::Tera,
    template: &str,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match theme::print(engine, template, context) {
        Ok(text) => Some(text),
        Err(error) => {
            diagnostics.push(theme::fault(maker.theme, &error));
            None
        }
    }
}
