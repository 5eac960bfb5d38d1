//! A site's typefaces: the font files in the theme's `assets/fonts/` and in `content/fonts/`, and the settings that name them or
//! their families.
//!
//! Owns which of them a site uses, how their files are called, and the rules about them in the style sheet. What is in a font
//! file is `font`'s. A family that no setting and no style sheet of the theme names costs nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use lightningcss::properties::font::FontFamily;
use lightningcss::properties::{Property, PropertyId};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions};
use lightningcss::traits::ToCss;

use super::font_files::{File, about, name_files, read_files};
use super::layers::{Layer, Layers};
use super::manifest::SettingKind;
use super::settings::{Places, Settings, Shown};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::font::cut::Cut;
use crate::font::{Font, letters, stand_in};
use crate::source::SourcePath;

/// Where a theme keeps its font files.
pub(super) const FOLDER: &str = "assets/fonts";

/// The value of a font setting that asks for no font of the theme's.
const SYSTEM: &str = "system";

/// A part of a font that the site publishes.
#[derive(Clone, Debug)]
pub struct ThemeFont {
    /// Its published path.
    pub path: String,
    /// What it is made of.
    pub cut: Cut,
    /// Whether a page's first screen is set in it.
    pub preload: bool,
}

/// What a theme's typefaces add to a site.
#[derive(Default)]
pub(super) struct Fonts {
    /// Their rules in the style sheet.
    pub rules: String,
    /// Their files.
    pub files: Vec<ThemeFont>,
}

/// A font file of the theme's that the site uses.
struct Used<'a> {
    /// Its name in the folder, without its ending.
    stem: &'a str,
    /// What its family is called here.
    family: String,
    font: &'a Font,
    /// Whether the site brings it.
    own: bool,
    path: Option<&'a SourcePath>,
}

/// What a site is set in.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    pub places: Places<'a>,
    /// The practice's own font files.
    pub own: &'a BTreeMap<SourcePath, &'a [u8]>,
    /// The letters that its authors write.
    pub written: &'a BTreeSet<char>,
    /// Whether it is to be opened from a disk.
    pub portable: bool,
}

/// Finds the typefaces that the settings ask for, and writes into those what stands in until they have loaded.
pub(super) fn load(site: Site<'_>, settings: &mut Settings, diagnostics: &mut Diagnostics) -> Fonts {
    let layers = site.places.layers;
    let language: &str = &site.places.practice.value.language;
    ask_for_system(settings, site.portable);
    let files = read_files(site, diagnostics);
    name_files(site.places, &files, settings, diagnostics);
    let (mut used, families) = used(layers, &files, settings, diagnostics);
    if families.is_empty() {
        return Fonts::default();
    }
    let mut fonts = Fonts::default();
    if !used.is_empty() {
        let words = layers.0.iter().flat_map(|layer| word_texts(layer, language)).collect::<Vec<_>>();
        let letters = letters::of(site.written, &words, language);
        tell_missing(&used, &letters, diagnostics);
        // A family without the site's own script would set its digits and foreign names only.
        let script = letters::script_of(language);
        let of_script = |one: &Used<'_>| one.font.letters.iter().any(|letter| letters::script(*letter) == script);
        let whole: BTreeSet<String> = used.iter().filter(|one| of_script(one)).map(|one| one.family.clone()).collect();
        used.retain(|one| whole.contains(&one.family));
        // The file that has most of the letters gives all that it has; others add what it lacks.
        used.sort_by_key(|one| Reverse(letters.intersection(&one.font.letters).count()));
        let manifests = layers.0.iter().filter_map(|layer| layer.manifest.as_ref());
        let preloads = manifests.flat_map(|file| file.manifest.preload.iter().map(String::as_str)).collect();
        fonts = faces(&used, &letters, language, &preloads);
    }
    set_stand_ins(&used, &families, settings, &mut fonts);
    fonts
}

/// Gives the settings that ask for what visitors have the theme's list, without its fonts.
fn ask_for_system(settings: &mut Settings, portable: bool) {
    for setting in settings.0.values_mut().filter(|setting| setting.definition.kind == SettingKind::Font) {
        if setting.value.text() == SYSTEM {
            setting.value.clone_from(&setting.by_theme);
            setting.system = true;
        }
        // Browsers load no font into a page that is opened from a disk.
        setting.system |= portable;
    }
}

/// The files whose families the settings, or the site's own style sheets, ask for; and the families of all files, in small
/// letters.
fn used<'a>(
    layers: &Layers,
    files: &'a [File],
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> (Vec<Used<'a>>, BTreeSet<String>) {
    let asked = || settings.0.values().filter(|own| own.definition.kind == SettingKind::Font && !own.system);
    let all_system = asked().next().is_none();
    let own = layers.0.iter().filter(|layer| layer.own && !all_system);
    let styles: Vec<&str> = own.flat_map(style_texts).collect();
    let listed: Vec<String> = asked().flat_map(|setting| names(setting.value.text())).collect();
    let (mut used, mut families) = (Vec::new(), BTreeSet::new());
    for File { name, font, own, path } in files {
        families.extend(font.families.iter().map(|family| family.to_lowercase()));
        let wanted = |family: &&String| {
            listed.iter().any(|name| name.eq_ignore_ascii_case(family))
                || styles.iter().any(|text| text.contains(family.as_str()))
        };
        if let Some(family) = font.families.iter().find(wanted).cloned() {
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let stem = stem.rsplit_once('/').map_or(stem, |(_, name)| name);
            used.push(Used { stem, family, font, own: *own, path: path.as_ref() });
        } else if *own && !all_system {
            let named = font.families.first().map_or("", String::as_str);
            let message = format!("no font setting uses the family `{named}`, so the site doesn't use this font");
            diagnostics.push(about(Diagnostic::new(&codes::FONT_UNUSED, message), path.as_ref()));
        }
    }
    (used, families)
}

fn style_texts(layer: &Layer) -> impl Iterator<Item = &str> {
    let styles = layer.files.keys().filter(|file| file.starts_with("assets/") && file.ends_with(".css"));
    styles.filter_map(|file| layer.text(file))
}

fn word_texts<'a>(layer: &'a Layer, language: &str) -> impl Iterator<Item = &'a str> {
    let primary = language.split('-').next().unwrap_or_default().to_string();
    let own = move |file: &&String| {
        let name = file.strip_prefix("locales/").and_then(|name| name.strip_suffix(".yaml"));
        name.is_some_and(|name| name == primary || name.starts_with(&format!("{primary}-")))
    };
    layer.files.keys().filter(own).filter_map(|file| layer.text(file))
}

/// The rules and the files of the fonts in use: of each the letters that the site prints, one file for each script.
fn faces(used: &[Used<'_>], letters: &BTreeSet<char>, language: &str, preloads: &BTreeSet<&str>) -> Fonts {
    let mut fonts = Fonts::default();
    let mut covered: BTreeMap<(String, (u16, u16), bool), BTreeSet<char>> = BTreeMap::new();
    let script_of_site = letters::script_of(language);
    for Used { stem, family, font, .. } in used {
        let known = covered.entry((family.clone(), font.weights, font.italic)).or_default();
        let own: BTreeSet<char> =
            letters.intersection(&font.letters).filter(|letter| !known.contains(letter)).copied().collect();
        known.extend(&own);
        let mut by_script: BTreeMap<&str, BTreeSet<char>> = BTreeMap::new();
        for letter in own {
            by_script.entry(letters::script(letter)).or_default().insert(letter);
        }
        by_script.retain(|_, letters| letters.iter().any(|letter| letter.is_alphanumeric()));
        for (script, own) in by_script {
            let part = font.may_be_cut.then(|| own.iter().collect::<String>());
            let cut = Cut::new(&font.bytes, part);
            let of = if script == "latin" { String::new() } else { format!("-{script}") };
            let path = format!("assets/{stem}{of}.{}.woff2", &cut.key()[..8]);
            let weight = match font.weights {
                (light, bold) if light == bold => light.to_string(),
                (light, bold) => format!("{light} {bold}"),
            };
            // `optional`: a font that comes too late stays away until the next page, so that nothing ever moves.
            fonts.rules.push_str(&format!(
                "@font-face{{font-family:\"{}\";src:url({}) format(\"woff2\");font-weight:{weight};font-style:{};\
                 font-display:optional;unicode-range:{}}}",
                family,
                path.trim_start_matches("assets/"),
                if font.italic { "italic" } else { "normal" },
                letters::ranges(&own),
            ));
            let regular = !font.italic && (font.weights.0..=font.weights.1).contains(&400);
            let first = own.contains(&'e') || script != "latin";
            let preload = script == script_of_site && first && (regular || preloads.contains(stem));
            if fonts.files.iter().all(|file| file.path != path) {
                fonts.files.push(ThemeFont { path, cut, preload });
            }
        }
    }
    fonts
}

/// Names which letters of the site a family of the site's own has not.
fn tell_missing(used: &[Used<'_>], letters: &BTreeSet<char>, diagnostics: &mut Diagnostics) {
    let mut families: BTreeMap<&str, (BTreeSet<char>, &Used<'_>)> = BTreeMap::new();
    for one in used.iter().filter(|one| one.own) {
        families.entry(&one.family).or_insert((BTreeSet::new(), one)).0.extend(&one.font.letters);
    }
    for (family, (has, first)) in families {
        let missing: Vec<char> = letters.difference(&has).filter(|letter| letter.is_alphabetic()).copied().collect();
        if missing.is_empty() {
            continue;
        }
        let named: String = missing.iter().take(12).collect();
        let more = if missing.len() > 12 { format!(" and {} more", missing.len() - 12) } else { String::new() };
        let message = format!("`{family}` doesn't have the letters {named}{more}; visitors see them in another font");
        diagnostics.push(about(Diagnostic::new(&codes::FONT_LACKS_LETTERS, message), first.path));
    }
}

/// Puts the stand-ins behind each family in the settings; a setting that asks for none of the theme's has none of them.
fn set_stand_ins(used: &[Used<'_>], families: &BTreeSet<String>, settings: &mut Settings, fonts: &mut Fonts) {
    let mut written: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for setting in settings.0.values_mut().filter(|setting| setting.definition.kind == SettingKind::Font) {
        let listed = names(setting.value.text());
        let serif = listed.last().is_some_and(|last| last.ends_with("serif") && last != "sans-serif");
        let mut list: Vec<String> = Vec::new();
        for name in &listed {
            if setting.system {
                if !families.contains(&name.to_lowercase()) {
                    list.push(quoted(name));
                }
                continue;
            }
            list.push(quoted(name));
            // The measures of the letters that texts are set in.
            let of_family = used.iter().filter(|one| one.family.eq_ignore_ascii_case(name) && !one.font.italic);
            let Some(one) = of_family.min_by_key(|one| one.font.weights.0.abs_diff(400)) else { continue };
            let stand_ins = written.entry(one.family.clone()).or_insert_with(|| {
                let (rules, names) = stand_in::faces(&one.family, one.font.measures, serif);
                fonts.rules.push_str(&rules);
                names
            });
            list.extend(stand_ins.iter().map(|name| quoted(name)));
        }
        if list.is_empty() {
            list.push("system-ui".to_string());
        }
        setting.value = Shown::Text(list.join(","));
    }
}

/// The names in a list of fonts.
pub(super) fn names(value: &str) -> Vec<String> {
    match Property::parse_string(PropertyId::FontFamily, value, ParserOptions::default()) {
        Ok(Property::FontFamily(list)) => list
            .iter()
            .filter_map(|family| match family {
                FontFamily::Generic(generic) => generic.to_css_string(PrinterOptions::default()).ok(),
                FontFamily::FamilyName(name) => {
                    Some(name.to_css_string(PrinterOptions::default()).ok()?.trim_matches('"').to_string())
                }
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A name as a list of fonts holds it.
pub(super) fn quoted(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-');
    if plain { name.to_string() } else { format!("\"{name}\"") }
}
