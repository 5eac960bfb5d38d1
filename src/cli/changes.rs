//! Changes in the author's files: shown as lines, made whole or not at all, the files kept as they were.
//!
//! Owns the care with which the program writes into `content/`. What is changed, and whether somebody was asked, is the commands'.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dialoguer::Confirm;
use similar::{ChangeTag, TextDiff};

use super::trouble;
use crate::diagnostic::{Mend, mended};
use crate::source::{Content, SourcePath, Sources};

/// Where files are kept as they were: a folder for each time that something is changed.
pub(super) struct Kept {
    folder: PathBuf,
    /// Whether anything lies in it.
    pub used: bool,
}

impl Kept {
    /// In a site's folder, for changes of this name: `fix`, `rename`.
    pub fn new(site: &Path, what: &str) -> Kept {
        let now = jiff::Zoned::now().strftime("%Y-%m-%d-%H%M%S").to_string();
        Kept { folder: site.join(".anteroom").join(format!("before-{what}")).join(now), used: false }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a text as it was before the first change of this run.
    pub fn keep(&mut self, path: &SourcePath, text: &str) -> io::Result<()> {
        self.used = true;
        let target = self.place(path)?;
        match fs::File::create_new(&target) {
            Ok(mut file) => file.write_all(text.as_bytes()),
            // From an earlier round: what was there first is kept.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Takes a file out of the site and keeps it.
    pub fn take(&mut self, site: &Path, path: &SourcePath) -> io::Result<()> {
        self.used = true;
        fs::rename(site.join(path.on_disk()), self.place(path)?)
    }

    fn place(&self, path: &SourcePath) -> io::Result<PathBuf> {
        let target = self.folder.join(path.on_disk());
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(target)
    }
}

/// A text of the site.
pub(super) fn text_of<'a>(sources: &'a Sources, path: &SourcePath) -> Option<&'a str> {
    match sources.files.get(path)? {
        Content::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The lines that change, as they are and as they will be.
pub(super) fn shown<'a>(text: &str, mends: impl Iterator<Item = &'a Mend>) -> String {
    let after = mended(text, mends);
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

/// Shows changes file by file.
pub(super) fn tell(sources: &Sources, edits: &BTreeMap<SourcePath, Vec<Mend>>) {
    for (path, mends) in edits {
        let text = text_of(sources, path).unwrap_or_default();
        anstream::println!("{path}\n{}\n", shown(text, mends.iter()));
    }
}

/// Makes changes in a site's files. A file that isn't there yet is begun.
///
/// # Errors
/// Where a file can't be written, or was changed since it was read; what was written before stays.
pub(super) fn make(
    site: &Path,
    sources: &Sources,
    edits: &BTreeMap<SourcePath, Vec<Mend>>,
    kept: &mut Kept,
) -> io::Result<()> {
    for (path, mends) in edits {
        match text_of(sources, path) {
            Some(text) => {
                kept.keep(path, text)?;
                replace(&site.join(path.on_disk()), text, &mended(text, mends.iter()))?;
            }
            None => super::new::create(&site.join(path.on_disk()), &mended("", mends.iter()))?,
        }
    }
    Ok(())
}

/// Asks a person at a terminal; `usual` is what Enter means. Without one, only a flag says yes.
///
/// # Errors
/// The answer to give where nothing is to be done.
pub(super) fn agreed(question: &str, yes: bool, usual: bool) -> Result<(), ExitCode> {
    if yes {
        return Ok(());
    }
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let help = "look at the changes above, then run the command again with `--yes`";
        return Err(trouble("nothing was changed: not running in a terminal, so nobody can be asked", help));
    }
    match Confirm::new().with_prompt(question).default(usual).wait_for_newline(true).interact() {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => {
            anstream::println!("Nothing was changed.");
            Err(ExitCode::SUCCESS)
        }
    }
}

/// Puts a text in the place of another, whole or not at all. Somebody may have saved the file in between, or put a link there.
pub(super) fn replace(file: &Path, before: &str, after: &str) -> io::Result<()> {
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
