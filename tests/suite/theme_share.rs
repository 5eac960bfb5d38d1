//! Handing a theme on: `theme pack` and `theme add`, through the binary and the disk.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::Folder;

const MANIFEST: &str =
    "name: gentle\nversion: 1.2.0\napi: 1\nextends: linen\ndescription: Soft.\nauthor: Ana Ruiz\nlicence: MIT\n";

/// A folder in which somebody makes a theme.
fn maker(name: &str) -> Folder {
    let folder = Folder::new(&format!("share-{name}-maker"));
    folder.file("themes/gentle/theme.yaml", MANIFEST);
    folder.file("themes/gentle/assets/theme.css", "@import \"linen/theme.css\";\n.own { color: red }\n");
    folder.file("themes/gentle/templates/partials/colophon.html", "<p>Of the theme</p>\n");
    folder.file("themes/gentle/LICENSE", "MIT\n");
    folder.file("themes/gentle/package.json", "{}\n");
    folder
}

/// What a command says, and whether it went well.
fn theme(at: &Path, args: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_anteroom")).arg("theme").args(args).current_dir(at).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.success(), text)
}

/// Every file of a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    let all = all.filter(|entry| entry.file_type().is_file());
    all.map(|entry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read(entry.path()).unwrap())
    })
    .collect()
}

#[test]
fn what_is_packed_is_added_as_it_was_and_nothing_else() {
    let (maker, site) = (maker("whole"), Folder::new("share-whole-site"));
    let archive = site.path().join("gentle.zip");
    let archive = archive.to_str().unwrap();
    let (done, said) = theme(maker.path(), &["pack", "gentle", "--output", archive]);
    assert!(done && said.contains("4 files of gentle 1.2.0") && said.contains("package.json"), "{said}");
    let first = fs::read(archive).unwrap();
    assert!(theme(maker.path(), &["pack", "gentle", "--output", archive]).0, "the same again");
    assert_eq!(first, fs::read(archive).unwrap());
    let (done, said) = theme(site.path(), &["add", archive]);
    assert!(done, "{said}");
    for words in [
        "gentle` 1.2.0",
        "Soft.",
        "Ana Ruiz",
        "MIT",
        "version 1",
        "script:   none",
        "serve --specimen full --theme gentle",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let mut wanted = files(&maker.path().join("themes/gentle"));
    wanted.retain(|(name, _)| name != "package.json");
    assert_eq!(files(&site.path().join("themes/gentle")), wanted);
    let origins = fs::read_to_string(site.path().join("themes/added.yaml")).unwrap();
    assert!(
        origins.contains("gentle:") && origins.contains("version: 1.2.0") && origins.contains("hash: "),
        "{origins}"
    );
    // What somebody knows of it before it's added, and afterwards.
    assert!(theme(site.path(), &["show", "gentle"]).1.contains("by: Ana Ruiz\nlicence: MIT"));
    let left: Vec<_> =
        fs::read_dir(site.path().join("themes")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(theme(site.path(), &["add", archive]).1.contains("already"));
}

#[test]
fn an_update_replaces_what_was_added_and_never_what_somebody_has_changed() {
    let (maker, site) = (maker("update"), Folder::new("share-update-site"));
    let from = maker.path().join("themes/gentle");
    let from = from.to_str().unwrap();
    assert!(theme(site.path(), &["add", from]).0);
    maker.file("themes/gentle/theme.yaml", &MANIFEST.replace("1.2.0", "1.3.0"));
    fs::remove_file(maker.path().join("themes/gentle/templates/partials/colophon.html")).unwrap();
    let (done, said) = theme(site.path(), &["add", from]);
    assert!(done && said.contains("from 1.2.0 to 1.3.0"), "{said}");
    assert!(!site.path().join("themes/gentle/templates/partials/colophon.html").exists());
    site.file("themes/gentle/assets/theme.css", "/* mine */\n");
    maker.file("themes/gentle/theme.yaml", &MANIFEST.replace("1.2.0", "1.4.0"));
    let before = files(&site.path().join("themes"));
    let (done, said) = theme(site.path(), &["add", from]);
    assert!(!done && said.contains("you've changed the theme `gentle`") && said.contains("--force"), "{said}");
    assert_eq!(before, files(&site.path().join("themes")));
    assert!(theme(site.path(), &["add", from, "--force"]).0);
    assert_ne!(before, files(&site.path().join("themes")));
    // One that was never added is somebody's own.
    let other = Folder::new("share-update-other");
    other.file("themes/gentle/theme.yaml", MANIFEST);
    let (done, said) = theme(other.path(), &["add", from]);
    assert!(!done && said.contains("already a theme called `gentle`"), "{said}");
}

#[test]
fn what_is_wrong_is_told_before_anything_is_written() {
    let site = Folder::new("share-wrong-site");
    let wrong = |name: &str, path: &str, text: &str, says: &str| {
        let maker = maker(&format!("wrong-{name}"));
        maker.file(&format!("themes/gentle/{path}"), text);
        let (done, said) = theme(site.path(), &["add", maker.path().join("themes/gentle").to_str().unwrap()]);
        assert!(!done && said.contains(says), "{name}: {said}");
        assert!(!site.path().join("themes").exists(), "{name}");
    };
    wrong("sheet", "assets/theme.css", "a { colr: red }\n", "did you mean `color`?");
    wrong("template", "templates/base.html", "{% if x %}", "themes/gentle/templates/base.html");
    wrong("manifest", "theme.yaml", "name: gentle\nversion: 1\nwrong: 1\n", "themes/gentle/theme.yaml");
    wrong("api", "theme.yaml", &MANIFEST.replace("api: 1", "api: 9"), "version 9");
    wrong("parent", "theme.yaml", &MANIFEST.replace("linen", "zorkle"), "zorkle");
    wrong("built-in", "theme.yaml", &MANIFEST.replace("name: gentle", "name: linen"), "Anteroom itself");
    wrong("name", "theme.yaml", &MANIFEST.replace("name: gentle", "name: ../x"), "can't be a theme's name");
    let maker = maker("wrong-hash");
    let from = maker.path().join("themes/gentle");
    let from = from.to_str().unwrap();
    for hash in ["0123456789abcdef", "", "a"] {
        let (done, said) = theme(site.path(), &["add", from, "--hash", hash]);
        assert!(!done && said.contains("the hash of `gentle`"), "{said}");
    }
    let said = theme(maker.path(), &["pack", "gentle"]).1;
    let hash = said.split("Its hash: ").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(theme(site.path(), &["add", from, "--hash", &hash[..16]]).0);
    for from in ["nowhere.zip", "http://example.org/x.git", "ext::sh -c touch% pwned", "https://example.org/#-x"] {
        assert!(!theme(site.path(), &["add", from]).0, "{from}");
    }
}

#[test]
#[cfg(unix)]
fn links_lead_nowhere() {
    let (maker, site) = (maker("links"), Folder::new("share-links-site"));
    let secret = maker.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    std::os::unix::fs::symlink(&secret, maker.path().join("themes/gentle/assets/secret.txt")).unwrap();
    assert!(theme(site.path(), &["add", maker.path().join("themes/gentle").to_str().unwrap()]).0);
    assert!(!site.path().join("themes/gentle/assets/secret.txt").exists());
    // A folder that leads elsewhere isn't written through.
    let other = Folder::new("share-links-other");
    std::os::unix::fs::symlink(maker.path(), other.path().join("themes")).unwrap();
    let before = files(maker.path());
    assert!(!theme(other.path(), &["add", maker.path().join("themes/gentle").to_str().unwrap(), "--force"]).0);
    assert_eq!(before, files(maker.path()));
}

#[test]
fn a_repository_is_added_at_its_tag() {
    let git = |at: &Path, args: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]);
        git.args(args).current_dir(at).output().is_ok_and(|done| done.status.success())
    };
    let (maker, site) = (maker("git"), Folder::new("share-git-site"));
    let home = maker.path().join("themes/gentle");
    // Where there's no Git, `theme add` says so, and there's nothing to test.
    if !git(&home, &["init", "--quiet"]) {
        return;
    }
    let commit = || git(&home, &["add", "-A"]) && git(&home, &["commit", "--quiet", "-m", "a"]);
    assert!(commit() && git(&home, &["tag", "v1"]));
    fs::write(home.join("theme.yaml"), MANIFEST.replace("1.2.0", "2.0.0")).unwrap();
    assert!(commit());
    let address = format!("file://{}", home.display());
    let (done, said) = theme(site.path(), &["add", &format!("{address}#v1")]);
    assert!(done && said.contains("`gentle` 1.2.0") && said.contains(", commit "), "{said}");
    let (done, said) = theme(site.path(), &["add", &address]);
    assert!(done && said.contains("from 1.2.0 to 2.0.0"), "{said}");
    let (done, said) = theme(site.path(), &["add", &format!("{address}#v9")]);
    assert!(!done && said.contains("v9"), "{said}");
}
