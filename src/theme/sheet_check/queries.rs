//! Media and container queries: features that there are not, values that they cannot have, conditions without parentheses.

use std::ops::Range;

use cssparser::Token;

use super::Sheet;
use super::names::nearest;
use super::read::Part;
use super::table::{TABLE, unit};
use super::tokens::{Piece, tokens};
use crate::diagnostic::Diagnostic;

/// What is wrong with the query of an at-rule.
pub(super) fn check(sheet: &Sheet<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let Part::AtRule { name, prelude } = &sheet.parts.items[index].part else { return };
    if sheet.is(name, "media") || sheet.is(name, "container") {
        let pieces = tokens(sheet.text, prelude.clone());
        bare(sheet, &pieces, prelude, found);
        features(sheet, name, &pieces, found);
    }
}

/// A condition that stands without its parentheses.
fn bare(sheet: &Sheet<'_>, pieces: &[Piece<'_>], prelude: &Range<usize>, found: &mut Vec<Diagnostic>) {
    let outer: Vec<&Piece<'_>> = pieces.iter().filter(|piece| piece.inside.is_none()).collect();
    let Some(at) = outer.iter().position(|piece| matches!(piece.token, Token::Colon)) else { return };
    let Some(Token::Ident(_)) = at.checked_sub(1).map(|before| &outer[before].token) else { return };
    let start = outer[at - 1].at.start;
    let end = outer[at..]
        .iter()
        .position(|piece| matches!(piece.token, Token::Comma))
        .map_or(prelude.end, |end| outer[at + end].at.start);
    let text = sheet.text[start..end].trim_end();
    let finding = sheet.fault("a condition stands in parentheses", start..start + text.len());
    found.push(finding.help(format!("write `({text})`")));
}

fn features(sheet: &Sheet<'_>, rule: &Range<usize>, pieces: &[Piece<'_>], found: &mut Vec<Diagnostic>) {
    let mut feature = None;
    for (index, piece) in pieces.iter().enumerate() {
        let in_brackets = piece.inside.is_some_and(|at| matches!(pieces[at].token, Token::ParenthesisBlock));
        if !in_brackets {
            continue;
        }
        let is_value = matches!(pieces[index - 1].token, Token::Colon | Token::Delim('/'));
        match &piece.token {
            Token::Ident(name) if is_value => found.extend(word(sheet, feature.as_ref(), name, piece)),
            Token::Ident(name) => {
                feature = Some(plain(name));
                found.extend(unknown(sheet, rule, name, piece));
            }
            Token::Number { value, .. } if *value != 0.0 => {
                // `(width > 600)` names the feature before, `(600 < width)` after.
                let after = pieces[index..].iter().take(4).find_map(|piece| match &piece.token {
                    Token::Ident(name) => Some(plain(name)),
                    _ => None,
                });
                let own = feature.clone().filter(|_| pieces[index - 1].inside == piece.inside).or(after);
                let takes_length = own.is_some_and(|name| {
                    ["inline-size", "block-size"].contains(&&*name)
                        || TABLE.media.get(&*name).is_some_and(|feature| feature.kinds == "l")
                });
                if takes_length {
                    let text = &sheet.text[piece.at.clone()];
                    let finding = sheet.fault(format!("`{text}` needs a unit"), piece.at.clone());
                    found.push(finding.help(format!("write `{text}px`, for example")));
                }
            }
            _ => {}
        }
    }
}

/// A feature without the limit that it is asked for.
fn plain(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let limited = name.strip_prefix("min-").or_else(|| name.strip_prefix("max-"));
    limited.map_or(name.clone(), str::to_string)
}

fn word(sheet: &Sheet<'_>, feature: Option<&String>, word: &str, piece: &Piece<'_>) -> Option<Diagnostic> {
    let feature = feature?;
    let known = TABLE.media.get(feature.as_str()).filter(|known| !known.kinds.contains('*'))?;
    let word = word.to_ascii_lowercase();
    if known.words.contains(&word.as_str()) || word.starts_with('-') || unit(&word).is_some() {
        return None;
    }
    let near = nearest(&word, known.words.iter().copied());
    let finding = sheet.unknown(format!("`{feature}` can't be `{word}`"), piece.at.clone(), near);
    Some(match known.words.is_empty() {
        true => finding,
        false => finding.help(format!("the words that it knows: {}", known.words.join(", "))),
    })
}

fn unknown(sheet: &Sheet<'_>, rule: &Range<usize>, name: &str, piece: &Piece<'_>) -> Option<Diagnostic> {
    let name = name.to_ascii_lowercase();
    if name.starts_with('-') || ["and", "or", "not", "only"].contains(&name.as_str()) {
        return None;
    }
    let known = |rule: &str| TABLE.at_rules.get(rule).into_iter().flatten().copied();
    let all = || known("media").chain(known("container"));
    let plain = plain(&name);
    if all().any(|feature| feature == plain) {
        return None;
    }
    let near = nearest(&plain, all()).map(|near| format!("{}{near}", &name[..name.len() - plain.len()]));
    // A word that was mistyped before its hyphen.
    let near = near.or_else(|| {
        let limits: Vec<String> =
            all().flat_map(|feature| [format!("min-{feature}"), format!("max-{feature}")]).collect();
        nearest(&name, limits.iter().map(String::as_str)).map(str::to_string)
    });
    let message = format!("`@{}` can't ask for `{name}`", &sheet.text[rule.clone()]);
    Some(sheet.unknown(message, piece.at.clone(), near.as_deref()))
}
