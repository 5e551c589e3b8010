//! Where a socket comes from: another site may not open one.

use http::{header::ORIGIN, request::Parts};

use crate::{csrf::check_origin, security::Client};

/// Whether the browser may open a socket: its page must be of this site or of an allowed origin.
///
/// Browsers send `Origin` with every upgrade (RFC 6455, section 10.2); without it the answer is no.
pub(crate) fn may_connect(request: &Parts, allowed: &[String]) -> bool {
    if !request.headers.contains_key(ORIGIN) {
        return false;
    }
    let client = Client::from_parts(&request.headers, &request.uri, &request.extensions);
    match check_origin(&request.headers, &client, allowed) {
        Ok(()) => true,
        Err(refusal) => {
            tracing::warn!(
                %refusal,
                site = client.origin(),
                "a socket was refused: name the origin in `Config::allowed_origins`, or the proxy in \
                 `Security::trusted_proxies`, if it is one of this site's"
            );
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn connects_from_own_and_allowed_origins_only() {
        let allowed = ["https://www.example.org".to_owned()];
        let request = |pairs: &[(&'static str, &'static str)]| {
            let mut request = http::Request::new(());
            *request.headers_mut() = headers(pairs);
            request.into_parts().0
        };
        let may = |origin: &'static str| {
            let request = request(&[("host", "example.org:8000"), ("origin", origin)]);
            may_connect(&request, &allowed)
        };
        assert!(may("http://example.org:8000"));
        assert!(may("https://www.example.org"));
        assert!(!may("http://example.org"));
        assert!(!may("https://evil.example"));
        assert!(!may("null"));
        assert!(!may_connect(&request(&[("host", "example.org")]), &allowed));
    }
}
