//! `references.yaml`: the works that articles cite, in Hayagriva's format.
//!
//! Owns reading the entries by the hayagriva library, each for itself so that one broken entry is one
//! finding. How a citation reads is `render::citations`'.

use hayagriva::Entry;

use super::front_matter::Block;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::yaml::{Mapping, Path, Value};

/// A work that can be cited.
#[derive(Clone, PartialEq, Debug)]
pub struct Reference {
    /// What stands after `@` in a text.
    pub key: String,
    /// The work.
    pub entry: Entry,
}

/// Reads all entries; a broken one becomes a finding at its key.
pub(super) fn read(block: Block<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<Reference>> {
    let Value::Mapping(map) = block.value(diagnostics)? else {
        let message = "a list of works is expected here: `key:` and its facts indented below";
        diagnostics.push(Diagnostic::new(&codes::WRONG_TYPE, message).about(block.path));
        return None;
    };
    let mut references = Vec::new();
    let mut whole = true;
    for (key, value) in map {
        let key = key.as_str().unwrap_or_default().to_string();
        match entry(&key, value) {
            Ok(entry) => references.push(Reference { key, entry }),
            Err(message) => {
                whole = false;
                let located = block.locate(&Path::default().field(&key));
                diagnostics.push(
                    Diagnostic::new(&codes::BROKEN_REFERENCE_ENTRY, format!("`{key}` cannot be read: {message}"))
                        .at(block.path, located.key.unwrap_or(located.value))
                        .help("an entry has at least `type`, `title`, `author` and `date`"),
                );
            }
        }
    }
    whole.then_some(references)
}

fn entry(key: &str, value: Value) -> Result<Entry, String> {
    let mut one = Mapping::new();
    one.insert(Value::String(key.to_string()), value);
    let text = serde_yaml::to_string(&Value::Mapping(one)).map_err(|error| error.to_string())?;
    let library = hayagriva::io::from_yaml_str(&text).map_err(|error| {
        let message = error.to_string();
        message.split(" at line ").next().unwrap_or(&message).to_string()
    })?;
    let entry = library.get(key).ok_or("it is empty")?.clone();
    if entry.title().is_none() {
        return Err("`title` is missing".to_string());
    }
    Ok(entry)
}
