//! Whom to call: the server's name, the account and the folder that practice.yaml gives, checked once for all ways that use them.
//!
//! Owns that nothing in practice.yaml can become an option or a command of a program's or of a protocol's: a site may come from somebody else.

use super::{Fault, needed};
use crate::document::model::Publish;

/// A place on a server.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// The server's name.
    pub host: String,
    /// The account, where one is given.
    pub user: Option<String>,
    /// The folder there; the one where one arrives if empty.
    pub folder: String,
}

impl Address {
    /// Reads it from practice.yaml.
    ///
    /// # Errors
    /// Where the host is missing, or a value can't be what it's said to be.
    pub fn of(publish: &Publish) -> Result<Address, Fault> {
        let host = needed(publish.host.as_ref(), "host", "web.example.org")?;
        let plain = |text: &str, extra: &str| {
            !text.starts_with('-')
                && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c) || extra.contains(c))
        };
        if !plain(host, ":") {
            let help = match host.contains("port") {
                true => "write the port on a line of its own: `host: web.example.org`, and below it `port: 2222`",
                false => "write it as your host tells you: `host: web.example.org`",
            };
            return Err(Fault::new(format!("`{host}` isn't the name of a server"), help));
        }
        let user = publish.user.as_deref().filter(|user| !user.is_empty());
        if user.is_some_and(|user| !plain(user, "@+")) {
            return Err(Fault::new(
                "`user` under `publish:` can't be the name of an account",
                "write it as your host tells you",
            ));
        }
        let folder = publish.folder.clone().unwrap_or_default();
        if folder.chars().any(char::is_control) || folder.starts_with('-') {
            return Err(Fault::new(
                "`folder` under `publish:` can't be used",
                "write the folder's path: `folder: public_html`",
            ));
        }
        Ok(Address { host: host.to_string(), user: user.map(str::to_string), folder })
    }
}
