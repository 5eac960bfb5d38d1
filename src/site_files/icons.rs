//! The icons of a site: for browsers' tabs and for the screens of phones, all of one picture.

use crate::markup::pictures::Picture;
use crate::output::File;
use crate::picture::{self, Format, Recipe};
use crate::route::OutputPath;
use crate::route::links::{self, Link};
use crate::views::maker::Maker;

/// The names under which browsers and phones look for icons, unasked, and the sides of the squares in pixels.
const ICONS: [(&str, Format, u32); 2] =
    [("favicon.ico", Format::Icon, 32), ("apple-touch-icon.png", Format::Touch, 180)];

/// The icon files; none where the picture that the practice names cannot be shown, which is a finding of its own.
pub fn files(maker: &Maker<'_>) -> Vec<(OutputPath, File)> {
    let practice = &maker.site.practice;
    let of = |hash: [u8; 32], facts: &picture::Facts, file: &dyn Fn(Picture) -> File| {
        let one = |(name, format, width): (&'static str, Format, u32)| {
            let picture = Picture { hash, facts: facts.clone(), recipe: Recipe { width, format } };
            (OutputPath::fixed(name), file(picture))
        };
        ICONS.map(one).to_vec()
    };
    if let Some(name) = &practice.value.icon {
        let Link::File { source, .. } = links::resolve(maker.site, maker.routes, &practice.path, name) else {
            return Vec::new();
        };
        let asset = maker.site.assets.get(&source);
        return match asset.and_then(|asset| Some((asset.hash, asset.picture.as_ref()?.as_ref().ok()?))) {
            Some((hash, facts)) => of(hash, facts, &|picture| File::Picture(source.clone(), picture)),
            None => Vec::new(),
        };
    }
    let Some(file) = maker.theme.files.get("icon.svg") else { return Vec::new() };
    let Ok(facts) = picture::read("svg", &file.bytes) else { return Vec::new() };
    let hash = *blake3::hash(&file.bytes).as_bytes();
    of(hash, &facts, &|picture| File::OfTheme(file.bytes.clone().into(), picture))
}
