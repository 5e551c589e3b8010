//! Where a site is, for links in mails.

use std::env;

use http::Uri;
use rdj_runtime::{
    Cx,
    command::check::{CheckCx, CheckMessage},
};

use super::AuthRoutes;

/// The variable of the environment that has it.
const VARIABLE: &str = "RDJ_SITE_ORIGIN";
/// Where a server listens that nobody told where to.
const BIND: &str = "127.0.0.1:8000";

/// The scheme and the host of the site, such as `https://notes.example.org`, for links in mails.
///
/// It never comes from a request: a forged `Host` would send a user's reset link to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteOrigin {
    text: String,
    /// Whether somebody chose it.
    chosen: bool,
}

impl SiteOrigin {
    /// This origin; a path, a query and a slash at its end are left out.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        let uri = origin.parse::<Uri>().unwrap_or_default();
        let text = match (uri.scheme_str(), uri.authority()) {
            (Some(scheme @ ("http" | "https")), Some(host)) => format!("{scheme}://{host}"),
            _ => origin.trim_end_matches('/').to_owned(),
        };
        Self { text, chosen: true }
    }

    /// That of `RDJ_SITE_ORIGIN`, else `http://` and `RDJ_BIND` or `127.0.0.1:8000`, for development.
    #[must_use]
    pub fn from_env() -> Self {
        let read = |name: &str| env::var(name).ok().filter(|text| !text.is_empty());
        match read(VARIABLE) {
            Some(origin) => Self::new(&origin),
            None => Self {
                text: format!("http://{}", read("RDJ_BIND").as_deref().unwrap_or(BIND)),
                chosen: false,
            },
        }
    }

    /// That of the application.
    #[must_use]
    pub fn of(cx: &Cx) -> Self {
        cx.resource::<Self>()
            .map_or_else(|_| Self::from_env(), Clone::clone)
    }

    /// The text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, as a name for the site.
    #[must_use]
    pub fn host(&self) -> &str {
        self.text
            .split_once("://")
            .map_or(self.text.as_str(), |(_, host)| host)
    }

    fn is_valid(&self) -> bool {
        let uri = self.text.parse::<Uri>();
        uri.is_ok_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some()
        })
    }
}

/// Links in mails have to lead to the site.
pub(super) fn check(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
    let routes = cx.resources.get::<AuthRoutes>();
    let Some(origin) = cx.resources.get::<SiteOrigin>() else {
        return Vec::new();
    };
    if routes.is_none_or(|routes| routes.password_reset.is_none()) {
        return Vec::new();
    }
    let hint = "Set RDJ_SITE_ORIGIN, or call `AuthPages::site_origin`, with the scheme and the host \
                of the site, such as https://notes.example.org.";
    if origin.chosen && !origin.is_valid() {
        let text = format!("`{}` is no origin for links in mails.", origin.text);
        return vec![CheckMessage::error("auth.E010", text).hint(hint)];
    }
    if cx.deploy && !origin.chosen {
        let text = "Links in mails about passwords have no address that leads here.";
        return vec![CheckMessage::error("auth.E011", text).hint(hint)];
    }
    if cx.deploy && !origin.text.starts_with("https://") {
        let text = "Links in mails about passwords do not lead to https.";
        return vec![CheckMessage::warning("auth.W010", text).hint(hint)];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_scheme_and_host() {
        let origin = SiteOrigin::new("https://notes.example.org/");
        assert_eq!(origin.as_str(), "https://notes.example.org");
        assert_eq!(origin.host(), "notes.example.org");
        assert!(origin.is_valid());
        assert!(!SiteOrigin::new("notes.example.org").is_valid());
        assert!(!SiteOrigin::new("ftp://notes.example.org").is_valid());
    }
}
