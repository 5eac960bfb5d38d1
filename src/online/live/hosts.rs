//! Which host a website is at, as its answers tell, and what can be done there.
//!
//! Owns the advice: what a host's own words for a thing are, and where a line belongs. Which hosts there are is `WebHost`'s.

use crate::document::model::WebHost;
use crate::online::web::Answer;

/// The host that an answer tells.
pub fn of(answer: &Answer) -> WebHost {
    let server = answer.header("server").unwrap_or_default().to_ascii_lowercase();
    let has = |name: &str| answer.header(name).is_some();
    match () {
        () if has("x-github-request-id") || server.contains("github.com") => WebHost::Github,
        () if has("x-nf-request-id") || server.contains("netlify") => WebHost::Netlify,
        () if has("cf-ray") || server.contains("cloudflare") => WebHost::Cloudflare,
        () if has("gitlab-lb") || server.contains("gitlab") => WebHost::Gitlab,
        () if server.contains("apache") || server.contains("litespeed") => WebHost::Webspace,
        () if server.contains("nginx") || server.contains("openresty") => WebHost::Nginx,
        () if server.contains("caddy") => WebHost::Caddy,
        () => WebHost::Other,
    }
}

/// What people call it.
pub fn words(host: WebHost) -> Option<&'static str> {
    match host {
        // It may only stand in front of another.
        WebHost::Cloudflare => Some("Cloudflare"),
        WebHost::Webspace => Some("web space with Apache"),
        WebHost::Other => None,
        host => Some(host.name()),
    }
}

/// Whether it can't send headers that a site asks for, whatever anybody does.
pub fn sends_no_headers(host: WebHost) -> bool {
    matches!(host, WebHost::Github | WebHost::Gitlab | WebHost::Codeberg)
}

/// What to do for a header.
pub fn for_header(host: WebHost, name: &str, value: &str) -> String {
    match host {
        WebHost::Netlify => "Netlify reads it from the file `_headers`: publish the whole folder `public`, or let Netlify build the site \
                             (`anteroom host netlify`)"
            .to_string(),
        WebHost::Cloudflare => "Cloudflare Pages reads it from the file `_headers`: publish the whole folder `public`, or let it build the \
                                site (`anteroom host cloudflare`); if Cloudflare only stands in front of another host, add the header \
                                there under Rules, Transform Rules"
            .to_string(),
        WebHost::Github | WebHost::Gitlab | WebHost::Codeberg => {
            "this host sends no headers of yours. Each page carries the most important part of its policy itself, so this may stay; for \
             all of it, move the site to a host that reads `_headers`: `anteroom host netlify` or `anteroom host cloudflare`"
                .to_string()
        }
        WebHost::Webspace => format!(
            "publish the file `.htaccess` that the build makes (programs may hide it); it says `Header always set {name} \"{}\"`. If it's \
             there already, ask your host to turn on `mod_headers`",
            quoted(value)
        ),
        WebHost::Nginx => format!(
            "`anteroom host nginx` makes a file with all of them for whoever runs the server; the line is `add_header {name} \"{}\" always;`",
            quoted(value)
        ),
        WebHost::Caddy => "`anteroom host caddy` makes a file with all of them for whoever runs the server".to_string(),
        WebHost::Other => format!("ask your host how to send the header `{name}: {value}`"),
    }
}

/// What to do where an old address doesn't lead on.
pub fn for_redirect(host: WebHost) -> &'static str {
    match host {
        WebHost::Netlify | WebHost::Cloudflare | WebHost::Gitlab | WebHost::Codeberg => {
            "publish the website, with the file `_redirects`; if it's there, look whether the host's log complains about the line"
        }
        WebHost::Github => {
            "publish the website; GitHub Pages can lead on from single addresses only, by a small page at each"
        }
        WebHost::Webspace => {
            "publish the website, with the file `.htaccess` (programs may hide it); if it's there already, ask your host to turn on \
             `mod_rewrite`"
        }
        WebHost::Nginx => {
            "publish the website; `anteroom host nginx` makes a file with all old addresses for whoever runs the server"
        }
        WebHost::Caddy => {
            "publish the website; `anteroom host caddy` makes a file with all old addresses for whoever runs the server"
        }
        WebHost::Other => {
            "publish the website; for many addresses at once, ask your host how it leads on from one to another"
        }
    }
}

fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}
