//! The tower layer that finds out the language of a request.

use std::{convert::Infallible, sync::Arc};

use axum::{extract::Request, response::Response};
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, SET_COOKIE, VARY},
};
use tower::{Layer, Service};
use tower_sessions::Session;

use super::{I18n, Locale, settings::Speaker};
use crate::{
    bridge::Bridged,
    security::{
        around::{Around, Wrapped, call},
        cookie::cookie_value,
    },
};

/// The session key of the language; Django's.
pub(super) const SESSION_KEY: &str = "_language";

/// Finds out the language of each request and event: that of the session, else that of the cookie,
/// else the best one of `Accept-Language`, else the default one.
///
/// Inside, [`text`](super::text()) speaks it, and `Language` and [`Locale`] are extensions of the
/// request. Answers in HTML or plain text say so in `Content-Language` and `Vary`.
///
/// `App::i18n` adds it to an application, inside of the session layer; in a router of one's own it must
/// stand there too, if there is one.
///
/// ```
/// use rdj_runtime::{App, i18n::I18n, session};
///
/// let i18n = I18n::new().languages(["en", "de"]);
/// let app = App::new().sessions(session::memory()).i18n(i18n);
/// ```
#[derive(Clone, Debug)]
pub struct LocaleLayer {
    i18n: I18n,
}

impl LocaleLayer {
    /// The layer for these languages.
    #[must_use]
    pub fn new(i18n: I18n) -> Self {
        Self { i18n }
    }
}

impl<S> Layer<S> for LocaleLayer {
    type Service = Wrapped<I18n, S>;

    fn layer(&self, inner: S) -> Self::Service {
        let around = Arc::new(self.i18n.clone());
        Wrapped { around, inner }
    }
}

impl Around for I18n {
    async fn around<S>(self: Arc<Self>, mut request: Request, inner: S) -> Response
    where
        S: Service<Request, Response = Response, Error = Infallible> + Send + 'static,
        S::Future: Send,
    {
        let session = request.extensions().get::<Session>().cloned();
        let speaker = of_session(&self, session).await;
        let speaker = speaker.unwrap_or_else(|| of_headers(&self, request.headers()));
        let locale = Locale::new(&self, speaker);
        let extensions = request.extensions_mut();
        let is_event = extensions.get::<Arc<Bridged>>().is_some();
        extensions.insert(locale.language());
        extensions.insert(locale.clone());
        let mut response = locale.clone().scope(call(inner, request)).await;
        if locale.is_chosen() {
            add_cookie(&locale, response.headers_mut());
        }
        if !is_event {
            say_language(&locale, response.headers_mut());
        }
        // for the sentence about an answer that another layer gave
        response.extensions_mut().insert(locale);
        response
    }
}

async fn of_session(i18n: &I18n, session: Option<Session>) -> Option<Arc<Speaker>> {
    let session = session?;
    // nothing to load where the browser has no session, or nothing to choose among
    session.id()?;
    if i18n.offered().len() < 2 {
        return None;
    }
    match session.get::<String>(SESSION_KEY).await {
        Ok(code) => i18n.speaker(&code?),
        Err(error) => {
            tracing::error!(%error, "the language of a session could not be read");
            None
        }
    }
}

/// The language of a request that has not come to the layer: that of its cookie or of
/// `Accept-Language`.
pub(crate) fn locale_of(request: &Request) -> Locale {
    match request.extensions().get::<I18n>() {
        Some(i18n) => Locale::new(i18n, of_headers(i18n, request.headers())),
        None => Locale::current(),
    }
}

fn of_headers(i18n: &I18n, headers: &HeaderMap) -> Arc<Speaker> {
    let built = i18n.built();
    let chosen = cookie_value(headers, i18n.cookie().0).and_then(|code| i18n.speaker(code));
    chosen.unwrap_or_else(|| {
        let wanted = headers.get(ACCEPT_LANGUAGE).map(HeaderValue::to_str);
        let wanted = wanted.and_then(Result::ok);
        let found = wanted.and_then(|wanted| built.negotiator.choose(wanted));
        let found = found.and_then(|at| built.speakers.get(at));
        Arc::clone(found.unwrap_or(&built.default))
    })
}

/// Has the browser remember the language for a year.
fn add_cookie(locale: &Locale, headers: &mut HeaderMap) {
    const YEAR: u32 = 365 * 24 * 60 * 60;
    let (name, secure) = locale.i18n().cookie();
    let code = locale.language();
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={code}; Path=/; Max-Age={YEAR}; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(SET_COOKIE, cookie);
    }
}

fn say_language(locale: &Locale, headers: &mut HeaderMap) {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let for_people = |kind: &str| kind.starts_with("text/html") || kind.starts_with("text/plain");
    if !kind.is_some_and(for_people) {
        return;
    }
    headers.append(VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    if !headers.contains_key(CONTENT_LANGUAGE)
        && let Ok(code) = HeaderValue::from_str(locale.language().code())
    {
        headers.insert(CONTENT_LANGUAGE, code);
    }
}
