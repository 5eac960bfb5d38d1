//! Places by the names that people call them.
//!
//! Owns the way from `Oregon` to `US-OR`, and the guess at what a misspelt name means. Which rules hold in a place is
//! none of its business.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::nearest;

static NAMES: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("places.yaml")).unwrap_or_default());

/// The code of a place after ISO 3166, from the code itself or from a name.
///
/// # Errors
/// Where it is neither: what is wanted, with the place that was probably meant.
pub fn code_of(text: &str) -> Result<String, String> {
    let text = text.trim();
    let named = NAMES.iter().find(|(_, names)| names.iter().any(|name| name.to_lowercase() == text.to_lowercase()));
    if let Some((code, _)) = named {
        return Ok(code.clone());
    }
    let code = text.to_uppercase();
    match super::check("jurisdiction", &code) {
        Ok(()) => Ok(code),
        Err(wanted) => {
            let names = NAMES.values().flatten().map(String::as_str);
            let meant = nearest(text, names).map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
            Err(format!("no place that is known here, and not {wanted}{meant}"))
        }
    }
}

/// The places in a list with commas.
///
/// # Errors
/// Where one of them is none.
pub fn codes_of(text: &str) -> Result<Vec<String>, String> {
    if let Ok(code) = code_of(text) {
        return Ok(vec![code]);
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // Codes alone may also stand with spaces between them.
    let spaced = || text.split([',', ' ']).filter(|part| !part.is_empty()).map(code_of).collect::<Result<Vec<_>, _>>();
    parts.iter().map(|part| code_of(part)).collect::<Result<Vec<_>, _>>().or_else(|wrong| spaced().map_err(|_| wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_understood() {
        for (text, codes) in [
            ("Oregon", &["US-OR"][..]),
            ("california, new york", &["US-CA", "US-NY"]),
            ("UK", &["GB"]),
            ("us-ca", &["US-CA"]),
            ("US-CA US-NV", &["US-CA", "US-NV"]),
            ("de-sn", &["DE-SN"]),
            ("Österreich", &["AT"]),
            ("Washington", &["US-WA"]),
            ("Norway", &["NO"]),
        ] {
            assert_eq!(
                codes_of(text).as_deref(),
                Ok(&codes.iter().map(|c| c.to_string()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
        assert!(code_of("Califronia").is_err_and(|wrong| wrong.contains("did you mean California?")));
        assert!(codes_of("Oregon, nowhere at all").is_err());
    }

    #[test]
    fn every_name_has_a_code_and_no_two_are_the_same() {
        let names: BTreeMap<String, Vec<String>> = serde_yaml::from_str(include_str!("places.yaml")).unwrap();
        let all: Vec<String> = names.values().flatten().map(|name| name.to_lowercase()).collect();
        let unique: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(all.len(), unique.len());
        for code in names.keys() {
            assert!(super::super::check("jurisdiction", code).is_ok(), "{code}");
        }
    }
}
