//! What only time changes: it is told, it stops nothing, and what has ended is shown nowhere.

#![allow(clippy::disallowed_methods, reason = "tests run the program")]

use std::process::Command;

use anteroom::diagnostic::Severity;
use anteroom::options::Options;
use anteroom::output::File;
use anteroom::pipeline::{self, Build, Cache};
use anteroom::source::Sources;

use crate::support::{Folder, PRACTICE, build, lines, options, page, site};

const PERSON: &str = "---\nname: Ana Lopez\naccepting: { status: yes, as_of: 2026-11-01 }\nlicences:\n  - { type: LMFT, \
    number: A-7731, jurisdiction: US-OR, board: Board, expires: 2026-11-30 }\n  - { type: LPC, number: B-9902, \
    jurisdiction: US-OR, board: Board }\n---\nAna listens.\n";

fn on(day: &str, sources: &Sources, cache: &mut Cache) -> Build {
    pipeline::build(sources, &Options { today: day.parse().unwrap(), ..options() }, cache)
}

fn therapy() -> String {
    PRACTICE.replace("kind: coaching", "kind: licensed-therapy").replace("US-OR", "US-CA")
}

/// The published files that hold the words.
fn holding(built: &Build, words: &str) -> Vec<String> {
    let output = built.output.as_ref().unwrap();
    let files = output.files.iter().filter(|(_, file)| match file {
        File::Made(bytes) => String::from_utf8_lossy(bytes).contains(words),
        _ => false,
    });
    files.map(|(path, _)| path.as_str().to_string()).collect()
}

#[test]
fn an_expired_licence_is_told_and_shown_nowhere() {
    let sources = site(&[("content/practice.yaml", &therapy()), ("content/practitioners/ana.md", PERSON)]);
    let mut cache = Cache::on();
    let before = on("2026-11-30", &sources, &mut cache);
    assert!(holding(&before, "A-7731").len() > 1, "{:?}", holding(&before, "A-7731"));
    assert_eq!(before.changes_on, Some("2026-12-01".parse().unwrap()));
    let mut after = on("2026-12-01", &sources, &mut cache);
    after.add_search();
    assert_eq!(holding(&after, "A-7731"), [""; 0]);
    assert_eq!(holding(&after, "LMFT"), [""; 0], "nor the letters after the name");
    assert!(!holding(&after, "B-9902").is_empty());
    let told = after.diagnostics.iter().find(|finding| finding.code.name == "licence-expired").unwrap();
    assert_eq!((told.severity, told.code.by_time), (Severity::Warning, true));
    assert_eq!(after.diagnostics.count(Severity::Error), 0, "{:#?}", lines(&after, &sources));
    // The next day is the one on which `as_of` grows old.
    assert_eq!(after.changes_on, Some("2027-03-02".parse().unwrap()));
    let old = on("2027-03-02", &sources, &mut cache);
    assert!(old.diagnostics.iter().any(|finding| finding.code.name == "fact-stale"));
    let young = on("2027-03-01", &sources, &mut cache);
    assert!(!young.diagnostics.iter().any(|finding| finding.code.name == "fact-stale"));
}

#[test]
fn links_to_an_ended_article_leave_their_words() {
    let practice = format!("{PRACTICE}navigation: [{{ label: Course, to: resources/course.md }}]\n");
    let article = "---\ntitle: The course\nsummary: A course.\nauthor: { name: Jo }\ndate: 2026-01-01\nexpires_at: \
        2026-11-22\n---\nText.\n";
    let sources = site(&[
        ("content/practice.yaml", &practice),
        ("content/about.md", "---\ntitle: About\n---\nSee [the course](resources/course.md).\n"),
        ("content/resources/course.md", article),
        ("content/redirects.yaml", "/old/: /resources/course/\n"),
    ]);
    let built = build(&sources);
    assert_eq!(
        lines(&built, &sources),
        [
            "ended-target content/about.md:4:18 \"resources/course.md\"",
            "ended-target content/practice.yaml:9:35 \"resources/course.md\"",
            "ended-target content/redirects.yaml:1:1 \"/old/\"",
        ]
    );
    assert!(built.diagnostics.iter().filter(|f| f.code.name == "ended-target").all(|f| f.code.by_time));
    assert!(page(&built, "about/index.html").contains("See <a>the course</a>."));
}

#[test]
fn what_time_has_brought_stops_only_where_asked() {
    let folder = Folder::new("days-denied");
    folder.file("content/practice.yaml", &format!("{PRACTICE}fees_as_of: 2020-01-01\n"));
    let run = |command: &str, args: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_anteroom"));
        program.arg(command).arg("--site").arg(folder.path()).args(["--today", "2026-11-22"]).args(args);
        let ran = program.output().unwrap();
        (ran.status.code(), String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).to_string())
    };
    for command in ["build", "check"] {
        let (status, said) = run(command, &["--deny-warnings"]);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("what sessions cost was last confirmed"), "{said}");
        assert_eq!(run(command, &["--deny-stale"]).0, Some(1));
    }
    assert!(run("build", &[]).1.contains("1 thing came up only because time has passed"));
    folder.file("content/about.md", "---\ntitle: About\n---\nA <blink>word</blink>.\n");
    let (status, said) = run("build", &["--deny-warnings"]);
    assert_eq!(status, Some(1));
    assert!(said.contains("Nothing was written. Fix 1 warning, then build again"), "{said}");
}

#[test]
fn days_that_cannot_be_meant_are_told() {
    let article =
        |fields: &str| format!("---\ntitle: T\nsummary: A text.\nauthor: {{ name: Jo }}\n{fields}---\nText.\n");
    let told = |practice: &str, fields: &str| {
        let text = article(fields);
        let practice = format!("{PRACTICE}{practice}");
        let sources = site(&[("content/practice.yaml", &practice), ("content/resources/t.md", &text)]);
        let built = build(&sources);
        lines(&built, &sources)
    };
    let past = "date: 2026-01-01\n";
    // The day of the build is 2026-11-22; where the author lives it may be the 23rd.
    assert_eq!(told("", "date: 2026-11-23\n"), [""; 0]);
    assert_eq!(told("", "date: 2026-11-24\n"), ["future-date content/resources/t.md:5:7 \"2026-11-24\""]);
    assert_eq!(told("", "date: 2026-12-24\npublish_at: 2026-12-24\n"), [""; 0]);
    // It would come on the day of publication, when nobody looks.
    let late = told("", "date: 2026-12-25\npublish_at: 2026-12-24\n");
    assert_eq!(late, ["future-date content/resources/t.md:5:7 \"2026-12-25\""]);
    let window = told("", "date: 2026-01-01\npublish_at: 2026-12-24\nexpires_at: 2026-12-24\n");
    assert_eq!(window, ["dates-reversed content/resources/t.md:7:13 \"2026-12-24\""]);
    let stale = told("fees_as_of: 2062-01-01\n", past);
    assert_eq!(stale, ["future-date content/practice.yaml:9:13 \"2062-01-01\""]);
    let notice = told("notices: [{ text: Closed., from: 2026-12-24, until: 2026-12-23 }]\n", past);
    assert_eq!(notice, ["dates-reversed content/practice.yaml:9:53 \"2026-12-23\""]);
    let closure = "locations: [{ label: Room, area: Town, closures: [{ from: 2026-12-24, until: 2026-01-01 }] }]\n";
    assert_eq!(told(closure, past), ["dates-reversed content/practice.yaml:9:78 \"2026-01-01\""]);
    let one_day = "locations: [{ label: Room, area: Town, closures: [{ from: 2026-12-24, until: 2026-12-24 }] }]\n";
    assert_eq!(told(one_day, past), [""; 0]);
}

#[test]
fn what_a_waiting_article_has_wrong_is_told_before_its_day() {
    let article = |fields: &str, text: &str| {
        let title = if fields.contains("12-10") { "Later" } else { "T" };
        format!(
            "---\ntitle: {title}\nsummary: A text, {title}.\nauthor: {{ name: Jo }}\ndate: 2026-01-01\n{fields}---\n{text}\n"
        )
    };
    let fine = article("", "See [what comes](coming.md).");
    let coming =
        article("publish_at: 2026-12-01\n", "See [later](later.md) and [nothing](nothing.md).\n\n##No heading");
    let later = article("publish_at: 2026-12-10\n", "See [before](coming.md).");
    let mut sources = site(&[
        ("content/practice.yaml", PRACTICE),
        ("content/resources/coming.md", &coming),
        ("content/resources/later.md", &later),
    ]);
    let expected = [
        "broken-link content/resources/coming.md:8:13 \"later.md\"",
        "broken-link content/resources/coming.md:8:37 \"nothing.md\"",
        "markup-left-over content/resources/coming.md:10:1 \"##No heading\"",
    ];
    let mut cache = Cache::on();
    for cache in [&mut Cache::off(), &mut cache] {
        let built = on("2026-11-22", &sources, cache);
        assert_eq!(lines(&built, &sources), expected);
    }
    assert_eq!(lines(&on("2026-11-22", &sources, &mut cache), &sources), expected, "warm");
    assert_eq!(lines(&on("2026-12-10", &sources, &mut cache), &sources), expected[1..], "both are published");
    // A published text that links to what is to come is told as before, once.
    sources.insert_text("content/resources/coming.md", &*article("publish_at: 2026-12-01\n", "Fine."));
    let fine = fine.replace("title: T", "title: Fine").replace("text, T", "text");
    sources.insert_text("content/resources/fine.md", fine);
    let today = lines(&build(&sources), &sources);
    assert_eq!(today, ["broken-link content/resources/fine.md:7:18 \"coming.md\""]);
}

#[test]
fn a_topic_whose_last_article_has_ended_stops_no_scheduled_build() {
    let article = "---\ntitle: T\nsummary: A text.\nauthor: { name: Jo }\ndate: 2026-01-01\ntopics: [Sleep]\n\
                   expires_at: 2026-12-01\n---\nText.\n";
    for link in ["/resources/topics/sleep/", "resources/topics/sleep.md"] {
        let home = format!("---\ntitle: Home\n---\nAll about [sleep]({link}) and [the article](resources/t.md).\n");
        let mut files =
            vec![("content/practice.yaml", PRACTICE), ("content/index.md", &home), ("content/resources/t.md", article)];
        let introduction = "---\ntitle: Sleep\n---\nOn sleep.\n";
        if link.ends_with(".md") {
            files.push(("content/resources/topics/sleep.md", introduction));
        }
        let sources = site(&files);
        assert_eq!(lines(&on("2026-11-30", &sources, &mut Cache::off()), &sources), [""; 0], "{link}");
        let after = on("2026-12-01", &sources, &mut Cache::off());
        assert_eq!(after.diagnostics.count(Severity::Error), 0, "{:#?}", lines(&after, &sources));
        let by_time = after.diagnostics.iter().all(|it| it.severity == Severity::Note || it.code.by_time);
        assert!(by_time, "{:#?}", after.diagnostics);
        assert_eq!(lines(&after, &sources).len(), 2, "{:#?}", lines(&after, &sources));
    }
}

/// Findings that stop a build by itself each day, `build --deny-warnings`.
fn stopping(built: &Build, sources: &Sources) -> std::collections::BTreeSet<String> {
    let stops = |finding: &&anteroom::diagnostic::Diagnostic| {
        finding.severity == Severity::Error || (finding.severity == Severity::Warning && !finding.code.by_time)
    };
    let open = built.diagnostics.iter().filter(|finding| finding.acknowledged.is_none()).filter(stops);
    open.map(|finding| crate::support::line_of(finding, sources)).collect()
}

/// A site in which whatever can end does, and everything that can name it does.
fn ending() -> Sources {
    let practice = therapy().replace("US-CA", "US-CA, US-NV")
        + "fees_as_of: 2026-11-01\nnavigation:\n  - { label: Course, to: resources/course.md }\n  - { label: More, to: about.md, \
           children: [{ label: Again, to: resources/course.md }] }\nnotices: [{ text: \"Closed, see [the \
           course](resources/course.md).\", until: 2026-12-24 }]\nlocations: [{ label: Room, address: { street: 1 Main St., city: Los \
           Angeles, region: CA, postal_code: \"90001\", country: US }, closures: [{ from: 2026-12-24, until: 2027-01-01 }] }]\n";
    let person = "---\nname: Ana Lopez\nrole_title: Licensed Marriage and Family Therapist\naccepting: { status: yes, as_of: \
        2026-11-01 }\nserves: [US-CA, US-NV]\nformats: [video]\nlicences:\n  - { type: LMFT, number: A-7731, jurisdiction: US-CA, \
        board: Board, expires: 2026-11-30 }\n  - { type: LMFT, number: B-9902, jurisdiction: US-NV, board: Board, expires: 2026-11-30 \
        }\n---\nAna listens. See [the course](../resources/course.md).\n";
    let course = "---\ntitle: The course\nsummary: A course.\nauthor: ana-lopez\ndate: 2026-01-01\nlast_reviewed: \
        2026-01-01\nexpires_at: 2026-12-01\ntopics: [courses]\naliases: [/old-course/]\n---\nText, as in [@one].\n";
    let other = "---\ntitle: Another text\nsummary: A text.\nauthor: ana-lopez\ndate: 2026-01-01\nrelated: [course]\n---\nText. \
        See [the course](course.md).\n";
    let coming = "---\ntitle: To come\nsummary: A text.\nauthor: ana-lopez\ndate: 2026-12-10\npublish_at: 2026-12-10\ntopics: \
        [courses]\n---\nText.\n";
    let mut sources = site(&[
        ("content/practitioners/ana-lopez.md", person),
        ("content/resources/course.md", course),
        ("content/resources/other.md", other),
        ("content/resources/coming.md", coming),
        ("content/resources/topics/courses.md", "---\ntitle: Courses\n---\nText.\n"),
        (
            "content/about.md",
            "---\ntitle: About\nlayout: landing\nsections: [{ type: hero, heading: Hello, actions: [{ label: Go, \
            to: resources/course.md }] }, { type: resources }]\n---\n",
        ),
        (
            "content/services/talk.md",
            "---\ntitle: Talking\nsummary: A service.\nkind: therapy\n---\nSee [the \
            course](../resources/course.md).\n",
        ),
        (
            "content/references.yaml",
            "one: { type: book, title: One, author: [\"Ay, B.\"], date: 2020, publisher: Press }\n",
        ),
        ("content/redirects.yaml", "/older/: /resources/course/\n"),
    ]);
    sources.insert_text("content/practice.yaml", practice);
    sources
}

#[test]
fn time_alone_brings_nothing_by_which_a_daily_build_would_stand_still() {
    let mut sites = vec![ending()];
    sites.extend(anteroom::specimen::NAMES.iter().map(|name| anteroom::specimen::sources(name, &Sources::default())));
    for sources in sites {
        let mut cache = Cache::on();
        let today = stopping(&on("2026-11-22", &sources, &mut cache), &sources);
        for day in ["2026-12-01", "2026-12-25", "2028-06-01", "2033-01-01"] {
            let later = on(day, &sources, &mut cache);
            assert!(later.output.is_some(), "{day}");
            let new: Vec<String> = stopping(&later, &sources).difference(&today).cloned().collect();
            assert!(new.is_empty(), "{day}: {new:#?}");
        }
    }
}
