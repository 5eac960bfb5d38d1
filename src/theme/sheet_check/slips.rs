//! Slips in values that are read as something else: a custom property without its `var()`, a file without its `url()`,
//! units apart from their numbers, sums without spaces, and `!important` mistyped.
//!
//! Judges how tokens stand beside one another; which words and units a property takes is `values`'s.

use std::ops::Range;

use cssparser::Token;

use super::Sheet;
use super::names::is_property;
use super::table::unit;
use super::tokens::Piece;
use crate::diagnostic::Diagnostic;

/// The first slip in a value.
pub(super) fn check(sheet: &Sheet<'_>, name: &str, pieces: &[Piece<'_>], value: &Range<usize>) -> Option<Diagnostic> {
    joined(sheet, pieces, value)
        .or_else(|| apart(sheet, pieces))
        .or_else(|| sum(sheet, pieces))
        .or_else(|| variable(sheet, name, pieces))
        .or_else(|| file(sheet, pieces, value))
        .or_else(|| mark(sheet, pieces))
        .or_else(|| argument(sheet, pieces))
}

/// The next declaration, when the semicolon before it was forgotten.
fn joined(sheet: &Sheet<'_>, pieces: &[Piece<'_>], value: &Range<usize>) -> Option<Diagnostic> {
    let next = pieces.windows(2).skip(1).find_map(|pair| match (&pair[0].token, &pair[1].token) {
        (Token::Ident(name), Token::Colon)
            if pair[0].inside.is_none() && (is_property(name) || name.starts_with("--")) =>
        {
            Some(pair[0].at.clone())
        }
        _ => None,
    })?;
    let end = value.start + sheet.text[value.start..next.start].trim_end().len();
    let message = format!("a `;` is missing before `{}`", &sheet.text[next]);
    let last = end - sheet.text[..end].chars().next_back().map_or(0, char::len_utf8);
    Some(sheet.fault(message, last..end).help("end each declaration with a semicolon"))
}

/// The next declaration in the value of a custom property, where it begins a line.
pub(super) fn joined_custom(sheet: &Sheet<'_>, pieces: &[Piece<'_>], value: &Range<usize>) -> Option<Diagnostic> {
    let begins_line = |piece: &Piece<'_>| {
        let line = sheet.text[..piece.at.start].rfind('\n').map_or(0, |line| line + 1);
        line > value.start && sheet.text[line..piece.at.start].trim().is_empty()
    };
    let at =
        pieces.windows(2).skip(1).position(|pair| matches!(pair[1].token, Token::Colon) && begins_line(&pair[0]))?;
    joined(sheet, &pieces[at..], value)
}

/// A number whose unit stands apart from it: `1 rem`.
fn apart(sheet: &Sheet<'_>, pieces: &[Piece<'_>]) -> Option<Diagnostic> {
    pieces.windows(2).find_map(|pair| {
        let name = match (&pair[0].token, &pair[1].token) {
            (Token::Number { .. }, Token::Ident(name)) if unit(name).is_some() => &**name,
            (Token::Number { .. }, Token::Delim('%')) => "%",
            _ => return None,
        };
        let between = &sheet.text[pair[0].at.end..pair[1].at.start];
        if between.is_empty() || !between.trim().is_empty() || pair[0].inside != pair[1].inside {
            return None;
        }
        let number = &sheet.text[pair[0].at.clone()];
        let finding = sheet.fault(format!("`{name}` stands apart from its number"), pair[0].at.start..pair[1].at.end);
        Some(finding.help(format!("write `{number}{name}`, without a space")))
    })
}

/// A sum whose sign has no space on both sides: browsers read `-2rem` as one length.
fn sum(sheet: &Sheet<'_>, pieces: &[Piece<'_>]) -> Option<Diagnostic> {
    const SUMS: [&str; 4] = ["calc", "min", "max", "clamp"];
    let in_sum = |piece: &Piece<'_>| {
        let mut around = std::iter::successors(piece.inside, |at| pieces[*at].inside);
        around.any(|at| matches!(&pieces[at].token, Token::Function(name) if SUMS.iter().any(|sum| name.eq_ignore_ascii_case(sum))))
    };
    let is_term = |piece: &Piece<'_>| {
        matches!(piece.token, Token::Number { .. } | Token::Percentage { .. } | Token::Dimension { .. })
    };
    let written = |piece: &Piece<'_>| &sheet.text[piece.at.clone()];
    let told = |at: Range<usize>, left: &str, sign: &str, right: &str| {
        let finding = sheet.fault("a sum needs a space on both sides of its sign", at);
        Some(finding.help(format!("write `{left} {sign} {right}`")))
    };
    pieces.iter().enumerate().filter(|(_, piece)| in_sum(piece)).find_map(|(index, piece)| {
        // `1px-2px` is a number with a unit that there is not.
        if let Token::Dimension { unit: own, .. } = &piece.token
            && let Some((own, right)) = own.split_once('-').filter(|(own, _)| unit(own).is_some())
        {
            let text = written(piece);
            return told(piece.at.clone(), &text[..text.len() - right.len() - 1], "-", right)
                .filter(|_| !own.is_empty());
        }
        let before = pieces[..index].last().filter(|before| before.inside == piece.inside && is_term(before))?;
        let text = written(piece);
        let right = text.strip_prefix(['-', '+']).filter(|_| is_term(piece))?;
        told(before.at.start..piece.at.end, written(before), &text[..1], right)
    })
}

/// A custom property where its value is meant, and `var()` without the hyphens of the name.
fn variable(sheet: &Sheet<'_>, name: &str, pieces: &[Piece<'_>]) -> Option<Diagnostic> {
    pieces.iter().enumerate().find_map(|(index, piece)| {
        let Token::Ident(word) = &piece.token else { return None };
        let around = piece.inside.map(|at| &pieces[at].token);
        match around {
            Some(Token::Function(own)) if own.eq_ignore_ascii_case("var") && piece.inside == Some(index - 1) => {
                let is_named = word.starts_with("--");
                (!is_named).then(|| {
                    let finding = sheet.fault(
                        format!("`{word}` is no custom property: their names begin with `--`"),
                        piece.at.clone(),
                    );
                    finding.help(format!("write `var(--{})`", word.trim_start_matches('-')))
                })
            }
            None if word.starts_with("--") && word.len() > 2 && takes_values(name) => {
                let finding = sheet.fault(format!("`{word}` is a name, not a value"), piece.at.clone());
                Some(finding.help(format!("write `var({word})`")))
            }
            _ => None,
        }
    })
}

/// Whether a property is one of those that never hold a name of that form: many newer ones do.
fn takes_values(name: &str) -> bool {
    const STARTS: [&str; 17] = [
        "color",
        "background",
        "border",
        "margin",
        "padding",
        "inset",
        "font-size",
        "font-weight",
        "font-family",
        "line-height",
        "letter-spacing",
        "gap",
        "opacity",
        "box-shadow",
        "outline",
        "fill",
        "stroke",
    ];
    let sizes = ["width", "height", "inline-size", "block-size"];
    let is_size = sizes.iter().any(|size| name.trim_start_matches("min-").trim_start_matches("max-") == *size);
    is_size || STARTS.iter().any(|start| name.starts_with(start))
}

/// A file that is named without `url()`, or a style sheet or a picture without quotes.
fn file(sheet: &Sheet<'_>, pieces: &[Piece<'_>], value: &Range<usize>) -> Option<Diagnostic> {
    const ENDS: [&str; 8] = ["svg", "png", "jpg", "jpeg", "webp", "avif", "gif", "woff2"];
    pieces.windows(2).find_map(|pair| {
        let (Token::Delim('.'), Token::Ident(end)) = (&pair[0].token, &pair[1].token) else { return None };
        if pair[0].inside.is_some() || !ENDS.iter().any(|own| end.eq_ignore_ascii_case(own)) {
            return None;
        }
        let text = &sheet.text[value.clone()];
        let within = pair[1].at.end - value.start;
        let start = text[..within].rfind(|c: char| c.is_whitespace() || c == ',').map_or(0, |at| at + 1);
        let name = &text[start..within];
        let finding =
            sheet.fault(format!("a file is named in `url()`: `{name}`"), value.start + start..value.start + within);
        Some(finding.help(format!("write `url(\"{name}\")`")))
    })
}

/// What follows a `!` and isn't `important`.
fn mark(sheet: &Sheet<'_>, pieces: &[Piece<'_>]) -> Option<Diagnostic> {
    pieces.windows(2).find_map(|pair| match (&pair[0].token, &pair[1].token) {
        (Token::Delim('!'), Token::Ident(word))
            if pair[0].inside.is_none() && !word.eq_ignore_ascii_case("important") =>
        {
            let finding = sheet.fault(format!("CSS has no `!{word}`"), pair[0].at.start..pair[1].at.end);
            Some(match strsim::damerau_levenshtein(&word.to_ascii_lowercase(), "important") <= 3 {
                true => finding.label("did you mean `!important`?"),
                false => finding.help("remove it; only `!important` may stand there"),
            })
        }
        _ => None,
    })
}

/// Numbers without a unit in functions that take none.
fn argument(sheet: &Sheet<'_>, pieces: &[Piece<'_>]) -> Option<Diagnostic> {
    pieces.iter().find_map(|piece| {
        let Token::Number { value, .. } = piece.token else { return None };
        let Token::Function(name) = piece.inside.map(|at| &pieces[at].token)? else { return None };
        let unit = match name.to_ascii_lowercase().as_str() {
            "rotate" | "rotatex" | "rotatey" | "rotatez" | "skew" | "skewx" | "skewy" | "hue-rotate" => "deg",
            "translate" | "translatex" | "translatey" | "translatez" | "translate3d" | "blur" => "px",
            _ => return None,
        };
        let text = &sheet.text[piece.at.clone()];
        let finding = sheet.fault(format!("`{text}` needs a unit in `{name}()`"), piece.at.clone());
        (value != 0.0).then(|| finding.help(format!("write `{text}{unit}`, for example")))
    })
}
