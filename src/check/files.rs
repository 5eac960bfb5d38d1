//! Files that are published although nothing shows them or links to them.

use std::collections::HashSet;

use memchr::memchr_iter;
use rayon::prelude::*;

use super::Subject;
use crate::diagnostic::Diagnostics;
use crate::rules::pages;
use crate::source::Content;

/// A file's name is no longer than this on any common system.
const LONGEST_NAME: usize = 255;

pub(super) fn check(subject: &Subject<'_>, found: &mut Diagnostics) {
    let Some(case) = pages::rules().unused_file.info.case(subject.practice(), subject.today) else { return };
    let assets = subject.routes.assets.keys().filter(|path| path.inside("content/static").is_none());
    // By name alone: a file of the same name elsewhere may hide one, but none is told that is used.
    let names: HashSet<&str> = assets.clone().map(|path| path.file_name()).collect();
    if names.is_empty() {
        return;
    }
    let extensions: HashSet<&str> = names.iter().filter_map(|name| name.rsplit_once('.')).map(|(_, end)| end).collect();
    let texts: Vec<&str> = subject
        .sources
        .files
        .iter()
        .filter_map(|(path, content)| match content {
            Content::Text(bytes) if path.inside("content").is_some() => std::str::from_utf8(bytes).ok(),
            _ => None,
        })
        .collect();
    let named: HashSet<&str> = texts
        .par_iter()
        .fold(HashSet::new, |mut named, text| {
            mentioned(text, &names, &extensions, &mut named);
            named
        })
        .reduce(HashSet::new, |mut all, more| {
            all.extend(more);
            all
        });
    for path in assets.filter(|path| path.file_name().contains('.') && !named.contains(path.file_name())) {
        let message = "no page shows this file or links to it";
        found.push(super::finding(&pages::rules().unused_file.info, case, message).about(path));
    }
}

/// The names that a text mentions: what ends in a known extension and begins after something that parts words.
fn mentioned<'n>(text: &str, names: &HashSet<&'n str>, extensions: &HashSet<&str>, named: &mut HashSet<&'n str>) {
    let parts = |c: char| c.is_whitespace() || "/\"'()<>[]{}|,:=".contains(c);
    for dot in memchr_iter(b'.', text.as_bytes()) {
        let after = &text[dot + 1..];
        let length = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        if !extensions.contains(&after[..length]) {
            continue;
        }
        let end = dot + 1 + length;
        let mut from = end.saturating_sub(LONGEST_NAME);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let stretch = &text[from..end];
        let starts = stretch.char_indices().filter(|(_, c)| parts(*c)).map(|(at, c)| at + c.len_utf8());
        for start in std::iter::once(0).chain(starts) {
            let name = &stretch[start..];
            let known = names.get(name).copied();
            let known =
                known.or_else(|| name.contains("%20").then(|| names.get(&*name.replace("%20", " ")).copied())?);
            named.extend(known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_where_texts_write_them() {
        let names = HashSet::from(["a.jpg", "my photo.png", "b.v2.pdf", "unused.jpg", "ä.svg"]);
        let extensions = HashSet::from(["jpg", "png", "pdf", "svg"]);
        let mut named = HashSet::new();
        let text = "![x](../images/a.jpg \"t\") image: my photo.png\n[c](</files/b.v2.pdf>) see ä.svg. notunused.jpg";
        mentioned(text, &names, &extensions, &mut named);
        assert_eq!(named, HashSet::from(["a.jpg", "my photo.png", "b.v2.pdf", "ä.svg"]));
        named.clear();
        mentioned("(my%20photo.png)", &names, &extensions, &mut named);
        assert_eq!(named, HashSet::from(["my photo.png"]));
    }
}
