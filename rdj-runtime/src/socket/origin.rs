//! Where a request comes from: another site may neither open a socket nor post a form.

use http::{
    HeaderMap, HeaderName, Uri,
    header::{HOST, ORIGIN},
};

/// Whether the browser may open a socket: its page must be of this site or of an allowed origin.
///
/// Browsers send `Origin` with every upgrade (RFC 6455, section 10.2); without it the answer is no.
pub(crate) fn may_connect(headers: &HeaderMap, allowed: &[String]) -> bool {
    match headers.get(ORIGIN).map(http::HeaderValue::to_str) {
        Some(Ok(origin)) => is_own(origin, headers) || allowed.iter().any(|own| own == origin),
        _ => false,
    }
}

/// Whether a form may be posted.
///
/// Browsers send `Origin` with every cross-site POST, and `Sec-Fetch-Site` with every request; a
/// request with neither is not from a browser and carries no cookies of one.
pub(crate) fn may_post(headers: &HeaderMap, allowed: &[String]) -> bool {
    if headers.contains_key(ORIGIN) {
        return may_connect(headers, allowed);
    }
    let site = headers.get(HeaderName::from_static("sec-fetch-site"));
    site.is_none_or(|site| site == "same-origin" || site == "none")
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
        let may = |origin: &'static str| {
            may_connect(
                &headers(&[("host", "example.org:8000"), ("origin", origin)]),
                &allowed,
            )
        };
        assert!(may("http://example.org:8000"));
        assert!(may("https://www.example.org"));
        assert!(!may("http://example.org"));
        assert!(!may("https://evil.example"));
        assert!(!may("null"));
        assert!(!may_connect(&headers(&[("host", "example.org")]), &allowed));
    }

    #[test]
    fn posts_by_fetch_metadata_where_there_is_no_origin() {
        assert!(may_post(&headers(&[("host", "a")]), &[]));
        assert!(may_post(
            &headers(&[("host", "a"), ("sec-fetch-site", "same-origin")]),
            &[]
        ));
        assert!(!may_post(
            &headers(&[("host", "a"), ("sec-fetch-site", "cross-site")]),
            &[]
        ));
        assert!(!may_post(
            &headers(&[("host", "a"), ("origin", "http://b")]),
            &[]
        ));
    }
}
