//! Countries as generated pages name them, and what the law says of data that goes there: a dated table
//! (`countries.yaml`), never code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Confidence;
use crate::document::values::Date;

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Countries {
    /// How sure it is.
    pub confidence: Confidence,
    /// When it was last looked up.
    pub verified: Date,
    /// Where it is from.
    pub source: String,
    eea: Vec<String>,
    adequate: Vec<String>,
    names: BTreeMap<String, BTreeMap<String, String>>,
}

static TABLE: LazyLock<Countries> = LazyLock::new(|| match serde_yaml::from_str(include_str!("countries.yaml")) {
    Ok(table) => table,
    // A test reads the table.
    Err(error) => unreachable!("the table of countries is faulty: {error}"),
});

/// A country's name in a language; its code where the table has none.
pub fn name<'a>(code: &'a str, language: &str) -> &'a str {
    TABLE.names.get(code).and_then(|names| names.get(language)).map_or(code, String::as_str)
}

/// Whether a country belongs to the European Economic Area, where the GDPR holds.
pub fn in_eea(code: &str) -> bool {
    TABLE.eea.iter().any(|own| own == code)
}

/// Whether the European Commission has found a country's protection adequate, whoever receives the data there.
pub fn is_adequate(code: &str) -> bool {
    TABLE.adequate.iter().any(|own| own == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::providers;

    #[test]
    fn every_country_of_a_provider_has_a_name_in_every_language() {
        let countries = providers::all().iter().filter_map(|provider| provider.country.as_deref());
        for code in countries.chain(TABLE.names.keys().map(String::as_str)) {
            for language in ["en", "de", "es", "ar"] {
                assert!(TABLE.names[code].contains_key(language), "{code} {language}");
            }
        }
        assert!(!TABLE.source.is_empty() && in_eea("NO") && !in_eea("CH") && is_adequate("CH") && !is_adequate("US"));
    }
}
