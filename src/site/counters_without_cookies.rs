//! The hosts of counting services that are known to set no cookies.
//!
//! Owns that list. A host that does not stand in it may set some, and the pages about privacy say so.

/// Plausible, Fathom, GoatCounter, Simple Analytics and Counter, each by the host of its script. As of 2026-11-25.
const HOSTS: [&str; 5] =
    ["plausible.io", "cdn.usefathom.com", "gc.zgo.at", "scripts.simpleanalyticscdn.com", "counter.dev"];

/// Whether the service whose script comes from a host is known to set no cookies.
pub(super) fn sets_none(host: &str) -> bool {
    HOSTS.iter().any(|known| known.eq_ignore_ascii_case(host))
}
