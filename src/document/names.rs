//! Names of files and folders that were probably meant to mean something.
//!
//! Owns the lists of names that have a meaning in `content/`. What is in a file is none of its business.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::SourcePath;

/// Files of facts, in `content/`.
const FACTS: [&str; 5] = ["practice.yaml", "references.yaml", "references.bib", "references.json", "redirects.yaml"];

/// Folders of `content/` whose files are more than pages.
const FOLDERS: [&str; 6] = ["practitioners", "services", "resources", "images", "files", "static"];

/// The file that was probably meant to be `content/practice.yaml` where there's none: `practice.yaml.txt`, as Windows' Notepad saves it.
pub fn practice<'a>(mut paths: impl Iterator<Item = &'a SourcePath>) -> Option<&'a SourcePath> {
    paths.find(|path| {
        let name = path.file_name().to_lowercase();
        let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
        let is_text = ["", "yaml", "yml", "txt", "md", "yaml.txt", "yml.txt", "txt.yaml", "yaml.yaml", "rtf", "docx"];
        matches!(path.folder(), "content" | "") && stem.trim() == "practice" && is_text.contains(&ending)
    })
}

/// Holds the paths of texts in `content/` against the names that mean something.
pub fn check<'a>(paths: impl Iterator<Item = &'a SourcePath>) -> Diagnostics {
    let paths: Vec<&SourcePath> = paths.collect();
    let is_no_practice = !paths.iter().any(|path| path.as_str() == "content/practice.yaml");
    let mut found = Diagnostics::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        let Some(inside) = path.inside("content") else { continue };
        let folder = inside.split_once('/').map(|(folder, _)| folder);
        if let Some(folder) = folder
            && !FOLDERS.contains(&folder)
            && seen.insert(folder)
            && let Some(near) = nearest(folder, FOLDERS)
        {
            let message = format!("the folder name `content/{folder}` is almost the same as `content/{near}`");
            let help = format!("if you meant `{near}`, rename the folder; until then, its files are ordinary pages");
            found.push(Diagnostic::new(&codes::MISNAMED_FOLDER, message).about(path).help(help));
        }
        // Told where its absence is told.
        if is_no_practice && practice(std::iter::once(path)).is_some() {
            continue;
        }
        let is_facts = matches!(path.extension().as_str(), "yaml" | "yml" | "bib");
        if is_facts && !FACTS.contains(&inside) && folder != Some("static") {
            let name = path.file_name();
            let help = match nearest(name, FACTS) {
                Some(meant) => format!("if you meant `content/{meant}`, rename it"),
                None => "move it out of `content/`, or to `content/static/` if you want to publish it".to_string(),
            };
            let message = "Anteroom doesn't use this file";
            found.push(Diagnostic::new(&codes::UNREAD_FILE, message).about(path).help(help));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str) -> Option<(String, String)> {
        let path = SourcePath::new(path).unwrap();
        let found = check(std::iter::once(&path));
        found.iter().next().map(|finding| (finding.code.name.to_string(), finding.help.clone().unwrap_or_default()))
    }

    #[test]
    fn names_that_are_nearly_right_are_told() {
        for (path, code, help) in [
            ("content/referances.bib", "unread-file", "content/references.bib"),
            ("content/resources/references.yaml", "unread-file", "content/references.yaml"),
            ("content/plan.yaml", "unread-file", "content/static/"),
            ("content/files/menu.yaml", "unread-file", "content/static/"),
            ("content/practioners/bo.md", "misnamed-folder", "`practitioners`"),
            ("content/Services/grief.md", "misnamed-folder", "`services`"),
        ] {
            let (told_code, told_help) = told(path).unwrap_or_default();
            assert_eq!(told_code, code, "{path}");
            assert!(told_help.contains(help), "{told_help}");
        }
    }

    #[test]
    fn a_practice_by_nearly_the_right_name_is_found() {
        for (path, meant) in [
            ("content/practice.yml", true),
            ("content/Practice.yaml", true),
            ("content/practice.yaml.txt", true),
            ("content/practice", true),
            ("practice.yaml", true),
            ("content/practice.md", true),
            ("content/static/practice.yaml", false),
            ("content/practices.png", false),
        ] {
            let path = SourcePath::new(path).unwrap();
            assert_eq!(practice(std::iter::once(&path)).is_some(), meant, "{path}");
            assert!(!meant || told(path.as_str()).is_none(), "{path} is told once");
        }
    }

    #[test]
    fn other_names_are_the_authors() {
        for path in [
            "content/practice.yaml",
            "content/references.bib",
            "content/about.md",
            "content/groups/walking.md",
            "content/static/config.yml",
        ] {
            assert_eq!(told(path), None, "{path}");
        }
    }
}
