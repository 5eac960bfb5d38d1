//! Where a link to another website is written.
//!
//! Owns finding it in the files: in the page's own first, then wherever it is written at all.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pipeline::Build;
use crate::route::OutputPath;
use crate::source::{Content, SourcePath, Sources};

/// Puts a finding at each place where the link is written; where none is known, it says on which page it is.
pub(super) fn put(
    finding: Diagnostic,
    href: &str,
    pages: &BTreeSet<OutputPath>,
    build: &Build,
    sources: &Sources,
    found: &mut Diagnostics,
) {
    let wanted = spellings(href);
    let mut places: BTreeSet<(SourcePath, usize, usize)> = BTreeSet::new();
    let own: BTreeSet<&SourcePath> = sources
        .files
        .keys()
        .filter(|path| path.extension() == "md" && build.page_of(path).is_some_and(|route| pages.contains(&route.file)))
        .collect();
    // A page shows what others say, too: a person's card, a list of works.
    let others = sources.files.keys().filter(|path| !own.contains(path));
    for spelling in &wanted {
        for path in &own {
            places.extend(all(sources, path, spelling).into_iter().map(|span| ((*path).clone(), span.start, span.end)));
        }
        if places.is_empty() {
            let elsewhere =
                others.clone().find_map(|path| Some((path, all(sources, path, spelling).into_iter().next()?)));
            places.extend(elsewhere.map(|(path, span)| (path.clone(), span.start, span.end)));
        }
        if !places.is_empty() {
            break;
        }
    }
    if places.is_empty() {
        let page = pages.iter().next().map_or("", OutputPath::as_str);
        let mut finding = finding;
        finding.message.push_str(&format!(" (on {page})"));
        found.push(finding);
        return;
    }
    found.extend(places.into_iter().map(|(path, start, end)| finding.clone().at(&path, start..end)));
}

/// How an address may stand in a file, the likeliest first.
fn spellings(href: &str) -> Vec<String> {
    let mut all = vec![href.to_string(), href.replace('&', "&amp;")];
    all.push(percent_encoding::percent_decode_str(href).decode_utf8_lossy().into_owned());
    if let Some(number) = href.split("doi.org/").nth(1) {
        all.push(number.to_string());
    }
    // Facts such as a profile's name are written without what the program adds.
    let bare = href.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    all.extend([href.trim_end_matches('/').to_string(), bare.to_string(), bare.trim_start_matches("www.").to_string()]);
    let mut seen = BTreeSet::new();
    all.retain(|spelling| !spelling.is_empty() && seen.insert(spelling.clone()));
    all
}

/// Every place of an address in a file where it isn't the beginning of a longer one.
fn all(sources: &Sources, path: &SourcePath, wanted: &str) -> Vec<Range<usize>> {
    let Some(Content::Text(bytes)) = sources.files.get(path) else { return Vec::new() };
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    let found = text.match_indices(wanted).map(|(at, _)| at..at + wanted.len());
    found.filter(|span| ends(&text[span.end..]) && begins(&text[..span.start])).collect()
}

/// Whether an address ends before this. A full stop or a comma behind it belongs to the sentence.
fn ends(rest: &str) -> bool {
    let mut letters = rest.chars();
    match letters.next() {
        Some('.' | ',' | ':' | ';' | '!' | '?') => {
            letters.next().is_none_or(|next| next.is_whitespace() || "\"')]>*_".contains(next))
        }
        Some(next) => !next.is_alphanumeric() && !"/-_~%#&=+@$".contains(next),
        None => true,
    }
}

fn begins(before: &str) -> bool {
    before.chars().next_back().is_none_or(|last| !last.is_alphanumeric() && !"-_%".contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str, wanted: &str) -> Vec<usize> {
        let mut sources = Sources::default();
        sources.insert_text("content/a.md", text);
        let path = SourcePath::new("content/a.md").unwrap();
        all(&sources, &path, wanted).into_iter().map(|span| span.start).collect()
    }

    #[test]
    fn an_address_is_found_whole() {
        assert_eq!(spans("[a](https://a.org) [b](https://a.org/b)", "https://a.org"), [4]);
        assert_eq!(spans("See https://a.org. Or <https://a.org>", "https://a.org"), [4, 23]);
        assert_eq!(spans("https://a.org.uk https://a.org?x", "https://a.org"), Vec::<usize>::new());
        assert_eq!(spans("doi: 10.1/x\n", "10.1/x"), [5]);
    }

    #[test]
    fn works_are_found_by_their_number() {
        assert!(spellings("https://doi.org/10.1037/h0045357").contains(&"10.1037/h0045357".to_string()));
    }
}
