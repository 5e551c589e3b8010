//! What a page says about its language, and the texts of the client and of error pages.

use std::fmt::{self, Write};

use askama::{FastWritable, Values, filters::HtmlSafe};
use http::{Extensions, StatusCode};

use super::{Language, Locale};
use crate::dispatch::attribute;

/// The code of the current language, for `<html lang="..">`.
#[must_use]
pub fn lang() -> String {
    Locale::current().language().code().to_owned()
}

/// The direction of the current language, for `<html dir="..">`: `ltr` or `rtl`.
#[must_use]
pub fn dir() -> &'static str {
    Locale::current().language().dir()
}

/// ` lang=".." dir=".."` for `<body>` where the user can choose among languages: a switch on an open
/// page patches the body, not the tag around it.
#[derive(Clone, Copy, Debug)]
#[must_use = "the attributes do nothing unless they are written into a tag"]
pub struct BodyLanguage;

/// The attributes of `<body>` about the language: `<body{{ rdj::i18n::body_language() }}>`.
pub fn body_language() -> BodyLanguage {
    BodyLanguage
}

impl fmt::Display for BodyLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let locale = Locale::current();
        if locale.i18n().offered().len() < 2 {
            return Ok(());
        }
        let language = locale.language();
        attribute(f, "lang", language.code())?;
        attribute(f, "dir", language.dir())
    }
}

impl HtmlSafe for BodyLanguage {}

impl FastWritable for BodyLanguage {
    fn write_into(&self, dest: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(write!(dest, "{self}")?)
    }
}

/// The client's own texts: the key in the client and the message.
const CLIENT: [(&str, &str); 9] = [
    ("lost", "rdj-client-lost"),
    ("offline", "rdj-client-offline"),
    ("large", "rdj-client-large"),
    ("slow", "rdj-client-slow"),
    ("update", "rdj-client-update"),
    ("stuck", "rdj-client-stuck"),
    ("draft", "rdj-client-draft"),
    ("reload", "rdj-client-reload"),
    ("dismiss", "rdj-client-dismiss"),
];

/// Writes the client's texts as ` data-text-lost=".."` and so on, into the tag of the message region;
/// the client has the English ones itself.
///
/// # Errors
///
/// The writer fails.
pub(crate) fn write_client_texts(out: &mut (impl Write + ?Sized)) -> fmt::Result {
    let locale = Locale::current();
    if locale.language() == Language::english() {
        return Ok(());
    }
    for (key, message) in CLIENT {
        attribute(out, &format!("data-text-{key}"), &locale.text(message))?;
    }
    Ok(())
}

/// The heading of a page about an error of this status.
pub(crate) fn error_title(status: StatusCode) -> String {
    let locale = Locale::current();
    match status.as_u16() {
        400 => locale.text("rdj-error-400"),
        401 => locale.text("rdj-error-401"),
        403 => locale.text("rdj-error-403"),
        404 => locale.text("rdj-error-404"),
        405 => locale.text("rdj-error-405"),
        409 => locale.text("rdj-error-409"),
        413 => locale.text("rdj-error-413"),
        422 => locale.text("rdj-error-422"),
        429 => locale.text("rdj-error-429"),
        500 => locale.text("rdj-error-500"),
        _ => status.canonical_reason().unwrap_or("Error").to_owned(),
    }
}

/// A sentence for an answer of another layer, in the language of the request it answers.
pub(crate) fn refusal(status: StatusCode, answer: &Extensions) -> String {
    let key = match status {
        StatusCode::FORBIDDEN => "rdj-denied",
        StatusCode::NOT_FOUND => "rdj-page-gone",
        StatusCode::REQUEST_TIMEOUT => "rdj-timeout",
        StatusCode::PAYLOAD_TOO_LARGE => "rdj-too-much",
        StatusCode::TOO_MANY_REQUESTS => "rdj-too-many-requests",
        _ => "rdj-refused",
    };
    match answer.get::<Locale>() {
        Some(locale) => locale.text(key),
        None => super::text(key),
    }
}
