//! Publishing: what stands in the output folder, whatever happens.

#![allow(clippy::disallowed_methods, reason = "tests look at files and clocks")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::support::{self, Folder};
use anteroom::disk::{self, MANIFEST, WriteError};
use anteroom::output::{File, Output};
use anteroom::route::OutputPath;

fn out(folder: &Folder) -> PathBuf {
    folder.path().join("public")
}

fn output(files: &[(&str, &str)]) -> Output {
    let files =
        files.iter().map(|(path, text)| (OutputPath::new(path).unwrap(), File::Made(text.as_bytes().to_vec().into())));
    Output { files: files.collect(), ..Output::default() }
}

fn listing(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(dir).unwrap().to_string_lossy().to_string();
                    found.insert(name, fs::read(&path).unwrap());
                }
            }
        }
    }
    found
}

fn names(dir: &Path) -> Vec<String> {
    listing(dir).into_keys().collect()
}

#[test]
fn what_differs_is_replaced_and_what_is_gone_is_removed() {
    let folder = Folder::new("differs");
    let out = out(&folder);
    let first = output(&[("index.html", "one"), ("a/index.html", "a"), ("b/c/index.html", "c")]);
    let written = disk::write(&first, folder.path(), &out, &|_, _| {}).unwrap();
    assert_eq!((written.written, written.unchanged, written.removed), (3, 0, 0));
    let kept = fs::metadata(out.join("a/index.html")).unwrap();
    let second = output(&[("index.html", "two"), ("a/index.html", "a")]);
    let written = disk::write(&second, folder.path(), &out, &|_, _| {}).unwrap();
    assert_eq!((written.written, written.unchanged, written.removed), (1, 1, 1));
    assert_eq!(names(&out), [MANIFEST, "a/index.html", "index.html"]);
    assert!(!out.join("b").exists(), "folders that are left empty go too");
    let now = fs::metadata(out.join("a/index.html")).unwrap();
    assert_eq!((kept.ino(), kept.mtime_nsec()), (now.ino(), now.mtime_nsec()));
    assert_eq!(now.mode() & 0o444, 0o444, "a web server can read it");
    let manifest = fs::metadata(out.join(MANIFEST)).unwrap();
    disk::write(&second, folder.path(), &out, &|_, _| {}).unwrap();
    assert_eq!(manifest.ino(), fs::metadata(out.join(MANIFEST)).unwrap().ino(), "nothing to do, nothing done");
}

#[test]
fn files_of_others_are_never_touched() {
    let folder = Folder::new("foreign");
    let out = out(&folder);
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("thesis.doc"), "years of work").unwrap();
    let site = output(&[("index.html", "x")]);
    assert!(matches!(disk::write(&site, folder.path(), &out, &|_, _| {}), Err(WriteError::Foreign(_))));
    assert_eq!(names(&out), ["thesis.doc"]);
    fs::remove_file(out.join("thesis.doc")).unwrap();
    fs::write(out.join(".gitignore"), "*\n").unwrap();
    disk::write(&site, folder.path(), &out, &|_, _| {}).unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    disk::write(&output(&[("other.html", "y")]), folder.path(), &out, &|_, _| {}).unwrap();
    assert_eq!(names(&out), [MANIFEST, ".gitignore", "notes.txt", "other.html"]);
    // A file of the site's where somebody put one since: refused before anything is changed.
    let refused = disk::write(&output(&[("notes.txt", "y"), ("new.html", "z")]), folder.path(), &out, &|_, _| {});
    assert!(matches!(refused, Err(WriteError::Foreign(path)) if path.ends_with("notes.txt")));
    assert_eq!(names(&out), [MANIFEST, ".gitignore", "notes.txt", "other.html"]);
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let folder = Folder::new("kinds");
    let out = out(&folder);
    disk::write(&output(&[("a", "file"), ("b/c.html", "c")]), folder.path(), &out, &|_, _| {}).unwrap();
    disk::write(&output(&[("a/index.html", "folder"), ("b", "file")]), folder.path(), &out, &|_, _| {}).unwrap();
    assert_eq!(names(&out), [MANIFEST, "a/index.html", "b"]);
}

#[test]
fn links_do_not_lead_writing_or_removing_outside() {
    let folder = Folder::new("links");
    let (out, elsewhere) = (out(&folder), folder.path().join("elsewhere"));
    fs::create_dir_all(&elsewhere).unwrap();
    fs::write(elsewhere.join("index.html"), "precious").unwrap();
    fs::create_dir_all(&out).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("a")).unwrap();
    fs::write(out.join(MANIFEST), r#"{"generator":"anteroom","files":["a/index.html","../elsewhere/index.html"]}"#)
        .unwrap();
    assert!(matches!(
        disk::write(&output(&[("a/index.html", "x")]), folder.path(), &out, &|_, _| {}),
        Err(WriteError::LinkedFolder(_))
    ));
    assert!(disk::write(&output(&[("b.html", "x")]), folder.path(), &out, &|_, _| {}).is_err());
    assert_eq!(fs::read_to_string(elsewhere.join("index.html")).unwrap(), "precious");
}

#[test]
fn a_build_that_was_killed_is_completed_by_the_next() {
    let folder = Folder::new("killed");
    let out = out(&folder);
    let old = output(&[("index.html", "old"), ("gone/index.html", "old")]);
    disk::write(&old, folder.path(), &out, &|_, _| {}).unwrap();
    // As after a kill between two renames: the manifest names both, one file is new, one is left aside.
    let both = r#"{"generator":"anteroom","files":["index.html","gone/index.html","new/index.html"]}"#;
    fs::write(out.join(MANIFEST), both).unwrap();
    fs::create_dir_all(out.join(".anteroom-tmp")).unwrap();
    fs::write(out.join(".anteroom-tmp/7"), "half").unwrap();
    disk::write(&output(&[("index.html", "new"), ("new/index.html", "new")]), folder.path(), &out, &|_, _| {}).unwrap();
    assert_eq!(names(&out), [MANIFEST, "index.html", "new/index.html"]);
}

#[test]
fn reading_stays_inside_the_site() {
    let folder = Folder::new("reading");
    let site = folder.path().join("site");
    fs::create_dir_all(site.join("content/images")).unwrap();
    fs::write(site.join("content/practice.yaml"), support::PRACTICE).unwrap();
    fs::write(folder.path().join("secret.md"), "---\ntitle: Secret\n---\n").unwrap();
    std::os::unix::fs::symlink("../../secret.md", site.join("content/secret.md")).unwrap();
    std::os::unix::fs::symlink("../content", site.join("content/loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", site.join("content/dangling.md")).unwrap();
    fs::write(site.join("content/images/fake.jpg"), "not a picture").unwrap();
    fs::write(site.join("content/images/50%.png"), "x").unwrap();
    fs::write(site.join("content/a.md"), "---\ntitle: A\n---\n![Fake](images/fake.jpg)\n").unwrap();
    let sources = disk::read(&site).unwrap();
    let built = support::build(&sources);
    assert_eq!(
        support::lines(&built, &sources),
        [
            "bad-symlink content/dangling.md",
            "bad-file-name content/images/50%.png",
            "broken-picture content/images/fake.jpg",
            "bad-symlink content/loop",
            "bad-symlink content/secret.md",
        ]
    );
}

fn publish(output: &Output, folder: &Folder) -> Result<disk::Written, WriteError> {
    disk::write(output, folder.path(), &out(folder), &|_, _| {})
}

fn forged(folder: &Folder, text: &str) {
    folder.file(&format!("public/{MANIFEST}"), text);
}

/// A file becomes a folder and a folder a file, killed at every step; the next build goes on or goes back.
#[test]
fn every_build_completes_the_killed_one() {
    let (file, inside) =
        (output(&[("swap", "file"), ("x.html", "x")]), output(&[("swap/in/a", "in"), ("x.html", "x")]));
    let swap = |folder: &Folder| out(folder).join("swap");
    let remove = |path: &Path| match path.is_dir() {
        true => fs::remove_dir_all(path).unwrap(),
        false => fs::remove_file(path).unwrap(),
    };
    type Step<'a> = &'a dyn Fn(&Folder);
    let steps: [Step<'_>; 7] = [
        &|_| {},
        &|folder| remove(&swap(folder)),
        &|folder| {
            remove(&swap(folder));
            fs::create_dir_all(swap(folder)).unwrap();
        },
        &|folder| {
            remove(&swap(folder));
            fs::create_dir_all(swap(folder).join("in")).unwrap();
        },
        &|folder| {
            remove(&swap(folder));
            folder.file("public/swap/in/a", "in");
        },
        &|folder| {
            remove(&swap(folder));
            folder.file("public/swap", "file");
        },
        &|folder| {
            folder.file("public/.anteroom-tmp/0", "half");
            folder.file("public/.anteroom-tmp/1", "");
        },
    ];
    for (number, step) in steps.iter().enumerate() {
        for (old, new) in [(&file, &inside), (&inside, &file)] {
            for then in [old, new] {
                let folder = Folder::new("swap");
                publish(old, &folder).unwrap();
                forged(&folder, r#"{"generator":"anteroom","files":["swap","swap/in/a","x.html"]}"#);
                step(&folder);
                publish(then, &folder).unwrap_or_else(|error| panic!("step {number}: {error}"));
                let mut wanted: Vec<String> = then.files.keys().map(|path| path.as_str().to_string()).collect();
                wanted.insert(0, MANIFEST.to_string());
                assert_eq!(names(&out(&folder)), wanted, "step {number}");
            }
        }
    }
}

#[test]
fn one_build_at_a_time() {
    let folder = Folder::new("busy");
    let site = output(&[("index.html", "x")]);
    publish(&site, &folder).unwrap();
    let held = fs::File::open(out(&folder)).unwrap();
    held.try_lock().unwrap();
    assert!(matches!(publish(&output(&[("index.html", "y")]), &folder), Err(WriteError::Busy(_))));
    assert_eq!(fs::read_to_string(out(&folder).join("index.html")).unwrap(), "x");
    drop(held);
    publish(&site, &folder).unwrap();
    // Many at once: each is whole or refused.
    let sites: Vec<Output> =
        (0..8).map(|n| output(&[("index.html", &n.to_string()), (&format!("{n}/a"), "a")])).collect();
    std::thread::scope(|scope| {
        for site in &sites {
            scope.spawn(|| {
                let told = publish(site, &folder);
                assert!(matches!(told, Ok(_) | Err(WriteError::Busy(_))), "{told:?}");
            });
        }
    });
    let last = fs::read_to_string(out(&folder).join("index.html")).unwrap();
    assert_eq!(names(&out(&folder)), [MANIFEST.to_string(), format!("{last}/a"), "index.html".to_string()]);
}

#[test]
fn what_is_in_the_way_is_found_before_anything_is_written() {
    let site = output(&[("index.html", "new"), ("a/b/index.html", "b"), ("notes", "n")]);
    for (in_the_way, told) in [
        ("a", "a"),
        ("a/b/index.html/mine.txt", "a/b/index.html/mine.txt"),
        ("notes/deep/mine.txt", "notes/deep/mine.txt"),
        (".anteroom-tmp", ".anteroom-tmp"),
        (".anteroom-tmp/mine.txt", ".anteroom-tmp/mine.txt"),
    ] {
        let folder = Folder::new("way");
        publish(&output(&[("index.html", "old")]), &folder).unwrap();
        folder.file(&format!("public/{in_the_way}"), "mine");
        let before = listing(&out(&folder));
        match publish(&site, &folder) {
            Err(WriteError::Foreign(path)) => assert_eq!(path, out(&folder).join(told)),
            other => panic!("{in_the_way}: {other:?}"),
        }
        assert_eq!(listing(&out(&folder)), before, "{in_the_way}");
    }
    // The output folder itself, or one that leads to it, is a file.
    let folder = Folder::new("way");
    folder.file("public", "mine");
    assert!(matches!(publish(&site, &folder), Err(WriteError::Foreign(path)) if path == out(&folder)));
    let below = disk::write(&site, folder.path(), &out(&folder).join("www"), &|_, _| {});
    assert!(matches!(below, Err(WriteError::Foreign(path)) if path == out(&folder)), "told at the file");
}

#[test]
fn a_forged_manifest_removes_nothing_hidden() {
    let folder = Folder::new("forged");
    publish(&output(&[("index.html", "x"), (".well-known/a", "x")]), &folder).unwrap();
    for file in [".git/HEAD", ".env", "a/.ssh/key", ".well-known/.git/HEAD"] {
        folder.file(&format!("public/{file}"), "precious");
    }
    forged(
        &folder,
        r#"{"generator":"anteroom","files":["index.html",".well-known/a",".git/HEAD",".env","a/.ssh/key",".well-known/.git/HEAD"]}"#,
    );
    let written = publish(&output(&[("index.html", "y")]), &folder).unwrap();
    assert_eq!(written.left, [".env", "a/.ssh/key"]);
    assert_eq!(
        names(&out(&folder)),
        [MANIFEST, ".env", ".git/HEAD", ".well-known/.git/HEAD", "a/.ssh/key", "index.html"],
        "and what hosts read goes"
    );
}

#[test]
fn a_manifest_that_is_none_is_told() {
    let site = output(&[("index.html", "x")]);
    for text in ["", "{", "[]", "null", r#"{"generator":"a"}"#, r#"{"generator":"a","files":["a\u0000b"]}"#, "\u{0}"] {
        let folder = Folder::new("no-manifest");
        forged(&folder, text);
        assert!(matches!(publish(&site, &folder), Err(WriteError::Manifest(..))), "{text:?}");
        assert_eq!(names(&out(&folder)), [MANIFEST]);
    }
    let folder = Folder::new("no-manifest");
    fs::create_dir_all(out(&folder)).unwrap();
    let pipe = out(&folder).join(MANIFEST);
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(matches!(publish(&site, &folder), Err(WriteError::Manifest(..))), "a pipe is not waited for");
    fs::remove_file(&pipe).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &pipe).unwrap();
    assert!(matches!(publish(&site, &folder), Err(WriteError::Manifest(..))));
    fs::remove_file(&pipe).unwrap();
    fs::create_dir(&pipe).unwrap();
    assert!(matches!(publish(&site, &folder), Err(WriteError::Manifest(..))));
}

#[test]
fn nothing_is_published_where_the_site_is_read() {
    let folder = Folder::new("inside");
    folder.file("site/content/a.md", "x");
    let site = folder.path().join("site");
    std::os::unix::fs::symlink("content", site.join("linked")).unwrap();
    for place in
        ["content", "content/x/y", "themes", "themes/mine", ".anteroom/out", ".", "..", "linked/x", "x/../content"]
    {
        let told = disk::write(&output(&[("index.html", "x")]), &site, &site.join(place), &|_, _| {});
        assert!(matches!(told, Err(WriteError::InTheSite(..))), "{place}: {told:?}");
    }
    assert_eq!(names(&site.join("content")), ["a.md"]);
}

#[test]
fn names_of_the_program_are_not_published() {
    let mut sources = support::site(&[]);
    let refused = [
        ".anteroom.json",
        ".anteroom-tmp/0",
        ".git/HEAD",
        "docs/.git/config",
        ".Anteroom.json",
        ".anteroom/pictures/a.json",
    ];
    for path in refused.iter().chain(&[".htaccess", "anteroom.json"]) {
        let asset = anteroom::source::Asset { len: 3, hash: [7; 32], picture: None };
        sources.insert_asset(&format!("content/static/{path}"), asset);
    }
    let built = support::build(&sources);
    let told = support::lines(&built, &sources);
    assert_eq!(told.len(), refused.len(), "{told:?}");
    assert!(told.iter().all(|line| line.starts_with("reserved-name content/static/")), "{told:?}");
}
