//! The other ways in: without encryption, with and without `www.`, without the slash at the end.

use url::{Host, Url};

use super::{Look, arrive, shown};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::online::web::{Method, Silence};

/// Steps from another way in: to encryption, and to the other name.
const STEPS: usize = 2;

pub(super) fn check(look: &Look<'_>, found: &mut Diagnostics) {
    (look.told)("trying other ways in", 0, 1);
    let is_name = matches!(look.base.host(), Some(Host::Domain(name)) if name.contains('.'));
    match look.base.scheme() {
        "http" if is_name => {
            let help = "turn on HTTPS at your host, then write `https://` in `base_url` of practice.yaml";
            let message = format!("`{}` isn't encrypted", look.base);
            found.push(Diagnostic::new(&codes::LIVE_NOT_SECURE, message).help(help));
        }
        "https" if look.base.port().is_none() => unencrypted(look, found),
        _ => {}
    }
    if is_name && look.base.port().is_none() {
        other_name(look, found);
    }
    slash(look, found);
}

/// Where an address leads in the end, and in how many steps; `None` where nobody answers.
fn follow(look: &Look<'_>, from: &Url) -> Result<(Url, usize, u16), Silence> {
    let mut here = from.clone();
    let mut steps = 0;
    loop {
        let answer = look.web.ask(Method::Glance, &here)?;
        match answer.leads_to(&here) {
            Some(next) if steps < 6 && here != look.base => {
                here = next;
                steps += 1;
            }
            _ => return Ok((here, steps, answer.status)),
        }
    }
}

fn unencrypted(look: &Look<'_>, found: &mut Diagnostics) {
    let mut plain = look.base.clone();
    if plain.set_scheme("http").is_err() {
        return;
    }
    // Where nobody listens there's nothing to read: browsers go on to the encrypted address by themselves.
    let Ok((end, steps, status)) = follow(look, &plain) else { return };
    let help = "turn on “Force HTTPS” or “HTTPS redirect” at your host";
    let message = match end.scheme() {
        "http" if status == 200 => format!("`{end}` shows the website without encryption"),
        "http" => format!("`{plain}` doesn't lead on to `{}` (status {status})", look.base),
        _ if end != look.base => format!("`{plain}` leads to `{end}`, not to `{}`", look.base),
        _ if steps > STEPS => format!("`{plain}` takes {steps} steps to `{}`", look.base),
        _ => return,
    };
    found.push(Diagnostic::new(&codes::LIVE_NOT_SECURE, message).help(help));
}

fn other_name(look: &Look<'_>, found: &mut Diagnostics) {
    let Some(name) = look.base.host_str() else { return };
    let other = name.strip_prefix("www.").map_or_else(|| format!("www.{name}"), str::to_string);
    let mut url = look.base.clone();
    if !other.contains('.') || url.set_host(Some(&other)).is_err() {
        return;
    }
    let help = format!("at your host, add `{other}` as another name of the site that leads to `{name}`");
    let told = |message: String| Diagnostic::new(&codes::LIVE_WWW, message).help(help.clone());
    let finding = match follow(look, &url) {
        // Few names have both.
        Err(Silence::NoName | Silence::GivenUp) => return,
        Err(Silence::Certificate(fault)) => {
            told(format!("browsers warn at `{other}`: {}", arrive::certificate(&other, &fault).message))
        }
        Err(_) => told(format!("nobody answers at `{other}`")),
        Ok((end, steps, status)) => match end == look.base {
            true if steps <= STEPS => return,
            true => told(format!("`{other}` takes {steps} steps to `{}`", look.base)),
            false if end.host_str() == Some(other.as_str()) && status == 200 => told(format!(
                "`{other}` shows a website of its own instead of leading to `{name}`; search engines take them for two"
            )),
            false if status == 200 => told(format!("`{other}` leads to `{end}`, not to `{}`", look.base)),
            false => told(format!("visitors see an error at `{other}` (status {status})")),
        },
    };
    found.push(finding);
}

/// Of a page or two: a host does with all the same.
fn slash(look: &Look<'_>, found: &mut Diagnostics) {
    for page in look.expected.pages.iter().filter(|page| page.url.ends_with('/')).take(2) {
        let (whole, path) = (look.at(&page.url), page.url.trim_end_matches('/'));
        let Ok((end, steps, status)) = follow(look, &look.at(path)) else { return };
        let address = shown(path);
        let message = match status {
            200 if end == whole && steps > 0 => continue,
            200 if steps == 0 => format!(
                "`{address}` shows a page without leading on to `{address}/`, where its pictures and links are right"
            ),
            200 => format!("`{address}` leads to {end}, not to `{address}/`"),
            404 | 410 if end != whole => format!("`{address}` isn't found, although `{address}/` is there"),
            _ => continue,
        };
        found.push(Diagnostic::new(&codes::LIVE_SLASH, message));
        return;
    }
}
