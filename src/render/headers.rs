//! What a page may load, and the headers that say so.
//!
//! Owns the Content-Security-Policy, `_headers`, `_redirects` and `robots.txt`. The policy stands in a header
//! and in each page's head; only the header may name who can frame a page.

use crate::document::model::{FormProvider, Practice};
use crate::route::{Redirect, Target};

/// The policy of a page: the site's own files, and forms to whoever receives them. `own` is what the site's
/// own files are called.
fn policy(practice: &Practice, own: &str) -> String {
    let mut form = own.to_string();
    if let Some(contact) = &practice.contact_form
        && contact.provider != FormProvider::Netlify
        && let Some(host) = contact.endpoint.as_ref().and_then(|endpoint| url::Url::parse(endpoint).ok())
    {
        form.push_str(&format!(" {}", host.origin().ascii_serialization()));
    }
    format!(
        "default-src 'none'; style-src {own}; img-src {own} data:; font-src {own}; media-src {own}; form-action {form}; base-uri 'none'"
    )
}

/// The policy for the `meta` element in a page's head. A page that is opened from a disk has no origin that
/// `'self'` could mean; `file:` lets it load its own style sheet there and means nothing on the web, where
/// browsers load no files.
pub fn meta_policy(practice: &Practice) -> String {
    policy(practice, "'self' file:")
}

/// The `_headers` file that Netlify, Cloudflare Pages and others read.
pub fn headers(practice: &Practice, base_path: &str) -> String {
    format!(
        "{base_path}*\n  Content-Security-Policy: {}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         X-Frame-Options: DENY\n  Referrer-Policy: same-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()\n\
         {base_path}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n",
        policy(practice, "'self'")
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
