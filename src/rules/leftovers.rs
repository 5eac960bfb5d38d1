//! Rules about what a template or a draft left behind.

use serde::Deserialize;

family! {
    /// The rules of `leftovers.yaml`.
    "leftovers.yaml" "Left-over text" {
        placeholder_text "placeholder-text" Vec<Placeholder>;
        duplicate_title "duplicate-title" ();
        duplicate_description "duplicate-description" ();
        empty_section "empty-section" ();
    }
}

/// A text that stands for another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    /// What it is.
    pub what: String,
    /// How it looks, as a regular expression.
    pub pattern: String,
    /// What to do about it.
    pub mend: String,
}
