//! Who sent a request, over what, and to which host.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

use axum::extract::{ConnectInfo, Request};
use http::{
    HeaderMap, HeaderName, Uri,
    header::{FORWARDED, HOST},
};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
/// What anybody can send and only a trusted proxy is believed in; removed from every request.
const CLAIMS: [HeaderName; 8] = [
    FORWARDED,
    FORWARDED_FOR,
    FORWARDED_PROTO,
    FORWARDED_HOST,
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-forwarded-server"),
    HeaderName::from_static("x-forwarded-ssl"),
    HeaderName::from_static("x-real-ip"),
];

/// Over what a request came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear.
    #[default]
    Http,
    /// Over TLS.
    Https,
}

impl Scheme {
    /// `http` or `https`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The facts of a request that its headers may lie about, as the [`Security`](super::Security) layer
/// found them: those of the connection, or what a trusted proxy says. An extension of each request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Client {
    /// The browser's address; none where the server does not know the connection's.
    pub ip: Option<IpAddr>,
    /// Over what the browser sent the request.
    pub scheme: Scheme,
    /// The host that the browser asked for, with its port if it names one, in lower case.
    pub host: String,
}

impl Client {
    /// The client of a request; without a [`Security`](super::Security) layer, the facts of the
    /// connection.
    #[must_use]
    pub fn of<B>(request: &http::Request<B>) -> Self {
        Self::from_parts(request.headers(), request.uri(), request.extensions())
    }

    /// The client of a request that was taken apart.
    #[must_use]
    pub fn from_parts(headers: &HeaderMap, uri: &Uri, extensions: &http::Extensions) -> Self {
        if let Some(client) = extensions.get::<Self>() {
            return client.clone();
        }
        Self {
            ip: peer(extensions),
            scheme: Scheme::Http,
            host: host(headers, uri).unwrap_or_default(),
        }
    }

    /// Whether the request came over https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.scheme == Scheme::Https
    }

    /// `https://example.org`, with the port if the browser names one.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }
}

/// Finds the client of a request and takes away the claims that it was found by; none if the request
/// names no host, or several.
pub(super) fn find(request: &mut Request, trusted: &[IpNet], https: bool) -> Option<Client> {
    let own = host(request.headers(), request.uri());
    let mut client = Client {
        ip: peer(request.extensions()),
        scheme: if https { Scheme::Https } else { Scheme::Http },
        host: String::new(),
    };
    let is_trusted = |ip: IpAddr| trusted.iter().any(|net| net.contains(&ip));
    let mut forwarded = None;
    if client.ip.is_some_and(is_trusted) {
        let headers = request.headers();
        client.ip = client.ip.map(|peer| right_most(headers, peer, is_trusted));
        match last(headers, &FORWARDED_PROTO).as_deref() {
            Some("https") => client.scheme = Scheme::Https,
            Some("http") => client.scheme = Scheme::Http,
            _ => {}
        }
        forwarded = last(headers, &FORWARDED_HOST);
    }
    client.host = forwarded.or(own)?;
    for claim in &CLAIMS {
        request.headers_mut().remove(claim);
    }
    Some(client)
}

fn peer(extensions: &http::Extensions) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(peer.0.ip().to_canonical())
}

/// The host that a request names; none if it names none, or two that differ.
fn host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let mut named = headers.get_all(HOST).iter();
    let first = named.next();
    if named.next().is_some() {
        return None;
    }
    let in_header = match first {
        Some(value) => Some(value.to_str().ok()?.to_ascii_lowercase()),
        None => None,
    };
    let in_address = uri
        .authority()
        .map(|authority| authority.as_str().to_ascii_lowercase());
    match (in_header, in_address) {
        (Some(header), Some(address)) => (header == address).then_some(header),
        (header, address) => header.or(address),
    }
}

/// The last entry of a list: the one that the nearest proxy wrote.
fn last(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    let entry = value.rsplit(',').next()?.trim();
    (!entry.is_empty()).then(|| entry.to_ascii_lowercase())
}

/// The first address from the right that is no trusted proxy: further left, the client chooses.
fn right_most(headers: &HeaderMap, peer: IpAddr, is_trusted: impl Fn(IpAddr) -> bool) -> IpAddr {
    let lines = headers.get_all(&FORWARDED_FOR).iter().rev();
    let entries = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
    let mut nearest = peer;
    for entry in entries {
        // an entry that is no address was not written by a proxy to believe
        let Some(ip) = address(entry.trim()) else {
            break;
        };
        nearest = ip;
        if !is_trusted(ip) {
            break;
        }
    }
    nearest
}

/// An address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let ip = bare.unwrap_or(text).parse::<IpAddr>().ok();
    let ip = ip.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    ip.map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn found(peer: &str, headers: &[(&str, &str)], trusted: &[&str]) -> Option<(Client, Request)> {
        let mut request = Request::new(Body::empty());
        if let Ok(peer) = peer.parse::<SocketAddr>() {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        for (name, value) in headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
                request.headers_mut().append(name, value);
            }
        }
        let trusted: Vec<IpNet> = trusted.iter().filter_map(|net| net.parse().ok()).collect();
        find(&mut request, &trusted, false).map(|client| (client, request))
    }

    fn client(peer: &str, headers: &[(&str, &str)], trusted: &[&str]) -> Client {
        found(peer, headers, trusted)
            .map(|(client, _)| client)
            .unwrap_or_default()
    }

    const CLAIMED: [(&str, &str); 4] = [
        ("host", "internal:8000"),
        ("x-forwarded-for", "6.6.6.6, 9.9.9.9, 10.0.0.7"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "Example.org"),
    ];

    #[test]
    fn believes_nobody_unless_told() {
        let client = client("1.2.3.4:5", &CLAIMED, &["10.0.0.0/8"]);
        assert_eq!(client.ip, "1.2.3.4".parse().ok());
        assert_eq!(client.origin(), "http://internal:8000");
    }

    #[test]
    fn takes_the_right_most_untrusted_address_from_a_trusted_proxy() {
        let client = client("10.0.0.1:5", &CLAIMED, &["10.0.0.0/8"]);
        assert_eq!(
            client.ip,
            "9.9.9.9".parse().ok(),
            "6.6.6.6 is the client's word"
        );
        assert_eq!(client.origin(), "https://example.org");
    }

    #[test]
    fn reads_lists_ports_and_several_lines() {
        let lines = [
            ("host", "a"),
            ("x-forwarded-for", "6.6.6.6"),
            ("x-forwarded-for", "[2001:db8::1]:99"),
        ];
        let ip = |lines: &[(&str, &str)]| client("[::1]:5", lines, &["::1/128"]).ip;
        assert_eq!(ip(&lines), "2001:db8::1".parse().ok());
        let odd = [("host", "a"), ("x-forwarded-for", "6.6.6.6, unknown")];
        assert_eq!(ip(&odd), "::1".parse().ok());
        let mapped = client("[::ffff:10.0.0.1]:5", &CLAIMED, &["10.0.0.0/8"]);
        assert_eq!(mapped.ip, "9.9.9.9".parse().ok());
    }

    #[test]
    fn removes_claims() {
        for peer in ["1.2.3.4:5", "10.0.0.1:5"] {
            let request = found(peer, &CLAIMED, &["10.0.0.0/8"]).map(|(_, request)| request);
            let names = request
                .map(|request| request.headers().keys_len())
                .unwrap_or_default();
            assert_eq!(names, 1, "only the host stays");
        }
    }

    #[test]
    fn one_host_only() {
        assert!(found("1.2.3.4:5", &[("host", "a"), ("host", "b")], &[]).is_none());
        assert!(found("1.2.3.4:5", &[], &[]).is_none());
    }
}
