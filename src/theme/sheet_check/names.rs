//! Names that CSS does not have: of properties, descriptors, and at-rules.
//!
//! A name that is nearly another stops the build; one that nothing resembles may be newer than this program, and is a warning.
//! Names with a vendor's prefix are never judged. A property that is newer than the browsers that themes are made for is a note.

use std::collections::BTreeSet;
use std::ops::Range;

use lightningcss::properties::PropertyId;

use super::Sheet;
use super::foreign;
use super::read::Part;
use super::table::TABLE;
use crate::diagnostic::{Diagnostic, codes};

/// Whether CSS has a property of this name.
pub(super) fn is_property(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TABLE.properties.contains_key(name.as_str()) || !matches!(PropertyId::from(name.as_str()), PropertyId::Custom(_))
}

/// The name that a part has and CSS has not; newer properties are told once each, and gathered for that.
pub(super) fn check<'a>(sheet: &Sheet<'a>, index: usize, newer: &mut BTreeSet<&'a str>) -> Option<Diagnostic> {
    let item = &sheet.parts.items[index];
    match &item.part {
        Part::Declaration { name, .. } if item.parent.is_some() => declaration(sheet, index, name, newer),
        Part::AtRule { name, prelude } => {
            let is_foreign = foreign::at_rule(&sheet.text[name.clone()], &sheet.text[prelude.clone()]).is_some();
            at_rule(sheet, name).filter(|_| !is_foreign)
        }
        _ => None,
    }
}

fn declaration<'a>(
    sheet: &Sheet<'a>,
    index: usize,
    name: &Range<usize>,
    newer: &mut BTreeSet<&'a str>,
) -> Option<Diagnostic> {
    let text = &sheet.text[name.clone()];
    // `_zoom` spoke to one old browser, and the others may skip it.
    if text.starts_with(['-', '$', '_']) || text.contains(['#', '@', '\\']) {
        return None;
    }
    let around: Vec<&str> = sheet.around(index).collect();
    let lower = text.to_ascii_lowercase();
    // The blocks in `@font-feature-values` hold names of the author's own.
    if around.contains(&"font-feature-values") && around.first() != Some(&"font-feature-values") {
        return None;
    }
    let own: &[&str] = around.first().and_then(|rule| TABLE.at_rules.get(rule)).map_or(&[], Vec::as_slice);
    let only_own = around.first().is_some_and(|rule| HOLD_DESCRIPTORS.contains(rule));
    if own.contains(&lower.as_str()) {
        return None;
    }
    if !only_own && is_property(&lower) {
        let is_newer = TABLE.properties.get(lower.as_str()).is_some_and(|property| property.newer);
        // Inside `@supports` somebody has thought of it already.
        if is_newer && !around.contains(&"supports") && newer.insert(text) {
            return Some(note(sheet, name));
        }
        return None;
    }
    let (message, near) = match only_own {
        true => {
            let rule = around.first().copied().unwrap_or_default();
            (format!("`@{rule}` has no `{text}`"), nearest(&lower, own.iter().copied()))
        }
        false => (format!("CSS has no property `{text}`"), nearest_property(&lower)),
    };
    // Who asks whether browsers have it knows that some don't.
    if near.is_none() && around.contains(&"supports") {
        return None;
    }
    let finding = sheet.unknown(message, name.clone(), near);
    Some(match (only_own, near) {
        (true, _) => finding.help(format!("it can hold: {}", own.join(", "))),
        (false, Some(_)) => finding,
        (false, None) => finding.help("browsers skip the line; correct the name, or remove it"),
    })
}

/// At-rules whose blocks hold descriptors, and no properties.
pub(super) const HOLD_DESCRIPTORS: [&str; 6] =
    ["font-face", "counter-style", "property", "font-palette-values", "view-transition", "color-profile"];

fn note(sheet: &Sheet<'_>, name: &Range<usize>) -> Diagnostic {
    let message =
        format!("`{}` is newer than some browsers of the last three years, which skip it", &sheet.text[name.clone()]);
    Diagnostic::new(&codes::STYLE_NEW, message)
        .at(&sheet.path, name.clone())
        .help("make sure that the page is fine without it; inside `@supports` it's taken as meant")
}

/// The name that was most likely meant; of two that are as near, one that browsers have had for long.
fn nearest_property(wrong: &str) -> Option<&'static str> {
    let known = |newer: bool| {
        TABLE.properties.iter().filter(move |(_, property)| property.newer == newer).map(|(name, _)| *name)
    };
    nearest(wrong, known(false)).or_else(|| nearest(wrong, known(true)))
}

/// The name that was most likely meant. Of short names, those that differ in more than one place are other names.
pub(super) fn nearest<'a>(wrong: &str, all: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    crate::diagnostic::nearest(wrong, all).filter(|near| {
        let distance = strsim::damerau_levenshtein(wrong, &near.to_lowercase());
        (distance <= 1 && wrong.len() >= 3) || wrong.len() >= 5
    })
}

fn at_rule(sheet: &Sheet<'_>, name: &Range<usize>) -> Option<Diagnostic> {
    let text = sheet.text[name.clone()].to_ascii_lowercase();
    if text.starts_with('-') || text == "nest" || TABLE.at_rules.contains_key(text.as_str()) {
        return None;
    }
    let near = nearest(&text, TABLE.at_rules.keys().copied().filter(|name| !name.starts_with('-')));
    let near = near.map(|near| format!("@{near}"));
    let finding = sheet.unknown(format!("CSS has no `@{text}`"), name.start - 1..name.end, near.as_deref());
    Some(match near {
        Some(_) => finding,
        None => finding.help("browsers skip it with all that's in it; correct the name, or remove it"),
    })
}
