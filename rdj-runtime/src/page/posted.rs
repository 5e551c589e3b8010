//! The form of an event that was posted, with files or without.

use axum::{
    body::{Body, to_bytes},
    response::Response,
};
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};

use super::{PageDef, http::error_page_of};
use crate::{
    config::Config,
    error::{Error, Result},
    form::{Entries, Limits, Unread, read_form},
    i18n::{text, text_with},
};

const MEGABYTE: usize = 1024 * 1024;

fn kind_with_files(headers: &HeaderMap) -> Option<&HeaderValue> {
    let kind = headers.get(CONTENT_TYPE)?;
    let name = kind.to_str().ok()?.split(';').next()?.trim();
    name.eq_ignore_ascii_case("multipart/form-data")
        .then_some(kind)
}

/// Whether a form is sent in the way that can bring files.
pub(super) fn has_files(headers: &HeaderMap) -> bool {
    kind_with_files(headers).is_some()
}

/// Reads the form, or answers that it is too long.
///
/// # Errors
///
/// It is malformed.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    config: &Config,
    page: &PageDef,
) -> Result<Result<Entries, Response>> {
    let Some(kind) = kind_with_files(headers) else {
        let Ok(body) = to_bytes(body, config.max_message_size).await else {
            let text = text("rdj-too-much");
            return Ok(Err(error_page_of(StatusCode::PAYLOAD_TOO_LARGE, &text)));
        };
        let form = Entries::parse(&body);
        return Ok(Ok(
            form.map_err(|error| Error::BadArguments(error.to_string()))?
        ));
    };
    let limits = Limits {
        form: config.max_upload_size,
        texts: config.max_message_size,
    };
    let longest = |field: &str| (page.new)().longest_file(field);
    match read_form(kind, body, limits, longest).await {
        Ok(form) => Ok(Ok(form)),
        Err(Unread::Malformed(error)) => Err(error),
        Err(Unread::TooLong) => {
            let most = (limits.form / MEGABYTE).to_string();
            let text = text_with("rdj-upload-too-large", &[("most", most.into())]);
            Ok(Err(error_page_of(StatusCode::PAYLOAD_TOO_LARGE, &text)))
        }
    }
}
