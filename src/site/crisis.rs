//! Crisis lines and emergency numbers by country: a dated table (`crisis.yaml`), never code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::values::Date;

/// What a country offers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrisisCountry {
    /// When the entry was last checked against its source.
    pub verified: Option<Date>,
    /// Whether no source is at hand yet.
    #[serde(default)]
    pub unverified: bool,
    /// Where the numbers come from.
    pub source: Option<String>,
    /// The emergency number.
    pub emergency: String,
    /// The lines.
    pub lines: Vec<CrisisLine>,
}

/// A crisis line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrisisLine {
    /// Who answers.
    pub name: String,
    /// The number, as it is written in the country.
    pub number: String,
    /// Whether it takes text messages too.
    #[serde(default)]
    pub text: bool,
    /// For lines that take text messages only: the word to send.
    pub text_only: Option<String>,
    /// When and at what cost: a key of the theme's words, under `crisis.hours`.
    pub hours: Option<String>,
}

static TABLE: LazyLock<BTreeMap<String, CrisisCountry>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("crisis.yaml")).unwrap_or_default());

/// The entry of a country, by its ISO 3166-1 code.
pub fn country(code: &str) -> Option<&'static CrisisCountry> {
    TABLE.get(code)
}

/// Every country of the table, by its code.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static CrisisCountry)> {
    TABLE.iter().map(|(code, country)| (code.as_str(), country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_dated_or_marked() {
        assert!(TABLE.len() >= 11);
        for (code, country) in TABLE.iter() {
            assert!(country.unverified != (country.verified.is_some() && country.source.is_some()), "{code}");
            assert!(!country.lines.is_empty());
        }
    }
}
