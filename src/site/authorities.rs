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
    names: BTreeMap<String, Named>,
}

/// What an authority is called: the same everywhere, or otherwise in each of its country's languages, the first of them elsewhere.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Named {
    One(String),
    ByLanguage(Vec<(String, String)>),
}

static TABLE: LazyLock<Authorities> = LazyLock::new(|| match serde_yaml::from_str(include_str!("authorities.yaml")) {
    Ok(table) => table,
    // A test reads the table.
    Err(error) => unreachable!("the table of authorities is faulty: {error}"),
});

/// The authority of a place, in a language: that of the part of a country, where it has one, or that of the country.
pub fn of(place: &Jurisdiction, language: &str) -> Option<&'static str> {
    match TABLE.names.get(&**place).or_else(|| TABLE.names.get(place.country()))? {
        Named::One(name) => Some(name),
        Named::ByLanguage(names) => {
            let own = names.iter().find(|(own, _)| own == language);
            own.or(names.first()).map(|(_, name)| name.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_country_has_its_own_authority_or_that_of_the_country() {
        let at = |place: &str| of(&Jurisdiction(place.into()), "en");
        assert_eq!(at("DE-SN"), Some("Sächsische Datenschutz- und Transparenzbeauftragte"));
        assert_eq!(at("AT-9"), Some("Österreichische Datenschutzbehörde"));
        // Which of sixteen it is nobody knows.
        assert_eq!(at("DE"), None);
        assert_eq!(at("US-OR"), None);
        let swiss = |language: &str| of(&Jurisdiction("CH-GE".into()), language).unwrap();
        assert!(swiss("fr").starts_with("Préposé") && swiss("it").starts_with("Incaricato"));
        assert!(swiss("en").starts_with("Eidgenössischer"));
    }
}
