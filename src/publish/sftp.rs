//! A server by SFTP, with the system's `sftp` program (OpenSSH), which knows the keys, the passwords and the hosts of its user.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;

use super::ssh::Server;
use super::{Far, Fault, Lock, MANIFEST, Manifest, aside, without};
use crate::document::model::Publish;

/// The server.
pub(super) struct Sftp {
    server: Server,
    /// A folder of this computer's for what is on its way.
    kept: PathBuf,
    lock: Rc<Lock>,
}

impl Sftp {
    pub fn new(publish: &Publish, kept: &Path, lock: Rc<Lock>) -> Result<Sftp, Fault> {
        Ok(Sftp { server: Server::new(publish, kept)?, kept: kept.to_path_buf(), lock })
    }

    /// Runs lines of commands in the site's folder on the server. A line that begins with `-` may fail.
    fn run(&self, lines: &[String]) -> Result<(), Fault> {
        let mut script = String::new();
        if !self.server.folder.is_empty() {
            script.push_str(&format!("cd {}\n", quoted(&self.server.folder)));
        }
        lines.iter().for_each(|line| script.extend([line, "\n"]));
        let mut child = Command::new("sftp")
            .args(&self.server.options)
            .args(["-b", "-", "--", &self.server.address])
            .stdin(Stdio::piped())
            .stdout(self.lock.output())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| without("sftp", &error))?;
        // A server that hangs up takes no more lines; why, its last words say.
        let writer = child.stdin.take().map(|mut stdin| std::thread::spawn(move || stdin.write_all(script.as_bytes())));
        let output = child.wait_with_output().map_err(|error| without("sftp", &error))?;
        drop(writer.map(std::thread::JoinHandle::join));
        match output.status.success() {
            true => Ok(()),
            false => Err(self.server.fault(&String::from_utf8_lossy(&output.stderr))),
        }
    }

    /// The commands that put files there, each under another name first.
    fn puts(&self, files: &[(PathBuf, &str)]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut made: Vec<String> = Vec::new();
        for (local, path) in files {
            let mut folders = Vec::new();
            let mut folder = Path::new(path).parent();
            while let Some(here) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
                folders.push(here.to_string_lossy().into_owned());
                folder = here.parent();
            }
            for folder in folders.into_iter().rev() {
                if !made.contains(&folder) {
                    lines.push(format!("-mkdir {}", quoted(&folder)));
                    made.push(folder);
                }
            }
            let aside = aside(path);
            lines.push(format!("put {} {}", quoted(&local.display().to_string()), quoted(&aside)));
            lines.push(format!("rename {} {}", quoted(&aside), quoted(path)));
        }
        lines
    }
}

/// A path as sftp reads it: between quotation marks, without its own wildcards.
fn quoted(path: &str) -> String {
    let mut out = String::from("\"");
    for letter in path.chars() {
        if matches!(letter, '"' | '\\' | '*' | '?' | '[' | ']') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
    out
}

impl Far for Sftp {
    fn manifest(&mut self) -> Result<Option<Manifest>, Fault> {
        let local = self.kept.join("manifest");
        let _ = fs::remove_file(&local);
        self.run(&[format!("-get {} {}", quoted(MANIFEST), quoted(&local.display().to_string()))])?;
        Ok(fs::read(&local).ok().map(|bytes| Manifest::read(&bytes)))
    }

    fn has(&mut self, path: &str) -> Result<bool, Fault> {
        let local = self.kept.join("there");
        let _ = fs::remove_file(&local);
        self.run(&[format!("-get {} {}", quoted(path), quoted(&local.display().to_string()))])?;
        Ok(local.exists())
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        let is_there = self.has(path).unwrap_or(false);
        is_there.then(|| fs::read(self.kept.join("there")).ok()).flatten()
    }

    fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault> {
        let files: Vec<(PathBuf, &str)> = paths.iter().map(|path| (root.join(path), path.as_str())).collect();
        self.run(&self.puts(&files))
    }

    fn remove(&mut self, paths: &[String]) -> Result<(), Fault> {
        let mut lines: Vec<String> = paths.iter().map(|path| format!("-rm {}", quoted(path))).collect();
        let mut folders: Vec<&str> = paths.iter().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        folders.sort_by_key(|folder| std::cmp::Reverse(folder.len()));
        folders.dedup();
        // A folder that holds something stays: the server refuses.
        lines.extend(folders.into_iter().map(|folder| format!("-rmdir {}", quoted(folder))));
        self.run(&lines)
    }

    fn note(&mut self, manifest: &[u8]) -> Result<(), Fault> {
        let local = self.kept.join("note");
        let kept = fs::create_dir_all(&self.kept).and_then(|()| fs::write(&local, manifest));
        kept.map_err(|error| {
            Fault::new(format!("{} can't be written: {error}", local.display()), "make room on this computer")
        })?;
        self.run(&self.puts(&[(local, MANIFEST)]))
    }
}
