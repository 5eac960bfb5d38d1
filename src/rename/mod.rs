//! A file gets another name, or goes: what refers to it goes along.
//!
//! Owns which words of which files name a file (`mentions`), how they are spelt afterwards, and that an address once published goes
//! on leading somewhere. Output is a value: the changes, file by file. Asking and writing are the command line's.

mod mentions;
mod removal;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::mentions::{Mention, Named, Targets};
use crate::diagnostic::{Mend, mended, nearest};
use crate::options::Options;
use crate::pipeline::{self, Addresses};
use crate::source::{Content, SourcePath, Sources};
use crate::yaml;

pub use removal::{Removal, remove};

/// Old addresses and where they lead now.
const REDIRECTS: &str = "content/redirects.yaml";

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

/// The file or folder that somebody names: by its path, with or without `content/`, by its address on the website, or by its name
/// alone where only one has it.
///
/// # Errors
/// Where there is none, several, or one that has to stay where it is.
pub fn find(sources: &Sources, options: &Options, text: &str) -> Result<SourcePath, Refusal> {
    // An address as a browser shows it.
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest.find('/').map_or("", |slash| &rest[slash..]));
    let text = text.split(['?', '#']).next().unwrap_or(text).trim_end_matches('/');
    let tried = |path: &str| -> Option<SourcePath> {
        let path = SourcePath::new(path)?;
        let below = format!("{}/", path.as_str());
        let exists =
            sources.files.contains_key(&path) || sources.files.keys().any(|file| file.as_str().starts_with(&below));
        (exists && path.inside("content").is_some()).then_some(path)
    };
    let found = [text.to_string(), format!("content/{text}"), format!("content/{text}.md")];
    let found = found.iter().find_map(|path| tried(path));
    let found = found.or_else(|| {
        let addresses = pipeline::addresses(sources, options);
        let wanted = text.trim_start_matches('/');
        let path = addresses.pages.iter().find(|(_, url)| !wanted.is_empty() && url.trim_end_matches('/') == wanted);
        path.map(|(path, _)| path.clone())
    });
    let found = match found {
        Some(found) => found,
        None => by_name(sources, text)?,
    };
    let found = bundle(&found);
    match found.as_str() {
        "content/practice.yaml"
        | "content/redirects.yaml"
        | "content/references.yaml"
        | "content/references.bib"
        | "content/references.json"
        | "content/index.md"
        | "content/practitioners"
        | "content/services"
        | "content/resources"
        | "content/resources/topics"
        | "content/images"
        | "content/files"
        | "content/static" => Err(Refusal::new(
            format!("`{found}` has to stay as it is: every site is made from it"),
            "choose a page, a person, a service, an article or a picture",
        )),
        _ => Ok(found),
    }
}

/// A page that is a folder with its pictures goes with them.
fn bundle(path: &SourcePath) -> SourcePath {
    let folder = Some(path.folder()).filter(|folder| path.file_name() == "index.md" && *folder != "content");
    folder.and_then(SourcePath::new).unwrap_or_else(|| path.clone())
}

fn by_name(sources: &Sources, text: &str) -> Result<SourcePath, Refusal> {
    let wanted = text.to_lowercase();
    let called = |path: &&SourcePath| {
        let Some(_) = path.inside("content") else { return false };
        let name =
            if path.file_name() == "index.md" { bundle(path).file_name().to_string() } else { path.stem().into() };
        name.to_lowercase() == wanted || path.file_name().to_lowercase() == wanted || titled(sources, path, &wanted)
    };
    let found: BTreeSet<SourcePath> = sources.files.keys().filter(called).map(bundle).collect();
    let mut all = found.iter();
    match (all.next(), all.next()) {
        (Some(one), None) => Ok(one.clone()),
        (None, _) => {
            let near = nearly(sources, text);
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            let help = format!(
                "{near}Write its title, its path, such as services/grief.md, or its address, such as /services/grief/"
            );
            Err(Refusal::new(format!("there's no file called `{text}` in `content`"), help))
        }
        (Some(_), Some(_)) => {
            let names: Vec<&str> = found.iter().filter_map(|path| path.inside("content")).collect();
            Err(Refusal::new(
                format!("several files are called `{text}`"),
                format!("write which: {}", names.join(", ")),
            ))
        }
    }
}

/// What was probably meant by a name: a file or a title that is spelt alike, or has these words in it.
fn nearly(sources: &Sources, text: &str) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for path in sources.files.keys().filter(|path| path.inside("content").is_some()) {
        names.push(bundle(path).file_name().trim_end_matches(".md").to_string());
        names.extend(
            text_of(sources, path).filter(|_| path.extension() == "md").and_then(title).map(|(_, title)| title),
        );
    }
    let wanted = text.to_lowercase();
    let has = |name: &&String| !wanted.is_empty() && name.to_lowercase().contains(&wanted);
    let within = names.iter().find(has).cloned();
    within.or_else(|| nearest(text, names.iter().map(String::as_str)).map(str::to_string))
}

/// Whether a page has this title or name, in small letters.
fn titled(sources: &Sources, path: &SourcePath, wanted: &str) -> bool {
    let Some(text) = text_of(sources, path).filter(|_| path.extension() == "md") else { return false };
    title(text).is_some_and(|(_, title)| title.to_lowercase() == wanted)
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

fn redirects_file() -> SourcePath {
    SourcePath::new(REDIRECTS).unwrap_or_else(|| unreachable!("a path that stays in the site"))
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
fn leading_on(text: &str, addresses: &[(String, String)]) -> Vec<Mend> {
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
