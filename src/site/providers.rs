//! Companies that practices' websites have to do with: a dated table (`providers.yaml`), never code.
//!
//! Owns what is known of each, and finding one by its host. Which of them a site uses is known in `hosts`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Confidence;
use crate::document::values::{Country, Date};

/// What a company does for a practice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the words speak for themselves
pub enum Kind {
    Analytics,
    Booking,
    Form,
    Newsletter,
    Map,
    Film,
}

/// What a company's part of a page does with cookies.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cookies {
    /// It sets none.
    None,
    /// It sets some.
    Sets,
    /// It sets some where nobody has told it not to.
    UnlessSwitchedOff,
}

/// What a company learns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the words speak for themselves
pub enum Received {
    Address,
    Page,
    Referrer,
    Device,
    Entered,
    Place,
    Film,
}

/// How a calendar wants to be asked for when it is shown inside a page.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Framing {
    /// Under the same address.
    AsIs,
    /// With this added to its query.
    Query(String),
    /// With this added to its path.
    Path(String),
    /// Its server forbids it.
    Never,
}

/// A company.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// What it does.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Ends of the names of its hosts.
    pub hosts: Vec<String>,
    /// Whether it sets cookies, where that is known.
    pub cookies: Option<Cookies>,
    /// Where it has its seat, where that is known.
    pub country: Option<Country>,
    /// What it learns.
    pub receives: Vec<Received>,
    /// How its calendar is framed.
    #[serde(default, with = "serde_yaml::with::singleton_map")]
    pub framing: Option<Framing>,
    /// Where this is from.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// When it was last looked up.
    pub verified: Date,
}

static TABLE: LazyLock<Vec<Provider>> = LazyLock::new(|| match serde_yaml::from_str(include_str!("providers.yaml")) {
    Ok(table) => table,
    // A test reads the table.
    Err(error) => unreachable!("the table of providers is faulty: {error}"),
});

/// Every company of the table.
pub fn all() -> &'static [Provider] {
    &TABLE
}

/// The company that a host belongs to, if it is known. A port does not matter.
pub fn of_host(host: &str) -> Option<&'static Provider> {
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let is = |own: &&String| host == ***own || host.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.'));
    // The longest end says most: `docs.google.com` is another service than `google.com`.
    let ends = TABLE.iter().flat_map(|provider| provider.hosts.iter().map(move |own| (own, provider)));
    ends.filter(|(own, _)| is(own)).max_by_key(|(own, _)| own.len()).map(|(_, provider)| provider)
}

impl Provider {
    /// What it does with cookies, where that is sure enough to be said to visitors.
    pub fn said_of_cookies(&self) -> Option<Cookies> {
        self.cookies.filter(|_| self.confidence != Confidence::L)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_is_whole_and_no_host_stands_in_it_twice() {
        let mut hosts = BTreeSet::new();
        for provider in all() {
            assert!(!provider.hosts.is_empty() && !provider.receives.is_empty(), "{}", provider.name);
            assert!(provider.source.len() > 5, "{}", provider.name);
            let unread = provider.source.contains("general knowledge");
            assert_eq!(provider.confidence == Confidence::L, unread, "{}", provider.name);
            for host in &provider.hosts {
                assert!(hosts.insert(host), "{host}");
                assert_eq!(of_host(host).map(|found| &found.name), Some(&provider.name), "{host}");
            }
        }
    }

    #[test]
    fn a_host_is_known_by_its_end() {
        let name = |host: &str| of_host(host).map(|provider| provider.name.as_str());
        assert_eq!(name("ana.as.me"), Some("Acuity Scheduling"));
        assert_eq!(name("WWW.Googletagmanager.com:443"), Some("Google Analytics"));
        assert_eq!(name("docs.google.com"), Some("Google Forms"));
        assert_eq!(name("notcalendly.com"), None);
        assert_eq!(name("plausible.io.example"), None);
    }
}
