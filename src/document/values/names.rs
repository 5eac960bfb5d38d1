//! The names of what authors write as codes: places, languages, currencies.
//!
//! Owns the tables (`places.yaml`, `languages.yaml`, `currencies.yaml`, and what other languages call the same, `names/*.yaml`) and
//! the one way from a code to words that a visitor understands, in each language that the program speaks. The way from a name to
//! its code is `places`'.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What a code stands for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// What is written beside an amount, for currencies that people know by a sign.
    sign: Option<String>,
    /// The country in which a plain dollar sign means this currency.
    home: Option<String>,
    en: String,
    /// Other names of the same.
    #[serde(default)]
    also: Vec<String>,
}

/// What a language other than English calls what there are codes for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Translated {
    places: BTreeMap<String, String>,
    languages: BTreeMap<String, String>,
    currencies: BTreeMap<String, String>,
}

/// One of a language's tables.
type Of = fn(&Translated) -> &BTreeMap<String, String>;

type Table = LazyLock<BTreeMap<String, Named>>;

fn read<T: DeserializeOwned>(text: &str) -> T {
    match serde_yaml::from_str(text) {
        Ok(table) => table,
        // A test reads every table.
        Err(error) => unreachable!("a table of names is faulty: {error}"),
    }
}

pub(super) static PLACES: Table = LazyLock::new(|| read(include_str!("places.yaml")));
static LANGUAGES: Table = LazyLock::new(|| read(include_str!("languages.yaml")));
static CURRENCIES: Table = LazyLock::new(|| read(include_str!("currencies.yaml")));

/// The languages other than English, each read when it's first asked for: most sites need one.
static TRANSLATED: [(&str, LazyLock<Translated>); 7] = [
    ("de", LazyLock::new(|| read(include_str!("names/de.yaml")))),
    ("es", LazyLock::new(|| read(include_str!("names/es.yaml")))),
    ("ar", LazyLock::new(|| read(include_str!("names/ar.yaml")))),
    ("fr", LazyLock::new(|| read(include_str!("names/fr.yaml")))),
    ("it", LazyLock::new(|| read(include_str!("names/it.yaml")))),
    ("nl", LazyLock::new(|| read(include_str!("names/nl.yaml")))),
    ("pt", LazyLock::new(|| read(include_str!("names/pt.yaml")))),
];

/// A code's name in a language, given as the first part of its tag; the English one where there is none.
fn in_language(table: &'static Table, code: &str, language: &str, of: Of) -> Option<&'static str> {
    let named = table.get(code)?;
    let own = TRANSLATED.iter().find(|(tag, _)| *tag == language).and_then(|(_, names)| of(names).get(code));
    Some(own.unwrap_or(&named.en))
}

/// Every name of a place in every language.
pub(super) fn all_of_place(code: &str, named: &'static Named) -> impl Iterator<Item = &'static str> {
    let translated: Vec<&str> =
        TRANSLATED.iter().filter_map(|(_, names)| names.places.get(code)).map(String::as_str).collect();
    std::iter::once(&*named.en).chain(translated).chain(named.also.iter().map(String::as_str))
}

/// A country, or a part of one, in a language. A part that has no name here is called by its country.
pub fn place(code: &str, language: &str) -> Option<&'static str> {
    let country = code.split('-').next().unwrap_or(code);
    let name = |code| in_language(&PLACES, code, language, |names| &names.places);
    name(code).or_else(|| name(country))
}

/// A language in a language, by its tag.
pub fn language(tag: &str, language: &str) -> Option<&'static str> {
    let code = tag.split('-').next().unwrap_or(tag).to_lowercase();
    in_language(&LANGUAGES, &code, language, |names| &names.languages)
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
    in_language(&CURRENCIES, code, language, |names| &names.currencies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_code_and_every_code_has_a_name_in_every_language() {
        let tables: [(&str, &BTreeMap<String, Named>, Of); 3] = [
            ("place", &PLACES, |names| &names.places),
            ("language", &LANGUAGES, |names| &names.languages),
            ("currency", &CURRENCIES, |names| &names.currencies),
        ];
        for (kind, table, of) in tables {
            assert!(table.len() > 140, "{kind}");
            let is_name =
                |name: &str, code: &str| name != code && name.chars().any(char::is_alphabetic) && name.trim() == name;
            for (code, named) in table {
                assert!(is_name(&named.en, code), "{code} {}", named.en);
                for (language, names) in &TRANSLATED {
                    // A part of a country may be called as it is in English.
                    let is_part = kind == "place" && code.contains('-');
                    let is_there = of(names).get(code).map_or(is_part, |name| is_name(name, code));
                    assert!(is_there, "{kind} {code} in {language}: {:?}", of(names).get(code));
                }
            }
            for (language, names) in &TRANSLATED {
                let unknown: Vec<&String> = of(names).keys().filter(|code| !table.contains_key(*code)).collect();
                assert!(unknown.is_empty(), "{language}: {unknown:?}");
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
        assert_eq!(place("NO", "fr"), Some("Norvège"));
        assert_eq!(language("zh-Hant-TW", "en"), Some("Chinese"));
    }
}
