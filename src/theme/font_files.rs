//! The font files that a site has, and the settings that name one.
//!
//! Owns reading them, and the step from a file's name to its family. Which of them a site uses is `fonts`' business.

use super::fonts::{FOLDER, Site, names, quoted};
use super::manifest::SettingKind;
use super::settings::{Places, Setting, Settings, Shown, is_font_file};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::font::{self, Font};
use crate::source::SourcePath;

/// A font file of the theme's or of the practice's.
pub(super) struct File {
    /// As a setting names it: `fonts/mine.woff2`.
    pub name: String,
    pub font: Font,
    /// Whether the site brings it.
    pub own: bool,
    pub path: Option<SourcePath>,
}

/// Reads all font files, the practice's first; one that can't be used is a finding.
pub(super) fn read_files(site: Site<'_>, diagnostics: &mut Diagnostics) -> Vec<File> {
    let own = site.own.iter().map(|(path, bytes)| {
        (path.inside("content").unwrap_or_default().to_string(), true, Some(path.clone()), *bytes)
    });
    let of_theme = site.places.layers.in_folder(FOLDER).into_iter().map(|(file, (layer, bytes))| {
        (file.trim_start_matches("assets/").to_string(), layer.own, layer.path(file), bytes)
    });
    let mut files = Vec::new();
    for (name, own, path, bytes) in own.chain(of_theme).filter(|(name, ..)| is_font_file(name)) {
        match font::read(bytes) {
            Ok(font) => files.push(File { name, font, own, path }),
            Err(reason) => {
                let finding = Diagnostic::new(&codes::FONT_FAULT, format!("this font can't be used: {reason}"));
                diagnostics.push(about(finding, path.as_ref()));
            }
        }
    }
    files
}

/// Gives each setting that names a file the file's family instead, with what the theme has after its own fonts.
pub(super) fn name_files(places: Places<'_>, files: &[File], settings: &mut Settings, diagnostics: &mut Diagnostics) {
    let is_one =
        |setting: &&mut Setting| setting.definition.kind == SettingKind::Font && is_font_file(setting.value.text());
    for setting in settings.0.values_mut().filter(is_one) {
        let asked = setting.value.text().trim_start_matches("./").trim_start_matches('/');
        let asked = asked.trim_start_matches("assets/");
        let rest = names(setting.by_theme.text()).into_iter();
        let is_file_of = |name: &String| {
            files.iter().any(|file| file.font.families.iter().any(|family| family.eq_ignore_ascii_case(name)))
        };
        let rest = rest.filter(|name| !is_file_of(name)).map(|name| quoted(&name));
        let family = files.iter().find(|file| file.name == asked).and_then(|file| file.font.families.first());
        if family.is_none() {
            let message = format!("there's no font `{asked}` that can be used");
            let help = "put the file into content/fonts/, or into assets/fonts/ of the theme";
            let finding = Diagnostic::new(&codes::INVALID_SETTING, message).help(help);
            let finding = finding.suggest(asked, files.iter().map(|file| file.name.as_str()));
            diagnostics.push(places.at(finding, &setting.origin));
        }
        let list: Vec<String> = family.map(|family| quoted(family)).into_iter().chain(rest).collect();
        setting.value = Shown::Text(if list.is_empty() { "system-ui".to_string() } else { list.join(",") });
    }
}

/// A finding at a font's file.
pub(super) fn about(finding: Diagnostic, path: Option<&SourcePath>) -> Diagnostic {
    match path {
        Some(path) => finding.about(path),
        None => finding,
    }
}
