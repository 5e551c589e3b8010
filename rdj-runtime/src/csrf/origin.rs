//! Whether a request comes from this site.

use std::fmt;

use http::{
    HeaderMap,
    header::{ORIGIN, REFERER},
};

use crate::security::{Client, hosts};

/// Why a request does not come from this site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OriginRefusal {
    /// Its `Origin` is another one.
    Origin(String),
    /// It came over https without `Origin` and without `Referer`.
    NoReferer,
    /// Its `Referer` is no address.
    MalformedReferer,
    /// Its `Referer` is a page that came in the clear.
    InsecureReferer,
    /// Its `Referer` is of another site.
    Referer(String),
}

impl fmt::Display for OriginRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin(origin) => write!(f, "the Origin {origin} is not a trusted one"),
            Self::NoReferer => f.write_str("there is neither Origin nor Referer"),
            Self::MalformedReferer => f.write_str("the Referer is malformed"),
            Self::InsecureReferer => f.write_str("the Referer is insecure and the host is secure"),
            Self::Referer(host) => write!(f, "the Referer's host {host} is not a trusted one"),
        }
    }
}

/// Whether a request comes from the site of `client` or from a `trusted` origin, as far as its headers
/// tell: `https://www.example.org`, or `https://*.example.org` for all names below one.
///
/// # Errors
///
/// Why it does not.
pub fn check_origin(
    headers: &HeaderMap,
    client: &Client,
    trusted: &[String],
) -> Result<(), OriginRefusal> {
    if let Some(origin) = headers.get(ORIGIN) {
        let origin = String::from_utf8_lossy(origin.as_bytes());
        return if is_own(&origin, client) || is_trusted(&origin, trusted) {
            Ok(())
        } else {
            Err(OriginRefusal::Origin(origin.escape_debug().to_string()))
        };
    }
    if !client.is_secure() {
        return Ok(());
    }
    let referer = headers.get(REFERER).ok_or(OriginRefusal::NoReferer)?;
    let referer = referer.to_str().unwrap_or_default();
    let (scheme, rest) = referer
        .split_once("://")
        .ok_or(OriginRefusal::MalformedReferer)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if scheme.is_empty() || host.is_empty() {
        return Err(OriginRefusal::MalformedReferer);
    }
    if !scheme.eq_ignore_ascii_case("https") {
        return Err(OriginRefusal::InsecureReferer);
    }
    let origin = format!("https://{host}");
    if is_own(&origin, client) || is_trusted(&origin, trusted) {
        Ok(())
    } else {
        Err(OriginRefusal::Referer(host.escape_debug().to_string()))
    }
}

fn is_own(origin: &str, client: &Client) -> bool {
    let scheme = client.scheme.as_str();
    let Some((own, host)) = origin.split_once("://") else {
        return false;
    };
    let port = match scheme {
        "https" => ":443",
        _ => ":80",
    };
    // a host may be named with the port that its scheme has anyway; an Origin never is
    let named = client.host.strip_suffix(port).unwrap_or(&client.host);
    let host = host.strip_suffix(port).unwrap_or(host);
    !named.is_empty() && own.eq_ignore_ascii_case(scheme) && host.eq_ignore_ascii_case(named)
}

fn is_trusted(origin: &str, trusted: &[String]) -> bool {
    let Some((scheme, host)) = origin.split_once("://") else {
        return false;
    };
    trusted
        .iter()
        .any(|pattern| match pattern.split_once("://*.") {
            Some((own, parent)) => {
                let below = format!(".{parent}");
                own.eq_ignore_ascii_case(scheme) && hosts::matches(host, &below)
            }
            None => pattern.eq_ignore_ascii_case(origin),
        })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::security::Scheme;

    fn check(scheme: Scheme, header: Option<(&str, &str)>, trusted: &[&str]) -> bool {
        let client = Client {
            scheme,
            host: "example.org:8443".to_owned(),
            ..Client::default()
        };
        let mut headers = HeaderMap::new();
        if let Some((name, value)) = header {
            let value = HeaderValue::from_str(value);
            match name {
                "origin" => value.map(|value| headers.insert(ORIGIN, value)),
                _ => value.map(|value| headers.insert(REFERER, value)),
            }
            .ok();
        }
        let trusted: Vec<String> = trusted.iter().map(|&text| text.to_owned()).collect();
        check_origin(&headers, &client, &trusted).is_ok()
    }

    #[test]
    fn c8_origin() {
        let origin = |text| check(Scheme::Https, Some(("origin", text)), &[]);
        assert!(origin("https://example.org:8443"));
        for bad in [
            "null",
            "",
            "http://example.org:8443",
            "https://example.org",
            "https://example.org:8444",
            "https://evil.example",
            "https://example.org:8443.evil.example",
            "example.org:8443",
        ] {
            assert!(!origin(bad), "{bad}");
            assert!(!check(Scheme::Http, Some(("origin", bad)), &[]) || bad.starts_with("http://"));
        }
    }

    #[test]
    fn c9_https_needs_a_referer_of_this_site() {
        let referer = |text| {
            check(
                Scheme::Https,
                Some(("referer", text)),
                &["https://*.other.org"],
            )
        };
        assert!(!check(Scheme::Https, None, &[]));
        assert!(
            check(Scheme::Http, None, &[]),
            "in the clear it proves nothing"
        );
        assert!(referer("https://example.org:8443/a?b"));
        assert!(referer("https://www.other.org/"));
        for bad in [
            "http://example.org:8443/",
            "https://evil.example/",
            "https://example.org/",
            "https://",
            "nonsense",
            "",
            "https://example.org:8443@evil.example/",
        ] {
            assert!(!referer(bad), "{bad}");
        }
    }

    #[test]
    fn c10_trusted_origins() {
        let trusted = [
            "https://exact.org",
            "https://*.wild.org",
            "http://*.wild.org:8000",
        ];
        let origin = |text| check(Scheme::Https, Some(("origin", text)), &trusted);
        for good in [
            "https://exact.org",
            "https://a.wild.org",
            "https://a.b.wild.org",
            "http://a.wild.org:8000",
        ] {
            assert!(origin(good), "{good}");
        }
        for bad in [
            "http://exact.org",
            "https://a.exact.org",
            "http://a.wild.org",
            "https://evilwild.org",
            "https://a.wild.org:8000",
        ] {
            assert!(!origin(bad), "{bad}");
        }
    }
}
