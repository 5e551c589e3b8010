//! The layer that refuses forged requests.

mod facts;

use std::{convert::Infallible, fmt, sync::Arc};

use axum::{
    extract::Request,
    response::{Html, IntoResponse as _, Response},
};
use http::{HeaderValue, Method, StatusCode, header::SET_COOKIE};
use tower::{Layer, Service};
use tower_sessions::cookie::{Cookie, SameSite};

use super::{
    COOKIE_NAME, Csrf, HEADER_NAME,
    body::{self, Found},
    origin::{OriginRefusal, check_origin},
    token::{check_token, unmask},
};
use crate::{
    bridge::Bridged,
    i18n,
    page::render::error_html,
    security::{
        Client,
        around::{Around, Wrapped, call},
        cookie::{Secure, cookie_value},
        headers::vary_on_cookie,
    },
};

/// How long the browser keeps the secret: a year.
const LIFETIME: time::Duration = time::Duration::days(365);
/// The longest form that is read to find its token.
const LONGEST_FORM: usize = 2 * 1024 * 1024;

/// An extension of a request that is not to be checked: a layer outside of [`CsrfLayer`] puts it in, for
/// requests that do not live on cookies, such as those with a token of an API.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exempt;

/// Refuses requests that another site may have forged; see [`crate::csrf`].
///
/// ```
/// use rdj_runtime::csrf::CsrfLayer;
///
/// let csrf = CsrfLayer::new()
///     .trusted_origins(["https://*.example.org"])
///     .exempt("/hooks/");
/// let app = rdj_runtime::App::new().csrf(csrf);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a layer does nothing until an application has it"]
pub struct CsrfLayer {
    settings: Settings,
}

#[derive(Clone, Debug)]
struct Settings {
    name: String,
    path: String,
    domain: Option<String>,
    secure: Secure,
    http_only: bool,
    same_site: SameSite,
    trusted: Vec<String>,
    exempt: Vec<String>,
    longest_form: usize,
}

impl Default for CsrfLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl CsrfLayer {
    /// The layer with its safe settings.
    pub fn new() -> Self {
        Self {
            settings: Settings {
                name: COOKIE_NAME.to_owned(),
                path: "/".to_owned(),
                domain: None,
                secure: Secure::Auto,
                http_only: false,
                same_site: SameSite::Lax,
                trusted: Vec::new(),
                exempt: Vec::new(),
                longest_form: LONGEST_FORM,
            },
        }
    }

    /// Adds origins that may post to this site: `https://www.example.org`, or `https://*.example.org` for
    /// all names below one.
    pub fn trusted_origins(mut self, origins: impl IntoIterator<Item: Into<String>>) -> Self {
        self.settings
            .trusted
            .extend(origins.into_iter().map(Into::into));
        self
    }

    /// Leaves paths unchecked: `/hooks/` and all below it, or, without the slash at the end, `/hook` alone.
    /// `{name}` stands for one segment, as in routes.
    ///
    /// Only for services that do not trust the browser's cookies.
    pub fn exempt(mut self, path: impl Into<String>) -> Self {
        self.settings.exempt.push(path.into());
        self
    }

    /// Names the cookie; `csrftoken` if not set.
    pub fn cookie_name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = name.into();
        self
    }

    /// The path below which the browser sends the cookie; `/` if not set.
    pub fn cookie_path(mut self, path: impl Into<String>) -> Self {
        self.settings.path = path.into();
        self
    }

    /// The domain whose hosts all get the cookie; only the own host if not set.
    pub fn cookie_domain(mut self, domain: impl Into<String>) -> Self {
        self.settings.domain = Some(domain.into());
        self
    }

    /// Whether scripts may not read the cookie; they may if not set, to send `X-CSRFToken`.
    pub fn http_only(mut self, http_only: bool) -> Self {
        self.settings.http_only = http_only;
        self
    }

    /// Whether the cookie is sent over https only. If not set, it is for requests that came over https.
    pub fn secure(mut self, secure: bool) -> Self {
        self.settings.secure = Secure::forced(secure);
        self
    }

    /// The longest form that is read to find its token, in bytes; 2 MiB if not set. A longer one is
    /// refused unless it shows its token in the header.
    pub fn longest_form(mut self, bytes: usize) -> Self {
        self.settings.longest_form = bytes;
        self
    }
}

impl<S> Layer<S> for CsrfLayer {
    type Service = Wrapped<Checking, S>;

    fn layer(&self, inner: S) -> Self::Service {
        let around = Arc::new(Checking(self.settings.clone()));
        Wrapped { around, inner }
    }
}

/// What a [`CsrfLayer`] does around a request.
pub struct Checking(Settings);

impl fmt::Debug for Checking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checking")
    }
}

/// Why a request was refused.
enum Refusal {
    Origin(OriginRefusal),
    NoCookie,
    NoToken,
    Malformed,
    Wrong,
    TooLong,
    Broken,
}

impl Around for Checking {
    async fn around<S>(self: Arc<Self>, mut request: Request, inner: S) -> Response
    where
        S: Service<Request, Response = Response, Error = Infallible> + Send + 'static,
        S::Future: Send,
    {
        let settings = &self.0;
        let client = Client::of(&request);
        let shown = cookie_value(request.headers(), &settings.name).and_then(unmask);
        if settings.is_checked(&request)
            && let Err(refusal) = settings
                .check(&mut request, &client, shown.as_deref())
                .await
        {
            tracing::warn!(path = request.uri().path(), "forged, perhaps: {refusal}");
            return refusal.page();
        }
        let csrf = Csrf::new(shown);
        request.extensions_mut().insert(csrf.clone());
        let mut response = call(inner, request).await;
        if let Some(cookie) = csrf
            .to_send()
            .and_then(|secret| settings.cookie(secret, &client))
        {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        if csrf.is_used() {
            vary_on_cookie(response.headers_mut());
        }
        response
    }
}

impl Settings {
    fn is_checked(&self, request: &Request) -> bool {
        let safe = [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE];
        let extensions = request.extensions();
        // a socket has shown its token in its first frame
        let bridged = extensions.get::<Arc<Bridged>>().is_some();
        let exempt = extensions.get::<Exempt>().is_some();
        let path = request.uri().path();
        !bridged
            && !exempt
            && !safe.contains(request.method())
            && !self.exempt.iter().any(|own| covers(own, path))
    }

    async fn check(
        &self,
        request: &mut Request,
        client: &Client,
        secret: Option<&str>,
    ) -> Result<(), Refusal> {
        check_origin(request.headers(), client, &self.trusted).map_err(Refusal::Origin)?;
        let secret = secret.ok_or(Refusal::NoCookie)?;
        let in_header = request.headers().get(HEADER_NAME);
        let token = match in_header.map(|value| value.to_str().unwrap_or_default().to_owned()) {
            Some(token) => token,
            None => match body::token(request, self.longest_form).await {
                Found::Token(token) => token,
                Found::Nothing => return Err(Refusal::NoToken),
                Found::TooLong => return Err(Refusal::TooLong),
                Found::Broken => return Err(Refusal::Broken),
            },
        };
        if unmask(&token).is_none() {
            return Err(Refusal::Malformed);
        }
        if check_token(secret, &token) {
            Ok(())
        } else {
            Err(Refusal::Wrong)
        }
    }

    fn cookie(&self, secret: String, client: &Client) -> Option<HeaderValue> {
        let mut cookie = Cookie::build((self.name.as_str(), secret))
            .path(self.path.as_str())
            .http_only(self.http_only)
            .same_site(self.same_site)
            .secure(self.secure.for_client(client))
            .max_age(LIFETIME)
            .build();
        if let Some(domain) = &self.domain {
            cookie.set_domain(domain.as_str());
        }
        HeaderValue::try_from(cookie.to_string()).ok()
    }
}

/// Whether an exempt path covers a request's.
fn covers(pattern: &str, path: &str) -> bool {
    let below = pattern.ends_with('/');
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/');
    let pattern = pattern.trim_start_matches('/').trim_end_matches('/');
    let mut wanted = pattern.split('/').filter(|segment| !segment.is_empty());
    let fits = wanted.all(|wanted| {
        let variable = wanted.starts_with('{') && wanted.ends_with('}');
        segments
            .next()
            .is_some_and(|own| own == wanted || (variable && !own.is_empty()))
    });
    fits && (segments.next().is_some() == below)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin(why) => why.fmt(f),
            Self::NoCookie => f.write_str("the CSRF cookie is missing"),
            Self::NoToken => f.write_str("the CSRF token is missing"),
            Self::Malformed => f.write_str("the CSRF token is malformed"),
            Self::Wrong => f.write_str("the CSRF token is not the one of this browser"),
            Self::TooLong => f.write_str("the form is too long"),
            Self::Broken => f.write_str("the form ended too early"),
        }
    }
}

impl Refusal {
    /// What the user reads; the cause is in the log.
    fn page(&self) -> Response {
        let status = match self {
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken => StatusCode::BAD_REQUEST,
            _ => StatusCode::FORBIDDEN,
        };
        let text = i18n::text(match self {
            Self::Origin(_) => "rdj-csrf-origin",
            Self::NoCookie => "rdj-csrf-cookie",
            Self::NoToken | Self::Malformed | Self::Wrong => "rdj-csrf-failed",
            Self::TooLong => "rdj-too-much",
            Self::Broken => "rdj-bad-request",
        });
        (status, Html(error_html(status, &text))).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exempt_paths() {
        for (pattern, path, expected) in [
            ("/hooks/", "/hooks/a/b", true),
            ("/hooks/", "/hooks/", true),
            ("/hooks/", "/hooks", false),
            ("/hooks/", "/hooksmith/a", false),
            ("/hook", "/hook", true),
            ("/hook", "/hook/a", false),
            ("/hooks/{name}", "/hooks/a", true),
            ("/hooks/{name}", "/hooks/", false),
            ("/hooks/{name}", "/hooks/a/b", false),
            ("/", "/a", true),
            ("/hooks/", "//hooks/a", false),
        ] {
            assert_eq!(covers(pattern, path), expected, "{pattern} {path}");
        }
    }
}
