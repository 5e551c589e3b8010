//! Where a request comes from: another site may neither open a socket nor post a form.

use http::{
    HeaderMap, HeaderName, Uri,
    header::{HOST, ORIGIN},
    request::Parts,
};

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

/// Whether a browser may fetch its cookies; this stands outside of the layers, which check all other
/// forms.
///
/// Browsers send `Origin` with every cross-site POST, and `Sec-Fetch-Site` with every request; a
/// request with neither is not from a browser and carries no cookies of one.
pub(crate) fn may_redeem(headers: &HeaderMap, allowed: &[String]) -> bool {
    match headers.get(ORIGIN).map(http::HeaderValue::to_str) {
        Some(Ok(origin)) => is_own(origin, headers) || allowed.iter().any(|own| own == origin),
        Some(Err(_)) => false,
        None => {
            let site = headers.get(HeaderName::from_static("sec-fetch-site"));
            site.is_none_or(|site| site == "same-origin" || site == "none")
        }
    }
}

/// Whether `origin` names the host that the request was sent to.
fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    let Some(Ok(host)) = headers.get(HOST).map(http::HeaderValue::to_str) else {
        return false;
    };
    let Ok(origin) = origin.parse::<Uri>() else {
        return false;
    };
    origin
        .authority()
        .is_some_and(|own| own.as_str().eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

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

    #[test]
    fn posts_by_fetch_metadata_where_there_is_no_origin() {
        assert!(may_redeem(&headers(&[("host", "a")]), &[]));
        assert!(may_redeem(
            &headers(&[("host", "a"), ("sec-fetch-site", "same-origin")]),
            &[]
        ));
        assert!(!may_redeem(
            &headers(&[("host", "a"), ("sec-fetch-site", "cross-site")]),
            &[]
        ));
        assert!(!may_redeem(
            &headers(&[("host", "a"), ("origin", "http://b")]),
            &[]
        ));
    }
}
