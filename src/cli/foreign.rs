//! A page that somebody else put where the website should go, as a person recognises it.
//!
//! Owns reading its title or its first words. Whether it may be replaced is for that person to say.

use scraper::{Html, Selector};

/// Letters of a title that are shown.
const SHOWN: usize = 80;
/// Words of a page without a title that are shown.
const WORDS: usize = 9;
/// A page of a host's is small; of anything longer the beginning is enough.
const READ: usize = 64 * 1024;

/// What a page says of itself: `it's called “Welcome to nginx!”`.
pub(super) fn recognised(html: &[u8]) -> Option<String> {
    let html = String::from_utf8_lossy(html.get(..READ).unwrap_or(html));
    let document = Html::parse_document(&html);
    let first = |part: &str| {
        let part = Selector::parse(part).ok()?;
        let mut words = Vec::new();
        for text in document.select(&part).next()?.descendants() {
            let is_said = text
                .parent()
                .and_then(|parent| parent.value().as_element())
                .is_none_or(|parent| !matches!(parent.name(), "script" | "style" | "template" | "noscript"));
            if let Some(text) = text.value().as_text().filter(|_| is_said) {
                words.extend(text.split_whitespace().map(plain).filter(|word| !word.is_empty()));
            }
        }
        Some(words).filter(|words| !words.is_empty())
    };
    if let Some(title) = first("title") {
        return Some(format!("it's called “{}”", cut(&title.join(" "))));
    }
    let words = first("body")?;
    let begins = words.iter().take(WORDS).cloned().collect::<Vec<_>>().join(" ");
    Some(format!("it begins with “{}”", cut(&begins)))
}

/// A word without what a terminal would take for a command.
fn plain(word: &str) -> String {
    word.chars().filter(|c| !c.is_control()).collect()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_title_or_first_words() {
        let long = format!("<title>{}", "é".repeat(200));
        for (html, known) in [
            ("<title>Welcome to\n nginx!</title><body>x", Some("it's called “Welcome to nginx!”")),
            ("<title></title><body><style>a{}</style><h1>It works!</h1>", Some("it begins with “It works!”")),
            (
                "\u{1b}[31mOne two three four five six seven eight nine ten",
                Some("it begins with “[31mOne two three four five six seven eight nine”"),
            ),
            (&long, Some(&*format!("it's called “{}…”", "é".repeat(SHOWN)))),
            ("", None),
        ] {
            assert_eq!(recognised(html.as_bytes()).as_deref(), known, "{html}");
        }
        assert!(recognised(&vec![0xc3; READ + 1]).is_some());
    }
}
