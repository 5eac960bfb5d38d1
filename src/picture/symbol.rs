//! Icons: drawings that stand in a line of text, in its colour.
//!
//! Owns what is left of a drawing as a symbol: its shapes, by the tables of `inline`. One that needs more than shapes can't be an
//! icon, and is told.

use resvg::usvg::roxmltree::Document;

use super::drawing;
use super::inline;

/// A drawing as a symbol.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Symbol {
    /// The part of the plane that it fills: `0 0 24 24`.
    pub view_box: String,
    /// Its shapes in a `g`, with [`super::ID`] before its ids.
    pub markup: String,
}

/// Reads a drawing as a symbol.
///
/// # Errors
/// Where it is no drawing, or more than shapes: why, in a few words.
pub fn symbol(bytes: &[u8]) -> Result<Symbol, String> {
    let clean = drawing::clean(bytes)?;
    let text = std::str::from_utf8(&clean).map_err(|_| "it isn't UTF-8".to_string())?;
    let size = drawing::size(text)?;
    let document = Document::parse(text).map_err(|error| format!("it isn't a drawing: {error}"))?;
    let root = document.root_element();
    let view_box = root.attribute("viewBox").map(|own| own.split_whitespace().collect::<Vec<_>>().join(" "));
    let view_box = view_box.unwrap_or_else(|| format!("0 0 {} {}", size.width, size.height));
    let markup = inline::group(&root)
        .ok_or("an icon can only have plain shapes: no style sheet, no filter and no picture inside")?;
    // Line breaks between shapes draw nothing.
    let markup = markup.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |all, line| {
        let gap = if all.is_empty() || all.ends_with('>') || line.starts_with('<') { "" } else { " " };
        all + gap + line
    });
    Ok(Symbol { view_box, markup })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(own: &str, inside: &str) -> Result<Symbol, String> {
        symbol(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {own}>{inside}</svg>").as_bytes())
    }

    #[test]
    fn an_icon_takes_the_colour_of_its_line() {
        for (own, painted) in [
            ("viewBox=\"0 0 24 24\"", "<g fill=\"currentColor\">"),
            ("width=\"24\" height=\"24\"", "<g fill=\"currentColor\">"),
            (
                "viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\"",
                "<g fill=\"none\" stroke=\"currentColor\">",
            ),
        ] {
            let symbol = of(own, "<title>Phone</title><path d=\"M1 1h9\"/>").unwrap();
            assert_eq!(symbol.view_box, "0 0 24 24", "{own}");
            assert_eq!(symbol.markup, format!("{painted}<path d=\"M1 1h9\"></path></g>"), "{own}");
        }
    }

    #[test]
    fn what_is_more_than_shapes_is_none() {
        for inside in ["<style>path{fill:red}</style><path/>", "<filter id=\"f\"/><path/>"] {
            assert!(of("viewBox=\"0 0 9 9\"", inside).is_err(), "{inside}");
        }
        assert!(symbol(b"no drawing").is_err());
    }
}
