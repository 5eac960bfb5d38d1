//! What the law says of data that goes to a country: a dated table (`countries.yaml`), never code. What countries are called is
//! `document::values::names`'.

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
}

static TABLE: LazyLock<Countries> = LazyLock::new(|| match serde_yaml::from_str(include_str!("countries.yaml")) {
    Ok(table) => table,
    // A test reads the table.
    Err(error) => unreachable!("the table of countries is faulty: {error}"),
});

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
    use crate::document::values::names;
    use crate::site::providers;

    #[test]
    fn every_country_of_the_tables_has_a_name() {
        let countries = providers::all().iter().filter_map(|provider| provider.country.as_deref());
        for code in countries.chain(TABLE.eea.iter().chain(&TABLE.adequate).map(String::as_str)) {
            assert!(names::place(code, "de").is_some(), "{code}");
        }
        assert!(!TABLE.source.is_empty() && in_eea("NO") && !in_eea("CH") && is_adequate("CH") && !is_adequate("US"));
    }
}
