//! Files that are published although nothing shows them or links to them.

use std::collections::HashSet;

use super::Subject;
use crate::diagnostic::Diagnostics;
use crate::rules::pages;
use crate::source::{Content, Sources};

pub(super) fn check(subject: &Subject<'_>, sources: &Sources, found: &mut Diagnostics) {
    let Some(case) = pages::rules().unused_file.info.case(subject.practice(), subject.today) else { return };
    let assets = subject.routes.assets.keys().filter(|path| path.inside("content/static").is_none());
    let mut names: HashSet<&str> = assets.clone().map(|path| path.file_name()).collect();
    // By name alone: a file of the same name elsewhere may hide one, but none is told that is used.
    for (path, content) in &sources.files {
        if names.is_empty() {
            return;
        }
        let Content::Text(bytes) = content else { continue };
        if path.inside("content").is_some()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            let escaped = text.contains('%');
            names.retain(|name| !(text.contains(name) || (escaped && text.contains(&name.replace(' ', "%20")))));
        }
    }
    for path in assets.filter(|path| names.contains(path.file_name())) {
        let message = "no page shows this file or links to it";
        found.push(super::finding(&pages::rules().unused_file.info, case, message).about(path));
    }
}
