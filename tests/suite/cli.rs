//! The program as it is run: exit statuses, what is printed, what is left on the disk.

#![allow(clippy::disallowed_methods, reason = "tests look at files and clocks")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::support::{self, Folder};

struct Site(Folder);

impl Site {
    fn new(name: &str) -> Site {
        let site = Site(Folder::new(&format!("cli-{name}")));
        site.file("content/practice.yaml", support::PRACTICE);
        site.file("content/about.md", "---\ntitle: About\n---\nHello.\n");
        site
    }

    fn file(&self, path: &str, text: &str) {
        self.0.file(path, text);
    }

    fn run(&self, args: &[&str]) -> Output {
        command()
            .arg("build")
            .arg("--site")
            .arg(self.0.path())
            .args(["--today", "2026-11-22"])
            .args(args)
            .output()
            .unwrap()
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_anteroom"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_string()
}

#[test]
fn a_build_says_what_it_did() {
    let site = Site::new("summary");
    let run = site.run(&[]);
    assert_eq!(run.status.code(), Some(0));
    let said = text(&run.stdout);
    assert!(said.starts_with("Built 7 pages, 0 pictures and "), "{said}");
    assert!(said.contains("public` : ") || said.contains("public`: "), "{said}");
    assert!(site.0.path().join("public/about/index.html").is_file());
    assert!(!said.contains('\u{1b}'), "no colour in a pipe");
    let again = site.run(&["--quiet"]);
    assert_eq!(
        (again.status.code(), text(&again.stdout), text(&again.stderr)),
        (Some(0), String::new(), String::new())
    );
}

#[test]
fn an_error_leaves_the_published_site_as_it_was() {
    let site = Site::new("error");
    assert!(site.run(&[]).status.success());
    let before = fs::read(site.0.path().join("public/about/index.html")).unwrap();
    site.file("content/about.md", "---\ntitle: About\n---\nNew words and a [link](nowhere.md).\n");
    let run = site.run(&[]);
    assert_eq!(run.status.code(), Some(1));
    let said = text(&run.stderr);
    assert!(said.contains("error[broken-link]") && said.contains("content/about.md:4:24"), "{said}");
    assert!(said.contains("Nothing was written. Fix 1 error"), "{said}");
    assert_eq!(fs::read(site.0.path().join("public/about/index.html")).unwrap(), before);
    site.file("content/about.md", "---\ntitle: About\n---\nA <blink>word</blink>.\n");
    assert_eq!(site.run(&[]).status.code(), Some(0));
    assert_eq!(site.run(&["--deny-warnings"]).status.code(), Some(1));
}

#[test]
fn an_address_that_goes_is_told_once_and_stops_nothing() {
    let site = Site::new("gone");
    site.file("content/grief.md", "---\ntitle: Grief and loss\nnoindex: true\n---\nWhen something ends.\n");
    assert!(site.run(&[]).status.success());
    fs::rename(site.0.path().join("content/grief.md"), site.0.path().join("content/loss.md")).unwrap();
    let run = site.run(&[]);
    assert_eq!(run.status.code(), Some(0));
    let said = text(&run.stderr) + &text(&run.stdout);
    assert!(said.contains("warning[address-gone]: `/grief/` was published"), "{said}");
    assert!(said.contains("add the line `/grief/: /loss/`"), "{said}");
    assert!(!site.0.path().join("public/grief").exists());
    let again = site.run(&[]);
    assert!(!(text(&again.stderr) + &text(&again.stdout)).contains("address-gone"));
    site.file("content/redirects.yaml", "/grief/: /loss/\n");
    assert!(site.run(&["--deny-warnings"]).status.success());
    assert!(site.0.path().join("public/grief/index.html").exists());
}

#[test]
fn trouble_of_the_machines_is_status_two() {
    let site = Site::new("trouble");
    let nowhere = command().args(["build", "--site", "/nowhere/at/all"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("help: run the command in your site's folder"), "{}", text(&nowhere.stderr));
    site.file("taken", "a file where the folder should be");
    let taken = site.0.path().join("taken");
    let run = site.run(&["--output", taken.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("it's a file") && !text(&run.stderr).contains("free up"));
    let inside = site.0.path().join("content/www");
    let run = site.run(&["--output", inside.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("a folder of the site"), "{}", text(&run.stderr));
    let foreign = site.0.path().join("foreign");
    site.file("foreign/x.txt", "x");
    let run = site.run(&["--output", foreign.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("--output DIR"), "{}", text(&run.stderr));
}

#[test]
fn explain_teaches() {
    let known = command().args(["explain", "broken-link"]).output().unwrap();
    assert!(text(&known.stdout).contains("What to do:"));
    let unknown = command().args(["explain", "brokn-link"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("did you mean `broken-link`"));
}

/// Killed at any moment, every file is whole, old or new, and the next build completes.
#[test]
fn killed_at_two_hundred_moments_nothing_is_half_written() {
    let site = Site::new("killed");
    let version = |n: usize| {
        for page in 0..60 {
            site.file(
                &format!("content/p{page}.md"),
                &format!("---\ntitle: Page {page}\n---\n{}\n", format!("Version {n}. ").repeat(400)),
            );
        }
    };
    version(0);
    assert!(site.run(&[]).status.success());
    let out = site.0.path().join("public");
    for moment in 0..200u64 {
        version(moment as usize + 1);
        let mut child = command()
            .arg("build")
            .arg("--site")
            .arg(site.0.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(moment * 997 % 120_000));
        let _ = child.kill();
        let _ = child.wait();
        for page in 0..60 {
            let html = fs::read_to_string(out.join(format!("p{page}/index.html"))).unwrap();
            assert!(html.trim_end().ends_with("</html>"), "page {page} is cut at moment {moment}");
            let versions: std::collections::BTreeSet<&str> =
                html.match_indices("Version ").map(|(at, _)| html[at + 8..].split('.').next().unwrap()).collect();
            assert_eq!(versions.len(), 1, "page {page} mixes versions at moment {moment}");
        }
    }
    version(999);
    assert!(site.run(&[]).status.success());
    let clean = site.0.path().join("clean");
    assert!(site.run(&["--output", clean.to_str().unwrap()]).status.success());
    let difference = Command::new("diff").arg("-r").arg(&out).arg(&clean).output().unwrap();
    assert_eq!(text(&difference.stdout), "");
    assert!(!Path::new(&out.join(".anteroom-tmp")).exists());
}

/// `anteroom theme … --site SITE`.
fn theme(site: &Site, args: &[&str]) -> (Option<i32>, String) {
    let run = command().arg("theme").args(args).arg("--site").arg(site.0.path()).output().unwrap();
    (run.status.code(), text(&run.stdout) + &text(&run.stderr))
}

#[test]
fn many_findings_that_stop_nothing_do_not_bury_what_a_build_says() {
    let site = Site::new("many");
    let gaps: String = (0..6).map(|gap| format!("[Gap number {gap} of this page]\n\n")).collect();
    site.file("content/about.md", &format!("---\ntitle: About\n---\n{gaps}"));
    let shown = |args: &[&str]| text(&site.run(args).stderr).matches("warning[placeholder-text]").count();
    assert_eq!((shown(&[]), shown(&["--deny-warnings"])), (1, 6));
    let said = text(&site.run(&[]).stderr);
    assert!(
        said.contains("and 5 more like it (placeholder-text)") && said.contains("`anteroom check` lists"),
        "{said}"
    );
    // Of a theme nothing else lists them all.
    assert_eq!(theme(&site, &["new", "own", "--extends", "linen"]).0, Some(0));
    let rules: String = (0..6).map(|rule| format!(".rule-{rule} {{ wobble-{rule}: 1px; }}\n")).collect();
    site.file("themes/own/assets/theme.css", &rules);
    let (_, said) = theme(&site, &["check", "own"]);
    assert!((0..6).all(|rule| said.contains(&format!("wobble-{rule}"))), "{said}");
}

#[test]
fn a_new_theme_keeps_the_contract_and_can_be_broken() {
    let site = Site::new("theme");
    let (status, said) = theme(&site, &["new", "Gentle Ways"]);
    assert_eq!((status, said.contains("try `gentle-ways`")), (Some(2), true), "{said}");
    for (name, parent) in [("gentle", "linen"), ("bright", "harbor"), ("letter", "meadow")] {
        assert_eq!(theme(&site, &["new", name, "--extends", parent]).0, Some(0));
        let (status, said) = theme(&site, &["check", name]);
        assert_eq!((status, said.contains(&format!("{name} passes"))), (Some(0), true), "{said}");
    }
    assert_eq!(theme(&site, &["new", "gentle"]).0, Some(2), "never over what is there");
    let (_, said) = theme(&site, &["list"]);
    assert!(
        ["bright", "gentle", "letter", "linen", "harbor", "meadow"].iter().all(|name| said.contains(name)),
        "{said}"
    );
    let footer = include_str!("../../themes/base/templates/partials/footer.html");
    for file in ["partials/footer.html", "templates/partials/footer.html"] {
        assert_eq!(theme(&site, &["show", "linen", file]), (Some(0), footer.to_string()), "{file}");
    }
    let (status, said) = theme(&site, &["show", "linen", "partials/foter.html"]);
    assert!(status == Some(2) && said.contains("did you mean `templates/partials/footer.html`?"), "{said}");
    let (_, said) = theme(&site, &["show", "gentle"]);
    assert!(said.contains("quote_size") && said.contains("themes/gentle/templates/base.html  in front of"), "{said}");
    let (status, said) = theme(&site, &["show", "gentle", "--context", "servcie"]);
    assert_eq!((status, said.contains("did you mean `service`?")), (Some(2), true), "{said}");
    let (_, said) = theme(&site, &["show", "gentle", "--context", "service"]);
    assert!(said.contains("service.card.price") && said.contains("e.g. $180"), "{said}");
    site.file("themes/gentle/templates/partials/notices.html", "");
    let (status, said) = theme(&site, &["check", "gentle"]);
    assert_eq!((status, said.contains("notices: a notice of practice.yaml is missing")), (Some(1), true), "{said}");
}

#[test]
fn check_fixes_what_leaves_no_doubt_and_keeps_the_files() {
    let site = Site::new("fix");
    let practice = format!("{}tagline:Calm\nfees_as_of: 10/11/2026\nsms_ok: yes\n", support::PRACTICE);
    let about = "----\r\ntitle: About: us\r\n---\r\nHello.\r\n";
    site.file("content/practice.yaml", &practice);
    site.file("content/about.md", about);
    let run = |more: &[&str]| {
        let args = ["check", "--quiet", "--today", "2026-11-22", "--site"];
        command().args(args).arg(site.0.path()).args(more).output().unwrap()
    };
    let read = |path: &str| fs::read_to_string(site.0.path().join(path)).unwrap();
    assert_eq!(run(&[]).status.code(), Some(1));
    assert_eq!(read("content/practice.yaml"), practice, "a check alone changes nothing");
    let fixed = run(&["--fix"]);
    let said = text(&fixed.stdout);
    for line in [
        "- tagline:Calm",
        "+ tagline: Calm",
        "- sms_ok: yes",
        "+ sms_ok: true",
        "+ title: \"About: us\"",
        "Fixed 4 places in 2 files.",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_eq!(read("content/about.md"), "---\r\ntitle: \"About: us\"\r\n---\r\nHello.\r\n");
    let after = practice.replace("tagline:Calm", "tagline: Calm").replace("sms_ok: yes", "sms_ok: true");
    assert_eq!(read("content/practice.yaml"), after, "what could be two dates is left");
    // What could be two dates is told, and nothing else stops the build.
    assert_eq!(fixed.status.code(), Some(1));
    assert!(said.contains("invalid-value: 1 finding") && !said.contains("yaml-syntax"), "{said}");
    // Both files are there as they were, and no part of a written one.
    let kept: Vec<_> = fs::read_dir(site.0.path().join(".anteroom/before-fix")).unwrap().collect();
    let kept = kept[0].as_ref().unwrap().path();
    assert_eq!(fs::read_to_string(kept.join("content/practice.yaml")).unwrap(), practice);
    assert_eq!(fs::read_to_string(kept.join("content/about.md")).unwrap(), about);
    let parts = fs::read_dir(site.0.path().join("content")).unwrap();
    assert!(parts.flatten().all(|entry| !entry.file_name().to_string_lossy().ends_with(".part")));
    // Nothing more is fixed.
    let again = text(&run(&["--fix"]).stdout);
    assert!(again.contains("nothing that can be fixed without asking you"), "{again}");
}
