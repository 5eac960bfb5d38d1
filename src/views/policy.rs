//! What a page may load: the Content-Security-Policy.
//!
//! Owns the policy of the header and, as far as a page can say it of itself, the one in each page's head.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

use crate::site::hosts::{Declared, Use};
use crate::theme::{SEARCH_SCRIPT, Theme};

/// The origins that a practice declares for a use, after `'self'` or `'none'`.
fn sources(own: &str, hosts: &[Declared], usage: Use) -> String {
    let mut origins: Vec<&str> =
        hosts.iter().filter(|one| one.uses.contains(&usage)).map(|one| one.origin.as_str()).collect();
    origins.dedup();
    match (own, origins.is_empty()) {
        (own, true) => own.to_string(),
        ("'none'", false) => origins.join(" "),
        (own, false) => format!("{own} {}", origins.join(" ")),
    }
}

/// What runs: the theme's script by its hash, its script files where it has any, and what the practice allows.
fn script_src(hosts: &[Declared], theme: &Theme) -> String {
    sources(&own_scripts(theme), hosts, Use::Script)
}

fn own_scripts(theme: &Theme) -> String {
    let files = theme.files.keys().any(|name| name.ends_with(".js") && name != SEARCH_SCRIPT);
    match (theme.script.is_empty(), files) {
        (true, false) => "'none'".to_string(),
        (true, true) => "'self'".to_string(),
        (false, false) => hash_source(&theme.script),
        (false, true) => format!("'self' {}", hash_source(&theme.script)),
    }
}

/// A script inside a page, as policies name it (Content Security Policy Level 3, hash-source).
fn hash_source(script: &str) -> String {
    format!("'{}'", integrity(script.as_bytes()))
}

/// What a `script` element says of its file, so that nothing else runs in its place (Subresource Integrity).
pub fn integrity(file: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(file)))
}

/// A policy that lets one of the site's script files run. The file's hash is enough where a browser knows that hashes may
/// mean files, and where a page is checked from a disk, where no origin is its own.
pub fn with_script(policy: &str, integrity: &str) -> String {
    with_own_scripts(policy).replacen("script-src 'self'", &format!("script-src 'self' '{integrity}'"), 1)
}

/// A policy that lets the site's own script files run.
pub fn with_own_scripts(policy: &str) -> String {
    match policy.split_once("script-src ") {
        Some((_, rest)) if rest.starts_with("'self'") => policy.to_string(),
        Some((before, rest)) => {
            let rest = rest.strip_prefix("'none'").map_or_else(|| format!(" {rest}"), str::to_string);
            format!("{before}script-src 'self'{rest}")
        }
        None => policy.to_string(),
    }
}

/// The policy of the header: the site's own files, and each host that the practice declares, for its own uses.
pub fn policy(hosts: &[Declared], theme: &Theme) -> String {
    let also = |own: &str, usage| sources(own, hosts, usage);
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src {}; font-src {}; media-src {}; connect-src {}; \
         frame-src {}; form-action {}; base-uri 'none'; frame-ancestors 'none'",
        script_src(hosts, theme),
        also("'self'", Use::Style),
        also("'self' data:", Use::Picture),
        also("'self'", Use::Font),
        also("'self'", Use::Media),
        also("'self'", Use::Connection),
        also("'none'", Use::Frame),
        also("'self'", Use::Form)
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
        sources("'none'", hosts, Use::Frame),
        sources("'self'", hosts, Use::Connection),
        sources("'self'", hosts, Use::Form)
    )
}
