//! `anteroom check --fix`: the changes that leave no doubt, made in the author's files.
//!
//! Owns that each is shown before it's made, that a person at a terminal is asked, and that every changed file is kept as it was. What
//! is changed the findings say.

use std::io::{self, IsTerminal};
use std::path::Path;

use dialoguer::Select;

use super::build::count;
use super::changes::{Kept, replace, shown, text_of};
use crate::diagnostic::{Mend, mended, mends, report};
use crate::disk;
use crate::options::Options;
use crate::pipeline::{self, Cache};
use crate::source::SourcePath;

/// A mended file may show what else is wrong with it; after so many rounds the author looks.
const ROUNDS: usize = 5;

/// What was done.
pub(super) struct Done {
    lines: usize,
    files: Vec<SourcePath>,
    kept: Kept,
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
    let mut done = Done { lines: 0, files: Vec::new(), kept: Kept::new(site, "fix"), refused: 0 };
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
                let line = shown(text, std::iter::once(mend));
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
                done.kept.keep(&path, text)?;
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
        match (self.kept.used, self.refused) {
            (true, _) => anstream::println!(
                "Fixed {} in {}. Each file is kept as it was in {}.\n",
                count(self.lines, "place", "places"),
                count(self.files.len(), "file", "files"),
                self.kept.folder().display()
            ),
            (false, 0) => anstream::println!("There's nothing that can be fixed without asking you what you meant.\n"),
            (false, _) => anstream::println!("Nothing was changed.\n"),
        }
    }
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
