//! Rules of practice: dated data, one file per family, loaded through types.
//!
//! Owns what a rule is and whom it concerns: kind of practice, jurisdiction, day. A rule says what it rests on,
//! how sure that is and when it was last looked up, so that a country is added and a date is moved by editing a
//! table. Checks nothing: `check` compares sites with rules. No rule is legal advice.

#[macro_use]
mod family;
pub mod facts;
pub mod freshness;
pub mod leftovers;
pub mod marks;
pub mod notices;
pub mod pages;
pub mod privacy;
pub mod testimonials;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::{Basis, Code, Severity};
use crate::document::model::{Practice, PracticeKind};
use crate::document::values::{Date, Jurisdiction};

/// A rule with what else its check needs to know: words, ages, fields.
#[derive(Debug)]
pub struct Rule<T = ()> {
    /// What it says and whom it concerns.
    pub info: Info,
    /// What its check needs to know.
    pub data: T,
}

/// What a rule says and whom it concerns.
#[derive(Debug)]
pub struct Info {
    /// Its name, meaning and mend; its severity is that of its gravest case.
    pub code: Code,
    /// Whom it concerns and how gravely; the first that fits counts.
    pub cases: Vec<Case>,
}

/// Whom a rule concerns, how gravely and on what ground.
#[derive(Debug, Deserialize)]
#[serde(from = "family::WrittenCase")]
pub struct Case {
    /// Countries, or parts of one: `US`, `US-CA`. Everywhere where empty.
    pub places: Vec<Jurisdiction>,
    /// Kinds of practice; every kind where empty.
    pub kinds: Vec<PracticeKind>,
    /// How much the finding weighs.
    pub severity: Severity,
    /// Since when it holds; always where not given.
    pub effective: Option<Date>,
    /// What it rests on.
    pub basis: Basis,
}

impl Case {
    fn concerns(&self, kind: PracticeKind, places: &[&Jurisdiction], today: Date) -> bool {
        let somewhere = self.places.is_empty() || self.places.iter().any(|own| places.iter().any(|p| holds_in(own, p)));
        somewhere
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
            && self.effective.is_none_or(|day| day <= today)
    }
}

/// Whether a rule of `own` holds in `place`: the rules of a country hold in its parts, not the other way round.
pub fn holds_in(own: &Jurisdiction, place: &Jurisdiction) -> bool {
    own.0 == place.0 || (!own.contains('-') && &**own == place.country())
}

impl Info {
    /// Whether one of its cases names a place, or the country that it's in.
    pub fn is_of(&self, place: &Jurisdiction) -> bool {
        self.cases.iter().any(|case| case.places.iter().any(|own| holds_in(own, place)))
    }

    /// The case that concerns a practice on a day, if one does.
    pub fn case(&'static self, practice: &Practice, today: Date) -> Option<&'static Case> {
        let places: Vec<&Jurisdiction> = practice.jurisdictions.iter().collect();
        self.case_in(practice.kind, &places, today)
    }

    /// The case that concerns a kind of practice in some places on a day.
    pub fn case_in(&'static self, kind: PracticeKind, places: &[&Jurisdiction], today: Date) -> Option<&'static Case> {
        self.cases.iter().find(|case| case.concerns(kind, places, today))
    }
}

/// A file of rules on one subject.
pub struct Family {
    /// What its rules are about.
    pub title: &'static str,
    /// Its rules, in the file's order.
    pub rules: Vec<&'static Info>,
}

/// Every family.
pub fn families() -> &'static [Family] {
    static ALL: LazyLock<Vec<Family>> = LazyLock::new(|| {
        vec![
            facts::family(),
            notices::family(),
            testimonials::family(),
            freshness::family(),
            leftovers::family(),
            privacy::family(),
            pages::family(),
        ]
    });
    &ALL
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Info> {
    families().iter().flat_map(|family| &family.rules).copied().find(|rule| rule.code.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Confidence, codes};

    #[test]
    fn every_rule_is_whole() {
        let mut names: Vec<&str> = codes::ALL.iter().map(|code| code.name).collect();
        for rule in families().iter().flat_map(|family| &family.rules) {
            let code = &rule.code;
            assert!(code.meaning.ends_with('.') && code.mend.ends_with('.'), "{}", code.name);
            assert!(!rule.cases.is_empty(), "{}", code.name);
            for case in &rule.cases {
                assert!(!case.basis.source.is_empty(), "{}", code.name);
                // What is not well known may warn, never stop a build.
                let sure = case.basis.confidence == Confidence::H;
                assert!(sure || case.severity != Severity::Error, "{}", code.name);
            }
            names.push(code.name);
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "two codes of one name");
    }

    #[test]
    fn a_countrys_rules_hold_in_its_parts() {
        let place = |text: &str| Jurisdiction(text.into());
        assert!(holds_in(&place("US"), &place("US-CA")));
        assert!(!holds_in(&place("US-CA"), &place("US")));
        assert!(!holds_in(&place("US-CA"), &place("US-OR")));
    }
}
