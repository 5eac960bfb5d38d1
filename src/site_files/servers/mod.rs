//! What web servers read: `.htaccess` for Apache, and files that the configuration of nginx or Caddy takes in.
//!
//! Owns which of them a site gets, and what they say: exactly what the finished `_headers` and `_redirects` say, which stay
//! the one source, and besides what hosts of websites do by themselves (types, compression, the not-found page, no lists of
//! files). How a server is told is a file here for each. Nothing of an author's text gets into a configuration but as
//! `text.rs` writes it.

mod apache;
mod caddy;
mod nginx;
pub mod rules;
mod text;
mod types;

use std::collections::BTreeSet;
use std::ops::Range;

use super::host_files::told;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::document::model::WebHost;
use crate::site::{HostFile, Site};
use rules::HeaderRule;
pub use rules::{Leads, Rules};

/// A server's file for Apache.
pub const HTACCESS: &str = ".htaccess";
/// A server's file for nginx.
pub const NGINX: &str = "_nginx.conf";
/// A server's file for Caddy.
pub const CADDY: &str = "_caddy.conf";

/// What a server is told, in the same form for each.
struct Wanted {
    /// The path of the site's address: `/`, or `/practice/`.
    base: String,
    /// Headers of every answer.
    headers: Vec<(String, String)>,
    /// Headers of some answers.
    some: Vec<Some_>,
    /// What leads on, in the order in which it counts.
    leads: Vec<Lead>,
    /// Folders of the site's that have no page, without slashes at their ends.
    bare: Vec<String>,
}

/// A header of the answers whose path fits.
struct Some_ {
    /// A regular expression for a path as it's meant, from its beginning.
    path: String,
    name: String,
    value: String,
}

/// An address that leads on.
struct Lead {
    /// The path as it's meant, with no slash at its end.
    path: String,
    /// Whether it's for everything below the path, where nothing else is.
    many: bool,
    /// Whether it's also for what is there.
    force: bool,
    /// Regular expressions, each for what must be asked for behind the path.
    asks: Vec<String>,
    then: Then,
}

/// What is answered.
enum Then {
    /// Another address.
    To {
        status: u16,
        /// The address as it's sent.
        before: String,
        /// Where what `*` stood for comes between: what follows it.
        after: Option<String>,
        /// Whether what was asked for behind the path goes along.
        keeps: bool,
    },
    /// That there's nothing (404) or nothing any more (410).
    Ends(u16),
}

/// The file that the site's web server reads: its name and what it says. None for hosts that read `_headers` or nothing.
pub fn file(
    site: &Site,
    rules: &Rules,
    base: &str,
    folders: &BTreeSet<String>,
    found: &mut Diagnostics,
) -> Option<(&'static str, Vec<u8>)> {
    let own = site.host_files.htaccess.as_ref();
    let host = site.practice.value.host;
    let mut left = Vec::new();
    let mut wanted = wanted(rules, base, folders, &mut left);
    // Who hasn't said where the site is may read of lines that Netlify alone understands when it is said.
    if let Some(host) = host.filter(|host| host.is_server()) {
        left.iter().for_each(|line| found.push(cannot(site, line, host)));
    }
    match host {
        None | Some(WebHost::Webspace) => {
            if let Some(own) = own {
                give_way(&mut wanted, own, found);
            }
            Some((HTACCESS, apache::file(&wanted, own.map(|own| &*own.text))))
        }
        Some(WebHost::Nginx) => Some((NGINX, nginx::file(&wanted).into_bytes())),
        Some(WebHost::Caddy) => Some((CADDY, caddy::file(&wanted).into_bytes())),
        Some(_) => own.map(|own| (HTACCESS, own.text.to_vec())),
    }
}

fn cannot(site: &Site, line: &str, host: WebHost) -> Diagnostic {
    let message = format!("this line can't be written for {}, so it's left out: `{line}`", host.name());
    let help =
        "this server takes `/old/ /new/ 301`, `/old/* /new/:splat 301`, and headers without `$`, `{`, `}` and `\\`";
    let place = site.host_files.redirects.iter().chain(&site.host_files.headers).find_map(|file| {
        let text = std::str::from_utf8(&file.text).ok()?;
        let start = text.find(line)?;
        Some((file, start..start + line.len()))
    });
    match place {
        Some((file, span)) => Diagnostic::new(&codes::HOST_FILE, message).at(&file.path, span).help(help),
        None => Diagnostic::new(&codes::HOST_FILE, message).help(help),
    }
}

/// What the rules say, in the form for servers. What can't be said so is put into `left`.
fn wanted(rules: &Rules, base: &str, folders: &BTreeSet<String>, left: &mut Vec<String>) -> Wanted {
    let mut wanted = Wanted {
        base: base.to_string(),
        headers: Vec::new(),
        some: Vec::new(),
        leads: Vec::new(),
        bare: folders.iter().cloned().collect(),
    };
    for HeaderRule { path, headers } in &rules.headers {
        let for_all = path.strip_suffix('*').is_some_and(|start| base.starts_with(start));
        let pattern = text::path_pattern(path);
        for (name, value) in headers {
            match &pattern {
                _ if !text::is_header(name, value) => left.push(format!("{name}: {value}")),
                _ if for_all => set(&mut wanted.headers, name, value),
                Some(path) => wanted.some.push(Some_ { path: path.clone(), name: name.clone(), value: value.clone() }),
                None => left.push(format!("{name}: {value}")),
            }
        }
    }
    // A server that says nothing of it leaves browsers to guess for how long a page holds, and a notice would come days late.
    if !wanted.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("cache-control")) {
        set(&mut wanted.headers, "Cache-Control", "no-cache");
    }
    for leads in &rules.redirects {
        match lead(leads, base) {
            Some(lead) => wanted.leads.push(lead),
            None => left.push(leads.line.clone()),
        }
    }
    wanted
}

fn set(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    headers.push((name.to_string(), value.to_string()));
}

fn lead(leads: &Leads, base: &str) -> Option<Lead> {
    let (from, many) = match leads.from.strip_suffix("/*") {
        Some(folder) => (folder, true),
        None => (leads.from.trim_end_matches('/'), false),
    };
    let path = text::meant(from)?;
    // Stars and names in the middle, whole addresses, conditions, what stands outside the site: only some hosts know them.
    let is_plain = from.is_empty() || from.starts_with('/');
    let inside = path.starts_with(base) || format!("{path}/") == base;
    if !is_plain || !inside || path.contains('*') || path.contains("/:") || leads.conditional {
        return None;
    }
    let asks = leads.query.iter().map(|pair| text::asks(pair)).collect::<Option<Vec<_>>>()?;
    let then = match leads.status {
        status @ (301 | 302 | 303 | 307 | 308) => {
            let (before, after) = match leads.to.split_once(":splat").filter(|_| many) {
                Some((before, after)) => (before, Some(text::address(after))),
                None => (leads.to.as_str(), None),
            };
            let keeps = asks.is_empty() && !leads.to.contains(['?', '#']);
            Then::To { status, before: text::address(before), after, keeps }
        }
        status @ (404 | 410) => Then::Ends(status),
        _ => return None,
    };
    Some(Lead { path, many, force: leads.force, asks, then })
}

impl Lead {
    /// Whether it's for the home page's address.
    fn is_home(&self, base: &str) -> bool {
        format!("{}/", self.path) == base
    }
}

/// Leaves out what the author's `.htaccess` says otherwise: its lines come first.
fn give_way(wanted: &mut Wanted, own: &HostFile, found: &mut Diagnostics) {
    const ACTIONS: [&str; 9] = ["set", "append", "merge", "add", "setifempty", "unset", "edit", "edit*", "echo"];
    let help = "remove it, unless you're sure that yours is better";
    // Apache takes any bytes for a comment; they are no place to point at then.
    let lossy = String::from_utf8_lossy(&own.text);
    let is_text = matches!(lossy, std::borrow::Cow::Borrowed(_));
    let told = |span: Range<usize>, message: String, help: &'static str| match is_text {
        true => told(own, span, message, help),
        false => Diagnostic::new(&codes::HOST_FILE, message).at(&own.path, 0..0).help(help),
    };
    for (line, span) in super::host_files::lines(lossy.trim_start_matches('\u{feff}')) {
        let words: Vec<String> = line.split_whitespace().map(|word| word.trim_matches('"').to_string()).collect();
        let Some(directive) = words.first().map(|word| word.to_lowercase()) else { continue };
        if directive == "header" {
            let mut rest = words.iter().skip(1).skip_while(|word| !ACTIONS.contains(&word.to_lowercase().as_str()));
            let Some(name) = rest.nth(1) else { continue };
            let differs = |other: &str| !other.eq_ignore_ascii_case(name);
            let before = wanted.headers.len() + wanted.some.len();
            wanted.headers.retain(|(other, _)| differs(other));
            wanted.some.retain(|other| differs(&other.name));
            if wanted.headers.len() + wanted.some.len() < before {
                let message = format!("the site sends its own `{name}`; yours replaces it");
                found.push(told(span, message, help));
            }
        } else if directive.starts_with("redirect") {
            let from = words.iter().skip(1).find(|word| word.starts_with('/')).and_then(|word| text::meant(word));
            let Some(from) = from.map(|from| from.trim_end_matches('/').to_string()) else { continue };
            let before = wanted.leads.len();
            wanted.leads.retain(|lead| lead.path != from || lead.many || !lead.asks.is_empty());
            if wanted.leads.len() < before {
                let message = format!("the site also redirects `{from}`; this line wins");
                let help = "keep only one of them: here, or in redirects.yaml or `aliases`";
                found.push(told(span, message, help));
            }
        }
    }
}
