//! The file that somebody means: by its path, its address, its name or its title.

use std::collections::BTreeSet;

use super::{Refusal, text_of, title};
use crate::diagnostic::nearest;
use crate::options::Options;
use crate::pipeline;
use crate::source::{SourcePath, Sources};

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
pub(super) fn bundle(path: &SourcePath) -> SourcePath {
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
