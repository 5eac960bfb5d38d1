//! The words of lists of works in the page's language.
//!
//! Owns their table (`terms.yaml`), and how days, editions and ranges of pages are written with them.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::citations::Locator;
use crate::document::works::When;

/// The words of a language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms {
    pub and: String,
    months: Vec<String>,
    months_short: Vec<String>,
    day: String,
    pub no_date: String,
    pub no_date_long: String,
    pub in_press: String,
    circa: String,
    before_christ: String,
    pub editor: (String, String),
    pub editor_small: (String, String),
    pub editor_word: (String, String),
    pub translator: String,
    pub translator_word: String,
    pub director: (String, String),
    pub host: (String, String),
    #[serde(rename = "in")]
    pub within: String,
    edition: String,
    edn: String,
    volume: String,
    article: String,
    number: String,
    version: String,
    pages: (String, String),
    pub ahead: String,
    pub ahead_word: String,
    pub forthcoming: String,
    pub retrieved: String,
    pub available: String,
    pub accessed: String,
    pub available_from: String,
    pub cited: String,
    pub internet: String,
    pub date_unknown: String,
    original: String,
    pub translated_by: String,
    pub edited_by: String,
    pub edited_and_translated_by: String,
    pub directed_by: String,
    pub doctoral: String,
    pub presented_at: String,
    pub poster_at: String,
    places: HashMap<String, (String, String)>,
    /// The language's tag.
    #[serde(skip)]
    pub language: String,
}

/// The words of a language, given as a tag.
pub(super) fn of(tag: &str) -> Option<&'static Terms> {
    static TERMS: LazyLock<BTreeMap<String, Terms>> = LazyLock::new(|| {
        let mut all: serde_yaml::Value = serde_yaml::from_str(include_str!("terms.yaml")).unwrap_or_default();
        if all.apply_merge().is_err() {
            return BTreeMap::new();
        }
        let mut all: BTreeMap<String, Terms> = serde_yaml::from_value(all).unwrap_or_default();
        all.iter_mut().for_each(|(language, terms)| terms.language.clone_from(language));
        all
    });
    let primary = tag.split('-').next().unwrap_or_default().to_lowercase();
    // The table is a part of the program and is read by a test.
    TERMS.get(&primary).or_else(|| TERMS.get("en"))
}

impl Terms {
    /// A year: `2014`, `ca. 1900`, `350 B.C.E.`
    pub fn year(&self, when: &When) -> Option<String> {
        let year = when.year?;
        // There's no year 0 before Christ: ISO 8601 counts one less.
        let written = match year <= 0 {
            true => self.before_christ.replace("{year}", &(1 - year).to_string()),
            false => year.to_string(),
        };
        Some(if when.circa { self.circa.replace("{year}", &written) } else { written })
    }

    /// The day of a year, or its month: `September 9`, `March 30–April 2`.
    pub fn day(&self, when: &When) -> Option<String> {
        self.day_with(when, &self.months, &self.day)
    }

    /// The same with the day before the month, as the British write: `9 September`.
    pub fn british_day(&self, when: &When) -> Option<String> {
        let pattern = if self.language == "en" { "{n} {month}" } else { &self.day };
        self.day_with(when, &self.months, pattern)
    }

    /// The same, shortened: `Sep 9`, `Mar 30-Apr 2`.
    pub fn short_day(&self, when: &When) -> Option<String> {
        let pattern = if self.language == "en" { "{month} {n}" } else { &self.day };
        self.day_with(when, &self.months_short, pattern).map(|day| day.replace('–', "-"))
    }

    fn day_with(&self, when: &When, months: &[String], pattern: &str) -> Option<String> {
        let month = months.get(usize::from(when.month?).checked_sub(1)?)?;
        let Some(day) = when.day else { return Some(month.clone()) };
        let written = |month: &str, day: &str| pattern.replace("{month}", month).replace("{n}", day);
        Some(match when.until {
            Some((until_month, until)) if Some(until_month) == when.month => written(month, &format!("{day}–{until}")),
            Some((until_month, until)) => {
                let until_month = months.get(usize::from(until_month).checked_sub(1)?)?;
                format!("{}–{}", written(month, &day.to_string()), written(until_month, &until.to_string()))
            }
            None => written(month, &day.to_string()),
        })
    }

    /// An edition: `2nd ed.`; words that are no number stay what they are.
    pub fn edition(&self, edition: &str) -> String {
        self.edition_as(edition, &self.edition)
    }

    /// An edition in the British style: `2nd edn`.
    pub fn edn(&self, edition: &str) -> String {
        self.edition_as(&edition.replace(" ed.", " edn"), &self.edn)
    }

    fn edition_as(&self, edition: &str, pattern: &str) -> String {
        match edition.parse::<u32>() {
            Ok(number) => pattern.replace("{n}", &self.ordinal(number)),
            Err(_) => edition.to_string(),
        }
    }

    fn ordinal(&self, number: u32) -> String {
        let ending = match self.language.as_str() {
            "en" => match (number % 10, number % 100) {
                (1, n) if n != 11 => "st",
                (2, n) if n != 12 => "nd",
                (3, n) if n != 13 => "rd",
                _ => "th",
            },
            "de" => ".",
            "es" | "pt" => ".ª",
            "it" => "ª",
            "fr" | "nl" => "e",
            _ => "",
        };
        format!("{number}{ending}")
    }

    /// `Vol. 4`.
    pub fn volume(&self, volume: &str) -> String {
        self.volume.replace("{n}", volume)
    }

    /// `Article 270`.
    pub fn article(&self, number: &str) -> String {
        self.article.replace("{n}", number)
    }

    /// `No. 443`.
    pub fn number(&self, number: &str) -> String {
        self.number.replace("{n}", number)
    }

    /// `Version V1`.
    pub fn version(&self, version: &str) -> String {
        self.version.replace("{n}", version)
    }

    /// `Original work published 1900`.
    pub fn original(&self, year: &str) -> String {
        self.original.replace("{year}", year)
    }

    /// `p. 184`, `pp. 95–103`.
    pub fn pages(&self, pages: &str) -> String {
        let several = pages.contains(['-', ',', '–']);
        let word = if several { &self.pages.1 } else { &self.pages.0 };
        format!("{word} {}", pages.replace('-', "–"))
    }

    /// A place in a work: `p. 253`, `Chapter 2`.
    pub fn place(&self, kind: Locator, number: &str) -> String {
        let number = number.replace("--", "–").replace('-', "–");
        let Some((one, several)) = self.places.get(kind.key()) else { return number };
        let word = if number.contains(['–', ',', '&']) { several } else { one };
        format!("{word} {number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        for language in ["en", "de", "es", "fr", "it", "nl", "pt", "ar"] {
            let terms = of(language).unwrap();
            assert_eq!((terms.language.as_str(), terms.months.len(), terms.places.len()), (language, 12, 13));
        }
        assert_eq!(of("tlh").unwrap().and, "and");
        assert_eq!(of("de-AT").unwrap().and, "und");
        assert_eq!(of("en").unwrap().edition("11"), "11th ed.");
        assert_eq!(of("en").unwrap().edn("5th ed., text rev."), "5th edn, text rev.");
    }
}
