//! A file that a form sends.

use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, multipart::MultipartError},
};
use http::{StatusCode, header::CONTENT_TYPE};

use super::Entries;
use crate::{
    error::{Error, Result},
    i18n::text_with,
};

const MEGABYTE: usize = 1024 * 1024;

/// A posted file with the entries beside it.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The file's name in the user's system; empty where no file was chosen.
    pub name: String,
    /// The file.
    pub content: Bytes,
    /// The form's other controls.
    pub entries: Entries,
}

impl Upload {
    /// Reads a form with at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// The form is too long, malformed, or not `multipart/form-data`.
    pub(crate) async fn read(
        content_type: &http::HeaderValue,
        body: Body,
        limit: usize,
    ) -> Result<Self> {
        let mut request = Request::new(body);
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, content_type.clone());
        DefaultBodyLimit::max(limit).apply(&mut request);
        let parts = Multipart::from_request(request, &()).await;
        let mut parts = parts.map_err(|error| Error::BadArguments(error.to_string()))?;
        let bad = |error: MultipartError| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::invalid(text_with(
                "rdj-upload-too-large",
                &[("most", (limit / MEGABYTE).to_string().into())],
            )),
            _ => Error::BadArguments(error.to_string()),
        };
        let mut upload = Self::default();
        let mut pairs = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(bad)? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file) => {
                    upload.content = part.bytes().await.map_err(bad)?;
                    upload.name = file;
                }
                None => pairs.push((name, part.text().await.map_err(bad)?)),
            }
        }
        upload.entries = Entries::new(pairs);
        Ok(upload)
    }
}
