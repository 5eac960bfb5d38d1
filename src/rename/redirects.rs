//! redirects.yaml: old addresses lead on.
//!
//! Owns that no line leads in a circle, or away from an address that has a page, and that no address is said twice.

use std::collections::BTreeMap;

use super::text_of;
use crate::diagnostic::Mend;
use crate::source::{SourcePath, Sources};
use crate::yaml;

/// Old addresses and where they lead now.
pub(super) const REDIRECTS: &str = "content/redirects.yaml";

pub(super) fn redirects_file() -> SourcePath {
    SourcePath::new(REDIRECTS).unwrap_or_else(|| unreachable!("a path that stays in the site"))
}

/// The changes after which no redirect leads away from addresses that have a page now.
pub fn without_redirects(sources: &Sources, addresses: &[String]) -> BTreeMap<SourcePath, Vec<Mend>> {
    let file = redirects_file();
    let text = text_of(sources, &file).unwrap_or_default();
    let pairs: Vec<(String, String)> = addresses.iter().map(|address| (String::new(), address.clone())).collect();
    let mut edits = leading_on(text, &pairs);
    // Only what goes: nothing leads on.
    edits.pop();
    if edits.is_empty() { BTreeMap::new() } else { BTreeMap::from([(file, edits)]) }
}

/// Redirects from old addresses to new ones, added to those that are there. One from a new address would lead in a circle, and goes.
pub(super) fn leading_on(text: &str, addresses: &[(String, String)]) -> Vec<Mend> {
    let mut edits = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let from = line.split_once(": ").map(|(from, _)| from.trim().trim_matches(['"', '\'']));
        // What is said anew is said once.
        if from.is_some_and(|from| addresses.iter().any(|(old, new)| new == from || old == from)) {
            edits.push(Mend { span: at..at + line.len(), with: String::new() });
        }
        at += line.len();
    }
    let mut with = String::new();
    if !text.is_empty() && !text.ends_with('\n') {
        with.push('\n');
    }
    for (old, new) in addresses {
        with.push_str(&format!("{}: {}\n", yaml::scalar(old), yaml::scalar(new)));
    }
    edits.push(Mend { span: text.len()..text.len(), with });
    edits
}
