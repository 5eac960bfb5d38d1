//! practice.yaml: what others say of the practice, and their consent.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::values::{Date, WebAddress};

/// What somebody says of the practice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Testimonial {
    /// The words.
    #[schemars(extend("x-words" = "text"))]
    pub text: String,
    /// By whom, as agreed.
    #[schemars(extend("x-words" = "name"))]
    pub attribution: Option<String>,
    /// How the person knows the practice.
    pub relation: Relation,
    /// The consent to publish.
    pub consent: Consent,
    /// Whether something was given for it.
    pub incentive: bool,
    /// Whether it is about clinical matters.
    pub clinical: Option<bool>,
    /// Where it was given.
    pub source: Option<WebAddress>,
}

/// How somebody who speaks of a practice knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A client.
    Client,
    /// A client once.
    FormerClient,
    /// A colleague, a supervisor, an employee.
    Colleague,
    /// Somebody who attended a talk or a course.
    Attendee,
}

impl Relation {
    /// The word in practice.yaml, which is also the key in a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            Relation::Client => "client",
            Relation::FormerClient => "former-client",
            Relation::Colleague => "colleague",
            Relation::Attendee => "attendee",
        }
    }
}

/// Consent to publish.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// When it was given.
    pub date: Date,
    /// What it covers.
    pub scope: String,
}
