//! Reading a form with files: `multipart/form-data`.

use axum::{
    body::Body,
    extract::{
        DefaultBodyLimit, FromRequest as _, Multipart, Request,
        multipart::{Field, MultipartError},
    },
};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};

use super::{Entries, PostedFile};
use crate::error::{Error, Result};

/// How much of a form is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The whole form with its files.
    pub(crate) form: usize,
    /// All that is no file.
    pub(crate) texts: usize,
}

/// Why a form is not read to its end.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is longer than a form may be.
    TooLong,
    /// It is no such form, or the browser stopped in the middle.
    Malformed(Error),
}

impl From<MultipartError> for Unread {
    fn from(error: MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLong,
            _ => Self::Malformed(Error::BadArguments(error.to_string())),
        }
    }
}

/// Reads a form. `longest` says how many bytes the file of a field may have; nothing is kept of a longer
/// one, nor of a file for a field that takes none.
pub(crate) async fn read_form(
    content_type: &HeaderValue,
    body: Body,
    limits: Limits,
    longest: impl Fn(&str) -> Option<usize>,
) -> Result<Entries, Unread> {
    let mut request = Request::new(body);
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, content_type.clone());
    DefaultBodyLimit::max(limits.form).apply(&mut request);
    let parts = Multipart::from_request(request, &()).await;
    let bad = |error: String| Unread::Malformed(Error::BadArguments(error));
    let mut parts = parts.map_err(|error| bad(error.to_string()))?;
    let mut pairs = Vec::new();
    let mut files: Vec<(String, PostedFile)> = Vec::new();
    let mut left = limits.texts;
    while let Some(mut part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file) = part.file_name().map(str::to_owned) else {
            let text = content(&mut part, left).await?.ok_or(Unread::TooLong)?;
            left = left.saturating_sub(name.len() + text.len());
            let text = String::from_utf8(text).map_err(|error| bad(error.to_string()))?;
            pairs.push((name, text));
            continue;
        };
        let longest = longest(&name);
        let content = content(&mut part, longest.unwrap_or(0)).await?;
        // a control without a file sends a part without a name
        if longest.is_some() && !file.is_empty() {
            files.retain(|(other, _)| *other != name);
            let content = content.map(Into::into);
            let file = PostedFile {
                name: file,
                content,
            };
            files.push((name, file));
        }
    }
    Ok(Entries::new(pairs).with_files(files))
}

/// The bytes of a part, which is read to its end; none where there are more than `most`.
async fn content(part: &mut Field<'_>, most: usize) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut content = Some(Vec::new());
    while let Some(chunk) = part.chunk().await? {
        content = content.filter(|bytes| bytes.len() + chunk.len() <= most);
        if let Some(bytes) = &mut content {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        form: 1000,
        texts: 20,
    };

    async fn read(parts: &[(&str, &str)], longest: usize) -> Result<Entries, Unread> {
        let part = |(head, content): &(&str, &str)| {
            format!("--xx\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
        };
        let body = parts.iter().map(part).collect::<String>() + "--xx--\r\n";
        let kind = HeaderValue::from_static("multipart/form-data; boundary=xx");
        let longest = |name: &str| name.starts_with("file").then_some(longest);
        read_form(&kind, Body::from(body), LIMITS, longest).await
    }

    const FILE: (&str, &str) = ("name=\"file\"; filename=\"a.txt\"", "12345");

    #[tokio::test]
    async fn files_stand_beside_texts() {
        let none = ("name=\"file2\"; filename=\"\"", "");
        let other = ("name=\"other\"; filename=\"b\"", "x");
        let form = read(
            &[("name=\"a\"", "1"), FILE, none, other, ("name=\"b\"", "2")],
            5,
        )
        .await;
        let form = form.unwrap_or_default();
        assert_eq!(form.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
        let file = form.file("file").cloned();
        assert_eq!(
            file,
            Some(PostedFile {
                name: "a.txt".to_owned(),
                content: Some("12345".into())
            })
        );
        assert!(form.file("file2").is_none() && form.file("other").is_none());
    }

    #[tokio::test]
    async fn nothing_is_kept_of_a_long_file_and_the_rest_is_read() {
        let form = read(&[FILE, ("name=\"b\"", "2")], 4)
            .await
            .unwrap_or_default();
        assert_eq!(
            form.file("file").map(|file| file.content.is_none()),
            Some(true)
        );
        assert_eq!(form.get("b"), Some("2"));
    }

    #[tokio::test]
    async fn a_form_has_an_end() {
        let long = "x".repeat(1000);
        let file = (FILE.0, long.as_str());
        assert!(matches!(read(&[file], 5).await, Err(Unread::TooLong)));
        let text = ("name=\"a\"", &long[..30]);
        assert!(matches!(read(&[text], 5).await, Err(Unread::TooLong)));
    }
}
