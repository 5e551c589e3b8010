//! What layers tell about themselves, for `check --deploy`: resources of the application that whoever
//! adds the layer adds too.

use std::borrow::Cow;

use crate::security::cookie::Secure;

/// Whether a cookie is for HTTPS alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecureCookie {
    /// Always.
    Always,
    /// If it was set over HTTPS.
    OverHttps,
    /// No.
    #[default]
    Never,
}

impl From<Secure> for SecureCookie {
    fn from(secure: Secure) -> Self {
        match secure {
            Secure::Always => Self::Always,
            Secure::Auto => Self::OverHttps,
            Secure::Never => Self::Never,
        }
    }
}

/// What the layer for hosts, HTTPS and security headers does.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting by itself")]
pub struct SecurityFacts {
    /// HTTP is redirected to HTTPS.
    pub https_redirect: bool,
    /// `max-age` of `Strict-Transport-Security`; 0 for none.
    pub hsts_seconds: u64,
    /// It holds for sub-domains.
    pub hsts_subdomains: bool,
    /// It may be built into browsers.
    pub hsts_preload: bool,
    /// `X-Content-Type-Options: nosniff`.
    pub nosniff: bool,
    /// `X-Frame-Options`, or `DENY` where a content security policy forbids frames.
    pub frame_options: Option<Cow<'static, str>>,
    /// `Referrer-Policy`.
    pub referrer_policy: Option<Cow<'static, str>>,
    /// `Cross-Origin-Opener-Policy`.
    pub opener_policy: Option<Cow<'static, str>>,
    /// `Content-Security-Policy`, as it was set: it need be none that can be sent.
    pub content_security_policy: Option<Cow<'static, str>>,
    /// The hosts that the application answers for.
    pub allowed_hosts: Vec<String>,
    /// The networks whose `X-Forwarded-*` and `Forwarded` headers are believed.
    pub trusted_proxies: Vec<String>,
}

/// What the session layer does.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionFacts {
    /// Whether the cookie is for HTTPS alone.
    pub secure: SecureCookie,
    /// Scripts cannot read the cookie.
    pub http_only: bool,
    /// Sessions outlive the process.
    pub persistent: bool,
}

/// What the layer against forged requests does.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsrfFacts {
    /// Whether the cookie is for HTTPS alone.
    pub secure: SecureCookie,
}
