//! Addresses with spaces, in the brackets of links and pictures.
//!
//! Owns the slip that is made most often: `[The form](my form.pdf)`, which CommonMark takes for plain text. The spaces of what
//! looks like the address of a file or page are masked by a character of the same length before the parser sees the text, and
//! come back in its events. Whether the address leads anywhere is the concern of whoever resolves it.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, Tag};

/// Stands for a space: DELETE, which no text holds and the parser admits in an address.
const SPACE: char = '\u{7f}';

/// An address and its title are no longer than this, in bytes.
const LONGEST: usize = 1000;

/// Endings by which files are recognised.
const ENDINGS: &[&str] = &[
    "md", "html", "htm", "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp",
    "ics", "vcf", "epub", "zip", "jpg", "jpeg", "png", "webp", "gif", "svg", "avif", "heic", "mp3", "m4a", "ogg",
    "wav", "mp4", "webm", "mov",
];

/// Masks the spaces of addresses; every offset stays as it was.
pub(super) fn mask(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut masked: Option<Vec<u8>> = None;
    for at in memchr::memmem::find_iter(text.as_bytes(), b"](") {
        let start = at + "](".len();
        let Some(length) = address(&text[start..]).filter(|length| text[start..start + length].contains(' ')) else {
            continue;
        };
        let bytes = masked.get_or_insert_with(|| text.as_bytes().to_vec());
        bytes[start..start + length].iter_mut().filter(|byte| **byte == b' ').for_each(|byte| *byte = SPACE as u8);
    }
    match masked.map(String::from_utf8) {
        Some(Ok(masked)) => Cow::Owned(masked),
        _ => text,
    }
}

/// How long the address is that begins here, if it looks like one and its brackets end in the same line.
fn address(text: &str) -> Option<usize> {
    let mut open = 1;
    let end = text.bytes().take(LONGEST).position(|byte| {
        open += i32::from(byte == b'(') - i32::from(byte == b')');
        open == 0 || byte == b'\n'
    })?;
    let inside = text[..end].trim_end();
    let inside = if text.as_bytes()[end] == b')' { inside } else { return None };
    // A title, and the spaces before it, are none of the address.
    let quote = inside.chars().next_back().filter(|last| matches!(last, '"' | '\''));
    let address = quote.and_then(|quote| before(inside, quote)).unwrap_or(inside);
    let plain = !address.starts_with([' ', '<']) && !address.contains(['"', '<', '>', SPACE]);
    (plain && looks_like_one(address)).then_some(address.len())
}

/// What stands before a title that ends the text with this quotation mark.
fn before(inside: &str, quote: char) -> Option<&str> {
    let open = inside[..inside.len() - 1].find([quote]).filter(|at| inside[..*at].ends_with([' ', '\t']))?;
    Some(inside[..open].trim_end())
}

fn looks_like_one(address: &str) -> bool {
    let begins = ["/", "./", "../", "http://", "https://"].iter().any(|start| address.starts_with(start));
    let path = address.split(['#', '?']).next().unwrap_or(address);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    begins || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Whether a text holds a space that was masked.
pub(super) fn is_masked(text: &str) -> bool {
    memchr::memchr(SPACE as u8, text.as_bytes()).is_some()
}

/// Gives an event back the spaces that were masked.
pub(super) fn restore(event: Event<'_>) -> Event<'_> {
    let spaces = |text: CowStr<'_>| -> CowStr<'static> { text.replace(SPACE, " ").into() };
    match event {
        Event::Text(text) if text.contains(SPACE) => Event::Text(spaces(text)),
        Event::Code(text) if text.contains(SPACE) => Event::Code(spaces(text)),
        Event::Html(text) if text.contains(SPACE) => Event::Html(spaces(text)),
        Event::InlineHtml(text) if text.contains(SPACE) => Event::InlineHtml(spaces(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) if dest_url.contains(SPACE) => {
            Event::Start(Tag::Link { link_type, dest_url: spaces(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) if dest_url.contains(SPACE) => {
            Event::Start(Tag::Image { link_type, dest_url: spaces(dest_url), title, id })
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_addresses_are_masked_and_nothing_else() {
        let masked = |text: &str| mask(text.into()).replace(SPACE, "~");
        let cases = [
            ("[a](my form.pdf)", "[a](my~form.pdf)"),
            ("![a](/images/my room (1).jpg \"The room\")", "![a](/images/my~room~(1).jpg \"The room\")"),
            ("[a](our fees.md#what it costs 'Fees')", "[a](our~fees.md#what~it~costs 'Fees')"),
            ("[a](https://x.example/a b) and [c](d)", "[a](https://x.example/a~b) and [c](d)"),
        ];
        for (text, wanted) in cases {
            assert_eq!(masked(text), wanted);
        }
        for same in ["[a](<my form.pdf>)", "[sic](so in the text)", "[a](b.md \"c d\")", "[a](b c.pdf", "[a](b\nc.pdf)"]
        {
            assert_eq!(masked(same), same);
        }
    }
}
