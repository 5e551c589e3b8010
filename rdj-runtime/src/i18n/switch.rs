//! The user chooses a language.

use axum::{
    Router,
    body::to_bytes,
    extract::Request,
    response::{IntoResponse as _, Redirect, Response},
    routing::post,
};
use http::{
    StatusCode,
    header::{HOST, REFERER},
};
use tower_sessions::Session;

use super::{Locale, layer::SESSION_KEY};
use crate::{
    bridge::Outcome,
    cx::Cx,
    error::{Error, Result},
    form::Entries,
    page::http::error_page_of,
};

/// Where the form of [`language_picker`](super::language_picker) posts to.
pub const LANGUAGE_PATH: &str = "/_language";
/// The longest form taken.
const LONGEST_FORM: usize = 8 * 1024;

/// Gives the user another language: at once, for the session if there is one, and by a cookie for
/// later visits.
///
/// An open page is rendered in it with the answer to the event.
///
/// # Errors
///
/// [`Error::Invalid`] if it is none of the application's languages, [`Error::Missing`] without the
/// layer.
pub async fn set_language(cx: &Cx, code: &str) -> Result {
    let locale = Locale::of(cx).ok_or(Error::Missing("a language layer"))?;
    choose(&locale, cx.extension::<Session>(), code).await
}

async fn choose(locale: &Locale, session: Option<&Session>, code: &str) -> Result {
    let speaker = locale.i18n().speaker(code);
    let speaker = speaker.ok_or_else(|| Error::invalid(locale.text("rdj-language-unknown")))?;
    if let Some(session) = session
        && !session.is_empty().await
    {
        session.insert(SESSION_KEY, speaker.language.code()).await?;
    }
    locale.choose(speaker);
    Ok(())
}

/// The route `POST /_language` for forms without JavaScript: entries `language` and `next`, as in
/// Django's view of the same purpose.
pub fn routes() -> Router {
    Router::new().route(LANGUAGE_PATH, post(switch))
}

/// Takes the form and sends the browser back to `next`, if that is on this site.
async fn switch(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(locale) = parts.extensions.get::<Locale>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(body) = to_bytes(body, LONGEST_FORM).await else {
        return error_page_of(StatusCode::PAYLOAD_TOO_LARGE, &locale.text("rdj-too-much"));
    };
    let Ok(form) = Entries::parse(&body) else {
        return error_page_of(StatusCode::BAD_REQUEST, &locale.text("rdj-bad-request"));
    };
    let code = form.get("language").unwrap_or_default();
    if let Err(error) = choose(locale, parts.extensions.get::<Session>(), code).await {
        tracing::debug!(%error, "a language was not taken");
        return (error.status(), error.public_text().into_owned()).into_response();
    }
    let host = parts.headers.get(HOST);
    let referer = parts.headers.get(REFERER).and_then(|to| to.to_str().ok());
    let back = [form.get("next"), referer].into_iter().flatten();
    let back = back.filter_map(|to| match Outcome::to(to, host) {
        Outcome::Navigate(path) => Some(path),
        _ => None,
    });
    let back = back.into_iter().next();
    Redirect::to(back.as_deref().unwrap_or("/")).into_response()
}
