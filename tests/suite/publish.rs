//! Publishing: what stands in the output folder, whatever happens.

#![allow(clippy::disallowed_methods, reason = "tests look at files and clocks")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::support::{self, Folder};
use anteroom::disk::{self, MANIFEST, WriteError};
use anteroom::render::{File, Output};
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
