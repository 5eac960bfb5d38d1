//! The tokens of a value or of what stands between an at-rule's name and its block, each with its place in the file.
//!
//! Owns going through them with cssparser, those inside functions and brackets included. Judges nothing.

use std::ops::Range;

use cssparser::{ParseError, Parser, ParserInput, Token};

/// A token, where it is, and the function or bracket that it stands in.
pub(super) struct Piece<'a> {
    pub token: Token<'a>,
    pub at: Range<usize>,
    /// Which of the pieces opens what it stands in.
    pub inside: Option<usize>,
}

/// The tokens of a part of a text.
pub(super) fn tokens(text: &str, range: Range<usize>) -> Vec<Piece<'_>> {
    let mut input = ParserInput::new(&text[range.clone()]);
    let mut pieces = Vec::new();
    walk(&mut Parser::new(&mut input), range.start, None, &mut pieces);
    pieces
}

fn walk<'a>(parser: &mut Parser<'a, '_>, from: usize, inside: Option<usize>, pieces: &mut Vec<Piece<'a>>) {
    loop {
        parser.skip_whitespace();
        let start = parser.position().byte_index();
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return };
        let at = from + start..from + parser.position().byte_index();
        let opens = matches!(
            token,
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock
        );
        pieces.push(Piece { token, at, inside });
        if opens {
            let own = Some(pieces.len() - 1);
            // A bracket that is left open, or closed by another, is told by its place in the sheet.
            let _: Result<(), ParseError<'_, ()>> = parser.parse_nested_block(|inner| {
                walk(inner, from, own, pieces);
                Ok(())
            });
        }
    }
}

/// Whether one of the pieces is a function of a name.
pub(super) fn calls(pieces: &[Piece<'_>], names: &[&str]) -> bool {
    pieces.iter().any(|piece| match &piece.token {
        Token::Function(name) => names.iter().any(|own| name.eq_ignore_ascii_case(own)) || name.starts_with("--"),
        _ => false,
    })
}
