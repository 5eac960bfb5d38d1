//! What the site's own `_headers` and `_redirects` ask of its host.
//!
//! Owns answering as Netlify and Cloudflare Pages do, as far as Anteroom and most authors write the two files: paths with
//! `*` at their end. What the files say is read by `site_files::servers::rules`. The preview answers by them, and a published
//! website is held against them (`online`).

use std::path::Path;

use crate::output::{File, Output};
use crate::route::OutputPath;
use crate::site_files::servers::{self, Leads};

/// The rules of both files.
#[derive(Default, Debug)]
pub struct Rules(servers::Rules);

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
        Rules::of(&text("_headers").unwrap_or_default(), &text("_redirects").unwrap_or_default())
    }

    /// The rules that the texts of both files say.
    pub fn of(headers: &str, redirects: &str) -> Rules {
        Rules(servers::Rules::read(headers, redirects))
    }

    /// The headers for a path that begins with a slash.
    pub fn headers(&self, path: &str) -> impl Iterator<Item = (&str, &str)> {
        let matching = self.0.headers.iter().filter(move |rule| matches(&rule.path, path).is_some());
        matching.flat_map(|rule| rule.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// Every line of `_redirects` that leads on.
    pub fn redirects(&self) -> impl Iterator<Item = &Leads> {
        // A status of 200 would rewrite, which a preview of files cannot show.
        self.0.redirects.iter().filter(|rule| (300..400).contains(&rule.status))
    }

    /// Where a path that begins with a slash leads, and with which status. A rule for many paths leaves alone
    /// those at which a file stands (`exists`), as hosts do; one for a single path is its page's own.
    pub fn redirect(&self, path: &str, query: Option<&str>, exists: bool) -> Option<(String, u16)> {
        let mut applying = self.redirects().filter(|rule| !(exists && rule.from.ends_with('*')));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_every_fitting_path_apply() {
        let rules = Rules(servers::Rules::read("/*\n  A: 1\n# note\n/assets/*\n  B: 2: 3\n/x/\n  C: 4\n", ""));
        assert_eq!(rules.headers("/assets/a.css").collect::<Vec<_>>(), [("A", "1"), ("B", "2: 3")]);
        assert_eq!(rules.headers("/x/").collect::<Vec<_>>(), [("A", "1"), ("C", "4")]);
    }

    #[test]
    fn redirects_know_status_and_splat() {
        let rules = Rules(servers::Rules::read("", "/a/ /b/ 302\n/old/* /new/:splat\n/c /d 200\n# /e /f\n"));
        assert_eq!(rules.redirect("/a/", None, true), Some(("/b/".into(), 302)));
        assert_eq!(rules.redirect("/old/x/y", None, false), Some(("/new/x/y".into(), 301)));
        assert_eq!(rules.redirect("/old/x/y", None, true), None);
        assert_eq!(rules.redirect("/c", None, false), None);
        assert_eq!(rules.redirect("/z", None, false), None);
        let rules = Rules(servers::Rules::read("", "/ p=12 /new/ 301!\n"));
        assert_eq!(rules.redirect("/", Some("x=1&p=12"), true), Some(("/new/".into(), 301)));
        assert_eq!(rules.redirect("/", Some("p=1"), true), None);
        assert_eq!(rules.redirect("/", None, true), None);
    }
}
