//! Pictures that pages show.
//!
//! Owns finding a picture's file, the files that are published of it, and how a page names them. Opens none: what a
//! picture is was read before, and its files are made when they are published (`picture`, `disk::Pictures`).

use std::ops::Range;

use super::html::Finding;
use crate::contract::view::{PictureSourceView, PictureView};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::markdown::slug_of;
use crate::picture::{Facts, Format, Kind, Recipe, WIDEST};
use crate::route::address;
use crate::route::links::{self, Link};
use crate::route::{OutputPath, Routes};
use crate::site::Site;
use crate::source::{Asset, SourcePath};
use crate::theme::ThemePicture;

/// The widths, in pixels, that are published of a picture: for phones, for columns of text, for wide places, each for
/// screens of one to three dots a pixel.
const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];
/// A picture is published in its own width too, unless a step is so near that nobody would see a difference.
const NEAR: f64 = 1.15;

/// A file to be made of a picture.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Picture {
    /// BLAKE3 of the picture's own file.
    pub hash: [u8; 32],
    /// What the picture is.
    pub facts: Facts,
    /// What is made of it.
    pub recipe: Recipe,
}

/// A picture of the site that a page names.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Found {
    /// Where it is published.
    pub url: String,
    /// Its file.
    source: SourcePath,
    hash: [u8; 32],
    /// What it is; none where it is published as it is, or cannot be shown, which is a finding of its own.
    facts: Option<Facts>,
    /// Whether other files than its own are published of it.
    is_made: bool,
    /// Whether it is published as AVIF, too.
    avif: bool,
}

/// Why a picture cannot be shown.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PictureFault {
    /// A path on the author\'s computer.
    OnComputer,
    /// There is no such file; with the one that was probably meant.
    Missing(Option<String>),
    /// It lies on another site: a visit would tell that site.
    Elsewhere,
    /// Browsers do not show it.
    Unsupported(String),
}

/// What is read and made smaller.
pub const EXTENSIONS: &[&str] = &["jpg", "jpeg", "png", "webp", "svg", "gif"];

/// Pictures that cannot be opened; as downloads they may lie in `files/`.
const UNREADABLE: &[&str] =
    &["heic", "heif", "avif", "tif", "tiff", "bmp", "jxl", "psd", "dng", "cr2", "cr3", "nef", "arw"];

/// Whether the files that are published of a picture are made: everywhere but in the folders whose files are published
/// as they are.
fn is_made(path: &SourcePath) -> bool {
    !path.is_published_as_it_is()
}

/// Finds a picture that the file `from` names.
pub fn find(site: &Site, routes: &Routes, from: &SourcePath, name: &str) -> Result<Found, PictureFault> {
    let (url, source) = match links::resolve(site, routes, from, name) {
        Link::File { url, source } => (url, source),
        Link::Elsewhere(_) | Link::Unsafe => return Err(PictureFault::Elsewhere),
        Link::Broken { reason: Some(_), .. } if name.contains(':') => return Err(PictureFault::OnComputer),
        Link::Broken { near, .. } => return Err(PictureFault::Missing(near)),
        _ => return Err(PictureFault::Missing(None)),
    };
    let extension = source.extension();
    if !EXTENSIONS.contains(&extension.as_str()) {
        return Err(PictureFault::Unsupported(extension));
    }
    let asset = site.assets.get(&source);
    let facts = asset.and_then(|asset| asset.picture.as_ref()).and_then(|picture| picture.as_ref().ok()).cloned();
    let hash = asset.map(|asset| asset.hash).unwrap_or_default();
    Ok(Found { url, hash, facts, is_made: is_made(&source), avif: site.practice.value.avif, source })
}

/// The beginning of a file's hash: enough to tell the pictures of a site apart.
fn fingerprint(hash: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*hash).to_hex()[..8].to_string()
}

/// The files that are published of a picture besides the one at its own address, each with its path.
fn variants(source: &SourcePath, hash: &[u8; 32], facts: &Facts, avif: bool) -> Vec<(OutputPath, Recipe)> {
    if matches!(facts.kind, Kind::Drawing | Kind::Moving) {
        return Vec::new();
    }
    let own = own(source, facts);
    let formats = smaller_formats(facts, avif).chain([facts.fallback()]);
    let recipes = formats.flat_map(|format| widths(facts).map(move |width| Recipe { width, format }));
    let made = recipes.filter(|recipe| *recipe != own);
    let stem = slug_of(source.stem());
    let fingerprint = fingerprint(hash);
    let path = |recipe: &Recipe| {
        let Recipe { width, format } = recipe;
        OutputPath::new(&format!("assets/pictures/{stem}.{fingerprint}-{width}.{}", format.extension()))
    };
    made.filter_map(|recipe| Some((path(&recipe)?, recipe))).collect()
}

/// The formats that a picture is published in besides the one that every browser reads, the best first.
fn smaller_formats(facts: &Facts, avif: bool) -> impl Iterator<Item = Format> + use<> {
    // Few colours without loss are larger as AVIF.
    let avif = avif && facts.kind != Kind::Graphic;
    avif.then_some(Format::Avif).into_iter().chain([Format::WebP])
}

/// The widths of a picture, the smallest first.
fn widths(facts: &Facts) -> impl Iterator<Item = u32> + use<> {
    let widest = facts.size.width.min(WIDEST);
    let smaller = WIDTHS.into_iter().filter(move |width| f64::from(*width) * NEAR < f64::from(widest));
    smaller.chain([widest])
}

/// The file at a picture's own address: as wide as any, in the format that its name says.
fn own(source: &SourcePath, facts: &Facts) -> Recipe {
    let format = Format::of_extension(&source.extension()).unwrap_or(facts.fallback());
    Recipe { width: facts.size.width.min(WIDEST), format }
}

/// Every file that is published of an asset's picture; none where the asset is published as it is.
pub fn files(site: &Site, path: &SourcePath, asset: &Asset, at: &OutputPath) -> Vec<(OutputPath, Picture)> {
    let Some(Ok(facts)) = asset.picture.as_ref().filter(|_| is_made(path)) else { return Vec::new() };
    let own = (at.clone(), own(path, facts));
    let all = std::iter::once(own).chain(variants(path, &asset.hash, facts, site.practice.value.avif));
    all.map(|(at, recipe)| (at, Picture { hash: asset.hash, facts: facts.clone(), recipe })).collect()
}

/// The picture of a theme's at its own address: as wide as any.
fn whole(picture: &ThemePicture) -> (OutputPath, Recipe) {
    let recipe = own(&picture.source, &picture.facts);
    let (stem, fingerprint) = (slug_of(picture.source.stem()), fingerprint(&picture.hash));
    let name = format!("assets/pictures/{stem}.{fingerprint}.{}", picture.source.extension());
    (OutputPath::new(&name).unwrap_or_else(|| OutputPath::fixed("")), recipe)
}

/// A picture of a theme's, to be shown as one of the site's.
pub fn of_theme(picture: &ThemePicture, avif: bool) -> Found {
    let (url, _) = whole(picture);
    let (source, hash, facts) = (picture.source.clone(), picture.hash, Some(picture.facts.clone()));
    Found { url: url.as_str().to_string(), source, hash, facts, is_made: true, avif }
}

/// Every file that is published of a picture of a theme's.
pub fn files_of_theme(picture: &ThemePicture, avif: bool) -> Vec<(OutputPath, Picture)> {
    let all = std::iter::once(whole(picture)).chain(variants(&picture.source, &picture.hash, &picture.facts, avif));
    all.map(|(at, recipe)| (at, Picture { hash: picture.hash, facts: picture.facts.clone(), recipe })).collect()
}

/// What is wrong with the pictures of a site, whether a page shows them or not.
pub fn check(site: &Site) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (path, asset) in &site.assets {
        if path.inside("content").is_none() {
            continue;
        }
        if is_made(path) && UNREADABLE.contains(&path.extension().as_str()) {
            found.push(PictureFault::Unsupported(path.extension()).finding("", 0..0).place(path, 0..0));
        }
        match &asset.picture {
            Some(Err(reason)) if is_made(path) => {
                let message = format!("this picture can't be shown: {reason}");
                let help = "export it again as JPEG, PNG, WebP or SVG";
                found.push(Diagnostic::new(&codes::BROKEN_PICTURE, message).about(path).help(help));
            }
            Some(Ok(facts)) => found.extend(facts_worth_telling(path, facts)),
            _ => {}
        }
    }
    found
}

fn facts_worth_telling(path: &SourcePath, facts: &Facts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if is_made(path) {
        if let Some(lost) = &facts.loses {
            found.push(Diagnostic::new(&codes::PICTURE_CUT, format!("left out of this picture: {lost}")).about(path));
        }
        if facts.kind == Kind::Moving {
            found.push(Diagnostic::new(&codes::PICTURE_MOVES, "this picture moves by itself").about(path));
        }
    } else if facts.located {
        let message = "this photo includes the place where it was taken, and files here are published unchanged";
        found.push(
            Diagnostic::new(&codes::PICTURE_TELLS_PLACE, message).about(path).help(
                "move it to content/images/, where Anteroom removes the place, or remove it with a picture editor",
            ),
        );
    }
    found
}

impl Found {
    /// Its markup, where it becomes a part of the page.
    pub fn inline(&self) -> Option<&str> {
        self.facts.as_ref().filter(|_| self.is_made)?.inline.as_deref()
    }

    /// Tells its file apart.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.hash)
    }

    /// How a page shows the picture.
    pub fn view(&self, alt: &str, portable: bool) -> PictureView {
        let own_address = address::inside(&self.url, portable);
        let mut view = PictureView {
            src: own_address.clone(),
            href: own_address.clone(),
            alt: alt.to_string(),
            width: None,
            height: None,
            srcset: String::new(),
            sources: Vec::new(),
            tone: None,
            focus: None,
        };
        let Some(facts) = &self.facts else { return view };
        view.width = Some(facts.size.width);
        view.height = Some(facts.size.height);
        view.tone = facts.tone.map(|tone| tone.to_string());
        if !self.is_made {
            return view;
        }
        let mut files = variants(&self.source, &self.hash, facts, self.avif);
        if files.is_empty() {
            return view;
        }
        files.push((OutputPath::new(&self.url).unwrap_or_else(|| OutputPath::fixed("")), own(&self.source, facts)));
        files.sort_by_key(|(_, recipe)| recipe.width);
        let of = |format: Format| {
            files
                .iter()
                .filter(move |(_, recipe)| recipe.format == format)
                .map(move |(path, recipe)| (address::inside(path.as_str(), portable), recipe.width))
        };
        let srcset = |format: Format| {
            of(format).map(|(address, width)| format!("{address} {width}w")).collect::<Vec<_>>().join(", ")
        };
        let fallback = facts.fallback();
        let source =
            |format: Format| PictureSourceView { media_type: format.media_type().to_string(), srcset: srcset(format) };
        view.sources = smaller_formats(facts, self.avif).map(source).collect();
        // For browsers that know no other: wide enough for a column of text.
        let middle = of(fallback).find(|(_, width)| *width >= WIDTHS[1]).or_else(|| of(fallback).next_back());
        view.src = middle.map_or(own_address, |(address, _)| address);
        if of(fallback).count() > 1 {
            view.srcset = srcset(fallback);
        }
        view
    }
}

impl PictureFault {
    /// The finding, at the name's place.
    pub fn finding(self, name: &str, span: Range<usize>) -> Finding {
        let (code, message, label, help) = match self {
            PictureFault::Missing(near) => {
                let help = "pictures go next to their page or in content/images/";
                let label = near.map(|near| format!("did you mean `{near}`?"));
                (&codes::UNKNOWN_PICTURE, format!("there's no picture `{name}`"), label, help)
            }
            PictureFault::OnComputer => (
                &codes::UNKNOWN_PICTURE,
                "this picture is on your computer only, not in the site".to_string(),
                None,
                "copy it to content/images/, and write `images/` and the file's name here",
            ),
            PictureFault::Elsewhere => (
                &codes::UNKNOWN_PICTURE,
                "this picture is on another site, which would find out about every visit".to_string(),
                None,
                "if you're allowed to, save it in content/images/ and use that copy",
            ),
            PictureFault::Unsupported(extension) => {
                let help = match extension.as_str() {
                    "heic" | "heif" => {
                        "this is an iPhone photo; open it in Photos or Preview and export it as JPEG; to take JPEGs \
                         from now on, choose \"Most Compatible\" in the phone's settings, under Camera, Formats"
                    }
                    _ => "export it as JPEG, PNG, WebP or SVG; if it's only for download, put it in content/files/",
                };
                (&codes::UNSUPPORTED_PICTURE, format!("`.{extension}` pictures can't be shown"), None, help)
            }
        };
        Finding { code, message, span, label, help: Some(help.to_string()) }
    }
}
