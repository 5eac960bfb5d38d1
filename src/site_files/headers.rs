//! `_headers`, `_redirects` and `robots.txt`. What the policy in the first says is `views::policy`'s.

use crate::route::{Redirect, Target};
use crate::site::hosts::Declared;
use crate::theme::Theme;
use crate::views::policy::{policy, with_own_scripts};

/// The `_headers` file that Netlify, Cloudflare Pages and others read.
pub fn headers(hosts: &[Declared], theme: &Theme, base_path: &str, searched: bool) -> String {
    let policy = policy(hosts, theme);
    // A header is for every page; all but the search page forbid script files in their own policy.
    let policy = if searched { with_own_scripts(&policy) } else { policy };
    format!(
        "{base_path}*\n  Content-Security-Policy: {policy}\n  X-Content-Type-Options: nosniff\n  \
         X-Frame-Options: DENY\n  Referrer-Policy: same-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()\n\
         {base_path}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

/// The `_redirects` file that the same hosts read.
pub fn redirects(redirects: &[Redirect], base_path: &str) -> String {
    let line = |redirect: &Redirect| {
        let to = match &redirect.to {
            Target::Inside(url) => format!("{base_path}{url}"),
            Target::Outside(address) => address.clone(),
        };
        // A query's redirect must win over the page that stands at its path.
        let (query, force) =
            redirect.query.as_ref().map_or(("".into(), ""), |query| (query.replace('&', " ") + " ", "!"));
        format!("{base_path}{} {query}{} 301{force}\n", redirect.from, one_field(&to))
    };
    redirects.iter().map(line).collect()
}

/// An address without what would end its field.
fn one_field(address: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_whitespace() || c.is_control() => {
            c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect::<String>()
        }
        c => c.to_string(),
    };
    address.chars().map(escape).collect()
}

/// `robots.txt`: everything may be read, and where the lists of pages are.
pub fn robots(base_url: &str, sitemaps: &[String]) -> String {
    let lists: String = sitemaps.iter().map(|list| format!("Sitemap: {base_url}/{list}\n")).collect();
    format!("User-agent: *\nAllow: /\n\n{lists}")
}
