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

/// Holds the paths of texts in `content/` against the names that mean something.
pub fn check<'a>(paths: impl Iterator<Item = &'a SourcePath>) -> Diagnostics {
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
            ("content/practice.yml", "unread-file", "content/practice.yaml"),
            ("content/Practice.yaml", "unread-file", "content/practice.yaml"),
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
