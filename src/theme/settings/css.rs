//! How a value stands in a style sheet.
//!
//! Owns the reading of colours, lengths and lists of fonts: a value is printed as it was read, never as it was typed, so that
//! none can open a comment or end a declaration. Which kinds there are besides is `kinds`' business.

use lightningcss::properties::{Property, PropertyId};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions};
use lightningcss::traits::{Parse, ToCss};
use lightningcss::values::color::CssColor;
use lightningcss::values::length::LengthValue;

use crate::limits;
use crate::theme::manifest::SettingKind;

/// A colour's red, green and blue, 0 to 1; `None` for what is no colour or not the same for every visitor.
pub(in crate::theme) fn colour(value: &str) -> Option<[f32; 3]> {
    match CssColor::parse_string(value).ok()?.to_rgb().ok()? {
        CssColor::RGBA(colour) if colour.alpha == 255 => {
            Some([colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0))
        }
        _ => None,
    }
}

/// A value as it stands in a style sheet: printed from what was read, and such that it is read as the same again.
pub(super) fn in_css(kind: SettingKind, value: &str) -> Option<String> {
    // No name of a font holds these; between quotes or escaped they could stand, and somewhere else do harm.
    const NEVER: [char; 5] = [';', '{', '}', '<', '\\'];
    if limits::css(value).is_some() || value.contains(NEVER) {
        return None;
    }
    let printed = print(kind, value)?;
    (!printed.contains(NEVER) && !printed.contains("/*") && print(kind, &printed).as_ref() == Some(&printed))
        .then_some(printed)
}

fn print(kind: SettingKind, value: &str) -> Option<String> {
    let options = PrinterOptions::default();
    match kind {
        SettingKind::Colour => {
            colour(value)?;
            match CssColor::parse_string(value).ok()? {
                CssColor::RGBA(rgb) => Some(format!("#{:02x}{:02x}{:02x}", rgb.red, rgb.green, rgb.blue)),
                wide => wide.to_css_string(options).ok(),
            }
        }
        SettingKind::Length if value == "0" => Some(value.to_string()),
        SettingKind::Length => {
            let length = LengthValue::parse_string(value).ok()?;
            length.to_unit_value().0.is_finite().then_some(length)?.to_css_string(options).ok()
        }
        SettingKind::Font => match Property::parse_string(PropertyId::FontFamily, value, ParserOptions::default()) {
            Ok(fonts @ Property::FontFamily(_)) => fonts.value_to_css_string(options).ok(),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lightningcss::declaration::DeclarationBlock;
    use proptest::prelude::*;

    const KINDS: [(SettingKind, &str); 3] =
        [(SettingKind::Colour, "color"), (SettingKind::Length, "width"), (SettingKind::Font, "font-family")];

    /// A value is refused, or stands alone in its declaration and is read as itself.
    fn holds(value: &str) {
        for (kind, property) in KINDS {
            let Some(printed) = in_css(kind, value) else { continue };
            assert!(!printed.contains("/*") && !printed.contains(['<', ';', '{', '}', '\n']), "{value:?}: {printed}");
            let sheet = format!("{property}:{printed};--after:1");
            let read = DeclarationBlock::parse_string(&sheet, ParserOptions::default());
            let read = read.unwrap_or_else(|error| panic!("{value:?}: {sheet}: {error}"));
            assert_eq!(read.declarations.len(), 2, "{value:?}: {sheet}");
            assert!(!matches!(read.declarations[0], Property::Unparsed(_) | Property::Custom(_)), "{value:?}: {sheet}");
            let again = read.declarations[0].value_to_css_string(PrinterOptions::default()).unwrap();
            // A length of nothing has no unit when it is printed alone.
            let same = print(kind, &again).is_some_and(|again| again == printed || printed.starts_with('0'));
            assert!(same, "{value:?}: {printed} is {again}");
        }
    }

    #[test]
    fn what_would_leave_its_declaration_is_refused_or_tamed() {
        for (kind, value, printed) in [
            (SettingKind::Font, "serif /*", Some("serif")),
            (SettingKind::Font, "\"Gill Sans\", serif", Some("Gill Sans, serif")),
            (SettingKind::Font, "serif, url(x)", None),
            (SettingKind::Font, "serif;}", None),
            (SettingKind::Font, "\"</style>\"", None),
            (SettingKind::Font, "\"unclosed", Some("unclosed")),
            (SettingKind::Font, "var(--x)", None),
            (SettingKind::Font, "inherit !important", None),
            (SettingKind::Font, "", None),
            (SettingKind::Font, "a,,b", None),
            (SettingKind::Colour, "red/*", Some("#ff0000")),
            (SettingKind::Colour, "#8A3F24", Some("#8a3f24")),
            (SettingKind::Colour, "red;}", None),
            (SettingKind::Colour, "url(red)", None),
            (SettingKind::Colour, "currentColor", None),
            (SettingKind::Length, "1e9999rem", None),
            (SettingKind::Length, "34REM/**/", Some("34rem")),
            (SettingKind::Length, "0", Some("0")),
            (SettingKind::Length, "1rem 2rem", None),
            (SettingKind::Length, "url(1rem)", None),
        ] {
            assert_eq!(in_css(kind, value).as_deref(), printed, "{value}");
            holds(value);
        }
        let deep = format!("{}red, blue{}", "color-mix(in srgb, ".repeat(5_000), ")".repeat(5_000));
        assert_eq!(in_css(SettingKind::Colour, &deep), None);
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_one_value(text in "\\PC{0,30}") {
            holds(&text);
        }

        #[test]
        fn any_pieces_of_values_are_refused_or_one_value(pieces in proptest::collection::vec(prop::sample::select(vec![
            "red", "serif", "1", "e9999", "rem", "px", " ", ",", "/*", "*/", ";", "}", "{", "(", ")", "\"", "'", "\\", "\n",
            "</style>", "url(", "rgb(", "oklch(", "calc(", "var(--a)", "!important", "#", "abc", "%", "-", ".5", "none",
            "\\3b ", "\\a ", "@import", "<!--", "inherit", "infinity", "NaN", "0", "é", "color(srgb ", "1e39", "Gill Sans",
        ]), 0..8)) {
            holds(&pieces.concat());
        }
    }
}
