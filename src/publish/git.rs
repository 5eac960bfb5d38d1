//! A branch of a repository, by the system's `git`: GitHub Pages, GitLab, Codeberg, Forgejo.
//!
//! Owns that a publication is one commit on top of the branch, in which files of others stay. The repository on this computer that this needs
//! lies in `.anteroom/`; the site's own is never touched.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Far, Fault, MANIFEST, Manifest, needed, without};
use crate::document::model::Publish;

/// The branch.
pub(super) struct Git {
    repository: String,
    branch: String,
    /// The repository on this computer.
    dir: PathBuf,
    /// The commit on which the next stands.
    parent: Option<String>,
}

impl Git {
    pub fn new(publish: &Publish, site: &Path, kept: &Path) -> Result<Git, Fault> {
        let repository = needed(publish.repository.as_ref(), "repository", "git@github.com:maya/site.git")?;
        // `ext::` and the like run programs.
        let is_local = !repository.contains(':') || repository.starts_with("file://");
        let is_known = repository.starts_with("https://") || repository.starts_with("ssh://") || is_local || {
            let scp =
                repository.split_once(':').is_some_and(|(host, rest)| host.contains('@') && !rest.starts_with(':'));
            scp && !repository.contains("::")
        };
        if repository.starts_with('-') || !is_known || repository.chars().any(char::is_control) {
            return Err(Fault::new(
                format!("`{repository}` isn't the address of a repository"),
                "copy it from your host's page, where it says “clone”: it begins with `https://`, `ssh://` or `git@`",
            ));
        }
        let branch = publish.branch.clone().unwrap_or_else(|| "gh-pages".to_string());
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        if branch.is_empty()
            || branch.starts_with(['-', '/', '.'])
            || !branch.chars().all(plain)
            || branch.contains("..")
        {
            return Err(Fault::new(
                format!("`{branch}` can't be the name of a branch"),
                "write it as your host tells you: `branch: gh-pages`",
            ));
        }
        let repository = match is_local && !repository.starts_with("file://") {
            true => site.join(repository).display().to_string(),
            false => repository.to_string(),
        };
        let mut git = Git { repository, branch, dir: kept.join("git"), parent: None };
        if !git.dir.join("HEAD").exists() {
            fs::create_dir_all(&git.dir).map_err(|error| {
                Fault::new(format!("{} can't be written: {error}", git.dir.display()), "make room on this computer")
            })?;
            git.run(&["init", "--quiet", "--bare"], None)?;
        }
        git.fetch()?;
        Ok(git)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command
            .arg("--git-dir")
            .arg(&self.dir)
            .env("GIT_ALLOW_PROTOCOL", "https:ssh:file")
            .env("GIT_INDEX_FILE", self.dir.join("publish-index"))
            .env("LC_ALL", "C")
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE");
        command
    }

    /// Runs git and returns what it prints.
    fn run(&self, args: &[&str], input: Option<&[u8]>) -> Result<Vec<u8>, Fault> {
        self.run_in(args, input, None)
    }

    fn run_in(&self, args: &[&str], input: Option<&[u8]>, tree: Option<&Path>) -> Result<Vec<u8>, Fault> {
        let mut command = self.command();
        if let Some(tree) = tree {
            command.arg("--work-tree").arg(tree).current_dir(tree);
        }
        let mut child = command
            .args(["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "core.excludesFile="])
            .args(args)
            .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| without("git", &error))?;
        let input = input.map(<[u8]>::to_vec);
        let writer =
            child.stdin.take().zip(input).map(|(mut stdin, input)| std::thread::spawn(move || stdin.write_all(&input)));
        let output = child.wait_with_output().map_err(|error| without("git", &error))?;
        drop(writer.map(std::thread::JoinHandle::join));
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(self.fault(&String::from_utf8_lossy(&output.stderr))),
        }
    }

    fn fault(&self, said: &str) -> Fault {
        let has = |words: &str| said.to_lowercase().contains(words);
        let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim();
        let last = self.without_secrets(last);
        if has("permission denied") || has("authentication failed") || has("could not read username") || has("403") {
            return Fault::new(
                "the repository doesn't let you in",
                "check that git can push there: sign in with your host's own program, or add your key on its page",
            );
        }
        if has("could not resolve host") || has("unable to access") || has("connection refused") {
            return Fault::new(
                "the repository's host doesn't answer",
                "check your connection, and `repository` under `publish:`",
            );
        }
        if has("does not appear to be a git repository") || has("repository not found") {
            return Fault::new(
                "there's no repository at that address",
                "check `repository` under `publish:`, and that it was created at your host",
            );
        }
        if has("[rejected]") || has("non-fast-forward") || has("fetch first") {
            return Fault::new("somebody else published meanwhile", "publish again");
        }
        Fault::new(format!("git stopped: {last}"), "publish again; nothing was changed at your host")
    }

    /// An address may hold a password, which isn't printed.
    fn without_secrets(&self, said: &str) -> String {
        let secret =
            self.repository.split_once("://").and_then(|(_, rest)| rest.split_once('@')).map(|(secret, _)| secret);
        match secret.filter(|secret| secret.contains(':')) {
            Some(secret) => said.replace(secret, "…"),
            None => said.to_string(),
        }
    }

    /// The branch as it is now; a branch that isn't there yet is begun.
    fn fetch(&mut self) -> Result<(), Fault> {
        let name = format!("refs/heads/{}", self.branch);
        let there = self.run(&["ls-remote", "--", &self.repository, &name], None)?;
        self.parent = String::from_utf8_lossy(&there).split_whitespace().next().map(str::to_string);
        if self.parent.is_some() {
            let to = format!("+{name}:refs/publish/there");
            self.run(&["fetch", "--quiet", "--depth=1", "--no-tags", "--", &self.repository, &to], None)?;
        }
        let _ = fs::remove_file(self.dir.join("publish-index"));
        if let Some(parent) = &self.parent {
            self.run(&["read-tree", parent], None)?;
        }
        Ok(())
    }

    fn show(&self, path: &str) -> Option<Vec<u8>> {
        let parent = self.parent.as_ref()?;
        self.run(&["cat-file", "blob", &format!("{parent}:{path}")], None).ok()
    }
}

impl Far for Git {
    fn manifest(&mut self) -> Result<Option<Manifest>, Fault> {
        Ok(self.show(MANIFEST).map(|bytes| Manifest::read(&bytes)))
    }

    fn has(&mut self, path: &str) -> Result<bool, Fault> {
        Ok(self.show(path).is_some())
    }

    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.show(path)
    }

    fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault> {
        let names = paths.join("\0");
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let args = ["add", "--force", "--pathspec-from-file=-", "--pathspec-file-nul"];
        let literal = ["--literal-pathspecs"];
        self.run_in(&[&literal[..], &args[..]].concat(), Some(names.as_bytes()), Some(&root)).map(drop)
    }

    fn remove(&mut self, paths: &[String]) -> Result<(), Fault> {
        // A mode of zero takes a path out (git-update-index, --index-info).
        let lines: String = paths.iter().map(|path| format!("0 {}\t{path}\0", "0".repeat(40))).collect();
        self.run(&["update-index", "-z", "--index-info"], Some(lines.as_bytes())).map(drop)
    }

    fn note(&mut self, manifest: &[u8]) -> Result<(), Fault> {
        let blob = self.run(&["hash-object", "-w", "--stdin"], Some(manifest))?;
        let entry = format!("100644,{},{MANIFEST}", String::from_utf8_lossy(&blob).trim());
        self.run(&["update-index", "--add", "--cacheinfo", &entry], None).map(drop)
    }

    fn finish(&mut self) -> Result<(), Fault> {
        let tree = String::from_utf8_lossy(&self.run(&["write-tree"], None)?).trim().to_string();
        let who = ["-c", "user.name=Anteroom", "-c", "user.email=anteroom@localhost"];
        // Somebody's own name where git knows it.
        let is_known = self.run(&["config", "user.email"], None).is_ok();
        let mut args: Vec<&str> = if is_known { Vec::new() } else { who.to_vec() };
        args.extend(["commit-tree", &tree, "-m", "Publish the website"]);
        if let Some(parent) = &self.parent {
            args.extend(["-p", parent]);
        }
        let commit = String::from_utf8_lossy(&self.run(&args, None)?).trim().to_string();
        let to = format!("{commit}:refs/heads/{}", self.branch);
        self.run(&["push", "--quiet", "--", &self.repository, &to], None).map(drop)
    }
}
