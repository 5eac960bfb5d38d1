//! Which kind of host a website is at, as its answers tell, and what can be done there.
//!
//! Owns the advice: what a host's own words for a thing are, and where a line belongs.

use crate::online::web::Answer;

/// A kind of host.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages, or Cloudflare in front of another.
    Cloudflare,
    /// GitHub Pages.
    Github,
    /// GitLab Pages.
    Gitlab,
    /// Web space with Apache, or with LiteSpeed, which reads the same files.
    Apache,
    /// A server with nginx.
    Nginx,
    /// Another.
    Other,
}

impl Kind {
    /// The kind that an answer tells.
    pub fn of(answer: &Answer) -> Kind {
        let server = answer.header("server").unwrap_or_default().to_ascii_lowercase();
        let has = |name: &str| answer.header(name).is_some();
        match () {
            () if has("x-github-request-id") || server.contains("github.com") => Kind::Github,
            () if has("x-nf-request-id") || server.contains("netlify") => Kind::Netlify,
            () if has("cf-ray") || server.contains("cloudflare") => Kind::Cloudflare,
            () if has("gitlab-lb") || server.contains("gitlab") => Kind::Gitlab,
            () if server.contains("apache") || server.contains("litespeed") => Kind::Apache,
            () if server.contains("nginx") || server.contains("openresty") => Kind::Nginx,
            () => Kind::Other,
        }
    }

    /// What people call it.
    pub fn words(self) -> Option<&'static str> {
        Some(match self {
            Kind::Netlify => "Netlify",
            Kind::Cloudflare => "Cloudflare",
            Kind::Github => "GitHub Pages",
            Kind::Gitlab => "GitLab Pages",
            Kind::Apache => "web space with Apache",
            Kind::Nginx => "a server with nginx",
            Kind::Other => return None,
        })
    }

    /// Whether it can't send headers that a site asks for, whatever anybody does.
    pub fn sends_no_headers(self) -> bool {
        matches!(self, Kind::Github | Kind::Gitlab)
    }

    /// What to do for a header.
    pub fn for_header(self, name: &str, value: &str) -> String {
        match self {
            Kind::Netlify => "Netlify reads it from the file `_headers`: publish the whole folder `public`, or let Netlify build the site \
                              (`anteroom host netlify`)"
                .to_string(),
            Kind::Cloudflare => "Cloudflare Pages reads it from the file `_headers`: publish the whole folder `public`, or let it build the \
                                 site (`anteroom host cloudflare`); if Cloudflare only stands in front of another host, add the header \
                                 there under Rules, Transform Rules"
                .to_string(),
            Kind::Github | Kind::Gitlab => "this host sends no headers of yours. Each page carries the most important part of its policy \
                                            itself, so this may stay; for all of it, move the site to a host that reads `_headers`: \
                                            `anteroom host netlify` or `anteroom host cloudflare`"
                .to_string(),
            Kind::Apache => {
                format!("add this line to content/static/.htaccess and publish: `Header always set {name} \"{}\"`", quoted(value))
            }
            Kind::Nginx => format!("ask whoever runs the server to add the line `add_header {name} \"{}\" always;`", quoted(value)),
            Kind::Other => format!("ask your host how to send the header `{name}: {value}`"),
        }
    }

    /// What to do where an old address doesn't lead on.
    pub fn for_redirect(self) -> &'static str {
        match self {
            Kind::Netlify | Kind::Cloudflare => {
                "publish the website, with the file `_redirects`; if it's there, look whether the host's log complains about the line"
            }
            Kind::Github | Kind::Gitlab => {
                "publish the website; GitHub and GitLab Pages can lead on from single addresses only, by a small page at each"
            }
            Kind::Apache => {
                "publish the website; for many addresses at once, add a line to content/static/.htaccess, such as \
                             `RedirectMatch 301 ^/old/(.*)$ /new/$1`"
            }
            Kind::Nginx | Kind::Other => {
                "publish the website; for many addresses at once, ask your host how it leads on from one to another"
            }
        }
    }
}

fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}
