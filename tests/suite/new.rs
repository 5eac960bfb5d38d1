//! `new` and `add`: sites that build, whose gaps are findings, and that are clean once the findings are followed.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::process::{Command, Output};

use crate::support::{Folder, build, codes, has, page};
use anteroom::document::model::PracticeKind;
use anteroom::scaffold::{self, Answers, Host, Offer, Person};
use anteroom::source::Sources;

fn answers(kind: PracticeKind, place: &str, language: &str) -> Answers {
    Answers {
        name: None,
        kind,
        town: None,
        places: vec![place.to_string()],
        language: language.to_string(),
        people: Vec::new(),
        services: Vec::new(),
        formats: Vec::new(),
        email: None,
        phone: None,
        base_url: None,
        theme: "linen".to_string(),
        host: Host::Other,
    }
}

fn sources(answers: &Answers) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in scaffold::site(answers) {
        if path.starts_with("content/") {
            sources.insert_text(&path, text);
        }
    }
    sources
}

#[test]
fn every_new_site_builds_and_its_gaps_are_findings() {
    for kind in [PracticeKind::LicensedTherapy, PracticeKind::Coaching, PracticeKind::Mixed] {
        for place in ["US-CA", "US-OR", "US-WA", "GB", "DE", "CA-ON", "AU", "ES-MD", "AT", "PT"] {
            let elsewhere =
                ["fr", "it", "nl", "pt", "pt-BR", "fr-CA"].into_iter().filter(|_| matches!(place, "DE" | "CA-ON"));
            for language in ["en", "de", "es", "en-GB"].into_iter().chain(elsewhere) {
                let built = build(&sources(&answers(kind, place, language)));
                let found = codes(&built);
                assert!(!found.is_empty(), "{kind:?} {place} {language}");
                assert!(
                    found.iter().all(|code| matches!(*code, "placeholder-text" | "no-formats")),
                    "{kind:?} {place} {language}: {found:?}"
                );
            }
        }
    }
}

/// Follows the findings until there are none: writes what each asks for at its place.
fn followed(mut sources: Sources) -> Sources {
    for round in 0..200 {
        let built = build(&sources);
        let is_gap = |name: &str| matches!(name, "placeholder-text" | "no-formats");
        let Some(finding) = built.diagnostics.iter().find(|f| is_gap(f.code.name)) else {
            return sources;
        };
        let place = finding.place.clone().expect("a gap has a place");
        let text = String::from_utf8(sources.text(&place.path).unwrap().to_vec()).unwrap();
        let gap = &text[place.span.clone()];
        let words = match gap {
            gap if gap.starts_with('[') && gap.len() > 2 => format!("What I say in place number {round}"),
            "555 0100" => "1234567".to_string(),
            "[]" => "[in-person, video]".to_string(),
            _ => "quiet-harbour.org".to_string(),
        };
        let text = format!("{}{words}{}", &text[..place.span.start], &text[place.span.end..]);
        sources.insert_text(place.path.as_str(), text);
    }
    panic!("the findings never end");
}

#[test]
fn three_practices_are_clean_once_their_findings_are_followed() {
    let person = |name: &str, associate| Person { name: name.to_string(), associate, ..Person::default() };
    let california = Answers {
        people: vec![person("Ana Lopez", false), person("Ben Ito", true)],
        services: vec![Offer { title: "Individual therapy".into(), ..Offer::default() }],
        ..answers(PracticeKind::LicensedTherapy, "US-CA", "en")
    };
    let berlin = Answers { people: vec![person("Jo Feld", false)], ..answers(PracticeKind::Coaching, "DE-BE", "de") };
    let leeds =
        Answers { people: vec![person("Sam Field", false)], ..answers(PracticeKind::LicensedTherapy, "GB", "en-GB") };
    for (answers, notices) in [
        (california, &["good-faith-estimate", "privacy", "accessibility"][..]),
        (berlin, &["impressum", "privacy", "accessibility"]),
        (leeds, &["privacy", "accessibility"]),
    ] {
        let built = build(&followed(sources(&answers)));
        assert_eq!(codes(&built), [""; 0], "{answers:?}");
        for notice in notices {
            assert!(has(&built, &format!("{notice}/index.html")), "{answers:?}: {notice}");
            assert!(page(&built, "index.html").contains(&format!("href=\"./{notice}/\"")), "{answers:?}: {notice}");
        }
        let home = page(&built, "index.html");
        assert_eq!(home.contains("class=\"statement\""), answers.kind == PracticeKind::Coaching);
        assert!(home.contains("tel:"), "crisis help is there");
    }
}

#[test]
fn whatever_a_person_types_stays_what_it_is() {
    for name in
        ["O'Brien: \"Calm\" & Co #1", "- list", "[x", "{y}", "null", "a\nb", "*anchor", "1:2", "💧 Wasser", "---"]
    {
        let answers = Answers {
            name: Some(name.to_string()),
            people: vec![Person { name: format!("Dr. {name}"), associate: true, ..Person::default() }],
            services: vec![Offer { title: format!("{name} for couples"), ..Offer::default() }],
            ..answers(PracticeKind::Mixed, "US-OR", "en")
        };
        let built = build(&sources(&answers));
        assert!(!built.diagnostics.has_errors(), "{name}: {:?}", codes(&built));
        assert_eq!(scaffold::site(&answers), scaffold::site(&answers));
    }
}

fn run(folder: &Folder, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anteroom")).args(args).current_dir(folder.path()).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string()
}

/// What the author's guide says of fees and of the order of services.
#[test]
fn a_fee_and_the_order_of_services_are_as_the_guide_says() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/authors.md")).unwrap();
    let line = |part: &str| {
        let part = &guide[guide.find(part).unwrap()..];
        part.split("```yaml\n").nth(1).unwrap().lines().next().unwrap().to_string()
    };
    let (price, weight) = (line("### Change a fee"), line("### The order of services"));
    let service = |title: &str, lines: &str| {
        format!(
            "---\ntitle: {title}\nsummary: About {title}.\nkind: coaching\nformats: [video]\n{lines}\n---\nWords.\n"
        )
    };
    let built = build(&crate::support::site(&[
        ("content/services/a.md", &service("Anger", &weight)),
        ("content/services/b.md", &service("Burnout", &price)),
        ("content/services/c.md", &service("Change", &weight.replace('1', "2"))),
    ]));
    assert!(page(&built, "fees/index.html").contains("120"), "{:?}", codes(&built));
    let list = page(&built, "services/index.html");
    let at = |title: &str| list.find(&format!(">{title}<")).unwrap_or_else(|| panic!("{title}: {list}"));
    assert!(at("Burnout") < at("Anger") && at("Anger") < at("Change"));
}

#[test]
fn nothing_is_ever_overwritten() {
    let folder = Folder::new("twice");
    assert_eq!(status(&run(&folder, &["new", "site", "--yes"])), 0);
    let again = run(&folder, &["new", "site", "--yes"]);
    assert_eq!(status(&again), 2);
    assert!(said(&again).contains("isn't empty"), "{}", said(&again));
    let add = |title: &str| run(&folder, &["add", "service", title, "--site", "site"]);
    assert_eq!(status(&add("Grief and loss")), 0);
    let path = folder.path().join("site/content/services/grief-and-loss.md");
    std::fs::write(&path, "mine").unwrap();
    assert_eq!(status(&add("Grief and loss!")), 2);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn a_folder_with_a_repository_in_it_will_do() {
    let folder = Folder::new("git");
    std::fs::create_dir_all(folder.path().join(".git")).unwrap();
    let made = run(&folder, &["new", ".", "--yes", "--where", "US-CA", "--host", "github", "--name", "Quiet Harbour"]);
    assert_eq!(status(&made), 0, "{}", said(&made));
    for path in
        [".github/workflows/publish.yml", "build.sh", ".gitignore", ".vscode/settings.json", "content/practice.yaml"]
    {
        assert!(folder.path().join(path).is_file(), "{path}");
    }
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(read("build.sh").contains(env!("CARGO_PKG_VERSION")) && !read("build.sh").contains('{'));
    let settings: serde_json::Value = serde_json::from_str(&read(".vscode/settings.json")).unwrap();
    for (schema, file) in settings["yaml.schemas"].as_object().unwrap() {
        assert!(folder.path().join(schema).is_file(), "{schema} for {file}");
    }
    for what in ["practitioner", "service", "resource", "page"] {
        let added = run(&folder, &["add", what, "Something new", "--today", "2026-11-22"]);
        assert_eq!(status(&added), 0, "{}", said(&added));
        assert!(folder.path().join(said(&added).lines().next().unwrap()).is_file());
    }
    let check = run(&folder, &["check", "--today", "2026-11-22"]);
    assert_eq!(status(&check), 0, "{}", said(&check));
    let denied = run(&folder, &["build", "--deny-warnings"]);
    assert_eq!(status(&denied), 1, "nothing unfinished is published");
}

#[test]
fn what_it_says_to_type_works_where_it_was_typed() {
    let folder = Folder::new("typed");
    let made = run(&folder, &["new", "my practice", "--yes"]);
    assert!(said(&made).contains("anteroom check --site \"my practice\"\n"), "{}", said(&made));
    assert_eq!(status(&run(&folder, &["check", "--site", "my practice"])), 0);
    // As somebody calls it who has put the program beside the site.
    std::fs::copy(env!("CARGO_BIN_EXE_anteroom"), folder.path().join("anteroom")).unwrap();
    let beside = Command::new("./anteroom").args(["new", "site", "--yes"]).current_dir(folder.path()).output();
    if cfg!(unix) {
        let said = said(&beside.unwrap());
        assert!(said.contains("  ./anteroom serve --site site --open\n"), "{said}");
    }
}

#[test]
fn web_space_gets_lines_to_fill_in_and_the_next_command() {
    let folder = Folder::new("webspace");
    let made = run(&folder, &["new", "site", "--yes", "--host", "webspace"]);
    for words in ["  anteroom host webspace --site site\n", "  anteroom publish --site site\n"] {
        assert!(said(&made).contains(words), "{}", said(&made));
    }
    let path = folder.path().join("site/content/practice.yaml");
    let read = || std::fs::read_to_string(&path).unwrap();
    let first = read();
    assert_eq!(first.matches("\n#publish:\n").count(), 1, "{first}");
    // Once more changes nothing, and an open line stops nothing.
    let again = run(&folder, &["host", "webspace", "--site", "site"]);
    assert!(status(&again) == 0 && said(&again).contains("from `#publish:` on"), "{}", said(&again));
    assert_eq!(read(), first);
    let open = run(&folder, &["publish", "--site", "site"]);
    assert!(said(&open).contains("type `anteroom host webspace --site site`"), "{}", said(&open));
    // With the signs taken away, they are what `publish` reads.
    let filled = first.replace("\n#publish:", "\npublish:").replace("\n#  ", "\n  ");
    std::fs::write(&path, &filled).unwrap();
    let again = run(&folder, &["host", "webspace", "--site", "site"]);
    assert!(said(&again).contains("says how to get to your web space"), "{}", said(&again));
    assert_eq!(read(), filled);
    // Whoever moves to another host later isn't given a way to the wrong one.
    std::fs::write(&path, first.replace("host: webspace", "host: netlify")).unwrap();
    let other = run(&folder, &["host", "webspace", "--site", "site"]);
    assert!(said(&other).contains("says `host: netlify`"), "{}", said(&other));
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let folder = Folder::new("pipe");
    let asked = run(&folder, &["new", "site"]);
    assert_eq!(status(&asked), 2);
    assert!(said(&asked).contains("--yes"), "{}", said(&asked));
    assert!(!folder.path().join("site").exists());
    let wrong = run(&folder, &["new", "site", "--yes", "--where", "Oregoon"]);
    assert!(said(&wrong).contains("did you mean Oregon?"), "{}", said(&wrong));
    assert!(!folder.path().join("site").exists());
    assert_eq!(status(&run(&folder, &["new", "site", "--yes", "--where", "Oregon,UK"])), 0);
    let practice = std::fs::read_to_string(folder.path().join("site/content/practice.yaml")).unwrap();
    assert!(practice.contains("jurisdictions: [US-OR, GB]"), "{practice}");
}

#[test]
fn findings_as_json_keep_their_schema() {
    let folder = Folder::new("json");
    run(&folder, &["new", "site", "--yes"]);
    let json = run(&folder, &["check", "--site", "site", "--format", "json", "--today", "2026-11-22"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let schema = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), keys(&schema["properties"]));
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.len() > 5);
    for finding in findings {
        assert_eq!(keys(finding), keys(&schema["$defs"]["finding"]["properties"]));
    }
}
