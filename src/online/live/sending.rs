//! How the host sends what it has: packed, over connections that stay open, with a certificate that lasts; what it says where
//! nothing is, and to search engines.

use url::Url;

use super::expected::Holds;
use super::htaccess::Htaccess;
use super::{Look, words};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::online::line::Line;
use crate::online::web::Method;

/// Less is not worth packing.
const WORTH_PACKING: usize = 2 * 1024;
/// Days before its end at which a certificate should have been renewed.
const RENEWED: u64 = 21;
/// An address that no site has.
const NOWHERE: &str = "anteroom-asks-for-a-page-that-is-not-there/";

pub(super) fn check(look: &Look<'_>, found: &mut Diagnostics) {
    (look.told)("looking at how it's sent", 0, 1);
    connection(look, found);
    if look.htaccess != Htaccess::Ignored {
        packing(look, found);
        not_found(look, found);
    }
    robots(look, found);
}

/// What a connection tells. Where the way to the host is by somebody else (a proxy), it tells nothing.
fn connection(look: &Look<'_>, found: &mut Diagnostics) {
    let Ok(mut line) = Line::open(look.web, &look.base) else { return };
    if let Some(days) = line.ends_within(look.web, &look.base, RENEWED) {
        let when = match days {
            0 => "today".to_string(),
            1 => "tomorrow".to_string(),
            days => format!("in {days} days"),
        };
        let message = format!("the certificate ends {when}");
        let help = "ask your host why it hasn't been renewed; most renew it a month before";
        found.push(Diagnostic::new(&codes::LIVE_CERTIFICATE_ENDS, message).help(help));
    }
    let Ok(first) = line.ask("HEAD", &look.base, "identity") else { return };
    if look.base.scheme() == "https" && first.header("strict-transport-security").is_none() {
        found.push(Diagnostic::new(&codes::LIVE_HSTS, "the host doesn't tell browsers to use encryption always"));
    }
    let hangs_up = first.all("connection").any(|value| value.to_ascii_lowercase().contains("close"));
    if hangs_up || line.ask("HEAD", &look.base, "identity").is_err() {
        found.push(Diagnostic::new(&codes::LIVE_KEEP_ALIVE, "the host hangs up after each file"));
    }
}

/// The largest text of each kind.
fn packing(look: &Look<'_>, found: &mut Diagnostics) {
    let page = look.expected.pages.iter().max_by_key(|page| page.html.len());
    let page = page.filter(|page| page.html.len() >= WORTH_PACKING).map(|page| ("pages", look.at(&page.url)));
    let largest = |what: &'static str, ending: &str| {
        let fitting = look.expected.files.iter().filter_map(|file| match &file.holds {
            Holds::Bytes(bytes) if file.path.ends_with(ending) && bytes.len() >= WORTH_PACKING => {
                Some((bytes.len(), &file.path))
            }
            _ => None,
        });
        fitting.max().map(|(_, path)| (what, look.at(path)))
    };
    let kinds = [
        page,
        largest("style sheets", ".css"),
        largest("scripts", ".js"),
        largest("drawings", ".svg"),
        largest("data", ".json"),
    ];
    let unpacked: Vec<&str> = kinds
        .into_iter()
        .flatten()
        .filter(|(_, url)| is_packed(look, url) == Some(false))
        .map(|(what, _)| what)
        .collect();
    if !unpacked.is_empty() {
        let message = format!("the host doesn't compress {}", unpacked.join(", "));
        found.push(Diagnostic::new(&codes::LIVE_COMPRESSION, message));
    }
}

fn is_packed(look: &Look<'_>, url: &Url) -> Option<bool> {
    let answer = Line::open(look.web, url).ok()?.ask("GET", url, "br, gzip").ok()?;
    (answer.status == 200).then(|| answer.header("content-encoding").is_some_and(|packed| packed != "identity"))
}

/// What the host does at an address where nothing is.
pub(super) struct Nowhere {
    pub status: u16,
    /// Whether the page is the site's own.
    pub is_own: bool,
    leads_to: Option<Url>,
}

/// Asks for an address where nothing is.
pub(super) fn nowhere(look: &Look<'_>) -> Option<Nowhere> {
    let answer = look.web.ask(Method::Get, &look.at(NOWHERE)).ok()?;
    let is_own = look.expected.not_found.as_ref().is_none_or(|own| {
        let (own, live) = (words::read(own).0, words::read(&answer.body).0);
        // A former one will do: what is not published yet is told of pages.
        own.share(&live) > 0.5
    });
    Some(Nowhere { status: answer.status, is_own, leads_to: answer.leads_to(&look.at(NOWHERE)) })
}

fn not_found(look: &Look<'_>, found: &mut Diagnostics) {
    let Some(nowhere) = nowhere(look) else { return };
    let message = match (nowhere.status, nowhere.is_own) {
        (404 | 410, true) => return,
        (404 | 410, false) => {
            "at an address where nothing is, visitors see a page of the host's, not yours".to_string()
        }
        (429 | 503, _) => return,
        (200, _) => "at an address where nothing is, the host says that all is well (status 200, not 404)".to_string(),
        (status, _) => match nowhere.leads_to {
            Some(to) => format!("an address where nothing is leads on to {to}, and isn't said to be wrong"),
            None => format!("at an address where nothing is, the host answers with status {status}, not 404"),
        },
    };
    found.push(Diagnostic::new(&codes::LIVE_NOT_FOUND, message));
}

/// Whether search engines are told to stay away. The file counts at the root of a host only.
fn robots(look: &Look<'_>, found: &mut Diagnostics) {
    let Ok(answer) =
        look.base.join("/robots.txt").map_err(drop).and_then(|url| look.web.ask(Method::Get, &url).map_err(drop))
    else {
        return;
    };
    if answer.status == 200
        && answer.media_type() != "text/html"
        && forbids(&String::from_utf8_lossy(&answer.body), look.base.path())
    {
        found.push(Diagnostic::new(
            &codes::LIVE_HIDDEN,
            "`robots.txt` on the web tells search engines to stay away from the whole website",
        ));
    }
}

/// Whether everything below a path is forbidden to all (RFC 9309).
fn forbids(robots: &str, path: &str) -> bool {
    let (mut for_all, mut in_names, mut forbidden) = (false, false, false);
    for line in robots.lines().map(|line| line.split('#').next().unwrap_or_default()) {
        let Some((field, value)) =
            line.split_once(':').map(|(field, value)| (field.trim().to_ascii_lowercase(), value.trim()))
        else {
            continue;
        };
        match field.as_str() {
            "user-agent" => {
                for_all = value == "*" || (in_names && for_all);
                in_names = true;
                continue;
            }
            "disallow" if for_all && !value.is_empty() && path.starts_with(value.trim_end_matches('*')) => {
                forbidden = true;
            }
            "allow" if for_all && path.starts_with(value) => return false,
            _ => {}
        }
        in_names = false;
    }
    forbidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_keeps_all_away_from_all_counts() {
        for (robots, expected) in [
            ("User-agent: *\nAllow: /\n", false),
            ("User-agent: *\nDisallow: /\n", true),
            ("User-agent: *\nDisallow:\n", false),
            ("User-agent: *\nDisallow: /private/\n", false),
            ("User-agent: GPTBot\nDisallow: /\n", false),
            ("User-agent: GPTBot\nUser-agent: *\nDisallow: / # all\n", true),
            ("User-agent: *\nDisallow: /\nAllow: /\n", false),
            ("User-agent: *\nCrawl-delay: 2\nUser-agent: X\nDisallow: /\n", false),
        ] {
            assert_eq!(forbids(robots, "/"), expected, "{robots}");
        }
    }
}
