//! Stage 5: the theme.
//!
//! Owns everything that a theme is made of, gathered along its look-up order: templates, style sheet,
//! files, words and settings. Knows nothing of the site's pages; `render` brings the two together.

pub mod about;
mod bounds;
mod contrast;
pub mod copies;
mod filters;
mod font_files;
mod fonts;
mod layers;
pub mod manifest;
mod names;
pub mod own;
pub mod package;
mod pictures;
mod settings;
mod sheet_check;
mod styles;
mod templates;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::document::DataFile;
use crate::document::model::Practice;
use crate::font::letters;
use crate::memo::{self, Digest};
use crate::options::Options;
use crate::picture::Tone;
use crate::source::{Content, SourcePath, Sources};
pub use bounds::print;
pub use fonts::ThemeFont;
pub use layers::BASE;
use layers::Layers;
pub use own::Own;
pub use pictures::{Icons, ThemePicture};
pub use settings::{Fields, LinkChoice, PictureChoice, Place, Shown};
use settings::{Places, Settings};
pub use templates::{files as template_files, tokens as template_tokens};
use words::Words;

/// The theme of a site that names none.
pub const DEFAULT: &str = "linen";

/// The script of the search page, by its name in `assets/`.
pub const SEARCH_SCRIPT: &str = "search.js";

/// Where a practice keeps font files of its own.
pub const FONTS: &str = "content/fonts";

/// A file that a theme adds to the site.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Its published path, with a fingerprint of its content in the name.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A theme, ready to render with.
pub struct Theme {
    /// Its name.
    pub name: String,
    /// The templates.
    pub templates: tera::Tera,
    /// The style sheet, with everything that it imports.
    pub style: ThemeFile,
    /// Its other files, by their name in `assets/`.
    pub files: BTreeMap<String, ThemeFile>,
    /// Its pictures that templates show as any other, by their name in `assets/`.
    pub pictures: BTreeMap<String, ThemePicture>,
    /// Its icons.
    pub icons: Icons,
    /// The parts of its fonts that the site prints.
    pub fonts: Vec<ThemeFont>,
    /// Every word that it prints, in the site's language.
    pub words: Arc<Words>,
    /// The script that stands in every page's head; empty where it has none.
    pub script: String,
    /// Its settings' values, by name.
    pub settings: BTreeMap<String, Shown>,
    /// What it adds to the content: sections, fields and layouts.
    pub own: Own,
    /// How wide it shows pictures, by the place.
    pub sizes: BTreeMap<String, String>,
    /// Tells its files, settings and words apart from those before an edit.
    pub digest: Digest,
    /// Whether something stands in for what the site's own templates should be: its pages are only good for finding more.
    pub is_patched: bool,
    /// The site's own files that can't be read as templates.
    unreadable: BTreeSet<SourcePath>,
    layers: Layers,
}

/// What came of loading a theme: none where its templates cannot be used.
type Loaded = (Option<Arc<Theme>>, Diagnostics);

/// The theme as it was loaded from the same files and the same choice.
pub type Memo = memo::Memo<(), Digest, Loaded>;

/// Loads the theme that the practice or the options name. `None` where its templates cannot be used, with
/// findings that say why. `one_person`: whether one person works alone, and says “I”.
pub fn load(
    sources: &Sources,
    practice: &DataFile<Practice>,
    one_person: bool,
    options: &Options,
    memo: &mut Memo,
) -> (Option<Arc<Theme>>, Diagnostics) {
    let files = Digest::of(&theme_files(sources));
    // Pages in all languages of a site share its fonts.
    let mut letters = letters::written(sources);
    letters.extend(letters::alphabets(practice.value.languages.iter().map(|tag| &**tag)));
    let written = Written { letters, tones: tones(sources), one_person };
    let inputs = Digest::of(&(files, practice.bytes(), &options.theme, &options.preset, options.portable, &written));
    let (loaded, anew) = memo.recall_or(&(), Some(inputs), || load_anew(sources, practice, options, files, &written));
    memo.remember(anew.map(|inputs| ((), inputs, loaded.clone())), &[&()]);
    loaded
}

/// The site's own theme files, and the practice's fonts; those of the built-in themes never change.
fn theme_files(sources: &Sources) -> Vec<(&str, &[u8])> {
    let is_one = |path: &SourcePath| path.inside("themes").is_some() || path.inside(FONTS).is_some();
    let files = sources.files.iter().filter(|(path, _)| is_one(path));
    files
        .filter_map(|(path, content)| match content {
            Content::Text(bytes) => Some((path.as_str(), &**bytes)),
            Content::Asset(_) => None,
        })
        .collect()
}

/// What a theme needs to know of a site's content.
#[derive(Hash)]
struct Written {
    /// The letters that authors write: fonts are cut to them.
    letters: BTreeSet<char>,
    /// The colours that pictures have from afar: each is a class of the style sheet.
    tones: BTreeSet<Tone>,
    /// Whether one person works alone.
    one_person: bool,
}

fn tones(sources: &Sources) -> BTreeSet<Tone> {
    let tone = |content: &Content| match content {
        Content::Asset(asset) => asset.picture.as_ref()?.as_ref().ok()?.tone,
        Content::Text(_) => None,
    };
    sources.files.values().filter_map(tone).collect()
}

/// The practice's own font files.
fn practice_fonts(sources: &Sources) -> BTreeMap<SourcePath, &[u8]> {
    let files = sources.files.iter().filter(|(path, _)| path.inside(FONTS).is_some());
    let texts = files.filter_map(|(path, content)| match content {
        Content::Text(bytes) => Some((path.clone(), &**bytes)),
        Content::Asset(_) => None,
    });
    texts.collect()
}

fn load_anew(
    sources: &Sources,
    practice: &DataFile<Practice>,
    options: &Options,
    files_digest: Digest,
    written: &Written,
) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let choice = &practice.value.theme;
    let name = options.theme.as_deref().or(choice.name.as_deref()).unwrap_or(DEFAULT);
    let Some(layers) = Layers::find(name, sources, practice, options.theme.is_some(), &mut diagnostics) else {
        return (None, diagnostics);
    };
    let places = Places { layers: &layers, practice };
    let mut settings = Settings::resolve(places, options.preset.as_deref(), &mut diagnostics);
    contrast::check(places, &mut settings, &mut diagnostics);
    let script = styles::script(&layers, &mut diagnostics);
    let words = Arc::new(words::load(&layers, practice, written.one_person, &mut diagnostics));
    let files = styles::files(&layers);
    let pictures = pictures::load(&layers, &mut diagnostics);
    let icons = pictures::icons(&layers, &mut diagnostics);
    let language = &practice.value.language;
    let own = practice_fonts(sources);
    let site = fonts::Site { places, own: &own, written: &written.letters, portable: options.portable };
    let fonts = fonts::load(site, &mut settings, &mut diagnostics);
    let mut tones = written.tones.clone();
    tones.extend(pictures.values().filter_map(|picture| picture.facts.tone));
    let parts = styles::Parts {
        layers: &layers,
        settings: &settings,
        files: &files,
        fonts: &fonts.rules,
        tones: &tones,
        several_languages: practice.value.languages.len() > 1,
    };
    let style = styles::bundle(name, parts, &mut diagnostics);
    let own = own::load(&layers, &mut diagnostics);
    let templates::Loaded { engine, unreadable, is_patched } = templates::load(&layers, &words, &mut diagnostics);
    // With a faulty style sheet nothing is published, but the pages can tell their own faults.
    let style = style.unwrap_or_else(|| ThemeFile { path: format!("assets/{name}.css"), bytes: Vec::new() });
    let Some(templates) = engine else { return (None, diagnostics) };
    let settings = settings.shown();
    // The style sheet's path tells its fonts apart, too.
    let digest = Digest::of(&(files_digest, name, &settings, language.to_string(), written.one_person, &style.path));
    let sizes = layers.sizes();
    let name = name.to_string();
    let fonts = fonts.files;
    let theme = Theme {
        name,
        templates,
        style,
        files,
        pictures,
        icons,
        fonts,
        words,
        script,
        settings,
        own,
        sizes,
        digest,
        unreadable,
        is_patched,
        layers,
    };
    (Some(Arc::new(theme)), diagnostics)
}

/// The presets of a theme, by name; none where there is no such theme.
pub fn preset_names(name: &str, sources: &Sources) -> Vec<String> {
    let layers = Layers::find(name, sources, &crate::document::stand_in_practice(), true, &mut Diagnostics::default());
    layers.iter().flat_map(settings::presets).map(|(name, _)| name.to_string()).collect()
}

/// A fault of the template engine as a finding at its place in the theme.
pub fn fault(theme: &Theme, error: &tera::Error) -> crate::diagnostic::Diagnostic {
    let finding = templates::finding(error, &|name| theme.layers.template_file(name));
    if finding.place.is_some() {
        return finding;
    }
    let own = theme.own_templates();
    let texts: Vec<&str> = own.iter().map(|(_, text)| *text).collect();
    match bounds::endless_call(&texts) {
        Some((index, call)) => {
            let message = format!("`{}` calls itself over and over", &texts[index][call.clone()]);
            crate::diagnostic::Diagnostic::new(&crate::diagnostic::codes::TEMPLATE_FAULT, message)
                .at(&own[index].0, call)
        }
        None => finding,
    }
}

impl Theme {
    /// The templates that the site's own folders bring, each with its place and text.
    pub fn own_templates(&self) -> Vec<(SourcePath, &str)> {
        self.layers.templates(|layer| layer.own)
    }

    /// Those of the site's own templates that can be read.
    pub fn readable_templates(&self) -> Vec<(SourcePath, &str)> {
        let mut own = self.own_templates();
        own.retain(|(path, _)| !self.unreadable.contains(path));
        own
    }

    /// The templates inside the program, whether or not the site replaces them.
    pub fn built_in_templates(&self) -> Vec<(SourcePath, &str)> {
        self.layers.templates(|layer| !layer.own)
    }

    /// Every template of the look-up order, each with its place and text.
    pub fn all_templates(&self) -> Vec<(SourcePath, &str)> {
        self.layers.templates(|_| true)
    }
}
