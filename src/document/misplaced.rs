//! Pages that lie in a folder that means nothing, with the facts of a service, a person or an article.
//!
//! Owns that this is one finding for a folder, and not one for each fact of each page. What the folders are called that mean
//! something, `names` knows.

use std::collections::BTreeMap;

use super::kind::Kind;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::source::{SourcePath, Text};

/// What a kind of page is called, with the folder where its pages lie.
fn home(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Resource => ("an article", "resources"),
        Kind::Service => ("a service", "services"),
        Kind::Practitioner => ("a person", "practitioners"),
        Kind::Page => ("a page", ""),
    }
}

/// A page with what was found in it.
pub(super) struct Read<'a> {
    pub path: &'a SourcePath,
    pub text: &'a Text,
    pub found: &'a Diagnostics,
}

/// The kinds that a page in no folder of its kind may be meant as.
pub(super) const MEANT: [Kind; 3] = [Kind::Resource, Kind::Service, Kind::Practitioner];

/// Tells of folders, and of pages in none, that hold pages of another kind. `fits`: whether a page's facts are known to that kind.
/// Returns what replaces the findings of which pages.
pub(super) fn check(pages: &[Read<'_>], fits: impl Fn(&Read<'_>, Kind) -> bool) -> BTreeMap<SourcePath, Diagnostics> {
    let mut folders: BTreeMap<&str, Vec<&Read<'_>>> = BTreeMap::new();
    for page in pages.iter().filter(|page| is_foreign(page.found)) {
        let Some(inside) = page.path.inside("content") else { continue };
        // A page beside the home page stands for itself.
        let folder = inside.split_once('/').map_or(inside, |(folder, _)| folder);
        folders.entry(folder).or_default().push(page);
    }
    let mut instead = BTreeMap::new();
    for (folder, pages) in folders {
        let Some(kind) = MEANT.into_iter().find(|kind| pages.iter().all(|page| fits(page, *kind))) else {
            continue;
        };
        let (what, home) = home(kind);
        for (index, page) in pages.iter().enumerate() {
            let mut found = Diagnostics::default();
            if index == 0 {
                let is_alone = folder.ends_with(".md");
                let (message, help) = match is_alone {
                    true => (
                        format!("this page has the facts of {what}, and isn't in `content/{home}/`"),
                        format!("move it to `content/{home}/{folder}`"),
                    ),
                    false => (
                        format!(
                            "the pages in `content/{folder}/` have the facts of {what}, which belong in `content/{home}/`"
                        ),
                        format!("rename the folder `{folder}` to `{home}`, or move its pages there"),
                    ),
                };
                found.push(Diagnostic::new(&codes::MISPLACED_PAGE, message).about(page.path).help(help));
            }
            found.extend(page.found.iter().filter(|one| !is_of_kind(one)).cloned());
            instead.insert(page.path.clone(), found);
        }
    }
    instead
}

fn is_foreign(found: &Diagnostics) -> bool {
    found.iter().any(|one| one.code == &codes::UNKNOWN_FIELD)
}

/// Whether a finding comes from reading a page as what it isn't.
fn is_of_kind(finding: &Diagnostic) -> bool {
    let code = finding.code;
    code == &codes::UNKNOWN_FIELD || code == &codes::MISSING_FIELD || code == &codes::WRONG_TYPE
}
