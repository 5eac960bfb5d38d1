//! What the site's own `_headers` and `_redirects` ask of its host.
//!
//! Owns reading the two files as Netlify and Cloudflare Pages do, as far as Anteroom and most authors write
//! them: paths with `*` at their end, headers below a path, `from to status` on a line. The preview answers by them, and a
//! published website is held against them (`online`).

use std::path::Path;

use crate::render::{File, Output};
use crate::route::OutputPath;

/// The rules of both files.
#[derive(Default, Debug)]
pub struct Rules {
    headers: Vec<(String, Vec<(String, String)>)>,
    redirects: Vec<Leads>,
}

/// A line of `_redirects`.
#[derive(Debug)]
pub struct Leads {
    /// The old path, which may end in `*`.
    pub from: String,
    /// What must stand behind the path.
    pub query: Vec<String>,
    /// Where it leads: a path or a whole address, which may hold `:splat`.
    pub to: String,
    /// The status that says so.
    pub status: u16,
}

impl Rules {
    /// Reads the rules of a site.
    pub fn read(output: &Output, home: &Path) -> Rules {
        let text = |name: &str| {
            let bytes = match output.files.get(&OutputPath::new(name)?)? {
                File::Made(bytes) => bytes.to_vec(),
                File::Copied { from, .. } => std::fs::read(home.join(from.on_disk())).ok()?,
                File::Checked(_) | File::Picture(..) | File::OfTheme(..) | File::Card(_) | File::Font(_) => {
                    return None;
                }
            };
            String::from_utf8(bytes).ok()
        };
        Rules {
            headers: headers(&text("_headers").unwrap_or_default()),
            redirects: redirects(&text("_redirects").unwrap_or_default()),
        }
    }

    /// The headers for a path that begins with a slash.
    pub fn headers(&self, path: &str) -> impl Iterator<Item = (&str, &str)> {
        let matching = self.headers.iter().filter(move |(pattern, _)| matches(pattern, path).is_some());
        matching.flat_map(|(_, headers)| headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// Every line of `_redirects` that leads on.
    pub fn redirects(&self) -> &[Leads] {
        &self.redirects
    }

    /// Where a path that begins with a slash leads, and with which status. A rule for many paths leaves alone
    /// those at which a file stands (`exists`), as hosts do; one for a single path is its page's own.
    pub fn redirect(&self, path: &str, query: Option<&str>, exists: bool) -> Option<(String, u16)> {
        let mut applying = self.redirects.iter().filter(|rule| !(exists && rule.from.ends_with('*')));
        applying.find_map(|rule| {
            let asked = |wanted: &String| query.is_some_and(|query| query.split('&').any(|pair| pair == wanted));
            let rest = matches(&rule.from, path).or_else(|| matches(&rule.from, path.trim_end_matches('/')))?;
            rule.query.iter().all(asked).then(|| (rule.to.replace(":splat", rest), rule.status))
        })
    }
}

/// What `*` stands for where the path fits the pattern.
fn matches<'a>(pattern: &str, path: &'a str) -> Option<&'a str> {
    match pattern.strip_suffix('*') {
        Some(start) => path.strip_prefix(start),
        None => (pattern == path).then_some(""),
    }
}

fn headers(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        match (line.starts_with([' ', '\t']), line.split_once(':')) {
            (true, Some((name, value))) => {
                if let Some((_, headers)) = rules.last_mut() {
                    headers.push((name.trim().to_string(), value.trim().to_string()));
                }
            }
            (true, None) => {}
            (false, _) => rules.push((line.trim().to_string(), Vec::new())),
        }
    }
    rules
}

fn redirects(text: &str) -> Vec<Leads> {
    let rule = |line: &str| {
        let mut parts = line.split_whitespace();
        let from = parts.next().filter(|from| !from.starts_with('#'))?.to_string();
        let is_target = |field: &&str| field.starts_with('/') || field.contains("://");
        let query = parts.clone().take_while(|field| !is_target(field)).map(str::to_string).collect::<Vec<_>>();
        let mut parts = parts.skip(query.len());
        let to = parts.next()?.to_string();
        // `301!` forces a redirect where a file exists; 200 would rewrite, which a preview of files cannot show.
        let status = parts.next().map_or(Some(301), |status| status.trim_end_matches('!').parse().ok())?;
        (300..400).contains(&status).then_some(Leads { from, query, to, status })
    };
    text.lines().filter_map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_every_fitting_path_apply() {
        let rules =
            Rules { headers: headers("/*\n  A: 1\n# note\n/assets/*\n  B: 2: 3\n/x/\n  C: 4\n"), ..Rules::default() };
        assert_eq!(rules.headers("/assets/a.css").collect::<Vec<_>>(), [("A", "1"), ("B", "2: 3")]);
        assert_eq!(rules.headers("/x/").collect::<Vec<_>>(), [("A", "1"), ("C", "4")]);
    }

    #[test]
    fn redirects_know_status_and_splat() {
        let rules =
            Rules { redirects: redirects("/a/ /b/ 302\n/old/* /new/:splat\n/c /d 200\n# /e /f\n"), ..Rules::default() };
        assert_eq!(rules.redirect("/a/", None, true), Some(("/b/".into(), 302)));
        assert_eq!(rules.redirect("/old/x/y", None, false), Some(("/new/x/y".into(), 301)));
        assert_eq!(rules.redirect("/old/x/y", None, true), None);
        assert_eq!(rules.redirect("/c", None, false), None);
        assert_eq!(rules.redirect("/z", None, false), None);
        let rules = Rules { redirects: redirects("/ p=12 /new/ 301!\n"), ..Rules::default() };
        assert_eq!(rules.redirect("/", Some("x=1&p=12"), true), Some(("/new/".into(), 301)));
        assert_eq!(rules.redirect("/", Some("p=1"), true), None);
        assert_eq!(rules.redirect("/", None, true), None);
    }
}
