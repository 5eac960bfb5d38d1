//! The author's own `_headers` and `_redirects`, joined with those that are made.
//!
//! Owns what is said where both speak of one thing. The author's lines come first, word for word; a made one that says
//! something else of the same path is left out, and that is told. What a line means is the host's
//! (Netlify's and Cloudflare Pages' documents on the two files, as of November 2026).

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::site::HostFile;

/// Lines with their places, without comments and empty ones.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    let all = text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        (line, start..start + line.len())
    });
    all.filter(|(line, _)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

pub(super) fn text(file: &HostFile) -> &str {
    std::str::from_utf8(&file.text).unwrap_or_default().trim_start_matches('\u{feff}')
}

pub(super) fn told(file: &HostFile, span: Range<usize>, message: String, help: &'static str) -> Diagnostic {
    // A byte order mark stands before the first line.
    let skipped = file.text.len() - text(file).len();
    Diagnostic::new(&codes::HOST_FILE, message).at(&file.path, skipped + span.start..skipped + span.end).help(help)
}

/// The path, and what stands behind it, that a line of `_redirects` is for; `None` for what is no rule.
fn leads_from(line: &str) -> Option<(String, Vec<&str>)> {
    let mut fields = line.split_whitespace();
    let from = fields.next().filter(|from| from.starts_with('/') || from.contains("://"))?;
    let mut queries = Vec::new();
    let is_target = |field: &str| field.starts_with('/') || field.contains("://");
    for field in fields {
        match is_target(field) {
            true => return Some((from.trim_end_matches('/').to_string(), queries)),
            false if field.contains('=') => queries.push(field),
            false => return None,
        }
    }
    None
}

/// `_redirects`: the author's, then those that are made.
pub fn redirects(own: Option<&HostFile>, made: String, found: &mut Diagnostics) -> String {
    let Some(file) = own else { return made };
    let mut taken = BTreeSet::new();
    for (line, span) in lines(text(file)) {
        match leads_from(line) {
            Some(from)
                if made.lines().any(|other| leads_from(other).as_ref() == Some(&from) && !is_same(other, line)) =>
            {
                let message = format!("the site also redirects `{}`; this line wins", from.0);
                found.push(told(file, span, message, "keep only one of them: here, or in redirects.yaml or `aliases`"));
                taken.insert(from);
            }
            Some(from) => drop(taken.insert(from)),
            None => found.push(told(
                file,
                span,
                "hosts won't understand this redirect".to_string(),
                "write the old address, the new one and a status: `/old/ /new/ 301`",
            )),
        }
    }
    let rest = made.lines().filter(|line| leads_from(line).is_none_or(|from| !taken.contains(&from)));
    joined(text(file), rest)
}

fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn joined<'a>(own: &str, rest: impl Iterator<Item = &'a str>) -> String {
    let mut all = own.trim_end().to_string();
    for line in rest {
        all.push('\n');
        all.push_str(line);
    }
    all.push('\n');
    all
}

/// `_headers`: the author's, then those that are made.
pub fn headers(own: Option<&HostFile>, made: String, found: &mut Diagnostics) -> String {
    let Some(file) = own else { return made };
    let mut made_headers: Vec<(&str, &str)> = Vec::new();
    let mut path = "";
    for (line, _) in lines(&made) {
        match line.starts_with(' ') {
            true => made_headers.extend(line.split_once(':').map(|(name, _)| (path, name.trim()))),
            false => path = line,
        }
    }
    let mut replaced = BTreeSet::new();
    let mut path = None;
    for (line, span) in lines(text(file)) {
        let Some((name, _)) = line.split_once(':').filter(|_| line.starts_with([' ', '\t'])) else {
            let is_path = !line.starts_with([' ', '\t']) && (line.starts_with('/') || line.contains("://"));
            match is_path {
                true => path = Some(line.trim()),
                false => found.push(told(
                    file,
                    span,
                    "this isn't a path or a header".to_string(),
                    "write a path such as `/*` on a line of its own, and `Name: value` indented below it",
                )),
            }
            continue;
        };
        let (Some(path), name) = (path, name.trim()) else {
            let help = "write its path, such as `/*`, on the line above";
            found.push(told(file, span, "this header has no path above it".to_string(), help));
            continue;
        };
        let same = |(_, made): &&(&str, &str)| made.eq_ignore_ascii_case(name);
        if made_headers.iter().filter(same).any(|(made, _)| *made == path) {
            let message = format!("the site sends its own `{name}` for `{path}`; yours replaces it");
            found.push(told(file, span, message, "remove it, unless you're sure that yours is better"));
            replaced.insert((path.to_string(), name.to_lowercase()));
        } else if made_headers.iter().any(|header| same(&header)) {
            let message = format!("the site also sends a `{name}`; hosts send both, and browsers follow both");
            found.push(told(file, span, message, "remove it, or put it below the site's own path, `/*`"));
        }
    }
    let mut path = "";
    let rest = made.lines().filter(|line| {
        if !line.starts_with(' ') {
            path = line;
        }
        let name = line.split_once(':').map_or("", |(name, _)| name).trim().to_lowercase();
        !(line.starts_with(' ') && replaced.contains(&(path.to_string(), name)))
    });
    joined(text(file), rest)
}
