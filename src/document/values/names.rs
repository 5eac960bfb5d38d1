//! The names of what authors write as codes: places, languages, currencies.
//!
//! Owns the tables (`places.yaml`, `languages.yaml`, `currencies.yaml`) and the one way from a code to words that a visitor
//! understands, in each language that the program speaks. The way from a name to its code is `places`'.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What a code stands for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// What is written beside an amount, for currencies that people know by a sign.
    sign: Option<String>,
    /// The country in which a plain dollar sign means this currency.
    home: Option<String>,
    en: String,
    de: Option<String>,
    es: Option<String>,
    ar: Option<String>,
    fr: Option<String>,
    it: Option<String>,
    nl: Option<String>,
    pt: Option<String>,
    /// Other names of the same.
    #[serde(default)]
    also: Vec<String>,
}

impl Named {
    /// The name in a language, given as the first part of its tag; the English one where there is none.
    fn in_language(&self, language: &str) -> &str {
        let own = match language {
            "de" => &self.de,
            "es" => &self.es,
            "ar" => &self.ar,
            "fr" => &self.fr,
            "it" => &self.it,
            "nl" => &self.nl,
            "pt" => &self.pt,
            _ => &None,
        };
        own.as_deref().unwrap_or(&self.en)
    }

    /// Every name in every language.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let translated = [&self.de, &self.es, &self.ar, &self.fr, &self.it, &self.nl, &self.pt]
            .into_iter()
            .filter_map(|name| name.as_deref());
        std::iter::once(&*self.en).chain(translated).chain(self.also.iter().map(String::as_str))
    }
}

type Table = LazyLock<BTreeMap<String, Named>>;

fn read(text: &str) -> BTreeMap<String, Named> {
    match serde_yaml::from_str(text) {
        Ok(table) => table,
        // A test reads every table.
        Err(error) => unreachable!("a table of names is faulty: {error}"),
    }
}

pub(super) static PLACES: Table = LazyLock::new(|| read(include_str!("places.yaml")));
static LANGUAGES: Table = LazyLock::new(|| read(include_str!("languages.yaml")));
static CURRENCIES: Table = LazyLock::new(|| read(include_str!("currencies.yaml")));

/// A country, or a part of one, in a language. A part that has no name here is called by its country.
pub fn place(code: &str, language: &str) -> Option<&'static str> {
    let country = code.split('-').next().unwrap_or(code);
    PLACES.get(code).or_else(|| PLACES.get(country)).map(|named| named.in_language(language))
}

/// A language in a language, by its tag.
pub fn language(tag: &str, language: &str) -> Option<&'static str> {
    LANGUAGES.get(&tag.split('-').next().unwrap_or(tag).to_lowercase()).map(|named| named.in_language(language))
}

/// The sign of a currency, where people know it by one. In a country whose own money is written with a plain `$`, that is its
/// sign, and the US dollar's is `US$`; `home` is the country that the reader is surely in.
pub fn currency_sign(code: &str, home: Option<&str>) -> Option<&'static str> {
    let named = CURRENCIES.get(code)?;
    let is_at_home = |named: &Named| named.home.is_some() && named.home.as_deref() == home;
    if is_at_home(named) {
        return Some("$");
    }
    if code == "USD" && CURRENCIES.values().any(is_at_home) {
        return Some("US$");
    }
    named.sign.as_deref()
}

/// A currency's name as it stands after an amount.
pub fn currency(code: &str, language: &str) -> Option<&'static str> {
    CURRENCIES.get(code).map(|named| named.in_language(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_code_and_every_code_has_a_name() {
        for (kind, table) in [("place", &*PLACES), ("language", &*LANGUAGES), ("currency", &*CURRENCIES)] {
            assert!(table.len() > 140, "{kind}");
            for (code, named) in table {
                for name in named.all().take(8) {
                    assert!(
                        name != code && name.chars().any(char::is_alphabetic) && name.trim() == name,
                        "{code} {name}"
                    );
                }
            }
        }
        let countries = PLACES.keys().filter(|code| code.len() == 2).count();
        assert_eq!(countries, 250, "all of ISO 3166-1, and XK");
    }

    #[test]
    fn a_part_without_a_name_is_called_by_its_country() {
        assert_eq!(place("US-TX", "ar"), Some("تكساس"));
        assert_eq!(place("FR-IDF", "de"), Some("Frankreich"));
        assert_eq!(place("XX", "en"), None);
        assert_eq!(language("zh-Hant-TW", "en"), Some("Chinese"));
    }
}
