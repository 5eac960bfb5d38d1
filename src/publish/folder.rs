//! A folder on this computer: a mounted drive, a folder that something else synchronises.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Far, Fault, MANIFEST, Manifest, aside, below, needed};
use crate::document::model::Publish;

/// The folder.
pub(super) struct Folder {
    dir: PathBuf,
}

impl Folder {
    pub fn new(publish: &Publish, site: &Path) -> Result<Folder, Fault> {
        let dir = below(site, needed(publish.folder.as_ref(), "folder", "/media/web/site")?);
        match dir.is_dir() {
            true => Ok(Folder { dir }),
            false => Err(Fault::new(
                format!("there's no folder `{}`", dir.display()),
                "connect the drive, or create the folder; it isn't created by itself, in case a drive is missing",
            )),
        }
    }

    fn fault(&self, path: &Path, error: &io::Error) -> Fault {
        let help = match error.kind() {
            io::ErrorKind::PermissionDenied => "check that you may write there",
            io::ErrorKind::StorageFull => "make room there; then publish again, and the rest is sent",
            _ => "check the drive; then publish again, and the rest is sent",
        };
        Fault::new(format!("`{}` can't be written: {error}", path.display()), help)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        let target = self.dir.join(path);
        let written = (|| {
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            let aside = self.dir.join(aside(path));
            let mut file = fs::File::create(&aside)?;
            file.write_all(bytes)?;
            drop(file);
            fs::rename(&aside, &target).inspect_err(|_| drop(fs::remove_file(&aside)))
        })();
        written.map_err(|error| self.fault(&target, &error))
    }
}

impl Far for Folder {
    fn manifest(&mut self) -> Result<Option<Manifest>, Fault> {
        let path = self.dir.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(Manifest::read(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                Err(Fault::new(format!("`{}` can't be read: {error}", path.display()), "check that you may read it"))
            }
        }
    }

    fn has(&mut self, path: &str) -> Result<bool, Fault> {
        Ok(self.dir.join(path).exists())
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.dir.join(path)).ok()
    }

    fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault> {
        for path in paths {
            let bytes = fs::read(root.join(path)).map_err(|error| self.fault(&root.join(path), &error))?;
            self.write(path, &bytes)?;
        }
        Ok(())
    }

    fn remove(&mut self, paths: &[String]) -> Result<(), Fault> {
        for path in paths {
            let target = self.dir.join(path);
            match fs::remove_file(&target) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.fault(&target, &error)),
            }
            let mut folder = PathBuf::from(path);
            // A folder that holds something stays: the system refuses.
            while folder.pop() && !folder.as_os_str().is_empty() && fs::remove_dir(self.dir.join(&folder)).is_ok() {}
        }
        Ok(())
    }

    fn note(&mut self, manifest: &[u8]) -> Result<(), Fault> {
        self.write(MANIFEST, manifest)
    }
}
