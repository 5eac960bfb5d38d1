//! `check --links`: links to websites that a real server on this machine stands in for, each with another fault. A new fault is one more
//! row of `LINKS`.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use anteroom::disk;
use anteroom::online::links;
use anteroom::online::web::{Settings, Web};
use anteroom::options::Options;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::Sources;

use crate::support::Folder;
use crate::support::host::{Asked, Given, Host};

/// A link, and what is found of it: a code and some words.
const LINKS: &[(&str, Option<(&str, &str)>)] = &[
    ("http://fine.example/", None),
    ("http://fine.example/page?a=1&b=2#part", None),
    ("http://fine.example/for-now", None),
    ("http://fine.example/only-get", None),
    ("http://fine.example/only-browsers-ask", None),
    ("http://flaky.example/", None),
    ("http://doi.org/10.1037/h0045357", None),
    ("http://fine.example/gone", Some(("link-dead", "has no such page (status 410)"))),
    ("http://gone.example/page", Some(("link-dead", "has no such page (status 404)"))),
    ("http://gone.example/leads-there", Some(("link-dead", "status 404"))),
    ("http://home.example/deep/page", Some(("link-dead", "home page of that website now (http://home.example/)"))),
    ("http://moved.example/old", Some(("link-moved", "has moved for good to http://moved.example/new"))),
    ("http://moved.example/old#part", Some(("link-moved", "to http://moved.example/new#part"))),
    ("http://moved.example/twice", Some(("link-moved", "for good to http://moved.example/new"))),
    ("http://moved.example/members", None),
    ("http://robots.example/", Some(("link-unchecked", "answers people only (status 403)"))),
    ("http://robots.example/999", Some(("link-unchecked", "status 999"))),
    ("http://busy.example/", Some(("link-unchecked", "status 429"))),
    ("http://silent.example/", Some(("link-silent", "it hangs up"))),
    ("http://slow.example/", Some(("link-silent", "it took too long"))),
    ("http://error.example/", Some(("link-silent", "the error 500"))),
    ("http://circle.example/a", Some(("link-silent", "leads on and on"))),
    ("http://localhost:8000/draft", Some(("link-dead", "a network of its own"))),
    ("http://inward.example/x", Some(("link-dead", "a network of its own"))),
];

fn answer(asked: &Asked, seen: &Mutex<BTreeMap<String, usize>>) -> Given {
    let times = {
        let mut seen = seen.lock().unwrap();
        let times = seen.entry(asked.host.clone()).or_default();
        *times += 1;
        *times
    };
    let is_head = asked.method == "HEAD";
    match (asked.host.as_str(), asked.path.as_str()) {
        ("fine.example", "/gone") => Given::new(410, ""),
        ("fine.example", "/for-now") => Given::to(302, "/page"),
        ("fine.example", "/only-get") if is_head => Given::new(405, ""),
        ("fine.example", "/only-browsers-ask") if is_head => Given::new(403, ""),
        ("flaky.example", _) if times == 1 => Given::new(502, ""),
        ("doi.org", _) => Given::to(302, "http://robots.example/"),
        ("gone.example", "/leads-there") => Given::to(301, "http://gone.example/page"),
        ("gone.example", _) => Given::new(404, ""),
        ("home.example", "/deep/page") => Given::to(301, "/"),
        ("moved.example", "/old") => Given::to(301, "/new"),
        ("moved.example", "/twice") => Given::to(308, "http://moved.example/old"),
        ("moved.example", "/members") => Given::to(301, "/login?next=members"),
        ("robots.example", "/999") => Given::new(999, ""),
        ("robots.example", _) => Given::new(403, ""),
        ("busy.example", _) => Given::new(429, "").with("Retry-After", "0"),
        ("silent.example", _) => Given { hangs_up: true, ..Given::default() },
        ("slow.example", _) => Given { waits: Duration::from_millis(1500), ..Given::new(200, "") },
        ("error.example", _) => Given::new(500, ""),
        ("circle.example", "/a") => Given::to(302, "/b"),
        ("circle.example", _) => Given::to(302, "/a"),
        ("inward.example", _) => Given::to(302, "http://192.168.1.1/"),
        _ => Given::new(200, "fine"),
    }
}

fn host() -> Host {
    let seen = Mutex::new(BTreeMap::new());
    Host::start(None, move |asked| answer(asked, &seen))
}

fn settings(host: &Host) -> Settings {
    let at = Some(host.address.to_string().parse().unwrap());
    Settings { at, authorities: None, patience: Duration::from_millis(400), pause: Duration::from_millis(10) }
}

fn on(day: &str) -> Options {
    Options::for_day(day.parse().unwrap())
}

fn read(folder: &Folder) -> (Sources, Build) {
    let sources = disk::read(folder.path()).unwrap();
    let build = pipeline::build(&sources, &on("2026-11-22"), &mut Cache::off());
    (sources, build)
}

fn new(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("content/practice.yaml", "name: Quiet Harbour\ndescription: A practice.\nlanguage: en\nkind: coaching\njurisdictions: [US-OR]\nbase_url: https://quiet-harbour.org\nemail: hello@quiet-harbour.org\ncurrency: USD\n");
    folder
}

/// `code path:line:column message`.
fn found(folder: &Folder, host: &Host, day: &str) -> (Vec<String>, usize) {
    let (sources, build) = read(folder);
    let web = Web::new(settings(host));
    let report = links::check(&build, &sources, &web, folder.path(), on(day).today, &|_, _| ());
    let line = |finding: &anteroom::diagnostic::Diagnostic| {
        let at = finding.place.as_ref().and_then(|place| {
            let at = anteroom::diagnostic::report::position(&sources, place)?;
            Some(format!("{}:{}:{}", place.path, at.line, at.column))
        });
        format!("{} {} {}", finding.code.name, at.unwrap_or_default(), finding.message)
    };
    (report.found.iter().map(line).collect(), report.asked)
}

#[test]
fn every_kind_of_link_is_told_at_its_place() {
    let folder = new("links");
    let lines: Vec<String> = LINKS.iter().map(|(link, _)| format!("- [A page]({link})")).collect();
    folder.file("content/about.md", &format!("---\ntitle: About\n---\n{}\n", lines.join("\n")));
    let host = host();
    let (found, _) = found(&folder, &host, "2026-11-22");
    let mut rest = found.clone();
    for (at, (link, wanted)) in LINKS.iter().enumerate() {
        let place = format!("content/about.md:{}:12", at + 4);
        let here: Vec<String> = rest.extract_if(.., |line| line.contains(&format!(" {place} "))).collect();
        match wanted {
            None => assert!(here.is_empty(), "{link}: {here:?}"),
            Some((code, words)) => {
                let is_it = here.len() == 1
                    && here[0].starts_with(&format!("{code} {place} `{link}`"))
                    && here[0].contains(words);
                assert!(is_it, "{link}: {here:?} in {found:#?}");
            }
        }
    }
    assert!(rest.is_empty(), "{rest:#?}");
    let asked = host.asked.lock().unwrap();
    assert!(asked.iter().any(|line| line == "HEAD http://doi.org/10.1037/h0045357"), "{asked:#?}");
    assert!(!asked.iter().any(|line| line.contains("localhost") || line.contains("192.168")), "{asked:#?}");
    assert_eq!(
        asked.iter().filter(|line| line.contains("/page?") || line.ends_with("fine.example/page")).count(),
        2,
        "{asked:#?}"
    );
}

#[test]
fn places_are_found_wherever_a_link_is_written() {
    let folder = new("links-places");
    folder.file("content/references.yaml", "rogers1957:\n  type: article\n  title: Conditions\n  author: [Carl R. Rogers]\n  date: 1957\n  doi: 10.1037/gone\n");
    folder.file("content/resources/first.md", "---\ntitle: First\nsummary: A first one.\ndate: 2026-10-01\nauthor: ana\n---\nSee [@rogers1957] and <http://gone.example/a>, or\n[that][1], or http://gone.example/a/longer in a [link](http://gone.example/a).\n\n[1]: http://gone.example/b\n");
    folder.file(
        "content/practitioners/ana.md",
        "---\nname: Ana Lopez\nrole_title: Coach\n---\n[Mine](http://gone.example/ana?x=1&y=2)\n",
    );
    let seen = Mutex::new(BTreeMap::new());
    let host = Host::start(None, move |asked| match asked.path.as_str() {
        "/10.1037/gone" => Given::new(404, ""),
        _ => answer(asked, &seen),
    });
    let mut settings = settings(&host);
    settings.patience = Duration::from_secs(2);
    let (sources, build) = read(&folder);
    // The works' addresses begin with https, which this host doesn't speak: they are asked as they would be there.
    let links: Vec<String> = links::of(&build).into_keys().collect();
    assert!(links.contains(&"https://doi.org/10.1037/gone".to_string()), "{links:?}");
    let report = links::check(&build, &sources, &Web::new(settings), folder.path(), on("2026-11-22").today, &|_, _| ());
    let places: Vec<String> = report
        .found
        .iter()
        .map(|finding| {
            let place = finding.place.as_ref().unwrap();
            let at = anteroom::diagnostic::report::position(&sources, place).unwrap();
            format!("{}:{}:{}", place.path, at.line, at.column)
        })
        .collect();
    assert_eq!(
        places,
        [
            "content/practitioners/ana.md:5:8",
            "content/references.yaml:6:8",
            "content/resources/first.md:7:24",
            "content/resources/first.md:8:56",
            "content/resources/first.md:10:6",
        ],
        "{:#?}",
        report.found
    );
}

#[test]
fn what_worked_is_asked_once_a_week_and_what_did_not_each_time() {
    let folder = new("links-kept");
    folder.file(
        "content/about.md",
        "---\ntitle: About\n---\n[a](http://fine.example/a) [b](http://gone.example/b) [c](http://moved.example/old)\n",
    );
    let host = host();
    let kept = folder.path().join(".anteroom/links.json");
    assert_eq!(found(&folder, &host, "2026-11-22").1, 3);
    let (again, asked) = found(&folder, &host, "2026-11-28");
    assert_eq!((again.len(), asked), (2, 1), "{again:?}");
    assert_eq!(found(&folder, &host, "2026-11-29").1, 3, "a week later");
    // A day before it was written, too, and with a file that holds anything.
    assert_eq!(found(&folder, &host, "2026-11-20").1, 3);
    for broken in [
        "",
        "{",
        "{\"version\":99,\"links\":{}}",
        "[]",
        "{\"version\":1,\"links\":{\"http://fine.example/a\":{\"on\":\"x\"}}}",
    ] {
        fs::write(&kept, broken).unwrap();
        assert_eq!(found(&folder, &host, "2026-11-29").1, 3, "{broken}");
    }
    // Links that the site has no more are forgotten.
    folder.file("content/about.md", "---\ntitle: About\n---\n[a](http://fine.example/a)\n");
    found(&folder, &host, "2026-11-29");
    let text = fs::read_to_string(&kept).unwrap();
    assert!(text.contains("fine.example/a") && !text.contains("moved.example"), "{text}");
}

#[test]
fn the_program_says_it_and_asks_nobody_unasked() {
    let folder = new("links-program");
    folder.file("content/about.md", "---\ntitle: About\n---\n[A page](http://gone.example/b)\n");
    let host = host();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_anteroom"))
            .args(args)
            .current_dir(folder.path())
            .env_remove("SSL_CERT_FILE")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string())
    };
    run(&["check"]);
    run(&["build"]);
    assert!(host.asked.lock().unwrap().is_empty());
    let (status, said) = run(&["check", "--links", "--at", &host.address.to_string()]);
    assert!(
        status == Some(0) && said.contains("link-dead: 1 finding") && said.contains("content/about.md:4:10"),
        "{said}"
    );
    assert!(said.contains("1 link to other websites looked at."), "{said}");
    let (_, said) = run(&["explain", "link-dead"]);
    assert!(said.contains("found by `anteroom check --live` and `--links` only"), "{said}");
    for wrong in [
        &["check", "--all"][..],
        &["check", "--links", "--fix"],
        &["check", "--links", "--at", "here"],
        &["check", "--live", "ftp://x"],
    ] {
        assert_eq!(run(wrong).0, Some(2), "{wrong:?}");
    }
}
