//! The settings of the security layer.

use std::{net::IpAddr, sync::Arc, time::Duration};

use http::HeaderValue;
use ipnet::IpNet;
use tower::Layer;

use super::{around::Wrapped, headers::DEFAULT_POLICY, layer::Guarding};
use crate::error::{Error, Result};

/// The environment variable with the hosts of a site.
const HOSTS_VARIABLE: &str = "RDJ_ALLOWED_HOSTS";

/// How long browsers insist on https, once they have seen a site over https.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hsts {
    /// For how long.
    pub max_age: Duration,
    /// Whether this holds for all sub-domains, too.
    pub subdomains: bool,
    /// Whether browsers may ship the site in their lists. Hard to take back.
    pub preload: bool,
}

impl Hsts {
    /// For this time and the own host only.
    #[must_use]
    pub fn new(max_age: Duration) -> Self {
        Self {
            max_age,
            subdomains: false,
            preload: false,
        }
    }
}

/// Hosts, proxies and headers; see [`crate::security`].
///
/// ```
/// use std::time::Duration;
///
/// use rdj_runtime::security::{Hsts, Security};
///
/// # fn main() -> rdj_runtime::Result {
/// let security = Security::from_env()
///     .allowed_hosts(["example.org", ".example.net"])
///     .trusted_proxies(["10.0.0.0/8", "::1"])?
///     .hsts(Hsts::new(Duration::from_secs(3600)))
///     .ssl_redirect(true);
/// let app = rdj_runtime::App::new().security(security);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "settings do nothing until an application has them"]
pub struct Security {
    pub(super) hosts: Vec<String>,
    pub(super) proxies: Vec<IpNet>,
    pub(super) https: bool,
    pub(super) ssl_redirect: bool,
    pub(super) exempt: Vec<String>,
    hsts: Option<Hsts>,
    pub(super) headers: Headers,
}

/// What is added to responses.
#[derive(Clone, Debug)]
pub(super) struct Headers {
    pub(super) policy: Option<String>,
    pub(super) frame_options: Option<HeaderValue>,
    pub(super) content_type_options: Option<HeaderValue>,
    pub(super) referrer_policy: Option<HeaderValue>,
    pub(super) opener_policy: Option<HeaderValue>,
    pub(super) hsts: Option<HeaderValue>,
}

impl Default for Security {
    fn default() -> Self {
        Self::new()
    }
}

impl Security {
    /// The safe settings for a site on this machine: it answers to names of this machine only, and
    /// believes no proxy.
    pub fn new() -> Self {
        Self {
            hosts: Vec::new(),
            proxies: Vec::new(),
            https: false,
            ssl_redirect: false,
            exempt: vec!["/_health".to_owned()],
            hsts: None,
            headers: Headers {
                policy: Some(DEFAULT_POLICY.to_owned()),
                frame_options: Some(HeaderValue::from_static("DENY")),
                content_type_options: Some(HeaderValue::from_static("nosniff")),
                referrer_policy: Some(HeaderValue::from_static("same-origin")),
                opener_policy: Some(HeaderValue::from_static("same-origin")),
                hsts: None,
            },
        }
    }

    /// The same with the hosts in `RDJ_ALLOWED_HOSTS`, separated by commas.
    pub fn from_env() -> Self {
        let hosts = std::env::var(HOSTS_VARIABLE).unwrap_or_default();
        let hosts = hosts.split(',').map(str::trim);
        Self::new().allowed_hosts(hosts.filter(|host| !host.is_empty()))
    }

    /// Adds hosts that the site answers to: a name, `.example.org` for a name and all below it, or `*`
    /// where a proxy in front checks the host. While there are none, only names of this machine are
    /// good: `localhost`, names below it, and loopback addresses.
    pub fn allowed_hosts(mut self, hosts: impl IntoIterator<Item: Into<String>>) -> Self {
        self.hosts.extend(hosts.into_iter().map(Into::into));
        self
    }

    /// The hosts that the site answers to; empty for names of this machine.
    #[must_use]
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// Adds addresses or networks of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if one is no address and no network.
    pub fn trusted_proxies<'a>(
        mut self,
        networks: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self> {
        for text in networks {
            let network = text.parse::<IpNet>();
            let network = network.or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            let wrong =
                || format!("`{text}` is neither an address nor a network such as 10.0.0.0/8");
            self.proxies
                .push(network.map_err(|_| Error::Setup(wrong()))?);
        }
        Ok(self)
    }

    /// Takes each request as one that came over https, unless a trusted proxy says otherwise: for a
    /// server that does TLS itself.
    pub fn served_over_https(mut self, https: bool) -> Self {
        self.https = https;
        self
    }

    /// Redirects requests that came in the clear to the same address over https.
    pub fn ssl_redirect(mut self, redirect: bool) -> Self {
        self.ssl_redirect = redirect;
        self
    }

    /// Adds a path that is served whatever the host and without a redirect to https, such as that of a
    /// health check by address. `/_health` is one.
    pub fn exempt_path(mut self, path: impl Into<String>) -> Self {
        self.exempt.push(path.into());
        self
    }

    /// Sets the `Content-Security-Policy`; none removes it. `{socket}` in it becomes the address of the
    /// site's own sockets.
    ///
    /// A policy that is no header value is not sent, and [`Security::is_valid`] tells.
    pub fn content_security_policy(mut self, policy: Option<&str>) -> Self {
        self.headers.policy = policy.map(str::to_owned);
        self
    }

    /// Sets `X-Frame-Options`; none removes it.
    pub fn frame_options(mut self, value: Option<HeaderValue>) -> Self {
        self.headers.frame_options = value;
        self
    }

    /// Sets whether `X-Content-Type-Options: nosniff` is sent.
    pub fn nosniff(mut self, nosniff: bool) -> Self {
        self.headers.content_type_options = nosniff.then(|| HeaderValue::from_static("nosniff"));
        self
    }

    /// Sets `Referrer-Policy`; none removes it.
    pub fn referrer_policy(mut self, value: Option<HeaderValue>) -> Self {
        self.headers.referrer_policy = value;
        self
    }

    /// Sets `Cross-Origin-Opener-Policy`; none removes it.
    pub fn opener_policy(mut self, value: Option<HeaderValue>) -> Self {
        self.headers.opener_policy = value;
        self
    }

    /// Sends `Strict-Transport-Security` with responses over https; a time of zero takes it back in the
    /// browsers that have it.
    pub fn hsts(mut self, hsts: Hsts) -> Self {
        let mut value = format!("max-age={}", hsts.max_age.as_secs());
        if hsts.subdomains {
            value.push_str("; includeSubDomains");
        }
        if hsts.preload {
            value.push_str("; preload");
        }
        self.headers.hsts = HeaderValue::try_from(value).ok();
        self.hsts = Some(hsts);
        self
    }

    /// Whether the policy can be sent as a header.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let policy = self.headers.policy.as_deref();
        policy.is_none_or(|policy| HeaderValue::from_str(policy).is_ok())
    }
}

impl<S> Layer<S> for Security {
    type Service = Wrapped<Guarding, S>;

    fn layer(&self, inner: S) -> Self::Service {
        let around = Arc::new(Guarding(self.clone()));
        Wrapped { around, inner }
    }
}
