//! Units of numbers: those that there are not, and those that are missing.
//!
//! Which kinds of numbers a property takes is the table's; units that stand apart from their numbers are `slips`'s.

use cssparser::Token;

use super::Sheet;
use super::table::{Property, UNITS, unit};
use super::tokens::Piece;
use crate::diagnostic::Diagnostic;

/// Units that CSS does not have.
pub(super) fn units(sheet: &Sheet<'_>, pieces: &[Piece<'_>], found: &mut Vec<Diagnostic>) {
    for (index, piece) in pieces.iter().enumerate() {
        let Token::Dimension { unit: name, .. } = &piece.token else { continue };
        // Functions of the author's own may take anything, and so may colours without quotes: `#1e3x` is a hash.
        let in_own =
            piece.inside.is_some_and(|at| matches!(&pieces[at].token, Token::Function(name) if name.starts_with('-')));
        let after_sign =
            index > 0 && pieces[index - 1].at.end == piece.at.start && !is_bracket(&pieces[index - 1].token);
        if unit(name).is_some()
            || in_own
            || after_sign
            || name.starts_with('-')
            || sheet.text[piece.at.clone()].contains('\\')
        {
            continue;
        }
        let text = &sheet.text[piece.at.clone()];
        let number = &text[..text.len() - name.len().min(text.len())];
        let near = nearest_unit(name).map(|near| format!("{number}{near}"));
        let finding = sheet.unknown(format!("CSS has no unit `{name}`"), piece.at.clone(), near.as_deref());
        found.push(match near {
            Some(_) => finding,
            None => finding
                .help("the usual units are px, rem, em, %, vw, ch and fr, s and ms for times, and deg for angles"),
        });
    }
}

fn is_bracket(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::Function(_)
            | Token::ParenthesisBlock
            | Token::Comma
            | Token::Colon
            | Token::Delim('/' | '+' | '-' | '*' | '<' | '>' | '=')
    )
}

fn nearest_unit(wrong: &str) -> Option<&'static str> {
    let wrong = wrong.to_ascii_lowercase();
    let mut near: Vec<(usize, usize, &str)> = UNITS
        .iter()
        .enumerate()
        .map(|(order, unit)| (strsim::damerau_levenshtein(&wrong, unit), order, *unit))
        .filter(|(distance, _, unit)| {
            *distance <= 1 && *distance < unit.len() && (unit.len() > 1 || wrong.starts_with(*unit))
        })
        .collect();
    near.sort_unstable();
    near.first().map(|(_, _, unit)| *unit)
}

/// A number without its unit, where only a length or a time can stand.
pub(super) fn unitless(sheet: &Sheet<'_>, name: &str, property: &Property, piece: &Piece<'_>) -> Option<Diagnostic> {
    let Token::Number { value, .. } = piece.token else { return None };
    let text = &sheet.text[piece.at.clone()];
    let unit = match property.kinds {
        _ if value == 0.0 => return None,
        kinds if kinds.contains(['n', '*']) => return None,
        kinds if kinds.contains('l') => format!("`{text}px`, for example"),
        kinds if kinds.contains('t') => format!("`{text}ms`, for thousandths of a second"),
        _ => return None,
    };
    Some(sheet.fault(format!("`{text}` needs a unit in `{name}`"), piece.at.clone()).help(format!("write {unit}")))
}
