//! `themes/added.yaml`: where the themes that were added came from, and what they were then.
//!
//! Owns the file's form. A theme whose hash is still the one here is as its maker left it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The file's path in a site.
pub const FILE: &str = "themes/added.yaml";

const HEAD: &str =
    "# Themes that were added, where they came from, and what they were then. `anteroom theme add` writes this.\n";

/// Where a theme came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Origin {
    /// The folder, archive or repository.
    pub from: String,
    /// The repository's commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The theme's version.
    pub version: String,
    /// The hash of its files.
    pub hash: String,
    /// The day on which it was added.
    pub added: Date,
}

/// Every theme that was added, by name.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origins(pub BTreeMap<String, Origin>);

impl Origins {
    /// Reads the file's text.
    ///
    /// # Errors
    /// Where somebody has changed it so that it can't be read; with what is wrong.
    pub fn read(text: &[u8]) -> Result<Origins, String> {
        if text.iter().all(u8::is_ascii_whitespace) {
            return Ok(Origins::default());
        }
        serde_yaml::from_slice(text).map_err(|error| error.to_string())
    }

    /// The file's text.
    pub fn text(&self) -> String {
        format!("{HEAD}{}", serde_yaml::to_string(self).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let origin = Origin {
            from: "https://example.org/a: b#c".into(),
            commit: Some("abc".into()),
            version: "1.0".into(),
            hash: "ff".into(),
            added: jiff::civil::date(2026, 11, 29),
        };
        let origins = Origins(BTreeMap::from([("gentle".to_string(), origin)]));
        assert_eq!(Origins::read(origins.text().as_bytes()), Ok(origins));
        assert_eq!(Origins::read(b" \n"), Ok(Origins::default()));
        assert!(Origins::read(b"gentle: 3\n").is_err());
    }
}
