//! What a finished page holds that its own policy keeps from working: programs and styles inside the page.
//!
//! Owns finding them. What a page fetches from other hosts is `loads`'; `check` says where each was written.

use std::cell::RefCell;
use std::collections::BTreeSet;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use memchr::memmem;

use super::attributes::Attribute;

/// Something that browsers will ignore.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Blocked {
    /// What it is.
    pub kind: Kind,
    /// The element: `p`.
    pub element: String,
    /// How it may be written where it comes from, the surest first.
    pub written: Vec<String>,
}

/// What is ignored.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A program inside the page.
    Script,
    /// A style sheet inside the page.
    Style,
    /// An element's attribute `style`.
    StyleAttribute,
    /// An attribute that runs a program, by its name.
    Handler(String),
    /// An address that is a program.
    Address,
}

/// What a page's policy keeps from working, sorted. `own` is the theme's script, which the policy admits; `suspicious`
/// tells whether one of the page's attributes is.
pub fn of_page(html: &str, own: &str, suspicious: bool) -> Vec<Blocked> {
    if !suspicious && !may_hold_elements(html, own) {
        return Vec::new();
    }
    let blocked = RefCell::new(BTreeSet::new());
    let script = RefCell::new(None::<String>);
    let style = RefCell::new(String::new());
    let attributes = element!("*", |element| {
        let name = element.tag_name();
        let add = |kind, written: Vec<String>| {
            blocked.borrow_mut().insert(Blocked { kind, element: name.clone(), written });
        };
        for attribute in element.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            let written = || {
                vec![
                    format!("{key}=\"{value}\""),
                    format!("{key}='{value}'"),
                    format!("{key}={value}"),
                    format!("{key}="),
                ]
            };
            match key.as_str() {
                "style" => add(Kind::StyleAttribute, written()),
                _ if is_handler(&key) => add(Kind::Handler(key.clone()), written()),
                "href" | "src" | "action" | "formaction" if is_program(&value) => add(Kind::Address, written()),
                _ => {}
            }
        }
        Ok(())
    });
    let begins = element!("script", |element| {
        let kind = element.get_attribute("type").unwrap_or_default();
        let runs = !element.has_attribute("src") && is_run(&kind);
        *script.borrow_mut() = runs.then(String::new);
        Ok(())
    });
    let scripts = text!("script", |chunk| {
        if let Some(text) = script.borrow_mut().as_mut() {
            text.push_str(chunk.as_str());
        }
        if chunk.last_in_text_node()
            && let Some(text) = script.borrow_mut().take().filter(|text| text != own && !text.trim().is_empty())
        {
            let written = vec![line(&text), "<script>".into(), "<script".into()];
            blocked.borrow_mut().insert(Blocked { kind: Kind::Script, element: "script".into(), written });
        }
        Ok(())
    });
    let styles = text!("style", |chunk| {
        style.borrow_mut().push_str(chunk.as_str());
        if chunk.last_in_text_node() {
            let text = std::mem::take(&mut *style.borrow_mut());
            let written = vec![line(&text), "<style>".into(), "<style".into()];
            blocked.borrow_mut().insert(Blocked { kind: Kind::Style, element: "style".into(), written });
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(attributes)
        .append_element_content_handler(begins)
        .append_element_content_handler(scripts)
        .append_element_content_handler(styles)
        .with_strict(false);
    // What cannot be read as tags does nothing.
    let _ = rewrite_str(html, settings);
    blocked.into_inner().into_iter().collect()
}

/// The first line of a text that says something.
fn line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_string()
}

fn is_handler(attribute: &str) -> bool {
    attribute.len() > 2 && attribute.starts_with("on") && attribute.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_program(address: &str) -> bool {
    address.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
}

/// Whether browsers run a script of this type; of another they take it for data.
fn is_run(kind: &str) -> bool {
    let kind = kind.trim().to_ascii_lowercase();
    kind.is_empty()
        || kind == "module"
        || kind.contains("javascript")
        || kind.contains("ecmascript")
        || kind == "importmap"
}

/// Whether an attribute may be one that does nothing. Most pages hold none, and need not be read tag by tag.
pub(crate) fn is_suspicious(attribute: Attribute<'_>) -> bool {
    let name = attribute.name();
    // Most names are others'.
    if !name.starts_with(['o', 's', 'h', 'a', 'f', 'O', 'S', 'H', 'A', 'F']) {
        return false;
    }
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let is_on = name.len() > 2 && name.as_bytes()[..2].eq_ignore_ascii_case(b"on");
    let is_address = is("href") || is("src") || is("action") || is("formaction");
    let is_it = is_on || is("style") || (is_address && is_program(attribute.value()));
    is_it && attribute.is_whole()
}

/// Whether a page may hold an element that does nothing: it holds more than the theme's own script and data.
fn may_hold_elements(html: &str, own: &str) -> bool {
    let bytes = html.as_bytes();
    let element = |at: usize, name: &str| {
        bytes.get(at..at + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
    };
    let is_blocked = |at: usize| {
        if element(at, "<style") {
            return true;
        }
        if !element(at, "<script") {
            return false;
        }
        let Some(end) = memchr::memchr(b'>', &bytes[at..]) else { return true };
        let tag = &html[at..at + end];
        let is_data = tag.contains("application/ld+json");
        let is_own = !own.is_empty() && html[at + end + 1..].starts_with(own);
        !(is_data || is_own || tag.contains(" src="))
    };
    let mut elements = memmem::find_iter(bytes, b"<s").chain(memmem::find_iter(bytes, b"<S"));
    elements.any(is_blocked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finished::attributes::attributes;

    fn kinds(html: &str) -> Vec<Kind> {
        let suspicious = attributes(html).any(is_suspicious);
        of_page(html, "own()", suspicious).into_iter().map(|blocked| blocked.kind).collect()
    }

    #[test]
    fn what_a_policy_blocks_is_found() {
        for (html, kind) in [
            ("<script>alert(1)</script>", Kind::Script),
            ("<SCRIPT type=module>\nalert(1)\n</SCRIPT>", Kind::Script),
            ("<script type=\"text/javascript\">x</script>", Kind::Script),
            ("<style>p { color: red }</style>", Kind::Style),
            ("<p style=\"color: red\">x</p>", Kind::StyleAttribute),
            ("<p\nSTYLE = 'color: red'>x</p>", Kind::StyleAttribute),
            ("<p class=\"a\"style=\"color: red\">x</p>", Kind::StyleAttribute),
            ("<button onclick=\"x()\">x</button>", Kind::Handler("onclick".into())),
            ("<svg/onload=x()>", Kind::Handler("onload".into())),
            ("<body\tonLoad = 'x()'>", Kind::Handler("onload".into())),
            ("<a href=\"javascript:x()\">x</a>", Kind::Address),
            ("<a href=\" JAVASCRIPT:x()\">x</a>", Kind::Address),
        ] {
            assert_eq!(kinds(html), [kind], "{html}");
        }
    }

    #[test]
    fn what_runs_or_is_only_text_is_none() {
        for html in [
            "<script>own()</script>",
            "<script type=\"application/ld+json\">{\"a\":\"onclick=\"}</script>",
            "<script src=\"x.js\" defer></script>",
            "<p>Set style=\"x\" and onclick=\"y()\" in <code>&lt;style&gt;</code>.</p>",
            "<p data-onclick=\"x\" class=\"style\">x</p>",
            "<input name=\"on\" value=\"once = twice\">",
        ] {
            assert_eq!(kinds(html), Vec::<Kind>::new(), "{html}");
        }
    }
}
