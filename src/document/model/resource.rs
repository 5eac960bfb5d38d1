//! `resources/NAME.md`: articles.

use schemars::JsonSchema;
use serde::Deserialize;

use super::common::{Faq, front_matter};
use crate::document::values::{Date, WebAddress};

front_matter! {
    /// An article.
    pub struct Resource {
        /// The title.
        #[schemars(extend("x-words" = "text"))]
        pub title: String,
        /// A sentence or two for lists and search results.
        #[schemars(extend("x-words" = "text"))]
        pub summary: String,
        /// Who wrote it: a file name in `practitioners/` without `.md`, or a guest.
        pub author: Author,
        /// Who reviewed it: a file name in `practitioners/` without `.md`, or a guest.
        pub reviewed_by: Option<Author>,
        /// The day of publication.
        pub date: Date,
        /// The day of the last change that readers should know of.
        pub updated: Option<Date>,
        /// The day on which somebody last checked that it is still right.
        pub last_reviewed: Option<Date>,
        /// Topics; each has a page of its own.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub topics: Vec<String>,
        /// What a reader should take away, a sentence each.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub key_points: Vec<String>,
        /// Questions and answers at its end.
        #[serde(default)]
        #[schemars(extend("x-words" = "text"))]
        pub faqs: Vec<Faq>,
        /// The day from which it is published.
        pub publish_at: Option<Date>,
        /// The day from which it is not published any more.
        pub expires_at: Option<Date>,
        /// Articles to read next, by file name without `.md`; by shared topics where not given.
        #[serde(default)]
        pub related: Vec<String>,
    }
}

/// Who wrote or reviewed an article.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Author {
    /// A practitioner of the site, by file name.
    Practitioner(String),
    /// Somebody else.
    Guest(Guest),
}

/// An author from outside the practice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guest {
    /// The name.
    pub name: String,
    /// A page about the person.
    pub url: Option<WebAddress>,
}

// By hand instead of `untagged`, whose messages tell an author nothing.
impl<'de> Deserialize<'de> for Author {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Author, D::Error> {
        match serde_yaml::Value::deserialize(deserializer)? {
            serde_yaml::Value::String(name) => Ok(Author::Practitioner(name)),
            value => Guest::deserialize(value).map(Author::Guest).map_err(serde::de::Error::custom),
        }
    }
}
