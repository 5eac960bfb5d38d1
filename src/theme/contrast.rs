//! Whether every colour that is text can be read on its ground.
//!
//! Owns the check of the pairs that themes declare, in light and dark, and the search for the nearest shade that
//! passes. Contrast is WCAG's (2.2, success criterion 1.4.3); shades differ by lightness alone in Oklch, where
//! equal steps look equal and the hue stays what it is.

use std::collections::BTreeMap;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, IsWithinBounds, Oklch, Srgb};

use super::manifest::SettingKind;
use super::settings::{self, Places, Settings, colour};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};

/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEAST: f32 = 4.5;

/// A pair as it is checked: two settings and their least contrast.
struct Wanted {
    text: String,
    on: String,
    least: f32,
}

/// Computes the contrast of every declared pair; a finding for each colour with too little, where its value was
/// written. Where the practice chose one of the two, that one is to change.
pub(super) fn check(places: Places<'_>, settings: &Settings, diagnostics: &mut Diagnostics) {
    let wanted = wanted(places, settings, diagnostics);
    let mut to_change: BTreeMap<&str, Vec<(&Wanted, f32)>> = BTreeMap::new();
    for pair in &wanted {
        let (Some(text), Some(on)) = (value(settings, &pair.text), value(settings, &pair.on)) else { continue };
        let contrast = text.relative_contrast(on);
        if contrast < pair.least {
            let own = |name: &str| settings.0.get(name).is_some_and(|setting| setting.origin.is_own());
            let change = if own(&pair.on) && !own(&pair.text) { &pair.on } else { &pair.text };
            to_change.entry(change).or_default().push((pair, contrast));
        }
    }
    for (name, failed) in to_change {
        let Some(setting) = settings.0.get(name) else { continue };
        let told: Vec<String> = failed
            .iter()
            .map(|(pair, contrast)| {
                // Never rounded up to what it is short of.
                let contrast = (contrast * 100.0).floor() / 100.0;
                format!(
                    "`{}` on `{}` has a contrast of {contrast:.2} to 1, but needs {}",
                    pair.text, pair.on, pair.least
                )
            })
            .collect();
        let others: Vec<(Srgb<f32>, f32)> = wanted
            .iter()
            .filter_map(|pair| match name {
                name if pair.text == name => Some((value(settings, &pair.on)?, pair.least)),
                name if pair.on == name => Some((value(settings, &pair.text)?, pair.least)),
                _ => None,
            })
            .collect();
        let help = match value(settings, name).and_then(|colour| nearest(colour, &others)) {
            Some(shade) => format!("the nearest shade that's easy to read is `{name}: \"{shade}\"`"),
            None => format!("no shade of `{name}` is easy to read everywhere; change the other colour"),
        };
        let finding = Diagnostic::new(&codes::LOW_CONTRAST, told.join("; ")).help(help);
        diagnostics.push(places.at(finding, &setting.origin));
    }
}

/// The declared pairs and their dark twins; a pair that names no colour is a finding.
fn wanted(places: Places<'_>, settings: &Settings, diagnostics: &mut Diagnostics) -> Vec<Wanted> {
    let colours: Vec<&str> = settings
        .0
        .iter()
        .filter(|(_, setting)| setting.definition.kind == SettingKind::Colour)
        .map(|(name, _)| name.as_str())
        .collect();
    let mut wanted: Vec<Wanted> = Vec::new();
    for (pair, origin) in settings::pairs(places.layers) {
        let unknown = [&pair.text, &pair.on].into_iter().find(|name| !colours.contains(&name.as_str()));
        if let Some(name) = unknown {
            let message = format!("this theme has no colour called `{name}`");
            let finding = Diagnostic::new(&codes::UNKNOWN_SETTING, message).suggest(name, colours.iter().copied());
            diagnostics.push(places.at(finding, &origin));
            continue;
        }
        let least = pair.least.unwrap_or(LEAST);
        let dark = |name: &str| {
            let dark = format!("{name}_dark");
            if colours.contains(&dark.as_str()) { dark } else { name.to_string() }
        };
        wanted.push(Wanted { text: pair.text.clone(), on: pair.on.clone(), least });
        wanted.push(Wanted { text: dark(&pair.text), on: dark(&pair.on), least });
    }
    wanted.sort_by(|a, b| (&a.text, &a.on).cmp(&(&b.text, &b.on)));
    wanted.dedup_by(|a, b| {
        let same = a.text == b.text && a.on == b.on;
        if same {
            b.least = b.least.max(a.least);
        }
        same
    });
    wanted
}

fn value(settings: &Settings, name: &str) -> Option<Srgb<f32>> {
    colour(&settings.0.get(name)?.value).map(|[red, green, blue]| Srgb::new(red, green, blue))
}

/// The shade nearest in lightness that has enough contrast to all others, as it is written in CSS.
fn nearest(colour: Srgb<f32>, others: &[(Srgb<f32>, f32)]) -> Option<String> {
    let given = Oklch::from_color(colour);
    // Steps of 1/500 are finer than the eye.
    (0..=500).find_map(|step| {
        let by = step as f32 / 500.0;
        [given.l - by, given.l + by].into_iter().filter(|l| (0.0..=1.0).contains(l)).find_map(|l| {
            let shade = in_gamut(Oklch { l, ..given }).into_format::<u8>();
            let shown: Srgb<f32> = shade.into_format();
            let passes = others.iter().all(|(other, least)| shown.relative_contrast(*other) >= *least);
            passes.then(|| format!("#{:02x}{:02x}{:02x}", shade.red, shade.green, shade.blue))
        })
    })
}

/// A colour that screens can show: the same lightness and hue, as much of the chroma as fits.
fn in_gamut(mut colour: Oklch) -> Srgb<f32> {
    for _ in 0..40 {
        let shown = Srgb::from_color(colour);
        if shown.is_within_bounds() {
            return shown;
        }
        colour.chroma *= 0.92;
    }
    Srgb::from_color(Oklch { chroma: 0.0, ..colour })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Srgb<f32> = Srgb::new(1.0, 1.0, 1.0);

    #[test]
    fn the_nearest_shade_keeps_the_hue_and_just_passes() {
        let sage = Srgb::new(0.55, 0.70, 0.55);
        let shade = nearest(sage, &[(WHITE, 4.5)]).expect("there is a darker sage");
        let [red, green, blue] = colour(&shade).expect("it is a colour");
        let shown = Srgb::new(red, green, blue);
        assert!((4.5..4.7).contains(&shown.relative_contrast(WHITE)), "{shade}");
        let turned = Oklch::from_color(shown).hue - Oklch::from_color(sage).hue;
        assert!(turned.into_degrees().abs() < 3.0, "{shade}");
    }

    #[test]
    fn between_black_and_white_grounds_there_is_none() {
        assert_eq!(nearest(WHITE, &[(WHITE, 7.0), (Srgb::new(0.0, 0.0, 0.0), 7.0)]), None);
    }
}
