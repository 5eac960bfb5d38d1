//! Links to other websites: which there are, and whether each still leads somewhere.
//!
//! Owns the questions and what an answer means. `places` says where a link is written, `kept` what was found in the last week.

mod kept;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use scraper::{Html, Selector};
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::web::{BadCertificate, Method, Silence, Web, each};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::output::File;
use crate::pipeline::Build;
use crate::route::OutputPath;
use crate::source::Sources;
use kept::Kept;

/// Requests under way at once, to however many hosts.
const WORKERS: usize = 12;
/// Steps that are followed.
const STEPS: usize = 8;
/// Addresses that are made to last and lead on to wherever a work is now: that they know it is all there is to ask.
const LASTING: &[&str] = &["doi.org", "dx.doi.org", "hdl.handle.net", "purl.org", "w3id.org", "n2t.net"];

/// What a link turned out to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It leads to a page.
    Fine,
    /// It does so by an address that is the page's for good.
    Moved(String),
    /// It once led to a page, and now leads to the home page.
    Home(String),
    /// There's no such page.
    Dead(u16),
    /// There's no such website.
    NoName,
    /// It leads to a computer or a network that visitors can't reach.
    Private,
    /// The website didn't answer, or with an error of its own: why.
    Silent(String),
    /// Programs aren't answered.
    Unchecked(u16),
}

impl Outcome {
    /// Whether it will be the same in a week: what didn't work is asked again each time.
    fn lasts(&self) -> bool {
        matches!(self, Outcome::Fine | Outcome::Moved(_) | Outcome::Unchecked(_))
    }
}

/// What was looked at and found.
#[derive(Debug)]
pub struct Report {
    /// What was found.
    pub found: Diagnostics,
    /// How many links there are, each counted once.
    pub links: usize,
    /// How many of them were asked now.
    pub asked: usize,
}

/// Every link of the finished pages to another website, with the pages that have it.
pub fn of(build: &Build) -> BTreeMap<String, BTreeSet<OutputPath>> {
    let mut all: BTreeMap<String, BTreeSet<OutputPath>> = BTreeMap::new();
    let (Some(output), Ok(links)) = (&build.output, Selector::parse("a[href], area[href]")) else { return all };
    let own = Url::parse(&build.base_url).ok();
    let own = own.as_ref().and_then(Url::host_str);
    for (path, file) in &output.files {
        let File::Made(bytes) = file else { continue };
        if !path.as_str().ends_with(".html") {
            continue;
        }
        let html = Html::parse_document(&String::from_utf8_lossy(bytes));
        for href in html.select(&links).filter_map(|link| link.value().attr("href")) {
            let url = Url::parse(href.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            if url.is_some_and(|url| url.host_str() != own) {
                all.entry(href.trim().to_string()).or_default().insert(path.clone());
            }
        }
    }
    all
}

/// Asks each link that isn't known from the last week. `told` hears how many are done, of how many.
pub fn check(
    build: &Build,
    sources: &Sources,
    web: &Web,
    home: &Path,
    today: Date,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Report {
    let links = of(build);
    // What stands behind `#` is the browser's business.
    let page = |href: &String| href.split('#').next().unwrap_or(href).to_string();
    let pages: BTreeSet<String> = links.keys().map(page).collect();
    let mut kept = Kept::read(home, today);
    let new: Vec<&String> = in_turn(pages.iter().filter(|page| kept.of(page).is_none()).collect());
    let of = new.len();
    let outcomes = each(&new, WORKERS, &|done| told(done, of), |page| outcome(web, page));
    let mut now: BTreeMap<String, Outcome> = BTreeMap::new();
    for (page, outcome) in new.into_iter().zip(outcomes) {
        if outcome.lasts() {
            kept.add(page, outcome.clone());
        }
        now.insert(page.clone(), outcome);
    }
    // What can't be kept is asked again.
    let _ = kept.write(home, &pages);
    let mut found = Diagnostics::default();
    for (href, on) in &links {
        let outcome = now.get(&page(href)).or_else(|| kept.of(&page(href)));
        if let Some(finding) = outcome.and_then(|outcome| finding(href, outcome)) {
            places::put(finding, href, on, build, sources, &mut found);
        }
    }
    Report { found: found.sorted(), links: links.len(), asked: of }
}

/// The links of all hosts in turn, so that no host keeps everybody waiting.
fn in_turn(links: Vec<&String>) -> Vec<&String> {
    let mut hosts: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for link in links {
        let host = Url::parse(link).ok().and_then(|url| url.host_str().map(str::to_string)).unwrap_or_default();
        hosts.entry(host).or_default().push(link);
    }
    let longest = hosts.values().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|at| hosts.values().filter_map(move |links| links.get(at).copied()).collect::<Vec<_>>())
        .collect()
}

/// Whether visitors can't get to a host from outside.
fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || [".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
        }
        Some(Host::Ipv4(ip)) => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => ip.is_loopback() || ip.is_unspecified(),
        None => true,
    }
}

fn outcome(web: &Web, link: &str) -> Outcome {
    let Ok(first) = Url::parse(link) else { return Outcome::Private };
    let mut here = first.clone();
    // The address after as many steps as are for good.
    let (mut for_good, mut is_for_good) = (first.clone(), true);
    for _ in 0..=STEPS {
        // Nobody's own network is asked, whoever leads there.
        if is_private(&here) {
            return Outcome::Private;
        }
        let mut answer = web.ask(Method::Head, &here);
        // Some hosts answer the short question wrongly.
        if matches!(&answer, Ok(answer) if answer.status >= 400 && !matches!(answer.status, 401 | 429 | 503))
            || matches!(&answer, Err(Silence::Broken(_)))
        {
            answer = web.ask(Method::Glance, &here);
        }
        let answer = match answer {
            Ok(answer) => answer,
            Err(silence) => return silent(&silence),
        };
        if let Some(next) = answer.leads_to(&here) {
            if here.host_str().is_some_and(|host| LASTING.contains(&host)) {
                return Outcome::Fine;
            }
            is_for_good &= matches!(answer.status, 301 | 308);
            if is_for_good {
                for_good = next.clone();
            }
            here = next;
            continue;
        }
        return match answer.status {
            200..=399 => arrived(&first, &here, for_good),
            404 | 410 | 451 => Outcome::Dead(answer.status),
            401 | 403 | 405 | 406 | 407 | 418 | 429 | 503 | 999 => Outcome::Unchecked(answer.status),
            status @ 400..=499 => Outcome::Dead(status),
            status => Outcome::Silent(format!("it answers with the error {status}")),
        };
    }
    Outcome::Silent("it leads on and on".to_string())
}

fn arrived(first: &Url, end: &Url, for_good: Url) -> Outcome {
    let is_home = |url: &Url| url.path().trim_end_matches('/').is_empty() && url.query().is_none();
    if is_home(end) && !is_home(first) {
        return Outcome::Home(end.to_string());
    }
    // A page that asks who one is isn't the page's new address.
    let asks_who = ["login", "signin", "sign-in", "consent", "captcha", "challenge"]
        .iter()
        .any(|word| for_good.as_str().to_ascii_lowercase().contains(word));
    match for_good == *first || asks_who {
        true => Outcome::Fine,
        false => Outcome::Moved(for_good.to_string()),
    }
}

fn silent(silence: &Silence) -> Outcome {
    Outcome::Silent(match silence {
        Silence::NoName => return Outcome::NoName,
        Silence::GivenUp => "it was asked several times".to_string(),
        Silence::Refused => "the connection is refused".to_string(),
        Silence::TimedOut => "it took too long".to_string(),
        Silence::Certificate(BadCertificate::Expired) => "its certificate has expired, so browsers warn".to_string(),
        Silence::Certificate(_) => "its certificate isn't valid, so browsers warn".to_string(),
        Silence::Broken(_) => "it hangs up".to_string(),
    })
}

fn finding(href: &str, outcome: &Outcome) -> Option<Diagnostic> {
    let told = |code, message: String| Some(Diagnostic::new(code, message));
    match outcome {
        Outcome::Fine => None,
        Outcome::Moved(to) => {
            // One question answers for all that stands behind `#`.
            let part = href.split_once('#').filter(|_| !to.contains('#')).map_or("", |(_, part)| part);
            let part = if part.is_empty() { String::new() } else { format!("#{part}") };
            told(&codes::LINK_MOVED, format!("`{href}` has moved for good to {to}{part}"))
        }
        Outcome::Home(to) => told(
            &codes::LINK_DEAD,
            format!(
                "`{href}` leads to the home page of that website now ({to}); the page that you mean is probably gone"
            ),
        ),
        Outcome::Dead(status) => {
            told(&codes::LINK_DEAD, format!("`{href}` leads nowhere: that website has no such page (status {status})"))
        }
        Outcome::NoName => told(&codes::LINK_DEAD, format!("`{href}` leads nowhere: there's no website of that name")),
        Outcome::Private => told(
            &codes::LINK_DEAD,
            format!("`{href}` leads to a computer in a network of its own, which visitors can't reach"),
        ),
        Outcome::Silent(why) => told(&codes::LINK_SILENT, format!("`{href}` doesn't work at the moment: {why}")),
        Outcome::Unchecked(status) => told(
            &codes::LINK_UNCHECKED,
            format!("`{href}` couldn't be checked: that website answers people only (status {status})"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_take_turns() {
        let links: Vec<String> =
            ["https://a.example/1", "https://a.example/2", "https://a.example/3", "https://b.example/1"]
                .iter()
                .map(ToString::to_string)
                .collect();
        let order: Vec<&String> = in_turn(links.iter().collect());
        assert_eq!(order, ["https://a.example/1", "https://b.example/1", "https://a.example/2", "https://a.example/3"]);
    }

    #[test]
    fn nobody_s_own_network_is_asked() {
        for private in [
            "http://localhost/",
            "http://127.0.0.1:8000/",
            "http://192.168.1.1/",
            "http://printer.local/",
            "http://[::1]/",
        ] {
            assert!(is_private(&Url::parse(private).unwrap()), "{private}");
        }
        assert!(!is_private(&Url::parse("https://example.org/").unwrap()));
    }
}
