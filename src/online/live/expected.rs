//! What a website has to be: the pages, files, headers and redirects of a build, and what must not be there any more.
//!
//! Owns reading that from a build, and from what is known of former ones. Asks nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use bytes::Bytes;
use url::Url;
use walkdir::WalkDir;

use crate::disk::{self, Pictures};
use crate::options::Options;
use crate::output::File;
use crate::pipeline::{self, Build};
use crate::route::{OutputPath, Subject};
use crate::serve::rules::Rules;
use crate::site_files::servers::{self, HTACCESS};
use crate::source::{SourcePath, Sources};

/// What is compared with the published website.
#[derive(Debug)]
pub struct Expected {
    /// The site's address as it's written in practice.yaml, with a slash at its end.
    pub own: Url,
    /// Where the website is asked for, with a slash at its end.
    pub base: Url,
    /// The pages, in the order of their addresses.
    pub pages: Vec<Page>,
    /// The page for addresses that don't exist.
    pub not_found: Option<Bytes>,
    /// Every other file that visitors' browsers fetch.
    pub files: Vec<Wanted>,
    /// The addresses in the sitemap.
    pub sitemap: Option<BTreeSet<String>>,
    /// The headers and redirects that the build asks for.
    pub rules: Rules,
    /// Addresses without a page: those of drafts, and those that were published before.
    pub gone: BTreeMap<String, Gone>,
    /// Whether a file `.htaccess` goes along, for a host that reads it.
    pub htaccess: bool,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its address inside the site, without a slash at its beginning.
    pub url: String,
    /// The page.
    pub html: Bytes,
    /// The markdown file behind it.
    pub source: Option<SourcePath>,
}

/// A file that isn't a page.
#[derive(Debug)]
pub struct Wanted {
    /// Its path in the website.
    pub path: String,
    /// What it holds.
    pub holds: Holds,
}

/// What is known of a file's bytes.
#[derive(Debug)]
pub enum Holds {
    /// A text or a font: every byte counts.
    Bytes(Bytes),
    /// A picture, a film or a document: how long it is.
    Length(u64),
    /// Nothing but that it has to be there.
    Something,
}

/// Why there's no page at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gone {
    /// It's a draft, or its day hasn't come or is over.
    Unpublished(SourcePath),
    /// It was published once.
    Former,
}

/// What hosts read and visitors don't.
pub(super) const FOR_HOSTS: &[&str] = &[
    "_headers",
    "_redirects",
    servers::NGINX,
    servers::CADDY,
    ".nojekyll",
    "CNAME",
    "sitemap.xml",
    "robots.txt",
    "404.html",
];

impl Expected {
    /// What a build expects of the web. `told` hears how many files are made of pictures.
    ///
    /// # Errors
    /// Where an address can't be one, or the build has no pages.
    pub fn of(
        build: &Build,
        sources: &Sources,
        options: &Options,
        home: &Path,
        address: Option<&str>,
        told: &dyn Fn(usize),
    ) -> Option<Expected> {
        let output = build.output.as_ref()?;
        let own = with_slash(&build.base_url)?;
        let base = address.map_or_else(|| Some(own.clone()), with_slash)?;
        let by_address = of_sources(build, sources);
        let mut pages = Vec::new();
        let mut routes: Vec<_> = build.pages().filter(|route| route.subject != Subject::NotFound).collect();
        routes.sort_by(|a, b| a.url.cmp(&b.url));
        for route in routes {
            if let Some(File::Made(html)) = output.files.get(&route.file) {
                let url = route.url.as_str().to_string();
                let source = by_address.get(&url).cloned();
                pages.push(Page { url, html: html.clone(), source });
            }
        }
        let made = |name: &str| match output.files.get(&OutputPath::new(name)?)? {
            File::Made(bytes) => Some(bytes.clone()),
            _ => None,
        };
        let is_page: BTreeSet<&OutputPath> = build.pages().map(|route| &route.file).collect();
        let leads_on: BTreeSet<&OutputPath> = build.redirects().filter_map(|one| one.file.as_ref()).collect();
        let pictures = Pictures::of(home);
        let mut files = Vec::new();
        for (path, file) in &output.files {
            let name = path.as_str();
            if is_page.contains(path) || leads_on.contains(path) || FOR_HOSTS.contains(&name) || is_hidden(name) {
                continue;
            }
            files.push(Wanted { path: name.to_string(), holds: holds(name, file, home, &pictures) });
            told(files.len());
        }
        let sitemap = made("sitemap.xml").map(|xml| addresses(&String::from_utf8_lossy(&xml), &own));
        let gone = gone(build, sources, options, home, &pages);
        let rules = Rules::read(output, home);
        let htaccess = OutputPath::new(HTACCESS).is_some_and(|path| output.files.contains_key(&path));
        Some(Expected { own, base, pages, not_found: made("404.html"), files, sitemap, rules, gone, htaccess })
    }

    /// The whole address of a path in the website.
    pub fn at(&self, path: &str) -> Url {
        at(&self.base, path)
    }

    /// The path of the site that an address means, where it's one of the site's, under its own address or the one that is asked.
    pub fn inside<'a>(&self, address: &'a str) -> Option<&'a str> {
        [&self.own, &self.base].iter().find_map(|base| address.strip_prefix(base.as_str()))
    }
}

/// The whole address of a path below another, spaces and letters beyond ASCII escaped.
pub(super) fn at(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    url.set_path(&format!("{}{path}", base.path()));
    url.set_query(query);
    url
}

fn with_slash(address: &str) -> Option<Url> {
    let mut url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    url.set_query(None);
    url.set_fragment(None);
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Some(url)
}

pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.')) && !path.starts_with(".well-known/")
}

/// Whether every byte of a file counts: a text, a font.
pub(super) fn is_exact(name: &str) -> bool {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    kind.type_() == mime_guess::mime::TEXT
        || kind.type_().as_str() == "font"
        || ["css", "js", "json", "xml", "svg", "woff2", "woff", "webmanifest"]
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")))
}

fn holds(name: &str, file: &File, home: &Path, pictures: &Pictures) -> Holds {
    let is_exact = is_exact(name);
    match file {
        File::Made(bytes) if is_exact => Holds::Bytes(bytes.clone()),
        File::Made(bytes) => Holds::Length(bytes.len() as u64),
        File::Copied { from, hash, .. } if is_exact => {
            let read = fs::read(home.join(from.on_disk())).ok();
            let same = read.filter(|bytes| blake3::hash(bytes).as_bytes() == hash);
            same.map_or(Holds::Something, |bytes| Holds::Bytes(bytes.into()))
        }
        File::Copied { len, .. } => Holds::Length(*len),
        File::Checked(_) => Holds::Something,
        File::Picture(..) | File::OfTheme(..) | File::Card(_) | File::Font(_) => match pictures.file(file) {
            Ok(Some(bytes)) if is_exact => Holds::Bytes(bytes.into()),
            Ok(Some(bytes)) => Holds::Length(bytes.len() as u64),
            _ => Holds::Something,
        },
    }
}

/// The markdown file of each address.
fn of_sources(build: &Build, sources: &Sources) -> BTreeMap<String, SourcePath> {
    let files = sources.files.keys().filter(|path| path.extension() == "md");
    files.filter_map(|path| Some((build.page_of(path)?.url.as_str().to_string(), path.clone()))).collect()
}

/// The addresses in a sitemap or a feed that are the site's, without what stands before its path.
pub(super) fn addresses(xml: &str, own: &Url) -> BTreeSet<String> {
    let texts = xml.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next());
    let links = xml.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let whole = texts.chain(links).map(|text| text.trim().replace("&amp;", "&"));
    whole.filter_map(|address| address.strip_prefix(own.as_str()).map(str::to_string)).collect()
}

/// Addresses that no page of the build has, with what is known of them.
fn gone(build: &Build, sources: &Sources, options: &Options, home: &Path, pages: &[Page]) -> BTreeMap<String, Gone> {
    let mut gone = BTreeMap::new();
    let output = build.output.as_ref();
    // What the program itself put on the web or into the folder for it.
    let mut former: BTreeSet<String> = BTreeSet::new();
    for folder in [".anteroom/publish/now", ".anteroom/publish/former"] {
        let root = home.join(folder);
        for entry in WalkDir::new(&root).into_iter().flatten().filter(|entry| entry.file_name() == "index.html") {
            let inside = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            let parts: Vec<_> =
                inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            former.insert(parts.join("/"));
        }
    }
    if let Some(output) = output {
        former.extend(disk::published(&home.join("public"), output).into_keys());
    }
    for path in former {
        if let Some(url) = path.strip_suffix("index.html") {
            gone.insert(url.to_string(), Gone::Former);
        }
    }
    for (path, url) in pipeline::addresses(sources, options).pages {
        gone.insert(url, Gone::Unpublished(path));
    }
    let led_on = build.redirects().map(|one| &one.from);
    let there: BTreeSet<&String> = pages.iter().map(|page| &page.url).chain(led_on).collect();
    let is_file = |url: &str| {
        let path = OutputPath::new(&format!("{url}index.html"));
        path.is_some_and(|path| output.is_some_and(|output| output.files.contains_key(&path)))
    };
    gone.retain(|url, _| !there.contains(url) && !is_file(url));
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_site_are_read_from_both_lists() {
        let own = with_slash("https://x.example/sub").unwrap();
        let xml = "<loc>https://x.example/sub/</loc><loc>https://x.example/sub/a/</loc><loc>https://y.example/b/</loc>\
            <link rel=\"alternate\" href=\"https://x.example/sub/c/?a=1&amp;b=2\"/>";
        let all: Vec<String> = addresses(xml, &own).into_iter().collect();
        assert_eq!(all, ["", "a/", "c/?a=1&b=2"]);
        assert_eq!(at(&own, "über uns/?p=1").as_str(), "https://x.example/sub/%C3%BCber%20uns/?p=1");
    }
}
