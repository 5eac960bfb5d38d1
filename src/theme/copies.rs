//! Files of a theme that a site has copied into a folder of its own, to change them there.
//!
//! Owns the comment that a copy begins with, and what can be told by it when the program or the theme is a newer one: whether the
//! original is still what it was, and how the copy differs from what it is now. Writes nothing.

use similar::TextDiff;

use super::about::place;
use super::layers::{Layer, Layers};
use super::manifest;
use crate::diagnostic::Diagnostics;
use crate::document::DataFile;
use crate::document::model::Practice;
use crate::source::{SourcePath, Sources};

/// How many lines around a difference are shown.
const AROUND: usize = 3;
/// The comment is looked for in so many lines: people write their own above it.
const FIRST_LINES: usize = 20;
/// How many digits of the original's hash the comment holds.
const DIGITS: usize = 32;

/// A file that can be copied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Original {
    /// The theme that brings it.
    pub theme: String,
    /// Its path inside that theme.
    pub file: String,
    /// Which version it is: `Anteroom 0.1.0`, or that of a theme in the site's folder.
    version: String,
    bytes: Vec<u8>,
}

/// The file that a theme uses under a name, if the copy is to lie in `themes/{into}/`: what lies there already is no original.
///
/// # Errors
/// The paths of all files that can be copied, where there is none of this name; none where the theme cannot be read.
pub fn original(
    theme: &str,
    file: &str,
    into: &str,
    sources: &Sources,
    practice: &DataFile<Practice>,
    diagnostics: &mut Diagnostics,
) -> Result<Original, Vec<String>> {
    let layers = Layers::find(theme, sources, practice, true, diagnostics).ok_or_else(Vec::new)?;
    layers.named(file, |layer| !is_in(layer, into)).map(|found| Original::of(found.layer, found.path, found.bytes))
}

fn is_in(layer: &Layer, folder: &str) -> bool {
    layer.own && layer.theme == folder
}

impl Original {
    fn of(layer: &Layer, file: &str, bytes: &[u8]) -> Original {
        let version = match (layer.own, &layer.manifest) {
            (false, _) => format!("Anteroom {}", env!("CARGO_PKG_VERSION")),
            (true, Some(file)) => format!("{} {}", layer.theme, file.manifest.version),
            (true, None) => layer.theme.clone(),
        };
        Original { theme: layer.theme.clone(), file: file.to_string(), version, bytes: bytes.to_vec() }
    }

    /// Whether it says what its theme is, and so is of no use in another.
    pub fn is_manifest(&self) -> bool {
        self.file == manifest::FILE
    }

    /// The copy: the file below a comment that says where it comes from, if files of its kind have comments that no visitor is
    /// sent.
    pub fn copy(&self) -> Vec<u8> {
        let Some(comment) = self.comment() else { return self.bytes.clone() };
        [format!("{comment}\n").as_bytes(), &self.bytes].concat()
    }

    fn comment(&self) -> Option<String> {
        let (opens, closes) = comment_marks(&self.file)?;
        let Original { theme, file, version, bytes } = self;
        let hash = hash(bytes);
        Some(format!(
            "{opens} Copied from {theme}/{file} of {version}, blake3 {hash}. `anteroom theme diff` tells what has changed in \
             it since.{closes}"
        ))
    }
}

/// What a comment of one line begins and ends with. Pictures and fonts are published as they are, and get none.
fn comment_marks(file: &str) -> Option<(&'static str, &'static str)> {
    Some(match file.rsplit_once('.')?.1 {
        "html" | "xml" => ("{#-", " -#}"),
        "css" => ("/*", " */"),
        "js" => ("//", ""),
        "yaml" => ("#", ""),
        _ => return None,
    })
}

/// The hash of a file; of a text with the line ends that every system reads, since some write others.
fn hash(bytes: &[u8]) -> String {
    let hash = match std::str::from_utf8(bytes) {
        Ok(text) => blake3::hash(plain(text).as_bytes()),
        Err(_) => blake3::hash(bytes),
    };
    hash.to_hex()[..DIGITS].to_string()
}

fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// What the comment of a copy says.
struct Note<'a> {
    theme: &'a str,
    file: &'a str,
    hash: &'a str,
    /// The line that holds it, from 0.
    line: usize,
}

fn note(text: &str) -> Option<Note<'_>> {
    text.lines().take(FIRST_LINES).enumerate().find_map(|(line, words)| {
        let (_, rest) = words.split_once(" Copied from ")?;
        let (from, rest) = rest.split_once(" of ")?;
        let (theme, file) = from.split_once('/')?;
        let hash = rest.split_once(", blake3 ")?.1.get(..DIGITS)?;
        hash.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(Note { theme, file, hash, line })
    })
}

/// How a copy and its original stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The copy is what the original is: it could go.
    Same,
    /// The original is what it was when it was copied.
    Unchanged,
    /// The original has changed since.
    Changed,
    /// They differ; the file does not say what it was copied from, so nobody knows which of them has changed.
    Unknown,
    /// There is no such original any more.
    Gone,
}

/// A copy beside its original.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The copy.
    pub path: SourcePath,
    /// Its path inside its theme.
    pub file: String,
    /// What it is a copy of, as the comment names it.
    pub original: String,
    /// How they stand to each other.
    pub standing: Standing,
    /// The differences as a unified diff, from the original as it is now to the copy; none where either is no text.
    pub diff: Option<String>,
    /// The copy as it would be if its comment said that it was made of today's original; none where it has no comment.
    pub seen: Option<String>,
}

/// Compares the files of `themes/{theme}/` that are copies with what they were copied from; `None` where the theme cannot be
/// read. A file that does not say that it is one counts where it stands in front of another without building on it.
pub fn compare(
    theme: &str,
    sources: &Sources,
    practice: &DataFile<Practice>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Compared>> {
    let layers = Layers::find(theme, sources, practice, true, diagnostics)?;
    let (Some(own), behind) = (layers.0.first().filter(|layer| is_in(layer, theme)), layers.0.get(1..).unwrap_or(&[]))
    else {
        return Some(Vec::new());
    };
    let compared = own.files.iter().filter_map(|(file, bytes)| {
        let path = own.path(file)?;
        let text = own.text(file);
        let Some(note) = text.and_then(note) else {
            let shadowed = behind.iter().find_map(|layer| Some((layer, layer.files.get(file)?)));
            let (layer, original) = shadowed.filter(|_| is_whole(file, text, behind))?;
            return Some(beside(path, file, bytes, &Original::of(layer, file, original)));
        };
        // The theme that it was copied from need not be one that this theme builds on.
        let of = Layers::find(note.theme, sources, practice, true, &mut Diagnostics::default());
        let layers =
            of.iter().flat_map(|layers| &layers.0).filter(|layer| layer.theme == note.theme && !is_in(layer, theme));
        let found =
            layers.into_iter().find_map(|layer| Some(Original::of(layer, note.file, layer.files.get(note.file)?)));
        Some(match found {
            Some(original) => beside(path, file, bytes, &original),
            None => Compared {
                path,
                file: file.clone(),
                original: format!("{}/{}", note.theme, note.file),
                standing: Standing::Gone,
                diff: None,
                seen: None,
            },
        })
    });
    Some(compared.collect())
}

/// Whether a file replaces the one behind it whole: words and facts are merged, and templates and style sheets can build on those
/// that they stand in front of.
fn is_whole(file: &str, text: Option<&str>, behind: &[Layer]) -> bool {
    let Some((folder, name)) = file.split_once('/') else { return false };
    let builds_on = |layer: &Layer| {
        let name = format!("{}{name}", layer.prefix);
        text.is_some_and(|text| ['"', '\''].iter().any(|mark| text.contains(&format!("{mark}{name}{mark}"))))
    };
    matches!(folder, "templates" | "assets") && file != "assets/theme.css" && !behind.iter().any(builds_on)
}

fn beside(path: SourcePath, file: &str, copy: &[u8], original: &Original) -> Compared {
    let (copy_text, original_text) = (std::str::from_utf8(copy).ok(), std::str::from_utf8(&original.bytes).ok());
    let note = copy_text.and_then(note);
    let texts = copy_text.zip(original_text).map(|(copy, original)| {
        let lines = copy.split_inclusive('\n').enumerate();
        let body: String =
            lines.filter(|(at, _)| note.as_ref().is_none_or(|note| note.line != *at)).map(|(_, line)| line).collect();
        (plain(&body), plain(original))
    });
    let is_same = texts.as_ref().map_or(copy == original.bytes, |(copy, original)| copy == original);
    let standing = match &note {
        _ if is_same => Standing::Same,
        Some(note) if note.hash.eq_ignore_ascii_case(&hash(&original.bytes)) => Standing::Unchanged,
        Some(_) => Standing::Changed,
        None => Standing::Unknown,
    };
    let named = format!("{}/{}", original.theme, original.file);
    let diff = texts.filter(|_| !is_same).map(|(copy, now)| {
        let diff = TextDiff::from_lines(&now, &copy);
        diff.unified_diff()
            .context_radius(AROUND)
            .header(&format!("{named} ({})", original.version), path.as_str())
            .to_string()
    });
    let seen = copy_text.zip(note).and_then(|(text, note)| {
        let comment = original.comment()?;
        let line = |(at, line): (usize, &str)| match at == note.line {
            true => format!("{comment}{}", &line[line.trim_end_matches(['\r', '\n']).len()..]),
            false => line.to_string(),
        };
        Some(text.split_inclusive('\n').enumerate().map(line).collect())
    });
    Compared { path, file: file.to_string(), original: named, standing, diff, seen }
}

/// Where a theme's copy of a file would stand, and in front of what.
pub fn in_front_of(
    original: &Original,
    layers_of: &str,
    sources: &Sources,
    practice: &DataFile<Practice>,
) -> Vec<String> {
    let layers = Layers::find(layers_of, sources, practice, true, &mut Diagnostics::default());
    let layers = layers.iter().flat_map(|layers| &layers.0).filter(|layer| !is_in(layer, layers_of));
    layers.filter(|layer| layer.files.contains_key(&original.file)).map(place).collect()
}
