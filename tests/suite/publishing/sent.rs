//! What travels by each way, and what stays as it was.

use std::collections::BTreeMap;
use std::fs;

use super::{Servers, all, append, begin_far, far, new_site, run, ways};
use crate::support::Folder;

#[test]
fn what_changed_is_sent_and_nothing_else_is_touched() {
    let servers_in = Folder::new("publish-server");
    let servers = Servers::start(&servers_in);
    let names: Vec<&str> = ways(&servers_in, &servers).iter().map(|(way, _)| *way).collect();
    for way in names {
        let folder = Folder::new(&format!("publish-{}", way.replace(' ', "-")));
        let (_, lines) = ways(&folder, &servers).into_iter().find(|(name, _)| *name == way).unwrap();
        new_site(&folder, &lines);
        begin_far(&folder, way);
        let publish = |args: &[&str]| {
            let (status, said) = run(&folder, &servers, &[&["publish", "--today", "2026-11-29"], args].concat());
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
fn warnings_are_told_in_full_once() {
    let servers = Servers { ssh: None, ftp: None };
    let folder = Folder::new("publish-warnings");
    new_site(&folder, &format!("{{ to: folder, folder: {} }}", folder.path().join("far").display()));
    begin_far(&folder, "folder");
    let publish = || run(&folder, &servers, &["publish", "--today", "2026-11-29"]).1;
    let first = publish();
    assert!(first.contains("warning[placeholder-text]") && !first.contains("last time"), "{first}");
    // Another line above them changes nothing.
    append(&folder, "contact.md", "\nI answer on Mondays.\n");
    let again = publish();
    assert!(
        !again.contains("warning[") && again.contains(" warnings, as last time; `anteroom check` lists them."),
        "{again}"
    );
    // What is new is told, and only that.
    append(&folder, "contact.md", "\nI am [Your name].\n");
    let more = publish();
    assert_eq!(more.matches("warning[").count(), 1, "{more}");
    assert!(more.contains("[Your name]") && more.contains("And ") && more.contains("as last time"), "{more}");
    // `check` and `build` list them all.
    assert!(run(&folder, &servers, &["build"]).1.contains("warning[placeholder-text]"));
}

#[test]
fn a_page_of_somebody_else_s_is_quoted() {
    let servers_in = Folder::new("publish-quoted-server");
    let servers = Servers::start(&servers_in);
    let names: Vec<&str> = ways(&servers_in, &servers).iter().map(|(way, _)| *way).collect();
    for way in names {
        let folder = Folder::new(&format!("publish-quoted-{}", way.replace(' ', "-")));
        let (_, lines) = ways(&folder, &servers).into_iter().find(|(name, _)| *name == way).unwrap();
        new_site(&folder, &lines);
        folder.file("far/index.html", "<!doctype html><title>Welcome to Harbour Hosting!</title><p>Soon");
        begin_far(&folder, way);
        let (status, told) = run(&folder, &servers, &["publish", "--today", "2026-11-29"]);
        assert!(
            status == 2 && told.contains("put it there: it's called “Welcome to Harbour Hosting!”"),
            "{way}: {told}"
        );
    }
}

#[test]
fn a_htaccess_of_somebody_else_s_is_never_overwritten_without_a_word() {
    let servers_in = Folder::new("publish-htaccess-server");
    let servers = Servers::start(&servers_in);
    let names: Vec<&str> = ways(&servers_in, &servers).iter().map(|(way, _)| *way).collect();
    for way in names {
        let folder = Folder::new(&format!("publish-htaccess-{}", way.replace(' ', "-")));
        let (_, lines) = ways(&folder, &servers).into_iter().find(|(name, _)| *name == way).unwrap();
        new_site(&folder, &lines);
        folder.file("far/.htaccess", "AuthType Basic\n");
        begin_far(&folder, way);
        let publish = |args: &[&str]| run(&folder, &servers, &[&["publish", "--today", "2026-11-29"], args].concat());
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

/// A long test: in tests/full.sh.
#[test]
fn of_a_large_site_only_what_differs_travels() {
    if std::env::var_os("ANTEROOM_MANY").is_none() {
        return;
    }
    let servers_in = Folder::new("publish-large-server");
    let servers = Servers::start(&servers_in);
    for way in ["sftp", "ftps"] {
        let folder = Folder::new(&format!("publish-large-{way}"));
        let Some((_, lines)) = ways(&folder, &servers).into_iter().find(|(name, _)| *name == way) else { return };
        new_site(&folder, &lines);
        begin_far(&folder, way);
        for article in 0..1200 {
            let text = format!(
                "---\ntitle: Article {article}\ndate: 2026-01-{:02}\nsummary: Words about {article}.\nauthor: ana-lopez\n---\nWords.\n",
                article % 28 + 1
            );
            append(&folder, &format!("resources/article-{article}.md"), &text);
        }
        let publish = || {
            let (status, said) = run(&folder, &servers, &["publish", "--today", "2026-11-29"]);
            assert_eq!(status, 0, "{way}\n{said}");
        };
        publish();
        let dir = folder.path().join("far");
        let written = |name: &String| fs::metadata(dir.join(name)).unwrap().modified().unwrap();
        let before: BTreeMap<String, _> =
            far(&folder, way).into_keys().map(|name| (name.clone(), written(&name))).collect();
        assert!(before.len() > 1200, "{way}");
        append(&folder, "resources/article-600.md", "\nOne more.\n");
        publish();
        let sent: Vec<&String> =
            before.iter().filter(|(name, at)| written(name) != **at).map(|(name, _)| name).collect();
        assert!(sent.contains(&&"resources/article-600/index.html".to_string()) && sent.len() < 6, "{way}: {sent:?}");
    }
}
