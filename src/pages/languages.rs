//! What a page says of itself in the site's other languages.
//!
//! Owns the entries of the switch, what search engines learn of the pairs, and the note on a text that isn't translated. Which pages are
//! the same one is `route`'s.

use super::Builder;
use crate::contract::view::{AlternateView, BorrowedView, LanguageView};
use crate::document::values::names;
use crate::route::{Counterpart, address};
use crate::theme::words;

/// The address of a page for visitors who want none of the site's languages.
const DEFAULT: &str = "x-default";

impl Builder<'_> {
    /// The page in each of the site's languages.
    pub(super) fn languages(&self) -> Vec<LanguageView> {
        let all = self.maker.routes.counterparts(self.route);
        let view = |own: &Counterpart| LanguageView {
            name: own_name(&own.language, all),
            lang: own.language.clone(),
            href: address::inside(&own.url, self.maker.portable),
            current: own.is_self,
            // A page in borrowed words is still the way to this page.
            leads_home: !own.is_self && !own.is_page,
        };
        all.iter().map(view).collect()
    }

    /// The same page in the languages in which it has words of its own, this one among them.
    pub(super) fn alternates(&self, is_borrowed: bool) -> Vec<AlternateView> {
        let all = self.maker.routes.counterparts(self.route);
        let there: Vec<&Counterpart> = all.iter().filter(|one| one.is_there).collect();
        if is_borrowed || there.len() < 2 {
            return Vec::new();
        }
        let view = |own: &&Counterpart| AlternateView {
            lang: own.language.clone(),
            url: self.maker.canonical(&own.url),
            open_graph_locale: if own.is_self { None } else { self.open_graph_locale(&own.language) },
        };
        let first = AlternateView {
            lang: DEFAULT.to_string(),
            url: self.maker.canonical(&there[0].url),
            open_graph_locale: None,
        };
        there.iter().map(view).chain([first]).collect()
    }

    /// The language of the page's text, where it isn't the site's because nobody has translated it.
    pub(super) fn borrowed(&self) -> Option<BorrowedView> {
        let site = self.site();
        let lang = site.borrowed(&self.route.document(site)?.path)?;
        Some(BorrowedView {
            lang: lang.to_string(),
            direction: words::direction(lang).to_string(),
            name: self.maker.theme.words.language(lang).unwrap_or_else(|| lang.to_string()),
        })
    }
}

/// What a language calls itself, with its country where the site has two of one language.
fn own_name(tag: &str, all: &[Counterpart]) -> String {
    let short = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let own = short(tag);
    let name = names::language(tag, &own).unwrap_or(tag);
    let mut letters = name.chars();
    let name = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
    let is_alone = all.iter().filter(|other| short(&other.language) == own).count() == 1;
    let country = tag.split('-').skip(1).find(|part| part.len() == 2).and_then(|country| names::place(country, &own));
    match country.filter(|_| !is_alone) {
        Some(country) => format!("{name} ({country})"),
        None => name,
    }
}
