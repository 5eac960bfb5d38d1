//! Rules about how pages read: headings, links, pictures, promises.

use serde::Deserialize;

family! {
    /// The rules of `pages.yaml`.
    "pages.yaml" "Pages, pictures and language" {
        heading_skipped "heading-skipped" ();
        vague_link "vague-link" Vec<Phrases>;
        description_length "description-length" Lengths;
        alt_too_long "alt-too-long" Longest;
        alt_is_file_name "alt-is-file-name" ();
        alt_says_nothing "alt-says-nothing" Vec<String>;
        table_without_header "table-without-header" ();
        recording_without_transcript "recording-without-transcript" ();
        promised_outcome "promised-outcome" Vec<Promises>;
        unused_file "unused-file" ();
    }
}

/// Words in some languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// The languages.
    pub languages: Vec<String>,
    /// The words, whole, in small letters.
    pub phrases: Vec<String>,
}

/// How long a text should be.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lengths {
    /// The fewest characters.
    pub fewest: usize,
    /// The most characters.
    pub most: usize,
}

/// How long a text may be.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Longest {
    /// In characters.
    pub characters: usize,
}

/// Expressions that promise more than anybody can keep.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promises {
    /// The languages.
    pub languages: Vec<String>,
    /// The expressions, as regular expressions.
    pub patterns: Vec<String>,
}
