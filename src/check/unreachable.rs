//! Pages that no visitor finds: in no menu, in no list, and named by no other page.
//!
//! Owns telling them. People, services and articles stand in lists; what asks not to be listed is hidden on purpose.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::{Subject, documents};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::Document;
use crate::output::Output;
use crate::route::{NavigationLink, OutputPath, Route, Subject as Shows, Target};
use crate::site::{Absence, Page};
use crate::source::{SourcePath, composed};

pub(super) fn check(subject: &Subject<'_>, output: &Output, found: &mut Diagnostics) {
    let routes = subject.routes;
    let mut listed = HashSet::new();
    routes.navigation.iter().chain(&routes.footer).for_each(|link| gather(link, &mut listed));
    let written = subject.site.pages.len() - subject.site.generated.len();
    let alone: Vec<(&Route, &Page)> = routes
        .pages
        .iter()
        .filter_map(|route| match route.subject {
            Shows::Page(index) if index < written => Some((route, &subject.site.pages[index])),
            _ => None,
        })
        .filter(|(route, page)| {
            !page.front.noindex && page.front.policy.is_none() && !listed.contains(route.url.as_str())
        })
        .collect();
    if alone.is_empty() {
        return;
    }
    let named = Named::of(subject, alone.iter().map(|(_, page)| &*page.document));
    // The pages on which an address is written out: one, or several.
    let mut written_out: HashMap<&str, Option<&OutputPath>> = HashMap::new();
    for (file, links) in &output.written_out {
        for link in links {
            let known = written_out.entry(link.path.trim_end_matches('/')).or_insert(Some(file));
            *known = known.filter(|known| *known == file);
        }
    }
    for (route, page) in alone {
        let url = route.url.as_str();
        let by_address = written_out.get(url.trim_end_matches('/')).is_some_and(|file| *file != Some(&route.file));
        if by_address || named.holds(&page.document, url) {
            continue;
        }
        let message = "no menu, list or other page links to this page, so visitors won't find it";
        found.push(Diagnostic::new(&codes::UNREACHABLE_PAGE, message).about(&page.document.path).help(format!(
            "link to `/{url}` from another page, or add it to `navigation` in practice.yaml; \
             if only people with the link should see it, write `noindex: true`"
        )));
    }
}

/// The addresses inside the site that a link of the menu and those below it lead to.
fn gather<'a>(link: &'a NavigationLink, listed: &mut HashSet<&'a str>) {
    if let Target::Inside(inside) = &link.target {
        listed.extend(inside.split('#').next());
    }
    link.children.iter().for_each(|child| gather(child, listed));
}

/// Which files name something: one, by its number, or several.
type By = Option<usize>;

/// What practice.yaml and the published texts name, of what can be the last part of a page's address or its file. All of
/// them are read once, however many pages are asked for.
struct Named<'a> {
    /// What stands beside a `/`.
    parts: HashMap<String, By>,
    /// What ends as a text's file does.
    files: HashMap<String, By>,
    numbers: HashMap<&'a SourcePath, usize>,
}

impl<'a> Named<'a> {
    fn of(subject: &Subject<'a>, pages: impl Iterator<Item = &'a Document>) -> Named<'a> {
        // An article that has ended leads nowhere any more; that only time has taken its link away is no reason to stop.
        let ended = subject.site.absent.iter().filter(|(_, absence)| matches!(absence, Absence::Until(_)));
        let ended: Vec<&str> = ended
            .filter_map(|(path, _)| std::str::from_utf8(subject.sources.text(path)?).ok())
            .chain(std::str::from_utf8(subject.site.practice.bytes()).ok())
            .collect();
        let documents: Vec<&Document> = documents(subject.site).into_iter().map(|(document, _)| document).collect();
        let texts: Vec<&str> = documents.iter().map(|document| document.text()).chain(ended).collect();
        let found: Vec<(HashSet<String>, HashSet<String>)> = texts.par_iter().map(|text| names(text)).collect();
        let (mut parts, mut files) = (HashMap::new(), HashMap::new());
        for (number, (own_parts, own_files)) in found.into_iter().enumerate() {
            let add = |all: &mut HashMap<String, By>, own: HashSet<String>| {
                for name in own {
                    all.entry(name).and_modify(|by| *by = None).or_insert(Some(number));
                }
            };
            add(&mut parts, own_parts);
            add(&mut files, own_files);
        }
        let numbers = documents.iter().enumerate().map(|(number, document)| (&document.path, number));
        let numbers = numbers.collect::<HashMap<_, _>>();
        let numbers = pages.filter_map(|page| Some((&page.path, *numbers.get(&page.path)?))).collect();
        Named { parts, files, numbers }
    }

    /// Whether another file than the page's own names it.
    fn holds(&self, page: &Document, url: &str) -> bool {
        let path = url.trim_end_matches('/');
        let last = path.rsplit('/').next().unwrap_or(path);
        let own = self.numbers.get(&page.path).copied();
        let by = [self.parts.get(&*composed(last)), self.files.get(&*composed(page.path.file_name()))];
        by.into_iter().flatten().any(|by| by.is_none() || *by != own)
    }
}

/// The stretches of a text that stand beside a `/`, and those that end as a text's file does. Both as they stand and
/// without the marks around them.
fn names(text: &str) -> (HashSet<String>, HashSet<String>) {
    let text = composed(text);
    let (mut parts, mut files) = (HashSet::new(), HashSet::new());
    let ends = |c: char| matches!(c, '/' | '(' | ')' | '<' | '>' | '"' | '\'' | '`' | '#' | '?' | '|' | '\n' | '\r');
    let mut start = 0;
    let mut before = '\n';
    let bounds = text.char_indices().filter(|(_, c)| ends(*c)).chain([(text.len(), '\n')]);
    for (at, after) in bounds {
        let whole = &text[start..at];
        // A name may hold spaces; most hold none.
        let mut words = whole.split(char::is_whitespace);
        let first = words.clone().next().unwrap_or_default();
        let last = words.next_back().unwrap_or_default();
        let bare = |name: &str| name.trim_matches(|c: char| !c.is_alphanumeric()).to_string();
        if before == '/' {
            parts.extend([whole.to_string(), first.to_string(), bare(first)]);
        }
        if after == '/' {
            parts.extend([whole.to_string(), last.to_string(), bare(last)]);
        }
        if whole.contains(".md") {
            files.extend([whole.trim().to_string(), first.to_string(), last.to_string()]);
            files.extend(whole.split(char::is_whitespace).filter(|word| word.contains(".md")).map(bare));
        }
        (start, before) = (at + after.len_utf8().min(text.len() - at), after);
    }
    (parts, files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_beside_slashes() {
        let (parts, files) = names("[a](/b/c) [d](e f.md#g) see /h, or \"i/\" and `to: /j`\nk: l.md\nm/n.\n");
        for name in ["b", "c", "h", "i", "j", "m", "n"] {
            assert!(parts.contains(name), "{name}: {parts:?}");
        }
        assert!(!parts.contains("a") && !parts.contains("k"), "{parts:?}");
        for name in ["e f.md", "l.md"] {
            assert!(files.contains(name), "{name}: {files:?}");
        }
    }
}
