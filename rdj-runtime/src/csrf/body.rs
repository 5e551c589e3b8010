//! The token in a form's body, which stays whole for the handler.

use axum::{
    body::{Body, Bytes},
    extract::Request,
};
use futures_util::{StreamExt as _, stream};
use http::header::CONTENT_TYPE;

use super::FIELD_NAME;

/// How much of a form with files is read to find the token, which stands first.
const FIRST_PART: usize = 8 * 1024;

/// What a body has.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Token(String),
    /// No token, or no form.
    Nothing,
    /// A form longer than the limit.
    TooLong,
    /// The browser stopped in the middle.
    Broken,
}

/// What kind of form a body is.
enum Kind {
    Fields,
    Parts { boundary: String },
}

/// Finds the token in the request's form; the request has its whole body again afterwards.
pub(super) async fn token(request: &mut Request, limit: usize) -> Found {
    let kind = request.headers().get(CONTENT_TYPE);
    let Some(kind) = kind.and_then(|kind| kind.to_str().ok()).and_then(kind_of) else {
        return Found::Nothing;
    };
    let wanted = match kind {
        Kind::Fields => limit,
        Kind::Parts { .. } => FIRST_PART,
    };
    let body = std::mem::take(request.body_mut());
    let Ok((read, whole, body)) = begin(body, wanted).await else {
        return Found::Broken;
    };
    *request.body_mut() = body;
    match kind {
        Kind::Fields if !whole => Found::TooLong,
        Kind::Fields => in_fields(&read).map_or(Found::Nothing, Found::Token),
        Kind::Parts { boundary } => {
            in_first_part(&read, &boundary).map_or(Found::Nothing, Found::Token)
        }
    }
}

fn kind_of(content_type: &str) -> Option<Kind> {
    let mut parts = content_type.split(';');
    let kind = parts.next()?.trim();
    if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Some(Kind::Fields);
    }
    if !kind.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut pairs = parts.filter_map(|part| part.split_once('='));
    let (_, boundary) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    let boundary = boundary.trim().trim_matches('"').to_owned();
    (!boundary.is_empty()).then_some(Kind::Parts { boundary })
}

/// Reads a body until it ends or has `wanted` bytes; what was read, whether that is all of it, and a body
/// that begins from the start again.
async fn begin(body: Body, wanted: usize) -> Result<(Bytes, bool, Body), axum::Error> {
    let mut data = body.into_data_stream();
    let mut chunks = Vec::new();
    let mut length = 0;
    while length <= wanted {
        let Some(chunk) = data.next().await else {
            let read = Bytes::from(chunks.concat());
            return Ok((read.clone(), true, Body::from(read)));
        };
        let chunk = chunk?;
        length += chunk.len();
        chunks.push(chunk);
    }
    let read = Bytes::from(chunks.concat());
    let again = stream::iter([Ok(read.clone())]).chain(data);
    Ok((read, false, Body::from_stream(again)))
}

/// The token among the fields of a form.
fn in_fields(body: &[u8]) -> Option<String> {
    let mut pairs = body.split(|&byte| byte == b'&');
    let own =
        pairs.find_map(|pair| pair.strip_prefix(FIELD_NAME.as_bytes())?.strip_prefix(b"="))?;
    // tokens are letters and digits: one that needs decoding is none
    String::from_utf8(own.to_vec()).ok()
}

/// The token, if it is the first part of a form with files.
///
/// Source: RFC 7578, section 4; RFC 2046, section 5.1.1.
fn in_first_part(body: &[u8], boundary: &str) -> Option<String> {
    let line = format!("--{boundary}\r\n");
    let part = body.strip_prefix(line.as_bytes())?;
    let head_ends = memchr::memmem::find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&part[..head_ends]).ok()?;
    let content = &part[head_ends + 4..];
    let end = format!("\r\n--{boundary}");
    let content = &content[..memchr::memmem::find(content, end.as_bytes())?];
    let named = head.lines().any(|line| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let mut options = value.split(';').skip(1);
        name.trim().eq_ignore_ascii_case("content-disposition")
            && options.any(|option| option.trim() == format!("name=\"{FIELD_NAME}\""))
    });
    String::from_utf8(content.to_vec()).ok().filter(|_| named)
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn found(kind: &str, chunks: Vec<&'static str>, limit: usize) -> (Found, String) {
        let chunks = chunks
            .into_iter()
            .map(|chunk| Ok::<_, axum::Error>(Bytes::from(chunk)));
        let mut request = Request::new(Body::from_stream(stream::iter(chunks)));
        if let Ok(kind) = kind.parse() {
            request.headers_mut().insert(CONTENT_TYPE, kind);
        }
        let found = token(&mut request, limit).await;
        let body = to_bytes(request.into_body(), 1 << 20)
            .await
            .unwrap_or_default();
        (found, String::from_utf8_lossy(&body).into_owned())
    }

    const FIELDS: &str = "application/x-www-form-urlencoded; charset=UTF-8";
    const PARTS: &str = "multipart/form-data; boundary=\"xx\"";

    #[tokio::test]
    async fn finds_a_field_and_gives_the_body_back() {
        let (found, body) = found(FIELDS, vec!["a=1&csrfmiddle", "waretoken=abc&b=2"], 100).await;
        assert_eq!(found, Found::Token("abc".to_owned()));
        assert_eq!(body, "a=1&csrfmiddlewaretoken=abc&b=2");
    }

    #[tokio::test]
    async fn reads_no_more_than_the_limit() {
        let (found, body) =
            found(FIELDS, vec!["a=1111111111", "&csrfmiddlewaretoken=abc"], 20).await;
        assert_eq!(found, Found::TooLong);
        assert_eq!(body, "a=1111111111&csrfmiddlewaretoken=abc");
    }

    #[tokio::test]
    async fn finds_the_first_part() {
        let whole = "--xx\r\nContent-Disposition: form-data; name=\"csrfmiddlewaretoken\"\r\n\r\nabc\r\n--xx\r\n\
                     Content-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xx--\r\n";
        let (first, body) = found(PARTS, vec![&whole[..20], &whole[20..]], 1).await;
        assert_eq!(first, Found::Token("abc".to_owned()));
        assert_eq!(body, whole);
        let other = whole.replace("csrfmiddlewaretoken", "other");
        let (none, _) = found(PARTS, vec![other.leak()], 1).await;
        assert_eq!(none, Found::Nothing);
    }

    #[tokio::test]
    async fn a_long_upload_is_read_no_further_than_its_beginning() {
        let head = "--xx\r\nContent-Disposition: form-data; name=\"csrfmiddlewaretoken\"\r\n\r\nabc\r\n--xx\r\n\r\n";
        let long: &'static str = "y".repeat(100_000).leak();
        let (found, body) = found(PARTS, vec![head, long, long, long], 1).await;
        assert_eq!(found, Found::Token("abc".to_owned()));
        assert_eq!(body.len(), head.len() + 300_000);
    }

    #[tokio::test]
    async fn other_bodies_are_left_alone() {
        for kind in ["application/json", "text/plain", "multipart/form-data", ""] {
            let (found, body) = found(kind, vec!["csrfmiddlewaretoken=abc"], 100).await;
            assert_eq!(
                (found, body.as_str()),
                (Found::Nothing, "csrfmiddlewaretoken=abc")
            );
        }
    }
}
