//! Netlify, by a stand-in on this machine that keeps deploys as Netlify's description says: it has never seen the real one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::{Servers, append, command, new_site, said};
use crate::support::Folder;
use crate::support::host::{Asked, Given, Host};

const TOKEN: &str = "nfp_right";

/// What the stand-in knows.
#[derive(Default)]
struct Kept {
    /// Contents by their hashes.
    blobs: BTreeMap<String, Vec<u8>>,
    /// Deploys: the title, the files by their paths, and how often somebody asked how far it is.
    deploys: Vec<(String, BTreeMap<String, String>, usize)>,
    published: Option<usize>,
    /// What was uploaded.
    uploads: Vec<String>,
    is_locked: bool,
    /// Upload after which everything is answered with this status.
    fails_after: Option<(usize, u16)>,
}

impl Kept {
    fn missing(&self, deploy: usize) -> Vec<&String> {
        let wanted: BTreeSet<&String> = self.deploys[deploy].1.values().collect();
        wanted.into_iter().filter(|sha| !self.blobs.contains_key(*sha)).collect()
    }

    fn answer(&mut self, asked: &Asked) -> Given {
        let said = |value: Value| Given::new(200, &value.to_string()).with("Content-Type", "application/json");
        if asked.header("authorization").as_deref() != Some("Bearer nfp_right") {
            return Given::new(401, "{\"code\":401,\"message\":\"Access Denied\"}");
        }
        if self.fails_after.is_some_and(|(after, _)| self.uploads.len() >= after) {
            return Given::new(self.fails_after.unwrap().1, "{}");
        }
        let parts: Vec<&str> = asked.path.trim_start_matches('/').splitn(5, '/').collect();
        match (asked.method.as_str(), parts.as_slice()) {
            (_, ["api", "sites", site, ..]) if *site != "quiet.netlify.app" => {
                Given::new(404, "{\"code\":404,\"message\":\"Not Found\"}")
            }
            ("GET", ["api", "sites", _]) => {
                let deploy = self
                    .published
                    .map(|id| json!({ "id": format!("d{id}"), "title": self.deploys[id].0, "state": "ready" }));
                said(json!({ "id": "x", "published_deploy": deploy }))
            }
            ("GET", ["api", "sites", _, "files"]) => {
                let files = self.published.map(|id| &self.deploys[id].1).into_iter().flatten();
                said(files.map(|(path, sha)| json!({ "id": path, "path": path, "sha": sha })).collect())
            }
            ("POST", ["api", "sites", _, "deploys"]) => {
                let body: Value = serde_json::from_slice(&asked.body).unwrap();
                let files: BTreeMap<String, String> = serde_json::from_value(body["files"].clone()).unwrap();
                assert!(files.keys().all(|path| path.starts_with('/')), "{files:?}");
                let title = asked.query.trim_start_matches("title=").to_string();
                self.deploys.push((title, files, 0));
                let id = self.deploys.len() - 1;
                if body["async"] == json!(true) {
                    return said(json!({ "id": format!("d{id}"), "state": "preparing" }));
                }
                said(json!({ "id": format!("d{id}"), "state": "uploading", "required": self.missing(id) }))
            }
            ("GET", ["api", "sites", _, "deploys", id]) => {
                let id: usize = id[1..].parse().unwrap();
                self.deploys[id].2 += 1;
                let missing = self.missing(id);
                let state = match (self.deploys[id].2, missing.is_empty()) {
                    (1, _) => "preparing",
                    (_, false) => "prepared",
                    (_, true) => "ready",
                };
                let answer = said(json!({ "id": format!("d{id}"), "state": state, "required": missing }));
                if state == "ready" && !self.is_locked {
                    self.published = Some(id);
                }
                answer
            }
            ("PUT", ["api", "deploys", id, "files", path]) => {
                let sha: String = Sha1::digest(&asked.body).iter().map(|byte| format!("{byte:02x}")).collect();
                let id: usize = id[1..].parse().unwrap();
                assert_eq!(self.deploys[id].1.get(&format!("/{path}")), Some(&sha), "{path}");
                self.uploads.push(path.to_string());
                self.blobs.insert(sha, asked.body.clone());
                said(json!({ "path": path }))
            }
            _ => panic!("{} {}", asked.method, asked.path),
        }
    }

    /// The website that visitors see.
    fn visible(&self) -> BTreeMap<String, Vec<u8>> {
        let files = self.published.map(|id| &self.deploys[id].1).into_iter().flatten();
        files.map(|(path, sha)| (path[1..].to_string(), self.blobs[sha].clone())).collect()
    }
}

/// A site, and Netlify's stand-in.
struct Setting {
    folder: Folder,
    kept: Arc<Mutex<Kept>>,
    host: Host,
}

impl Setting {
    fn new(name: &str) -> Setting {
        let folder = Folder::new(name);
        new_site(&folder, "{ to: netlify, site: quiet.netlify.app }");
        let kept: Arc<Mutex<Kept>> = Arc::default();
        let shared = Arc::clone(&kept);
        let host = Host::start(None, move |asked| shared.lock().unwrap().answer(asked));
        Setting { folder, kept, host }
    }

    fn publish_as(&self, token: Option<&str>, args: &[&str]) -> (i32, String) {
        let servers = Servers { ssh: None, ftp: None };
        let mut command = command(&self.folder, &servers, &[&["publish", "--today", "2026-11-29"], args].concat());
        command
            .env("ANTEROOM_NETLIFY_API", format!("http://{}/api", self.host.address))
            .env_remove("NETLIFY_AUTH_TOKEN");
        if let Some(token) = token {
            command.env("NETLIFY_AUTH_TOKEN", token);
        }
        let output = command.output().unwrap();
        let told = said(&output);
        assert!(!told.contains("nfp_"), "{told}");
        (output.status.code().unwrap_or(-1), told)
    }

    fn publish(&self, args: &[&str]) -> String {
        let (status, told) = self.publish_as(Some(TOKEN), args);
        assert_eq!(status, 0, "{args:?}\n{told}");
        told
    }

    fn uploads(&self) -> Vec<String> {
        std::mem::take(&mut self.kept.lock().unwrap().uploads)
    }

    fn visible(&self) -> BTreeMap<String, Vec<u8>> {
        self.kept.lock().unwrap().visible()
    }

    fn built(&self) -> BTreeMap<String, Vec<u8>> {
        super::all(&self.folder.path().join("site/public"))
    }
}

#[test]
fn only_what_netlify_has_not_got_is_sent_and_one_comes_back() {
    let setting = Setting::new("publish-netlify");
    assert!(setting.publish(&["--dry-run"]).contains("Nothing was sent"));
    assert!(setting.visible().is_empty());
    setting.publish(&[]);
    let first = setting.visible();
    assert!(first == setting.built(), "{:?}", first.keys());
    let contents: BTreeSet<&Vec<u8>> = first.values().collect();
    assert_eq!(setting.uploads().len(), contents.len());
    assert!(setting.publish(&[]).contains("up to date"));
    append(&setting.folder, "contact.md", "\nI answer on Mondays.\n");
    append(&setting.folder, "größe.md", "---\ntitle: Size\nslug: size\n---\nWords.\n");
    fs::remove_file(setting.folder.path().join("site/content/fees.md")).unwrap();
    let told = setting.publish(&["--dry-run"]);
    assert!(told.contains("    + I answer on Mondays.") && told.contains("Pages that go:\n  /fees/"), "{told}");
    setting.publish(&[]);
    let sent = setting.uploads();
    assert!(sent.contains(&"contact/index.html".to_string()) && sent.len() < contents.len(), "{sent:?}");
    assert!(setting.visible() == setting.built() && !setting.visible().contains_key("fees/index.html"));
    setting.publish(&["--undo"]);
    assert!(setting.visible() == first);
    // Netlify has it all still.
    assert!(setting.uploads().is_empty());
}

#[test]
fn a_large_site_is_looked_through_before_it_is_sent() {
    let setting = Setting::new("publish-netlify-large");
    for page in 0..60 {
        append(
            &setting.folder,
            &format!("page-{page}.md"),
            &format!("---\ntitle: Page {page}\n---\nWords of {page}.\n"),
        );
    }
    append(&setting.folder, "files/a b, ü.pdf", "%PDF-1.4");
    setting.publish(&[]);
    assert!(setting.built().len() > 60 && setting.visible() == setting.built());
}

#[test]
fn what_netlify_refuses_is_told_and_visitors_see_the_former_website() {
    let setting = Setting::new("publish-netlify-faults");
    let failing = |words: &str, token: Option<&str>| {
        let (status, told) = setting.publish_as(token, &[]);
        assert!(status == 2 && told.contains(words) && told.contains("help: "), "{words}: {told}");
    };
    failing("nobody is here to type it", None);
    failing("Netlify doesn't let you in", Some("nfp_wrong"));
    // Somebody else's website in that place.
    {
        let mut kept = setting.kept.lock().unwrap();
        kept.blobs.insert("aa".to_string(), b"theirs".to_vec());
        let files =
            [("/index.html", "aa"), ("/theirs.txt", "aa")].map(|(path, sha)| (path.to_string(), sha.to_string()));
        kept.deploys.push(("Their own".to_string(), files.into(), 0));
        kept.published = Some(0);
    }
    failing("there's a website in that place already", Some(TOKEN));
    assert_eq!(setting.visible().len(), 2);
    // Cut off midway, nobody sees a half, and the next run goes on.
    setting.kept.lock().unwrap().fails_after = Some((3, 404));
    let (status, told) = setting.publish_as(Some(TOKEN), &["--replace"]);
    assert!(status == 2 && told.contains("Netlify knows no project"), "{told}");
    setting.kept.lock().unwrap().fails_after = None;
    assert_eq!(setting.visible().len(), 2);
    setting.publish(&["--replace"]);
    let mut there = setting.visible();
    assert_eq!(there.remove("theirs.txt").as_deref(), Some(&b"theirs"[..]));
    assert!(there == setting.built());
    setting.kept.lock().unwrap().is_locked = true;
    append(&setting.folder, "contact.md", "\nI answer on Mondays.\n");
    failing("goes on showing the former one", Some(TOKEN));
    let practice = setting.folder.path().join("site/content/practice.yaml");
    let text = fs::read_to_string(&practice).unwrap();
    for (site, words) in
        [("other.netlify.app", "knows no project other.netlify.app"), ("../users", "can't be a project at Netlify")]
    {
        fs::write(&practice, text.replace("quiet.netlify.app", site)).unwrap();
        failing(words, Some(TOKEN));
    }
    fs::write(&practice, text.replace(", site: quiet.netlify.app", "")).unwrap();
    failing("doesn't say `site`", Some(TOKEN));
    // Without the ending, or as an address, it's the same project.
    for site in ["quiet", "\"https://quiet.netlify.app/\""] {
        setting.kept.lock().unwrap().is_locked = false;
        fs::write(&practice, text.replace("quiet.netlify.app", site)).unwrap();
        setting.publish(&[]);
    }
}
