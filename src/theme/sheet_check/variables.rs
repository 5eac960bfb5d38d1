//! Custom properties and custom media queries that are used and declared nowhere.
//!
//! Owns gathering what is declared: by settings, by any sheet of any layer, and by what the theme's script and templates name.
//! What a script puts together cannot be known; then nothing is told.

use std::collections::BTreeSet;
use std::ops::Range;

use cssparser::Token;

use super::Sheet;
use super::names::nearest;
use super::read::Part;
use super::table::TABLE;
use super::tokens::{Piece, tokens};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::theme::layers::Layers;
use crate::theme::settings::Settings;

/// Every name that is declared.
pub(super) struct Declared {
    properties: BTreeSet<String>,
    media: BTreeSet<String>,
    keyframes: BTreeSet<String>,
    /// Whether a script puts names together.
    open: bool,
}

/// Gathers what is declared.
pub(super) fn declared(layers: &Layers, settings: &Settings, fonts: &str) -> Declared {
    let mut declared =
        Declared { properties: BTreeSet::new(), media: BTreeSet::new(), keyframes: BTreeSet::new(), open: false };
    declared.properties.extend(settings.0.keys().map(|name| format!("--{}", name.replace('_', "-"))));
    declared.properties.extend(names(fonts).map(|at| fonts[at].to_string()));
    for layer in &layers.0 {
        for file in layer.files.keys() {
            let Some(text) = layer.text(file) else { continue };
            let is_sheet = file.starts_with("assets/") && file.ends_with(".css");
            let is_script = file.starts_with("assets/") && file.ends_with(".js");
            if !is_sheet && !is_script && !file.starts_with("templates/") {
                continue;
            }
            declared.open |= is_script && ["\"--\"", "'--'", "`--$", "--${"].iter().any(|sign| text.contains(sign));
            declared.keyframes.extend(keyframes(text));
            for at in names(text) {
                let name = text[at.clone()].to_string();
                let before = text[..at.start].trim_end();
                if before.ends_with("@custom-media") {
                    declared.media.insert(name);
                } else if !is_sheet || text[at.end..].trim_start().starts_with(':') || before.ends_with("@property") {
                    declared.properties.insert(name);
                }
            }
        }
    }
    declared
}

/// The names of the animations in a text.
fn keyframes(text: &str) -> impl Iterator<Item = String> {
    text.split("keyframes").skip(1).filter_map(|rest| {
        let name = rest.split('{').next()?.trim().trim_matches(['"', '\'']);
        (!name.is_empty() && !name.contains(char::is_whitespace)).then(|| name.to_string())
    })
}

/// Names that begin with two hyphens.
fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find("--")?;
        let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == '\\';
        at = start + text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        Some(start..at)
    })
}

/// Names in a part that are declared nowhere.
pub(super) fn check(sheet: &Sheet<'_>, index: usize, declared: &Declared, found: &mut Vec<Diagnostic>) {
    match &sheet.parts.items[index].part {
        Part::Declaration { value, .. } if !declared.open && sheet.text[value.clone()].contains("--") => {
            in_value(sheet, value, declared, found);
        }
        Part::Declaration { name, value } if sheet.is(name, "animation") || sheet.is(name, "animation-name") => {
            in_animation(sheet, value, declared, found);
        }
        Part::AtRule { name, prelude } if sheet.is(name, "media") || sheet.is(name, "custom-media") => {
            in_media(sheet, prelude, declared, found);
        }
        _ => {}
    }
}

fn in_value(sheet: &Sheet<'_>, value: &Range<usize>, declared: &Declared, found: &mut Vec<Diagnostic>) {
    let pieces = tokens(sheet.text, value.clone());
    for (index, piece) in pieces.iter().enumerate() {
        if found.len() > limits::CSS_FINDINGS {
            return;
        }
        if !matches!(&piece.token, Token::Function(name) if name.eq_ignore_ascii_case("var")) {
            continue;
        }
        let within = pieces[index + 1..].iter().take_while(|own| own.inside >= Some(index));
        let mut inside = within.filter(|own| own.inside == Some(index));
        let (Some(Piece { token: Token::Ident(name), at, .. }), None) = (inside.next(), inside.next()) else {
            continue;
        };
        if name.starts_with("--") && !declared.properties.contains(&**name) {
            let message = format!("`{name}` is declared nowhere");
            // What is missing is one declaration, however often it's used.
            if found.iter().any(|told| told.message == message) {
                continue;
            }
            let finding = sheet
                .fault(message, at.clone())
                .suggest(name, declared.properties.iter().map(String::as_str))
                .help(format!("declare it, in `:root {{ {name}: … }}` or as a setting, or name what to use without it: `var({name}, …)`"));
            found.push(finding);
        }
    }
}

/// Animations that are nearly one that there is; others may be a script's.
fn in_animation(sheet: &Sheet<'_>, value: &Range<usize>, declared: &Declared, found: &mut Vec<Diagnostic>) {
    for piece in tokens(sheet.text, value.clone()) {
        let Token::Ident(name) = &piece.token else { continue };
        let is_easing = ["ease", "linear", "step"].iter().any(|start| name.starts_with(start));
        let is_word =
            TABLE.properties.get("animation").is_some_and(|known| known.words.contains(&&*name.to_ascii_lowercase()));
        if piece.inside.is_some() || is_word || is_easing || declared.keyframes.contains(&**name) {
            continue;
        }
        if let Some(near) = nearest(name, declared.keyframes.iter().map(String::as_str)) {
            found.push(sheet.unknown(format!("no `@keyframes` is called `{name}`"), piece.at, Some(near)));
        }
    }
}

fn in_media(sheet: &Sheet<'_>, prelude: &Range<usize>, declared: &Declared, found: &mut Vec<Diagnostic>) {
    for piece in tokens(sheet.text, prelude.clone()) {
        let Token::Ident(name) = &piece.token else { continue };
        // A name in brackets is used; the one in front of them is declared here.
        if piece.inside.is_some() && name.starts_with("--") && !declared.media.contains(&**name) {
            let finding = sheet
                .fault(format!("no `@custom-media` declares `{name}`"), piece.at)
                .suggest(name, declared.media.iter().map(String::as_str))
                .help(format!("write `@custom-media {name} (width >= 40rem);` in one of the theme's style sheets"));
            found.push(finding);
        }
    }
}
