//! Crisis lines and emergency numbers by country: a dated table (`crisis.yaml`), never code.
//!
//! Owns the table, which countries a practice's visitors are in, and when two numbers are the same. How a page shows them
//! is `render`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Confidence;
use crate::document::model::{CrisisExtra, Practice, Reach};
use crate::document::values::{Date, dialled};

/// What a country offers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrisisCountry {
    /// When the entry was last looked up.
    pub verified: Date,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where the numbers come from.
    pub source: String,
    /// The country's calling code.
    pub calling: String,
    /// The emergency numbers, the one that people there say first.
    pub emergency: Vec<String>,
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
    /// Whether it is called or texted.
    #[serde(default)]
    pub reach: Reach,
    /// The word that a text message to it must hold.
    pub keyword: Option<String>,
    /// When and at what cost: a key of the theme's words, under `crisis.hours`.
    pub hours: Option<String>,
}

static TABLE: LazyLock<BTreeMap<String, CrisisCountry>> =
    LazyLock::new(|| match serde_yaml::from_str(include_str!("crisis.yaml")) {
        Ok(table) => table,
        // A test reads it.
        Err(error) => unreachable!("the table of crisis lines is faulty: {error}"),
    });

/// The entry of a country, by its ISO 3166-1 code.
pub fn country(code: &str) -> Option<&'static CrisisCountry> {
    TABLE.get(code)
}

/// Every country of the table, by its code.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static CrisisCountry)> {
    TABLE.iter().map(|(code, country)| (code.as_str(), country))
}

/// The countries whose numbers a practice's visitors need, each with the field that says so: those that it names, else
/// those of its jurisdictions and of its addresses.
pub fn countries_of(practice: &Practice) -> Vec<(&str, String)> {
    let named = practice.crisis.countries.iter().enumerate().map(|(i, c)| (&**c, format!("crisis.countries[{i}]")));
    let places = practice.jurisdictions.iter().enumerate().map(|(i, j)| (j.country(), format!("jurisdictions[{i}]")));
    let rooms = practice.locations.iter().enumerate().filter_map(|(i, location)| {
        Some((&*location.address.as_ref()?.country, format!("locations[{i}].address.country")))
    });
    let all: Vec<(&str, String)> =
        if practice.crisis.countries.is_empty() { places.chain(rooms).collect() } else { named.collect() };
    // A practice may work in several states of one country.
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|(code, _)| seen.insert(*code)).collect()
}

/// Whether two numbers are the same, however they are written: `+49 800 1110111` and `0800/111 0 111`.
fn same(one: &str, other: &str, calling: &str) -> bool {
    let own = |number: &str| {
        let keys = dialled(number);
        let abroad = keys.strip_prefix('+').or_else(|| keys.strip_prefix("00"));
        let national = abroad.and_then(|keys| keys.strip_prefix(calling)).unwrap_or(&keys).trim_start_matches('0');
        let without_prefix = national.strip_prefix('1').filter(|rest| calling == "1" && rest.len() == 10);
        without_prefix.unwrap_or(national).to_string()
    };
    own(one) == own(other)
}

/// The line of the table, or the practice's own before it, that a further line of the practice says again: its name. A
/// line that can be reached in a way in which the other cannot says something new.
pub fn said_before(practice: &Practice, index: usize) -> Option<&str> {
    let extra = practice.crisis.extra.get(index)?;
    let covers = |reach: Reach| (reach.calls() || !extra.reach().calls()) && (reach.texts() || !extra.reach().texts());
    let known = countries_of(practice).into_iter().filter_map(|(code, _)| country(code));
    for own in known.clone() {
        let line = own.lines.iter().find(|line| covers(line.reach) && same(&line.number, &extra.number, &own.calling));
        let line = line.map(|line| line.name.as_str());
        let emergency = || own.emergency.iter().find(|number| same(number, &extra.number, &own.calling));
        if let Some(name) = line.or_else(|| emergency().map(String::as_str)) {
            return Some(name);
        }
    }
    let calling = known.clone().next().map_or("", |own| own.calling.as_str());
    let again = |other: &&CrisisExtra| covers(other.reach()) && same(&other.number, &extra.number, calling);
    practice.crisis.extra[..index].iter().find(again).map(|other| other.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::values::{check, names};

    /// The European Union, the European Economic Area, and where else 112 is answered.
    const ONE_ONE_TWO: &str =
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO CH GB";

    #[test]
    fn every_entry_is_whole() {
        assert!(TABLE.len() >= 47);
        for (code, country) in TABLE.iter() {
            assert!(names::place(code, "en").is_some() && !country.source.is_empty(), "{code}");
            assert!(!country.emergency.is_empty() && country.calling.bytes().all(|b| b.is_ascii_digit()), "{code}");
            for line in &country.lines {
                assert!(check("dialled", &line.number).is_ok(), "{code} {}", line.number);
                assert!(line.keyword.is_none() || line.reach == Reach::Text, "{code} {}", line.name);
            }
        }
        for code in ONE_ONE_TWO.split(' ') {
            assert!(country(code).is_some_and(|own| own.emergency.iter().any(|number| number == "112")), "{code}");
        }
    }

    #[test]
    fn a_number_is_known_again_however_it_is_written() {
        for (one, other, calling) in [
            ("0800 1110111", "+49 800 111 0 111", "49"),
            ("0800 1110111", "0049 (0800) 1110111", "49"),
            ("116 123", "116123", "44"),
            ("02 2327 2327", "+39 02 2327 2327", "39"),
            ("1-800-273-8255", "(800) 273-TALK", "1"),
        ] {
            assert!(same(one, other, calling), "{one} {other}");
        }
        assert!(!same("988", "911", "1") && !same("142", "143", "43"));
    }
}
