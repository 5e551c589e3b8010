//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rdj_runtime::{Cx, security::Client};

/// The address of the browser: what the security layer found behind trusted proxies, else the peer's.
pub(crate) fn address(cx: &Cx) -> Option<IpAddr> {
    Client::from_parts(cx.headers(), cx.uri(), cx.extensions()).ip
}

/// The network that an attacker has easily: a /24 of IPv4, a /64 of IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::V4(Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Whether an address stands for one network of clients: not for those behind a proxy or a gateway of
/// one's own, which would be everybody.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => !(v4.is_private() || v4.is_loopback() || v4.is_link_local()),
        IpAddr::V6(v6) => !(v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_networks() {
        let of = |text: &str| text.parse().map(is_public);
        for shared in [
            "127.0.0.0",
            "10.1.2.0",
            "192.168.0.0",
            "172.16.0.0",
            "::1",
            "fd00::",
            "fe80::",
        ] {
            assert_eq!(of(shared), Ok(false), "{shared}");
        }
        for one in ["192.0.2.0", "2001:db8::"] {
            assert_eq!(of(one), Ok(true), "{one}");
        }
    }

    #[test]
    fn networks() {
        let of = |text: &str| text.parse().map(|ip| network(ip).to_string());
        assert_eq!(of("192.0.2.77").as_deref(), Ok("192.0.2.0"));
        assert_eq!(of("2001:db8:1:2:3::9").as_deref(), Ok("2001:db8:1:2::"));
        assert_eq!(of("::ffff:192.0.2.77").as_deref(), Ok("192.0.2.0"));
    }
}
