//! Whether the headers that a build asks for arrive as strong as they were asked.
//!
//! Owns what "weaker" means for each header, and what each one protects.

use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a header.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Fault {
    /// It isn't sent.
    Missing,
    /// It allows more than was asked: what.
    Weaker(String),
    /// It forbids what the site needs: what.
    Stricter(String),
}

/// Compares what arrived with what was asked for. `policy` is the policy that arrived, since it can stand for other headers.
pub(super) fn fault(name: &str, wanted: &str, sent: &[&str], policy: &[&str]) -> Option<Fault> {
    let name = name.to_ascii_lowercase();
    if sent.is_empty() {
        // Browsers that know the policy's word for it don't ask for this one.
        let said_by_policy =
            name == "x-frame-options" && policy.iter().any(|policy| directives(policy).contains_key("frame-ancestors"));
        return (!said_by_policy).then_some(Fault::Missing);
    }
    let last = sent.last().copied().unwrap_or_default();
    match name.as_str() {
        "content-security-policy" => of_policy(wanted, sent),
        "referrer-policy" => {
            let rank = |value: &str| {
                let known = value
                    .rsplit(',')
                    .find_map(|one| REFERRERS.iter().position(|known| one.trim().eq_ignore_ascii_case(known)));
                known.unwrap_or(usize::MAX)
            };
            (rank(last) > rank(wanted)).then(|| Fault::Weaker(last.to_string()))
        }
        "permissions-policy" => {
            let all = |value: &str| -> BTreeMap<String, String> {
                let parts = value.split(',').filter_map(|part| part.trim().split_once('='));
                parts.map(|(name, list)| (name.trim().to_ascii_lowercase(), list.trim().to_string())).collect()
            };
            let arrived = all(&sent.join(","));
            let open =
                |(feature, list): &(String, String)| arrived.get(feature).is_none_or(|own| own != list && own != "()");
            let open: Vec<String> = all(wanted).into_iter().filter(open).map(|(feature, _)| feature).collect();
            (!open.is_empty()).then(|| Fault::Weaker(open.join(", ")))
        }
        "cache-control" => {
            let age = |value: &str| {
                let part = value.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse::<u64>().ok());
                part.unwrap_or(0)
            };
            let forbids = |value: &str| value.contains("no-store") || value.contains("no-cache");
            let shorter = age(last) < age(wanted) || (forbids(last) && !forbids(wanted));
            shorter.then(|| Fault::Weaker(last.to_string()))
        }
        "x-frame-options" => {
            let is_as_asked = last.trim().eq_ignore_ascii_case(wanted) || last.trim().eq_ignore_ascii_case("deny");
            (!is_as_asked).then(|| Fault::Weaker(last.to_string()))
        }
        _ => {
            let one = |value: &str| value.split_whitespace().collect::<String>().to_ascii_lowercase();
            let is_there = sent.iter().any(|sent| one(sent) == one(wanted)) || one(&sent.join(",")) == one(wanted);
            (!is_there).then(|| Fault::Weaker(last.to_string()))
        }
    }
}

/// From what tells least to what tells most (Referrer Policy, chapter 3).
const REFERRERS: &[&str] = &[
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "origin",
    "origin-when-cross-origin",
    "no-referrer-when-downgrade",
    "unsafe-url",
];

/// Compares policies. Where several arrive, all of them hold, so that one as strong as the wanted is enough.
fn of_policy(wanted: &str, sent: &[&str]) -> Option<Fault> {
    let own = directives(wanted);
    let all: Vec<_> = sent.iter().flat_map(|value| value.split(',')).map(directives).collect();
    let weaker = |policy: &BTreeMap<String, BTreeSet<String>>| {
        let more = own.iter().find_map(|(name, sources)| match effective(policy, name) {
            None => Some(name.clone()),
            Some(theirs) => {
                theirs.iter().find(|one| !is_nothing(one) && !sources.contains(*one)).map(|one| format!("{name} {one}"))
            }
        });
        more.map(Fault::Weaker)
    };
    let least = all.iter().map(weaker).min_by_key(Option::is_some)?;
    if least.is_some() {
        return least;
    }
    // None may forbid what the site needs.
    all.iter().find_map(|policy| {
        own.iter().find_map(|(name, sources)| {
            let theirs = effective(policy, name)?;
            let lost = sources.iter().find(|one| !is_nothing(one) && !theirs.contains(*one))?;
            Some(Fault::Stricter(format!("{name} {lost}")))
        })
    })
}

fn is_nothing(source: &str) -> bool {
    source == "'none'" || source == "'report-sample'"
}

/// What a policy says of a directive, by itself or by the one that stands for all that fetch.
fn effective<'a>(policy: &'a BTreeMap<String, BTreeSet<String>>, name: &str) -> Option<&'a BTreeSet<String>> {
    let fetches = name.ends_with("-src");
    policy.get(name).or_else(|| policy.get("default-src").filter(|_| fetches))
}

fn directives(policy: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace();
        if let Some(name) = words.next() {
            all.entry(name.to_ascii_lowercase()).or_insert_with(|| words.map(str::to_string).collect());
        }
    }
    all
}

/// What a header is for, in the words of somebody whom it protects.
pub(super) fn protects(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "content-security-policy" => {
            "it keeps foreign scripts out of the pages, even if somebody manages to put one there"
        }
        "x-content-type-options" => "it keeps browsers from running a file that isn't a program",
        "x-frame-options" => "it keeps other websites from showing your pages inside theirs",
        "referrer-policy" => "it keeps other websites from learning which of your pages a visitor came from",
        "permissions-policy" => {
            "it keeps anything on the pages from asking for the camera, the microphone or the visitor's place"
        }
        "cache-control" => "with it, browsers keep pictures and fonts, and pages open faster",
        _ => "the site's `_headers` ask for it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "default-src 'none'; script-src 'sha256-a'; img-src 'self' data:; frame-ancestors 'none'";

    #[test]
    fn what_is_weaker_is_told_and_what_is_as_strong_is_not() {
        let weaker = |what: &str| Some(Fault::Weaker(what.to_string()));
        for (name, wanted, sent, expected) in [
            ("Content-Security-Policy", POLICY, &[][..], Some(Fault::Missing)),
            ("Content-Security-Policy", POLICY, &[POLICY], None),
            ("Content-Security-Policy", POLICY, &["upgrade-insecure-requests", POLICY], None),
            ("Content-Security-Policy", POLICY, &["upgrade-insecure-requests"], weaker("default-src")),
            (
                "Content-Security-Policy",
                POLICY,
                &["default-src 'none'; script-src 'sha256-a' 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'"],
                weaker("script-src 'unsafe-inline'"),
            ),
            (
                "Content-Security-Policy",
                POLICY,
                &["default-src 'none'; script-src 'sha256-a'; img-src 'self'; frame-ancestors 'none'"],
                Some(Fault::Stricter("img-src data:".into())),
            ),
            ("Referrer-Policy", "same-origin", &["no-referrer"], None),
            ("Referrer-Policy", "same-origin", &["unsafe-url"], weaker("unsafe-url")),
            ("Referrer-Policy", "same-origin", &["unsafe-url, same-origin"], None),
            ("Permissions-Policy", "camera=(), geolocation=()", &["geolocation=(), camera=()"], None),
            ("Permissions-Policy", "camera=(), geolocation=()", &["camera=(self)"], weaker("camera, geolocation")),
            ("X-Frame-Options", "DENY", &["deny"], None),
            ("X-Frame-Options", "DENY", &["SAMEORIGIN"], weaker("SAMEORIGIN")),
            ("Cache-Control", "public, max-age=31536000, immutable", &["max-age=600"], weaker("max-age=600")),
            ("Cache-Control", "public, max-age=31536000, immutable", &["public,max-age=31536000"], None),
            ("X-Content-Type-Options", "nosniff", &["nosniff"], None),
            ("X-Own", "a, b", &["a,b"], None),
            ("X-Own", "a", &["b"], weaker("b")),
        ] {
            assert_eq!(fault(name, wanted, sent, &[]), expected, "{name}: {sent:?}");
        }
        assert_eq!(fault("X-Frame-Options", "DENY", &[], &[POLICY]), None);
    }
}
