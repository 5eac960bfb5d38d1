//! Hosts: what the finished pages would contact, against what the practice declares; and where a form goes.

use std::collections::BTreeMap;

use super::{Subject, origins};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::finished::loads::Load;
use crate::output::Output;
use crate::rules::privacy;
use crate::site::hosts::{self, Use, When};
use crate::site::providers::{self, Cookies};

pub(super) fn check(subject: &Subject<'_>, output: Option<&Output>, found: &mut Diagnostics) {
    if let Some(output) = output {
        undeclared(subject, output, found);
    }
    cookies(subject, output, found);
    let rule = &privacy::rules().form_may_leak;
    if let Some(form) = subject.practice().contact_form.as_ref().filter(|form| !form.baa) {
        let receiver = form.endpoint.as_ref().and_then(|url| url::Url::parse(url).ok());
        let receiver = receiver.and_then(|url| url.host_str().map(str::to_string)).unwrap_or_else(|| "Netlify".into());
        let message =
            format!("what people write in the form goes to {receiver}, and there's no agreement to protect it");
        let is_american = subject.practice().jurisdictions.iter().any(|place| place.country() == "US");
        let help = match is_american {
            true => "once you have an agreement, write `baa: true`; or remove the form and let people email or call",
            false => {
                "once you have a data protection agreement with them, acknowledge this with that reason; \
                 or remove the form and let people email or call"
            }
        };
        found.extend(subject.at_practice(&rule.info, "contact_form", message).map(|finding| finding.help(help)));
    }
}

/// Companies that set cookies as soon as a page is opened, where the law wants a visitor's consent first.
fn cookies(subject: &Subject<'_>, output: Option<&Output>, found: &mut Diagnostics) {
    let info = &privacy::rules().cookies_before_consent.info;
    let practice = subject.practice();
    let counter = practice.analytics.as_ref().map(|analytics| ("analytics".to_string(), &analytics.script_host));
    let allowed = practice.allow_hosts.iter().enumerate().map(|(at, host)| (format!("allow_hosts[{at}]"), host));
    let declared = output.map_or_else(|| hosts::declared(subject.site), |output| output.hosts.clone());
    let contacted = |host: &str| declared.iter().any(|one| one.host == host && one.when == When::OnLoad);
    for (place, host) in counter.into_iter().chain(allowed).filter(|(_, host)| contacted(host)) {
        let Some(provider) = providers::of_host(host) else { continue };
        let (what, help) = match provider.cookies {
            Some(Cookies::Sets) => (
                "sets cookies",
                "remove it, or count visits with a service that doesn't set cookies, such as Plausible or GoatCounter",
            ),
            Some(Cookies::UnlessSwitchedOff) => (
                "sets cookies (unless they're switched off)",
                "switch off its cookies and acknowledge this finding, or use a service that doesn't set any",
            ),
            Some(Cookies::None) | None => continue,
        };
        let message =
            format!("{} ({}) {what} as soon as a page opens, before anyone has agreed", provider.name, &**host);
        found.extend(subject.at_practice(info, &place, message).map(|finding| finding.help(help)));
    }
}

fn undeclared(subject: &Subject<'_>, output: &Output, found: &mut Diagnostics) {
    let of_host = |load: &Load| output.hosts.iter().filter(|one| one.host == load.host).collect::<Vec<_>>();
    let allowed = |load: &Load| {
        of_host(load).iter().any(|one| match load.usage {
            Use::Contact => one.when == When::OnLoad,
            usage => one.uses.contains(&usage),
        })
    };
    // What a template writes stands on every page, and is one finding.
    let mut by_place: BTreeMap<(String, String), (Diagnostic, usize)> = BTreeMap::new();
    for (file, loads) in &output.loads {
        for load in loads.iter().filter(|load| !allowed(load)) {
            let Some(case) = privacy::rules().undeclared_host.info.case(subject.practice(), subject.today) else {
                continue;
            };
            let host = load.host.split(':').next().unwrap_or(&load.host);
            let place = origins::place(subject, file, &[&load.address, host]);
            let key = place.as_ref().map_or_else(|| file.as_str().to_string(), |place| format!("{place:?}"));
            let known = by_place.entry((key, load.host.clone())).or_insert_with(|| {
                let other = !of_host(load).is_empty();
                let why = match (load.usage, other) {
                    (Use::Never, true) => "and the site's security policy blocks that",
                    (_, true) => "which practice.yaml only declares for something else",
                    (_, false) => "which practice.yaml doesn't declare",
                };
                let message = match load.element.as_str() {
                    "form" => format!("this form is sent to `{}`, {why}", load.host),
                    element => format!("`<{element}>` contacts `{}`, {why}", load.host),
                };
                let mut finding = super::finding(&privacy::rules().undeclared_host.info, case, message);
                if place.is_none() {
                    finding.message.push_str(&format!(" (on {})", file.as_str()));
                }
                finding.place = place;
                let help = "keep the file on your own site, or link to it; \
                    if you really need it, add the host to `allow_hosts`";
                (finding.help(help), 0)
            });
            known.1 += 1;
        }
    }
    found.extend(by_place.into_values().map(|(mut finding, pages)| {
        if pages > 1 {
            finding.message.push_str(&format!(", on {pages} pages"));
        }
        finding
    }));
}
