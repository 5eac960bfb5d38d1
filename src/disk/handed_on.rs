//! Themes from elsewhere as files: from a folder, an archive, or a Git repository.
//!
//! Owns that no link is followed, that no more is read than a theme may have, and that Git runs nothing of the repository's.
//! Which of the files make up a theme is `theme::package`'s.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use walkdir::WalkDir;

use super::temporary::Temporary;
use super::unpacked::lay_out;
use crate::theme::package::{Files, MOST_BYTES, MOST_FILES, Refusal, archive, too_much};

/// What was read, and of a repository which commit.
#[derive(Debug)]
pub struct HandedOn {
    /// The files.
    pub files: Files,
    /// The repository's commit.
    pub commit: Option<String>,
}

/// Whether an address is a repository's.
pub fn is_repository(from: &str) -> bool {
    let address = from.split('#').next().unwrap_or(from);
    address.contains("://")
        || address.starts_with("git@")
        || (address.ends_with(".git") && !Path::new(address).is_dir())
}

/// The address as it can be written down: without the name and the password that somebody may have in it.
pub fn without_secret(from: &str) -> String {
    match url::Url::parse(from) {
        Ok(mut address) if !address.username().is_empty() || address.password().is_some() => {
            // Refused only where an address can't have any, and then it has none.
            let _ = address.set_password(None);
            // Over SSH the name is part of the way there; elsewhere it may be the secret itself.
            if address.scheme() != "ssh" {
                let _ = address.set_username("");
            }
            address.to_string()
        }
        _ => from.to_string(),
    }
}

/// Reads a folder, a ZIP file, or a repository (`https://…`, with `#` and a tag or a branch where one is meant).
///
/// # Errors
/// Where it can't be read, with what to do.
pub fn read(from: &str) -> Result<HandedOn, Refusal> {
    if is_repository(from) {
        return repository(from);
    }
    let path = Path::new(from);
    let unreadable = |error: &io::Error| {
        let help = "name a folder, a ZIP file, or a Git repository (`https://…`)";
        Refusal::new(format!("`{from}` can't be read: {error}"), help)
    };
    let meta = fs::metadata(path).map_err(|error| unreadable(&error))?;
    let files = if meta.is_dir() {
        folder(path)?
    } else {
        archive::read(&limited(path).map_err(|error| unreadable(&error))??)?
    };
    Ok(HandedOn { files, commit: None })
}

/// A file's bytes, where they aren't more than a theme may have.
fn limited(path: &Path) -> io::Result<Result<Vec<u8>, Refusal>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > MOST_BYTES { Err(too_much()) } else { Ok(bytes) })
}

/// The files in a folder; hidden ones and links left out.
fn folder(root: &Path) -> Result<Files, Refusal> {
    let mut files = Files::new();
    let mut left = MOST_BYTES;
    let is_hidden = |name: &OsStr| name.to_string_lossy().starts_with('.') || name == "node_modules";
    let entries = WalkDir::new(root).follow_links(false).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        let unreadable = |error: &dyn std::fmt::Display| {
            Refusal::new(
                format!("`{}` can't be read: {error}", root.display()),
                "check that you have permission to open it",
            )
        };
        let entry = entry.map_err(|error| unreadable(&error))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(name) = inside.to_str() else { continue };
        let bytes = limited(entry.path()).map_err(|error| unreadable(&error))??;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(too_much)?;
        files.push((name.replace(std::path::MAIN_SEPARATOR, "/"), bytes));
        if files.len() > MOST_FILES {
            return Err(too_much());
        }
    }
    Ok(files)
}

/// The files of a repository's newest commit, or of the tag or branch behind `#`.
fn repository(from: &str) -> Result<HandedOn, Refusal> {
    let (address, branch) = from.split_once('#').map_or((from, None), |(address, branch)| (address, Some(branch)));
    let is_safe = ["https://", "ssh://", "git@", "file://"].iter().any(|scheme| address.starts_with(scheme));
    if !is_safe || branch.is_some_and(|branch| branch.is_empty() || branch.starts_with('-')) {
        let help =
            "a repository's address begins with `https://`, `ssh://` or `git@`; a tag or a branch can follow after `#`";
        return Err(Refusal::new(format!("`{from}` isn't an address to get a theme from"), help));
    }
    let of_run = Temporary::of_run().map_err(|error| no_room(&error))?;
    let target = of_run.path().join("repository");
    let _ = fs::remove_dir_all(&target);
    let mut git = Command::new("git");
    // Nothing of the repository's is run: no hooks, no filters, no other protocols, no modules.
    for setting in
        ["core.hooksPath=/dev/null", "core.symlinks=false", "protocol.ext.allow=never", "core.fsmonitor=false"]
    {
        git.args(["-c", setting]);
    }
    git.args(["clone", "--quiet", "--depth", "1", "--no-tags", "--single-branch"]);
    git.args(branch.into_iter().flat_map(|branch| ["--branch", branch]));
    git.arg("--").arg(address).arg(&target);
    git.env("GIT_TERMINAL_PROMPT", "0").env("GIT_LFS_SKIP_SMUDGE", "1").env("GIT_ALLOW_PROTOCOL", "https:ssh:file");
    let done = git.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let done = done.map_err(|_| {
        let help = "install Git, or download the theme as a ZIP file and add that";
        Refusal::new("Git isn't installed on this computer", help)
    })?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        let said =
            said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it doesn't say why").trim().to_string();
        let help = "check the address and your connection, or download the theme as a ZIP file and add that";
        return Err(Refusal::new(format!("Git couldn't get `{address}`: {said}"), help));
    }
    let commit = Command::new("git").arg("-C").arg(&target).args(["rev-parse", "HEAD"]).output().ok();
    let commit = commit.and_then(|done| Some(String::from_utf8(done.stdout).ok()?.trim().to_string()));
    let files = folder(&target)?;
    let _ = fs::remove_dir_all(&target);
    Ok(HandedOn { files, commit: commit.filter(|commit| !commit.is_empty()) })
}

fn no_room(error: &io::Error) -> Refusal {
    Refusal::new(
        format!("the system's temporary files can't be written to: {error}"),
        "make room on the disk, or check your permissions",
    )
}

/// Puts a theme's files into a folder, whole or not at all; what was there is replaced.
///
/// # Errors
/// Where the folder can't be written, or is a link.
pub fn put<'a>(target: &Path, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> io::Result<()> {
    let parent = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    fs::create_dir_all(parent)?;
    for folder in [parent, target] {
        if folder.symlink_metadata().is_ok_and(|meta| meta.is_symlink()) {
            return Err(io::Error::other(format!("{} is a link", folder.display())));
        }
    }
    let (new, old) = (parent.join(format!(".{name}.new")), parent.join(format!(".{name}.old")));
    let _ = fs::remove_dir_all(&new);
    let _ = fs::remove_dir_all(&old);
    fs::create_dir(&new)?;
    lay_out(&new, files)?;
    if target.exists() {
        fs::rename(target, &old)?;
    }
    fs::rename(&new, target).inspect_err(|_| {
        let _ = fs::rename(&old, target);
    })?;
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_written_down() {
        for (from, written) in [
            ("https://ana:token@example.org/a.git#v1", "https://example.org/a.git#v1"),
            ("https://token@example.org/a.git", "https://example.org/a.git"),
            ("https://example.org/a.git", "https://example.org/a.git"),
            ("ssh://git:word@example.org/a.git", "ssh://git@example.org/a.git"),
            ("git@example.org:ana/a.git", "git@example.org:ana/a.git"),
            ("../a b.zip", "../a b.zip"),
        ] {
            assert_eq!(without_secret(from), written);
        }
    }
}
