//! Addresses in pages.
//!
//! Owns how an address of the site is written while it is not known on which page it will stand: it begins
//! with a mark, one private-use character. The last step of rendering replaces the mark by the way from the
//! page to the site's root (`../../`), by the site's path (404.html) or by its whole address (feed). So a
//! text, a navigation or a card is made once and shared by all pages, and templates print addresses as they
//! are.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Target;

/// Stands for the way to the site's root.
pub const ROOT: char = '\u{e000}';

/// Finds the mark. Its last byte is one of many quotation marks and dashes, which a search for the letter would stop at.
static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{e000}"));

/// The address of something inside the site. With `portable`, folders name their `index.html`.
pub fn inside(url: &str, portable: bool) -> String {
    let (path, fragment) = match url.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (url, None),
    };
    let mut address = String::with_capacity(url.len() + 16);
    address.push(ROOT);
    // Letters of other scripts are escaped as UTF-8 (RFC 3986); what paths may hold stays.
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte);
    if path.bytes().all(stays) {
        address.push_str(path);
    } else {
        for byte in path.bytes() {
            match stays(byte) {
                true => address.push(char::from(byte)),
                false => address.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    if portable && (path.is_empty() || path.ends_with('/')) {
        address.push_str("index.html");
    }
    if let Some(fragment) = fragment {
        address.push('#');
        address.push_str(fragment);
    }
    address
}

/// The address that a navigation's target is written as.
pub fn target(target: &Target, portable: bool) -> String {
    match target {
        Target::Inside(url) => inside(url, portable),
        Target::Outside(address) => address.clone(),
    }
}

/// A text whose marks are known.
pub struct Marked<'a> {
    text: &'a str,
    marks: Vec<usize>,
}

impl<'a> Marked<'a> {
    /// Looks for the marks in a text.
    pub fn new(text: &'a str) -> Marked<'a> {
        Marked { text, marks: MARK.find_iter(text.as_bytes()).collect() }
    }

    /// How many bytes long the text is with every mark replaced by the way to the site's root.
    pub fn finished_len(&self, root: &str) -> usize {
        self.text.len() + self.marks.len() * root.len() - self.marks.len() * ROOT.len_utf8()
    }

    /// The pieces of the finished text, in order.
    pub fn finished(&self, root: &'a str) -> impl Iterator<Item = &'a str> {
        let mut rest = 0;
        let pieces = self.marks.iter().flat_map(move |&mark| {
            let before = &self.text[rest..mark];
            rest = mark + ROOT.len_utf8();
            [before, root]
        });
        let last = self.marks.last().map_or(0, |mark| mark + ROOT.len_utf8());
        pieces.chain([&self.text[last..]])
    }
}

/// Replaces every mark by the way to the site's root. The result holds no spare memory: a preview keeps every
/// page.
pub fn finish(text: &str, root: &str) -> String {
    let marked = Marked::new(text);
    let mut out = String::with_capacity(marked.finished_len(root));
    marked.finished(root).for_each(|piece| out.push_str(piece));
    out
}

/// Writes an address into an attribute: escaped as an address and as HTML, its mark kept.
pub fn write(out: &mut String, address: &str) {
    let unmarked = match address.strip_prefix(ROOT) {
        Some(rest) => {
            out.push(ROOT);
            rest
        }
        None => address,
    };
    // Writing into a String cannot fail.
    let _ = pulldown_cmark_escape::escape_href(out, unmarked);
}

/// Removes marks from what authors wrote: none of theirs means an address.
pub fn unmarked(text: &str) -> std::borrow::Cow<'_, str> {
    if MARK.find(text.as_bytes()).is_some() { text.replace(ROOT, "").into() } else { text.into() }
}

/// The path of the site's address: `/`, or `/sub/`.
pub fn base_path(base_url: &str) -> String {
    let path = url::Url::parse(base_url).map(|url| url.path().trim_end_matches('/').to_string()).unwrap_or_default();
    format!("{path}/")
}

/// The host of an address.
pub fn host(address: &str) -> Option<String> {
    url::Url::parse(address).ok()?.host_str().map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_once_the_page_is_known() {
        let address = |url: &str, portable, root: &str| finish(&inside(url, portable), root);
        assert_eq!(address("services/grief/", false, "../../"), "../../services/grief/");
        assert_eq!(address("", false, "./"), "./");
        assert_eq!(address("", true, "../"), "../index.html");
        assert_eq!(address("fees/#packages", true, "./"), "./fees/index.html#packages");
        assert_eq!(address("images/über uns.jpg", false, "/sub/"), "/sub/images/%C3%BCber%20uns.jpg");
    }
}
