//! Selectors: pseudo-classes and pseudo-elements that there are not, names that cannot be names, and the places in keyframes.
//!
//! What else a selector can have wrong is told by lightningcss (`form`).

use std::ops::Range;

use cssparser::Token;

use super::Sheet;
use super::names::{is_property, nearest};
use super::read::Part;
use super::table::TABLE;
use super::tokens::{Piece, tokens};
use crate::diagnostic::Diagnostic;

/// What is wrong with the selector of a rule.
pub(super) fn check(sheet: &Sheet<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let item = &sheet.parts.items[index];
    let Part::Rule { selector } = &item.part else { return };
    match sheet.around(index).next().unwrap_or_default() {
        rule if rule.ends_with("keyframes") => keyframe(sheet, selector, found),
        // Its blocks hold names of the author's own, `@page`'s hold pages' margins.
        "font-feature-values" | "page" => {}
        _ => one(sheet, selector, item.parent.is_some(), found),
    }
}

/// Where in an animation a keyframe stands.
fn keyframe(sheet: &Sheet<'_>, selector: &Range<usize>, found: &mut Vec<Diagnostic>) {
    // `entry 50%` names a part of the way through a scroll.
    const KNOWN: [&str; 8] = ["from", "to", "cover", "contain", "entry", "exit", "entry-crossing", "exit-crossing"];
    for piece in tokens(sheet.text, selector.clone()) {
        match &piece.token {
            Token::Ident(word) if !KNOWN.iter().any(|known| word.eq_ignore_ascii_case(known)) => {
                let near = nearest(&word.to_ascii_lowercase(), KNOWN);
                let finding = sheet.fault(format!("`{word}` is no place in an animation"), piece.at.clone());
                found.push(match near {
                    Some(near) => finding.label(format!("did you mean `{near}`?")),
                    None => finding.help("write `from`, `to` or a percentage, such as `50%`"),
                });
            }
            Token::Number { .. } => {
                let text = &sheet.text[piece.at.clone()];
                found.push(
                    sheet.fault(format!("`{text}` needs a `%`"), piece.at.clone()).help(format!("write `{text}%`")),
                );
            }
            _ => {}
        }
    }
}

fn one(sheet: &Sheet<'_>, selector: &Range<usize>, is_nested: bool, found: &mut Vec<Diagnostic>) {
    let pieces = tokens(sheet.text, selector.clone());
    if let Some(finding) = swallowed(sheet, &pieces, is_nested) {
        found.push(finding);
        return;
    }
    for (index, piece) in pieces.iter().enumerate() {
        let in_list = piece.inside.is_none_or(|at| match &pieces[at].token {
            Token::Function(name) => {
                ["is", "not", "has", "where", "matches"].iter().any(|own| name.eq_ignore_ascii_case(own))
            }
            _ => false,
        });
        if !in_list {
            continue;
        }
        match &piece.token {
            Token::Colon => found.extend(pseudo(sheet, &pieces, index)),
            // `.1col` reads as a number with a unit.
            Token::Number { .. } | Token::Dimension { .. } if sheet.text[piece.at.clone()].starts_with('.') => {
                found.push(digit(sheet, piece));
            }
            Token::Hash(name) if name.starts_with(|c: char| c.is_ascii_digit()) => found.push(digit(sheet, piece)),
            _ => {}
        }
    }
}

/// A declaration whose semicolon or whose block's end was forgotten, read as the beginning of a selector.
fn swallowed(sheet: &Sheet<'_>, pieces: &[Piece<'_>], is_nested: bool) -> Option<Diagnostic> {
    let [name, colon, value, ..] = pieces else { return None };
    let (Token::Ident(text), Token::Colon) = (&name.token, &colon.token) else { return None };
    // `a :hover` is a selector, and so is `font:hover` of an element that there was once.
    let is_apart = colon.at.end < value.at.start && name.at.end == colon.at.start;
    if !is_nested || !is_apart || !is_property(text) {
        return None;
    }
    let line = sheet.text[name.at.start..].find('\n').map_or(sheet.text.len(), |end| name.at.start + end);
    let last = pieces.iter().rfind(|piece| piece.at.end <= line).unwrap_or(value);
    let finding = sheet.fault(format!("the declaration of `{text}` has no end"), name.at.start..last.at.end);
    Some(finding.help("end it with `;`, and its block with `}` if the next rule doesn't belong into it"))
}

fn digit(sheet: &Sheet<'_>, piece: &Piece<'_>) -> Diagnostic {
    let text = &sheet.text[piece.at.clone()];
    let (sign, rest) = text.split_at(1);
    let mut rest = rest.chars();
    let first = rest.next().unwrap_or_default();
    sheet
        .fault(format!("a name in a selector can't begin with a digit: `{text}`"), piece.at.clone())
        .help(format!("give it a name that begins with a letter, or write it as `{sign}\\3{first} {}`", rest.as_str()))
}

/// A pseudo-class or a pseudo-element, told at its first colon.
fn pseudo(sheet: &Sheet<'_>, pieces: &[Piece<'_>], index: usize) -> Option<Diagnostic> {
    if index > 0 && matches!(pieces[index - 1].token, Token::Colon) {
        return None;
    }
    let is_element = matches!(pieces.get(index + 1).map(|next| &next.token), Some(Token::Colon));
    let named = pieces.get(index + 1 + usize::from(is_element))?;
    let (Token::Ident(name) | Token::Function(name)) = &named.token else { return None };
    let sign = if is_element { "::" } else { ":" };
    let at = pieces[index].at.start..pieces[index].at.start + sign.len();
    if at.end < named.at.start {
        let before = pieces[..index].last().map_or("", |before| &sheet.text[before.at.clone()]);
        return Some(
            sheet
                .fault(format!("there's a space after `{sign}`"), at.start..named.at.end)
                .help(format!("write `{before}{sign}{name}`")),
        );
    }
    let name = name.to_ascii_lowercase();
    let all = || TABLE.selectors.iter().copied();
    let own = format!("{sign}{name}");
    if name.starts_with('-') || TABLE.selectors.contains(own.as_str()) {
        return None;
    }
    let at = at.start..at.end + name.len();
    let other = if is_element { format!(":{name}") } else { format!("::{name}") };
    if TABLE.selectors.contains(other.as_str()) {
        return Some(sheet.fault(format!("CSS has no `{own}`"), at).label(format!("did you mean `{other}`?")));
    }
    let near = nearest(&own, all().filter(|known| known.starts_with("::") == is_element)).filter(|_| name.len() > 2);
    let finding = sheet.unknown(format!("CSS has no `{own}`"), at, near);
    Some(match near {
        Some(_) => finding,
        None => finding.help("browsers skip the whole rule; correct the name, or give it a rule of its own"),
    })
}
