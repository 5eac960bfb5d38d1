//! The preview's address for another device in the same network.
//!
//! Owns which address of this computer that is, and the code that a phone's camera reads it from. Sends nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

/// Where a preview is opened on this computer: one that answers at all of its addresses has none of its own.
pub(super) fn on_this_computer(address: SocketAddr) -> SocketAddr {
    let loopback = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(loopback, address.port())
}

/// Where other devices find it; `None` where it answers this computer only, or where that is in no network.
pub(super) fn in_network(address: SocketAddr) -> Option<SocketAddr> {
    let ip = match address.ip() {
        ip if ip.is_loopback() => return None,
        ip if ip.is_unspecified() => own_address(ip)?,
        ip => ip,
    };
    Some(SocketAddr::new(ip, address.port()))
}

/// The address from which this computer would speak to the network. Connecting a datagram socket only asks the system for the
/// way; the addresses are those that RFC 5737 and RFC 3849 keep for documents.
fn own_address(kind: IpAddr) -> Option<IpAddr> {
    let (from, to): (SocketAddr, SocketAddr) = match kind {
        IpAddr::V4(_) => ((Ipv4Addr::UNSPECIFIED, 0).into(), (Ipv4Addr::new(192, 0, 2, 1), 9).into()),
        IpAddr::V6(_) => {
            ((Ipv6Addr::UNSPECIFIED, 0).into(), (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 9).into())
        }
    };
    let socket = UdpSocket::bind(from).ok()?;
    socket.connect(to).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}

/// The address as a code that a camera reads, in half blocks; dark on light, whatever the terminal's colours are.
pub(super) fn code(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::L).ok()?;
    // A terminal's ink is light more often than dark, and cameras read both.
    Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_preview_for_the_network_has_an_address_there() {
        let of = |text: &str| text.parse::<SocketAddr>().unwrap();
        assert_eq!(in_network(of("127.0.0.1:4321")), None);
        assert_eq!(in_network(of("192.168.1.5:4321")), Some(of("192.168.1.5:4321")));
        assert_eq!(on_this_computer(of("0.0.0.0:4321")), of("127.0.0.1:4321"));
        assert_eq!(on_this_computer(of("[::]:4321")), of("[::1]:4321"));
        // A machine without a network has none; with one it's never the address that means all.
        assert!(in_network(of("0.0.0.0:4321")).is_none_or(|own| !own.ip().is_unspecified() && own.port() == 4321));
    }

    #[test]
    fn a_code_is_as_wide_as_it_is_high() {
        let code = code("http://192.168.178.24:4321/").unwrap();
        let lines: Vec<&str> = code.lines().collect();
        let width = lines[0].chars().count();
        assert!(lines.iter().all(|line| line.chars().count() == width));
        assert!(lines.len() * 2 >= width && lines.len() * 2 <= width + 1);
    }
}
