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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        let of = |text: &str| text.parse().map(|ip| network(ip).to_string());
        assert_eq!(of("192.0.2.77").as_deref(), Ok("192.0.2.0"));
        assert_eq!(of("2001:db8:1:2:3::9").as_deref(), Ok("2001:db8:1:2::"));
        assert_eq!(of("::ffff:192.0.2.77").as_deref(), Ok("192.0.2.0"));
    }
}
