//! `publish`, to real servers on this machine: OpenSSH's SFTP and rsync over it, FTP with and without TLS, a git repository, a folder; and to a
//! stand-in for Netlify. A new way is one more row in `ways`.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

mod faults;
mod ftp;
mod killed;
mod netlify;
mod sent;
mod ssh;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::Folder;

/// The servers of a test; none where this machine hasn't their programs.
struct Servers {
    ssh: Option<ssh::Server>,
    ftp: Option<ftp::Server>,
}

impl Servers {
    fn start(folder: &Folder) -> Servers {
        Servers { ssh: ssh::Server::start(folder), ftp: ftp::Server::start(folder, "ftp", "") }
    }
}

fn command(folder: &Folder, servers: &Servers, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anteroom"));
    command.args(args).current_dir(folder.path().join("site")).stdin(Stdio::null());
    command.env("ANTEROOM_PASSWORD", ftp::PASSWORD);
    if let Some(server) = &servers.ssh {
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", server.bin.display()));
    }
    command
}

/// What the program `id` says of who runs the tests.
fn id(what: &str) -> String {
    let said = Command::new("id").arg(what).output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().to_string()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string()
}

fn run(folder: &Folder, servers: &Servers, args: &[&str]) -> (i32, String) {
    let output = command(folder, servers, args).output().unwrap();
    (output.status.code().unwrap_or(-1), said(&output))
}

fn new_site(folder: &Folder, publish: &str) {
    let made = Command::new(env!("CARGO_BIN_EXE_anteroom"))
        .args(["new", "site", "--yes", "--practitioner", "Ana Lopez", "--service", "Grief"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success());
    append(folder, "practice.yaml", &format!("publish: {publish}\n"));
}

fn append(folder: &Folder, file: &str, text: &str) {
    let path = folder.path().join("site/content").join(file);
    let before = fs::read_to_string(&path).unwrap_or_default();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, before + text).unwrap();
}

/// Every file below a folder, with what it holds.
fn all(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).into_iter().flatten().flatten() {
            let name = entry.path().strip_prefix(dir).unwrap().display().to_string();
            if name == ".git" || name.starts_with(".anteroom") {
                continue;
            }
            match entry.path().is_dir() {
                true => open.push(entry.path()),
                false => drop(found.insert(name, fs::read(entry.path()).unwrap_or_default())),
            }
        }
    }
    found
}

/// A way, its lines in practice.yaml, and what lies on the far side now.
fn ways(folder: &Folder, servers: &Servers) -> Vec<(&'static str, String)> {
    let far = folder.path().join("far").display().to_string();
    let repository = folder.path().join("repository.git").display().to_string();
    let mut ways = vec![
        ("folder", format!("{{ to: folder, folder: {far} }}")),
        ("git", format!("{{ to: git, repository: {repository}, branch: pages }}")),
    ];
    if let Some(server) = &servers.ssh {
        let at = format!("host: 127.0.0.1, port: {}, user: {}, folder: {far}", server.port, id("-un"));
        ways.push(("sftp", format!("{{ to: sftp, {at} }}")));
        ways.push(("rsync", format!("{{ to: rsync, {at} }}")));
        ways.push(("rsync here", format!("{{ to: rsync, folder: {far} }}")));
    }
    if let Some(server) = &servers.ftp {
        ways.push(("ftps", server.lines(true, &far)));
        ways.push(("ftp", server.lines(false, &far)));
    }
    ways
}

fn far(folder: &Folder, way: &str) -> BTreeMap<String, Vec<u8>> {
    let dir = folder.path().join("far");
    if way == "git" {
        let _ = fs::remove_dir_all(&dir);
        let repository = folder.path().join("repository.git").display().to_string();
        let cloned = Command::new("git")
            .args(["clone", "--quiet", "--branch", "pages", &repository, &dir.display().to_string()])
            .output()
            .unwrap();
        assert!(cloned.status.success(), "{}", said(&cloned));
    }
    all(&dir)
}

fn begin_far(folder: &Folder, way: &str) {
    let dir = folder.path().join("far");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("theirs.txt"), "somebody else's").unwrap();
    if way == "git" {
        let git = |dir: &Path, args: &[&str]| {
            let done = Command::new("git").args(args).current_dir(dir).output().unwrap();
            assert!(done.status.success(), "{args:?}: {}", said(&done));
        };
        git(folder.path(), &["init", "--quiet", "--bare", "repository.git"]);
        git(&dir, &["init", "--quiet", "-b", "pages"]);
        git(&dir, &["add", "."]);
        git(&dir, &["-c", "user.name=A", "-c", "user.email=a@b.org", "commit", "--quiet", "-m", "x"]);
        git(&dir, &["push", "--quiet", "../repository.git", "pages"]);
    }
}
