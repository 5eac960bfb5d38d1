//! A theme's style sheet and other files.
//!
//! Owns bundling and minifying by lightningcss, the settings as custom properties, and fingerprints in file
//! names, so that a host can let browsers keep them for ever. The entry is `assets/theme.css`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use lightningcss::bundler::{BundleErrorKind, Bundler, ResolveResult, SourceProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserFlags, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};
use lightningcss::values::url::Url;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};

use super::fonts::FOLDER;
use super::layers::Layers;
use super::settings::Settings;
use super::{SEARCH_SCRIPT, ThemeFile, sheet_check};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::limits;
use crate::picture::Tone;
use crate::source::SourcePath;

/// The style sheet that a theme's pages load.
const ENTRY: &str = "theme.css";

/// What only a site of several languages needs; of any other, nothing of it is published.
const OF_SEVERAL_LANGUAGES: &str = "languages.css";

/// The script that stands in the head of every page, so that nothing is painted before it.
pub(super) const SCRIPT: &str = "assets/theme.js";

/// The theme's script; empty where it has none.
pub(super) fn script(layers: &Layers, diagnostics: &mut Diagnostics) -> String {
    let Some((layer, bytes)) = layers.file(SCRIPT) else { return String::new() };
    let Ok(text) = std::str::from_utf8(bytes) else { return String::new() };
    let text = text.trim();
    // Either would end the element, or keep it from ending (HTML standard, "restrictions for contents of
    // script elements").
    for end in ["</script", "<!--"] {
        let at = text.to_ascii_lowercase().find(end);
        if let (Some(at), Some(path)) = (at, layer.path(SCRIPT)) {
            let message = format!("`{end}` would end the script early, because the script is inside the page");
            let start = at + (bytes.len() - std::str::from_utf8(bytes).unwrap_or_default().trim_start().len());
            diagnostics.push(Diagnostic::new(&codes::STYLE_FAULT, message).at(&path, start..start + end.len()));
            return String::new();
        }
    }
    // Visitors need not load the comment that the file opens with. Line ends are as a browser reads them, so that the
    // policy's hash fits.
    let text = text.replace("\r\n", "\n");
    let code = text.lines().skip_while(|line| line.trim().is_empty() || line.starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// The theme's files that are neither style sheets nor fonts, by their name in `assets/`.
pub(super) fn files(layers: &Layers) -> BTreeMap<String, ThemeFile> {
    let all = layers.in_folder("assets");
    let is_font = |path: &str| path.strip_prefix(FOLDER).is_some_and(|rest| rest.starts_with('/'));
    let published = all.into_iter().filter(|(path, _)| !path.ends_with(".css") && *path != SCRIPT && !is_font(path));
    let named = published.filter_map(|(path, (_, bytes))| {
        let name = path.strip_prefix("assets/")?;
        let bytes = if name == SEARCH_SCRIPT { unindented(bytes) } else { bytes.to_vec() };
        Some((name.to_string(), ThemeFile { path: fingerprinted(name, &bytes), bytes }))
    });
    named.collect()
}

/// A script without the comments that have lines of their own and without the space before lines: what visitors need not load.
fn unindented(script: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(script) else { return script.to_vec() };
    let lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

/// What a theme's style sheet is put together from.
pub(super) struct Parts<'a> {
    pub layers: &'a Layers,
    pub settings: &'a Settings,
    pub files: &'a BTreeMap<String, ThemeFile>,
    /// The rules that declare the fonts.
    pub fonts: &'a str,
    pub tones: &'a BTreeSet<Tone>,
    /// Whether the site has more than one language: the language switch has its rules only there.
    pub several_languages: bool,
}

/// Bundles the style sheet; a fault of it is a finding at its place.
pub(super) fn bundle(theme: &str, parts: Parts<'_>, diagnostics: &mut Diagnostics) -> Option<ThemeFile> {
    let Parts { layers, settings, files, fonts, tones, several_languages } = parts;
    let mut is_within = true;
    for layer in layers.0.iter().filter(|layer| layer.own) {
        for file in layer.files.keys().filter(|file| file.starts_with("assets/") && file.ends_with(".css")) {
            let Some((at, message)) = layer.text(file).and_then(limits::css) else { continue };
            let finding = Diagnostic::new(&codes::STYLE_FAULT, message);
            diagnostics.push(layer.path(file).map_or(finding.clone(), |path| finding.at(&path, at..at + 1)));
            is_within = false;
        }
    }
    if !is_within {
        return None;
    }
    let told = sheet_check::check(layers, settings, files, fonts, |layer| layer.own);
    // What is wrong was told with its place; what is left is put together, so that its pages can tell their own faults.
    let is_told = told.iter().any(|finding| finding.severity == Severity::Error);
    diagnostics.extend(told);
    let provider = Provider { layers, several_languages };
    let entry = Path::new(ENTRY);
    let mut fail = |message: String, at: Option<(String, u32, u32)>| {
        if is_told {
            return;
        }
        let mut finding = Diagnostic::new(&codes::STYLE_FAULT, message);
        if let Some((file, line, column)) = at {
            finding = place(finding, layers, &file, line as usize, (column as usize).saturating_sub(1));
        }
        diagnostics.push(finding);
    };
    let options = ParserOptions { error_recovery: is_told, ..parser_options() };
    let mut sheet = match Bundler::new(&provider, None, options).bundle(entry) {
        Ok(sheet) => sheet,
        Err(error) => {
            let at = error.loc.as_ref().map(|loc| (loc.filename.clone(), loc.line, loc.column));
            let message = match &error.kind {
                BundleErrorKind::ParserError(kind) => sheet_check::in_words(kind),
                other => other.to_string(),
            };
            fail(message, at);
            return None;
        }
    };
    // Browsers of the last three years: what is newer (light-dark, nesting) is written in older words.
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    let browsers = Browsers {
        chrome: version(111, 0),
        edge: version(111, 0),
        firefox: version(113, 0),
        safari: version(16, 4),
        ios_saf: version(16, 4),
        ..Browsers::default()
    };
    let targets = Targets::from(browsers);
    // Files in CSS are named as in `assets/`; published, they stand beside the style sheet.
    let Ok(()) = sheet.visit(&mut Rename { files });
    if let Err(error) = sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }) {
        fail(error.kind.to_string(), None);
        return None;
    }
    match sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() }) {
        Ok(printed) => {
            let bytes =
                format!("{fonts}{}{}{}", custom_properties(settings), printed.code, tone_rules(tones)).into_bytes();
            Some(ThemeFile { path: fingerprinted(&format!("{theme}.css"), &bytes), bytes })
        }
        Err(error) => {
            fail(error.kind.to_string(), None);
            None
        }
    }
}

/// How style sheets are read: CSS with `@custom-media`, which is put in before it is published.
pub(super) fn parser_options<'a>() -> ParserOptions<'a> {
    ParserOptions { flags: ParserFlags::CUSTOM_MEDIA, ..ParserOptions::default() }
}

/// The settings as custom properties: `color_accent` is `--color-accent`.
fn custom_properties(settings: &Settings) -> String {
    let lines: Vec<String> =
        settings.in_css().map(|(name, value)| format!("--{}:{value}", name.replace('_', "-"))).collect();
    if lines.is_empty() { String::new() } else { format!(":root{{{}}}", lines.join(";")) }
}

/// A class for each colour that a picture of the site has from afar, which stands in its place until it has loaded.
fn tone_rules(tones: &BTreeSet<Tone>) -> String {
    let rule = |tone: &Tone| {
        let [r, g, b] = tone.colour();
        format!(".tone-{tone}{{background-color:#{r:02x}{g:02x}{b:02x}}}")
    };
    tones.iter().map(rule).collect()
}

/// `linen.css` with eight digits of its content's hash: `assets/linen.3f2a1b0c.css`.
pub(super) fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("assets/{stem}.{}.{extension}", &hash[..8])
}

fn place(finding: Diagnostic, layers: &Layers, file: &str, line: usize, column: usize) -> Diagnostic {
    let Some((path, text)) = style_file(layers, file) else { return finding };
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let at = (start + column).min(text.len());
    finding.at(&path, at..(at + 1).min(text.len().max(at)))
}

/// The style sheet behind a name in the bundle: `linen/nav.css`, or `nav.css` by the look-up order.
pub(super) fn style_file<'a>(layers: &'a Layers, name: &str) -> Option<(SourcePath, &'a str)> {
    let named = layers.0.iter().enumerate().find_map(|(at, layer)| {
        let file = format!("assets/{}", name.strip_prefix(&layer.prefix)?);
        // A theme has what those that it extends have.
        layers.0[at..].iter().find_map(|layer| Some((layer.path(&file)?, layer.text(&file)?)))
    });
    named.or_else(|| {
        let file = format!("assets/{name}");
        let (layer, _) = layers.file(&file)?;
        Some((layer.path(&file)?, layer.text(&file)?))
    })
}

struct Provider<'a> {
    layers: &'a Layers,
    several_languages: bool,
}

#[derive(Debug)]
struct Missing(String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "none of the themes has the style sheet `{}`", self.0)
    }
}

impl std::error::Error for Missing {}

impl SourceProvider for Provider<'_> {
    type Error = Missing;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Missing> {
        let name = file.to_string_lossy();
        if !self.several_languages && name == OF_SEVERAL_LANGUAGES {
            return Ok("");
        }
        style_file(self.layers, &name).map(|(_, text)| text).ok_or_else(|| Missing(name.to_string()))
    }

    fn resolve(&self, specifier: &str, _from: &Path) -> Result<ResolveResult, Missing> {
        if specifier.contains("://") || specifier.starts_with("//") {
            return Err(Missing(specifier.to_string()));
        }
        let name = SourcePath::new(specifier).ok_or_else(|| Missing(specifier.to_string()))?;
        Ok(ResolveResult::File(PathBuf::from(name.as_str())))
    }
}

/// Gives files that the style sheet names their published names.
struct Rename<'a> {
    files: &'a BTreeMap<String, ThemeFile>,
}

impl<'i> Visitor<'i> for Rename<'_> {
    type Error = std::convert::Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(URLS)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), Self::Error> {
        let (name, rest) = asset_name(&url.url);
        if let Some(file) = self.files.get(&*name) {
            url.url = format!("{}{rest}", file.path.trim_start_matches("assets/")).into();
        }
        Ok(())
    }
}

/// What an address in a style sheet calls a file in `assets/`, and the query and the part of the file that follow it.
pub(super) fn asset_name(address: &str) -> (Cow<'_, str>, &str) {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let name = address[..end].trim_start_matches("./");
    (percent_encoding::percent_decode_str(name).decode_utf8_lossy(), &address[end..])
}
