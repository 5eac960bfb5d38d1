//! What a page may load, and the headers that say so.
//!
//! Owns the Content-Security-Policy, `_headers`, `_redirects` and `robots.txt`. The policy stands in a header
//! and, as far as a page can say it of itself, in each page's head.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

use crate::route::{Redirect, Target};
use crate::site::hosts::{Declared, Purpose, When};
use crate::theme::Theme;

/// The origins that a practice declares for what `wanted` names, after `'self'` or `'none'`.
fn sources(own: &str, hosts: &[Declared], wanted: impl Fn(&Declared) -> bool) -> String {
    let mut origins: Vec<&str> = hosts.iter().filter(|one| wanted(one)).map(|one| one.origin.as_str()).collect();
    origins.dedup();
    match (own, origins.is_empty()) {
        (own, true) => own.to_string(),
        ("'none'", false) => origins.join(" "),
        (own, false) => format!("{own} {}", origins.join(" ")),
    }
}

/// Hosts that a page may contact by itself.
fn on_load(host: &Declared) -> bool {
    host.when == When::OnLoad
}

/// Whoever receives forms.
fn form_action(hosts: &[Declared]) -> String {
    sources("'self'", hosts, |host| host.when == When::OnSend || host.purpose == Purpose::Allowed)
}

/// What is framed: what visitors ask for, and what the practice allows.
fn frame_src(hosts: &[Declared]) -> String {
    sources("'none'", hosts, |host| host.when == When::OnClick || host.purpose == Purpose::Allowed)
}

/// What runs: the theme's script by its hash, its script files where it has any, and what the practice allows.
fn script_src(hosts: &[Declared], theme: &Theme) -> String {
    sources(&own_scripts(theme), hosts, on_load)
}

fn own_scripts(theme: &Theme) -> String {
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

/// The policy of the header: the site's own files, what visitors ask for, forms to whoever receives them, and the
/// hosts that the practice allows.
fn policy(hosts: &[Declared], theme: &Theme) -> String {
    let also = |own: &str| sources(own, hosts, on_load);
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src {}; font-src {}; media-src {}; connect-src {}; \
         frame-src {}; form-action {}; base-uri 'none'; frame-ancestors 'none'",
        script_src(hosts, theme),
        also("'self'"),
        also("'self' data:"),
        also("'self'"),
        also("'self'"),
        also("'self'"),
        frame_src(hosts),
        form_action(hosts)
    )
}

/// A page's own policy: that of the site, and the hash of the page's structured data. Browsers take data for no
/// script, but checkers of pages do.
pub fn with_data(policy: &str, data: &str) -> String {
    let hash = hash_source(data);
    match policy.strip_prefix("script-src 'none'") {
        Some(rest) => format!("script-src {hash}{rest}"),
        None => policy.replacen("script-src ", &format!("script-src {hash} "), 1),
    }
}

/// The policy for the `meta` element in a page's head, for hosts that send no headers: nothing runs but the
/// theme's script, nothing is framed but what visitors ask for, nothing is fetched. It leaves styles and pictures to
/// the header, because a page that is opened or checked from a disk has no origin that `'self'` could mean.
pub fn meta_policy(hosts: &[Declared], theme: &Theme) -> String {
    format!(
        "script-src {}; object-src 'none'; frame-src {}; worker-src 'none'; connect-src {}; form-action {}; base-uri 'none'",
        script_src(hosts, theme),
        frame_src(hosts),
        sources("'self'", hosts, on_load),
        form_action(hosts)
    )
}

/// The `_headers` file that Netlify, Cloudflare Pages and others read.
pub fn headers(hosts: &[Declared], theme: &Theme, base_path: &str) -> String {
    format!(
        "{base_path}*\n  Content-Security-Policy: {}\n  X-Content-Type-Options: nosniff\n  \
         X-Frame-Options: DENY\n  Referrer-Policy: same-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()\n\
         {base_path}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n",
        policy(hosts, theme)
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
