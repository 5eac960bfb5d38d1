//! Which addresses of the site a page names.
//!
//! Owns reading them from the page as its template wrote it, whoever wrote the address: markdown, raw HTML, front
//! matter, practice.yaml or a theme. A file of `content/` that is named nowhere here stays private; an address that
//! somebody wrote out himself is held against the finished site. Judges nothing.

use std::borrow::Cow;

use foldhash::{HashSet, HashSetExt};
use percent_encoding::percent_decode_str;

use super::attributes::Attribute;
use crate::route::address::ROOT;

/// An address of the site that somebody wrote out: no name of a page or a file that the program found for him.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct WrittenOut {
    /// As it stands in the page.
    pub address: Box<str>,
    /// The path in the output folder that it means.
    pub path: Box<str>,
    /// The id on that page, where it names one.
    pub fragment: Option<Box<str>>,
}

/// The ids on a page.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Ids(Box<str>);

impl Ids {
    /// What stands between two: no id holds white space.
    const BETWEEN: &str = " ";

    fn of(ids: &[&str]) -> Ids {
        Ids(ids.join(Ids::BETWEEN).into())
    }

    /// Whether an id is one of them.
    pub fn has(&self, id: &str) -> bool {
        self.0.split(Ids::BETWEEN).any(|own| own == id)
    }
}

/// The addresses of the site that a page names.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Refers {
    /// Files that are no pages, as paths in the output folder, sorted.
    pub files: Vec<Box<str>>,
    /// Addresses that somebody wrote out; of those inside the page itself only the ones that lead nowhere.
    pub written_out: Vec<WrittenOut>,
    /// The ids of the page, where they were asked for.
    pub ids: Ids,
}

/// Reads the addresses that a page names, attribute by attribute, before they are finished.
pub(crate) struct Reader<'a> {
    /// The page's path in the output folder.
    page: &'a str,
    base_url: &'a str,
    files: Vec<Box<str>>,
    written_out: Vec<WrittenOut>,
    ids: Vec<&'a str>,
    /// Ids that links inside the page lead to.
    here: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    pub fn new(page: &'a str, base_url: &'a str) -> Reader<'a> {
        let (files, written_out, ids, here) = Default::default();
        Reader { page, base_url, files, written_out, ids, here }
    }

    pub fn read(&mut self, attribute: Attribute<'a>) {
        if !attribute.is_tight() {
            return;
        }
        self.read_files(attribute);
        match attribute.name() {
            "id" if attribute.is_whole() => self.ids.push(attribute.value()),
            name if is_link(name) => {
                let value = attribute.value();
                match value.strip_prefix('#') {
                    Some(fragment) if name == "href" => self.here.push(fragment),
                    Some(_) => {}
                    // A mark stands before what the program found.
                    None if value.starts_with(ROOT) => {}
                    None => self.written_out.extend(link(value, self.page, self.base_url)),
                }
            }
            _ => {}
        }
    }

    /// Reads the files only: those that are named somewhere else than on the page.
    pub fn read_files(&mut self, attribute: Attribute<'_>) {
        let file = |address| file(address, self.page, self.base_url);
        match attribute.name() {
            // `a.webp 480w, b.webp 800w`
            "srcset" | "imagesrcset" => self.files.extend(attribute.value().split_whitespace().filter_map(file)),
            // What a `meta` element says of a shared picture, for one: it is no link.
            "content" => self.files.extend(file(attribute.value())),
            name if is_link(name) => self.files.extend(file(attribute.value())),
            _ => {}
        }
    }

    /// What was read, once the page is at its end; its ids where they are wanted.
    pub fn end(mut self, wants_ids: bool) -> Refers {
        let all = if wants_ids { Ids::of(&self.ids) } else { Ids::default() };
        let ids: HashSet<&str> = if self.here.is_empty() { HashSet::new() } else { self.ids.into_iter().collect() };
        for fragment in self.here {
            let decoded = percent_decode_str(fragment).decode_utf8_lossy();
            if !fragment.is_empty() && fragment != "top" && !ids.contains(fragment) && !ids.contains(&*decoded) {
                let (address, fragment) = (format!("#{fragment}").into(), Some(decoded.into()));
                self.written_out.push(WrittenOut { address, path: self.page.into(), fragment });
            }
        }
        Refers { files: each_once(self.files), written_out: each_once(self.written_out), ids: all }
    }
}

/// Whether an attribute's value is one address.
fn is_link(name: &str) -> bool {
    matches!(name, "href" | "src" | "poster" | "data" | "action" | "formaction")
}

/// Sorted, each once, without spare memory: a preview keeps them.
fn each_once<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all.shrink_to_fit();
    all
}

/// The files that a style sheet names, as paths in the output folder. `style` is its own path there.
pub fn of_style(css: &str, style: &str, base_url: &str) -> Vec<Box<str>> {
    let addresses = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    addresses.filter_map(|address| file(address.trim().trim_matches(['"', '\'']), style, base_url)).collect()
}

/// The file that an address names, where it is one of the site's own and no page.
fn file(address: &str, page: &str, base_url: &str) -> Option<Box<str>> {
    let address = address.trim();
    let (mut end, mut is_file) = (address.len(), false);
    for (at, byte) in address.bytes().enumerate() {
        match byte {
            b'/' => is_file = false,
            b'.' | b'%' | b'&' => is_file = true,
            b'#' | b'?' => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    // Most addresses are those of pages.
    if !is_file {
        return None;
    }
    path(address[..end].trim_end_matches(','), page, base_url)
}

/// An address of the site with its fragment.
fn link(address: &str, page: &str, base_url: &str) -> Option<WrittenOut> {
    let address = address.trim();
    let (rest, fragment) = match address.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment).filter(|fragment| !fragment.is_empty())),
        None => (address, None),
    };
    let rest = rest.split('?').next()?;
    let path = path(rest, page, base_url).filter(|_| !rest.is_empty())?;
    let fragment = fragment.map(|fragment| percent_decode_str(fragment).decode_utf8_lossy().into());
    Some(WrittenOut { address: address.into(), path, fragment })
}

/// The path in the output folder that an address of the site means.
fn path(address: &str, page: &str, base_url: &str) -> Option<Box<str>> {
    let address = match memchr::memchr(b'&', address.as_bytes()) {
        Some(_) => Cow::Owned(address.replace("&amp;", "&").replace("&#x27;", "'").replace("&#39;", "'")),
        None => Cow::Borrowed(address),
    };
    let path: String = match address.strip_prefix(ROOT).or_else(|| address.strip_prefix(base_url)?.strip_prefix('/')) {
        Some(rest) => rest.to_string(),
        None if *address == *base_url => String::new(),
        None if has_scheme(&address) || address.starts_with("//") => return None,
        None => match address.strip_prefix('/') {
            Some(rooted) => {
                let base = crate::route::address::base_path(base_url);
                rooted.strip_prefix(&base[1..]).unwrap_or(rooted).to_string()
            }
            None => {
                let mut parts: Vec<&str> = page.split('/').collect();
                parts.pop();
                let ends_as_folder = address.ends_with('/') || address.ends_with("..") || address == ".";
                for part in address.split('/') {
                    match part {
                        "." | "" => {}
                        ".." => drop(parts.pop()),
                        part => parts.push(part),
                    }
                }
                let end = if ends_as_folder && !parts.is_empty() { "/" } else { "" };
                parts.join("/") + end
            }
        },
    };
    match memchr::memchr(b'%', path.as_bytes()) {
        Some(_) => Some(percent_decode_str(&path).decode_utf8_lossy().into()),
        None => Some(path.into()),
    }
}

/// Whether an address begins with a scheme, such as `mailto:` (RFC 3986).
fn has_scheme(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().and_then(|first| first.split_once(':'));
    scheme.is_some_and(|(scheme, _)| scheme.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finished::attributes::attributes;

    fn of_page(html: &str, page: &str, base_url: &str) -> Refers {
        let mut reader = Reader::new(page, base_url);
        attributes(html).for_each(|attribute| reader.read(attribute));
        reader.end(true)
    }

    #[test]
    fn what_somebody_wrote_out_is_told_apart() {
        let html = "<h2 id=\"a\">A</h2><a href=\"\u{e000}fees/\">x</a><a href=\"../fees/?x#how\">y</a><a href=\"#a\">z</a>\
            <a href=\"#b\">b</a><a href=\"https://x.example/sub\">c</a><a href=\"https://y.example/\">d</a>\
            <a href=\"mailto:a@b.example\">e</a><a href=\"..\">f</a>";
        let found = of_page(html, "services/grief/index.html", "https://x.example/sub").written_out;
        let found: Vec<_> = found.iter().map(|link| (&*link.address, &*link.path, link.fragment.as_deref())).collect();
        assert_eq!(
            found,
            [
                ("#b", "services/grief/index.html", Some("b")),
                ("..", "services/", None),
                ("../fees/?x#how", "services/fees/", Some("how")),
                ("https://x.example/sub", "", None),
            ]
        );
    }

    #[test]
    fn files_are_found_however_they_are_named() {
        let html = "<link href=\"\u{e000}assets/a.css\"><a href='handout.pdf'>x</a><a href=\"../\">y</a>\
            <img src=/sub/images/b%20c.jpg srcset=\"\u{e000}assets/pictures/b.1-480.webp 480w, ../../d.webp 800w\">\
            <meta property=\"og:image\" content=\"https://x.example/sub/images/e.png\"><a href=\"https://y.example/f.pdf\">z</a>\
            <a href=\"/images/g&amp;h.pdf?x#y\">a.b c.txt</a>";
        let found = of_page(html, "resources/later/index.html", "https://x.example/sub");
        let found: Vec<&str> = found.files.iter().map(|file| &**file).collect();
        assert_eq!(
            found,
            [
                "assets/a.css",
                "assets/pictures/b.1-480.webp",
                "d.webp",
                "images/b c.jpg",
                "images/e.png",
                "images/g&h.pdf",
                "resources/later/handout.pdf"
            ]
        );
        assert_eq!(
            of_style("a{background:url(\"../images/x.png\")}", "assets/s.css", "https://x.example"),
            ["images/x.png".into()]
        );
    }
}
