//! What a request gets whose session could not be saved.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use tower_sessions::session::Error;

use crate::{i18n::Locale, runtime::incident};

/// The log has the cause, the user an id of it.
pub(super) fn failed(error: &Error, locale: &Locale) -> Response {
    let id = incident();
    tracing::error!(%error, id, "a session could not be saved");
    let args = [
        ("text", locale.text("rdj-failed").into()),
        ("id", id.into()),
    ];
    let text = locale.text_with("rdj-failed-id", &args);
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}
