//! What is a licence, what is a degree, and where a licence holds.
//!
//! Owns the reading of `licence-number-missing`'s data (`rules/facts.yaml`): licences are free texts, so that every
//! profession of every country can be written.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use crate::document::model::Licence;
use crate::document::values::Jurisdiction;
use crate::rules::{facts, holds_in};

/// Whether the kind of a licence is a title of study.
pub(super) fn is_degree(kind: &str) -> bool {
    static DEGREES: LazyLock<Option<RegexSet>> =
        LazyLock::new(|| set(&facts::rules().licence_number_missing.data.degrees, "(?i)^(?:", ")$"));
    DEGREES.as_ref().is_some_and(|degrees| degrees.is_match(kind.trim()))
}

/// Where the words of a professional title claim a licence.
pub(super) fn claims(title: &str) -> bool {
    static CLAIMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let claims = facts::rules().licence_number_missing.data.claims.join("|");
        Regex::new(&format!("(?i)(?:{claims})")).ok()
    });
    let claim = CLAIMS.as_ref().and_then(|claims| claims.find(title));
    claim.is_some_and(|claim| !super::words::denied(&title[..claim.start()], &title[claim.end()..]))
}

/// Whether a licence holds in a place: in its own, in the parts of its country where it is the country's, and in the
/// whole country where its kind is a registration that holds everywhere in it.
pub(super) fn holds(licence: &Licence, place: &Jurisdiction) -> bool {
    holds_in(&licence.jurisdiction, place)
        || (licence.jurisdiction.country() == place.country() && is_registration(licence))
}

/// Whether a licence is a registration of a whole country.
pub(super) fn is_registration(licence: &Licence) -> bool {
    static SETS: LazyLock<Vec<(&str, Option<RegexSet>)>> = LazyLock::new(|| {
        let registers = facts::rules().licence_number_missing.data.registers.iter();
        registers.map(|own| (&*own.country.0, set(&own.names, "(?i)^(?:", r")(?:\b|$)"))).collect()
    });
    let mut sets = SETS.iter().filter(|(country, _)| *country == licence.jurisdiction.country());
    sets.any(|(_, names)| names.as_ref().is_some_and(|names| names.is_match(licence.kind.trim())))
}

// A test of the rules puts each together.
fn set(patterns: &[String], before: &str, after: &str) -> Option<RegexSet> {
    RegexSet::new(patterns.iter().map(|own| format!("{before}{own}{after}"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_no_licences() {
        for degree in [
            "Dipl.-Psych.",
            "Diplom-Psychologin",
            "Diplom-Psychologe (Univ.)",
            "M.Sc.",
            "MSc Psychology",
            "M.A.",
            "BA",
            "MSW",
            "PhD",
            "Ph.D.",
            "Psy.D.",
            "DClinPsy",
            "Dr. phil.",
            "Master of Arts",
            "Licenciada en Psicología",
            "ماجستير",
        ] {
            assert!(is_degree(degree), "{degree}");
        }
        for licence in [
            "LMFT",
            "LCSW",
            "LPC",
            "AMFT",
            "MFT",
            "PSY",
            "HCPC",
            "BACP",
            "Approbation",
            "Psychologische Psychotherapeutin",
            "Dipl.-Psych., Psychologische Psychotherapeutin",
            "Psychologist",
            "LP",
            "LMHC",
            "Heilpraktiker für Psychotherapie",
            "Psicóloga sanitaria",
            "MBACP",
            "Practical nurse",
            "BCBA",
            "MD",
        ] {
            assert!(!is_degree(licence), "{licence}");
        }
    }

    #[test]
    fn some_titles_claim_a_licence() {
        for title in
            ["Licensed Professional Counselor", "Psychologische Psychotherapeutin", "Psicoterapeuta", "معالج نفسي"]
        {
            assert!(claims(title), "{title}");
        }
        for title in
            ["Life Coach", "Diplom-Psychologin", "Coach, not a licensed therapist", "Unlicensed helper", "Psicóloga"]
        {
            assert!(!claims(title), "{title}");
        }
    }

    #[test]
    fn registrations_hold_in_the_whole_country() {
        let holds = |kind: &str, own: &str, place: &str| {
            let licence: Licence =
                serde_yaml::from_str(&format!("{{ type: {kind}, number: \"1\", jurisdiction: {own} }}")).unwrap();
            holds(&licence, &Jurisdiction(place.into()))
        };
        for (kind, own, place) in [
            ("Approbation", "DE-BE", "DE-BY"),
            ("Approbation", "DE-BE", "DE"),
            ("Psychologische Psychotherapeutin", "DE-SN", "DE-HH"),
            ("Heilpraktiker für Psychotherapie", "DE-BY", "DE-NW"),
            ("HCPC", "GB-ENG", "GB-SCT"),
            ("UKCP", "GB", "GB-WLS"),
            ("BACP", "GB-SCT", "GB"),
            ("LMFT", "US", "US-CA"),
        ] {
            assert!(holds(kind, own, place), "{kind} {own} {place}");
        }
        for (kind, own, place) in [
            ("LMFT", "US-CA", "US-NV"),
            ("Approbation", "DE-BE", "AT"),
            ("Approbation", "US-CA", "US-NV"),
            ("HCPC", "GB", "IE"),
            ("Psychotherapist", "CH-ZH", "CH-BE"),
        ] {
            assert!(!holds(kind, own, place), "{kind} {own} {place}");
        }
    }
}
