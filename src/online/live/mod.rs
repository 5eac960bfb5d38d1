//! The published website, held against what the site's files make.
//!
//! Owns the order of the questions and what makes the rest of them pointless: where nothing answers, or something else does, that's
//! the one thing to tell. `expected` says what has to be there; each other file asks for one part of it.

pub mod arrive;
mod expected;
mod files;
mod former;
mod gone;
mod headers;
pub mod hosts;
mod htaccess;
mod names;
mod pages;
mod redirects;
mod sending;
mod words;

use std::collections::BTreeMap;

use url::Url;

use super::web::Web;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, codes};
use crate::document::model::WebHost;
pub use expected::{Expected, Gone, Holds, Page, Wanted};
use htaccess::Htaccess;

/// So many pages, and so many files, are looked at without being asked for all.
pub const SAMPLE: usize = 500;
/// So many of a kind are told one by one.
const NAMED: usize = 12;
/// A host is asked two things at a time.
const WORKERS: usize = 2;

/// What was looked at and found.
#[derive(Debug)]
pub struct Report {
    /// What was found.
    pub found: Diagnostics,
    /// The address at which the website was looked at.
    pub base: Url,
    /// The host, as its answers tell.
    pub host: WebHost,
    /// How many pages were looked at, of how many.
    pub pages: (usize, usize),
    /// How many other files were looked at, of how many.
    pub files: (usize, usize),
    /// Whether everything that was to be looked at was: false where nothing answers, or something else.
    pub arrived: bool,
}

/// Hears what is being done, and how far it is: how many are done, of how many.
pub type Told<'a> = dyn Fn(&str, usize, usize) + Sync + 'a;

/// What the questions share.
struct Look<'a> {
    expected: &'a Expected,
    web: &'a Web,
    /// Where the website is, once it was found.
    base: Url,
    host: WebHost,
    htaccess: Htaccess,
    all: bool,
    told: &'a Told<'a>,
}

impl Look<'_> {
    fn at(&self, path: &str) -> Url {
        expected::at(&self.base, path)
    }
}

/// Asks the published website and compares. With `all`, a large site isn't sampled.
pub fn check(expected: &Expected, web: &Web, all: bool, told: &Told<'_>) -> Report {
    let mut found = Diagnostics::default();
    let mut report = Report {
        found: Diagnostics::default(),
        base: expected.base.clone(),
        host: WebHost::Other,
        pages: (0, expected.pages.len()),
        files: (0, expected.files.len()),
        arrived: false,
    };
    let arrival = match arrive::arrive(expected, web) {
        Ok(arrival) => arrival,
        Err(finding) => {
            found.push(*finding);
            return Report { found, ..report };
        }
    };
    found.extend(arrival.moved);
    let host = hosts::of(&arrival.home);
    let mut look = Look { expected, web, base: arrival.base, host, htaccess: Htaccess::Read, all, told };
    look.htaccess = htaccess::of(&look, &arrival.home);
    found.extend(look.htaccess.told(&look));
    report.pages.0 = pages::check(&look, &mut found);
    report.files.0 = files::check(&look, &mut found);
    gone::check(&look, &mut found);
    redirects::check(&look, &mut found);
    names::check(&look, &mut found);
    sending::check(&look, &mut found);
    if web.gave_up(&look.base) {
        let message = "the host asked for a longer pause, or stopped answering: not everything was looked at";
        found.push(Diagnostic::new(&codes::LIVE_BUSY, message));
    }
    Report { found, base: look.base, host, arrived: true, ..report }
}

/// The first few findings of a kind, and how many more there are.
fn several(found: &mut Diagnostics, code: &'static Code, all: Vec<Diagnostic>, one: &str, many: &str) {
    let rest = all.len().saturating_sub(NAMED);
    found.extend(all.into_iter().take(NAMED));
    if rest > 0 {
        found.push(Diagnostic::new(code, if rest == 1 { one.to_string() } else { format!("{rest} {many}") }));
    }
}

/// Faults that many pages have alike, each with the addresses at which it was seen.
type Alike<K> = BTreeMap<K, Vec<String>>;

/// `on /a/`, `on /a/ and /b/`, `on 12 pages, such as /a/`.
fn on(addresses: &[String], of: usize) -> String {
    match addresses {
        [one] => format!("on {one}"),
        [one, other] => format!("on {one} and {other}"),
        many if many.len() == of => format!("on all {of} pages"),
        many => format!("on {} pages, such as {}", many.len(), many.first().map_or("", String::as_str)),
    }
}

/// A sample of so many, the first always, spread evenly, and the same each time.
fn sample<T>(all: &[T], of: usize) -> Vec<&T> {
    match all.len() <= of {
        true => all.iter().collect(),
        false => (0..of).filter_map(|n| all.get(n * all.len() / of)).collect(),
    }
}

/// An address as it's shown: from the site's own beginning.
fn shown(path: &str) -> String {
    format!("/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_and_stays_the_same() {
        let all: Vec<usize> = (0..2000).collect();
        let some = sample(&all, 500);
        assert_eq!((some.len(), *some[0], *some[499]), (500, 0, 1996));
        assert_eq!(sample(&all[..3], 500), [&0, &1, &2]);
    }
}
