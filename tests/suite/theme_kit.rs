//! What a designer begins from and shares, through the program: a theme on top of `base`, copies of files and how they differ
//! from their originals after an update.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::fs;
use std::process::Command;

use anteroom::diagnostic::Diagnostics;
use anteroom::document::stand_in_practice;
use anteroom::source::Sources;
use anteroom::theme::copies::{self, Compared, Standing};

use crate::support::{self, Folder};

/// `anteroom theme … --site FOLDER`: the status, and all that was printed.
fn theme(site: &Folder, args: &[&str]) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_anteroom"));
    let run = program.arg("theme").args(args).arg("--site").arg(site.path()).output().unwrap();
    (run.status.code(), String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).to_string())
}

fn read(site: &Folder, path: &str) -> String {
    fs::read_to_string(site.path().join(path)).unwrap()
}

const FOOTER: &str = include_str!("../../themes/base/templates/partials/footer.html");

#[test]
fn a_theme_begins_from_nothing_or_from_ones_own() {
    let site = Folder::new("kit-new");
    for (name, parent) in [("bare", "base"), ("barer", "bare")] {
        let (status, said) = theme(&site, &["new", name, "--extends", parent]);
        assert!(status == Some(0) && said.contains(&format!("on top of `{parent}`")), "{said}");
        let (status, said) = theme(&site, &["check", name]);
        assert!(status == Some(0) && said.contains(&format!("{name} passes")), "{said}");
    }
    assert!(read(&site, "themes/bare/assets/theme.css").contains("@import \"base.css\""));
    assert!(read(&site, "themes/barer/assets/theme.css").contains("@import \"bare/theme.css\""));
    let (status, said) = theme(&site, &["new", "base", "--extends", "base"]);
    assert!(status == Some(2) && said.contains("can't be a theme's name"), "{said}");
}

#[test]
fn a_copy_says_where_it_comes_from_and_is_never_written_over() {
    let site = Folder::new("kit-copy");
    theme(&site, &["new", "gentle"]);
    let (status, said) = theme(&site, &["copy", "gentle", "partials/footer.html"]);
    assert!(status == Some(0) && said.contains("instead of the one in the built-in base"), "{said}");
    let copy = read(&site, "themes/gentle/templates/partials/footer.html");
    let (comment, rest) = copy.split_once('\n').unwrap();
    assert_eq!(rest, FOOTER);
    assert!(comment.starts_with("{#- Copied from base/templates/partials/footer.html of Anteroom "), "{comment}");
    let (status, said) = theme(&site, &["copy", "gentle", "partials/footer.html"]);
    assert!(status == Some(2) && said.contains("--force") && said.contains("theme diff gentle"), "{said}");
    site.file("themes/gentle/templates/partials/footer.html", "mine");
    assert_eq!(theme(&site, &["copy", "base", "footer.html", "--into", "gentle"]).0, Some(2), "no such file");
    assert_eq!(theme(&site, &["copy", "base", "partials/footer.html", "--into", "gentle", "--force"]).0, Some(0));
    assert_eq!(read(&site, "themes/gentle/templates/partials/footer.html"), copy);
    // Without a theme of its own, a site changes single files of a built-in one.
    assert_eq!(theme(&site, &["copy", "linen", "frame.css"]).0, Some(0));
    assert!(read(&site, "themes/linen/assets/frame.css").starts_with("/* Copied from linen/assets/frame.css of "));
    let (_, said) = theme(&site, &["copy", "harbor", "fonts/figtree.woff2", "--into", "gentle"]);
    assert!(said.contains("Nothing else has this name"), "{said}");
    let font = fs::read(site.path().join("themes/gentle/assets/fonts/figtree.woff2")).unwrap();
    assert_eq!(font, include_bytes!("../../themes/harbor/assets/fonts/figtree.woff2"));
    let (status, said) = theme(&site, &["copy", "linen", "theme.yaml", "--into", "gentle"]);
    assert!(status == Some(2) && said.contains("--extends linen"), "{said}");
    let (status, said) = theme(&site, &["copy", "linen", "partials/foter.html"]);
    assert!(status == Some(2) && said.contains("did you mean `templates/partials/footer.html`?"), "{said}");
    for into in ["nowhere", "../out"] {
        assert_eq!(theme(&site, &["copy", "linen", "frame.css", "--into", into]).0, Some(2), "{into}");
    }
}

/// A site with nothing but theme files.
fn site(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.insert_text(path, *text);
    }
    sources
}

const MANIFEST: (&str, &str) = ("themes/gentle/theme.yaml", "name: gentle\nversion: 1.0.0\napi: 1\nextends: linen\n");
const COPY: &str = "themes/gentle/templates/partials/footer.html";

fn compared(files: &[(&str, &str)]) -> Vec<Compared> {
    let mut sources = site(files);
    sources.insert_text(MANIFEST.0, MANIFEST.1);
    copies::compare("gentle", &sources, &stand_in_practice(), &mut Diagnostics::default()).unwrap()
}

fn copy_of(theme: &str, file: &str, sources: &Sources) -> String {
    let found = &mut Diagnostics::default();
    let original = copies::original(theme, file, "gentle", sources, &stand_in_practice(), found).unwrap();
    String::from_utf8(original.copy()).unwrap()
}

#[test]
fn a_copy_is_compared_with_the_original_of_today() {
    let copy = copy_of("linen", "partials/footer.html", &Sources::default());
    let one = |text: &str| {
        let mut all = compared(&[(COPY, text)]);
        assert_eq!(all.len(), 1);
        all.remove(0)
    };
    assert_eq!(one(&copy).standing, Standing::Same);
    assert_eq!(one(&copy.replace('\n', "\r\n")).standing, Standing::Same, "line ends are no change");
    assert_eq!(one(FOOTER).standing, Standing::Same, "also without a comment");
    let changed = copy.replace("class=\"statement\"", "class=\"mine\"");
    let found = one(&changed);
    assert_eq!((found.standing, found.original.as_str()), (Standing::Unchanged, "base/templates/partials/footer.html"));
    let diff = found.diff.unwrap();
    assert!(diff.contains("\n-<p class=\"statement\">") && diff.contains("\n+<p class=\"mine\">"), "{diff}");
    assert!(diff.starts_with("--- base/templates/partials/footer.html (Anteroom ") && diff.contains(COPY), "{diff}");
    assert!(!diff.contains("Copied from"), "{diff}");
    // Without a comment nobody knows which of them has changed.
    assert_eq!(one(changed.split_once('\n').unwrap().1).standing, Standing::Unknown);
    // An update: the hash is no longer that of the original.
    let hash = changed.split("blake3 ").nth(1).unwrap()[..32].to_string();
    let old = changed.replace(&hash, &"0".repeat(32));
    let found = one(&old);
    assert_eq!(found.standing, Standing::Changed);
    assert_eq!(found.seen.as_deref(), Some(changed.as_str()), "what was seen is noted in the comment");
    let gone = one(&old.replace("footer.html of", "fotter.html of"));
    assert_eq!(gone.standing, Standing::Gone);
}

#[test]
fn files_that_build_on_others_are_no_copies() {
    let silent = [
        ("themes/gentle/templates/base.html", "{% extends \"linen/base.html\" %}\n"),
        ("themes/gentle/assets/theme.css", "@import \"base.css\";\n"),
        ("themes/gentle/assets/frame.css", "@import \"linen/frame.css\";\n"),
        ("themes/gentle/assets/mine.css", "p { margin: 0 }\n"),
        ("themes/gentle/locales/en.yaml", "home: Start\n"),
    ];
    assert!(compared(&silent).is_empty(), "{:?}", compared(&silent));
    assert_eq!(compared(&[("themes/gentle/assets/frame.css", "p { margin: 0 }\n")])[0].standing, Standing::Unknown);
}

#[test]
fn the_original_can_be_a_theme_of_the_sites_own() {
    let mother = |colour: &str| {
        vec![
            ("themes/mother/theme.yaml", "name: mother\nversion: 2.1.0\napi: 1\n".to_string()),
            ("themes/mother/assets/card.css", format!("p {{ color: {colour} }}\n")),
        ]
    };
    let files = mother("red");
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let copy = copy_of("mother", "card.css", &site(&files));
    assert!(copy.starts_with("/* Copied from mother/assets/card.css of mother 2.1.0, blake3 "), "{copy}");
    let with = |colour: &str| {
        let files = mother(colour);
        let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        files.push(("themes/gentle/assets/card.css", &copy));
        compared(&files)[0].standing
    };
    assert_eq!((with("red"), with("blue")), (Standing::Same, Standing::Changed));
}

/// Whatever is copied, the pages, the style sheet and the scripts stay what they were, and no comment reaches a visitor.
#[test]
fn copies_change_no_page() {
    let plain = support::site(&[
        ("content/practitioners/ana.md", support::ANA),
        ("content/about.md", "---\ntitle: About\n---\nHello.\n"),
    ]);
    let mut copied = plain.clone();
    let practice = stand_in_practice();
    let all =
        copies::original("linen", "nothing", "linen", &plain, &practice, &mut Diagnostics::default()).unwrap_err();
    assert!(all.len() > 50, "{all:?}");
    for file in &all {
        let original =
            copies::original("linen", file, "linen", &plain, &practice, &mut Diagnostics::default()).unwrap();
        copied.insert_text(&format!("themes/linen/{file}"), original.copy());
    }
    let (before, after) = (support::build(&plain), support::build(&copied));
    let (before_files, after_files) = (before.output.unwrap().files, after.output.unwrap().files);
    assert_eq!(before_files.keys().collect::<Vec<_>>(), after_files.keys().collect::<Vec<_>>());
    for (path, file) in &before_files {
        assert!(after_files[path] == *file, "{path:?} has changed");
    }
    let standings = copies::compare("linen", &copied, &practice, &mut Diagnostics::default()).unwrap();
    assert!(standings.iter().all(|one| one.standing == Standing::Same), "{standings:?}");
}

#[test]
fn the_difference_is_printed_and_can_be_taken_as_seen() {
    let site = Folder::new("kit-diff");
    theme(&site, &["new", "gentle"]);
    let (_, said) = theme(&site, &["diff"]);
    assert!(said.contains("There are no copies here"), "{said}");
    theme(&site, &["copy", "gentle", "partials/footer.html"]);
    let (_, said) = theme(&site, &["diff", "gentle"]);
    assert!(said.contains("footer.html: the same as base/templates/partials/footer.html."), "{said}");
    let copy = read(&site, COPY);
    let hash = copy.split("blake3 ").nth(1).unwrap()[..32].to_string();
    site.file(COPY, &copy.replace("class=\"statement\"", "class=\"\u{1b}[31mmine\""));
    let (_, said) = theme(&site, &["diff"]);
    assert!(said.contains("is as it was when you copied it") && !said.contains("\n+"), "{said}");
    let (_, said) = theme(&site, &["diff", "gentle", "partials/footer.html"]);
    assert!(said.contains("\n+<p class=\"[31mmine\">") && !said.contains('\u{1b}'), "{said}");
    let (status, said) = theme(&site, &["diff", "gentle", "partials/foter.html"]);
    assert!(status == Some(2) && said.contains("did you mean `footer.html`"), "{said}");
    site.file(COPY, &read(&site, COPY).replace(&hash, &"1".repeat(32)));
    let (_, said) = theme(&site, &["diff"]);
    assert!(
        said.contains("has changed since you copied it") && said.contains("\n+<p") && said.contains("--seen"),
        "{said}"
    );
    theme(&site, &["diff", "--seen"]);
    assert!(read(&site, COPY).contains(&hash));
    let (_, said) = theme(&site, &["diff"]);
    assert!(said.contains("is as it was when you copied it"), "{said}");
}
