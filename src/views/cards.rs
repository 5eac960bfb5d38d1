//! Social cards of pages: which pages have one, and where it is published.
//!
//! Owns the choice. How a card looks is `picture::card`'s; it is drawn when it is published.

use std::sync::Arc;

use super::about::About;
use super::maker::Maker;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::picture::card::{Card, Frame};
use crate::route::{OutputPath, Route, Subject};
use crate::theme::Shown;
use crate::yaml::Path;

/// What every card of a site has; none where the practice wants no cards, or the font lacks letters of its name.
pub(super) fn frame(maker: &Maker<'_>, diagnostics: &mut Diagnostics) -> Option<Arc<Frame>> {
    let practice = &maker.site.practice;
    if !practice.value.social_cards {
        return None;
    }
    let colour = |name: &str, other: &str| match maker.theme.settings.get(name) {
        Some(Shown::Text(colour)) => colour.clone(),
        _ => other.to_string(),
    };
    let frame = Arc::new(Frame {
        name: practice.value.name.clone(),
        tagline: practice.value.tagline.clone(),
        paper: colour("color_paper", "#ffffff"),
        ink: colour("color_ink", "#1a1a1a"),
        quiet: colour("color_quiet", "#595959"),
        accent: colour("color_accent", "#595959"),
    });
    let card = Card { title: String::new(), frame: Arc::clone(&frame) };
    if !card.can_be_set() {
        let place = practice.locate(&Path::of("social_cards"));
        diagnostics.push(
            Diagnostic::new(
                &codes::CARD_NOT_SET,
                "the social cards' font doesn't have all the letters in your practice's name",
            )
            .at(&practice.path, place.key.unwrap_or(place.value)),
        );
        return None;
    }
    Some(frame)
}

/// The card of a page and where it is published; none where its author gave it a picture, where search engines are to
/// leave it out, or where the font lacks letters of its title.
pub fn card(frame: &Arc<Frame>, route: &Route, about: &About<'_>) -> Option<(OutputPath, Card)> {
    let hidden = about.noindex || about.common.is_some_and(|common| common.noindex || common.image.is_some());
    if hidden || route.subject == Subject::NotFound {
        return None;
    }
    let card = Card { title: about.title.clone(), frame: Arc::clone(frame) };
    if !card.can_be_set() {
        return None;
    }
    let name = route.url.as_str().trim_end_matches('/').replace('/', "-");
    let name = if name.is_empty() { "home" } else { &name };
    let path = OutputPath::new(&format!("assets/cards/{name}.{}.png", &card.key()[..8]))?;
    Some((path, card))
}
