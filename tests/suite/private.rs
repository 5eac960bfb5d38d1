//! Nothing in `content/` is published that nobody asked to publish.

use anteroom::output::File;
use anteroom::source::{Asset, Sources};
use proptest::prelude::*;

use crate::support::{self, build, has, site};

fn add(sources: &mut Sources, path: &str) {
    sources.insert_asset(path, Asset { len: 5, hash: [9; 32], picture: None });
}

fn codes_at(build: &anteroom::pipeline::Build, code: &str) -> Vec<String> {
    let found = build.diagnostics.iter().filter(|finding| finding.code.name == code);
    found.filter_map(|finding| finding.place.as_ref().map(|place| place.path.to_string())).collect()
}

const ARTICLE: &str =
    "---\ntitle: Later\nsummary: A few sentences that say what it is about.\nauthor: Ana\ndate: 2026-10-01\n";

#[test]
fn what_no_page_names_stays_private_and_is_told() {
    let later = format!("{ARTICLE}publish_at: 2099-03-01\n---\n[Plan](launch.txt) ![Plan](plan.jpg)\n");
    let draft = format!("{ARTICLE}draft: true\n---\n[Handout](handout.txt)\n");
    let shown = format!(
        "{ARTICLE}image: cover.jpg\nimage_alt: A path\n---\n[Sheet](sheet.pdf) <a href=\"/images/raw.pdf\">b</a>\n"
    );
    let mut sources = site(&[
        ("content/index.md", "---\ntitle: Home\n---\nHi.\n"),
        ("content/resources/later/index.md", &later),
        ("content/resources/secret/index.md", &draft),
        ("content/resources/shown/index.md", &shown),
    ]);
    let private = [
        "Client notes.docx",
        "~$notes.docx",
        "practice.yaml.bak",
        "index.md.orig",
        "prices.xlsx",
        "services.csv",
        "resources/post.markdown",
        "emdr.md.txt",
        "notes.txt",
        "images/Publikationsliste.docx",
        "resources/secret/handout.txt",
        "resources/later/launch.txt",
    ];
    let public = ["files/anything.docx", "static/public.txt", "resources/shown/sheet.pdf", "images/raw.pdf"];
    private.iter().chain(&public).for_each(|path| add(&mut sources, &format!("content/{path}")));
    for picture in ["resources/later/plan.jpg", "resources/shown/cover.jpg", "images/unused.jpg"] {
        support::add_picture(&mut sources, &format!("content/{picture}"));
    }
    let build = build(&sources);
    for path in private.iter().chain(&["resources/later/plan.jpg", "images/unused.jpg"]) {
        assert!(!has(&build, path), "{path} is published");
    }
    for path in public.iter().chain(&["resources/shown/cover.jpg"]) {
        assert!(has(&build, path.strip_prefix("static/").unwrap_or(path)), "{path} is not published");
    }
    let output = build.output.as_ref().unwrap();
    let made =
        output.files.values().filter(|file| matches!(file, File::Picture(from, _) if from.file_name() != "cover.jpg"));
    assert_eq!(made.count(), 0, "pictures are made that no page shows");
    assert_eq!(
        codes_at(&build, "not-a-page"),
        ["Client notes.docx", "emdr.md.txt", "notes.txt", "resources/post.markdown"]
            .map(|path| format!("content/{path}"))
    );
    let rest: Vec<_> = build.diagnostics.iter().filter(|finding| finding.code.name == "unused-file").collect();
    assert_eq!(rest.len(), 1);
    assert!(rest[0].message.contains("10 files"), "{}", rest[0].message);
    assert!(rest[0].help.as_ref().unwrap().contains("resources/secret/handout.txt"));
}

#[test]
fn a_draft_that_is_previewed_shows_its_files() {
    let draft = format!("{ARTICLE}draft: true\n---\n[Handout](handout.txt)\n");
    let mut sources =
        site(&[("content/index.md", "---\ntitle: Home\n---\nHi.\n"), ("content/resources/secret/index.md", &draft)]);
    add(&mut sources, "content/resources/secret/handout.txt");
    let options = anteroom::options::Options { drafts: true, ..support::options() };
    let build = anteroom::pipeline::build(&sources, &options, &mut anteroom::pipeline::Cache::off());
    assert!(has(&build, "resources/secret/handout.txt"));
}

#[test]
fn a_private_file_takes_no_address() {
    let mut sources = site(&[
        ("content/index.md", "---\ntitle: Home\n---\n[Notes](/notes.txt)\n"),
        ("content/about.md", "---\ntitle: About\n---\nHi.\n"),
    ]);
    for path in ["notes.txt", "static/notes.txt", "about/index.html", "contact/index.html", "feed.xml", "robots.txt"] {
        add(&mut sources, &format!("content/{path}"));
    }
    let build = build(&sources);
    assert!(!build.diagnostics.has_errors(), "{:?}", support::codes(&build));
    let output = build.output.as_ref().unwrap();
    let from = |path: &str| match &output.files[&anteroom::route::OutputPath::new(path).unwrap()] {
        File::Copied { from, .. } => from.to_string(),
        _ => "made".to_string(),
    };
    assert_eq!(from("notes.txt"), "content/static/notes.txt");
    for path in ["about/index.html", "contact/index.html", "robots.txt"] {
        assert_eq!(from(path), "made", "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// No file outside the two public folders is ever published without being named.
    #[test]
    fn unnamed_files_are_never_published(
        folder in prop::sample::select(vec!["", "images/", "services/", "resources/", "resources/a/", "other/deep/"]),
        stem in "[a-zA-Z0-9][a-zA-Z0-9 _~$-]{0,8}",
        ending in prop::sample::select(vec![".docx", ".txt", ".md.txt", ".markdown", ".orig", ".bak", ".csv", ".pdf", ".html", ".jpg", ".mp4", ""]),
    ) {
        let mut sources = site(&[("content/index.md", "---\ntitle: Home\n---\nHi.\n")]);
        let name = format!("{folder}zq{}{ending}", stem.trim_end());
        add(&mut sources, &format!("content/{name}"));
        let build = build(&sources);
        prop_assert!(!has(&build, &name), "{} is published", name);
        let told = build.diagnostics.iter().filter(|finding| ["not-a-page", "unused-file"].contains(&finding.code.name));
        prop_assert_eq!(told.count(), 1);
    }
}
