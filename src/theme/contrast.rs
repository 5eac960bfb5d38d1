//! Whether every colour that is text can be read on its ground.
//!
//! Owns the check of the pairs that themes declare, in light and dark, the search for the nearest shade that
//! passes, and the dark twin of a colour of which somebody gave the light one alone. Contrast is WCAG's (2.2, success
//! criterion 1.4.3); shades differ by lightness alone in Oklch, where equal steps look equal and the hue stays what it is.

use std::collections::BTreeMap;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, IsWithinBounds, Oklch, Srgb};

use super::manifest::SettingKind;
use super::settings::{self, Places, Setting, Settings, Shown, colour, dark};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};

/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEAST: f32 = 4.5;

/// A pair as it is checked: two settings and their least contrast.
struct Wanted {
    text: String,
    on: String,
    least: f32,
}

/// Gives every colour its dark twin, then computes the contrast of every declared pair; a finding for each colour with too
/// little, where its value was written. Where the practice chose one of the two, that one is to change.
pub(super) fn check(places: Places<'_>, settings: &mut Settings, diagnostics: &mut Diagnostics) {
    let wanted = wanted(places, settings, diagnostics);
    derive_dark(places, settings, &wanted, diagnostics);
    settings.follow();
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
        let others = others(name, settings, &wanted);
        let help = match value(settings, name).and_then(|colour| nearest(Oklch::from_color(colour), &others)) {
            Some(shade) => format!("the nearest shade that's easy to read is `{name}: \"{shade}\"`"),
            None => format!("no shade of `{name}` is easy to read everywhere; change the other colour"),
        };
        let finding = Diagnostic::new(&codes::LOW_CONTRAST, told.join("; ")).help(help);
        diagnostics.push(places.at(finding, &setting.origin));
    }
}

/// The colours with which a colour needs contrast, and how much.
fn others(name: &str, settings: &Settings, wanted: &[Wanted]) -> Vec<(Srgb<f32>, f32)> {
    let other = |pair: &Wanted| match name {
        name if pair.text == name => Some((value(settings, &pair.on)?, pair.least)),
        name if pair.on == name => Some((value(settings, &pair.text)?, pair.least)),
        _ => None,
    };
    wanted.iter().filter_map(other).collect()
}

/// Makes the dark twin of each colour that the practice or a theme gave for light mode alone, of the same hue, and of each that
/// has none. The twin that a theme further down gave would be that of another colour.
fn derive_dark(places: Places<'_>, settings: &mut Settings, wanted: &[Wanted], diagnostics: &mut Diagnostics) {
    let is_lone = |(name, light): (&String, &Setting)| {
        let twin = settings.0.get(&dark(name)).filter(|_| light.definition.kind == SettingKind::Colour)?;
        // What is like another has that one's twin.
        if light.like.is_some() {
            return None;
        }
        let is_same = light.origin.is_own() && light.value == light.by_theme;
        let is_replaced = light.origin.is_nearer(&twin.origin) && !is_same;
        (is_replaced || twin.value.text().is_empty()).then(|| name.clone())
    };
    let mut lone: Vec<String> = settings.0.iter().filter_map(is_lone).collect();
    // Text is made for the grounds that there will be.
    lone.sort_by_key(|name| wanted.iter().any(|pair| pair.text == *name));
    for name in lone {
        let twin = dark(&name);
        let Some(given) = value(settings, &name).map(Oklch::from_color) else { continue };
        // Text stays as near to what was given as it can; a ground is as dark as the one that it replaces.
        let is_text = wanted.iter().any(|pair| pair.text == twin);
        let before = value(settings, &twin).map(Oklch::from_color).filter(|_| !is_text);
        let start = before.map_or(given, |before| Oklch { l: before.l, ..given });
        let Some(shade) = nearest(start, &others(&twin, settings, wanted)) else {
            if let Some(setting) = settings.0.get_mut(&twin).filter(|setting| setting.value.text().is_empty()) {
                setting.value = Shown::Text(shade_of(given));
            }
            continue;
        };
        let Some(origin) = settings.0.get(&name).map(|light| light.origin.clone()) else { continue };
        if origin.is_of_site(places) {
            let message = format!("`{twin}` isn't set, so dark mode has `{shade}`, made from `{name}`");
            let finding = Diagnostic::new(&codes::DARK_DERIVED, message);
            let help = format!("if you'd like another colour there, write `{name}: {{ light: …, dark: … }}`");
            diagnostics.push(places.at(finding.help(help), &origin));
        }
        if let Some(setting) = settings.0.get_mut(&twin) {
            (setting.value, setting.origin, setting.like) = (Shown::Text(shade), origin, None);
        }
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
    let mut wanted: BTreeMap<(String, String), Wanted> = BTreeMap::new();
    for (pair, origin) in settings::pairs(places.layers) {
        let unknown = [&pair.text, &pair.on].into_iter().find(|name| !colours.contains(&name.as_str()));
        if let Some(name) = unknown {
            let message = format!("this theme has no colour called `{name}`");
            let finding = Diagnostic::new(&codes::UNKNOWN_SETTING, message).suggest(name, colours.iter().copied());
            diagnostics.push(places.at(finding, &origin));
            continue;
        }
        let least = pair.least.unwrap_or(LEAST);
        let dark = |name: &str| Some(dark(name)).filter(|dark| colours.contains(&dark.as_str())).unwrap_or(name.into());
        for (text, on) in [(pair.text.clone(), pair.on.clone()), (dark(&pair.text), dark(&pair.on))] {
            // A colour that a theme makes like another is told of once, by the name of that one.
            let by_theme = |name: &str| settings.0.get(name).is_none_or(|setting| !setting.origin.is_own());
            let source = |name| if by_theme(name) { settings.source(name) } else { name };
            let (text, on) = match (source(&text), source(&on)) {
                (one, other) if one == other => (text, on),
                (one, other) => (one.to_string(), other.to_string()),
            };
            // The contrast of two colours is the same, whichever is the text.
            let key = if text < on { (text.clone(), on.clone()) } else { (on.clone(), text.clone()) };
            let known = wanted.entry(key).or_insert(Wanted { text, on, least });
            known.least = known.least.max(least);
        }
    }
    wanted.into_values().collect()
}

fn value(settings: &Settings, name: &str) -> Option<Srgb<f32>> {
    colour(settings.0.get(name)?.value.text()).map(|[red, green, blue]| Srgb::new(red, green, blue))
}

/// The shade nearest in lightness that has enough contrast to all others, as it is written in CSS.
fn nearest(given: Oklch, others: &[(Srgb<f32>, f32)]) -> Option<String> {
    // Steps of 1/500 are finer than the eye.
    (0..=500).find_map(|step| {
        let by = step as f32 / 500.0;
        [given.l - by, given.l + by].into_iter().filter(|l| (0.0..=1.0).contains(l)).find_map(|l| {
            let shade = Oklch { l, ..given };
            // As it is written, in whole steps.
            let shown: Srgb<f32> = in_gamut(shade).into_format::<u8>().into_format();
            let passes = others.iter().all(|(other, least)| shown.relative_contrast(*other) >= *least);
            passes.then(|| shade_of(shade))
        })
    })
}

/// A colour as it is written in CSS.
fn shade_of(colour: Oklch) -> String {
    let shade = in_gamut(colour).into_format::<u8>();
    format!("#{:02x}{:02x}{:02x}", shade.red, shade.green, shade.blue)
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
        let shade = nearest(Oklch::from_color(sage), &[(WHITE, 4.5)]).expect("there is a darker sage");
        let [red, green, blue] = colour(&shade).expect("it is a colour");
        let shown = Srgb::new(red, green, blue);
        assert!((4.5..4.7).contains(&shown.relative_contrast(WHITE)), "{shade}");
        let turned = Oklch::from_color(shown).hue - Oklch::from_color(sage).hue;
        assert!(turned.into_degrees().abs() < 3.0, "{shade}");
    }

    #[test]
    fn between_black_and_white_grounds_there_is_none() {
        assert_eq!(nearest(Oklch::from_color(WHITE), &[(WHITE, 7.0), (Srgb::new(0.0, 0.0, 0.0), 7.0)]), None);
    }
}
