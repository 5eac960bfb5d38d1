//! Who may ask the preview.
//!
//! Owns the check of `Host`, `Origin` and `Sec-Fetch-Site`. A page of another site that is open in the same browser can reach
//! this machine's addresses; it must learn nothing (DNS rebinding, cross-site requests).

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// From whom a request comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ask {
    /// From a page of this server, or from nobody's page.
    Own,
    /// From a link, a frame or a program of another site.
    Elsewhere,
    /// For another server's name, or with an origin that is not this server's.
    Stranger,
}

/// The names under which the server may be asked.
pub(super) struct Hosts(SocketAddr);

impl Hosts {
    /// The names of a server at `address`.
    pub fn new(address: SocketAddr) -> Hosts {
        Hosts(address)
    }

    /// From whom a request comes. Every header of a name is read: of two, one could be the truth and the other a disguise.
    pub fn allow(&self, headers: &HeaderMap) -> Ask {
        // What is no text is nobody's name.
        let all =
            |name: &str| headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?")).collect::<Vec<_>>();
        let is_own_host = matches!(all("host")[..], [host] if self.is_own(host));
        let is_own_origin = match all("origin")[..] {
            [] => true,
            [origin] => origin.strip_prefix("http://").is_some_and(|origin| self.is_own(origin)),
            _ => false,
        };
        // Browsers say `none` where the author typed the address or opened a bookmark; old ones say nothing.
        let sites = all("sec-fetch-site");
        let is_own_site = sites.iter().all(|site| matches!(*site, "same-origin" | "none"));
        match (is_own_host && is_own_origin, is_own_site) {
            (true, true) => Ask::Own,
            (true, false) => Ask::Elsewhere,
            (false, _) => Ask::Stranger,
        }
    }

    /// Whether `host:port` is this server: by loopback names where it answers there, by the address that it
    /// was given, and by any address where it answers at all of them. A name that a stranger's server could
    /// hand out is none of these.
    fn is_own(&self, authority: &str) -> bool {
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()),
            _ => (authority, Some(80)),
        };
        if port != Some(self.0.port()) {
            return false;
        }
        let (own, all) = (self.0.ip(), self.0.ip().is_unspecified());
        if host.eq_ignore_ascii_case("localhost") {
            return all || own.is_loopback();
        }
        let address: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
        address.is_some_and(|address| all || address == own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(address: &str, pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        Hosts::new(address.parse().unwrap()).allow(&headers) == Ask::Own
    }

    #[test]
    fn only_the_servers_own_names_are_answered() {
        let own = "127.0.0.1:4000";
        assert!(allows(own, &[("host", "127.0.0.1:4000")]));
        assert!(allows(own, &[("host", "localhost:4000")]));
        assert!(allows("[::1]:4000", &[("host", "[::1]:4000")]));
        assert!(allows("127.0.0.1:80", &[("host", "localhost")]));
        for host in
            ["evil.example:4000", "127.0.0.1", "127.0.0.1:4001", "localhost.evil.example:4000", "", "10.0.0.1:4000"]
        {
            assert!(!allows(own, &[("host", host)]), "{host}");
        }
        assert!(!allows(own, &[]));
        assert!(!allows(own, &[("host", "localhost:4000"), ("host", "evil.example:4000")]));
    }

    #[test]
    fn only_the_servers_own_pages_may_fetch() {
        let own = "127.0.0.1:4000";
        let with = |name, value| allows(own, &[("host", "localhost:4000"), (name, value)]);
        assert!(with("origin", "http://localhost:4000"));
        assert!(!with("origin", "http://evil.example"));
        assert!(!with("origin", "null"));
        assert!(!with("origin", "https://localhost:4000"));
        for (site, is_own) in
            [("cross-site", false), ("same-site", false), ("", false), ("same-origin", true), ("none", true)]
        {
            assert_eq!(with("sec-fetch-site", site), is_own, "{site}");
        }
        let both = |name, first, second| allows(own, &[("host", "localhost:4000"), (name, first), (name, second)]);
        assert!(!both("origin", "http://localhost:4000", "http://evil.example"));
        assert!(!both("origin", "http://localhost:4000", "http://localhost:4000"));
        assert!(!both("sec-fetch-site", "same-origin", "cross-site"));
    }

    #[test]
    fn a_server_at_all_addresses_is_asked_by_address_only() {
        assert!(allows("0.0.0.0:4000", &[("host", "192.168.1.7:4000")]));
        assert!(!allows("0.0.0.0:4000", &[("host", "evil.example:4000")]));
        assert!(allows("192.168.1.7:4000", &[("host", "192.168.1.7:4000")]));
        assert!(!allows("192.168.1.7:4000", &[("host", "localhost:4000")]));
    }
}
