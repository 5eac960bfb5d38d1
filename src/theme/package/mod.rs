//! A theme as it's handed on: the files that make it up, its name, and one hash of all of them.
//!
//! Owns which files of a folder or an archive are the theme's, and that none of them can lie anywhere else. Whether it is a
//! good theme is told by building with it. Reads and writes no files.

pub mod archive;
mod origin;

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::manifest;
use crate::source::SourcePath;
pub use origin::{FILE, Origin, Origins};

/// Files as they lie in a folder or an archive, with `/` in their paths.
pub type Files = Vec<(String, Vec<u8>)>;

/// Files of a theme that is handed on.
pub const MOST_FILES: usize = 2_000;
/// All its files together, in bytes.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Folders of a theme.
const FOLDERS: [&str; 4] = ["templates", "assets", "locales", "sections"];
/// What it says of itself to people, whatever it's written in.
const TEXTS: [&str; 5] = ["readme", "licence", "license", "changelog", "copying"];

/// A theme that is handed on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Package {
    /// Its name, which is that of its folder.
    pub name: String,
    /// Its files, by their paths in the theme's folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Files that are no part of a theme.
    pub left_out: Vec<String>,
}

/// Why something is no theme: what is wrong, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Refusal {
    /// A refusal.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), help: help.into() }
    }
}

/// What is told of a folder or an archive that is too large for a theme.
pub fn too_much() -> Refusal {
    let message = format!("it's larger than a theme can be: {MOST_FILES} files, or {} MB", MOST_BYTES / 1024 / 1024);
    Refusal::new(message, "look for files that aren't the theme's, or make its pictures smaller")
}

/// Finds the theme among files: at the top, in the one folder that has a theme.yaml, or the one that is asked for.
///
/// # Errors
/// Where there's no theme or more than one, or a file would lie outside of the theme's folder.
pub fn find(files: Files, wanted: Option<&str>) -> Result<Package, Refusal> {
    let mut all = BTreeMap::new();
    let mut small = BTreeMap::new();
    for (path, bytes) in files {
        let path = confined(&path)?;
        // Two names of one file, where a system knows no difference between small and large letters.
        if let Some(other) = small.insert(path.to_lowercase(), path.clone()) {
            let help = "rename one of them, since not every computer can have both";
            return Err(Refusal::new(format!("two files have the same name: `{other}` and `{path}`"), help));
        }
        all.insert(path, bytes);
    }
    let roots: Vec<String> = all
        .keys()
        .filter(|path| !is_hidden(path))
        .filter_map(|path| path.strip_suffix(manifest::FILE).filter(|root| root.is_empty() || root.ends_with('/')))
        .map(str::to_string)
        .collect();
    let named: Vec<(String, String)> =
        roots.into_iter().map(|root| (name_of(&all[&format!("{root}{}", manifest::FILE)], &root), root)).collect();
    let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    let found = match (wanted, named.as_slice()) {
        (Some(wanted), all) => all.iter().find(|(name, _)| name == wanted).ok_or_else(|| {
            Refusal::new(format!("there's no theme `{wanted}` in it"), format!("its themes are: {}", names.join(", ")))
        })?,
        (None, [one]) => one,
        (None, []) => {
            let help = "a theme is a folder with a file theme.yaml, and so is an archive of one";
            return Err(Refusal::new("there's no theme in it", help));
        }
        (None, _) => {
            let help = format!("say which one with `--theme NAME`: {}", names.join(", "));
            return Err(Refusal::new("there's more than one theme in it", help));
        }
    };
    let (name, root) = found.clone();
    if !is_name(&name) {
        let help = "a theme's name has only small letters, digits and hyphens; ask its maker, or change `name` in its theme.yaml";
        return Err(Refusal::new(format!("`{name}` can't be a theme's name"), help));
    }
    let mut package = Package { name, files: BTreeMap::new(), left_out: Vec::new() };
    for (path, bytes) in all {
        let Some(inside) = path.strip_prefix(&root) else { continue };
        match is_part(inside) {
            _ if is_hidden(inside) => {}
            true => {
                package.files.insert(inside.to_string(), bytes);
            }
            false => package.left_out.push(inside.to_string()),
        }
    }
    Ok(package)
}

impl Package {
    /// The hash of all files and their paths: 64 digits that two themes share only if they're the same.
    pub fn hash(&self) -> String {
        hash(self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
    }

    /// The lines of the script that visitors' browsers run; none where it has none.
    pub fn script_lines(&self) -> Option<usize> {
        let script = self.files.get(super::styles::SCRIPT)?;
        Some(script.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count())
    }
}

/// The hash of a theme's files, in whichever order they come.
pub fn hash<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let files: BTreeMap<&str, &[u8]> = files.filter(|(path, _)| is_part(path) && !is_hidden(path)).collect();
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// Whether a name can be a theme's, and so a folder's on every system.
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 60
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !matches!(name, "base" | "site")
}

/// A path as it stays inside of its folder.
fn confined(path: &str) -> Result<String, Refusal> {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let is_confined =
        !parts.iter().any(|part| part.is_empty() || matches!(*part, "." | "..") || part.contains([':', '\0']));
    match SourcePath::new(path) {
        Some(normal) if is_confined => Ok(normal.as_str().to_string()),
        _ => {
            let help = "don't use it; no honest theme has such a file";
            Err(Refusal::new(format!("the file `{path}` would lie outside of the theme's folder"), help))
        }
    }
}

/// Files of a system or of tools, which nobody means to hand on.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || matches!(part, "__MACOSX" | "node_modules" | "Thumbs.db" | "desktop.ini"))
}

/// Whether a file is part of a theme.
fn is_part(path: &str) -> bool {
    match path.split_once('/') {
        Some((folder, _)) => FOLDERS.contains(&folder),
        None => {
            let stem = path.split(['.', '-']).next().unwrap_or(path).to_lowercase();
            path == manifest::FILE || TEXTS.contains(&stem.as_str())
        }
    }
}

/// The name in a theme.yaml; where it can't be read, that of its folder.
fn name_of(text: &[u8], root: &str) -> String {
    let value: Option<Value> = serde_yaml::from_slice(text).ok();
    let name = value.as_ref().and_then(|value| value.get("name")?.as_str()).map(str::to_string);
    name.unwrap_or_else(|| {
        root.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("theme").to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Files {
        paths.iter().map(|path| (path.to_string(), b"name: gentle\n".to_vec())).collect()
    }

    #[test]
    fn a_theme_is_found_at_the_top_or_in_a_folder() {
        for root in ["", "gentle-main/", "x/themes/gentle/"] {
            let paths = [
                "theme.yaml",
                "assets/theme.css",
                "templates/page.html",
                "README.md",
                "LICENSE-MIT",
                "package.json",
                ".git/x",
                "assets/.DS_Store",
            ];
            let paths: Vec<String> = paths.iter().map(|path| format!("{root}{path}")).collect();
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let package = find(files(&paths), None).expect("a theme");
            assert_eq!(package.name, "gentle");
            let names: Vec<&str> = package.files.keys().map(String::as_str).collect();
            assert_eq!(
                names,
                ["LICENSE-MIT", "README.md", "assets/theme.css", "templates/page.html", "theme.yaml"],
                "{root}"
            );
            assert_eq!(package.left_out, ["package.json"]);
        }
    }

    #[test]
    fn what_would_lie_elsewhere_is_refused() {
        for path in [
            "../x.css",
            "assets/../../x",
            "/etc/passwd",
            "C:/x",
            "assets\\..\\..\\x",
            "a//b",
            "assets/x:y",
            "assets/./x",
        ] {
            let refusal = find(files(&["theme.yaml", path]), None).expect_err(path);
            assert!(refusal.message.contains("outside"), "{path}: {}", refusal.message);
        }
        assert!(find(files(&["theme.yaml", "assets/A.css", "assets/a.css"]), None).is_err());
    }

    #[test]
    fn one_of_several_is_asked_for() {
        let mut all = files(&["a/theme.yaml"]);
        all.push(("b/theme.yaml".into(), b"name: other\n".to_vec()));
        assert!(find(all.clone(), None).expect_err("two").help.contains("gentle, other"));
        assert_eq!(find(all.clone(), Some("other")).expect("there").name, "other");
        assert!(find(all, Some("third")).is_err());
        assert!(find(files(&["a.css"]), None).is_err());
        for name in ["../x", "Base", "base", "", "-a", "a b", "ä"] {
            let text = format!("name: {name:?}\n").into_bytes();
            assert!(find(vec![("theme.yaml".into(), text)], None).is_err(), "{name}");
        }
    }

    #[test]
    fn the_hash_is_of_paths_and_bytes() {
        let hash_of = |path: &str, text: &str| hash([(path, text.as_bytes())].into_iter());
        assert_eq!(hash_of("assets/a", "b"), hash_of("assets/a", "b"));
        assert_ne!(hash_of("assets/a", "b"), hash_of("assets/a", "c"));
        assert_ne!(hash_of("assets/a", "b"), hash_of("assets/ab", ""));
        assert_eq!(hash_of("other.txt", "b"), hash_of("other.txt", "c"));
    }
}
