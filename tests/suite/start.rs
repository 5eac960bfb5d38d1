//! `anteroom` alone, and the small commands around a site: `host`, `doctor`, `completions`, `man`.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::process::{Command, Output, Stdio};

use crate::support::Folder;

fn run(folder: &Folder, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anteroom"));
    let output: Output = command.args(args).current_dir(folder.path()).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string();
    (output.status.code().unwrap_or(-1), said)
}

#[test]
fn anteroom_alone_says_where_one_is_and_what_comes_next() {
    let folder = Folder::new("start");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let (status, said) = run(&folder, &[]);
    assert!(status == 0 && said.contains("anteroom new my-practice"), "{said}");
    write("hugo.toml", "");
    assert!(run(&folder, &[]).1.contains("This folder holds a Hugo site"), "{}", run(&folder, &[]).1);
    std::fs::remove_file(folder.path().join("hugo.toml")).unwrap();
    write("export.xml", "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">");
    assert!(run(&folder, &[]).1.contains("an export of WordPress"));
    std::fs::remove_file(folder.path().join("export.xml")).unwrap();
    run(&folder, &["new", "site", "--yes"]);
    assert!(run(&folder, &[]).1.contains("There's a site in `site`"));
    let site = Folder::new("start-site");
    run(&site, &["new", ".", "--yes"]);
    let (status, said) = run(&site, &[]);
    assert!(
        status == 0 && said.contains("things to look at: `anteroom check`") && said.contains("anteroom publish"),
        "{said}"
    );
    std::fs::write(site.path().join("content/contact.md"), "---\ntitle: Contact\n---\n[x](nowhere.md)\n").unwrap();
    assert!(run(&site, &[]).1.contains("1 error in the way of the website"), "{}", run(&site, &[]).1);
}

#[test]
fn a_host_s_files_come_to_a_site_that_exists_and_never_over_others() {
    for (host, file) in [
        ("netlify", "netlify.toml"),
        ("cloudflare", "build.sh"),
        ("github", ".github/workflows/publish.yml"),
        ("gitlab", ".gitlab-ci.yml"),
    ] {
        let folder = Folder::new(&format!("host-{host}"));
        run(&folder, &["new", ".", "--yes"]);
        let (status, said) = run(&folder, &["host", host]);
        assert!(status == 0 && folder.path().join(file).is_file(), "{said}");
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(!text.contains("{version}") && !text.contains("{repository}"), "{text}");
        assert!(run(&folder, &["host", host]).1.contains("are there already"));
        std::fs::write(folder.path().join(file), "mine").unwrap();
        let (status, said) = run(&folder, &["host", host]);
        assert!(status == 2 && said.contains("never overwritten"), "{said}");
        assert_eq!(std::fs::read_to_string(folder.path().join(file)).unwrap(), "mine");
    }
    let folder = Folder::new("host-other");
    run(&folder, &["new", ".", "--yes"]);
    assert!(run(&folder, &["host", "other"]).1.contains("anteroom publish"));
}

#[test]
fn shells_and_man_get_what_they_ask_for() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, said) = run(&folder, &["completions", shell]);
        assert!(status == 0 && said.contains("anteroom") && said.contains("publish"), "{shell}");
    }
    let (status, said) = run(&folder, &["man"]);
    assert!(status == 0 && said.contains(".TH anteroom"), "{said}");
}

#[test]
fn doctor_says_what_is_there_and_what_is_missing() {
    let folder = Folder::new("doctor");
    let (status, said) = run(&folder, &["doctor"]);
    assert!(status == 0 && said.contains("holds no site"), "{said}");
    run(&folder, &["new", ".", "--yes"]);
    let (status, said) = run(&folder, &["doctor"]);
    assert!(
        status == 0 && said.contains("ok   this folder can be written to") && said.contains("no address of its own"),
        "{said}"
    );
    let practice = folder.path().join("content/practice.yaml");
    let text = std::fs::read_to_string(&practice).unwrap();
    std::fs::write(&practice, text.replace("https://www.your-practice.example", "http://127.0.0.1:9")).unwrap();
    let (status, said) = run(&folder, &["doctor"]);
    assert!(status == 1 && said.contains("no   http://127.0.0.1:9") && said.contains("help: "), "{said}");
}
