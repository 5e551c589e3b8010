//! Headers of responses.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

use super::{Client, Scheme, settings::Headers};

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
/// Stands in a policy for the socket of the own site: not every browser counts it to `'self'`.
pub(super) const SOCKET: &str = "{socket}";

/// The policy of [`Security`](super::Security): everything comes from the own site, nothing stands
/// inline, nobody frames a page. `{socket}` becomes the address of the site's own sockets.
pub const DEFAULT_POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; \
     script-src 'self'; connect-src 'self' {socket}; object-src 'none'; base-uri 'self'; \
     form-action 'self'; frame-ancestors 'none'";

/// Adds what a response does not say itself.
pub(super) fn add(headers: &mut HeaderMap, settings: &Headers, client: &Client) {
    let simple = [
        (X_FRAME_OPTIONS, &settings.frame_options),
        (X_CONTENT_TYPE_OPTIONS, &settings.content_type_options),
        (REFERRER_POLICY, &settings.referrer_policy),
        (OPENER_POLICY, &settings.opener_policy),
    ];
    for (name, value) in simple {
        if let Some(value) = value {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
    if client.is_secure()
        && let Some(value) = &settings.hsts
    {
        let hsts = headers.entry(STRICT_TRANSPORT_SECURITY);
        hsts.or_insert_with(|| value.clone());
    }
    if let Some(policy) = &settings.policy
        && !headers.contains_key(CONTENT_SECURITY_POLICY)
        && let Some(policy) = policy_for(policy, client)
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

fn policy_for(policy: &str, client: &Client) -> Option<HeaderValue> {
    if !policy.contains(SOCKET) {
        return HeaderValue::from_str(policy).ok();
    }
    let socket = match (client.host.as_str(), client.scheme) {
        ("", _) => String::new(),
        (host, Scheme::Http) => format!("ws://{host}"),
        (host, Scheme::Https) => format!("wss://{host}"),
    };
    HeaderValue::try_from(policy.replace(SOCKET, &socket)).ok()
}

/// Marks a response as one that nobody may keep: pages with secrets, such as those of accounts.
///
/// ```
/// let mut headers = http::HeaderMap::new();
/// rdj_runtime::security::no_store(&mut headers);
/// assert!(headers["cache-control"].to_str().unwrap().contains("no-store"));
/// ```
pub fn no_store(headers: &mut HeaderMap) {
    let value = "max-age=0, no-cache, no-store, must-revalidate, private";
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(value));
    vary_on_cookie(headers);
}

/// Tells caches that the response depends on the request's cookies.
pub(crate) fn vary_on_cookie(headers: &mut HeaderMap) {
    let named = headers.get_all(VARY).iter().any(|value| {
        let text = value.to_str().unwrap_or_default();
        text.split(',')
            .any(|name| matches!(name.trim(), "*") || name.trim().eq_ignore_ascii_case("cookie"))
    });
    if !named {
        headers.append(VARY, HeaderValue::from_static("Cookie"));
    }
}
