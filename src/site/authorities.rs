//! Who supervises the protection of data: a dated table (`authorities.yaml`), never code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Confidence;
use crate::document::values::{Date, Jurisdiction};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)] // what a name rests on is for whoever edits the table
struct Authorities {
    confidence: Confidence,
    verified: Date,
    source: String,
    names: BTreeMap<String, String>,
}

static TABLE: LazyLock<Authorities> = LazyLock::new(|| match serde_yaml::from_str(include_str!("authorities.yaml")) {
    Ok(table) => table,
    // A test reads the table.
    Err(error) => unreachable!("the table of authorities is faulty: {error}"),
});

/// The authority of a place: that of the part of a country, where it has one, or that of the country.
pub fn of(place: &Jurisdiction) -> Option<&'static str> {
    TABLE.names.get(&**place).or_else(|| TABLE.names.get(place.country())).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_country_has_its_own_authority_or_that_of_the_country() {
        let at = |place: &str| of(&Jurisdiction(place.into()));
        assert_eq!(at("DE-SN"), Some("Sächsische Datenschutz- und Transparenzbeauftragte"));
        assert_eq!(at("AT-9"), Some("Österreichische Datenschutzbehörde"));
        // Which of sixteen it is nobody knows.
        assert_eq!(at("DE"), None);
        assert_eq!(at("US-OR"), None);
    }
}
