//! `rename`, `remove` and `find`: nothing that named a file leads nowhere afterwards, and old addresses still lead on.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::process::{Command, Output};

use crate::support::{self, ANA, Folder, build, codes, has, page, site};
use anteroom::options::Options;
use anteroom::rename::{self, Refusal};
use anteroom::source::{SourcePath, Sources};

fn options() -> Options {
    Options { drafts: true, ..support::options() }
}

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).unwrap()
}

fn text(sources: &Sources, file: &str) -> String {
    String::from_utf8(sources.text(&path(file)).unwrap_or_else(|| panic!("{file}")).to_vec()).unwrap()
}

/// A site in which everything names everything, in all the ways there are.
fn everything() -> Sources {
    let practice = format!(
        "{}navigation:\n  - label: Grief\n    to: services/grief.md\n  - label: Ana\n    to: /practitioners/ana-lopez/\n",
        support::PRACTICE
    );
    let mut sources = site(&[
        ("content/practice.yaml", &practice),
        ("content/practitioners/ana-lopez.md", ANA),
        ("content/practitioners/ben-ito.md", &ANA.replace("Ana Lopez", "Ben Ito")),
        (
            "content/services/grief.md",
            "---\ntitle: Grief\nsummary: S\nkind: coaching\nformats: [video]\npractitioners: [ana-lopez, ben-ito]\n---\n\
             By [Ana](../practitioners/ana-lopez.md). See [loss](../resources/loss/index.md).\n",
        ),
        (
            "content/resources/loss/index.md",
            "---\ntitle: Loss\nsummary: S\nauthor: ana-lopez\ndate: 2026-01-02\n---\n![Room](room.jpg)\n\n\
             [Grief work](../../services/grief.md), <a href=\"/services/grief/\">again</a>, [again](/services/grief/#top)\n",
        ),
        (
            "content/resources/other.md",
            "---\ntitle: Other\nsummary: S\nauthor: \"ben-ito\"\ndate: 2026-01-03\nrelated:\n  - loss\nfaqs:\n  - question: Q?\n    \
             answer: See [grief](services/grief.md) first.\n---\n[Loss](loss/) and [loss](loss) and [it](loss/index.md#x)\n\n# x {#x}\n",
        ),
        ("content/redirects.yaml", "/old-grief/: /services/grief/\n"),
    ]);
    support::add_picture(&mut sources, "content/resources/loss/room.jpg");
    sources
}

fn renamed(sources: &Sources, from: &str, to: &str) -> Sources {
    let options = options();
    let from = rename::find(sources, &options, from).unwrap();
    rename::rename(sources, &options, &from, &path(to), None).unwrap().applied(sources)
}

fn all_codes(sources: &Sources) -> Vec<String> {
    codes(&build(sources)).into_iter().map(str::to_string).collect()
}

#[test]
fn whatever_named_a_file_names_it_under_its_new_name() {
    let sources = everything();
    let before = all_codes(&sources);
    for (from, to, says) in [
        (
            "services/grief.md",
            "content/services/loss-and-grief.md",
            &[
                ("content/practice.yaml", "to: services/loss-and-grief.md"),
                ("content/resources/loss/index.md", "[Grief work](../../services/loss-and-grief.md)"),
                ("content/resources/loss/index.md", "href=\"/services/loss-and-grief/\""),
                ("content/resources/loss/index.md", "(/services/loss-and-grief/#top)"),
                ("content/resources/other.md", "[grief](services/loss-and-grief.md)"),
                (
                    "content/redirects.yaml",
                    "/old-grief/: /services/loss-and-grief/\n/services/grief/: /services/loss-and-grief/\n",
                ),
            ][..],
        ),
        (
            "ana-lopez",
            "content/practitioners/ana-bell.md",
            &[
                ("content/services/grief.md", "practitioners: [ana-bell, ben-ito]"),
                ("content/services/grief.md", "../practitioners/ana-bell.md"),
                ("content/resources/loss/index.md", "author: ana-bell"),
                ("content/practice.yaml", "to: /practitioners/ana-bell/"),
            ],
        ),
        ("Ben Ito", "content/practitioners/ben-stone.md", &[("content/resources/other.md", "author: \"ben-stone\"")]),
        (
            "/resources/loss/",
            "content/resources/grieving",
            &[
                ("content/resources/other.md", "related:\n  - grieving"),
                ("content/resources/other.md", "[Loss](grieving/) and [loss](grieving) and [it](grieving/index.md#x)"),
                ("content/resources/grieving/index.md", "![Room](room.jpg)"),
                ("content/services/grief.md", "../resources/grieving/index.md"),
            ],
        ),
        // Into another folder: what it names itself is named from there.
        (
            "services/grief.md",
            "content/resources/articles/grief.md",
            &[(
                "content/resources/articles/grief.md",
                "[Ana](../../practitioners/ana-lopez.md). See [loss](../loss/index.md)",
            )],
        ),
        (
            "content/resources/loss/room.jpg",
            "content/resources/loss/sofa.jpg",
            &[("content/resources/loss/index.md", "![Room](sofa.jpg)")],
        ),
    ] {
        let after = renamed(&sources, from, to);
        for (file, words) in says {
            assert!(text(&after, file).contains(words), "{from}: {words}\n{}", text(&after, file));
        }
        if !to.contains("articles") {
            assert_eq!(all_codes(&after), before, "{from}");
        }
    }
}

#[test]
fn the_old_address_leads_on_and_back_again_is_no_circle() {
    let sources = everything();
    let there = renamed(&sources, "services/grief.md", "content/services/loss.md");
    assert!(has(&build(&there), "services/grief/index.html"));
    assert!(page(&build(&there), "services/grief/index.html").contains("services/loss/"));
    let back = renamed(&there, "services/loss.md", "content/services/grief.md");
    assert_eq!(
        text(&back, "content/redirects.yaml"),
        "/old-grief/: /services/grief/\n/services/loss/: /services/grief/\n"
    );
    assert_eq!(all_codes(&back), all_codes(&sources));
}

#[test]
fn a_title_can_be_changed_with_the_name() {
    let sources = everything();
    let options = options();
    let from = path("content/services/grief.md");
    let to = path("content/services/loss-and-grief.md");
    let after = rename::rename(&sources, &options, &from, &to, Some("Loss: and grief")).unwrap().applied(&sources);
    assert!(text(&after, "content/services/loss-and-grief.md").contains("title: \"Loss: and grief\"\n"));
    assert!(page(&build(&after), "services/loss-and-grief/index.html").contains("Loss: and grief</h1>"));
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let sources = everything();
    let options = options();
    let find = |text: &str| rename::find(&sources, &options, text).map(|path| path.to_string());
    let message = |refusal: Result<String, Refusal>| refusal.unwrap_err().message;
    assert!(message(find("practice.yaml")).contains("has to stay as it is"));
    assert!(message(find("content")).contains("there's no file"));
    assert!(message(find("../../etc/passwd")).contains("there's no file"));
    assert!(message(find("grif")).contains("there's no file called `grif`"));
    assert_eq!(find("services/grief").as_deref(), Ok("content/services/grief.md"));
    assert_eq!(find("loss").as_deref(), Ok("content/resources/loss"));
    let rename = |to: &str| rename::rename(&sources, &options, &path("content/services/grief.md"), &path(to), None);
    for to in [
        "content/practitioners/ana-lopez.md",
        "elsewhere/grief.md",
        "content/services/grief.txt",
        "content/services/grief.md",
    ] {
        assert!(rename(to).is_err(), "{to}");
    }
}

#[test]
fn what_named_a_removed_file_is_mended_or_told() {
    let sources = everything();
    let options = options();
    let removed = |what: &str| {
        let from = rename::find(&sources, &options, what).unwrap();
        let removal = rename::remove(&sources, &options, &from, None).unwrap();
        let left: Vec<String> =
            removal.left.iter().map(|(path, span)| text(&sources, path.as_str())[span.clone()].to_string()).collect();
        (removal.applied(&sources), left)
    };
    let (after, left) = removed("services/grief.md");
    assert!(text(&after, "content/resources/other.md").contains("answer: See grief first.\n"));
    assert!(
        text(&after, "content/resources/loss/index.md")
            .contains("Grief work, <a href=\"/services/grief/\">again</a>, again")
    );
    assert!(
        text(&after, "content/practice.yaml")
            .ends_with("navigation:\n  - label: Ana\n    to: /practitioners/ana-lopez/\n")
    );
    assert_eq!(text(&after, "content/redirects.yaml"), "/old-grief/: /\n/services/grief/: /\n");
    assert_eq!(left, ["/services/grief/"]);
    let (after, left) = removed("ana-lopez");
    assert!(text(&after, "content/services/grief.md").contains("practitioners: [ben-ito]"));
    assert!(text(&after, "content/services/grief.md").contains("By Ana. See"));
    assert!(text(&after, "content/redirects.yaml").contains("/practitioners/ana-lopez/: /practitioners/\n"));
    assert_eq!(left, ["ana-lopez"], "who wrote the article");
    let (after, left) = removed("loss");
    assert!(after.files.keys().all(|path| !path.as_str().contains("loss")));
    assert_eq!(left, ["loss"], "the only entry of a list");
}

fn run(folder: &Folder, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anteroom")).args(args).current_dir(folder.path()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).to_string()
}

/// Redirects never lead away from a page that is there, and no address is said twice, whatever is done in a row.
#[test]
fn removing_adding_and_renaming_in_a_row_leaves_no_conflict() {
    let folder = Folder::new("in-a-row");
    let ok = |args: &[&str]| {
        let output = run(&folder, args);
        assert!(output.status.success(), "{args:?}\n{}", said(&output));
        said(&output)
    };
    ok(&[
        "new",
        ".",
        "--yes",
        "--service",
        "Couples therapy; Grief group",
        "--practitioner",
        "Maya O'Brien, MA, LPC and Tom Hall",
    ]);
    ok(&["remove", "Couples therapy", "--yes"]);
    ok(&["add", "service", "Couples therapy"]);
    ok(&["check"]);
    ok(&["rename", "Grief group", "Grief circle", "--yes"]);
    ok(&["check"]);
    ok(&["rename", "http://localhost:8000/services/grief-circle/", "Grief group", "--yes"]);
    ok(&["remove", "/services/grief-group/", "--yes"]);
    ok(&["add", "service", "Grief group"]);
    ok(&["rename", "Grief group", "Grief circle", "--yes"]);
    ok(&["check"]);
    // A page that is made without a file, too, stays where it is.
    let told = ok(&["remove", "fees", "--yes"]);
    assert!(!told.contains("Whoever opens /contact/"), "{told}");
    let redirects = std::fs::read_to_string(folder.path().join("content/redirects.yaml")).unwrap();
    let mut keys: Vec<&str> = redirects.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count, "{redirects}");
    let wrong = run(&folder, &["rename", "maya", "Maya Bell", "--yes"]);
    assert!(
        said(&wrong).contains("did you mean `Maya O'Brien`?") || said(&wrong).contains("did you mean `maya-obrien`?"),
        "{}",
        said(&wrong)
    );
}

#[test]
fn the_commands_show_what_they_do_and_keep_what_was_there() {
    let folder = Folder::new("rename");
    let ok = |args: &[&str]| {
        let output = run(&folder, args);
        assert!(output.status.success(), "{args:?}\n{}", said(&output));
        said(&output)
    };
    ok(&["new", ".", "--yes", "--practitioner", "Maya O'Brien, MA, LPC", "--service", "Grief group (Tuesdays)"]);
    let exists = |path: &str| folder.path().join(path).exists();
    assert!(exists("content/practitioners/maya-obrien.md") && exists("content/services/grief-group.md"));
    // Without a terminal nobody can be asked.
    let refused = run(&folder, &["rename", "maya-obrien", "Maya Bell"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(exists("content/practitioners/maya-obrien.md"), "{}", said(&refused));
    let told = ok(&["rename", "maya-obrien", "Maya Bell", "--yes"]);
    assert!(told.contains("+ practitioners: [maya-bell]") && told.contains("+ name: Maya Bell"), "{told}");
    assert!(told.contains("The page's address is /practitioners/maya-bell/ from now on"), "{told}");
    assert!(exists("content/practitioners/maya-bell.md") && !exists("content/practitioners/maya-obrien.md"));
    assert!(std::fs::read_dir(folder.path().join(".anteroom/before-rename")).unwrap().count() == 1);
    let told = ok(&["find", "Tuesdays. [two sentences"]);
    assert!(told.starts_with("content/services/grief-group.md:3: "), "{told}");
    let told = ok(&["find", "Skip to content"]);
    assert!(told.contains("No file of yours") && told.contains("/contact/"), "{told}");
    assert_eq!(run(&folder, &["find", "xyzzy"]).status.code(), Some(1));
    let told = ok(&["remove", "grief group", "--yes"]);
    assert!(told.contains("Whoever opens /services/grief-group/ gets to /"), "{told}");
    assert!(!exists("content/services"));
    ok(&["check"]);
    let told = ok(&["add", "page", "What's EMDR?"]);
    assert!(told.contains("content/whats-emdr.md") && told.contains("The page is in the menu"), "{told}");
}
