//! Rules about facts: licences, titles, crisis help.

use serde::Deserialize;

use crate::document::model::PracticeKind;
use crate::document::values::Jurisdiction;

family! {
    /// The rules of `facts.yaml`.
    "facts.yaml" "Facts" {
        licence_number_missing "licence-number-missing" ();
        associate_without_supervisor "associate-without-supervisor" ();
        licence_expired "licence-expired" ();
        not_licensed_there "not-licensed-there" ();
        protected_title "protected-title" Vec<Titles>;
        crisis_line_missing "crisis-line-missing" ();
        crisis_number_superseded "crisis-number-superseded" Vec<Superseded>;
        accessibility_date "accessibility-date" Vec<AccessibilityDate>;
    }
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

/// A number that is answered no more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// The number, as a regular expression.
    pub number: String,
    /// The number that took its place.
    pub by: String,
}

/// Until when a site must be accessible.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessibilityDate {
    /// For practices with at least so many people.
    pub staff_from: u32,
    /// The day.
    pub date: crate::document::values::Date,
}
