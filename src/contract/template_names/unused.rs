//! Templates of a site's own that no page is made with.
//!
//! Owns which files are used: those that a kind of page has, those that stand in front of another theme's, those that another
//! template names, and those whose components are called.

use std::collections::BTreeSet;

use crate::contract::kinds::KINDS;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::Section;
use crate::source::SourcePath;
use crate::theme::Theme;
use crate::theme::template_files;
use crate::theme::template_tokens::Scan;

/// Tells templates that nothing uses, with the file that a page of their name is made with. `scans` are all of the theme's.
pub(super) fn check(theme: &Theme, scans: &[(&SourcePath, Scan<'_>)], diagnostics: &mut Diagnostics) {
    let own = theme.own_templates();
    let is_own = |path: &SourcePath| own.iter().any(|(one, _)| one == path);
    // What the program's themes have can be replaced.
    let mut used: BTreeSet<&str> = KINDS.iter().map(|kind| kind.template).collect();
    let built_in = theme.built_in_templates();
    used.extend(built_in.iter().filter_map(|(path, _)| inside(path)));
    // What a theme brings for pages to use.
    let kinds = theme.own.section_names().chain(Section::KINDS.iter().copied());
    let sections: Vec<String> = kinds.map(|name| format!("sections/{name}.html")).collect();
    let layouts: Vec<String> = theme.own.layouts.iter().map(|name| format!("layouts/{name}.html")).collect();
    used.extend(sections.iter().chain(&layouts).map(String::as_str));
    let replaceable: Vec<&str> = used.iter().copied().collect();
    let mut called = BTreeSet::new();
    for (_, scan) in scans {
        used.extend(["extends", "include"].into_iter().flat_map(|word| scan.naming(word)).map(|(name, _)| name));
        for tag in &scan.tags {
            let calls = tag.tokens.windows(2).filter(|pair| pair[0].is_sign("<"));
            called.extend(calls.filter_map(|pair| pair[1].word()));
        }
    }
    for (path, scan) in scans.iter().filter(|(path, _)| is_own(path)) {
        let Some(name) = inside(path).filter(|name| name.ends_with(".html")) else { continue };
        // `partials/x.html`, or with the theme's name: `leaf/partials/x.html`.
        let in_theme = path.as_str().trim_start_matches("themes/").replacen("/templates/", "/", 1);
        let is_named = used.contains(name) || used.iter().any(|used| used.trim_start_matches("site/") == in_theme);
        let components: Vec<&str> = scan
            .tags
            .iter()
            .filter(|tag| tag.word() == "component")
            .filter_map(|tag| tag.tokens.get(1)?.word())
            .collect();
        if is_named || components.iter().any(|own| called.contains(own)) {
            continue;
        }
        let message = match components.is_empty() {
            true => format!("no page is made with `{name}`, and no template names it"),
            false => format!("nothing calls the components of `{name}`"),
        };
        if let Some(section) = name.strip_prefix("sections/").and_then(|file| file.strip_suffix(".html")) {
            let message = format!("nothing says what the section `{section}` is, so no page can have it");
            let help = format!(
                "add `sections/{section}.yaml` to the theme, beside its templates folder, with `label` and `fields`"
            );
            diagnostics.push(Diagnostic::new(&codes::TEMPLATE_UNUSED, message).about(path).help(help));
            continue;
        }
        let instead = template_files::instead(name, replaceable.iter().copied());
        let kinds: BTreeSet<&str> = KINDS.iter().map(|kind| kind.template).collect();
        let help = match instead {
            Some(say) if components.is_empty() => say,
            _ if components.is_empty() => {
                format!("pages are made with: {}", kinds.into_iter().collect::<Vec<_>>().join(", "))
            }
            _ => format!("call one: `{{{{ <{} … /> }}}}`", components.first().copied().unwrap_or_default()),
        };
        diagnostics.push(Diagnostic::new(&codes::TEMPLATE_UNUSED, message).about(path).help(help));
    }
}

/// A template's path within its theme's templates.
fn inside(path: &SourcePath) -> Option<&str> {
    path.as_str().split_once("/templates/").map(|(_, name)| name)
}
