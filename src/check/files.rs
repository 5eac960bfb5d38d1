//! Files in `content/` that are not published, and why that is told.
//!
//! Owns telling apart what was probably meant as a page from what merely lies there. Asks the finished output: a file
//! that is named by a page is in it, and everything else stays private.

use std::collections::BTreeSet;

use super::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::output::Output;
use crate::rules::pages;
use crate::source::SourcePath;

/// Endings that word processors, other generators and careless editors give to what should be a page.
const DISGUISES: &[&str] = &[
    ".markdown",
    ".mdown",
    ".mkd",
    ".mdx",
    ".md.txt",
    ".txt",
    ".docx",
    ".doc",
    ".odt",
    ".rtf",
    ".pages",
    ".html",
    ".htm",
];
/// Endings that mean a page even beside another page's text, where a text or a letter may be a handout.
const CERTAIN: usize = 5;
/// Folders in which each file is a page of its own.
const SECTIONS: &[&str] = &["content", "content/practitioners", "content/services", "content/resources"];
/// So many names are told; more would hide the other findings.
const NAMED: usize = 12;

pub(super) fn check(subject: &Subject<'_>, output: &Output, found: &mut Diagnostics) {
    let assets = subject.routes.assets.iter().filter(|(path, _)| !path.is_published_as_it_is());
    let private = assets.filter(|(_, at)| !output.files.contains_key(at)).map(|(path, _)| path);
    let private = private.chain(&subject.routes.hidden);
    let (pages, rest): (Vec<&SourcePath>, Vec<&SourcePath>) =
        private.partition(|path| is_page_in_disguise(subject, path));
    for path in pages {
        let message = "this looks like a page, but it isn't published: only files that end in `.md` become pages";
        found.push(Diagnostic::new(&codes::NOT_A_PAGE, message).about(path).help(format!(
            "save it as plain text with the name `{}.md`; if it's for download, put it in content/files/",
            stem(path.file_name())
        )));
    }
    // A page that could not be made may show any of them.
    if !subject.site.faulty.is_empty() {
        return;
    }
    let Some(case) = pages::rules().unused_file.info.case(subject.practice(), subject.today) else { return };
    if let Some(first) = rest.first() {
        let names: BTreeSet<&str> = rest.iter().map(|path| path.inside("content").unwrap_or(path.as_str())).collect();
        let message = match names.len() {
            1 => "no page shows this file or links to it, so it isn't published".to_string(),
            count => format!("no page shows or links to {count} files, so they aren't published"),
        };
        let mut list = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        if names.len() > NAMED {
            list = format!("{list} and {} more", names.len() - NAMED);
        }
        let finding = super::finding(&pages::rules().unused_file.info, case, message).about(first);
        found.push(if names.len() > 1 { finding.help(format!("they are: {list}")) } else { finding });
    }
}

/// Whether somebody probably meant a file to be a page.
fn is_page_in_disguise(subject: &Subject<'_>, path: &SourcePath) -> bool {
    let name = path.file_name().to_lowercase();
    // A word processor's mark that a file is open.
    if name.starts_with("~$") || path.inside("content/images").is_some() {
        return false;
    }
    let Some(ending) = DISGUISES.iter().position(|ending| name.ends_with(ending)) else { return false };
    let folder = path.folder();
    let is_beside_a_page = !SECTIONS.contains(&folder)
        && SourcePath::new(&format!("{folder}/index.md")).is_some_and(|page| subject.sources.files.contains_key(&page));
    ending < CERTAIN || !is_beside_a_page
}

/// A file's name without all that its disguise added.
fn stem(name: &str) -> &str {
    let lower = name.to_lowercase();
    DISGUISES
        .iter()
        .find(|ending| lower.ends_with(**ending))
        .map_or(name, |ending| name.get(..name.len() - ending.len()).unwrap_or(name))
}
