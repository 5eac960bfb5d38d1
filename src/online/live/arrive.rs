//! Whether there's a website at the address at all, and whether it's this one.
//!
//! Owns the one message where there isn't: no connection, no such name, a certificate that isn't valid, a password, another
//! website, a page of the host's.

use url::Url;

use super::words;
use super::{Expected, Page};
use crate::diagnostic::{Diagnostic, codes};
use crate::online::web::{Answer, BadCertificate, Method, Silence, Web};

/// Steps to the website that are followed.
const STEPS: usize = 5;
/// A page that has fewer of the home page's words, from 0 to 1, is another.
const SAME: f64 = 0.25;

/// Where the website was found.
pub struct Arrival {
    /// Its address, with a slash at its end.
    pub base: Url,
    /// The home page's answer.
    pub home: Answer,
    /// What is to be told where it's another address than was asked for.
    pub moved: Option<Diagnostic>,
}

/// Goes to the home page.
///
/// # Errors
/// Where it isn't there: what is to be told instead of everything else.
pub fn arrive(expected: &Expected, web: &Web) -> Result<Arrival, Box<Diagnostic>> {
    let asked = &expected.base;
    let mut base = asked.clone();
    for _ in 0..=STEPS {
        let answer = web.ask(Method::Get, &base).map_err(|silence| Box::new(unreachable(&base, &silence)))?;
        if let Some(mut next) = answer.leads_to(&base) {
            next.set_query(None);
            next.set_fragment(None);
            if next == base {
                break;
            }
            base = next;
            continue;
        }
        if answer.status != 200 {
            return Err(Box::new(refused(&base, answer.status)));
        }
        if let Some(fault) = another(expected, &base, &answer) {
            return Err(Box::new(fault));
        }
        let moved = (base != *asked).then(|| {
            let message = format!("`{asked}` leads on to `{base}`");
            let to = base.as_str().trim_end_matches('/');
            Diagnostic::new(&codes::LIVE_MOVED, message).help(format!(
                "if visitors should see that address, write `base_url: {to}` in practice.yaml and publish again"
            ))
        });
        return Ok(Arrival { base, home: answer, moved });
    }
    let message = format!("`{asked}` leads on and on, and never to a page");
    let help = "look for two settings at your host that contradict each other: HTTPS, `www`, or a redirect of your own";
    Err(Box::new(Diagnostic::new(&codes::LIVE_UNREACHABLE, message).help(help)))
}

fn refused(base: &Url, status: u16) -> Diagnostic {
    let (message, help) = match status {
        401 | 403 | 407 => (
            format!("`{base}` doesn't let anybody in (status {status})"),
            "if a password protects it, take it off at your host; if not, ask your host why strangers can't read it",
        ),
        404 | 410 => (
            format!("there's no website at `{base}` yet (status {status})"),
            "publish it: `anteroom publish`, or start your host's build; docs/hosting.md says how",
        ),
        429 | 503 => (
            format!("the host of `{base}` has too much to do, or is being worked on (status {status})"),
            "try again in a few minutes",
        ),
        _ => (format!("`{base}` answers with the error {status}"), "ask your host, and say the number"),
    };
    Diagnostic::new(&codes::LIVE_UNREACHABLE, message).help(help)
}

/// What is told of an address that doesn't answer.
pub fn unreachable(base: &Url, silence: &Silence) -> Diagnostic {
    let host = base.host_str().unwrap_or_default();
    let told = |message: String, help: &str| Diagnostic::new(&codes::LIVE_UNREACHABLE, message).help(help);
    match silence {
        Silence::NoName => told(
            format!("`{host}` can't be found"),
            "check that this computer is online, and that the address is spelt right; a name that you've just bought or moved can take \
             a day to be known everywhere",
        ),
        Silence::Refused => told(
            format!("there's no website where `{host}` leads to: the connection is refused"),
            "check your connection; then ask your host whether the name leads to your web space",
        ),
        Silence::TimedOut => told(
            format!("`{host}` doesn't answer in time"),
            "check your connection, and try again in a few minutes; then ask your host",
        ),
        Silence::Certificate(fault) => certificate(host, fault),
        Silence::Broken(why) => {
            told(format!("`{host}` answers with something that no browser understands ({why})"), "ask your host")
        }
        Silence::GivenUp => told(format!("`{host}` doesn't answer any more"), "try again in a few minutes"),
    }
}

/// What is told of a certificate.
pub(super) fn certificate(host: &str, fault: &BadCertificate) -> Diagnostic {
    let message = match fault {
        BadCertificate::Expired => format!("the certificate of `{host}` has expired"),
        BadCertificate::OtherNames(names) if names.is_empty() => format!("the certificate isn't for `{host}`"),
        BadCertificate::OtherNames(names) => {
            let names: Vec<&str> = names.iter().take(3).map(|name| name.split('"').nth(1).unwrap_or(name)).collect();
            format!("the certificate isn't for `{host}`, but for {}", names.join(", "))
        }
        BadCertificate::Unknown => format!("nobody whom browsers know vouches for the certificate of `{host}`"),
        BadCertificate::Other(why) => format!("the certificate of `{host}` isn't valid ({why})"),
    };
    let help = "turn on HTTPS for this name at your host, and ask your host if that doesn't help; until then browsers warn visitors";
    Diagnostic::new(&codes::LIVE_CERTIFICATE, message).help(help)
}

/// What is told where something else is there.
fn another(expected: &Expected, base: &Url, answer: &Answer) -> Option<Diagnostic> {
    let home: &Page = expected.pages.iter().find(|page| page.url.is_empty())?;
    let (own, (live, _)) = (words::read(&home.html).0, words::read(&answer.body));
    // A former state of this website has another home page, but the same name and menu.
    if own.share(&live) >= SAME {
        return None;
    }
    let beginning = live.beginning();
    let seen = if beginning.is_empty() {
        "an empty page".to_string()
    } else {
        format!("a page that begins with “{beginning}”")
    };
    let help = "if you haven't published the site yet, do that first (`anteroom publish`); if you have, look at your host which folder the \
                name leads to, and whether the name is still yours";
    Some(Diagnostic::new(&codes::LIVE_OTHER_SITE, format!("`{base}` shows something else: {seen}")).help(help))
}
