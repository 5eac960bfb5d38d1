//! Rules about notices and statements that a practice must publish.

use serde::Deserialize;

use crate::document::values::{Date, Jurisdiction};

family! {
    /// The rules of `notices.yaml`.
    "notices.yaml" "Notices and statements" {
        good_faith_estimate_missing "good-faith-estimate-missing" ();
        privacy_practices_missing "privacy-practices-missing" ();
        privacy_practices_outdated "privacy-practices-outdated" Outdated;
        consumer_health_data_policy "consumer-health-data-policy" ();
        coaching_statement_missing "coaching-statement-missing" Vec<Statement>;
        impressum_missing "impressum-missing" ();
        law_superseded "law-superseded" Vec<Law>;
        complaint_notice "complaint-notice" ();
        page_generated "page-generated" ();
    }
}

/// The day before which a notice is out of date.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outdated {
    /// Notices effective before this day are out of date.
    pub before: Option<Date>,
}

/// What a statement about coaching must name, in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The languages.
    pub languages: Vec<String>,
    /// One of these says what coaching is not; regular expressions.
    pub names: Vec<String>,
    /// One of these says that it is not; regular expressions.
    pub denies: Vec<String>,
}

/// A law that is cited although another took its place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// How it is cited, as a regular expression.
    pub cited: String,
    /// What to write.
    pub now: String,
    /// Whose law it is; everybody's whom the rule concerns where empty.
    #[serde(default, rename = "where")]
    pub places: Vec<Jurisdiction>,
    /// What stands near it where the text says itself that it is a former law, as a regular expression.
    pub unless: Option<String>,
    /// What says so.
    pub source: String,
    /// The day on which that was last looked up.
    pub verified: Date,
}
