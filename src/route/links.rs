//! What an address in a text leads to.
//!
//! Owns the rules by which authors name pages and files: by file (`../fees.md`), by address (`/fees/`) or by
//! a path from `content/`. Says what is wrong with an address; the caller knows where it stands.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Routes, Subject};
use crate::diagnostic::nearest;
use crate::document::{Document, TOPICS};
use crate::site::{Absence, Site};
use crate::source::{SourcePath, composed};

/// What an address leads to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Link {
    /// A page of the site: its address and the part after `#`.
    Page {
        /// The address, without a slash at its beginning.
        url: String,
        /// The heading's id.
        fragment: Option<String>,
    },
    /// A heading of the same page.
    Here(String),
    /// A file that is published as it is.
    File {
        /// Where it is published.
        url: String,
        /// The file.
        source: SourcePath,
    },
    /// Another site, an email address or a telephone number.
    Elsewhere(String),
    /// Something that may not stand in a link.
    Unsafe,
    /// Nothing.
    Broken {
        /// Why, if more is known than that it does not exist.
        reason: Option<String>,
        /// What was probably meant.
        near: Option<String>,
    },
    /// An article whose last day is past.
    Ended {
        /// The day from which it is not published any more.
        since: Date,
    },
    /// A page that exists, without the heading.
    NoAnchor {
        /// The heading's id that was asked for.
        fragment: String,
        /// The heading that was probably meant.
        near: Option<String>,
    },
}

/// Files of the program's own that texts may link to; the first only where there are articles.
const GENERATED: [&str; 3] = ["feed.xml", "sitemap.xml", "robots.txt"];

/// Resolves an address written in the file `from`.
pub fn resolve(site: &Site, routes: &Routes, from: &SourcePath, address: &str) -> Link {
    if let Some(fragment) = address.strip_prefix('#') {
        let document = routes.of_source(from).and_then(|route| route.document(site));
        return match fragment.is_empty() || document.is_some_and(|document| document.facts.has_heading(fragment)) {
            true => Link::Here(fragment.to_string()),
            false => Link::NoAnchor { fragment: fragment.to_string(), near: near_id(fragment, document) },
        };
    }
    if let Some(fault) = from_elsewhere(address) {
        return fault;
    }
    match scheme(address) {
        Some("http" | "https" | "mailto" | "tel" | "sms") => return Link::Elsewhere(address.to_string()),
        Some(_) => return Link::Unsafe,
        None if address.starts_with("//") => return Link::Elsewhere(address.to_string()),
        None => {}
    }
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment).filter(|f| !f.is_empty())),
        None => (address, None),
    };
    let path = decode(path.split('?').next().unwrap_or(path));
    let rooted = path.strip_prefix('/');
    // Most links name an address as it is published, and every link of the site comes here on every save.
    if let Some(route) = rooted.filter(|url| url.ends_with('/')).and_then(|url| routes.own(url)) {
        return with_fragment(site, routes, route.url.as_str().to_string(), fragment);
    }
    let folder = Some(from.folder()).filter(|folder| folder.starts_with("content")).unwrap_or("content");
    let first = rooted.map_or_else(|| format!("{folder}/{path}"), |rooted| format!("content/{rooted}"));
    // The second way is only thought of where the first leads nowhere.
    let second = std::iter::once_with(|| format!("content/{path}").into()).filter(|_| rooted.is_none());
    let mut reason = None;
    let is_made = |url: &&str| GENERATED.contains(url) && (*url != GENERATED[0] || !site.articles.is_empty());
    if let Some(url) = rooted.filter(is_made) {
        let url = if *url == *GENERATED[0] { routes.full(url) } else { url.to_string() };
        return Link::Page { url, fragment: None };
    }
    // With a slash before it an address is one of the website, whatever else has that name in `content/`.
    if let Some((url, source)) = rooted.and_then(|url| routes.by_output.get_key_value(&*composed(url))) {
        return Link::File { url: url.clone(), source: source.clone() };
    }
    for candidate in std::iter::once(Cow::Borrowed(&*first)).chain(second) {
        match look_up(site, routes, &candidate) {
            Found::Page(url) => return with_fragment(site, routes, url, fragment),
            Found::File(url, source) => return Link::File { url, source },
            Found::Ended(since) => return Link::Ended { since },
            Found::Absent(why) => reason = Some(why),
            Found::Nothing => {}
        }
    }
    let near = match reason {
        Some(_) => None,
        None => without_scheme(address).or_else(|| near_target(routes, &first)),
    };
    Link::Broken { reason, near }
}

enum Found {
    Page(String),
    File(String, SourcePath),
    Absent(String),
    Ended(Date),
    Nothing,
}

/// Looks for a path below `content/`: a markdown file, an address, a file that is copied.
fn look_up(site: &Site, routes: &Routes, candidate: &str) -> Found {
    // The home page: the folder `content` itself.
    let Some(path) = SourcePath::new(candidate) else { return Found::Nothing };
    let inside = path.inside("content").unwrap_or_default();
    if path.as_str() == "content" {
        return Found::Page(routes.prefix.clone());
    }
    if let Some(route) = routes.of_source(&path) {
        return Found::Page(route.url.as_str().to_string());
    }
    if let Some(absence) = site.absent.get(&path) {
        return absent(*absence);
    }
    if routes.hidden.contains(&path) {
        return Found::Absent("another file is published at its address; rename one of the two".into());
    }
    if let Some((source, output)) = routes.assets.get_key_value(&path) {
        return Found::File(output.as_str().to_string(), source.clone());
    }
    if let Some(source) = routes.by_output.get(inside) {
        return Found::File(inside.to_string(), source.clone());
    }
    let address = inside.strip_suffix("index.html").unwrap_or(inside).trim_end_matches('/');
    let address = if address.is_empty() { String::new() } else { format!("{address}/") };
    if let Some(route) = routes.own(&address) {
        return Found::Page(route.url.as_str().to_string());
    }
    // In another language there may be what this one hasn't got.
    if let Some((url, _)) = routes.elsewhere(&path) {
        return Found::Page(url.to_string());
    }
    if routes.foreign.contains(&address) {
        return Found::Page(address);
    }
    if let Some(day) = path.inside(TOPICS).and_then(|topic| site.ended_topics.get(topic.trim_end_matches(".md"))) {
        return Found::Ended(*day);
    }
    let missing_extension = SourcePath::new(&format!("{}.md", path.as_str()));
    if let Some(route) = missing_extension.as_ref().and_then(|path| routes.of_source(path)) {
        return Found::Page(route.url.as_str().to_string());
    }
    // By the address that it has once it is published.
    let file = |end: &str| SourcePath::new(&format!("{}{end}", path.as_str().trim_end_matches('/')));
    let mut files = [file(".md"), file("/index.md")].into_iter().flatten();
    files.find_map(|file| site.absent.get(&file)).map_or(Found::Nothing, |absence| absent(*absence))
}

/// What is found of a file that has no page in this build.
fn absent(absence: Absence) -> Found {
    match absence {
        // Its own findings stop the build; links to it are fine.
        Absence::Faulty => Found::Page(String::new()),
        Absence::Draft => Found::Absent("that page is a draft".into()),
        Absence::From(day) => Found::Absent(format!("that page won't be published until {day}")),
        Absence::Until(day) => Found::Ended(day),
    }
}

fn with_fragment(site: &Site, routes: &Routes, url: String, fragment: Option<&str>) -> Link {
    let Some(fragment) = fragment else { return Link::Page { url, fragment: None } };
    let route = routes.at(&url);
    let known = route.and_then(|route| route.document(site));
    // Generated parts of a page have ids of their own, which are checked on the finished page.
    let checkable = route.is_some_and(|route| matches!(route.subject, Subject::Page(_) | Subject::Article(_)));
    match known {
        Some(document) if checkable && !document.facts.has_heading(fragment) => {
            Link::NoAnchor { fragment: fragment.to_string(), near: near_id(fragment, known) }
        }
        _ => Link::Page { url, fragment: Some(fragment.to_string()) },
    }
}

/// The heading that was probably meant. Of more than this nobody has mistyped one: a text has thirty, and each that is
/// compared takes time.
fn near_id(fragment: &str, document: Option<&Document>) -> Option<String> {
    const MOST: usize = 500;
    let headings = document.map(|document| &document.facts.headings).filter(|headings| headings.len() <= MOST)?;
    nearest(fragment, headings.iter().map(|heading| heading.id.as_str())).map(str::to_string)
}

/// The file or address that was probably meant: the same file name elsewhere, a page called alike elsewhere, else one
/// spelt alike.
fn near_target(routes: &Routes, candidate: &str) -> Option<String> {
    let path = SourcePath::new(candidate)?;
    let name = path.file_name().strip_suffix(".md").unwrap_or(path.file_name());
    let mut called_alike: Vec<&str> =
        routes.pages.iter().map(|route| route.url.as_str()).filter(|url| last_part(url) == name).collect();
    called_alike.sort_by_key(|url| (url.len(), *url));
    let sources = || routes.by_source.keys().chain(routes.assets.keys());
    let inside = |path: &SourcePath| path.inside("content").unwrap_or_default().to_string();
    if candidate.ends_with('/') || !path.file_name().contains('.') {
        if let Some(url) = called_alike.first() {
            return Some(format!("/{url}"));
        }
        let wanted = path.inside("content").unwrap_or_default();
        let addresses: Vec<&str> = routes.pages.iter().map(|route| route.url.as_str().trim_end_matches('/')).collect();
        return nearest(wanted, addresses).map(|near| format!("/{near}/"));
    }
    let mut same_name: Vec<&SourcePath> = sources().filter(|other| other.file_name() == path.file_name()).collect();
    same_name.sort();
    if let Some(other) = same_name.first() {
        return Some(format!("/{}", inside(other)));
    }
    if let Some(url) = called_alike.first().filter(|_| path.extension() == "md") {
        return Some(format!("/{url}"));
    }
    let mut all: Vec<String> = sources().map(inside).collect();
    all.sort();
    nearest(path.inside("content").unwrap_or_default(), all.iter().map(String::as_str)).map(|near| format!("/{near}"))
}

/// The last part of an address: `fees` of `services/fees/`.
fn last_part(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The scheme of an address, in lower case letters as RFC 3986 has it; white space and control characters,
/// which browsers skip, do not hide it.
fn scheme(address: &str) -> Option<&'static str> {
    if !address.contains(':') {
        return None;
    }
    let shown: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = shown.split_once(':')?;
    if scheme.is_empty() || scheme.contains(['/', '?', '#', '.']) {
        return None;
    }
    let known = ["http", "https", "mailto", "tel", "sms"];
    Some(known.into_iter().find(|known| scheme.eq_ignore_ascii_case(known)).unwrap_or("other"))
}

/// An address that only works where it was copied: on somebody's computer, or on a site made with WordPress.
fn from_elsewhere(address: &str) -> Option<Link> {
    let broken = |reason: &str| Some(Link::Broken { reason: Some(reason.into()), near: None });
    let drive = address.get(..3).map(str::as_bytes);
    if drive.is_some_and(|drive| drive[0].is_ascii_alphabetic() && drive[1] == b':' && matches!(drive[2], b'\\' | b'/'))
    {
        return broken(
            "that file is on your computer only; copy it to content/files/ and write `/files/` and its name",
        );
    }
    let (path, query) = address.split_once('?')?;
    let (name, number) = query.split_once('=')?;
    let of_wordpress = ["p", "page_id", "cat", "attachment_id"].contains(&name);
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    if matches!(path, "" | "/" | "/index.php" | "index.php") && of_wordpress && is_number {
        return broken(
            "that's an address of a WordPress site; write the name of the page's file here, such as `about.md`",
        );
    }
    None
}

/// An address of another site, or of an email, that lacks what it begins with.
fn without_scheme(address: &str) -> Option<String> {
    const ENDS: [&str; 17] =
        ["com", "org", "net", "edu", "gov", "info", "de", "at", "ch", "uk", "es", "eu", "ca", "au", "nz", "ie", "fr"];
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((name, host)) = address.split_once('@') {
        return (!name.is_empty() && !name.contains('/') && host.contains('.')).then(|| format!("mailto:{address}"));
    }
    let is_host = host.starts_with("www.") || host.rsplit_once('.').is_some_and(|(_, end)| ENDS.contains(&end));
    is_host.then(|| format!("https://{address}"))
}

/// `%20` and the like as characters; what is no escape stays.
fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return path.into();
    }
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = path.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or_else(|_| path.into(), Cow::Owned)
}
