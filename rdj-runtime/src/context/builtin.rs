//! The context processors that every application has.

use serde_json::{Value, json};

use crate::{cx::Cx, error::Result, i18n::Locale, snapshot::UserSnapshot};

/// The signed-in user as [`UserSnapshot`], under `user`.
///
/// # Errors
///
/// None; the signature is that of every context processor.
pub async fn builtin_user(cx: &Cx) -> Result<Value> {
    Ok(json!({"user": UserSnapshot::from(cx.user().as_ref())}))
}

/// The language, as Django's context processor of the same purpose names it: `LANGUAGE_CODE`,
/// `LANGUAGE_BIDI` (whether it is written from right to left) and `LANGUAGES` (pairs of code and name).
///
/// # Errors
///
/// None; the signature is that of every context processor.
pub async fn builtin_i18n(cx: &Cx) -> Result<Value> {
    let locale = Locale::of(cx).unwrap_or_else(Locale::current);
    let language = locale.language();
    let offered = locale.i18n().offered().iter();
    let languages: Vec<_> = offered.map(|one| (one.code(), one.name())).collect();
    Ok(json!({
        "LANGUAGE_CODE": language.code(),
        "LANGUAGE_BIDI": language.is_rtl(),
        "LANGUAGES": languages,
    }))
}
