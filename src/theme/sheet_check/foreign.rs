//! Languages that look like CSS and that browsers cannot read: Sass, Less and Tailwind.
//!
//! Owns telling them by what only they have, each kind once per sheet, with what to write in its place.

use std::collections::BTreeSet;
use std::ops::Range;

use cssparser::Token;

use super::Sheet;
use super::read::Part;
use super::table::TABLE;
use super::tokens::tokens;
use crate::diagnostic::Diagnostic;

/// A thing of another language: its language, what it is, and what CSS has for it.
pub(super) type Kind = (&'static str, &'static str, &'static str);

const SASS_VARIABLE: Kind =
    ("Sass", "a variable", "write a custom property: `--accent: …` in `:root`, then `var(--accent)`");
const SASS_MIXIN: Kind = ("Sass", "a mixin", "write the declarations out, or share a class");
const SASS_EXTEND: Kind = ("Sass", "an extension", "list both selectors before the braces: `.a, .b { … }`");
const SASS_SUFFIX: Kind =
    ("Sass", "a suffix", "CSS can't add to a class's name, so write the whole name: `.card-title { … }`");
const SASS_MODULE: Kind = ("Sass", "a module", "write `@import \"file.css\"`");
const SASS_LOGIC: Kind = ("Sass", "a program", "write out what it makes");
const SASS_PLACEHOLDER: Kind = ("Sass", "a placeholder", "use a class");
const SASS_INTERPOLATION: Kind =
    ("Sass", "an interpolation", "write out what it makes, or use `var(--name)` in a value");
const SASS_NESTED: Kind = ("Sass", "a nested property", "write each property out: `font-size: …`");
const LESS_VARIABLE: Kind =
    ("Less", "a variable", "write a custom property: `--accent: …` in `:root`, then `var(--accent)`");
const LESS_MIXIN: Kind = ("Less", "a mixin", "write the declarations out, or share a class");
const TAILWIND: Kind = ("Tailwind", "a rule of its own", "write the declarations out in CSS");
const HTML: Kind = ("HTML", "a tag", "remove it, and leave only what stands between the tags");
const TAILWIND_FUNCTION: Kind =
    ("Tailwind", "a function of its own", "write the value, or a custom property: `var(--accent)`");

/// What only these languages have.
pub(super) fn check(sheet: &Sheet<'_>) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for item in &sheet.parts.items {
        for (kind, at) in kinds(sheet, &item.part) {
            if told.insert(kind) {
                found.push(finding(sheet, kind, at));
            }
        }
    }
    found
}

fn finding(sheet: &Sheet<'_>, (language, what, instead): Kind, at: Range<usize>) -> Diagnostic {
    let text = sheet.text[at.clone()].lines().next().unwrap_or_default();
    let end = at.start + text.len();
    if language == HTML.0 {
        return sheet
            .fault(format!("this is HTML: `{text}` has no place in a style sheet"), at.start..end)
            .help(instead);
    }
    let help = format!("{instead}; to keep {language}, run it yourself and let it write finished CSS into `assets/`");
    sheet.fault(format!("this is {language}, which browsers can't read: `{text}` is {what}"), at.start..end).help(help)
}

fn kinds(sheet: &Sheet<'_>, part: &Part) -> Vec<(Kind, Range<usize>)> {
    let text = |at: &Range<usize>| &sheet.text[at.clone()];
    match part {
        Part::Declaration { name, value } => {
            let mut found = Vec::new();
            if text(name).starts_with('$') {
                found.push((SASS_VARIABLE, name.clone()));
            }
            if !text(name).starts_with("--") {
                found.extend(in_value(sheet, value));
            }
            found
        }
        Part::AtRule { name, prelude } => {
            at_rule(text(name), text(prelude)).map(|kind| (kind, name.start - 1..name.end)).into_iter().collect()
        }
        Part::Rule { selector } => {
            let words = text(selector);
            let suffix = words.match_indices('&').find(|(at, _)| words[at + 1..].starts_with(['-', '_']));
            if let Some(at) = tag(words) {
                vec![(HTML, selector.start..selector.start + at)]
            } else if let Some((at, _)) = suffix {
                let len = words[at + 1..].find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
                let end = len.map_or(words.len(), |len| at + 1 + len);
                vec![(SASS_SUFFIX, selector.start + at..selector.start + end)]
            } else if words.starts_with('%') {
                vec![(SASS_PLACEHOLDER, selector.clone())]
            } else if let Some(at) = words.find("#{") {
                vec![(SASS_INTERPOLATION, selector.start + at..selector.end)]
            } else if words.ends_with(':') && super::names::is_property(words.trim_end_matches(':')) {
                vec![(SASS_NESTED, selector.clone())]
            } else if words.starts_with('.') && words.ends_with("()") {
                vec![(LESS_MIXIN, selector.clone())]
            } else {
                Vec::new()
            }
        }
        Part::Stray(at) if text(at).starts_with(['.', '#']) && text(at).ends_with(')') => {
            vec![(LESS_MIXIN, at.clone())]
        }
        Part::Stray(at) => tag(text(at)).map(|len| (HTML, at.start..at.start + len)).into_iter().collect(),
    }
}

/// The length of the HTML tag that a text begins with.
fn tag(text: &str) -> Option<usize> {
    let name = text.strip_prefix('<')?.trim_start_matches('/');
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| text.find('>').map_or(text.len(), |end| end + 1))
}

/// Whether a value has something of another language in it.
pub(super) fn is_in_value(sheet: &Sheet<'_>, value: &Range<usize>) -> bool {
    !in_value(sheet, value).is_empty()
}

/// What an at-rule of another language is.
pub(super) fn at_rule(name: &str, prelude: &str) -> Option<Kind> {
    // CSS has mixins and functions of its own, whose names begin so.
    let is_css = prelude.starts_with("--");
    match name {
        // `@page:first` is CSS.
        _ if prelude.starts_with(':') && !name.is_empty() && !TABLE.at_rules.contains_key(name) => Some(LESS_VARIABLE),
        "mixin" | "include" | "content" if !is_css => Some(SASS_MIXIN),
        "extend" => Some(SASS_EXTEND),
        "use" | "forward" => Some(SASS_MODULE),
        "function" if !is_css => Some(SASS_LOGIC),
        "if" | "each" | "for" | "while" | "return" | "debug" | "warn" | "error" => Some(SASS_LOGIC),
        "apply" if !is_css => Some(TAILWIND),
        "tailwind" | "screen" | "theme" | "utility" | "variant" | "custom-variant" | "source" | "plugin" | "config"
        | "reference" | "layer-components" => Some(TAILWIND),
        _ => None,
    }
}

fn in_value(sheet: &Sheet<'_>, value: &Range<usize>) -> Vec<(Kind, Range<usize>)> {
    if !sheet.text[value.clone()].contains(['$', '@', '#', '(']) {
        return Vec::new();
    }
    let pieces = tokens(sheet.text, value.clone());
    let mut found = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let next = pieces.get(index + 1).filter(|next| next.at.start == piece.at.end);
        match (&piece.token, next.map(|next| &next.token)) {
            (Token::Delim('$'), Some(Token::Ident(_))) => {
                found.push((SASS_VARIABLE, piece.at.start..pieces[index + 1].at.end));
            }
            (Token::Delim('#'), Some(Token::CurlyBracketBlock)) => {
                found.push((SASS_INTERPOLATION, piece.at.start..value.end));
            }
            (Token::AtKeyword(_), _) => found.push((LESS_VARIABLE, piece.at.clone())),
            (Token::Function(name), _) if *name == "theme" => {
                found.push((TAILWIND_FUNCTION, piece.at.start..piece.at.end - 1));
            }
            _ => {}
        }
    }
    found
}
