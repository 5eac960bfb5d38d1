//! `anteroom rename`: another name for a file, and everything that names it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::build::{self, Choices, count};
use super::changes::{self, Kept};
use super::trouble;
use crate::document::{self, Memo};
use crate::options::Options;
use crate::pipeline::{self, Cache};
use crate::rename::{self, Refusal, Renaming};
use crate::scaffold::{self, typed};
use crate::source::{SourcePath, Sources};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The page, person, service, article or picture: its path, its address or its name
    what: String,
    /// The new name: a path, a file name, or a new title between quotes, after which the file is named, too
    to: String,
    /// Don't ask
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    choices: Choices,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let site = &args.choices.site;
    let sources = match build::opened(site) {
        Ok(sources) => sources,
        Err(status) => return status,
    };
    let options = args.choices.options(true, false);
    let from = match rename::find(&sources, &options, &args.what) {
        Ok(from) => from,
        Err(refusal) => return refused(&refusal),
    };
    let (named, credentials) = apart(&from, &args.to);
    let (to, title) = match renamed(&sources, &from, &named) {
        Ok(renamed) => renamed,
        Err(refusal) => return refused(&refusal),
    };
    let renaming = match rename::rename(&sources, &options, &from, &to, title.as_deref()) {
        Ok(renaming) => renaming,
        Err(refusal) => return refused(&refusal),
    };
    changes::tell(&sources, &renaming.edits);
    for (old, new) in &renaming.files {
        anstream::println!("{old}\n  becomes {new}");
    }
    for (old, new) in &renaming.addresses {
        anstream::println!("The page's address is {new} from now on. {old} leads there.");
    }
    anstream::println!();
    told_new_findings(&sources, &renaming.applied(&sources), &options);
    if let Err(answer) = changes::agreed("Do this?", args.yes, true) {
        return answer;
    }
    let mut kept = Kept::new(site, "rename");
    if let Err(error) = done(site, &sources, &renaming, &mut kept) {
        let help = format!("the files as they were are in {}", kept.folder().display());
        return trouble(&format!("not everything could be renamed: {error}"), &help);
    }
    anstream::println!("Done: {}.", summary(&renaming));
    if !credentials.is_empty() {
        let file = renaming.files.first().map_or(&from, |(_, to)| to);
        anstream::println!(
            "{} stands behind the name on the page: write it under `credentials` or `licences` in {file}, if it isn't there.",
            credentials.join(", ")
        );
    }
    if kept.used {
        anstream::println!("The changed files are kept as they were in {}.", kept.folder().display());
    }
    ExitCode::SUCCESS
}

pub(super) fn refused(refusal: &Refusal) -> ExitCode {
    trouble(&refusal.message, &refusal.help)
}

/// A person's new name without the credentials that were typed behind it, and those.
fn apart(from: &SourcePath, to: &str) -> (String, Vec<String>) {
    let people = if from.folder() == "content/practitioners" { typed::people(to) } else { Vec::new() };
    match people.as_slice() {
        [person] if !person.credentials.is_empty() => (person.name.clone(), person.credentials.clone()),
        _ => (to.to_string(), Vec::new()),
    }
}

/// The new path, and the new title where one was typed instead of a name.
fn renamed(sources: &Sources, from: &SourcePath, to: &str) -> Result<(SourcePath, Option<String>), Refusal> {
    let to = to.trim();
    let nothing =
        || Refusal { message: "the new name is empty".into(), help: "write a name, or a title in quotes".into() };
    let is_page = from.extension() == "md" || !sources.files.contains_key(from);
    let ending = Path::new(from.file_name()).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let has_ending = !ending.is_empty() && to.to_lowercase().ends_with(&format!(".{}", ending.to_lowercase()));
    let with_ending = |name: &str| match ending.is_empty() || has_ending {
        true => name.to_string(),
        false => format!("{name}.{ending}"),
    };
    let is_path = has_ending || to.contains(['/', '\\']);
    let is_title = !is_path && is_page && (to.contains(' ') || to.chars().any(char::is_uppercase));
    let practice = document::parse_all(sources, &mut Memo::off()).0.practice;
    let language = practice.map_or_else(|| "en".to_string(), |practice| practice.value.language.to_string());
    let (path, title) = match (is_path, is_title) {
        (true, _) => {
            let inside = to.trim_start_matches("./").trim_start_matches('/');
            let inside = inside.strip_prefix("content/").unwrap_or(inside);
            // A name alone stays in its folder.
            let folder = if inside.contains('/') { "content" } else { from.folder() };
            (format!("{folder}/{}", with_ending(inside)), None)
        }
        (false, true) => {
            let name = scaffold::file_name(to, &language, "untitled");
            (format!("{}/{}", from.folder(), with_ending(&name)), Some(to.to_string()))
        }
        (false, false) => (format!("{}/{}", from.folder(), with_ending(to)), None),
    };
    if to.is_empty() {
        return Err(nothing());
    }
    let path = SourcePath::new(&path).ok_or_else(nothing)?;
    Ok((path, title))
}

/// Says what the site's check would find after a change and didn't find before.
pub(super) fn told_new_findings(before: &Sources, after: &Sources, options: &Options) {
    let found = |sources: &Sources| pipeline::build(sources, options, &mut Cache::off()).diagnostics;
    let key = |finding: &crate::diagnostic::Diagnostic| (finding.code.name, finding.message.clone());
    let known: Vec<_> = found(before).iter().map(key).collect();
    let new = found(after);
    let new: Vec<_> = new.iter().filter(|finding| !known.contains(&key(finding))).collect();
    if new.is_empty() {
        return;
    }
    anstream::println!("After that, `anteroom check` will find:");
    for finding in new {
        let place = finding.place.as_ref().map(|place| format!("{}: ", place.path)).unwrap_or_default();
        anstream::println!("  {place}{}", finding.message);
    }
    anstream::println!();
}

fn done(site: &Path, sources: &Sources, renaming: &Renaming, kept: &mut Kept) -> io::Result<()> {
    changes::make(site, sources, &renaming.edits, kept)?;
    for (old, new) in &renaming.files {
        let (from, to) = (site.join(old.on_disk()), site.join(new.on_disk()));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        // On disks that don't tell `A` from `a`, a file that only changes its letters is there already.
        if to.exists() && !same_file(&from, &to) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{} is there already", to.display())));
        }
        fs::rename(&from, &to)?;
    }
    empty_folders(site, renaming.files.iter().map(|(old, _)| old));
    Ok(())
}

fn same_file(a: &Path, b: &Path) -> bool {
    let full = |path: &Path| -> Option<PathBuf> { path.canonicalize().ok() };
    full(a).is_some_and(|a| full(b) == Some(a))
}

/// Takes folders away in which nothing is left.
pub(super) fn empty_folders<'a>(site: &Path, files: impl Iterator<Item = &'a SourcePath>) {
    for file in files {
        let mut folder = PathBuf::from(file.on_disk());
        while folder.pop() && folder.components().count() > 1 {
            // A folder that holds something stays: the system refuses.
            if fs::remove_dir(site.join(&folder)).is_err() {
                break;
            }
        }
    }
}

fn summary(renaming: &Renaming) -> String {
    let edited = renaming.edits.len();
    match (renaming.files.len(), edited) {
        (0, edited) => format!("{} changed", count(edited, "file", "files")),
        (moved, 0) => format!("{} renamed", count(moved, "file", "files")),
        (moved, edited) => {
            format!("{} renamed, {} changed", count(moved, "file", "files"), count(edited, "file", "files"))
        }
    }
}
