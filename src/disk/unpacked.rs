//! Files of the program's own, laid out as a folder for as long as a run needs them as files.
//!
//! Owns the folder, which lies in that of the run and goes with it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::temporary::{self, Temporary};
use crate::source::SourcePath;

/// A folder of files. Removed when it is dropped, with that of the run.
pub struct Unpacked {
    folder: PathBuf,
    _of_run: Arc<Temporary>,
}

/// Writes files into a folder, with the folders that they lie in.
pub(super) fn lay_out<'a>(folder: &Path, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> io::Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}

impl Unpacked {
    /// Writes the files into a new folder of this name.
    ///
    /// # Errors
    /// Where the system's temporary files cannot be written to, or this run has such a folder already.
    pub fn new(name: &str, files: &[(SourcePath, &[u8])]) -> io::Result<Unpacked> {
        let of_run = Temporary::of_run()?;
        // As the system spells it, since files are only answered with where they really lie in it.
        let folder = of_run.path().canonicalize()?.join(name);
        temporary::private(&folder)?;
        lay_out(&folder, files.iter().map(|(path, bytes)| (path.on_disk(), *bytes)))?;
        Ok(Unpacked { folder, _of_run: of_run })
    }

    /// Where the files lie.
    pub fn path(&self) -> &Path {
        &self.folder
    }
}
