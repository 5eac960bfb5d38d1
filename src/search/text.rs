//! The text of a finished page, for its readers' sake: what stands in its main part.
//!
//! Owns which parts of a page can be found and how much a word counts where it stands. Reads the markup that the
//! site's templates make, from its first byte to its last and only once; it is no parser of any HTML there may be.

use memchr::{memchr, memchr_iter, memmem};

/// A page as it is searched.
#[derive(Default, Debug)]
pub(super) struct Text {
    /// Its language, as a tag.
    pub lang: String,
    /// Whether it asks not to be found.
    pub noindex: bool,
    /// Its heading.
    pub title: String,
    /// What it says of itself: its summary, mostly.
    pub description: String,
    /// The headings of its parts.
    pub headings: String,
    /// Everything else that can be read.
    pub text: String,
}

/// A comment, which is taken for an element without an end.
const COMMENT: &str = "!--";

/// The class of what is printed and never seen on a screen (docs/designers.md).
const ON_PAPER: &str = "on-paper";

/// Whether an element holds nothing of the page's own, or the figures of notes, which stand against words.
fn is_passed(name: &str) -> bool {
    matches!(
        name,
        "nav"
            | "form"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "math"
            | "sup"
    )
}

/// Whether an element parts no words.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        COMMENT
            | "a"
            | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Whether an element has no end.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        COMMENT
            | "area"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Reads a page; of one that asks not to be found, only its head.
pub(super) fn read(html: &str) -> Text {
    let (mut page, main) = read_head(html);
    if !page.noindex {
        read_main(main, &mut page);
    }
    page
}

/// Reads a page whether it asks to be found or not.
pub(super) fn read_whole(html: &str) -> Text {
    let (mut page, main) = read_head(html);
    read_main(main, &mut page);
    page
}

/// What a page says in its head, and where its main part begins.
fn read_head(html: &str) -> (Text, &str) {
    let mut page = Text::default();
    let main = memmem::find(html.as_bytes(), b"<main").unwrap_or(html.len());
    let mut tags = Tags { html, at: 0 };
    while let Some(tag) = tags.next().filter(|tag| tag.start < main) {
        match tag.name {
            "html" => page.lang = tag.attribute("lang").unwrap_or_default(),
            "meta" if tag.attribute("name").as_deref() == Some("robots") => {
                page.noindex = tag.attribute("content").is_some_and(|content| content.contains("noindex"));
            }
            "meta" if tag.attribute("name").as_deref() == Some("description") => {
                page.description = tag.attribute("content").unwrap_or_default();
            }
            _ => {}
        }
    }
    (page, &html[main..])
}

fn read_main(main: &str, page: &mut Text) {
    page.text.reserve(main.len() / 2);
    let mut tags = Tags { html: main, at: 0 };
    let mut heading: Option<bool> = None;
    let mut from = 0;
    while let Some(tag) = tags.next() {
        let field = match heading {
            Some(true) => &mut page.title,
            Some(false) => &mut page.headings,
            None => &mut page.text,
        };
        unescape(&main[from..tag.start], field);
        from = tags.at;
        if tag.is_end && tag.name == "main" {
            return;
        }
        if !is_inline(tag.name) {
            field.push(' ');
        }
        match tag.name {
            "h1" => heading = (!tag.is_end).then_some(true),
            "h2" | "h3" | "h4" | "h5" | "h6" => heading = (!tag.is_end).then_some(false),
            _ => {}
        }
        let passes =
            || is_passed(tag.name) || tag.has("hidden") || tag.has("data-unsearched") || tag.is_of_class(ON_PAPER);
        if !tag.is_end && !is_void(tag.name) && passes() {
            tags.pass(tag.name);
            from = tags.at;
            heading = None;
        }
    }
}

/// A tag where it stands.
struct Tag<'a> {
    start: usize,
    name: &'a str,
    is_end: bool,
    rest: &'a str,
}

impl Tag<'_> {
    /// Whether it has an attribute.
    fn has(&self, name: &str) -> bool {
        !self.rest.is_empty() && self.rest.contains(name) && attributes(self.rest).any(|(found, _)| found == name)
    }

    /// Whether it has a class.
    fn is_of_class(&self, class: &str) -> bool {
        self.rest.contains(class)
            && self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|own| own == class))
    }

    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = attributes(self.rest).find(|(found, _)| *found == name)?;
        let mut text = String::with_capacity(value.len());
        unescape(value, &mut text);
        Some(text)
    }
}

/// The tags of a page in a row.
struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + memchr(b'<', &self.html.as_bytes()[self.at..])?;
            let inside = &self.html[start + 1..];
            if inside.starts_with("!--") {
                let end = inside.find("-->").map_or(inside.len(), |end| end + 3);
                self.at = start + 1 + end;
                return Some(Tag { start, name: COMMENT, is_end: false, rest: "" });
            }
            let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
            let name = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
            if name == 0 {
                // A sign of a text, or `<!doctype>`.
                self.at = start + 1;
                continue;
            }
            let after = &inside[name..];
            let end = end_of_tag(after);
            self.at = self.html.len() - inside.len() + name + (end + 1).min(after.len());
            return Some(Tag { start, name: &inside[..name], is_end, rest: &after[..end] });
        }
    }

    /// Goes behind the end of an element that has begun.
    fn pass(&mut self, name: &str) {
        let mut depth = 1;
        while depth > 0
            && let Some(tag) = self.next()
        {
            if tag.name == name {
                depth = if tag.is_end { depth - 1 } else { depth + 1 };
            }
        }
    }
}

/// Where a tag ends: at the first `>` outside quotation marks.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Names and values of attributes.
fn attributes(mut text: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if text.is_empty() {
            return None;
        }
        let end = text.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(text.len());
        // Nothing but a sign that has no place here: it is passed, so that the end is reached.
        let (name, rest) = text.split_at(end.max(text.chars().next().map_or(0, char::len_utf8)));
        let rest = rest.trim_start();
        let Some(rest) = rest.strip_prefix('=').map(str::trim_start) else {
            text = rest;
            return Some((name, ""));
        };
        let (value, after) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            _ => rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len())),
        };
        text = after;
        Some((name, value))
    })
}

/// Adds a text with its character references read. Those with names that nobody needs inside words become spaces.
fn unescape(text: &str, to: &mut String) {
    let mut from = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        let Some(end) = text[at..].bytes().take(12).position(|byte| byte == b';').map(|end| at + end) else { continue };
        let name = &text[at + 1..end];
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let c = match name {
            "amp" => '&',
            "shy" => '\u{ad}',
            _ => number.and_then(char::from_u32).unwrap_or(' '),
        };
        to.push_str(&text[from..at]);
        to.push(c);
        from = end + 1;
    }
    to.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::one_line;

    fn squeezed(text: &str) -> String {
        one_line(text).into_owned()
    }

    #[test]
    fn a_page_is_read_by_its_parts() {
        let page = read(
            "<!doctype html><html lang=\"de\" dir=ltr><head><title>x</title><meta name=\"description\" content=\"Kurz &amp; gut\">\
             </head><body><nav>Weg</nav><main id=a><nav>Krümel</nav><h1>Ein <em>Ti</em>tel</h1><!-- <p>nie</p> -->\
             <p>Das ist un<em>glaub</em>lich<sup>1</sup>&#x2026; 5 &lt; 6</p><h2 id='b'>Teil</h2><div hidden><div>ver</div>steckt</div>\
             <section data-unsearched><p>Anderes</p></section><div class=\"band on-paper\"><p>Papier</p></div><p class=on-papers><form><label>Name</label></form><img alt='>' src=x></p>Ende<br>gut\
             <script>var a = \"<p>\";</script></main><footer>Fuß</footer></body></html>",
        );
        assert_eq!((page.lang.as_str(), page.noindex), ("de", false));
        assert_eq!(page.description, "Kurz & gut");
        assert_eq!(squeezed(&page.title), "Ein Titel");
        assert_eq!(squeezed(&page.headings), "Teil");
        assert_eq!(squeezed(&page.text), "Das ist unglaublich … 5 6 Ende gut");
    }

    #[test]
    fn pages_that_ask_not_to_be_found_are_not_read() {
        let page = read("<html lang=en><meta content=noindex name=robots><main><h1>Thanks</h1></main></html>");
        assert!(page.noindex && page.title.is_empty());
    }

    #[test]
    fn any_text_is_read_without_a_fault() {
        for html in [
            "",
            "<main",
            "<main><",
            "<main><p a=\"",
            "<main>&#x;&#99999999;&",
            "<main></",
            "<main><nav><nav></nav>é<",
            "<a =b>",
        ] {
            read(html);
        }
    }
}
