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
        ("codeberg", ".forgejo/workflows/publish.yaml"),
    ] {
        let folder = Folder::new(&format!("host-{host}"));
        run(&folder, &["new", ".", "--yes"]);
        let (status, said) = run(&folder, &["host", host]);
        assert!(status == 0 && folder.path().join(file).is_file(), "{said}");
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(!text.contains("{version}") && !text.contains("{repository}"), "{text}");
        assert!(run(&folder, &["host", host]).1.contains("is there already"));
        std::fs::write(folder.path().join(file), "mine").unwrap();
        let (status, said) = run(&folder, &["host", host]);
        assert!(status == 2 && said.contains("never overwritten"), "{said}");
        assert_eq!(std::fs::read_to_string(folder.path().join(file)).unwrap(), "mine");
    }
    let folder = Folder::new("host-other");
    run(&folder, &["new", ".", "--yes"]);
    assert!(run(&folder, &["host", "other"]).1.contains("anteroom publish"));
}

/// Runs what a host's files say, in a site's folder. `build.sh` is the one that sites get, but fetches from a folder here, in
/// which a small script stands for the released program and starts the one that was just built.
fn run_workflow(folder: &Folder, host: &str) -> Vec<(String, i32, String)> {
    let script = folder.path().join("build.sh");
    if !script.exists() {
        let (status, said) = run(folder, &["host", host]);
        assert_eq!(status, 0, "{said}");
    }
    let release = folder.path().join("release/releases/download").join(concat!("v", env!("CARGO_PKG_VERSION")));
    folder.file(
        "release/anteroom-linux/anteroom",
        &format!("#!/bin/sh\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_anteroom")),
    );
    std::fs::create_dir_all(&release).unwrap();
    let pack = "chmod +x release/anteroom-linux/anteroom && tar -czf \"$0/anteroom-linux.tar.gz\" -C release anteroom-linux && cd \"$0\" \
        && sha256sum anteroom-linux.tar.gz > anteroom-linux.tar.gz.sha256";
    let packed = Command::new("sh").args(["-c", pack]).arg(&release).current_dir(folder.path()).status().unwrap();
    assert!(packed.success());
    let text = std::fs::read_to_string(&script).unwrap();
    let here = format!("file://{}/release", folder.path().display());
    std::fs::write(&script, text.replace(env!("CARGO_PKG_REPOSITORY"), &here)).unwrap();
    let files = [
        ".github/workflows/publish.yml",
        ".github/workflows/daily.yml",
        ".forgejo/workflows/publish.yaml",
        ".gitlab-ci.yml",
    ];
    let texts =
        files.iter().chain(&["netlify.toml"]).filter_map(|file| std::fs::read_to_string(folder.path().join(file)).ok());
    let mut commands: Vec<String> = texts
        .flat_map(|text| text.lines().map(str::to_string).collect::<Vec<_>>())
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.find("sh build.sh").map(|at| line[at..].trim_end_matches('"').to_string()))
        .collect();
    // Cloudflare is told on its website what to run.
    if host == "cloudflare" {
        commands.push("sh build.sh".to_string());
    }
    let ran = commands.into_iter().map(|command| {
        let ran = Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).to_string();
        (command, ran.status.code().unwrap_or(-1), said)
    });
    ran.collect()
}

#[test]
fn daily_builds_go_on_when_facts_grow_old_and_say_so_loudly() {
    let practice = format!(
        "{}fees_as_of: 2020-01-01\nnotices: [{{ text: Closed for the winter., until: 2020-12-31 }}]\n",
        crate::support::PRACTICE
    );
    let person = "---\nname: Ana Lopez\nrole_title: Coach\nlicences: [{ type: LMFT, number: A-7731, jurisdiction: US-OR, board: \
        Board, expires: 2020-01-01 }]\n---\nAna listens.\n";
    let article = "---\ntitle: The ended course\nsummary: A course.\nauthor: { name: Jo }\ndate: 2019-01-01\nexpires_at: \
        2020-01-01\n---\nText.\n";
    for host in ["netlify", "cloudflare", "github", "gitlab", "codeberg"] {
        let folder = Folder::new(&format!("daily-{host}"));
        folder.file("content/practice.yaml", &practice);
        folder.file("content/practitioners/ana-lopez.md", person);
        folder.file("content/resources/course.md", article);
        folder.file("content/about.md", "---\ntitle: About\n---\nWhat we do.\n");
        let ran = run_workflow(&folder, host);
        let (builds, tells): (Vec<_>, Vec<_>) = ran.iter().partition(|(command, ..)| !command.contains(" check"));
        assert!(builds.len() == 1 && tells.len() == 1, "{host}: {ran:?}");
        assert!(builds[0].1 == 0 && builds[0].2.contains("only because time has passed"), "{host}: {builds:?}");
        assert!(tells[0].1 == 1 && tells[0].2.contains("was last confirmed"), "{host}: {tells:?}");
        let shown = ["-rlE", "A-7731|LMFT|Closed for the winter|ended course", "public"];
        let shown = Command::new("grep").args(shown).current_dir(folder.path()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&shown.stdout), "", "{host}");
        assert!(folder.path().join("public/about/index.html").is_file(), "{host}");
        // What isn't time's doing still stops it, and what was published stays.
        folder.file("content/about.md", "---\ntitle: About\n---\nA <blink>word</blink>.\n");
        let ran = run_workflow(&folder, host);
        assert!(ran.iter().all(|(_, status, _)| *status == 1), "{host}: {ran:?}");
        assert!(folder.path().join("public/about/index.html").is_file(), "{host}");
    }
}

#[test]
fn codeberg_is_told_the_address_that_practice_yaml_says() {
    let text =
        anteroom::scaffold::hosts::files(anteroom::scaffold::Host::Codeberg)[".forgejo/workflows/publish.yaml"].clone();
    let command = text.lines().find(|line| line.trim_start().starts_with("sed ")).unwrap().to_string();
    for line in [
        "base_url: https://you.codeberg.page/site",
        "base_url: \"https://you.codeberg.page/site/\" # where",
        "base_url:   'https://you.codeberg.page/site'\r",
        "base_url: https://you.codeberg.page/site # where",
    ] {
        let folder = Folder::new("codeberg-address");
        folder.file("content/practice.yaml", &format!("name: A\n{line}\nhost: codeberg\n"));
        let mut sh = Command::new("sh");
        sh.args(["-c", &command]).current_dir(folder.path()).env("GITHUB_OUTPUT", folder.path().join("out"));
        assert!(sh.status().unwrap().success());
        let said = std::fs::read_to_string(folder.path().join("out")).unwrap();
        assert_eq!(said, "of=https://you.codeberg.page/site/\n", "{line:?}");
    }
}

#[test]
fn pictures_are_kept_apart_whatever_their_names_end_with() {
    use anteroom::scaffold::hosts::files;
    for (host, file) in [
        (anteroom::scaffold::Host::Github, ".github/workflows/publish.yml"),
        (anteroom::scaffold::Host::Codeberg, ".forgejo/workflows/publish.yaml"),
    ] {
        let text = files(host)[file].clone();
        let key = text.lines().find(|line| line.trim_start().starts_with("key:")).unwrap().to_string();
        for name in [
            "content/images/IMG_1.JPG",
            "content/a/b.jpeg",
            "content/images/x.Png",
            "content/x.webp",
            "content/x.SVG",
            "themes/own/g.GIF",
        ] {
            let patterns = key.split('\'').filter(|part| part.contains("**"));
            let fits = |pattern: &str| {
                let escaped = pattern.replace('.', "[.]").replace("**/*", "(.*/)?[^/]*");
                regex::Regex::new(&format!("^{escaped}$")).unwrap().is_match(name)
            };
            assert!(patterns.clone().any(fits), "{name}: {key}");
        }
    }
}

#[test]
fn every_host_is_named_in_practice_yaml_and_everywhere_else() {
    use anteroom::document::model::WebHost;
    let folder = Folder::new("host-help");
    let help = run(&folder, &["host", "--help"]).1;
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/hosting.md")).unwrap();
    for host in WebHost::ALL {
        assert!(help.contains(host.key()) && guide.contains(&format!("| `{}` |", host.key())), "{host:?}");
        let of_new = Folder::new(&format!("host-new-{}", host.key()));
        run(&of_new, &["new", ".", "--yes", "--host", host.key()]);
        let added = Folder::new(&format!("host-add-{}", host.key()));
        run(&added, &["new", ".", "--yes"]);
        let practice = |folder: &Folder| std::fs::read_to_string(folder.path().join("content/practice.yaml")).unwrap();
        let (status, said) = run(&added, &["host", host.key()]);
        assert_eq!(status, 0, "{said}");
        let line = format!("\nhost: {}\n", host.key());
        assert_eq!(practice(&of_new).contains(&line), host != WebHost::Other);
        // Both ways lead to the same site.
        assert_eq!(practice(&of_new), practice(&added), "{host:?}");
        assert_eq!(run(&added, &["check"]).0, run(&of_new, &["check"]).0);
        let doctor = run(&added, &["doctor"]).1;
        assert!(host == WebHost::Other || doctor.contains(host.name()), "{doctor}");
    }
    // What the author wrote stays.
    let folder = Folder::new("host-other-one");
    run(&folder, &["new", ".", "--yes", "--host", "netlify"]);
    let (status, said) = run(&folder, &["host", "caddy"]);
    assert!(status == 0 && said.contains("says `host: netlify`"), "{said}");
    assert!(std::fs::read_to_string(folder.path().join("content/practice.yaml")).unwrap().contains("host: netlify"));
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
    // Where the website goes to by FTP.
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    for (port, words) in [(port, "ok   the server 127.0.0.1"), (1, "no   the server 127.0.0.1")] {
        std::fs::write(&practice, format!("{text}publish: {{ to: ftps, host: 127.0.0.1, port: {port}, user: a }}\n"))
            .unwrap();
        let said = run(&folder, &["doctor"]).1;
        assert!(said.contains(words), "{said}");
    }
}
