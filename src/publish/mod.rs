//! A finished website on its way to where visitors find it.
//!
//! Owns what has to travel and in which order, so that nobody ever meets a page without its style sheet or a link to nothing, and so that
//! an upload that was cut off anywhere is completed by the next. How files travel is a file here for each way.

#![expect(
    clippy::disallowed_methods,
    reason = "this is an edge: it reads what is published and writes to the far side"
)]

mod address;
mod certificate;
mod folder;
mod ftp;
mod ftp_answers;
mod git;
mod lock;
mod netlify;
mod rsync;
mod secret;
mod sftp;
mod ssh;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::document::model::{Publish, PublishTo};

pub use lock::Lock;

/// The file on the far side that names what is ours.
pub const MANIFEST: &str = ".anteroom-published.json";

/// What went wrong, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What went wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { message: message.into(), help: help.into() }
    }
}

/// Files by their paths in the website, each with the hash of what it holds; none where that isn't known.
pub type Files = BTreeMap<String, Option<String>>;

/// What is known of the far side.
#[derive(Serialize, Deserialize, Default, Clone, PartialEq, Eq, Debug)]
pub struct Manifest {
    /// The form of this file.
    version: u32,
    /// What Anteroom put there.
    pub files: Files,
}

impl Manifest {
    /// Reads one; a broken one knows nothing, so that everything travels again.
    pub fn read(bytes: &[u8]) -> Manifest {
        let read: Manifest = serde_json::from_slice(bytes).unwrap_or_default();
        let files = read.files.into_iter().filter(|(path, _)| is_inside(path)).collect();
        Manifest { version: 1, files }
    }

    fn of(files: Files) -> Manifest {
        Manifest { version: 1, files }
    }

    fn bytes(&self) -> Vec<u8> {
        // Texts and texts: nothing that JSON can't hold.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Whether a path stays in the website: the far side may have been edited by anybody.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.chars().any(char::is_control)
        && !path.contains('\\')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// What has to travel, in this order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Plan {
    /// What pages need: style sheets, pictures, fonts, files.
    pub assets: Vec<String>,
    /// Pages that aren't there yet.
    pub new_pages: Vec<String>,
    /// Pages that change, and what leads to pages: feeds, the sitemap, redirects.
    pub changed_pages: Vec<String>,
    /// Pages that go; then what only they needed.
    pub gone: Vec<String>,
}

impl Plan {
    /// What differs between here and there.
    pub fn of(here: &Files, there: &Files) -> Plan {
        let mut plan = Plan::default();
        for (path, hash) in here {
            let known = there.get(path);
            if known.is_some_and(|there| there.is_some() && there == hash) {
                continue;
            }
            match (is_page(path), leads_to_pages(path), known) {
                (true, _, None) => plan.new_pages.push(path.clone()),
                (true, _, Some(_)) | (_, true, _) => plan.changed_pages.push(path.clone()),
                (false, false, _) => plan.assets.push(path.clone()),
            }
        }
        plan.gone = there.keys().filter(|path| !here.contains_key(*path)).cloned().collect();
        plan.gone.sort_by_key(|path| !is_page(path));
        plan
    }

    /// Whether there's nothing to do.
    pub fn is_empty(&self) -> bool {
        *self == Plan::default()
    }

    /// How many files travel.
    pub fn len(&self) -> usize {
        self.assets.len() + self.new_pages.len() + self.changed_pages.len()
    }
}

/// Whether a file is a page.
pub fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Whether a file names pages for programs: it goes when they're there.
fn leads_to_pages(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.ends_with(".xml") || matches!(name, "_redirects" | "_headers" | ".htaccess" | "robots.txt")
}

/// The far side.
pub trait Far {
    /// The hash by which a file's content is compared.
    fn hash(&self, bytes: &[u8]) -> String {
        blake3::hash(bytes).to_hex().to_string()
    }

    /// What Anteroom put there; `None` where it never did.
    ///
    /// # Errors
    /// Where the far side can't be reached.
    fn manifest(&mut self) -> Result<Option<Manifest>, Fault>;

    /// Whether a file is there already, whoever put it there.
    ///
    /// # Errors
    /// Where the far side can't be reached.
    fn has(&mut self, path: &str) -> Result<bool, Fault>;

    /// What a file there holds, whoever put it there; `None` where it can't be read, or the way has no reading.
    fn read(&mut self, _path: &str) -> Option<Vec<u8>> {
        None
    }

    /// Puts files of a folder there, each whole or not at all.
    ///
    /// # Errors
    /// Where one of them can't be written.
    fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault>;

    /// Takes files away. One that isn't there any more is no fault.
    ///
    /// # Errors
    /// Where one of them can't be removed.
    fn remove(&mut self, paths: &[String]) -> Result<(), Fault>;

    /// Notes what is there.
    ///
    /// # Errors
    /// Where it can't be written.
    fn note(&mut self, manifest: &[u8]) -> Result<(), Fault>;

    /// Makes everything visible that was put there, where that's one step.
    ///
    /// # Errors
    /// Where the far side refuses.
    fn finish(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// The way to the far side that practice.yaml names. `kept` is a folder of the program's own in the site; programs that send hold `lock`.
///
/// # Errors
/// Where something is missing that the way needs, or a value can't be used.
pub fn far(publish: &Publish, site: &Path, kept: &Path, lock: Rc<Lock>) -> Result<Box<dyn Far>, Fault> {
    match publish.to {
        PublishTo::Folder => Ok(Box::new(folder::Folder::new(publish, site)?)),
        PublishTo::Ftps => Ok(Box::new(ftp::Ftp::new(publish, true)?)),
        PublishTo::Ftp => Ok(Box::new(ftp::Ftp::new(publish, false)?)),
        PublishTo::Sftp => Ok(Box::new(sftp::Sftp::new(publish, kept, lock)?)),
        PublishTo::Rsync => Ok(Box::new(rsync::Rsync::new(publish, site, kept, lock)?)),
        PublishTo::Netlify => Ok(Box::new(netlify::Netlify::new(publish)?)),
        PublishTo::Git => Ok(Box::new(git::Git::new(publish, site, kept)?)),
    }
}

/// Whether a server, an account and a folder can be what they're said to be.
///
/// # Errors
/// Where one of them can't.
pub fn address(publish: &Publish) -> Result<(), Fault> {
    address::Address::of(publish).map(|_| ())
}

/// Whether the system's `ssh` will be called, which may ask things itself.
pub fn calls_ssh(way: &Publish) -> bool {
    matches!(way.to, PublishTo::Sftp | PublishTo::Rsync) && way.host.is_some()
}

/// Sends what differs, in the order of the plan. What is about to be sent is noted first: where the upload is cut off, the next one
/// knows whose files these are.
///
/// # Errors
/// Where the far side refuses something; what was sent before stays, and nothing was taken away.
pub fn send(far: &mut dyn Far, root: &Path, here: &Files, there: &Files, plan: &Plan) -> Result<(), Fault> {
    let mut during = there.clone();
    // Of what goes, too, nobody knows whether it's there still: another run may want it back as it was.
    for path in plan.assets.iter().chain(&plan.new_pages).chain(&plan.changed_pages).chain(&plan.gone) {
        during.insert(path.clone(), None);
    }
    far.note(&Manifest::of(during).bytes())?;
    for paths in [&plan.assets, &plan.new_pages, &plan.changed_pages] {
        if !paths.is_empty() {
            far.put(root, paths)?;
        }
    }
    if !plan.gone.is_empty() {
        far.remove(&plan.gone)?;
    }
    far.note(&Manifest::of(here.clone()).bytes())?;
    far.finish()
}

/// A program of the system's that isn't there.
fn without(program: &str, error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::NotFound => Fault::new(
            format!("the program `{program}` isn't on this computer"),
            "install it, or choose another way in `publish:` of practice.yaml",
        ),
        _ => Fault::new(format!("`{program}` can't be started: {error}"), "try again"),
    }
}

/// A field that a way needs.
fn needed<'a>(value: Option<&'a String>, field: &str, example: &str) -> Result<&'a str, Fault> {
    value.map(String::as_str).filter(|value| !value.trim().is_empty()).ok_or_else(|| {
        Fault::new(
            format!("practice.yaml doesn't say `{field}` under `publish:`"),
            format!("add it: `{field}: {example}`"),
        )
    })
}

/// The name under which a file travels until it's whole.
fn aside(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/.{name}.anteroom-part"),
        None => format!(".{path}.anteroom-part"),
    }
}

/// A path below the site's folder, or anywhere else if it begins at the root.
fn below(site: &Path, folder: &str) -> PathBuf {
    site.join(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> Files {
        all.iter()
            .map(|(path, hash)| (path.to_string(), Some(hash.to_string()).filter(|hash| !hash.is_empty())))
            .collect()
    }

    #[test]
    fn what_pages_need_goes_first_and_what_went_last() {
        let here = files(&[
            ("index.html", "2"),
            ("new/index.html", "1"),
            ("style.css", "2"),
            ("same.css", "1"),
            ("sitemap.xml", "2"),
        ]);
        let there = files(&[
            ("index.html", "1"),
            ("same.css", "1"),
            ("old.css", "1"),
            ("old/index.html", "1"),
            ("sitemap.xml", "1"),
        ]);
        let plan = Plan::of(&here, &there);
        assert_eq!(plan.assets, ["style.css"]);
        assert_eq!(plan.new_pages, ["new/index.html"]);
        assert_eq!(plan.changed_pages, ["index.html", "sitemap.xml"]);
        assert_eq!(plan.gone, ["old/index.html", "old.css"]);
        // What an upload that was cut off left behind is sent again.
        assert_eq!(Plan::of(&here, &files(&[("same.css", "")])).assets, ["same.css", "style.css"]);
        assert!(Plan::of(&here, &here).is_empty());
    }

    /// A far side that breaks off at its so-many-eth step.
    #[derive(Default)]
    struct Breaking {
        files: Files,
        noted: Files,
        steps_left: usize,
    }

    impl Breaking {
        fn step(&mut self) -> Result<(), Fault> {
            self.steps_left = self.steps_left.checked_sub(1).ok_or_else(|| Fault::new("it broke off", "try again"))?;
            Ok(())
        }
    }

    impl Far for Breaking {
        fn manifest(&mut self) -> Result<Option<Manifest>, Fault> {
            Ok(Some(Manifest::of(self.noted.clone())))
        }

        fn has(&mut self, path: &str) -> Result<bool, Fault> {
            Ok(self.files.contains_key(path))
        }

        fn put(&mut self, root: &Path, paths: &[String]) -> Result<(), Fault> {
            for path in paths {
                self.step()?;
                self.files.insert(path.clone(), Some(root.display().to_string()));
            }
            Ok(())
        }

        fn remove(&mut self, paths: &[String]) -> Result<(), Fault> {
            for path in paths {
                self.step()?;
                self.files.remove(path);
            }
            Ok(())
        }

        fn note(&mut self, manifest: &[u8]) -> Result<(), Fault> {
            self.step()?;
            self.noted = Manifest::read(manifest).files;
            Ok(())
        }
    }

    #[test]
    fn cut_off_after_any_step_the_next_run_completes_even_back_to_what_was() {
        // Here the root is what each file holds.
        let one = files(&[("a.css", "1"), ("index.html", "1"), ("old/index.html", "1")]);
        let two = files(&[("b.css", "2"), ("index.html", "2"), ("new/index.html", "2")]);
        for steps in 0..12 {
            for next in [(&one, "1"), (&two, "2")] {
                let mut far = Breaking { files: one.clone(), noted: one.clone(), steps_left: steps };
                let there = far.noted.clone();
                let _ = send(&mut far, Path::new("2"), &two, &there, &Plan::of(&two, &there));
                far.steps_left = usize::MAX;
                let there = far.noted.clone();
                send(&mut far, Path::new(next.1), next.0, &there, &Plan::of(next.0, &there)).unwrap();
                assert_eq!((&far.files, &far.noted), (next.0, next.0), "{steps} {}", next.1);
            }
        }
    }

    #[test]
    fn a_manifest_that_leads_out_is_not_believed() {
        let read = Manifest::read(br#"{"version":1,"files":{"../../etc/passwd":"1","/a":"1","a/../b":"1","a\u0000":"1","fine/index.html":"1"}}"#);
        assert_eq!(read.files.keys().collect::<Vec<_>>(), ["fine/index.html"]);
        assert!(Manifest::read(b"nonsense").files.is_empty());
    }
}
