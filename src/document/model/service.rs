//! `services/NAME.md`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::common::{Booking, Faq, Format, Package, Price, front_matter};
use crate::document::values::Markdown;

front_matter! {
    /// A service that the practice offers.
    pub struct Service {
        /// What it is called.
        #[schemars(extend("x-words" = "text"))]
        pub title: String,
        /// A sentence or two for lists and search results.
        #[schemars(extend("x-words" = "text"))]
        pub summary: String,
        /// What kind of service it is.
        pub kind: ServiceKind,
        /// The heading under which it stands in lists with others of the same group: `For couples`.
        #[schemars(extend("x-words" = "text"))]
        pub group: Option<String>,
        /// How long a session lasts, in minutes.
        pub duration_min: Option<u32>,
        /// What a session costs.
        pub price: Option<Price>,
        /// Several sessions at one price.
        #[serde(default)]
        pub packages: Vec<Package>,
        /// How sessions take place.
        pub formats: Vec<Format>,
        /// Who it is for, a sentence each.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub for_whom: Vec<String>,
        /// When another kind of help serves better, a sentence each.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub not_for: Vec<String>,
        /// What happens, step by step.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub what_to_expect: Vec<Step>,
        /// Who offers it: file names in `practitioners/` without `.md`.
        #[serde(default)]
        pub practitioners: Vec<String>,
        /// Questions about this service.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub faqs: Vec<Faq>,
        /// Booking of this service, instead of the practice's.
        pub booking: Option<Booking>,
        /// Order in lists: the smaller, the earlier.
        #[serde(default)]
        pub weight: i32,
    }
}

/// What kind of service it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    /// Treatment, by licensed or registered professionals.
    #[schemars(extend("x-also" = ["psychotherapy", "counselling", "counseling"]))]
    Therapy,
    /// Work towards a client's goals; no treatment.
    Coaching,
    /// Finding out: tests, opinions, reports.
    #[schemars(extend("x-also" = ["evaluation", "testing"]))]
    Assessment,
    /// For professionals, about their own clients.
    Supervision,
    /// Advice on a question.
    Consultation,
    /// For several people at once.
    #[schemars(extend("x-also" = ["workshop", "circle"]))]
    Group,
}

impl ServiceKind {
    /// The word in front matter, which is also the key in a theme's locale.
    pub fn key(self) -> &'static str {
        match self {
            ServiceKind::Therapy => "therapy",
            ServiceKind::Coaching => "coaching",
            ServiceKind::Assessment => "assessment",
            ServiceKind::Supervision => "supervision",
            ServiceKind::Consultation => "consultation",
            ServiceKind::Group => "group",
        }
    }
}

/// A step: a few words and a sentence or two.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What happens.
    pub title: String,
    /// More of it, in markdown.
    pub text: Option<Markdown>,
}
