//! `anteroom remove`: a file goes, and what named it is mended.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use super::build::{self, Choices, count};
use super::changes::{self, Kept};
use super::rename::{empty_folders, refused, told_new_findings};
use super::trouble;
use crate::diagnostic::{Place, report};
use crate::rename::{self, Removal};
use crate::source::Sources;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The page, person, service, article or picture: its path, its address or its name
    what: String,
    /// The page to which its address leads from now on; the list in which it stood if not given
    #[arg(long, value_name = "PAGE")]
    instead: Option<String>,
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
    let instead = args.instead.as_ref().map(|instead| rename::find(&sources, &options, instead)).transpose();
    let found = rename::find(&sources, &options, &args.what).and_then(|from| Ok((from, instead?)));
    let removal = found.and_then(|(from, instead)| rename::remove(&sources, &options, &from, instead.as_ref()));
    let removal = match removal {
        Ok(removal) => removal,
        Err(refusal) => return refused(&refusal),
    };
    changes::tell(&sources, &removal.edits);
    for file in &removal.files {
        anstream::println!("{file} goes.");
    }
    for (old, new) in &removal.addresses {
        anstream::println!("Whoever opens {old} gets to {new}.");
    }
    anstream::println!();
    left(&removal, &sources);
    told_new_findings(&sources, &removal.applied(&sources), &options);
    if let Err(answer) = changes::agreed("Do this?", args.yes, false) {
        return answer;
    }
    let mut kept = Kept::new(site, "remove");
    if let Err(error) = done(site, &sources, &removal, &mut kept) {
        let help = format!("the files as they were are in {}", kept.folder().display());
        return trouble(&format!("not everything could be removed: {error}"), &help);
    }
    let files = count(removal.files.len(), "file", "files");
    anstream::println!("Done. {files} and everything that was changed are kept in {}.", kept.folder().display());
    ExitCode::SUCCESS
}

/// What the author has to change.
fn left(removal: &Removal, sources: &Sources) {
    if removal.left.is_empty() {
        return;
    }
    anstream::println!("These still name it. Only you can say what should stand there instead:");
    for (path, span) in &removal.left {
        let place = Place { path: path.clone(), span: span.clone() };
        let line = report::position(sources, &place).map_or(1, |position| position.line);
        let text = changes::text_of(sources, path).unwrap_or_default();
        let line_text = text.lines().nth(line - 1).unwrap_or_default().trim();
        anstream::println!("  {path}:{line}: {line_text}");
    }
    anstream::println!();
}

fn done(site: &Path, sources: &Sources, removal: &Removal, kept: &mut Kept) -> io::Result<()> {
    changes::make(site, sources, &removal.edits, kept)?;
    for file in &removal.files {
        kept.take(site, file)?;
    }
    empty_folders(site, removal.files.iter());
    Ok(())
}
