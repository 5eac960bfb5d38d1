//! Which of the site's own files a finished page shows or links to.
//!
//! Owns reading them from the page as it will be published, whoever wrote the address: markdown, raw HTML, front
//! matter, practice.yaml or a theme. A file of `content/` that is named nowhere here stays private. Judges nothing.

use std::collections::BTreeSet;

use memchr::memchr_iter;
use percent_encoding::percent_decode_str;

/// Attributes that hold an address, or several. `content` is what a `meta` element says of a shared picture.
const ATTRIBUTES: &[&str] = &["href", "src", "srcset", "poster", "data", "content", "action"];

/// The files that a page names, as paths in the output folder, sorted. `page` is the page's own path there.
pub(super) fn of_page(html: &str, page: &str, base_url: &str) -> Vec<Box<str>> {
    let mut files = BTreeSet::new();
    for equals in memchr_iter(b'=', html.as_bytes()) {
        let (before, after) = (&html[..equals], &html[equals + 1..]);
        if !ATTRIBUTES.iter().any(|name| before.ends_with(name)) {
            continue;
        }
        let value = match after.as_bytes().first() {
            Some(b'"') => after[1..].split('"').next(),
            Some(b'\'') => after[1..].split('\'').next(),
            _ => after.split(|c: char| c.is_whitespace() || c == '>').next(),
        };
        let value = value.unwrap_or_default();
        match before.ends_with("srcset") {
            // `a.webp 480w, b.webp 800w`
            true => files.extend(value.split_whitespace().filter_map(|part| file(part, page, base_url))),
            false => files.extend(file(value, page, base_url)),
        }
    }
    files.into_iter().collect()
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
    let address = address.replace("&amp;", "&").replace("&#x27;", "'").replace("&#39;", "'");
    let path = match address.strip_prefix(base_url) {
        Some(rest) => rest.strip_prefix('/')?.to_string(),
        None if address.starts_with("//") || address.contains("://") => return None,
        None => match address.strip_prefix('/') {
            Some(rooted) => {
                let base = super::base_path(base_url);
                rooted.strip_prefix(&base[1..]).unwrap_or(rooted).to_string()
            }
            None => {
                let mut parts: Vec<&str> = page.split('/').collect();
                parts.pop();
                for part in address.split('/') {
                    match part {
                        "." | "" => {}
                        ".." => drop(parts.pop()),
                        part => parts.push(part),
                    }
                }
                parts.join("/")
            }
        },
    };
    Some(percent_decode_str(&path).decode_utf8_lossy().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_however_they_are_named() {
        let html = "<link href=\"../../assets/a.css\"><a href='handout.pdf'>x</a><a href=\"../\">y</a>\
            <img src=/sub/images/b%20c.jpg srcset=\"../../assets/pictures/b.1-480.webp 480w, ../../d.webp 800w\">\
            <meta property=\"og:image\" content=\"https://x.example/sub/images/e.png\"><a href=\"https://y.example/f.pdf\">z</a>\
            <a href=\"/images/g&amp;h.pdf?x#y\">a.b c.txt</a>";
        let found = of_page(html, "resources/later/index.html", "https://x.example/sub");
        let found: Vec<&str> = found.iter().map(|file| &**file).collect();
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
