//! A file gets another name, or goes: what refers to it goes along.
//!
//! Owns how the words that name a file are spelt afterwards. Which words do is `mentions`', which file somebody means `named`'s, that
//! an address once published goes on leading somewhere `redirects`'. Output is a value: the changes, file by file. Asking and writing are the command line's.

mod mentions;
mod named;
mod redirects;
mod removal;

use std::collections::BTreeMap;
use std::ops::Range;

use self::mentions::{Mention, Named, Targets};
use self::named::bundle;
use self::redirects::{REDIRECTS, leading_on, redirects_file};
use crate::diagnostic::{Mend, mended};
use crate::editions;
use crate::options::Options;
use crate::pipeline::{self, Addresses};
use crate::source::{Content, SourcePath, Sources};
use crate::yaml;

pub use named::find;
pub use redirects::without_redirects;
pub use removal::{Removal, remove};

/// What is done to a site so that a file has another name.
#[derive(Debug)]
pub struct Renaming {
    /// Files, by their old names, with their new ones.
    pub files: Vec<(SourcePath, SourcePath)>,
    /// Changes in texts, by the file's old name.
    pub edits: BTreeMap<SourcePath, Vec<Mend>>,
    /// Published addresses that change, with the new ones: both with a slash at their beginning.
    pub addresses: Vec<(String, String)>,
}

/// Why nothing is done: what is wrong, and what to do instead.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), help: help.into() }
    }
}

/// Where a page's title or name stands, and what it is.
fn title(text: &str) -> Option<(Range<usize>, String)> {
    let (facts, values) = mentions::facts(text)?;
    let is_title = |path: &yaml::Path| ["title", "name"].iter().any(|name| *path == yaml::Path::of(name));
    let (_, place) = values.into_iter().find(|(path, _)| is_title(path))?;
    let place = place.start + facts.start..place.end + facts.start;
    let value = yaml::parse(&text[place.clone()]).ok()?;
    Some((place, value.as_str()?.to_string()))
}

fn text_of<'a>(sources: &'a Sources, path: &SourcePath) -> Option<&'a str> {
    match sources.files.get(path)? {
        Content::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The translations of a page, each with the ending of its name, such as `.en.md`: they go where their original goes.
fn translations(sources: &Sources, page: &SourcePath) -> Vec<(SourcePath, String)> {
    let Some(name) = page.as_str().strip_suffix(".md") else { return Vec::new() };
    let all = editions::translations(sources).into_iter().filter(|(_, main)| main == page);
    all.filter_map(|(own, _)| Some((own.clone(), own.as_str().strip_prefix(name)?.to_string()))).collect()
}

/// What has to be done so that `from` becomes `to`. With a title, the page gets that, too.
///
/// # Errors
/// Where the new name is taken, leaves `content`, or loses what kind of file it is.
pub fn rename(
    sources: &Sources,
    options: &Options,
    from: &SourcePath,
    to: &SourcePath,
    new_title: Option<&str>,
) -> Result<Renaming, Refusal> {
    if to.inside("content").is_none() {
        let message = format!("`{to}` is outside `content`");
        return Err(Refusal::new(message, "a site's pages and pictures are all in `content`"));
    }
    let below = |folder: &SourcePath, path: &SourcePath| {
        path.inside(folder.as_str()).map_or_else(|| (path == folder).then(String::new), |rest| Some(format!("/{rest}")))
    };
    let moved: BTreeMap<SourcePath, SourcePath> = sources
        .files
        .keys()
        .filter_map(|path| {
            let rest = below(from, path)?;
            Some((path.clone(), SourcePath::new(&format!("{to}{rest}"))?))
        })
        .chain(translations(sources, from).into_iter().filter_map(|(own, ending)| {
            let to = to.as_str().strip_suffix(".md")?;
            Some((own, SourcePath::new(&format!("{to}{ending}"))?))
        }))
        .collect();
    // Only its title changes.
    let stays = from == to;
    if stays && new_title.is_none() {
        return Err(Refusal::new(format!("`{from}` has that name already"), "choose another name"));
    }
    let is_taken = |new: &&SourcePath| sources.files.contains_key(new) && !moved.contains_key(new);
    if let Some(taken) = moved.values().find(is_taken).filter(|_| !stays) {
        let message = format!("{taken} already exists. Your files are never overwritten");
        return Err(Refusal::new(message, "choose another name"));
    }
    if let Some((old, new)) = moved.iter().find(|(old, new)| old.extension() != new.extension()) {
        let message = format!("`{new}` would be another kind of file than `{old}`");
        return Err(Refusal::new(message, format!("end the new name with `.{}`", old.extension())));
    }
    let before = pipeline::addresses(sources, options);
    let mut renamed = sources.clone();
    for (old, new) in moved.iter().filter(|_| !stays) {
        if let Some(content) = renamed.files.remove(old) {
            renamed.files.insert(new.clone(), content);
        }
    }
    let after = pipeline::addresses(&renamed, options);
    let targets = Targets::of(moved.keys(), &before);
    let mut edits: BTreeMap<SourcePath, Vec<Mend>> = BTreeMap::new();
    for path in sources.files.keys().filter(|_| !stays) {
        let Some(text) = text_of(sources, path) else { continue };
        let here = moved.get(path).unwrap_or(path);
        // An old address of a redirect stays what it is.
        let is_key = |mention: &Mention| {
            path.as_str() == REDIRECTS && text[mention.span.end..].trim_start_matches(['"', '\'']).starts_with(':')
        };
        for mention in mentions::of(path, text, &targets).into_iter().filter(|mention| !is_key(mention)) {
            let Some(new) = moved.get(&mention.target) else { continue };
            push(&mut edits, path, text, &mention, respelt(&mention, here, new, &after));
        }
        // What the moved file itself names, seen from its new folder.
        if here.folder() != path.folder() {
            let others = Targets::of(sources.files.keys().filter(|other| !moved.contains_key(other)), &before);
            for mention in mentions::of(path, text, &others) {
                push(&mut edits, path, text, &mention, respelt(&mention, here, &mention.target, &after));
            }
        }
    }
    if let Some(new_title) = new_title {
        let page = [from.clone(), SourcePath::new(&format!("{from}/index.md")).unwrap_or_else(|| from.clone())];
        for page in page {
            if let Some((place, _)) = text_of(sources, &page).and_then(title) {
                edits.entry(page).or_default().push(Mend { span: place, with: yaml::scalar(new_title) });
            }
        }
    }
    let addresses = changed(&moved, &before, &after);
    if !addresses.is_empty() {
        let text = text_of(sources, &redirects_file()).unwrap_or_default();
        let edits = edits.entry(redirects_file()).or_default();
        edits.extend(leading_on(text, &addresses));
    }
    edits.values_mut().for_each(in_order);
    let files = if stays { Vec::new() } else { moved.into_iter().collect() };
    Ok(Renaming { files, edits, addresses })
}

fn push(edits: &mut BTreeMap<SourcePath, Vec<Mend>>, path: &SourcePath, text: &str, mention: &Mention, with: String) {
    // Redirects from an address are told apart from those that lead there: see `leading_on`.
    if text.get(mention.span.clone()).is_some_and(|old| old != with) {
        edits.entry(path.clone()).or_default().push(Mend { span: mention.span.clone(), with });
    }
}

/// The pages whose address is another afterwards.
fn changed(moved: &BTreeMap<SourcePath, SourcePath>, before: &Addresses, after: &Addresses) -> Vec<(String, String)> {
    let pairs = moved.iter().filter_map(|(old, new)| Some((before.pages.get(old)?, after.pages.get(new)?)));
    pairs.filter(|(old, new)| old != new).map(|(old, new)| (format!("/{old}"), format!("/{new}"))).collect()
}

/// Puts changes into the order of their text, each apart from the others: what lies within a line that goes is gone with it.
fn in_order(edits: &mut Vec<Mend>) {
    edits.sort_by_key(|edit| (edit.span.start, std::cmp::Reverse(edit.span.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let is_free = edit.span.start >= end;
        end = end.max(edit.span.end);
        is_free
    });
}

/// A mention's words, for the file's new name: as an address where it was one, from `content/` or from the file's own folder
/// as before, with its ending or without.
fn respelt(mention: &Mention, here: &SourcePath, new: &SourcePath, after: &Addresses) -> String {
    let page = bundle(new);
    let inside = |path: &SourcePath| path.inside("content").unwrap_or_default().to_string();
    let shortened = |path: String| match mention.has_ending {
        true => path,
        false => path.strip_suffix(".md").map(str::to_string).unwrap_or(path),
    };
    let target = if mention.names_folder { &page } else { new };
    let words = match mention.named {
        Named::Bare => page.stem().to_string(),
        Named::Address => match after.pages.get(new) {
            Some(url) => format!("/{url}"),
            None => format!("/{}", shortened(inside(target))),
        },
        Named::Rooted => format!("/{}", shortened(inside(target))),
        Named::FromContent => shortened(inside(target)),
        Named::FromHere => shortened(relative(here.folder(), target.as_str())),
    };
    let slash = if mention.ends_with_slash && !words.ends_with('/') { "/" } else { "" };
    let words = format!("{words}{slash}{}", mention.rest);
    if mention.named == Named::Bare { words } else { words.replace(' ', "%20") }
}

/// The way from a folder to a file.
fn relative(folder: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.split('/').collect(), to.split('/').collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

impl Renaming {
    /// The site as it is afterwards.
    pub fn applied(&self, sources: &Sources) -> Sources {
        let mut out = edited(sources, &self.edits);
        for (old, new) in &self.files {
            if let Some(content) = out.files.remove(old) {
                out.files.insert(new.clone(), content);
            }
        }
        out
    }
}

/// The site with changes made in its texts.
fn edited(sources: &Sources, edits: &BTreeMap<SourcePath, Vec<Mend>>) -> Sources {
    let mut out = sources.clone();
    for (path, edits) in edits {
        let text = text_of(sources, path).unwrap_or_default();
        out.insert_text(path.as_str(), mended(text, edits.iter()));
    }
    out
}
