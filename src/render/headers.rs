//! What a page may load, and the headers that say so.
//!
//! Owns the Content-Security-Policy, `_headers`, `_redirects` and `robots.txt`. The policy stands in a header
//! and, as far as a page can say it of itself, in each page's head.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

use crate::document::model::{FormProvider, Practice};
use crate::route::{Redirect, Target};
use crate::theme::Theme;

/// Whoever receives forms.
fn form_action(practice: &Practice) -> String {
    let mut form = "'self'".to_string();
    if let Some(contact) = &practice.contact_form
        && contact.provider != FormProvider::Netlify
        && let Some(host) = contact.endpoint.as_ref().and_then(|endpoint| url::Url::parse(endpoint).ok())
    {
        form.push_str(&format!(" {}", host.origin().ascii_serialization()));
    }
    form
}

/// What runs: the theme's script by its hash, and its script files where it has any.
fn script_src(theme: &Theme) -> String {
    let files = theme.files.keys().any(|name| name.ends_with(".js"));
    match (theme.script.is_empty(), files) {
        (true, false) => "'none'".to_string(),
        (true, true) => "'self'".to_string(),
        (false, false) => hash_source(&theme.script),
        (false, true) => format!("'self' {}", hash_source(&theme.script)),
    }
}

/// A script inside a page, as policies name it (Content Security Policy Level 3, hash-source).
fn hash_source(script: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// The policy of the header: the site's own files, and forms to whoever receives them.
fn policy(practice: &Practice, theme: &Theme) -> String {
    format!(
        "default-src 'none'; script-src {}; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; form-action {}; \
         base-uri 'none'; frame-ancestors 'none'",
        script_src(theme),
        form_action(practice)
    )
}

/// The policy for the `meta` element in a page's head, for hosts that send no headers: nothing runs but the
/// theme's script, nothing is framed, nothing is fetched. It leaves styles and pictures to the header, because a page that is opened or
/// checked from a disk has no origin that `'self'` could mean.
pub fn meta_policy(practice: &Practice, theme: &Theme) -> String {
    format!(
        "script-src {}; object-src 'none'; frame-src 'none'; worker-src 'none'; connect-src 'self'; \
         form-action {}; base-uri 'none'",
        script_src(theme),
        form_action(practice)
    )
}

/// The `_headers` file that Netlify, Cloudflare Pages and others read.
pub fn headers(practice: &Practice, theme: &Theme, base_path: &str) -> String {
    format!(
        "{base_path}*\n  Content-Security-Policy: {}\n  X-Content-Type-Options: nosniff\n  \
         X-Frame-Options: DENY\n  Referrer-Policy: same-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()\n\
         {base_path}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n",
        policy(practice, theme)
    )
}

/// The `_redirects` file that the same hosts read.
pub fn redirects(redirects: &[Redirect], base_path: &str) -> String {
    let line = |redirect: &Redirect| {
        let to = match &redirect.to {
            Target::Inside(url) => format!("{base_path}{url}"),
            Target::Outside(address) => address.clone(),
        };
        format!("{base_path}{} {to} 301\n", redirect.from)
    };
    redirects.iter().map(line).collect()
}

/// `robots.txt`: everything may be read, and where the list of pages is.
pub fn robots(base_url: &str) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {base_url}/sitemap.xml\n")
}
