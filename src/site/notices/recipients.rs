//! Who receives data, a line for each company, with what the table of providers knows of it.

use super::facts::Known;
use super::fill::{Facts, escaped, fill};
use crate::document::model::FormProvider;
use crate::document::values::names;
use crate::site::countries;
use crate::site::hosts::{Purpose, When};
use crate::site::providers::{self, Kind, Provider, Received};

/// The companies as a list in markdown; `None` where there is none, or the text has no words for them.
pub(super) fn list(known: &Known<'_>) -> Option<String> {
    known.phrases.get("recipient")?;
    let practice = known.practice;
    let mut lines: Vec<String> = Vec::new();
    if let Some(hosting) = &practice.hosting {
        lines.extend(line(known, &hosting.provider, None, "hosting", hosting.country.as_deref(), &[]));
    }
    for one in known.hosts() {
        // A map is only linked to, and nothing is entered there.
        if one.purpose == Purpose::Map && one.when == When::OnLeaving {
            continue;
        }
        let provider = providers::of_host(&one.host);
        let purpose = match (one.purpose, provider) {
            (Purpose::Allowed, Some(provider)) => of_kind(provider.kind),
            (purpose, _) => purpose.key(),
        };
        lines.extend(of_host(known, &one.host, purpose, provider));
    }
    if practice.contact_form.as_ref().is_some_and(|form| form.provider == FormProvider::Netlify) {
        let netlify = providers::of_host("netlify.com");
        let country = netlify.and_then(|provider| provider.country.as_deref());
        let receives = netlify.map_or(&[][..], |provider| &provider.receives);
        lines.extend(line(known, "Netlify", None, "form", country, receives));
    }
    lines.dedup();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn of_host(known: &Known<'_>, host: &str, purpose: &str, provider: Option<&Provider>) -> Option<String> {
    match provider {
        Some(provider) => {
            let country = provider.country.as_deref();
            line(known, &provider.name, Some(host), purpose, country, &provider.receives)
        }
        None => line(known, host, None, purpose, None, &[]),
    }
}

fn line(
    known: &Known<'_>,
    company: &str,
    host: Option<&str>,
    purpose: &str,
    country: Option<&str>,
    receives: &[Received],
) -> Option<String> {
    let mut facts = Facts::from([("company", company.to_string()), ("purpose", known.phrase(purpose).to_string())]);
    facts.extend(host.map(|host| ("host", host.to_string())));
    let words: Vec<&str> = receives.iter().map(|received| known.phrase(word(*received))).collect();
    facts.extend((!words.is_empty()).then(|| ("receives", words.join(known.comma()))));
    if let Some(code) = country {
        facts.insert("country", names::place(code, known.language).unwrap_or(code).to_string());
        let mut hold = |name, holds: bool| facts.extend(holds.then(|| (name, String::new())));
        let third = known.works_in_eea() && !countries::in_eea(code);
        hold("third", third);
        hold("adequate", third && countries::is_adequate(code));
        hold("framework", third && code == "US");
        hold("from_uk", known.works_in_uk() && code != "GB");
    }
    let line = fill(known.phrase("recipient"), &facts, |_, fact| escaped(fact))?;
    Some(format!("- {line}"))
}

fn of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Analytics => "analytics",
        Kind::Booking => "booking",
        Kind::Form => "form",
        Kind::Newsletter => "newsletter",
        Kind::Map => "map",
        Kind::Film => "film",
    }
}

fn word(received: Received) -> &'static str {
    match received {
        Received::Address => "address",
        Received::Page => "page",
        Received::Referrer => "referrer",
        Received::Device => "device",
        Received::Entered => "entered",
        Received::Place => "place",
        Received::Film => "watched",
    }
}
