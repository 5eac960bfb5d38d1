//! Whether the host does what the file `.htaccess` says.
//!
//! Owns telling a host that doesn't as one thing, with words for its support, in the place of every header and old address that is
//! missing because of it.

use std::collections::BTreeSet;

use super::{Look, headers, pages, redirects, sending};
use crate::diagnostic::{Diagnostic, codes};
use crate::document::model::WebHost;
use crate::online::web::Answer;

/// Old addresses that are tried before it's said that none leads on.
const TRIED: usize = 3;

/// What the host does with the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Htaccess {
    /// What it says, as far as that can be seen; or there's no such file.
    Read,
    /// All but the headers.
    WithoutHeaders,
    /// Nothing.
    Ignored,
}

/// What the home page's answer and some questions tell.
pub(super) fn of(look: &Look<'_>, home: &Answer) -> Htaccess {
    let may_read = matches!(look.host, WebHost::Webspace | WebHost::Nginx | WebHost::Caddy | WebHost::Other);
    let own = look.expected.own.path();
    let asked: BTreeSet<String> = look.expected.rules.headers(own).map(|(name, _)| name.to_ascii_lowercase()).collect();
    let faults = pages::of_headers(look, "", home);
    let all_missing =
        faults.len() == asked.len() && faults.iter().all(|(_, _, fault)| *fault == headers::Fault::Missing);
    // One header may be missing for reasons of its own.
    if !look.expected.htaccess || !may_read || asked.len() < 2 || !all_missing {
        return Htaccess::Read;
    }
    let shows_own = || sending::nowhere(look).is_none_or(|nowhere| nowhere.is_own && nowhere.status == 404);
    match shows_own() || redirects::some_lead(look, TRIED) {
        true => Htaccess::WithoutHeaders,
        false => Htaccess::Ignored,
    }
}

impl Htaccess {
    /// The one thing to tell.
    pub fn told(self, look: &Look<'_>) -> Option<Diagnostic> {
        let website = look.base.as_str().trim_end_matches('/');
        let (message, please) = match self {
            Htaccess::Read => return None,
            Htaccess::WithoutHeaders => (
                "the host sends none of the headers that the file `.htaccess` asks for: they keep foreign scripts out of your pages, and \
                 other websites from showing them",
                format!(
                    "“Hello! My website {website} has a file .htaccess that sets headers, but your server doesn't send them. Could you \
                     please turn on mod_headers? Thank you!”"
                ),
            ),
            Htaccess::Ignored => (
                "the host ignores the file `.htaccess`: headers that protect visitors aren't sent, and old addresses and your own page for \
                 wrong addresses don't work",
                format!(
                    "“Hello! My website {website} has a file .htaccess, but your server ignores it. Could you please allow .htaccess \
                     (AllowOverride All, or at least FileInfo), and turn on mod_headers, mod_rewrite, mod_setenvif and mod_deflate? \
                     Thank you!”"
                ),
            ),
        };
        let own_server = match look.host {
            WebHost::Nginx => ". If the server is your own, `anteroom host nginx` makes a file for it",
            WebHost::Caddy => ". If the server is your own, `anteroom host caddy` makes a file for it",
            _ => "",
        };
        Some(Diagnostic::new(&codes::LIVE_HTACCESS, message).help(format!(
            "if you copied the website by hand, look first whether `.htaccess` lies beside `index.html`; programs may hide it. If it does, send \
             this to your host's support: {please} If they can't, write `host: other` in practice.yaml and publish again: your pages then do \
             by themselves what they can{own_server}"
        )))
    }
}
