//! Which letters a site prints.
//!
//! Owns the set that fonts are cut to. It is known before any page is made, because pages name their fonts by what is in them:
//! every character of what authors write and of the theme's words, the alphabet of the site's language, and what the program
//! itself prints. So a text can change without the fonts changing, unless it brings a new letter.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::source::{Content, Sources};

/// What the program prints besides letters and the marks of ASCII: quotation marks, dashes, signs of money.
const ALWAYS: &str = "\u{a0}\u{202f}·–—‘’“”…•€£";

/// Letters and quotation marks beyond those of English, by language.
const ALPHABETS: &[(&str, &str)] = &[
    ("de", "ÄÖÜäöüß„‚"),
    ("es", "ÁÉÍÑÓÚÜáéíñóúü¿¡«»"),
    ("fr", "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ«»‹›"),
    ("it", "ÀÈÉÌÒÙàèéìòù"),
    ("nl", "ÁÉËÍÏÓÖÚÜáéëíïóöúü"),
    ("pt", "ÀÁÂÃÇÉÊÍÓÔÕÚàáâãçéêíóôõúªº"),
];

/// What authors write beyond ASCII, drafts and all.
pub fn written(sources: &Sources) -> BTreeSet<char> {
    let files: Vec<&[u8]> = sources
        .files
        .iter()
        .filter(|(path, _)| path.inside("content").is_some())
        .filter_map(|(_, content)| match content {
            Content::Text(bytes) => Some(&**bytes),
            // The words of drawings in the page are in its type.
            Content::Asset(asset) => asset.picture.as_ref()?.as_ref().ok()?.inline.as_deref().map(str::as_bytes),
        })
        // Whole files that hold nothing beyond it are seen many times faster than read.
        .filter(|bytes| !bytes.is_ascii())
        .collect();
    let found = files.par_iter().fold(BTreeSet::new, |mut letters, file| {
        if let Ok(text) = std::str::from_utf8(file) {
            add(text, &mut letters);
        }
        letters
    });
    found.reduce(BTreeSet::new, |mut all, mut own| {
        all.append(&mut own);
        all
    })
}

/// The letters of some languages' alphabets beyond those of English.
pub fn alphabets<'a>(languages: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = char> {
    let primary = |tag: &'a str| tag.split('-').next().unwrap_or_default();
    let of = move |tag| ALPHABETS.iter().filter(move |(own, _)| *own == primary(tag));
    languages.into_iter().flat_map(of).flat_map(|(_, letters)| letters.chars())
}

/// The letters of a site in a language: what its authors write, its theme's words, and what the program prints.
pub fn of(written: &BTreeSet<char>, words: &[&str], language: &str) -> BTreeSet<char> {
    let mut letters: BTreeSet<char> = (' '..='~').chain(ALWAYS.chars()).collect();
    letters.extend(alphabets([language]));
    for text in words {
        add(text, &mut letters);
    }
    letters.extend(written);
    letters
}

/// Adds what is beyond ASCII.
fn add(text: &str, letters: &mut BTreeSet<char>) {
    // Most lines hold nothing beyond it, which is seen many times faster than read.
    for line in text.lines().filter(|line| !line.is_ascii()) {
        letters.extend(line.chars().filter(|letter| !letter.is_ascii() && !letter.is_control()));
    }
}

/// Scripts of which a page in one has no need of another's letters, each with a name for its file.
const SCRIPTS: &[(&str, &[(u32, u32)])] = &[
    ("greek", &[(0x370, 0x3ff), (0x1f00, 0x1fff)]),
    ("cyrillic", &[(0x400, 0x52f), (0x1c80, 0x1c8f), (0x2de0, 0x2dff), (0xa640, 0xa69f)]),
    ("hebrew", &[(0x590, 0x5ff), (0xfb1d, 0xfb4f)]),
    ("arabic", &[(0x600, 0x6ff), (0x750, 0x77f), (0x870, 0x8ff), (0xfb50, 0xfdff), (0xfe70, 0xfeff)]),
    (
        "east-asian",
        &[(0x1100, 0x11ff), (0x2e80, 0xa4cf), (0xac00, 0xd7ff), (0xf900, 0xfaff), (0xfe30, 0xfe4f), (0xff00, 0xffef)],
    ),
];

/// The script of a letter: `latin` for Latin letters and for what all scripts share.
pub fn script(letter: char) -> &'static str {
    let code = u32::from(letter);
    let within = |ranges: &[(u32, u32)]| ranges.iter().any(|(first, last)| (*first..=*last).contains(&code));
    SCRIPTS.iter().find(|(_, ranges)| within(ranges)).map_or("latin", |(name, _)| name)
}

/// The script that a language is written in.
pub fn script_of(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or_default() {
        "ar" | "fa" | "ur" | "ps" | "ug" => "arabic",
        "he" | "yi" => "hebrew",
        "el" => "greek",
        "ru" | "uk" | "bg" | "sr" | "mk" | "be" => "cyrillic",
        "zh" | "ja" | "ko" => "east-asian",
        _ => "latin",
    }
}

/// Letters as a style sheet's `unicode-range` has them: `U+20-7E,U+A0`.
pub fn ranges(letters: &BTreeSet<char>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for code in letters.iter().map(|letter| u32::from(*letter)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => runs.push((code, code)),
        }
    }
    let run = |(first, last): &(u32, u32)| match first == last {
        true => format!("U+{first:X}"),
        false => format!("U+{first:X}-{last:X}"),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_texts_words_and_language() {
        let mut sources = Sources::default();
        sources.insert_text("content/about.md", "Žofie, plain\nand plainer.\n");
        sources.insert_text("themes/own/templates/a.html", "Ŝ");
        let letters = of(&written(&sources), &["Über"], "de-AT");
        for letter in "aZ09~ŽÜß„“€–".chars() {
            assert!(letters.contains(&letter), "{letter}");
        }
        assert!(!letters.contains(&'Ŝ') && !letters.contains(&'ñ') && !letters.contains(&'\n'));
    }

    #[test]
    fn ranges_say_the_letters_and_no_more() {
        let letters: BTreeSet<char> = "abcxä".chars().collect();
        assert_eq!(ranges(&letters), "U+61-63,U+78,U+E4");
        assert_eq!(ranges(&BTreeSet::new()), "");
    }

    #[test]
    fn scripts_part_letters() {
        assert_eq!(
            "aé€я β ش 漢".chars().filter(|letter| *letter != ' ').map(script).collect::<Vec<_>>(),
            ["latin", "latin", "latin", "cyrillic", "greek", "arabic", "east-asian"]
        );
        assert_eq!((script_of("ar"), script_of("de-CH")), ("arabic", "latin"));
    }
}
