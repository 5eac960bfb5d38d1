//! What finished `_headers` and `_redirects` say.
//!
//! Owns reading the two files as Netlify and Cloudflare Pages do. The preview answers by it, and the files for web servers
//! are made from it: so both do what hosts do.

use crate::site_files::host_files;

/// The rules of both files, in their order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Rules {
    /// Of `_headers`.
    pub headers: Vec<HeaderRule>,
    /// Of `_redirects`.
    pub redirects: Vec<Leads>,
}

/// Headers of the answers for a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderRule {
    /// The path; `*` stands for anything.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
}

/// A line of `_redirects`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leads {
    /// The line.
    pub line: String,
    /// The old path; a `*` at its end stands for anything.
    pub from: String,
    /// What must stand behind the path.
    pub query: Vec<String>,
    /// The new address.
    pub to: String,
    /// How it's answered.
    pub status: u16,
    /// Whether it's also for what is there.
    pub force: bool,
    /// Whether it's only for visitors of some country or language, which only some hosts can tell.
    pub conditional: bool,
}

impl Rules {
    /// Reads both files.
    pub fn read(headers: &str, redirects: &str) -> Rules {
        Rules { headers: read_headers(headers), redirects: read_redirects(redirects) }
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    host_files::lines(text.trim_start_matches('\u{feff}')).map(|(line, _)| line)
}

fn read_headers(text: &str) -> Vec<HeaderRule> {
    let mut rules: Vec<HeaderRule> = Vec::new();
    for line in lines(text) {
        match (line.starts_with([' ', '\t']), line.split_once(':')) {
            (true, Some((name, value))) => {
                if let Some(rule) = rules.last_mut() {
                    rule.headers.push((name.trim().to_string(), value.trim().to_string()));
                }
            }
            (true, None) => {}
            (false, _) => rules.push(HeaderRule { path: line.trim().to_string(), headers: Vec::new() }),
        }
    }
    rules
}

fn read_redirects(text: &str) -> Vec<Leads> {
    let rule = |line: &str| {
        let mut parts = line.split_whitespace();
        let from = parts.next()?.to_string();
        let is_target = |field: &&str| field.starts_with('/') || field.contains("://");
        let query = parts.clone().take_while(|field| !is_target(field)).map(str::to_string).collect::<Vec<_>>();
        let mut parts = parts.skip(query.len());
        let to = parts.next()?.to_string();
        let (status, force) = match parts.next() {
            None => (301, false),
            // `301!` forces a redirect where a file exists.
            Some(status) => (status.trim_end_matches('!').parse().ok()?, status.ends_with('!')),
        };
        let conditional = parts.next().is_some();
        Some(Leads { line: line.trim().to_string(), from, query, to, status, force, conditional })
    };
    lines(text).filter_map(rule).collect()
}
