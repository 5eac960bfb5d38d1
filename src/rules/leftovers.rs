//! Rules about what a template or a draft left behind.

use serde::Deserialize;

family! {
    /// The rules of `leftovers.yaml`.
    "leftovers.yaml" "Left-over text" {
        placeholder_text "placeholder-text" Vec<Placeholder>;
        markup_left_over "markup-left-over" Vec<Placeholder>;
        duplicate_title "duplicate-title" ();
        duplicate_description "duplicate-description" ();
        empty_section "empty-section" ();
    }
}

/// A text that stands for another, or marks that became no markup.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    /// What it is.
    pub what: String,
    /// How it looks, as a regular expression; its first group, if it has one, is what is marked.
    pub pattern: String,
    /// What to do about it.
    pub mend: String,
}
