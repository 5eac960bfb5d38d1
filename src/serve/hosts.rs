//! Who may ask the preview.
//!
//! Owns the check of `Host` and `Origin`. A page of another site that is open in the same browser can reach
//! this machine's addresses; it must learn nothing (DNS rebinding, cross-site requests).

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// The names under which the server may be asked.
pub(super) struct Hosts(SocketAddr);

impl Hosts {
    /// The names of a server at `address`.
    pub fn new(address: SocketAddr) -> Hosts {
        Hosts(address)
    }

    /// Whether a request comes from a page of this server or from nobody's page.
    pub fn allow(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let mut hosts = headers.get_all(HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let from_elsewhere = match text(ORIGIN) {
            None => text_is(headers, "sec-fetch-site", "cross-site") && !text_is(headers, "sec-fetch-mode", "navigate"),
            Some(origin) => !origin.strip_prefix("http://").is_some_and(|origin| self.is_own(origin)),
        };
        hosts.next().is_none() && host.is_some_and(|host| self.is_own(host)) && !from_elsewhere
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

fn text_is(headers: &HeaderMap, name: &str, value: &str) -> bool {
    headers.get(name).is_some_and(|header| header == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(address: &str, pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        Hosts::new(address.parse().unwrap()).allow(&headers)
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
        assert!(!with("sec-fetch-site", "cross-site"));
        assert!(with("sec-fetch-site", "same-origin"));
    }

    #[test]
    fn a_server_at_all_addresses_is_asked_by_address_only() {
        assert!(allows("0.0.0.0:4000", &[("host", "192.168.1.7:4000")]));
        assert!(!allows("0.0.0.0:4000", &[("host", "evil.example:4000")]));
        assert!(allows("192.168.1.7:4000", &[("host", "192.168.1.7:4000")]));
        assert!(!allows("192.168.1.7:4000", &[("host", "localhost:4000")]));
    }
}
