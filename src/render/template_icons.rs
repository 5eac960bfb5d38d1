//! Whether the icons that a site's own templates name are there.
//!
//! Owns the names that are written out: `<Icon name="phone" />`. A name that a template computes is the engine's to refuse.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::theme::Theme;

static ICON: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"<Icon\b[^>]*?\bname\s*=\s*(?:\{\s*)?["']([^"'}]*)["']"#).ok());

/// Checks the templates that the site itself brings; an unknown icon is a finding at its name.
pub(super) fn check(theme: &Theme) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let known = &theme.icons.symbols;
    let Some(pattern) = &*ICON else { return diagnostics };
    for (path, text) in theme.own_templates() {
        for name in pattern.captures_iter(text).filter_map(|found| found.get(1)) {
            let before = &text[..name.start()];
            let is_comment = before.rfind("{#").is_some_and(|open| before.rfind("#}").is_none_or(|end| end < open));
            if is_comment || known.contains_key(name.as_str()) {
                continue;
            }
            let message = format!("there's no icon called `{}`", name.as_str());
            let all: Vec<&str> = known.keys().map(String::as_str).collect();
            let help = match all.is_empty() {
                true => "put it in the theme's assets/icons/ as an SVG file of that name".to_string(),
                false => format!("the icons in assets/icons/ are: {}", all.join(", ")),
            };
            let finding = Diagnostic::new(&codes::TEMPLATE_FAULT, message).at(&path, name.range());
            diagnostics.push(finding.help(help).suggest(name.as_str(), all));
        }
    }
    diagnostics
}
