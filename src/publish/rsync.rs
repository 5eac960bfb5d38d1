//! A server, or a folder, by the system's `rsync`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::rc::Rc;

use super::ssh::Server;
use super::{Far, Fault, Lock, MANIFEST, Manifest, below, needed, without};
use crate::document::model::Publish;

/// The far side.
pub(super) struct Rsync {
    /// None where the folder is on this computer.
    server: Option<Server>,
    /// `maya@web.example.org:site/`
    target: String,
    kept: PathBuf,
    lock: Rc<Lock>,
}

impl Rsync {
    pub fn new(publish: &Publish, site: &Path, kept: &Path, lock: Rc<Lock>) -> Result<Rsync, Fault> {
        let kept = kept.to_path_buf();
        if publish.host.is_none() {
            let folder = below(site, needed(publish.folder.as_ref(), "folder", "/media/web/site")?);
            return Ok(Rsync { server: None, target: format!("{}/", folder.display()), kept, lock });
        }
        let server = Server::new(publish, &kept)?;
        let folder =
            if server.folder.is_empty() { ".".to_string() } else { server.folder.trim_end_matches('/').to_string() };
        let target = format!("{}:{folder}/", server.address);
        Ok(Rsync { server: Some(server), target, kept, lock })
    }

    fn run(&self, args: &[&str]) -> Result<Output, Fault> {
        let mut command = Command::new("rsync");
        if let Some(server) = &self.server {
            // rsync takes the command apart at spaces; only values that were checked are in it.
            let options: Vec<String> = server.options.iter().map(|option| format!("'{option}'")).collect();
            command.arg("-e").arg(format!("ssh {}", options.join(" ")));
        }
        command.arg("--protect-args").args(args).stdout(self.lock.output());
        command.output().map_err(|error| without("rsync", &error))
    }

    fn done(&self, output: &Output) -> Result<(), Fault> {
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let told = || said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim().to_string();
        Err(match &self.server {
            Some(server) => server
                .fault(&said.lines().filter(|line| !line.starts_with("rsync error:")).collect::<Vec<_>>().join("\n")),
            None => Fault::new(
                format!("rsync stopped: {}", told()),
                "check the folder; then publish again, and the rest is sent",
            ),
        })
    }

    /// A file of this computer's with the names of files in it.
    fn list(&self, paths: &[String]) -> Result<PathBuf, Fault> {
        let list = self.kept.join("files");
        let written = fs::create_dir_all(&self.kept).and_then(|()| fs::write(&list, paths.join("\0")));
        written.map_err(|error| {
            Fault::new(format!("{} can't be written: {error}", list.display()), "make room on this computer")
        })?;
        Ok(list)
    }

    /// Fetches one file, where it's there.
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let made = fs::create_dir_all(&self.kept);
        made.map_err(|error| {
            Fault::new(format!("{} can't be written: {error}", self.kept.display()), "make room on this computer")
        })?;
        let local = self.kept.join("got");
        let _ = fs::remove_file(&local);
        let output = self.run(&[
            "--ignore-missing-args",
            "--",
            &format!("{}{name}", self.target),
            &local.display().to_string(),
        ])?;
        // 23: something wasn't there.
        if !output.status.success() && output.status.code() != Some(23) {
            self.done(&output)?;
        }
        Ok(fs::read(&local).ok())
    }
}

impl Far for Rsync {
    fn manifest(&mut self) -> Result<Option<Manifest>, Fault> {
        Ok(self.get(MANIFEST)?.map(|bytes| Manifest::read(&bytes)))
    }

    fn has(&mut self, path: &str) -> Result<bool, Fault> {
        Ok(self.get(path)?.is_some())
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.get(path).ok().flatten()
    }

    fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault> {
        let list = self.list(paths)?;
        let (from, root) = (format!("--files-from={}", list.display()), format!("{}/", root.display()));
        // rsync writes each file under another name first. Times differ with every build, so what differs is told by what's in it.
        let output = self.run(&[
            "--checksum",
            "--compress",
            "--chmod=F644,D755",
            "--perms",
            "--from0",
            &from,
            "--",
            &root,
            &self.target,
        ])?;
        self.done(&output)
    }

    fn remove(&mut self, paths: &[String]) -> Result<(), Fault> {
        let list = self.list(paths)?;
        let nothing = self.kept.join("nothing");
        let _ = fs::create_dir_all(&nothing);
        let (from, nothing) = (format!("--files-from={}", list.display()), format!("{}/", nothing.display()));
        let output = self.run(&["--delete-missing-args", "--from0", &from, "--", &nothing, &self.target])?;
        // 24: that the files aren't here is the point.
        if output.status.code() == Some(24) { Ok(()) } else { self.done(&output) }
    }

    fn note(&mut self, manifest: &[u8]) -> Result<(), Fault> {
        let folder = self.kept.join("note");
        let written = fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(MANIFEST), manifest));
        written.map_err(|error| {
            Fault::new(format!("{} can't be written: {error}", folder.display()), "make room on this computer")
        })?;
        self.put(&folder, &[MANIFEST.to_string()])
    }
}
