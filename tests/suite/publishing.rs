//! `publish`, to real servers on this machine: OpenSSH's SFTP and rsync over it, a git repository, a folder. A new way is one more row in
//! `ways`.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::support::Folder;

/// A server of OpenSSH's that lets one key in, and programs that know it.
struct Server {
    child: Child,
    port: u16,
    /// Where `ssh` and `sftp` lie that know this server's key and their own.
    bin: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `None` where this machine has no server, which is no reason to fail but in the whole run.
fn server(folder: &Folder) -> Option<Server> {
    let sshd = Path::new("/usr/sbin/sshd");
    if !sshd.exists() || Command::new("rsync").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("ANTEROOM_ALL_TESTS").is_none(),
            "install openssh-server and rsync, as tests/run.sh does"
        );
        return None;
    }
    let dir = folder.path().join("ssh");
    fs::create_dir_all(&dir).unwrap();
    let _ = fs::create_dir_all("/run/sshd");
    let path = |name: &str| dir.join(name).display().to_string();
    for key in ["host", "own", "other"] {
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &path(key)]).status().unwrap();
        assert!(made.success());
    }
    fs::copy(dir.join("own.pub"), dir.join("authorized")).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let config = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\nPidFile {}\n\
         PasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n",
        path("host"),
        path("authorized"),
        path("pid")
    );
    fs::write(dir.join("config"), config).unwrap();
    let child = Command::new(sshd).args(["-D", "-e", "-f", &path("config")]).stderr(Stdio::null()).spawn().unwrap();
    let host = fs::read_to_string(dir.join("host.pub")).unwrap();
    let host: Vec<&str> = host.split(' ').take(2).collect();
    fs::write(dir.join("known"), format!("[127.0.0.1]:{port} {}\n", host.join(" "))).unwrap();
    let bin = dir.join("bin");
    fs::create_dir_all(&bin).unwrap();
    for program in ["ssh", "sftp"] {
        let script = format!(
            "#!/bin/sh\nexec /usr/bin/{program} -F none -o IdentitiesOnly=yes -o IdentityFile=${{TEST_KEY:-{}}} -o \
             UserKnownHostsFile=${{TEST_KNOWN:-{}}} \"$@\"\n",
            path("own"),
            path("known")
        );
        fs::write(bin.join(program), script).unwrap();
        Command::new("chmod").arg("+x").arg(bin.join(program)).status().unwrap();
    }
    for _ in 0..100 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(Server { child, port, bin })
}

fn command(folder: &Folder, server: Option<&Server>, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anteroom"));
    command.args(args).current_dir(folder.path().join("site")).stdin(Stdio::null());
    if let Some(server) = server {
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", server.bin.display()));
    }
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string()
}

fn run(folder: &Folder, server: Option<&Server>, args: &[&str]) -> (i32, String) {
    let output = command(folder, server, args).output().unwrap();
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
fn ways(folder: &Folder, server: Option<&Server>) -> Vec<(&'static str, String)> {
    let far = folder.path().join("far").display().to_string();
    let repository = folder.path().join("repository.git").display().to_string();
    let mut ways = vec![
        ("folder", format!("{{ to: folder, folder: {far} }}")),
        ("git", format!("{{ to: git, repository: {repository}, branch: pages }}")),
    ];
    if let Some(server) = server {
        let user = String::from_utf8(Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
        let at = format!("host: 127.0.0.1, port: {}, user: {}, folder: {far}", server.port, user.trim());
        ways.push(("sftp", format!("{{ to: sftp, {at} }}")));
        ways.push(("rsync", format!("{{ to: rsync, {at} }}")));
        ways.push(("rsync here", format!("{{ to: rsync, folder: {far} }}")));
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

#[test]
fn what_changed_is_sent_and_nothing_else_is_touched() {
    let servers = Folder::new("publish-server");
    let server = server(&servers);
    let names: Vec<&str> = ways(&servers, server.as_ref()).iter().map(|(way, _)| *way).collect();
    for way in names {
        let folder = Folder::new(&format!("publish-{}", way.replace(' ', "-")));
        let (_, lines) = ways(&folder, server.as_ref()).into_iter().find(|(name, _)| *name == way).unwrap();
        new_site(&folder, &lines);
        begin_far(&folder, way);
        let publish = |args: &[&str]| {
            let (status, said) = run(&folder, server.as_ref(), &[&["publish", "--today", "2026-11-29"], args].concat());
            assert_eq!(status, 0, "{way} {args:?}\n{said}");
            said
        };
        let told = publish(&["--dry-run"]);
        assert!(told.contains("New pages:\n") && told.contains("Nothing was sent"), "{way}\n{told}");
        assert_eq!(far(&folder, way).len(), 1, "{way}");
        publish(&[]);
        let built = |folder: &Folder| all(&folder.path().join("site/public"));
        let whole = |there: &BTreeMap<String, Vec<u8>>| {
            let mut there = there.clone();
            assert_eq!(there.remove("theirs.txt").as_deref(), Some(&b"somebody else's"[..]), "{way}");
            there
        };
        let first = far(&folder, way);
        assert!(whole(&first) == built(&folder), "{way}: {:?}", first.keys());
        assert!(publish(&[]).contains("up to date"), "{way}");
        append(&folder, "contact.md", "\nI answer on Mondays.\n");
        append(&folder, "new page.md", "---\ntitle: New\n---\nWords.\n");
        fs::remove_file(folder.path().join("site/content/fees.md")).unwrap();
        let told = publish(&["--dry-run"]);
        for words in ["    + I answer on Mondays.", "New pages:\n  /new-page/", "Pages that go:\n  /fees/"] {
            assert!(told.contains(words), "{way}: {words}\n{told}");
        }
        publish(&[]);
        let second = far(&folder, way);
        assert!(whole(&second) == built(&folder) && second != first, "{way}");
        assert!(!second.contains_key("fees/index.html") && second.contains_key("new-page/index.html"));
        publish(&["--undo"]);
        assert!(far(&folder, way) == first, "{way}");
    }
}

#[test]
fn a_htaccess_of_somebody_else_s_is_never_overwritten_without_a_word() {
    let servers = Folder::new("publish-htaccess-server");
    let server = server(&servers);
    let names: Vec<&str> = ways(&servers, server.as_ref()).iter().map(|(way, _)| *way).collect();
    for way in names {
        let folder = Folder::new(&format!("publish-htaccess-{}", way.replace(' ', "-")));
        let (_, lines) = ways(&folder, server.as_ref()).into_iter().find(|(name, _)| *name == way).unwrap();
        new_site(&folder, &lines);
        folder.file("far/.htaccess", "AuthType Basic\n");
        begin_far(&folder, way);
        let publish =
            |args: &[&str]| run(&folder, server.as_ref(), &[&["publish", "--today", "2026-11-29"], args].concat());
        let (status, told) = publish(&[]);
        assert!(status == 2 && told.contains("content/static/.htaccess"), "{way}: {told}");
        assert_eq!(far(&folder, way)[".htaccess"], b"AuthType Basic\n", "{way}");
        assert_eq!(far(&folder, way).len(), 2, "{way}");
        // With its lines in the site, they go along.
        folder.file("site/content/static/.htaccess", "AuthType Basic\n");
        assert_eq!(publish(&["--replace"]).0, 0, "{way}");
        let now = String::from_utf8(far(&folder, way).remove(".htaccess").unwrap()).unwrap();
        assert!(now.contains("\nAuthType Basic\n") && now.contains("RewriteEngine"), "{way}: {now}");
        // Now it's Anteroom's.
        append(&folder, "content-of-mine.md", "---\ntitle: Mine\n---\nWords.\n");
        assert_eq!(publish(&[]).0, 0, "{way}");
    }
}

#[test]
fn what_cannot_be_published_says_what_to_do() {
    let servers = Folder::new("publish-faults");
    let server = server(&servers);
    let folder = Folder::new("publish-wrong");
    new_site(&folder, "{ to: folder, folder: nowhere }");
    begin_far(&folder, "folder");
    let practice = folder.path().join("site/content/practice.yaml");
    let text = fs::read_to_string(&practice).unwrap();
    let with = |publish: &str, environment: &[(&str, String)]| {
        fs::write(&practice, text.replace("{ to: folder, folder: nowhere }", publish)).unwrap();
        let mut command = command(&folder, server.as_ref(), &["publish", "--today", "2026-11-29"]);
        for (name, value) in environment {
            command.env(name, value);
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{publish}: {}", said(&output));
        said(&output)
    };
    let far = folder.path().join("far").display().to_string();
    let mut cases = vec![
        ("{ to: folder, folder: nowhere }".to_string(), "there's no folder `"),
        ("{ to: folder }".to_string(), "doesn't say `folder`"),
        ("{ to: sftp, folder: x }".to_string(), "doesn't say `host`"),
        ("{ to: sftp, host: \"-oProxyCommand=touch x\" }".to_string(), "isn't the name of a server"),
        ("{ to: rsync, host: \"a b\" }".to_string(), "isn't the name of a server"),
        ("{ to: sftp, host: h, user: \"-x\" }".to_string(), "can't be the name of an account"),
        ("{ to: git, repository: \"ext::sh -c touch% x\" }".to_string(), "isn't the address of a repository"),
        ("{ to: git, repository: nowhere.git }".to_string(), "there's no repository at that address"),
        ("{ to: git, repository: x.git, branch: \"-f\" }".to_string(), "can't be the name of a branch"),
    ];
    if server.is_some() {
        cases.push(("{ to: sftp, host: 127.0.0.1, port: 1 }".to_string(), "127.0.0.1 doesn't answer"));
    }
    for (publish, words) in cases {
        let told = with(&publish, &[]);
        assert!(told.contains(words) && told.contains("help: "), "{publish}: {told}");
    }
    fs::write(folder.path().join("far/index.html"), "theirs").unwrap();
    let told = with(&format!("{{ to: folder, folder: {far} }}"), &[]);
    assert!(told.contains("there's a website in that place already"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("far/index.html")).unwrap(), "theirs");
    let Some(server) = &server else { return };
    let at = format!("host: 127.0.0.1, port: {}", server.port);
    let ssh = servers.path().join("ssh");
    for (publish, name, value, words) in [
        (format!("{{ to: sftp, {at}, folder: {far} }}"), "TEST_KEY", ssh.join("other"), "doesn't let you in"),
        (format!("{{ to: rsync, {at}, folder: {far} }}"), "TEST_KEY", ssh.join("other"), "doesn't let you in"),
        (format!("{{ to: sftp, {at}, folder: {far} }}"), "TEST_KNOWN", ssh.join("nobody"), "isn't known yet"),
        (format!("{{ to: sftp, {at}, folder: {far}/nowhere }}"), "X", ssh.join("x"), "that folder isn't on 127.0.0.1"),
    ] {
        let told = with(&publish, &[(name, value.display().to_string())]);
        assert!(told.contains(words) && told.contains("help: "), "{publish}: {told}");
    }
    // Another key than before: a changed server, or somebody in between.
    let other = fs::read_to_string(ssh.join("other.pub")).unwrap();
    let other: Vec<&str> = other.split(' ').take(2).collect();
    fs::write(ssh.join("changed"), format!("[127.0.0.1]:{} {}\n", server.port, other.join(" "))).unwrap();
    let told = with(
        &format!("{{ to: sftp, {at}, folder: {far} }}"),
        &[("TEST_KNOWN", ssh.join("changed").display().to_string())],
    );
    assert!(told.contains("isn't the server that it was"), "{told}");
}

/// The style sheets that a page names.
fn sheets(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.ends_with(".css"))
        .map(str::to_string)
        .collect()
}

#[test]
fn killed_at_any_moment_the_next_run_completes_and_no_visitor_met_a_half() {
    let servers = Folder::new("publish-kill-server");
    let server = server(&servers);
    let moments = if std::env::var_os("ANTEROOM_MANY").is_some() { 100 } else { 16 };
    for way in if server.is_some() { &["folder", "sftp"][..] } else { &["folder"][..] } {
        let folder = Folder::new(&format!("publish-kill-{way}"));
        let (_, lines) = ways(&folder, server.as_ref()).into_iter().find(|(name, _)| name == way).unwrap();
        new_site(&folder, &lines);
        begin_far(&folder, way);
        let (status, told) = run(&folder, server.as_ref(), &["publish", "--today", "2026-11-29"]);
        assert_eq!(status, 0, "{way}: {told}");
        // Somebody reads all pages again and again.
        let stop = Arc::new(AtomicBool::new(false));
        let (dir, stopped) = (folder.path().join("far"), Arc::clone(&stop));
        let visitor = std::thread::spawn(move || {
            let mut broken: Vec<String> = Vec::new();
            while !stopped.load(Ordering::Relaxed) {
                for (name, bytes) in
                    all(&dir).into_iter().filter(|(name, _)| name.ends_with(".html") && !name.contains("anteroom-part"))
                {
                    let html = String::from_utf8_lossy(&bytes).to_string();
                    let base = dir.join(&name);
                    let is_there = |href: &String| {
                        href.starts_with("http")
                            || base.parent().unwrap().join(href.trim_start_matches('/')).exists()
                            || dir.join(href.trim_start_matches('/')).exists()
                    };
                    // What went while this page was being read is no fault of the page's.
                    if !html.contains("</html>")
                        || !sheets(&html).iter().all(is_there)
                            && fs::read(dir.join(&name)).is_ok_and(|again| again == bytes)
                    {
                        broken.push(name);
                    }
                }
                std::thread::sleep(Duration::from_millis(3));
            }
            broken
        });
        for moment in 0..moments {
            append(&folder, "contact.md", &format!("Line {moment}.\n\n"));
            append(&folder, &format!("page-{moment}.md"), &format!("---\ntitle: Page {moment}\n---\nWords.\n"));
            if moment > 2 {
                fs::remove_file(folder.path().join(format!("site/content/page-{}.md", moment - 2))).unwrap();
            }
            let accent = if moment % 2 == 0 { "#7a2048" } else { "#1f5f4a" };
            let theme = folder.path().join("site/content/practice.yaml");
            let text = fs::read_to_string(&theme).unwrap();
            let changed = text.lines().map(|line| match line.starts_with("theme:") {
                true => format!("theme: {{ name: linen, settings: {{ color_accent: \"{accent}\" }} }}"),
                false => line.to_string(),
            });
            let changed = changed.collect::<Vec<_>>().join("\n") + "\n";
            fs::write(&theme, changed).unwrap();
            let mut child = command(&folder, server.as_ref(), &["publish", "--today", "2026-11-29"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // From the build's end to the upload's, in a debug build.
            std::thread::sleep(Duration::from_millis(500 + 37 * (moment as u64 % 30)));
            let _ = child.kill();
            let _ = child.wait();
        }
        let (status, told) = run(&folder, server.as_ref(), &["publish", "--today", "2026-11-29"]);
        assert_eq!(status, 0, "{way}: {told}");
        let mut there = all(&folder.path().join("far"));
        there.remove("theirs.txt");
        there.retain(|name, _| !name.ends_with(".anteroom-part"));
        let here = all(&folder.path().join("site/public"));
        assert_eq!(there.keys().collect::<Vec<_>>(), here.keys().collect::<Vec<_>>(), "{way}");
        assert!(there == here, "{way}");
        stop.store(true, Ordering::Relaxed);
        let broken = visitor.join().unwrap();
        assert!(broken.is_empty(), "{way}: {broken:?}");
    }
}
