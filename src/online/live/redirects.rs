//! Old addresses: whether each leads where it should, in one step.

use url::Url;

use super::htaccess::Htaccess;
use super::{Look, SAMPLE, WORKERS, hosts, sample, several};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::online::web::{Answer, Method, each};
use crate::site_files::servers::Leads;

/// Steps that are followed before it's said to go in circles.
const STEPS: usize = 6;
/// Stands for what `*` stands for.
const ANY: &str = "an-old-page/";

fn lines<'a>(look: &Look<'a>) -> Vec<&'a Leads> {
    look.expected.rules.redirects().filter(|line| line.from.starts_with('/')).collect()
}

/// Whether any of the first few leads where it should.
pub(super) fn some_lead(look: &Look<'_>, tried: usize) -> bool {
    lines(look).into_iter().take(tried).any(|line| fault(look, line).is_none())
}

pub(super) fn check(look: &Look<'_>, found: &mut Diagnostics) {
    if look.htaccess == Htaccess::Ignored {
        return;
    }
    let all = lines(look);
    let asked = if look.all { all.iter().collect() } else { sample(&all, SAMPLE) };
    let told = |done: usize| (look.told)("trying old addresses", done, asked.len());
    let faults = each(&asked, WORKERS, &told, |line| fault(look, line)).into_iter().flatten().collect();
    let (one, many) =
        ("another old address doesn't lead where it should", "more old addresses don't lead where they should");
    several(found, &codes::LIVE_REDIRECT, faults, one, many);
}

/// The path of an address as the site's rules write it, as it's asked for.
fn asked(look: &Look<'_>, path: &str) -> Url {
    let own = look.expected.own.path();
    look.at(path.strip_prefix(own).unwrap_or(path.trim_start_matches('/')))
}

fn fault(look: &Look<'_>, line: &Leads) -> Option<Diagnostic> {
    let (from, rest) = match line.from.strip_suffix('*') {
        Some(start) => (format!("{start}{ANY}"), ANY),
        None => (line.from.clone(), ""),
    };
    let query = if line.query.is_empty() { String::new() } else { format!("?{}", line.query.join("&")) };
    let old = asked(look, &format!("{from}{query}"));
    let to = line.to.replace(":splat", rest);
    let goal = match to.starts_with('/') {
        true => {
            let (path, fragment) =
                to.split_once('#').map_or((to.as_str(), None), |(path, fragment)| (path, Some(fragment)));
            let mut goal = asked(look, path);
            goal.set_fragment(fragment);
            goal
        }
        false => Url::parse(&to).ok()?,
    };
    let shown = format!("{from}{query}");
    let told =
        |message: String| Some(Diagnostic::new(&codes::LIVE_REDIRECT, message).help(hosts::for_redirect(look.host)));
    let mut here = old.clone();
    for step in 0..STEPS {
        let answer = look.web.ask(Method::Get, &here).ok()?;
        if matches!(answer.status, 429 | 503) {
            return None;
        }
        let Some(next) = answer.leads_to(&here).or_else(|| by_page(&answer, &here)) else {
            return match (step, answer.status) {
                (0, 200) => told(format!("`{shown}` shows a page instead of leading on to {goal}")),
                (0, status) => told(format!("`{shown}` doesn't lead on to {goal} (status {status})")),
                (_, 200) => told(format!("`{shown}` leads to {here}, not to {goal}")),
                (_, status) => {
                    told(format!("`{shown}` leads to {here}, where visitors see an error (status {status})"))
                }
            };
        };
        let by_status = answer.leads_to(&here).is_some();
        let is_permanent = |status| matches!(status, 301 | 308);
        if is_same(&next, &goal) {
            // Search engines keep the old address for as long as it isn't said to be for good.
            let is_weaker = step == 0 && by_status && is_permanent(line.status) && !is_permanent(answer.status);
            return match (step, is_weaker) {
                (0, false) => None,
                (0, true) => told(format!(
                    "`{shown}` leads on for now only (status {}), not for good ({})",
                    answer.status, line.status
                )),
                _ => told(format!("`{shown}` takes {} steps to {goal}; one is enough", step + 1)),
            };
        }
        // Nobody else's website is asked.
        if next.host_str() != look.base.host_str() {
            return told(format!("`{shown}` leads to {next}, not to {goal}"));
        }
        if next == here || next == old {
            return told(format!("`{shown}` leads in a circle"));
        }
        here = next;
    }
    told(format!("`{shown}` leads on and on"))
}

/// Where a page leads by itself, as those do that are made for hosts without redirects.
fn by_page(answer: &Answer, here: &Url) -> Option<Url> {
    let html = String::from_utf8_lossy(&answer.body);
    let refresh = html.split("http-equiv=\"refresh\"").nth(1)?;
    let to = refresh.split("url=").nth(1)?.split(['"', '\'', '>']).next()?;
    here.join(&to.replace("&amp;", "&").replace("&#x2F;", "/")).ok().filter(|_| answer.status == 200)
}

/// Whether two addresses are one: what an address asks for behind its path goes along with some hosts.
fn is_same(one: &Url, other: &Url) -> bool {
    let path = |url: &Url| {
        percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().trim_end_matches('/').to_string()
    };
    one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
        && path(one) == path(other)
}
