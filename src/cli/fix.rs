//! `anteroom check --fix`: the changes that leave no doubt, made in the author's files.
//!
//! Owns that each is shown before it's made, that a person at a terminal is asked, and that every changed file is kept as it was. What
//! is changed the findings say.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use dialoguer::Select;
use similar::{ChangeTag, TextDiff};

use super::build::count;
use crate::diagnostic::{Mend, mended, mends, report};
use crate::disk;
use crate::options::Options;
use crate::pipeline::{self, Cache};
use crate::source::{Content, SourcePath, Sources};

/// A mended file may show what else is wrong with it; after so many rounds the author looks.
const ROUNDS: usize = 5;

/// Where files are kept as they were, in the site's folder.
const KEPT: &str = ".anteroom/before-fix";

/// What was done.
#[derive(Default)]
pub(super) struct Done {
    lines: usize,
    files: Vec<SourcePath>,
    kept: Option<PathBuf>,
    /// What the author doesn't want.
    refused: usize,
}

/// The answer to a change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    All,
    Stop,
}

/// Mends the files of a site.
///
/// # Errors
/// Where a file can't be read or written; what was mended before is on the disk then.
pub(super) fn fix(site: &Path, options: &Options) -> io::Result<Done> {
    let mut done = Done::default();
    let asks = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut answer = if asks { Answer::Yes } else { Answer::All };
    let mut refused: Vec<(SourcePath, String)> = Vec::new();
    for _ in 0..ROUNDS {
        let sources = disk::read(site)?;
        let build = pipeline::build(&sources, options, &mut Cache::off());
        let mut changed = false;
        for (path, mends) in mends(build.diagnostics.iter()) {
            let Some(text) = text_of(&sources, &path) else { continue };
            let mut chosen: Vec<&Mend> = Vec::new();
            for (finding, mend) in mends {
                let line = shown(text, mend);
                if answer == Answer::Stop || refused.contains(&(path.clone(), line.clone())) {
                    continue;
                }
                let position = finding.place.as_ref().and_then(|place| report::position(&sources, place));
                let line_number = position.map_or(1, |position| position.line);
                anstream::println!("{path}:{line_number}: {}\n{line}", finding.message);
                if answer != Answer::All {
                    answer = ask();
                }
                match answer {
                    Answer::Yes | Answer::All => chosen.push(mend),
                    Answer::No | Answer::Stop => {
                        refused.push((path.clone(), line));
                        done.refused += 1;
                    }
                }
            }
            if !chosen.is_empty() {
                let after = mended(text, chosen.iter().copied());
                keep(site, &path, text, &mut done)?;
                replace(&site.join(path.on_disk()), text, &after)?;
                done.lines += chosen.len();
                if !done.files.contains(&path) {
                    done.files.push(path);
                }
                changed = true;
            }
        }
        if !changed || answer == Answer::Stop {
            break;
        }
    }
    Ok(done)
}

impl Done {
    /// Says what was done, for people.
    pub fn tell(&self) {
        match (&self.kept, self.refused) {
            (Some(kept), _) => anstream::println!(
                "Fixed {} in {}. Each file is kept as it was in {}.\n",
                count(self.lines, "place", "places"),
                count(self.files.len(), "file", "files"),
                kept.display()
            ),
            (None, 0) => anstream::println!("There's nothing that can be fixed without asking you what you meant.\n"),
            (None, _) => anstream::println!("Nothing was changed.\n"),
        }
    }
}

fn text_of<'a>(sources: &'a Sources, path: &SourcePath) -> Option<&'a str> {
    match sources.files.get(path)? {
        Content::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The lines that change, as they are and as they will be.
fn shown(text: &str, mend: &Mend) -> String {
    let after = mended(text, std::iter::once(mend));
    let diff = TextDiff::from_lines(text, &after);
    let lines = diff.iter_all_changes().filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("  {sign} {}", change.value().trim_end_matches(['\n', '\r'])))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn ask() -> Answer {
    const ANSWERS: [(&str, Answer); 4] = [
        ("Fix this", Answer::Yes),
        ("Leave it", Answer::No),
        ("Fix this and everything else", Answer::All),
        ("Stop here", Answer::Stop),
    ];
    let words = ANSWERS.map(|(words, _)| words);
    // Ctrl-C, or a terminal that went away.
    let chosen = Select::new().items(words).default(0).interact().unwrap_or(ANSWERS.len() - 1);
    ANSWERS.get(chosen).map_or(Answer::Stop, |(_, answer)| *answer)
}

/// Keeps a file as it was before the first change of this run.
fn keep(site: &Path, path: &SourcePath, text: &str, done: &mut Done) -> io::Result<()> {
    let folder = match &done.kept {
        Some(folder) => folder.clone(),
        None => {
            let now = jiff::Zoned::now().strftime("%Y-%m-%d-%H%M%S").to_string();
            let folder = site.join(KEPT).join(now);
            done.kept.insert(folder).clone()
        }
    };
    let target = folder.join(path.on_disk());
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    match fs::File::create_new(&target) {
        Ok(mut file) => file.write_all(text.as_bytes()),
        // From an earlier round: what was there first is kept.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Puts a text in the place of another, whole or not at all. Somebody may have saved the file in between, or put a link there.
fn replace(file: &Path, before: &str, after: &str) -> io::Result<()> {
    if fs::symlink_metadata(file)?.is_symlink() || fs::read(file)? != before.as_bytes() {
        return Err(io::Error::other(format!("{} was changed meanwhile", file.display())));
    }
    let mut aside = file.as_os_str().to_os_string();
    aside.push(format!(".{}.part", std::process::id()));
    let aside = PathBuf::from(aside);
    let permissions = fs::metadata(file)?.permissions();
    let written = fs::File::create_new(&aside).and_then(|mut new| {
        new.write_all(after.as_bytes())?;
        new.set_permissions(permissions)?;
        new.sync_all()
    });
    let replaced = written.and_then(|()| fs::rename(&aside, file));
    if replaced.is_err() {
        let _ = fs::remove_file(&aside);
    }
    replaced
}
