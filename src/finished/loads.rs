//! What a finished page makes a visitor's browser fetch from other hosts.
//!
//! Owns which elements and attributes fetch something on loading, and which send something. Reads the page as it
//! will be published, whoever wrote it. Judges nothing: `check` compares with what the practice declares.

use std::cell::RefCell;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use memchr::{memchr, memmem, memrchr};

use crate::site::hosts::Use;

/// Something that a page fetches from, or sends to, another host.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Load {
    /// The host, with its port where it has one.
    pub host: String,
    /// The element: `script`, `img`.
    pub element: String,
    /// The address as the page writes it.
    pub address: String,
    /// What for.
    pub usage: Use,
}

/// Attributes whose address a browser fetches or sends to, by element; `*` is any element.
const FETCHED: &[(&str, &str)] = &[
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("iframe", "src"),
    ("frame", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("input", "src"),
    ("input", "formaction"),
    ("button", "formaction"),
    ("form", "action"),
    ("use", "href"),
    ("use", "xlink:href"),
    ("image", "href"),
    ("image", "xlink:href"),
    ("feimage", "href"),
    ("base", "href"),
    ("*", "background"),
    ("*", "ping"),
    ("*", "style"),
];

/// Relations of a `link` that only name an address.
const ONLY_NAMED: &[&str] =
    &["canonical", "alternate", "author", "license", "me", "next", "prev", "bookmark", "help", "search", "tag"];

/// What a page fetches from other hosts, sorted.
pub fn of_page(html: &str) -> Vec<Load> {
    if !may_load(html) {
        return Vec::new();
    }
    let loads = RefCell::new(Vec::new());
    let attributes = element!("*", |element| {
        let name = element.tag_name();
        let rel = element.get_attribute("rel").unwrap_or_default().to_ascii_lowercase();
        let named = name == "link" && rel.split_ascii_whitespace().all(|rel| ONLY_NAMED.contains(&rel));
        // A page that moves on by itself contacts where it leads.
        let equals = element.get_attribute("http-equiv").unwrap_or_default();
        let refreshes = name == "meta" && equals.trim().eq_ignore_ascii_case("refresh");
        for attribute in element.attributes() {
            let is = |(tag, fetched): &(&str, &str)| (*tag == "*" || *tag == name) && *fetched == attribute.name();
            if name == "iframe" && attribute.name() == "srcdoc" {
                // A page in a page, written with or without escapes.
                let inner = attribute
                    .value()
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'");
                loads.borrow_mut().extend(of_page(&inner));
            }
            if refreshes && attribute.name() == "content" {
                let content = attribute.value();
                let target = content.split_once('=').map_or("", |(_, target)| target);
                let target = target.trim_matches([' ', '"', '\'']);
                add(&name, "href", target, Use::Contact, &mut loads.borrow_mut());
            }
            if FETCHED.iter().any(is) || (name == "link" && attribute.name() == "href" && !named) {
                let kind = element.get_attribute("as").unwrap_or_default();
                let usage = usage(&name, &attribute.name(), &rel, &kind);
                add(&name, &attribute.name(), &attribute.value(), usage, &mut loads.borrow_mut());
            }
        }
        Ok(())
    });
    let styles = text!("style", |chunk| {
        add("style", "style", chunk.as_str(), Use::Picture, &mut loads.borrow_mut());
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(attributes)
        .append_element_content_handler(styles)
        .with_strict(false);
    // What cannot be read as tags fetches nothing.
    let _ = rewrite_str(html, settings);
    let mut loads = loads.into_inner();
    loads.sort();
    loads.dedup();
    loads
}

/// What a style sheet fetches from other hosts, sorted.
pub fn of_style(css: &str) -> Vec<Load> {
    let mut loads = Vec::new();
    add("style", "style", css, Use::Picture, &mut loads);
    loads.sort();
    loads.dedup();
    loads
}

/// What an attribute's address is used for.
fn usage(element: &str, attribute: &str, rel: &str, kind: &str) -> Use {
    let is = |word: &str| rel.split_ascii_whitespace().any(|own| own == word);
    match (element, attribute) {
        (_, "ping") => Use::Connection,
        (_, "formaction") | ("form", _) => Use::Form,
        ("script", _) => Use::Script,
        ("iframe" | "frame", _) => Use::Frame,
        ("embed" | "object" | "base", _) => Use::Never,
        ("video", "poster") | ("source", "srcset") => Use::Picture,
        ("video" | "audio" | "track" | "source", _) => Use::Media,
        ("link", _) if is("stylesheet") => Use::Style,
        ("link", _) if is("modulepreload") => Use::Script,
        ("link", _) if is("manifest") => Use::Never,
        ("link", _) if is("preload") || is("prefetch") => match kind.trim().to_ascii_lowercase().as_str() {
            "script" | "worker" => Use::Script,
            "style" => Use::Style,
            "font" => Use::Font,
            "image" => Use::Picture,
            "audio" | "video" | "track" => Use::Media,
            "fetch" => Use::Connection,
            _ => Use::Contact,
        },
        ("link", _) if rel.contains("icon") => Use::Picture,
        ("link", _) => Use::Contact,
        _ => Use::Picture,
    }
}

fn add(element: &str, attribute: &str, value: &str, usage: Use, loads: &mut Vec<Load>) {
    let addresses: Vec<(&str, Use)> = match attribute {
        "srcset" => {
            value.split(',').filter_map(|entry| entry.split_whitespace().next()).map(|one| (one, usage)).collect()
        }
        "ping" => value.split_whitespace().map(|one| (one, usage)).collect(),
        "style" => in_style(value),
        _ => vec![(value.trim(), usage)],
    };
    for (address, usage) in addresses {
        if let Some(host) = host_of(address) {
            loads.push(Load { host, element: element.to_string(), address: address.to_string(), usage });
        }
    }
}

/// The addresses in `url(…)` and `@import "…"`, each with what it is used for.
fn in_style(css: &str) -> Vec<(&str, Use)> {
    let mut found = Vec::new();
    for (at, _) in css.match_indices("//") {
        // Back over the scheme to what opens the address.
        let start = css[..at].rfind(['(', '"', '\'', ' ', '\n', '\t']).map_or(0, |open| open + 1);
        let end = css[at..].find([')', '"', '\'', ' ', ';', '\n']).map_or(css.len(), |close| at + close);
        let before = css[..start].trim_end_matches(['"', '\'', ' ', '\n', '\t']).as_bytes();
        let ends = |with: &&str| {
            before.len() >= with.len() && before[before.len() - with.len()..].eq_ignore_ascii_case(with.as_bytes())
        };
        if ["url(", "@import", "image-set("].iter().any(ends) {
            let imported = ["@import", "url("].iter().any(ends) && {
                let statement = css[..start].rfind([';', '}', '{']).map_or(0, |end| end + 1);
                css[statement..start].trim_start().get(..7).is_some_and(|word| word.eq_ignore_ascii_case("@import"))
            };
            // The name of the rule whose block this stands in.
            let rule = css[..start].rfind('{').map_or("", |open| &css[..open]);
            let rule = rule.rfind(['}', ';', '{']).map_or(rule, |end| &rule[end + 1..]);
            let usage = match () {
                () if imported => Use::Style,
                () if rule.trim().eq_ignore_ascii_case("@font-face") => Use::Font,
                () => Use::Picture,
            };
            found.push((&css[start..end], usage));
        }
    }
    found
}

/// The host of an address that leads to another one; as browsers read it, with any number of slashes.
fn host_of(address: &str) -> Option<String> {
    let base = url::Url::parse("https://anteroom.invalid/").ok()?;
    let url = base.join(address).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "ws" | "wss"))?;
    let host = url.host_str().filter(|host| *host != "anteroom.invalid")?;
    Some(url.port().map_or_else(|| host.to_string(), |port| format!("{host}:{port}")))
}

/// Whether a page may hold such an address at all. Most pages name other hosts only in links, in their head and in
/// their structured data; those need not be read tag by tag.
fn may_load(html: &str) -> bool {
    let bytes = html.as_bytes();
    let with_slashes = memmem::find_iter(bytes, "//").any(|at| {
        let Some(open) = memrchr(b'<', &bytes[..at]) else { return false };
        let tag = &bytes[open..];
        let begins = |with: &str| tag.len() > with.len() && tag[..with.len()].eq_ignore_ascii_case(with.as_bytes());
        match memchr(b'>', &bytes[open..at]) {
            // In a tag: the address of a link, or one that is only named.
            None => {
                let link = memmem::rfind(&bytes[open..at], b" href=").is_some_and(|href| at - open - href < 20);
                let whole = || &tag[..memchr(b'>', &tag[at - open..]).map_or(tag.len(), |end| at - open + end)];
                let refresh = || whole().windows(7).any(|word| word.eq_ignore_ascii_case(b"refresh"));
                !(begins("<a ") && link || begins("<meta ") && !refresh() || begins("<link rel=\"canonical\""))
            }
            // In the text of an element: only a style sheet fetches by it.
            Some(_) => begins("<style"),
        }
    });
    // Browsers take a backslash for a slash.
    with_slashes || memchr(b'\\', bytes).is_some_and(|_| html.contains("=\"\\") || html.contains("=\"/\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(html: &str) -> Vec<String> {
        of_page(html).into_iter().map(|load| format!("{} {}", load.element, load.host)).collect()
    }

    #[test]
    fn what_is_fetched_is_found() {
        for (html, expected) in [
            ("<script src=https://a.example/x.js></script>", "script a.example"),
            ("<link rel=\"stylesheet\" href=\"//fonts.example/css\">", "link fonts.example"),
            ("<link rel=\"preconnect\" href=\"https://fonts.example\">", "link fonts.example"),
            ("<iframe src=\"https://a.example:8443/x\"></iframe>", "iframe a.example:8443"),
            ("<img srcset=\"a.png 1x, https://p.example/b.png 2x\">", "img p.example"),
            ("<p style=\"background:url(https://p.example/a.png)\">", "p p.example"),
            ("<style>@import 'https://c.example/x.css';</style>", "style c.example"),
            ("<form action=\"https://f.example/send\">", "form f.example"),
            ("<a href=\"x/\" ping=\"https://t.example/\">x</a>", "a t.example"),
            ("<img src=\"\\\\e.example/a.png\">", "img e.example"),
            ("<p style=\"background: URL( 'https://p.example/a.png' )\">", "p p.example"),
            ("<style>@IMPORT\n\"https://c.example/x.css\";</style>", "style c.example"),
            ("<iframe srcdoc=\"<img src='https://d.example/a.png'>\"></iframe>", "img d.example"),
            ("<iframe srcdoc=\"&lt;img src=&quot;https://d.example/a.png&quot;&gt;\"></iframe>", "img d.example"),
            ("<meta http-equiv=\"Refresh\" content=\"0; url=https://r.example/\">", "meta r.example"),
            ("<meta content=\"0; url=https://r.example/\" http-equiv=\"refresh\">", "meta r.example"),
            ("<svg><use href=\"https://s.example/i.svg#x\"/></svg>", "use s.example"),
        ] {
            assert_eq!(hosts(html), [expected], "{html}");
        }
    }

    #[test]
    fn what_is_only_named_is_not() {
        for html in [
            "<link rel=\"canonical\" href=\"https://own.example/\"><link rel=\"alternate\" href=\"https://own.example/f\">",
            "<meta property=\"og:url\" content=\"https://own.example/\">",
            "<a href=\"https://elsewhere.example/\">https://elsewhere.example/</a>",
            "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\"}</script>",
            "<img src=\"../a.png\" alt=\"a // b\">",
            "<button data-src=\"https://cal.example/x\">Show</button>",
        ] {
            assert_eq!(hosts(html), Vec::<String>::new(), "{html}");
        }
    }
}
