//! Whether a theme's templates do with what the contract hands to them only what can be done with it.
//!
//! Owns that each fault is told once, in the file where it is made: the engine takes a misspelt name in a condition for one
//! that is not there, and finds the others page by page. Names and fields, loops, components and filters are followed with
//! their types; everything else is the engine's to judge. What it cannot follow it leaves alone.

mod components;
mod expression;
mod filters;
pub use filters::filters;
mod reader;
mod says;
mod unused;

use std::collections::{BTreeMap, BTreeSet};

use schemars::Schema;

use super::{kinds, own_types};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::source::SourcePath;
use crate::theme::Theme;
use crate::theme::template_tokens::{self, Scan};
use reader::{Reader, Scope};

/// Checks the templates that the site itself brings; those inside the program are checked by its tests.
pub fn check(theme: &Theme) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    if theme.own_templates().is_empty() {
        return diagnostics;
    }
    let all = theme.all_templates();
    let scans = scans(&all);
    check_templates(&theme.readable_templates(), &scans, theme, &mut diagnostics);
    if !theme.is_patched {
        unused::check(theme, &scans, &mut diagnostics);
    }
    diagnostics
}

/// Leaves out what follows from what was told already: what the engine says of pages that a faulty template makes, and the
/// promises that such pages don't keep. What it says of one place on several pages is told once.
pub fn told_once(misnamed: &Diagnostics, is_patched: bool, diagnostics: Diagnostics) -> Diagnostics {
    let errors = || misnamed.iter().filter(|told| told.severity == Severity::Error);
    let faulty: BTreeSet<SourcePath> =
        errors().filter_map(|told| told.place.as_ref()).map(|place| place.path.clone()).collect();
    // By place: a template may have thousands of faults.
    let place = |finding: &Diagnostic| finding.place.as_ref().map(|place| (place.path.clone(), place.span.start));
    let mut own: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for told in misnamed.iter() {
        own.entry(place(told)).or_default().push(told);
    }
    let is_own = |finding: &Diagnostic| own.get(&place(finding)).is_some_and(|here| here.contains(&finding));
    let mut stopped = BTreeSet::new();
    let mut kept = Diagnostics::default();
    for finding in diagnostics {
        let is_fault = finding.code == &codes::TEMPLATE_FAULT;
        let follows = match finding.code {
            _ if is_own(&finding) => false,
            code if code == &codes::PROMISE_BROKEN => is_patched || !faulty.is_empty(),
            _ => is_fault && finding.is_of(&faulty),
        };
        // The engine stops at one place in the same way on many pages.
        let place = finding.place.as_ref().filter(|_| is_fault && !follows && !is_own(&finding));
        let again = place.is_some_and(|place| !stopped.insert((place.path.clone(), place.span.start, place.span.end)));
        if !follows && !again {
            kept.push(finding);
        }
    }
    kept
}

/// Templates taken apart, each with its place.
fn scans<'a>(templates: &'a [(SourcePath, &str)]) -> Vec<(&'a SourcePath, Scan<'a>)> {
    templates.iter().map(|(path, text)| (path, template_tokens::scan(text))).collect()
}

/// Checks templates of a theme, which are among all those in `scans`.
fn check_templates(
    templates: &[(SourcePath, &str)],
    scans: &[(&SourcePath, Scan<'_>)],
    theme: &Theme,
    diagnostics: &mut Diagnostics,
) {
    let names = names(theme, None);
    for (path, text) in templates {
        let around = around(path, scans);
        match own_types::section_of(path.as_str()) {
            Some(section) => check_template(path, text, theme, &self::names(theme, Some(section)), around, diagnostics),
            None => check_template(path, text, theme, &names, around, diagnostics),
        }
    }
}

/// Every name that templates see, with the fields that the theme brings.
fn names(theme: &Theme, section: Option<&str>) -> BTreeMap<&'static str, Schema> {
    let mut names = kinds::all_names();
    names.values_mut().for_each(|schema| own_types::fill(schema, theme, section));
    names
}

fn check_template(
    path: &SourcePath,
    text: &str,
    theme: &Theme,
    names: &BTreeMap<&'static str, Schema>,
    around: BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let scan = template_tokens::scan(text);
    let scopes = vec![Scope::default()];
    Reader { path, text, theme, names, scopes, around, changing: BTreeSet::new(), diagnostics }.read(&scan);
}

/// The names that a template may find bound: by those that include it, and by those that it extends, directly or through
/// others.
fn around(path: &SourcePath, scans: &[(&SourcePath, Scan<'_>)]) -> BTreeSet<String> {
    let named = |scan: &Scan<'_>, word: &str, path: &SourcePath| {
        // `partials/x.html`, or with a theme's name before it.
        scan.naming(word).any(|(name, _)| {
            let file = path.as_str();
            file.ends_with(&format!("/templates/{name}"))
                || name.split_once('/').is_some_and(|(_, rest)| file.ends_with(&format!("/templates/{rest}")))
        })
    };
    let mut names = BTreeSet::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut waiting: Vec<&SourcePath> = vec![path];
    while let Some(path) = waiting.pop() {
        let own = scans.iter().position(|(other, _)| *other == path);
        for (at, (other, scan)) in scans.iter().enumerate() {
            let extends = own.is_some_and(|own| named(&scans[own].1, "extends", other));
            if (extends || named(scan, "include", path)) && seen.insert(at) {
                names.extend(reader::bound_in(scan).into_iter().map(str::to_string));
                waiting.push(other);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::stand_in_practice;
    use crate::options::Options;
    use crate::source::Sources;
    use crate::theme;

    fn theme(name: &str) -> std::sync::Arc<Theme> {
        let mut options = Options::for_day(jiff::civil::date(2026, 3, 1));
        options.theme = Some(name.to_string());
        let (theme, _) =
            theme::load(&Sources::default(), &stand_in_practice(), false, &options, &mut theme::Memo::off());
        theme.expect("the built-in theme loads")
    }

    fn faults(text: &str) -> Vec<String> {
        let (theme, mut diagnostics) = (theme("linen"), Diagnostics::default());
        let path = SourcePath::new("themes/x/templates/page.html").expect("a path");
        let around = BTreeSet::new();
        check_template(&path, text, &theme, &kinds::all_names(), around, &mut diagnostics);
        diagnostics.iter().map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn the_built_in_templates_name_only_what_the_contract_has() {
        let mut diagnostics = Diagnostics::default();
        for theme in ["linen", "harbor", "meadow"].map(theme) {
            let all = theme.all_templates();
            let scans = scans(&all);
            check_templates(&all, &scans, &theme, &mut diagnostics);
            unused::check(&theme, &scans, &mut diagnostics);
        }
        let told: Vec<String> = diagnostics.iter().map(|finding| format!("{finding:?}")).collect();
        assert!(told.is_empty(), "{told:#?}");
    }

    #[test]
    fn misspelt_names_and_fields_are_found_wherever_they_stand() {
        assert_eq!(faults("{% if page.titel %}x{% endif %}"), ["`page` has no field `titel`"]);
        assert_eq!(faults("{{ pgae.title }}"), ["templates have nothing called `pgae`"]);
        assert_eq!(
            faults("{{ t.hmoe }}{{ t.formats.vide }}"),
            ["the theme has no word `hmoe`", "the theme has no word `vide`"]
        );
        assert_eq!(faults("{% if theme.settings.colour_ink %}{% endif %}"), ["the theme has no setting `colour_ink`"]);
        let of_an_entry = "{% for person in service.people %}{{ person.nmae }}{% endfor %}";
        assert_eq!(faults(of_an_entry), ["`person` has no field `nmae`"]);
        assert_eq!(faults("{% set card = service.card %}{{ card.tilte }}"), ["`card` has no field `tilte`"]);
        assert_eq!(faults("{{ <Head role={page.rool} /> }}"), ["`page` has no field `rool`"]);
        assert_eq!(faults("{{ page.title.length }}"), ["`page.title` is a text and has no field `length`"]);
    }

    #[test]
    fn what_the_template_binds_itself_is_not_taken_for_a_name() {
        let fine = "{% component Row(entry, wide=false, @t) %}{{ entry.any }}{{ wide }}{{ t.home }}{% endcomponent %}\
            {% for key, value in theme.files %}{{ key }}{{ value | replace(from=\"a\", to=\"b\") }}{% endfor %}\
            {% set words = [x for x in [page.title] if x] | join(sep=\", \") %}{{ words }}\
            {# {{ nothing.here }} #}{% raw %}{{ nothing }}{% endraw %}\
            {% if page.title is containing(pat=\"a\") %}{{ loop.index }}{% endif %}\
            {{ {\"a\": page.title} }}{% set_global kept = 1 %}{{ kept }}";
        assert_eq!(faults(fine), Vec::<String>::new());
    }
}
