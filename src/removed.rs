//! Addresses that a build takes away.
//!
//! Owns telling which pages of the published website would be gone, and which page of the new one has their title or their
//! words. Compares two values: reading the published folder is `disk`'s.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::output::{File, Output};
use crate::route::OutputPath;
use crate::search;

/// So many are told by name; a whole section that moved is one mistake.
const NAMED: usize = 12;
/// Pages whose words are alike to this share, from 0 to 1, are one page that was moved.
const ALIKE: f64 = 0.6;
/// Words in a row that are compared.
const RUN: usize = 3;

/// A page as it was published: its path in the output folder, and its HTML.
pub type Published = BTreeMap<String, Vec<u8>>;

/// Whether a file is a page that others may link to: no further page of a list, no page for wrong addresses.
pub fn is_page(path: &str) -> bool {
    let further = |path: &str| {
        let mut parts = path.rsplit('/').skip(1);
        parts.next().is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit())) && parts.next() == Some("page")
    };
    path.ends_with("index.html") && !further(path)
}

/// The pages of `former` that `output` no longer has, each as a finding that asks for a redirect.
pub fn told(former: &Published, output: &Output) -> Diagnostics {
    let mut found = Diagnostics::default();
    let is_there = |path: &str| OutputPath::new(path).is_some_and(|path| output.files.contains_key(&path));
    let gone: Vec<(&String, &Vec<u8>)> = former.iter().filter(|(path, _)| is_page(path) && !is_there(path)).collect();
    if gone.is_empty() {
        return found;
    }
    let pages: Vec<(&str, Reading)> = output
        .files
        .iter()
        .filter_map(|(path, file)| match file {
            File::Made(bytes) if is_page(path.as_str()) => Some((path.as_str(), Reading::of(bytes)?)),
            _ => None,
        })
        .collect();
    for (path, html) in gone.iter().take(NAMED) {
        let old = address(path);
        let moved = Reading::of(html).and_then(|reading| reading.found_in(&pages, former));
        let message = format!("`{old}` was published and is gone: links to it, and search results, lead nowhere now");
        let help = match moved {
            Some((new, by)) => format!(
                "`{}` has the same {by}; if the page moved there, add the line `{old}: {}` to content/redirects.yaml",
                address(new),
                address(new)
            ),
            None => {
                format!("add a line such as `{old}: /` to content/redirects.yaml, with the page that helps instead")
            }
        };
        found.push(Diagnostic::new(&codes::ADDRESS_GONE, message).help(help));
    }
    if gone.len() > NAMED {
        let rest: Vec<String> = gone.iter().skip(NAMED).take(NAMED).map(|(path, _)| address(path)).collect();
        let message = format!("{} more addresses are gone", gone.len() - NAMED);
        let help = format!("among them {}", rest.join(", "));
        found.push(Diagnostic::new(&codes::ADDRESS_GONE, message).help(help));
    }
    found
}

/// The address of a page's file.
fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// What a page says.
struct Reading {
    title: String,
    /// Every few words that stand in a row.
    runs: HashSet<String>,
}

impl Reading {
    /// `None` for what is no page of words: one that leads on to another address.
    fn of(html: &[u8]) -> Option<Reading> {
        let (title, text) = search::words_of(html);
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let runs = words.windows(RUN).map(|run| run.join(" ")).collect();
        (!title.is_empty()).then(|| Reading { title: title.trim().to_lowercase(), runs })
    }

    /// The page that has this one's title, or its words if it was not published before.
    fn found_in<'a>(&self, pages: &'a [(&str, Reading)], former: &Published) -> Option<(&'a str, &'static str)> {
        let by_title = pages.iter().find(|(_, page)| page.title == self.title);
        let share = |page: &Reading| {
            let both = self.runs.intersection(&page.runs).count();
            let all = self.runs.len() + page.runs.len() - both;
            both as f64 / all.max(1) as f64
        };
        let fresh = pages.iter().filter(|(path, _)| !former.contains_key(*path));
        let by_text = || {
            let alike = fresh.map(|(path, page)| (share(page), *path)).filter(|(share, _)| *share >= ALIKE);
            alike.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, path)| (path, "words"))
        };
        by_title.map(|(path, _)| (*path, "title")).or_else(by_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(title: &str, text: &str) -> Vec<u8> {
        format!("<!doctype html><html lang=\"en\"><body><main id=\"a-main\"><h1>{title}</h1><p>{text}</p></main></body></html>").into_bytes()
    }

    fn output(pages: &[(&str, Vec<u8>)]) -> Output {
        let files = pages.iter().map(|(path, html)| (OutputPath::new(path).unwrap(), File::Made(html.clone().into())));
        Output { files: files.collect(), ..Output::default() }
    }

    fn helps(former: &[(&str, Vec<u8>)], now: &[(&str, Vec<u8>)]) -> Vec<String> {
        let former = former.iter().map(|(path, html)| (path.to_string(), html.clone())).collect();
        told(&former, &output(now)).iter().map(|finding| finding.help.clone().unwrap()).collect()
    }

    #[test]
    fn the_page_that_took_its_place_is_proposed() {
        let words = "When something ends and something else has not begun we look for what holds you now";
        let former =
            [("old/index.html", page("Grief", words)), ("index.html", page("Home", "Hello and welcome to all"))];
        let home = ("index.html", page("Home", "Hello and welcome to all"));
        let by_title = helps(&former, &[home.clone(), ("new/index.html", page("Grief", "Other words"))]);
        assert!(by_title[0].contains("same title") && by_title[0].contains("`/old/: /new/`"), "{by_title:?}");
        let by_text = helps(&former, &[home.clone(), ("new/index.html", page("Loss", words))]);
        assert!(by_text[0].contains("same words") && by_text[0].contains("`/old/: /new/`"), "{by_text:?}");
        assert!(helps(&former, std::slice::from_ref(&home))[0].contains("`/old/: /`"));
        assert!(helps(&former, &[home, ("old/index.html", page("Any", "thing"))]).is_empty());
    }

    #[test]
    fn many_are_counted_and_further_pages_of_lists_are_not_told() {
        let former: Vec<(String, Vec<u8>)> =
            (0..40).map(|n| (format!("r/{n}a/index.html"), page(&format!("T{n}"), "x"))).collect();
        let former: Vec<(&str, Vec<u8>)> = former.iter().map(|(path, html)| (path.as_str(), html.clone())).collect();
        assert_eq!(helps(&former, &[]).len(), NAMED + 1);
        assert!(
            helps(&[("resources/page/2/index.html", page("List", "x")), ("404.html", page("No", "x"))], &[]).is_empty()
        );
    }
}
