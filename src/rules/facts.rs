//! Rules about facts: licences, titles, crisis help.

use serde::Deserialize;

use crate::diagnostic::{Confidence, Severity};
use crate::document::model::PracticeKind;
use crate::document::values::{Country, Date, Jurisdiction};

family! {
    /// The rules of `facts.yaml`.
    "facts.yaml" "Facts" {
        licence_number_missing "licence-number-missing" Licences;
        associate_without_supervisor "associate-without-supervisor" ();
        licence_expired "licence-expired" ();
        not_licensed_there "not-licensed-there" ();
        protected_title "protected-title" Vec<Titles>;
        crisis_line_missing "crisis-line-missing" ();
        crisis_line_twice "crisis-line-twice" ();
        crisis_number_superseded "crisis-number-superseded" Vec<Superseded>;
        accessibility_date "accessibility-date" Vec<AccessibilityDate>;
    }
}

/// What is a licence and what is none.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licences {
    /// Degrees, as regular expressions of a whole text.
    pub degrees: Vec<String>,
    /// Words of a professional title that claim a licence, as regular expressions.
    pub claims: Vec<String>,
    /// Registrations of whole countries.
    pub registers: Vec<Register>,
}

/// Registrations that hold in a whole country.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The country.
    pub country: Country,
    /// What they are called, as regular expressions of the beginning of a text.
    pub names: Vec<String>,
    /// What says so.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// The day on which it was last looked up.
    pub verified: Date,
}

/// Words that only some may use of themselves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// The languages in which the words are looked for.
    pub languages: Vec<String>,
    /// The kinds of practice that may not use them.
    pub kinds: Vec<PracticeKind>,
    /// Where they are protected; everywhere where empty.
    #[serde(default, rename = "where")]
    pub places: Vec<Jurisdiction>,
    /// Only for practices whose professional title (`legal.title`) contains this.
    pub title: Option<String>,
    /// The words, as regular expressions.
    pub words: Vec<String>,
    /// Expressions that hold one of the words and are no title: `therapy dog`.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// A number, or a service's name, that another has replaced.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// The number or the name, as a regular expression.
    pub number: String,
    /// What took its place.
    pub by: String,
    /// What it weighs, where that is less than the rule's: a name may stand in a text as history.
    pub severity: Option<Severity>,
    /// Where that is said.
    pub source: String,
    /// How sure it is; what is not sure warns.
    pub confidence: Confidence,
    /// When it was last looked up.
    pub verified: Date,
}

/// Until when a site must be accessible.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessibilityDate {
    /// For practices with at least so many people.
    pub staff_from: u32,
    /// The day.
    pub date: Date,
}
