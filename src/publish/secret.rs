//! Passwords and tokens: from the environment, or typed in. Never from a file of the site, and never printed.

use std::fmt;
use std::io::{self, IsTerminal};

use dialoguer::Password;

use super::Fault;

/// Where a machine that publishes by itself finds the password.
pub(super) const PASSWORD: &str = "ANTEROOM_PASSWORD";

/// Something that nobody else may read.
#[derive(Clone)]
pub(super) struct Secret(String);

impl Secret {
    /// The secret in the variable `name`, else what somebody types when asked for `what`.
    ///
    /// # Errors
    /// Where it's in no variable and nobody is there to ask.
    pub fn find(name: &str, what: &str) -> Result<Secret, Fault> {
        if let Some(secret) = std::env::var(name).ok().filter(|secret| !secret.trim().is_empty()) {
            return Secret::new(secret.trim_end_matches(['\r', '\n']).to_string(), what);
        }
        let alone = || {
            Fault::new(
                format!("the {what} isn't known, and nobody is here to type it"),
                format!(
                    "run the command in a terminal, where it asks. For a machine that publishes by itself, save it there as a secret \
                     called {name}; never write it into a file of the site"
                ),
            )
        };
        if !io::stdin().is_terminal() {
            return Err(alone());
        }
        let typed = Password::new().with_prompt(capitalised(what)).interact().map_err(|_| alone())?;
        Secret::new(typed, what)
    }

    fn new(secret: String, what: &str) -> Result<Secret, Fault> {
        match secret.chars().any(char::is_control) {
            false => Ok(Secret(secret)),
            true => Err(Fault::new(
                format!("the {what} has a line break in it, or something else that can't be typed"),
                "copy it again, without what stands around it",
            )),
        }
    }

    /// The secret itself, for whom it's meant.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A text of the far side's without it.
    pub fn hide(&self, said: &str) -> String {
        match self.0.len() {
            0 => said.to_string(),
            _ => said.replace(&self.0, "…"),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}

fn capitalised(what: &str) -> String {
    let mut letters = what.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown() {
        let secret = Secret::new("hunter2".to_string(), "password").unwrap();
        assert_eq!(format!("{secret:?}"), "…");
        assert_eq!(secret.hide("530 hunter2 is wrong"), "530 … is wrong");
        assert_eq!(secret.reveal(), "hunter2");
        assert!(Secret::new("a\nDELE index.html".to_string(), "password").is_err());
    }
}
