//! What the stages read: a site's files as values.
//!
//! Owns the path of a file inside a site and the set of all files. Reads nothing itself: `disk::read`
//! fills a [`Sources`], tests write one by hand.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::picture::Facts;

/// The path of a file inside a site: relative to its root, parts separated by `/`, without `.`,
/// `..`, empty parts or a leading slash. A path that would climb out of the site cannot be made.
///
/// One name can be spelt in several ways: macOS writes `ä` as `a` and two dots, keyboards as one letter. A path is
/// compared, and written, in the composed form (Unicode Normalization Form C); how the disk spells it is kept beside.
#[derive(Clone)]
pub struct SourcePath {
    text: Arc<str>,
    /// Where the disk spells it differently.
    on_disk: Option<Arc<str>>,
}

impl PartialEq for SourcePath {
    fn eq(&self, other: &SourcePath) -> bool {
        self.text == other.text
    }
}

impl Eq for SourcePath {}

impl PartialOrd for SourcePath {
    fn partial_cmp(&self, other: &SourcePath) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourcePath {
    fn cmp(&self, other: &SourcePath) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for SourcePath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl SourcePath {
    /// Normalises `text` (`.` and `..` are resolved, `\` counts as `/`); `None` where nothing is left
    /// or the path leaves the site.
    pub fn new(text: &str) -> Option<SourcePath> {
        let mut parts: Vec<&str> = Vec::new();
        for part in text.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                _ => parts.push(part),
            }
        }
        if parts.is_empty() {
            return None;
        }
        let spelt = parts.join("/");
        Some(match composed(&spelt) {
            Cow::Borrowed(_) => SourcePath { text: spelt.into(), on_disk: None },
            Cow::Owned(text) => SourcePath { text: text.into(), on_disk: Some(spelt.into()) },
        })
    }

    /// The path as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path as the disk spells it: for opening the file, nothing else.
    pub fn on_disk(&self) -> &str {
        self.on_disk.as_deref().unwrap_or(&self.text)
    }

    /// The last part: `grief.md` of `content/services/grief.md`.
    pub fn file_name(&self) -> &str {
        self.text.rsplit('/').next().unwrap_or(&self.text)
    }

    /// The file name without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rfind('.').filter(|&dot| dot > 0).map_or(name, |dot| &name[..dot])
    }

    /// Whether the file lies in one of the two folders of which everything is published, unchanged.
    pub fn is_published_as_it_is(&self) -> bool {
        self.inside("content/static").is_some() || self.inside("content/files").is_some()
    }

    /// The last extension in lower case, empty where there is none.
    pub fn extension(&self) -> String {
        let name = self.file_name();
        name.rfind('.').filter(|&dot| dot > 0).map_or(String::new(), |dot| name[dot + 1..].to_ascii_lowercase())
    }

    /// The folder that holds the file, without a slash at its end; empty at the site's root.
    pub fn folder(&self) -> &str {
        self.text.rfind('/').map_or("", |slash| &self.text[..slash])
    }

    /// The rest of the path inside `folder`, if the file lies in it at any depth.
    pub fn inside(&self, folder: &str) -> Option<&str> {
        self.text.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A name in the form in which names are compared.
pub fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// A file whose bytes no stage reads: a picture, a download, a file of the host's. They stay on the disk until they are
/// copied, or until a picture's files are made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// Length in bytes.
    pub len: u64,
    /// BLAKE3 of the content.
    pub hash: [u8; 32],
    /// For pictures: what they are, `Err` with the reason where they cannot be shown.
    pub picture: Option<Result<Facts, String>>,
}

/// The bytes of a file that a stage reads, shared by everything that is made from them.
#[derive(Clone, Debug)]
pub struct Text(Arc<[u8]>);

impl Deref for Text {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        // A file that has not changed is shared from one look at a site to the next.
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: Into<Arc<[u8]>>> From<T> for Text {
    fn from(bytes: T) -> Text {
        Text(bytes.into())
    }
}

/// What a file holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// A file that a stage reads: markdown, YAML, a template, a style sheet.
    Text(Text),
    /// Any other file.
    Asset(Asset),
}

/// Why a file or a folder could not become part of [`Sources`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The system's message.
    Unreadable(String),
    /// A symbolic link that leads out of the site, in a circle or nowhere.
    BadLink(String),
    /// A name that is not UTF-8.
    BadName,
    /// A name that differs from another file's only in how its letters are spelt.
    SameName,
    /// More bytes than a text file may have.
    TooLarge(u64),
}

/// Every file of a site.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    /// Path to content, sorted.
    pub files: BTreeMap<SourcePath, Content>,
    /// What could not be read, sorted by path.
    pub troubles: Vec<(SourcePath, Trouble)>,
}

impl Sources {
    /// The bytes of a text file.
    pub fn text(&self, path: &SourcePath) -> Option<&Text> {
        match self.files.get(path)? {
            Content::Text(bytes) => Some(bytes),
            Content::Asset(_) => None,
        }
    }

    /// Adds or replaces a text file; for tests and generated specimens.
    pub fn insert_text(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        if let Some(path) = SourcePath::new(path) {
            self.files.insert(path, Content::Text(Text::from(text.into())));
        }
    }

    /// Adds or replaces a file that is no text; for tests.
    pub fn insert_asset(&mut self, path: &str, asset: Asset) {
        if let Some(path) = SourcePath::new(path) {
            self.files.insert(path, Content::Asset(asset));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalised_and_confined() {
        let text = |path: &str| SourcePath::new(path).map(|p| p.to_string());
        assert_eq!(text("content/./a//b.md").as_deref(), Some("content/a/b.md"));
        assert_eq!(text("content\\services\\..\\x.md").as_deref(), Some("content/x.md"));
        assert_eq!(text("content/../../etc/passwd"), None);
        assert_eq!(text("/.."), None);
        assert_eq!(text(""), None);
    }

    #[test]
    fn a_name_is_the_same_in_every_form_of_unicode() {
        let (one, two) =
            (SourcePath::new("content/R\u{e4}ume.jpg").unwrap(), SourcePath::new("content/Ra\u{308}ume.jpg").unwrap());
        assert_eq!(one, two);
        assert_eq!(two.as_str(), "content/R\u{e4}ume.jpg");
        assert_eq!((one.on_disk(), two.on_disk()), ("content/R\u{e4}ume.jpg", "content/Ra\u{308}ume.jpg"));
    }

    #[test]
    fn parts_of_a_path() {
        let path = SourcePath::new("content/resources/x/figure.one.SVG").unwrap();
        assert_eq!((path.stem(), path.extension().as_str()), ("figure.one", "svg"));
        assert_eq!(path.folder(), "content/resources/x");
        assert_eq!(path.inside("content"), Some("resources/x/figure.one.SVG"));
        assert_eq!(path.inside("cont"), None);
    }
}
