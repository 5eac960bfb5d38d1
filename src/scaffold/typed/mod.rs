//! What people type about themselves, taken apart: names with credentials, services with what stands in brackets.
//!
//! Owns the guesses. Each is shown before anything is written, and what isn't understood stays in the name or the title:
//! nothing that somebody typed is lost. Names are `people`'s, services `services`'.

mod people;
mod services;

pub(super) use people::known;
pub use people::people;
pub(super) use services::amount;
pub use services::services;

/// Answers that mean nobody or nothing yet.
const NOTHING: [&str; 16] = [
    "none",
    "no",
    "nobody",
    "no one",
    "noone",
    "n/a",
    "na",
    "-",
    "0",
    "nothing",
    "not yet",
    "idk",
    "i don't know",
    "keine",
    "nein",
    "nadie",
];

fn says_nothing(answer: &str) -> bool {
    let answer = answer.trim().trim_end_matches('.').to_lowercase().replace('’', "'");
    NOTHING.contains(&answer.as_str())
}

/// An answer with a comma wherever people write a dash or a word between a name and what they are: `Sam Lee - trainee`.
fn with_marks(text: &str) -> String {
    text.replace(" – ", ", ").replace(" — ", ", ").replace(" - ", ", ").replace(" -- ", ", ")
}

/// The pieces between commas that stand outside brackets.
fn outside_brackets(text: &str) -> Vec<&str> {
    let (mut depth, mut from) = (0_usize, 0);
    let mut pieces = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | '、' if depth == 0 => {
                pieces.push(&text[from..at]);
                from = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[from..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// The words outside brackets, and what stands within each pair.
fn without_brackets(piece: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut rest = piece;
    while let Some((before, (within, after))) =
        rest.split_once('(').and_then(|(before, after)| Some((before, after.split_once(')')?)))
    {
        outside.push_str(before);
        inside.push(within.trim().to_string());
        rest = after;
    }
    outside.push_str(rest);
    inside.retain(|words| !words.is_empty());
    (outside.split_whitespace().collect::<Vec<_>>().join(" "), inside)
}

/// The last of a list without the word that joins it: `and supervision`.
fn without_and(piece: &str) -> &str {
    let piece = piece.trim();
    ["and ", "und ", "y ", "et ", "& "].iter().find_map(|and| piece.strip_prefix(and)).unwrap_or(piece).trim()
}
