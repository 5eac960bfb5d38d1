//! Values that a property cannot have: words, colours and kinds of numbers.
//!
//! Judges token by token by what can stand anywhere in the property's values. What is put together wrongly of right tokens is told
//! of the old properties only that lightningcss reads whole (`READ_WELL`), and otherwise left to the browser, because a false
//! alarm is worse. What lightningcss reads is fine without further questions.

use std::ops::Range;

use cssparser::Token;
use lightningcss::properties::{Property as Read, PropertyId};

use super::Sheet;
use super::names::{is_property, nearest};
use super::read::Part;
use super::table::{Property, TABLE, unit};
use super::tokens::{Piece, calls, tokens};
use super::units::{unitless, units};
use super::{foreign, slips};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::theme::styles::parser_options;

/// Words that every property has.
const EVERYWHERE: [&str; 6] = ["inherit", "initial", "unset", "revert", "revert-layer", "revert-rule"];

/// Properties that lightningcss reads whole and whose values no longer change: what it cannot read is wrong.
const READ_WELL: [&str; 39] = [
    "padding",
    "padding-block",
    "padding-inline",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "margin",
    "margin-block",
    "margin-inline",
    "margin-top",
    "margin-right",
    "margin-bottom",
    "margin-left",
    "color",
    "background-color",
    "border",
    "border-top",
    "border-right",
    "border-bottom",
    "border-left",
    "border-block",
    "border-inline",
    "border-color",
    "border-width",
    "border-style",
    "border-radius",
    "inset",
    "inset-block",
    "inset-inline",
    "top",
    "right",
    "bottom",
    "left",
    "gap",
    "row-gap",
    "column-gap",
    "transform",
    "box-shadow",
];

/// Functions that lightningcss does not know in values that it knows otherwise.
const NEWER: [&str; 12] = [
    "anchor",
    "anchor-size",
    "calc-size",
    "contrast-color",
    "alpha",
    "device-cmyk",
    "random",
    "sibling-index",
    "sibling-count",
    "progress",
    "light-dark",
    "color-mix",
];

/// Functions whose result is known on the page only.
const OPEN: [&str; 6] = ["var", "env", "attr", "if", "inherit", "ident"];

/// What is wrong with a part's value.
pub(super) fn check(sheet: &Sheet<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let item = &sheet.parts.items[index];
    match &item.part {
        Part::Declaration { name, value } if item.parent.is_some() && !sheet.holds_descriptors(index) => {
            let text = &sheet.text[name.clone()];
            if text.starts_with("--") {
                found.extend(slips::joined_custom(sheet, &tokens(sheet.text, value.clone()), value));
            }
            if text.starts_with(['-', '_']) || foreign::is_in_value(sheet, value) {
                return;
            }
            // With a comment that is none in it, anything could be meant; `progid:` spoke to one old browser.
            let is_other = ["//", "progid:"].iter().any(|sign| sheet.text[value.clone()].contains(sign));
            if is_property(text) && !is_other {
                declaration(sheet, text, value, found);
            } else {
                units(sheet, &tokens(sheet.text, value.clone()), found);
            }
        }
        Part::AtRule { name, prelude } if sheet.is(name, "media") || sheet.is(name, "container") => {
            units(sheet, &tokens(sheet.text, prelude.clone()), found);
        }
        _ => {}
    }
}

fn declaration(sheet: &Sheet<'_>, name: &str, value: &Range<usize>, found: &mut Vec<Diagnostic>) {
    let pieces = tokens(sheet.text, value.clone());
    if let Some(slip) = slips::check(sheet, &name.to_ascii_lowercase(), &pieces, value) {
        found.push(slip);
        return;
    }
    let before = found.len();
    units(sheet, &pieces, found);
    if found.len() > before {
        return;
    }
    let name = name.to_ascii_lowercase();
    let is_open = calls(&pieces, &OPEN);
    named_properties(sheet, &name, &pieces, found);
    let Some(property) = TABLE.properties.get(name.as_str()) else { return };
    let outer = || pieces.iter().filter(|piece| piece.inside.is_none());
    // lightningcss takes lengths without units, as browsers in their oldest mode do.
    if !is_open && let Some(finding) = outer().find_map(|piece| unitless(sheet, &name, property, piece)) {
        found.push(finding);
        return;
    }
    if !is_open && is_read(&name, sheet, value) {
        return;
    }
    let before = found.len();
    for piece in outer().take_while(|piece| !matches!(piece.token, Token::Delim('!'))) {
        found.extend(judge(sheet, &name, property, piece, is_open));
        if found.len() > before + limits::CSS_FINDINGS {
            return;
        }
    }
    colours(sheet, property, &pieces, found);
    if found.len() == before && !is_open {
        found.extend(whole(sheet, &name, property, &pieces, value));
    }
}

/// A value that is made of right parts and none as a whole.
fn whole(
    sheet: &Sheet<'_>,
    name: &str,
    property: &Property,
    pieces: &[Piece<'_>],
    value: &Range<usize>,
) -> Option<Diagnostic> {
    let first = pieces.first()?;
    // What every property can be, and `none`, which lightningcss does not take for a shadow.
    let first = sheet.text[first.at.clone()].to_ascii_lowercase();
    let is_known = EVERYWHERE.contains(&first.as_str()) || property.words.contains(&first.as_str());
    let is_alone = pieces.get(1).is_none_or(|next| matches!(next.token, Token::Delim('!')));
    if !READ_WELL.contains(&name) || (is_known && is_alone) || calls_newer(pieces) {
        return None;
    }
    let text = sheet.text[value.clone()].trim();
    let finding = sheet.fault(format!("`{name}` can't have this value"), value.clone());
    Some(finding.help(match text.contains(',') && !text.contains('(') && name != "box-shadow" {
        true => format!("its parts stand without commas: `{}`", text.replace(", ", " ").replace(',', " ")),
        false => "look for a part too many, one that's missing, or one in the wrong place".into(),
    }))
}

/// Whether a value has a function, or a way of writing a colour, that is younger than lightningcss.
fn calls_newer(pieces: &[Piece<'_>]) -> bool {
    let is_relative = |piece: &Piece<'_>| matches!(&piece.token, Token::Ident(word) if piece.inside.is_some() && word.eq_ignore_ascii_case("from"));
    calls(pieces, &NEWER) || pieces.iter().any(is_relative)
}

/// Whether lightningcss reads a value as one of its property.
fn is_read(name: &str, sheet: &Sheet<'_>, value: &Range<usize>) -> bool {
    let text = &sheet.text[value.clone()];
    let text = text
        .rsplit_once('!')
        .filter(|(_, mark)| mark.trim().eq_ignore_ascii_case("important"))
        .map_or(text, |(text, _)| text);
    let read = Read::parse_string(PropertyId::from(name), text, parser_options());
    !matches!(read, Ok(Read::Unparsed(_) | Read::Custom(_)) | Err(_))
}

/// What is wrong with one token of a value; in a value with open parts, what is certain only.
fn judge(sheet: &Sheet<'_>, name: &str, property: &Property, piece: &Piece<'_>, is_open: bool) -> Option<Diagnostic> {
    let has = |kind: char| property.kinds.contains(kind);
    let text = &sheet.text[piece.at.clone()];
    let cannot = |what: &str| Some(sheet.fault(format!("`{name}` can't be {what}"), piece.at.clone()));
    match &piece.token {
        Token::Ident(word) => {
            let word = word.to_ascii_lowercase();
            let is_known = EVERYWHERE.contains(&word.as_str())
                || property.words.binary_search(&word.as_str()).is_ok()
                || (has('c') && TABLE.colours.contains(word.as_str()));
            if has('*') || word.starts_with('-') || word.contains('\\') || is_known {
                return None;
            }
            let colours = TABLE.colours.iter().copied().filter(|_| has('c'));
            let near = nearest(&word, property.words.iter().copied().chain(colours));
            if is_open && near.is_none() {
                return None;
            }
            let finding = sheet.unknown(format!("`{name}` can't be `{text}`"), piece.at.clone(), near);
            Some(match property.words.len() {
                1..=14 if !has('c') => finding.help(format!("the words that it knows: {}", property.words.join(", "))),
                _ => finding,
            })
        }
        // Inside a function they're what the function is of.
        _ if is_open => None,
        Token::Number { value, .. } if !has('n') && *value != 0.0 => cannot(&format!("a number, such as `{text}`")),
        Token::Percentage { .. } if !has('p') => cannot(&format!("a percentage, such as `{text}`")),
        Token::Dimension { unit: own, .. } => match unit(own) {
            Some(kind) if !has(kind) && !property.kinds.contains('d') => {
                let what = match kind {
                    'l' => "a length",
                    'a' => "an angle",
                    't' => "a time",
                    'r' => "a resolution",
                    'x' => "a share of a grid",
                    _ => "a frequency",
                };
                cannot(&format!("{what}, such as `{text}`"))
            }
            _ => None,
        },
        Token::QuotedString(_) if !has('s') && !has('*') => cannot(&format!("text in quotes, such as `{text}`"))
            .map(|finding| finding.help("write it without the quotes")),
        Token::Function(called) if !is_call(called) => {
            let near = nearest(&called.to_ascii_lowercase(), TABLE.functions.iter().copied());
            let at = piece.at.start..piece.at.end - 1;
            Some(sheet.unknown(format!("CSS has no function `{called}()`"), at, near))
        }
        _ => None,
    }
}

fn is_call(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // Those of other languages are told by their names already.
    name.starts_with('-') || name == "theme" || name == "url" || TABLE.functions.contains(name.as_str())
}

/// Colours by their digits that have too few of them, too many, or others.
fn colours(sheet: &Sheet<'_>, property: &Property, pieces: &[Piece<'_>], found: &mut Vec<Diagnostic>) {
    for piece in pieces {
        let (Token::Hash(digits) | Token::IDHash(digits)) = &piece.token else { continue };
        let is_hex = digits.chars().all(|c| c.is_ascii_hexdigit());
        let is_own =
            piece.inside.is_some_and(|at| matches!(&pieces[at].token, Token::Function(name) if name.starts_with("--")));
        if !property.kinds.contains('c') || is_own || (is_hex && matches!(digits.len(), 3 | 4 | 6 | 8)) {
            continue;
        }
        let message = format!("`#{digits}` isn't a colour");
        let help = match is_hex {
            true => format!("a colour has 3, 4, 6 or 8 digits after `#`, and this has {}", digits.len()),
            false => "the digits after `#` are 0 to 9 and a to f".into(),
        };
        found.push(sheet.fault(message, piece.at.clone()).help(help));
    }
}

/// Properties that a value names and that are nearly others: lightningcss takes any word for one.
fn named_properties(sheet: &Sheet<'_>, name: &str, pieces: &[Piece<'_>], found: &mut Vec<Diagnostic>) {
    if !["transition", "transition-property", "will-change"].contains(&name) {
        return;
    }
    const WORDS: [&str; 9] =
        ["all", "none", "auto", "normal", "allow-discrete", "contents", "scroll-position", "step-start", "step-end"];
    for piece in pieces.iter().filter(|piece| piece.inside.is_none()) {
        let Token::Ident(word) = &piece.token else { continue };
        let word = word.to_ascii_lowercase();
        let is_known = word.starts_with('-')
            || WORDS.contains(&word.as_str())
            || EVERYWHERE.contains(&word.as_str())
            || word.starts_with("ease")
            || ["linear", "important"].contains(&word.as_str())
            || is_property(&word);
        if is_known {
            continue;
        }
        let known = TABLE.properties.iter().filter(|(_, property)| !property.newer).map(|(name, _)| *name);
        if let Some(near) = nearest(&word, known) {
            found.push(sheet.unknown(format!("CSS has no property `{word}`"), piece.at.clone(), Some(near)));
        }
    }
}
