//! What a security layer tells about itself.

use http::HeaderValue;

use super::Security;
use crate::command::check::SecurityFacts;

impl Security {
    /// What `check --deploy` asks.
    pub(crate) fn facts(&self) -> SecurityFacts {
        let headers = &self.headers;
        let text = |value: &Option<HeaderValue>| {
            let value = value.as_ref()?.to_str().ok()?;
            Some(value.to_owned().into())
        };
        let hsts = headers.hsts.as_ref().and_then(|value| value.to_str().ok());
        let hsts = hsts.unwrap_or_default();
        let seconds = hsts.split(';').next().unwrap_or_default();
        let seconds = seconds
            .strip_prefix("max-age=")
            .and_then(|age| age.parse().ok());
        SecurityFacts {
            https_redirect: self.ssl_redirect,
            hsts_seconds: seconds.unwrap_or_default(),
            hsts_subdomains: hsts.contains("includeSubDomains"),
            hsts_preload: hsts.contains("preload"),
            nosniff: headers.content_type_options.is_some(),
            frame_options: text(&headers.frame_options),
            referrer_policy: text(&headers.referrer_policy),
            opener_policy: text(&headers.opener_policy),
            content_security_policy: headers.policy.clone().map(Into::into),
            allowed_hosts: self.hosts.clone(),
            trusted_proxies: self.proxies.iter().map(ToString::to_string).collect(),
        }
    }
}
