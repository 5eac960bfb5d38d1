//! Where a theme's files are looked for.
//!
//! Owns the look-up order. The same relative path in an earlier layer wins:
//!
//! 1. the site's own `themes/NAME/`;
//! 2. the built-in theme NAME;
//! 3. the same two for the theme that NAME extends, and so on;
//! 4. the built-in `base`, which every theme stands on.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};

use super::manifest::{self, ManifestFile};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::DataFile;
use crate::document::model::Practice;
use crate::source::{Content, SourcePath, Sources};
use crate::yaml::Path;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The theme that every theme stands on.
pub const BASE: &str = "base";

/// The names of the built-in themes that can be chosen.
fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.dirs().filter_map(|dir| dir.path().to_str()).filter(|name| *name != BASE)
}

/// One folder of theme files.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// The theme's name.
    pub theme: String,
    /// What stands before its templates' names: `linen/`, or `site/linen/` where the site shadows files of
    /// a built-in theme of the same name.
    pub prefix: String,
    /// Its files by path inside the folder.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
    /// Whether it is the site's own folder, not inside the program.
    pub own: bool,
    /// Its theme.yaml, where it has one that can be used.
    pub manifest: Option<ManifestFile>,
}

impl Layer {
    /// The place of one of its files, for findings.
    pub fn path(&self, file: &str) -> Option<SourcePath> {
        SourcePath::new(&format!("themes/{}/{file}", self.theme))
    }

    /// Whether it has a theme.yaml that can't be used.
    fn is_unreadable(&self) -> bool {
        self.text(manifest::FILE).is_some() && self.manifest.is_none()
    }

    /// A file as text; `None` where there is none or it is not UTF-8.
    pub fn text(&self, file: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(file)?).ok()
    }
}

/// The layers of a theme, the first to look in first.
#[derive(Clone, Debug)]
pub(super) struct Layers(pub Vec<Layer>);

impl Layers {
    /// Follows a theme's `extends` down to `base`.
    pub fn find(
        name: &str,
        sources: &Sources,
        practice: &DataFile<Practice>,
        from_flag: bool,
        diagnostics: &mut Diagnostics,
    ) -> Option<Layers> {
        let mut layers: Vec<Layer> = Vec::new();
        let mut next = name.to_string();
        loop {
            let own = from_site(&next, sources, diagnostics);
            let built_in = from_program(&next, diagnostics);
            if own.is_none() && built_in.is_none() {
                diagnostics.push(unknown(&next, &layers, sources, practice, from_flag));
                return None;
            }
            // Without its theme.yaml nothing of a theme is what it should be. That is told, and no consequence of it.
            if own.iter().any(Layer::is_unreadable) {
                return None;
            }
            let manifest = own.iter().chain(&built_in).find_map(|layer| layer.manifest.as_ref());
            let parent = manifest.and_then(|file| file.manifest.extends.clone()).unwrap_or_else(|| BASE.to_string());
            layers.extend(own);
            layers.extend(built_in);
            if next == BASE {
                return Some(Layers(layers));
            }
            if layers.iter().any(|layer| layer.theme == parent) {
                let message = format!("the theme `{next}` extends `{parent}`, which extends it in turn");
                let mut finding = Diagnostic::new(&codes::THEME_CYCLE, message);
                if let Some(path) = SourcePath::new(&format!("themes/{next}/theme.yaml")) {
                    finding = finding.about(&path);
                }
                diagnostics.push(finding);
                return None;
            }
            next = parent;
        }
    }

    /// How wide pictures are shown, by the place: what each layer says, the first to look in last.
    pub fn sizes(&self) -> BTreeMap<String, String> {
        let manifests = self.0.iter().rev().filter_map(|layer| layer.manifest.as_ref());
        manifests.flat_map(|file| file.manifest.pictures.clone()).collect()
    }

    /// The file that wins for a path, and its layer.
    pub fn file(&self, path: &str) -> Option<(&Layer, &[u8])> {
        self.0.iter().find_map(|layer| layer.files.get(path).map(|bytes| (layer, bytes.as_ref())))
    }

    /// The first file of the layers that `which` picks that somebody can mean by a name: `templates/` or `assets/` may be left
    /// out of its path.
    ///
    /// # Errors
    /// The paths of all files of those layers, where none is meant.
    pub fn named(&self, name: &str, which: impl Fn(&Layer) -> bool) -> Result<Named<'_>, Vec<String>> {
        let picked = || self.0.iter().filter(|layer| which(layer));
        let name = name.trim_start_matches("./").replace('\\', "/");
        let paths = ["", "templates/", "assets/"].map(|folder| format!("{folder}{name}"));
        let found = paths.iter().find_map(|path| {
            let (layer, (path, bytes)) = picked().find_map(|layer| Some((layer, layer.files.get_key_value(path)?)))?;
            Some(Named { layer, path, bytes })
        });
        found.ok_or_else(|| {
            let all: BTreeSet<&String> = picked().flat_map(|layer| layer.files.keys()).collect();
            all.into_iter().cloned().collect()
        })
    }

    /// Every file of a folder with the given ending, the winning one for each path.
    pub fn in_folder(&self, folder: &str) -> BTreeMap<&str, (&Layer, &[u8])> {
        let mut found = BTreeMap::new();
        for layer in self.0.iter().rev() {
            for (path, bytes) in &layer.files {
                if path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')) {
                    found.insert(path.as_str(), (layer, bytes.as_ref()));
                }
            }
        }
        found
    }

    /// The text that would win if a layer's template were not there.
    pub fn shadowed_template(&self, name: &str) -> Option<&str> {
        let (at, rest) =
            self.0.iter().enumerate().find_map(|(at, layer)| Some((at, name.strip_prefix(&layer.prefix)?)))?;
        let file = format!("templates/{rest}");
        self.0[at + 1..].iter().find_map(|layer| layer.text(&file))
    }

    /// The text behind `linen/page.html` where linen itself has no such file: that of the nearest theme below.
    /// Also whether the site brings it.
    pub fn inherited_template(&self, name: &str) -> Option<(&str, bool)> {
        let (at, rest) =
            self.0.iter().enumerate().find_map(|(at, layer)| Some((at, name.strip_prefix(&layer.prefix)?)))?;
        let file = format!("templates/{rest}");
        self.0[at..].iter().find_map(|layer| Some((layer.text(&file)?, layer.own)))
    }

    /// The templates of the layers that `which` picks, each with its place and text.
    pub fn templates(&self, which: impl Fn(&Layer) -> bool) -> Vec<(SourcePath, &str)> {
        let layers = self.0.iter().filter(|layer| which(layer));
        let files = layers.flat_map(|layer| layer.files.keys().map(move |file| (layer, file)));
        let templates = files.filter(|(_, file)| file.starts_with("templates/"));
        templates.filter_map(|(layer, file)| Some((layer.path(file)?, layer.text(file)?))).collect()
    }

    /// The file behind a template's name in the engine.
    pub fn template_file(&self, name: &str) -> Option<TemplateFile> {
        let of = |layer: &Layer, file: &str| {
            let (path, text) = (layer.path(file)?, layer.text(file)?.to_string());
            Some(TemplateFile { path, text, is_own: layer.own })
        };
        let found =
            self.0.iter().find_map(|layer| of(layer, &format!("templates/{}", name.strip_prefix(&layer.prefix)?)));
        found.or_else(|| {
            let file = format!("templates/{name}");
            of(self.file(&file)?.0, &file)
        })
    }
}

/// A file that somebody has named.
pub(super) struct Named<'a> {
    pub layer: &'a Layer,
    /// Its path inside the layer.
    pub path: &'a str,
    pub bytes: &'a [u8],
}

/// A template with its text.
pub(super) struct TemplateFile {
    pub path: SourcePath,
    pub text: String,
    /// Whether the site brings it.
    pub is_own: bool,
}

impl Layer {
    fn new(
        theme: &str,
        prefix: String,
        own: bool,
        files: BTreeMap<String, Cow<'static, [u8]>>,
        diagnostics: &mut Diagnostics,
    ) -> Layer {
        let mut layer = Layer { theme: theme.to_string(), prefix, files, own, manifest: None };
        let text = layer.text(manifest::FILE).map(str::to_string);
        layer.manifest = text
            .zip(layer.path(manifest::FILE))
            .and_then(|(text, path)| ManifestFile::read(path, text.into(), diagnostics));
        layer
    }
}

fn from_site(name: &str, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Layer> {
    let folder = format!("themes/{name}");
    let files: BTreeMap<_, _> = sources
        .files
        .iter()
        .filter_map(|(path, content)| match content {
            Content::Text(bytes) => Some((path.inside(&folder)?.to_string(), Cow::Owned(bytes.to_vec()))),
            Content::Asset(_) => None,
        })
        .collect();
    let prefix = if BUILT_IN.get_dir(name).is_some() { format!("site/{name}/") } else { format!("{name}/") };
    (!files.is_empty()).then(|| Layer::new(name, prefix, true, files, diagnostics))
}

fn from_program(name: &str, diagnostics: &mut Diagnostics) -> Option<Layer> {
    let dir = BUILT_IN.get_dir(name)?;
    let mut files = BTreeMap::new();
    let mut folders = vec![dir];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let inside = file.path().strip_prefix(name).ok().and_then(|path| path.to_str());
            files.extend(inside.map(|path| (path.replace('\\', "/"), Cow::Borrowed(file.contents()))));
        }
    }
    Some(Layer::new(name, format!("{name}/"), false, files, diagnostics))
}

/// Whether the program itself has a theme of this name.
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.get_dir(name).is_some()
}

/// Every theme that a site can choose, those of its own folder among them, sorted.
pub(super) fn names(sources: &Sources) -> Vec<&str> {
    let mut known: Vec<&str> = built_in_names().collect();
    known.extend(sources.files.keys().filter_map(|path| path.inside("themes")?.split_once('/').map(|(name, _)| name)));
    known.retain(|name| *name != BASE);
    known.sort_unstable();
    known.dedup();
    known
}

fn unknown(
    name: &str,
    layers: &[Layer],
    sources: &Sources,
    practice: &DataFile<Practice>,
    from_flag: bool,
) -> Diagnostic {
    let known = names(sources);
    let finding = Diagnostic::new(&codes::UNKNOWN_THEME, format!("there's no theme called `{name}`"))
        .help(format!("the themes are: {}", known.join(", ")))
        .suggest(name, known);
    match layers.last() {
        Some(child) => match child.path("theme.yaml") {
            Some(path) => finding.about(&path),
            None => finding,
        },
        None if from_flag => finding,
        None => finding.at(&practice.path, practice.locate(&Path::of("theme.name")).value),
    }
}
