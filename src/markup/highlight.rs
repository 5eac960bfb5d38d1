//! Colours in fenced code, as classes.
//!
//! Owns the only use of syntect. Grammars are loaded when the first fence names a language that is known.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The code as markup with classes that begin with `hl-`; `None` for a language that is not known.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    let grammar = GRAMMARS.find_syntax_by_token(language)?;
    let mut generator =
        ClassedHTMLGenerator::new_with_class_style(grammar, &GRAMMARS, ClassStyle::SpacedPrefixed { prefix: "hl-" });
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
