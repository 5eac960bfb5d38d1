//! Which addresses of the site a page names.
//!
//! Owns reading them from the page as its template wrote it, whoever wrote the address: markdown, raw HTML, front
//! matter, practice.yaml or a theme. A file of `content/` that is named nowhere here stays private; an address that
//! somebody wrote out himself is held against the finished site. Judges nothing.

use std::collections::{BTreeSet, HashSet};

use memchr::memchr_iter;
use percent_encoding::percent_decode_str;

use super::address::ROOT;

/// Attributes that hold an address, or several. `content` is what a `meta` element says of a shared picture.
const ATTRIBUTES: &[&str] = &["href", "src", "srcset", "poster", "data", "content", "action"];

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

/// The addresses of the site that a page names.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Refers {
    /// Files that are no pages, as paths in the output folder, sorted.
    pub files: Vec<Box<str>>,
    /// Addresses that somebody wrote out; of those inside the page itself only the ones that lead nowhere.
    pub written_out: Vec<WrittenOut>,
}

/// The addresses that a page names. `html` is the page before its addresses are finished, `page` its path in the output
/// folder.
pub(super) fn of_page(html: &str, page: &str, base_url: &str) -> Refers {
    let (mut files, mut written_out) = (BTreeSet::new(), BTreeSet::new());
    let (mut ids, mut here) = (HashSet::new(), Vec::new());
    for equals in memchr_iter(b'=', html.as_bytes()) {
        let before = &html[..equals];
        let is_id = before.ends_with(" id");
        if !is_id && !ATTRIBUTES.iter().any(|name| before.ends_with(name)) {
            continue;
        }
        let value = value(&html[equals + 1..]);
        if is_id {
            ids.insert(value);
            continue;
        }
        if let Some(fragment) = value.strip_prefix('#').filter(|_| before.ends_with("href")) {
            here.push(fragment);
            continue;
        }
        match before.ends_with("srcset") {
            // `a.webp 480w, b.webp 800w`
            true => files.extend(value.split_whitespace().filter_map(|part| file(part, page, base_url))),
            false => {
                files.extend(file(value, page, base_url));
                // What a `meta` element says is no link, and a mark stands before what the program found.
                if !value.starts_with(ROOT) && !before.ends_with("content") {
                    written_out.extend(link(value, page, base_url));
                }
            }
        }
    }
    for fragment in here {
        let decoded = percent_decode_str(fragment).decode_utf8_lossy();
        if !fragment.is_empty() && fragment != "top" && !ids.contains(fragment) && !ids.contains(&*decoded) {
            let (address, fragment) = (format!("#{fragment}").into(), Some(decoded.into()));
            written_out.insert(WrittenOut { address, path: page.into(), fragment });
        }
    }
    Refers { files: files.into_iter().collect(), written_out: written_out.into_iter().collect() }
}

/// The value that stands after `=`.
fn value(after: &str) -> &str {
    let value = match after.as_bytes().first() {
        Some(b'"') => after[1..].split('"').next(),
        Some(b'\'') => after[1..].split('\'').next(),
        _ => after.split(|c: char| c.is_whitespace() || c == '>').next(),
    };
    value.unwrap_or_default()
}

/// The files that a style sheet names, as paths in the output folder. `style` is its own path there.
pub(super) fn of_style(css: &str, style: &str, base_url: &str) -> Vec<Box<str>> {
    let addresses = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    addresses.filter_map(|address| file(address.trim().trim_matches(['"', '\'']), style, base_url)).collect()
}

/// The file that an address names, where it is one of the site's own and no page.
fn file(address: &str, page: &str, base_url: &str) -> Option<Box<str>> {
    let address = address.trim().split(['#', '?']).next()?.trim_end_matches(',');
    // Most addresses are those of pages.
    if address.is_empty() || address.ends_with('/') || !address.rsplit('/').next()?.contains(['.', '%', '&']) {
        return None;
    }
    path(address, page, base_url)
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
    let address = address.replace("&amp;", "&").replace("&#x27;", "'").replace("&#39;", "'");
    let path = match address.strip_prefix(ROOT).or_else(|| address.strip_prefix(base_url)?.strip_prefix('/')) {
        Some(rest) => rest.to_string(),
        None if address == base_url => String::new(),
        None if has_scheme(&address) || address.starts_with("//") => return None,
        None => match address.strip_prefix('/') {
            Some(rooted) => {
                let base = super::base_path(base_url);
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
    Some(percent_decode_str(&path).decode_utf8_lossy().into())
}

/// Whether an address begins with a scheme, such as `mailto:` (RFC 3986).
fn has_scheme(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().and_then(|first| first.split_once(':'));
    scheme.is_some_and(|(scheme, _)| scheme.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
