//! The words of a text that name a file of the site.
//!
//! Owns finding them, wherever they stand: links in markdown and HTML, paths and names in facts. A file is named by its path from
//! the text's own folder or from `content/`, by its address on the website, or, in a few fields, by its bare name. Which
//! names lead somewhere `route::links` decides; here only the ones that lead to given files are of interest.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::document::fences;
use crate::pipeline::Addresses;
use crate::source::{SourcePath, composed};
use crate::yaml::{self, Path, Step};

/// Words that name a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mention {
    /// Where they stand, in bytes.
    pub span: Range<usize>,
    /// The file that they name; of a page that is a folder, its `index.md`.
    pub target: SourcePath,
    /// How they name it.
    pub named: Named,
    /// Whether the name has its ending (`.md`).
    pub has_ending: bool,
    /// Whether the folder is named instead of the `index.md` in it.
    pub names_folder: bool,
    /// Whether a slash ends it.
    pub ends_with_slash: bool,
    /// What follows the path: `#fees`.
    pub rest: String,
}

/// How words name a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Named {
    /// By the name alone: `maya-obrien`.
    Bare,
    /// By its address on the website: `/services/grief/`.
    Address,
    /// By its path, from `content/`, with a slash before it.
    Rooted,
    /// By its path from `content/`.
    FromContent,
    /// By its path from the folder of the text.
    FromHere,
}

/// Fields that name a person by the file's bare name.
const PEOPLE: [&str; 4] = ["practitioners", "author", "reviewed_by", "person"];
/// Fields that name an article so.
const ARTICLES: [&str; 1] = ["related"];

/// The files that are looked for, by everything that names them.
pub(super) struct Targets {
    /// By path, with or without its ending, and by folder.
    paths: HashMap<String, SourcePath>,
    /// By address, without slashes around it.
    addresses: HashMap<String, SourcePath>,
    people: HashMap<String, SourcePath>,
    articles: HashMap<String, SourcePath>,
}

impl Targets {
    pub(super) fn of<'a>(files: impl Iterator<Item = &'a SourcePath>, addresses: &Addresses) -> Targets {
        let (paths, people, articles) = Default::default();
        let mut targets = Targets { paths, addresses: HashMap::new(), people, articles };
        for file in files {
            let text = file.as_str();
            targets.paths.insert(text.to_string(), file.clone());
            let Some(page) = text.strip_suffix(".md") else { continue };
            let page = page.strip_suffix("/index").unwrap_or(page);
            targets.paths.entry(page.to_string()).or_insert_with(|| file.clone());
            if let Some(url) = addresses.pages.get(file) {
                targets.addresses.insert(url.trim_matches('/').to_string(), file.clone());
            }
            let name = |folder: &str| page.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            if let Some(name) = name("content/practitioners") {
                targets.people.insert(name.to_string(), file.clone());
            }
            if let Some(name) = name("content/resources") {
                targets.articles.insert(name.to_string(), file.clone());
            }
        }
        targets
    }
}

/// Values with the way to each and its place.
pub(super) type Values = Vec<(Path, Range<usize>)>;

/// The facts of a text and the values in them; `None` where it has none.
pub(super) fn facts(text: &str) -> Option<(Range<usize>, Values)> {
    let facts = fences::split(text)?.facts;
    let values = yaml::scalars(text.get(facts.clone())?);
    Some((facts, values))
}

/// Every mention of the targets in a text, in its order.
pub(super) fn of(path: &SourcePath, text: &str, targets: &Targets) -> Vec<Mention> {
    let values = match path.extension().as_str() {
        "md" => facts(text),
        "yaml" => Some((0..text.len(), yaml::scalars(text))),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    if let Some((facts, values)) = values {
        for (field, place) in values {
            let place = place.start + facts.start..place.end + facts.start;
            found.extend(bare(&field, place, text, targets));
        }
    }
    let taken: HashSet<usize> = found.iter().map(|mention| mention.span.start).collect();
    found.extend(
        words(text).filter(|span| !taken.contains(&span.start)).filter_map(|span| named(path, text, span, targets)),
    );
    found.sort_by_key(|mention| mention.span.start);
    found
}

fn bare(field: &Path, place: Range<usize>, text: &str, targets: &Targets) -> Option<Mention> {
    let name = field.0.iter().rev().find_map(|step| match step {
        Step::Field(name) => Some(name.as_str()),
        Step::Entry(_) => None,
    })?;
    let known = match name {
        name if PEOPLE.contains(&name) => &targets.people,
        name if ARTICLES.contains(&name) => &targets.articles,
        _ => return None,
    };
    let place = within_quotes(text, place);
    let target = known.get(&*composed(text.get(place.clone())?))?.clone();
    let (has_ending, names_folder, ends_with_slash) = (false, false, false);
    Some(Mention {
        span: place,
        target,
        named: Named::Bare,
        has_ending,
        names_folder,
        ends_with_slash,
        rest: String::new(),
    })
}

fn within_quotes(text: &str, place: Range<usize>) -> Range<usize> {
    let value = &text[place.clone()];
    let quoted = value.len() >= 2 && ['"', '\''].iter().any(|mark| value.starts_with(*mark) && value.ends_with(*mark));
    if quoted { place.start + 1..place.end - 1 } else { place }
}

/// The stretches of a text that can be a path: what stands between white space, brackets, quotes and commas. A word without a slash
/// or a dot is one only where a link's address stands.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_mark = |c: char| c.is_whitespace() || "()[]<>{}\"'`,|“”‘’".contains(c);
    let mut at = 0;
    text.split(is_mark).filter_map(move |word| {
        let start = at;
        // The mark after it is as long as its letter.
        at = start + word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        let word = word.trim_end_matches(['.', ':', ';', '!', '*', '_']);
        let is_path = word.contains('/') || word.contains('.') || text[..start].ends_with("](");
        (is_path && !word.is_empty()).then_some(start..start + word.len())
    })
}

fn named(path: &SourcePath, text: &str, span: Range<usize>, targets: &Targets) -> Option<Mention> {
    let word = &text[span.clone()];
    let end = word.find(['#', '?']).unwrap_or(word.len());
    let (name, rest) = word.split_at(end);
    let decoded = percent_decode_str(name).decode_utf8().ok()?;
    let has_ending = decoded.ends_with(".md");
    let ends_with_slash = decoded.ends_with('/');
    let mention = |named: Named, target: &SourcePath| Mention {
        span: span.clone(),
        target: target.clone(),
        named,
        has_ending,
        names_folder: target.file_name() == "index.md" && !has_ending,
        ends_with_slash,
        rest: rest.to_string(),
    };
    let at = |path: &str| targets.paths.get(SourcePath::new(path)?.as_str());
    if let Some(rooted) = decoded.strip_prefix('/') {
        let address = (!has_ending).then(|| targets.addresses.get(&*composed(rooted.trim_end_matches('/')))).flatten();
        return address
            .map(|target| mention(Named::Address, target))
            .or_else(|| at(&format!("content/{rooted}")).map(|target| mention(Named::Rooted, target)));
    }
    let folder = Some(path.folder()).filter(|folder| folder.starts_with("content")).unwrap_or("content");
    let here = at(&format!("{folder}/{decoded}")).map(|target| mention(Named::FromHere, target));
    here.or_else(|| at(&format!("content/{decoded}")).map(|target| mention(Named::FromContent, target)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(String, String)> {
        let files = [
            "content/practitioners/maya-obrien.md",
            "content/services/grief.md",
            "content/resources/loss/index.md",
            "content/images/room.jpg",
        ];
        let files = files.map(|file| SourcePath::new(file).unwrap());
        let url = |file: &SourcePath| (file.clone(), format!("{}/", mentions_url(file)));
        let addresses = Addresses { pages: files[..3].iter().map(url).collect(), ..Addresses::default() };
        let targets = Targets::of(files.iter(), &addresses);
        let path = SourcePath::new(path).unwrap();
        of(&path, text, &targets)
            .into_iter()
            .map(|mention| (text[mention.span].to_string(), format!("{:?} {}", mention.named, mention.target)))
            .collect()
    }

    fn mentions_url(file: &SourcePath) -> String {
        let inside = file.inside("content").unwrap().strip_suffix(".md").unwrap();
        inside.strip_suffix("/index").unwrap_or(inside).to_string()
    }

    #[test]
    fn files_are_found_however_they_are_named() {
        let text = "---\nauthor: maya-obrien\nrelated: [loss]\nphoto: images/room.jpg\ntitle: maya-obrien\n---\n\
                    See [grief](../services/grief.md#fees), [it](/services/grief/), <a href=\"/resources/loss/\">x</a>,\n\
                    ![](/images/room.jpg), [me](../practitioners/maya-obrien) and grief.md. grief\n";
        let found = found("content/resources/a.md", text);
        let words: Vec<&str> = found.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(
            words,
            [
                "maya-obrien",
                "loss",
                "images/room.jpg",
                "../services/grief.md#fees",
                "/services/grief/",
                "/resources/loss/",
                "/images/room.jpg",
                "../practitioners/maya-obrien",
            ]
        );
        assert_eq!(found[3].1, "FromHere content/services/grief.md");
        assert_eq!(found[4].1, "Address content/services/grief.md");
        assert_eq!(found[5].1, "Address content/resources/loss/index.md");
    }
}
