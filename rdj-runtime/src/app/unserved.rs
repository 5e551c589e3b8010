//! A page for a browser where an answer would be empty: nothing is served at the address, or not in that
//! way.

use axum::{body::HttpBody as _, extract::Request, middleware::Next, response::Response};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};

use crate::{i18n::text, page::http::error_page_of, route::wants_html};

/// Gives an empty 404 or 405 a page in the user's language. An answer with a body stays, such as that
/// of the application's own fallback, and so does any answer to a client that asks for no HTML.
pub(super) async fn explain(request: Request, next: Next) -> Response {
    let wants_html = wants_html(request.headers());
    let response = next.run(request).await;
    let key = match response.status() {
        StatusCode::NOT_FOUND => "rdj-no-page",
        StatusCode::METHOD_NOT_ALLOWED => "rdj-wrong-method",
        _ => return response,
    };
    if !wants_html || response.body().size_hint().exact() != Some(0) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let page = error_page_of(parts.status, &text(key));
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    parts.headers.insert(CONTENT_TYPE, html);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, page.into_body())
}
