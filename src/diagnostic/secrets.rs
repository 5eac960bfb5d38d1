//! Passwords in files of a site, where they don't belong.
//!
//! Owns by which names they are known, and that no line that a finding shows tells them.

use std::sync::LazyLock;

use regex::Regex;

/// The names that people give to the field of a password or a token, in the languages that they write.
const NAMES: &str = "password|passwort|kennwort|contraseña|contrasena|clave|mot_de_passe|passwd|passphrase|pass|pw|pwd|secret|token|\
                     api[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token|api[_-]?token";

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("(?i)^(?:{NAMES})$")).ok());

static WRITTEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r#"(?i)(?:^|[\s{{,"'])(?:{NAMES})["']?\s*:\s*"#)).ok());

/// Whether a field of this name holds a secret.
pub fn is_secret(name: &str) -> bool {
    NAMED.as_ref().is_some_and(|names| names.is_match(name))
}

/// A line of YAML as it can be shown: what may be a secret is stars, one for each byte, so that every place stays where it is.
pub(super) fn hidden(line: String) -> String {
    match WRITTEN.as_ref().and_then(|written| written.find(&line)) {
        // What follows in the same braces may belong to it.
        Some(found) => format!("{}{}", &line[..found.end()], "*".repeat(line.len() - found.end())),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_password_is_is_not_shown() {
        for (line, shown) in [
            ("  password: hunter2", "  password: *******"),
            ("publish: { to: ftps, Passwort: 'é a' }", "publish: { to: ftps, Passwort: ********"),
            ("  \"api_key\": x", "  \"api_key\": *"),
            ("  compass: north", "  compass: north"),
            ("  user: pass", "  user: pass"),
        ] {
            assert_eq!(hidden(line.to_string()), shown);
        }
        assert!(is_secret("Password") && is_secret("apikey") && !is_secret("passage"));
    }
}
