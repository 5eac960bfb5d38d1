//! What the program has written into an output folder, and what it may take away again.
//!
//! Owns the file that names what is ours. It lies where anybody can edit it, so nothing in it is a fact: a path counts
//! only inside the folder, and no hidden file is removed on its word but those that hosts read. Writes nothing by itself.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::write::WriteError;
use crate::route::{OutputPath, OwnName};

/// The file that names what Anteroom has written.
pub const MANIFEST: &str = ".anteroom.json";

/// Larger than the names of a million files.
const LARGEST: u64 = 128 * 1024 * 1024;

/// Hidden names at the root of a website that hosts read, so that sites publish them.
const READ_BY_HOSTS: [&str; 5] = [".well-known", ".htaccess", ".nojekyll", ".user.ini", ".domains"];

#[derive(Serialize, Deserialize, Default)]
struct Manifest {
    generator: String,
    files: BTreeSet<String>,
}

/// The files that former builds wrote into `dir`, which is refused where somebody else's files are in it.
pub(super) fn former(dir: &Path) -> Result<BTreeSet<String>, WriteError> {
    let io = |error| WriteError::Io(dir.to_path_buf(), error);
    match fs::metadata(dir) {
        Ok(meta) if !meta.is_dir() => return Err(WriteError::Foreign(dir.to_path_buf())),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let file = dir.ancestors().find(|parent| parent.is_file()).unwrap_or(dir);
            return Err(WriteError::Foreign(file.to_path_buf()));
        }
        Err(error) => return Err(io(error)),
    }
    match fs::symlink_metadata(dir.join(MANIFEST)) {
        Ok(meta) => read(&dir.join(MANIFEST), &meta),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            for entry in fs::read_dir(dir).map_err(io)? {
                let name = entry.map_err(io)?.file_name();
                if !name.to_string_lossy().starts_with('.') {
                    return Err(WriteError::Foreign(dir.to_path_buf()));
                }
            }
            Ok(BTreeSet::new())
        }
        Err(error) => Err(io(error)),
    }
}

fn read(path: &Path, meta: &fs::Metadata) -> Result<BTreeSet<String>, WriteError> {
    let not_ours = |why: &str| WriteError::Manifest(path.to_path_buf(), why.to_string());
    // To open a pipe is to wait for whoever writes into it.
    if !meta.is_file() {
        return Err(not_ours("it isn't an ordinary file"));
    }
    if meta.len() > LARGEST {
        return Err(not_ours("it's too large"));
    }
    let mut text = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut text));
    read.map_err(|error| WriteError::Io(path.to_path_buf(), error))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| not_ours(&error.to_string()))?;
    if manifest.files.iter().any(|name| name.contains('\0')) {
        return Err(not_ours("a name in it has a NUL character"));
    }
    let inside = |path: &String| {
        OutputPath::new(path).is_some_and(|normal| normal.as_str() == path && normal.own_name() != Some(OwnName::Git))
    };
    Ok(manifest.files.into_iter().filter(inside).collect())
}

/// Whether a file that the manifest names may be removed on its word.
pub(super) fn is_removable(path: &str) -> bool {
    let hidden = |part: &str| part.starts_with('.');
    match path.split_once('/') {
        Some((first, rest)) => (!hidden(first) || READ_BY_HOSTS.contains(&first)) && !rest.split('/').any(hidden),
        None => !hidden(path) || READ_BY_HOSTS.contains(&path),
    }
}

/// The manifest's text.
pub(super) fn text(files: BTreeSet<String>) -> io::Result<Vec<u8>> {
    let manifest = Manifest { generator: concat!("anteroom ", env!("CARGO_PKG_VERSION")).to_string(), files };
    let mut text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::other)?;
    text.push(b'\n');
    Ok(text)
}
