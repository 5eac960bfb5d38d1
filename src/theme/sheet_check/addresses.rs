//! What a sheet asks for: `url()` of files that the theme does not have, and `@import` of sheets that nobody has.
//!
//! Owns both, with the file that was most likely meant. Addresses of other hosts in `url()` are the check's of finished pages,
//! which knows what the practice allows. Addresses that begin with `/` are the site's and cannot be judged here.

use std::collections::BTreeMap;
use std::ops::Range;

use cssparser::Token;

use super::Sheet;
use super::read::Part;
use super::tokens::{Piece, tokens};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::SourcePath;
use crate::theme::ThemeFile;
use crate::theme::fonts::FOLDER;
use crate::theme::layers::Layers;
use crate::theme::styles::{asset_name, style_file};

/// Files and sheets that a part names and that are not there.
pub(super) fn check(
    sheet: &Sheet<'_>,
    index: usize,
    layers: &Layers,
    files: &BTreeMap<String, ThemeFile>,
    found: &mut Vec<Diagnostic>,
) {
    match &sheet.parts.items[index].part {
        Part::Declaration { value, .. } => {
            for (address, at) in addresses(&tokens(sheet.text, value.clone())) {
                found.extend(missing_file(sheet, &address, at, layers, files));
            }
        }
        Part::AtRule { name, prelude } if sheet.is(name, "import") => {
            let pieces = tokens(sheet.text, prelude.clone());
            let plain = pieces.iter().find_map(|piece| match &piece.token {
                Token::QuotedString(text) if piece.inside.is_none() => Some((text.to_string(), piece.at.clone())),
                _ => None,
            });
            let address = plain.or_else(|| addresses(&pieces).into_iter().next());
            found.extend(unquoted(sheet, &pieces).or_else(|| {
                let (address, at) = address?;
                missing_sheet(sheet, &address, at, layers)
            }));
        }
        _ => {}
    }
}

/// A sheet that is named without quotes.
fn unquoted(sheet: &Sheet<'_>, pieces: &[Piece<'_>]) -> Option<Diagnostic> {
    let first = pieces.first().filter(|first| matches!(first.token, Token::Ident(_)))?;
    let text = &sheet.text[first.at.start..];
    let end = first.at.start + text.find(|c: char| c.is_whitespace() || c == ';').unwrap_or(text.len());
    let name = &sheet.text[first.at.start..end];
    let finding = sheet.fault(format!("a style sheet is named in quotes: `{name}`"), first.at.start..end);
    Some(finding.help(format!("write `@import \"{name}\";`")))
}

/// The addresses of `url()` and of the pictures of `image-set()`.
fn addresses(pieces: &[Piece<'_>]) -> Vec<(String, Range<usize>)> {
    let in_function = |piece: &Piece<'_>| match piece.inside.and_then(|at| pieces.get(at)).map(|piece| &piece.token) {
        Some(Token::Function(name)) => {
            ["url", "src", "image-set", "-webkit-image-set"].iter().any(|own| name.eq_ignore_ascii_case(own))
        }
        _ => false,
    };
    let found = pieces.iter().filter_map(|piece| match &piece.token {
        Token::UnquotedUrl(address) => Some((address.to_string(), piece.at.clone())),
        Token::QuotedString(address) if in_function(piece) => Some((address.to_string(), piece.at.clone())),
        _ => None,
    });
    found.collect()
}

/// Whether an address has a scheme, such as `https:` or `data:`, or names a host.
fn is_elsewhere(address: &str) -> bool {
    let scheme = address.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    address.starts_with("//") || scheme.is_some_and(|at| at > 0 && address[at..].starts_with(':'))
}

fn missing_file(
    sheet: &Sheet<'_>,
    address: &str,
    at: Range<usize>,
    layers: &Layers,
    files: &BTreeMap<String, ThemeFile>,
) -> Option<Diagnostic> {
    if address.trim().is_empty() || address.starts_with(['#', '/']) || is_elsewhere(address) {
        return None;
    }
    let (name, _) = asset_name(address);
    if files.contains_key(&*name) {
        return None;
    }
    let in_fonts = FOLDER.trim_start_matches("assets/");
    let is_font = name.rsplit_once('.').is_some_and(|(_, kind)| ["woff", "woff2", "ttf", "otf"].contains(&kind));
    if is_font && layers.file(&format!("assets/{name}")).is_some() && name.starts_with(in_fonts) {
        let help = "name the font's family in `font-family` or in a font setting, and remove this `@font-face`: \
            Anteroom writes one, with only the letters that the site prints";
        return Some(sheet.fault(format!("fonts in `{FOLDER}/` aren't published as they are"), at).help(help));
    }
    let help = match (is_font, names_in_help(files.keys().map(String::as_str))) {
        (true, _) => format!(
            "put the font into `{FOLDER}/` and name its family in a font setting; then you need no `@font-face`"
        ),
        (false, Some(all)) => format!("put the file into the theme's `assets/`, or use one of these: {all}"),
        (false, None) => "put the file into the theme's `assets/`, and name it as it's called there".into(),
    };
    let finding = sheet.fault(format!("the theme has no file `{name}` in `assets/`"), at).help(help);
    Some(match meant(&name, files.keys().map(String::as_str)) {
        Some(near) => finding.label(format!("did you mean `{near}`?")),
        None => finding,
    })
}

fn missing_sheet(sheet: &Sheet<'_>, address: &str, at: Range<usize>, layers: &Layers) -> Option<Diagnostic> {
    if is_elsewhere(address) {
        let message = "a style sheet of another host would tell it of every visit".to_string();
        let is_font = address.contains("font");
        let help = match is_font {
            true => format!("self-host it: put the font's file into `{FOLDER}/` and name its family in a font setting"),
            false => {
                "self-host it: save the style sheet in the theme's `assets/`, and import it by its name there".into()
            }
        };
        return Some(sheet.fault(message, at).help(help));
    }
    if SourcePath::new(address).is_some_and(|path| style_file(layers, path.as_str()).is_some()) {
        return None;
    }
    let sheets = sheet_names(layers);
    let finding = sheet.fault(format!("none of the themes has the style sheet `{address}`"), at);
    let finding = match meant(address, sheets.iter().map(String::as_str)) {
        Some(near) => finding.label(format!("did you mean `{near}`?")),
        None => finding,
    };
    let help = "name it as it's called in `assets/`, or with the theme that has it: `linen/theme.css`";
    Some(finding.help(help))
}

/// Every name by which a sheet can be imported.
fn sheet_names(layers: &Layers) -> Vec<String> {
    let mut all = Vec::new();
    for layer in &layers.0 {
        for file in layer.files.keys() {
            let Some(name) = file.strip_prefix("assets/").filter(|name| name.ends_with(".css")) else { continue };
            all.push(name.to_string());
            all.push(format!("{}{name}", layer.prefix));
        }
    }
    all
}

/// The file that was most likely meant: one of that name in another folder, or one of nearly that path or name, where what
/// all files of its kind end in counts for nothing.
fn meant<'a>(wrong: &str, all: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let last = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
    let own = wrong.rsplit('/').next().unwrap_or(wrong);
    if let Some(same) = all.clone().find(|path| last(path).eq_ignore_ascii_case(own)) {
        return Some(same);
    }
    let stem = |path: &'a str| path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let wrong = wrong.rsplit_once('.').map_or(wrong, |(stem, _)| stem);
    let own = wrong.rsplit('/').next().unwrap_or(wrong);
    let of_path = nearest(wrong, all.clone().map(stem)).and_then(|near| all.clone().find(|path| stem(path) == near));
    of_path.or_else(|| {
        let near = nearest(own, all.clone().map(last).map(stem))?;
        all.clone().find(|path| stem(last(path)) == near)
    })
}

/// A list that is short enough to help.
fn names_in_help<'a>(all: impl Iterator<Item = &'a str>) -> Option<String> {
    let all: Vec<&str> = all.collect();
    (1..=12).contains(&all.len()).then(|| all.join(", "))
}
