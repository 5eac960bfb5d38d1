//! HTML that authors write into their texts.
//!
//! Owns which elements and attributes are harmless. One table drives both the sanitiser (ammonia, which
//! also makes the markup well-formed) and the findings for what it drops (lol_html, which reads tags with
//! their attributes).

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::written::Finding;
use crate::diagnostic::codes;
use crate::markup::players;
use crate::rules::privacy;

/// Elements that texts may hold; everything that the writer itself makes is among them.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes that every element may have.
const ANYWHERE: &[&str] =
    &["class", "dir", "id", "lang", "role", "tabindex", "title", "aria-label", "aria-hidden", "data-unsearched"];

/// Attributes of single elements.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("bdo", &["dir"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding", "fetchpriority"]),
    ("input", &["type", "disabled", "checked"]),
    ("ins", &["cite", "datetime"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("source", &["type", "srcset", "sizes"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope"]),
    ("time", &["datetime"]),
];

/// Attributes whose value is an address.
const ADDRESSES: &[&str] = &["href", "src", "cite"];

/// Elements that fetch what their address names.
const LOADING: &[&str] =
    &["script", "link", "img", "iframe", "frame", "embed", "object", "video", "audio", "source", "track"];

/// Schemes that an address may have.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<&str, HashSet<&str>> =
        ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect();
    // A form field is harmless only as the box of a task list.
    let mut values: HashMap<&str, HashMap<&str, HashSet<&str>>> = HashMap::new();
    values.insert("input", HashMap::from([("type", HashSet::from(["checkbox"]))]));
    let mut builder = Builder::default();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .generic_attributes(ANYWHERE.iter().copied().collect())
        .tag_attributes(attributes)
        .tag_attribute_values(values)
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(|element, attribute, value| {
            // Addresses on other hosts that a visit would load.
            let mut addresses = value.split(',').filter_map(|entry| entry.split_whitespace().next());
            let loads = match attribute {
                "src" => element == "img" && is_elsewhere(value),
                "srcset" => addresses.any(is_elsewhere),
                _ => false,
            };
            if loads { None } else { Some(Cow::Borrowed(value)) }
        })
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// The text with everything harmful removed and every element closed.
pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// A finding for each thing that [`clean`] will drop from a piece of raw HTML that begins at `offset`.
pub(super) fn dropped(html: &str, offset: usize, allowed: &[&str]) -> Vec<Finding> {
    let findings = RefCell::new(Vec::new());
    let seen = RefCell::new(HashMap::<String, usize>::new());
    let lower = html.to_ascii_lowercase();
    let place = |tag: &str| {
        let mut seen = seen.borrow_mut();
        let from = seen.get(tag).copied().unwrap_or(0);
        let at = lower[from..].find(&format!("<{tag}")).map_or(0, |found| from + found);
        seen.insert(tag.to_string(), at + 1);
        offset + at..offset + at + tag.len() + 1
    };
    let handler = element!("*", |element| {
        let tag = element.tag_name();
        let span = place(&tag);
        let drop = |message: String| {
            findings.borrow_mut().push(Finding {
                help: Some(
                    "write it in markdown, or set `raw_html: allow` in practice.yaml if you need your own HTML".into(),
                ),
                ..Finding::new(&codes::HTML_DROPPED, message, span.clone())
            });
        };
        let loads = |address: &String| LOADING.contains(&tag.as_str()) && is_elsewhere(address);
        let source = ["src", "srcset", "href", "data"].iter().find_map(|name| element.get_attribute(name));
        if let Some(host) = source.as_ref().filter(|address| loads(address)).and_then(|address| host_of(address)) {
            if allowed.contains(&host.as_str()) {
                drop(format!("`<{tag}>` was left out: it isn't allowed in texts"));
                return Ok(());
            }
            let message = format!("`<{tag}>` would contact `{host}`, which practice.yaml doesn't declare");
            let is_map = host.ends_with("openstreetmap.org")
                || (host.contains("google.")
                    && (host.starts_with("maps.")
                        || source.as_deref().is_some_and(|address| address.contains("/maps"))));
            let help = match players::plays_films(&host) {
                _ if is_map => {
                    "write `maps: { provider: google, mode: click-to-load }` in practice.yaml: the contact page then shows \
                     a map of each address once a visitor asks for it"
                }
                true => "write `::: video ADDRESS What it shows`: the video loads when a visitor asks for it",
                false => {
                    "keep the file on your own site, or link to it; \
                     if you really need it, add the host to `allow_hosts`"
                }
            };
            findings.borrow_mut().push(Finding {
                help: Some(help.into()),
                ..Finding::new(&privacy::rules().undeclared_host.info.code, message, span.clone())
            });
            return Ok(());
        }
        if !ELEMENTS.contains(&tag.as_str()) {
            drop(format!("`<{tag}>` was left out: it isn't allowed in texts"));
            return Ok(());
        }
        let own = ATTRIBUTES.iter().find(|(name, _)| *name == tag).map_or(&[][..], |(_, names)| names);
        for attribute in element.attributes() {
            let name = attribute.name();
            if !ANYWHERE.contains(&name.as_str()) && !own.contains(&name.as_str()) {
                drop(format!("`{name}` was left out of `<{tag}>`: it isn't allowed there"));
            } else if ADDRESSES.contains(&name.as_str()) && !is_harmless(&attribute.value()) {
                drop(format!("`{name}` was left out of `<{tag}>`: its address could run a program"));
            }
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler).with_strict(false);
    // What cannot be read as tags is text, which the sanitiser escapes.
    let _ = rewrite_str(html, settings);
    findings.into_inner()
}

/// Elements that end by themselves, or with what comes after them (HTML standard, 13.1.2 and 13.1.2.4).
const ENDING: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "rt", "rp", "option", "optgroup", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th",
];

/// How many elements are open after a piece of raw HTML, of so many before it. The sanitiser walks up all that are open
/// for each that begins.
pub(super) fn depth_after(html: &str, before: usize) -> usize {
    let mut depth = before;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (ends, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || ENDING.iter().any(|own| own.eq_ignore_ascii_case(name))
        {
            continue;
        }
        depth = if ends { depth.saturating_sub(1) } else { depth + 1 };
    }
    depth
}

fn host_of(address: &str) -> Option<String> {
    let base = url::Url::parse("https://anteroom.invalid/").ok()?;
    base.join(address.trim()).ok()?.host_str().map(str::to_string)
}

fn is_elsewhere(address: &str) -> bool {
    let address = address.trim();
    address.starts_with("//") || url::Url::parse(address).is_ok()
}

fn is_harmless(address: &str) -> bool {
    match url::Url::parse(address.trim()) {
        Ok(url) => SCHEMES.contains(&url.scheme()),
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_elements_are_counted() {
        for (html, depth) in [
            ("<div><b>a</b>", 1),
            ("</div></div>", 0),
            ("<p>a<p>b<br><IMG src=x><li>", 0),
            ("a < b <3 <!-- x --> <?x?>", 0),
            ("<DIV class=a><section\n>", 2),
        ] {
            assert_eq!(depth_after(html, 0), depth, "{html}");
        }
    }

    #[test]
    fn what_is_dropped_is_said() {
        let html = "<p onclick=\"x()\">a</p><script>alert(1)</script><a href=\"javascript:x()\">b</a><img src=\"https://x.example/a.png\" alt=\"\">";
        let messages: Vec<_> = dropped(html, 0, &[]).into_iter().map(|finding| finding.message).collect();
        assert_eq!(messages.len(), 4, "{messages:#?}");
        let clean = clean(html);
        for bad in ["script", "onclick", "javascript", "x.example"] {
            assert!(!clean.contains(bad), "{clean}");
        }
    }

    #[test]
    fn harmless_html_stays() {
        let html = "<details open><summary>More</summary><p lang=\"de\">Text <kbd>x</kbd></p></details>";
        assert!(dropped(html, 0, &[]).is_empty());
        assert_eq!(clean(html), html.replace("open>", "open=\"\">"));
    }
}
