//! What can be told of a theme without building a site with it.
//!
//! Owns the answers behind `theme list` and `theme show`: description, look-up order, settings, presets, what it brings for pages, and which
//! file stands in front of which.

use std::collections::BTreeMap;

use super::layers::{self, Layer, Layers};
use super::manifest::SettingKind;
use super::own::{self, Own};
use super::settings::{self, Places, Settings};
use crate::diagnostic::Diagnostics;
use crate::document::DataFile;
use crate::document::model::Practice;
use crate::source::{SourcePath, Sources};

/// A theme, described.
#[derive(Clone, Debug)]
pub struct About {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// A sentence about it; empty where it has none.
    pub description: String,
    /// Who made it; empty where it doesn't say.
    pub author: String,
    /// What others may do with it; empty where it doesn't say.
    pub licence: String,
    /// The version of the theme contract that it's written for.
    pub api: u32,
    /// The theme that it builds on, where the program doesn't have that itself.
    pub needs: Option<String>,
    /// Whether it, or a part of it, lies in the site's folder.
    pub own: bool,
    /// Where its files are looked for, first to last.
    pub order: Vec<String>,
    /// Its settings, by name.
    pub settings: Vec<SettingAbout>,
    /// Its presets: name and label.
    pub presets: Vec<(String, String)>,
    /// What it brings for pages to use.
    pub brings: Own,
    /// Files that stand in front of others of the same path: the file, and what it stands in front of.
    pub overrides: Vec<(SourcePath, Vec<String>)>,
}

/// A setting, described.
#[derive(Clone, Debug)]
pub struct SettingAbout {
    /// Its name in practice.yaml.
    pub name: String,
    /// What kind of value it takes.
    pub kind: SettingKind,
    /// The heading under which it is listed.
    pub group: String,
    /// What it is called.
    pub label: String,
    /// What it does; empty where nobody says.
    pub help: String,
    /// The words of a choice.
    pub options: Vec<String>,
    /// The value that holds for this site.
    pub value: String,
    /// Whether the practice has set it.
    pub set: bool,
}

/// Every theme that a site can choose.
pub fn names(sources: &Sources) -> Vec<&str> {
    layers::names(sources)
}

/// Whether the program itself has a theme of this name.
pub fn is_built_in(name: &str) -> bool {
    layers::is_built_in(name)
}

/// Every theme that another can build on: those, and `base`.
pub fn names_with_base(sources: &Sources) -> Vec<&str> {
    [layers::BASE].into_iter().chain(layers::names(sources)).collect()
}

/// Describes a theme; `None` with findings where it cannot be read.
pub fn about(
    name: &str,
    sources: &Sources,
    practice: &DataFile<Practice>,
    diagnostics: &mut Diagnostics,
) -> Option<About> {
    let layers = Layers::find(name, sources, practice, true, diagnostics)?;
    let settings = Settings::resolve(Places { layers: &layers, practice }, None, diagnostics);
    let manifest = layers.0.iter().find_map(|layer| layer.manifest.as_ref()).map(|file| &file.manifest);
    let settings = settings.0.into_iter().map(|(name, setting)| SettingAbout {
        kind: setting.definition.kind,
        group: setting.definition.group.unwrap_or_default(),
        label: setting.definition.label,
        help: setting.definition.help.unwrap_or_default(),
        options: setting.definition.options,
        value: setting.value.line(),
        set: setting.origin.is_own(),
        name,
    });
    Some(About {
        name: name.to_string(),
        version: manifest.map_or_else(String::new, |manifest| manifest.version.clone()),
        description: manifest.and_then(|manifest| manifest.description.clone()).unwrap_or_default(),
        author: manifest.and_then(|manifest| manifest.author.clone()).unwrap_or_default(),
        licence: manifest.and_then(|manifest| manifest.licence.clone()).unwrap_or_default(),
        api: manifest.map_or(0, |manifest| manifest.api),
        needs: manifest.and_then(|manifest| manifest.extends.clone()).filter(|parent| !layers::is_built_in(parent)),
        own: layers.0.iter().any(|layer| layer.own && layer.theme == name),
        order: layers.0.iter().map(place).collect(),
        settings: settings.collect(),
        presets: settings::presets(&layers).map(|(name, preset)| (name.to_string(), preset.label.clone())).collect(),
        brings: own::load(&layers, diagnostics),
        overrides: overrides(&layers),
    })
}

/// What the settings that every theme has take, as JSON Schema, by name.
pub fn schemas() -> serde_json::Map<String, serde_json::Value> {
    let practice = crate::document::stand_in_practice();
    let found = &mut Diagnostics::default();
    let layers = Layers::find(layers::BASE, &Sources::default(), &practice, true, found);
    layers
        .map(|layers| Settings::resolve(Places { layers: &layers, practice: &practice }, None, found).schemas())
        .unwrap_or_default()
}

/// A file that the built-in part of a theme brings, its own or one of those that it stands on; `templates/` or `assets/` may
/// be left out of its path.
///
/// # Errors
/// The paths of all such files, where there is none of this name; none where the theme cannot be read.
pub fn built_in(
    name: &str,
    file: &str,
    sources: &Sources,
    practice: &DataFile<Practice>,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>, Vec<String>> {
    let layers = Layers::find(name, sources, practice, true, diagnostics).ok_or_else(Vec::new)?;
    layers.named(file, |layer| !layer.own).map(|found| found.bytes.to_vec())
}

pub(super) fn place(layer: &Layer) -> String {
    match layer.own {
        true => format!("themes/{}/ in the site's folder", layer.theme),
        false => format!("the built-in {}", layer.theme),
    }
}

/// Files of the site's folder that stand in front of others.
fn overrides(layers: &Layers) -> Vec<(SourcePath, Vec<String>)> {
    let mut found: BTreeMap<SourcePath, Vec<String>> = BTreeMap::new();
    for (at, layer) in layers.0.iter().enumerate().filter(|(_, layer)| layer.own) {
        for file in layer.files.keys().filter(|file| file.contains('/')) {
            let behind: Vec<String> =
                layers.0[at + 1..].iter().filter(|below| below.files.contains_key(file)).map(place).collect();
            if let (Some(path), false) = (layer.path(file), behind.is_empty()) {
                found.insert(path, behind);
            }
        }
    }
    found.into_iter().collect()
}
