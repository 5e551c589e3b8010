//! What the answer of the stack means on the socket.

use std::sync::Arc;

use axum::{body::to_bytes, response::Response};
use http::{
    HeaderValue, StatusCode, Uri,
    header::{CONTENT_TYPE, LOCATION},
};

use super::{Bridged, entry::Ran};
use crate::{i18n, inside::Ended, runtime::incident};

/// The longest text of a refusal that is shown.
const LONGEST_TEXT: usize = 300;

/// What became of an event.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The innermost service ran.
    Ran,
    /// A layer sends the browser to a path of this site.
    Navigate(String),
    /// A layer sends the browser to another site.
    Redirect(String),
    /// A layer asks for a sign-in.
    Login,
    /// A layer refused.
    Refused { status: u16, text: String },
    /// A layer, or a route that is no page, answered in its own way instead of letting the event pass.
    Answered { id: String },
    /// A layer failed; the cause is in the log under this id.
    Failed { id: String },
}

impl Outcome {
    /// Reads the answer to `bridged`. Only the mark of its own innermost service means that it ran.
    pub(crate) async fn of(
        response: Response,
        bridged: &Arc<Bridged>,
        host: Option<&HeaderValue>,
    ) -> Self {
        if response
            .extensions()
            .get::<Ran>()
            .is_some_and(|ran| ran.is_of(bridged))
        {
            return Self::Ran;
        }
        let status = response.status();
        if status.is_redirection()
            && let Some(to) = response.headers().get(LOCATION)
        {
            let to = String::from_utf8_lossy(to.as_bytes());
            return Self::to(&to, host);
        }
        if status == StatusCode::UNAUTHORIZED {
            return Self::Login;
        }
        if status.is_client_error() {
            return Self::Refused {
                status: status.as_u16(),
                text: refusal(response).await,
            };
        }
        let id = incident();
        if status.is_server_error() {
            tracing::error!(id, %status, "a layer failed");
            return Self::Failed { id };
        }
        tracing::error!(id, %status, "something else than the page answered");
        Self::Answered { id }
    }

    /// The outcome of being sent to `to`: within the site, elsewhere, or refused if it is no
    /// address that a browser should follow.
    pub(crate) fn to(to: &str, host: Option<&HeaderValue>) -> Self {
        if Self::is_of_this_site(to) {
            return Self::Navigate(to.to_owned());
        }
        let uri = to.parse::<Uri>().ok().filter(|uri| {
            let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
            is_web && uri.authority().is_some() && !is_odd(to)
        });
        let Some(uri) = uri else {
            tracing::warn!(to, "not an address to send a browser to");
            let text = i18n::text("rdj-address-invalid");
            return Self::Refused {
                status: StatusCode::BAD_GATEWAY.as_u16(),
                text,
            };
        };
        let here = host.is_some_and(|host| {
            uri.authority()
                .is_some_and(|a| a.as_str().as_bytes() == host.as_bytes())
        });
        if here {
            let path = uri
                .path_and_query()
                .map_or("/", http::uri::PathAndQuery::as_str);
            // a path that begins with `//` leads elsewhere without the host before it
            if !path.starts_with("//") {
                return Self::Navigate(path.to_owned());
            }
        }
        Self::Redirect(to.to_owned())
    }

    /// Whether every browser reads this as a path of the site that it is on.
    pub(crate) fn is_of_this_site(to: &str) -> bool {
        to.starts_with('/') && !to.starts_with("//") && !is_odd(to)
    }

    /// Whether a layer refused for now, and may let the same pass the next time.
    pub(crate) fn is_refused_for_now(&self) -> bool {
        let status = match self {
            Self::Refused { status, .. } => *status,
            _ => return false,
        };
        matches!(status, 408 | 425 | 429)
    }

    /// Whether it says nothing of the browser's rights, and may be another one the next time.
    pub(crate) fn is_for_now(&self) -> bool {
        let is_fault = matches!(self, Self::Failed { .. } | Self::Answered { .. });
        is_fault || self.is_refused_for_now()
    }

    /// What is counted.
    pub(crate) fn ended(&self) -> Ended {
        match self {
            Self::Ran => Ended::Ran,
            Self::Failed { .. } | Self::Answered { .. } => Ended::Failed,
            Self::Navigate(_) | Self::Redirect(_) | Self::Login | Self::Refused { .. } => {
                Ended::Refused
            }
        }
    }
}

/// Whether an address has what browsers drop or fold, which can turn a path into another host.
fn is_odd(to: &str) -> bool {
    to.contains(|letter: char| letter.is_control() || letter == '\\')
}

/// A short plain text that a layer wrote for people, or a sentence for the status.
async fn refusal(response: Response) -> String {
    let sentence = i18n::refusal(response.status(), response.extensions());
    let plain = response.headers().get(CONTENT_TYPE).is_some_and(|kind| {
        kind.to_str()
            .is_ok_and(|kind| kind.starts_with("text/plain"))
    });
    if plain
        && let Ok(body) = to_bytes(response.into_body(), LONGEST_TEXT).await
        && let Ok(text) = std::str::from_utf8(&body)
        && !text.trim().is_empty()
    {
        return text.trim().to_owned();
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_this_site_from_others() {
        let host = HeaderValue::from_static("shop.example");
        let to = |text: &str| Outcome::to(text, Some(&host));
        assert_eq!(
            to("/login?next=%2F"),
            Outcome::Navigate("/login?next=%2F".to_owned())
        );
        assert_eq!(
            to("https://shop.example/a?b"),
            Outcome::Navigate("/a?b".to_owned())
        );
        assert_eq!(
            to("https://evil.example/"),
            Outcome::Redirect("https://evil.example/".to_owned())
        );
        let odd = "https://shop.example//evil.example/";
        assert_eq!(to(odd), Outcome::Redirect(odd.to_owned()));
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "",
            "data:text/html,x",
        ] {
            assert!(matches!(to(bad), Outcome::Refused { .. }), "{bad}");
        }
    }
}
