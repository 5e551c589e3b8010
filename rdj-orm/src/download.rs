//! The file that a column of a row holds.
//!
//! It is asked for by a GET of the page's own address, `?_file=documents.scan&_key=5`, so it passes all
//! layers and the guards of the page. A form and [`file_url`](crate::view::file_url) write the address.

use std::future::ready;

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, Method,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse as _, Response},
};
use rdj_runtime::{Cx, Error, Result, dispatch::BoxFuture, state::State};
use sea_orm::{ModelTrait as _, Value};

use crate::{
    hooks::Action,
    model::{CrudModel, parse_key},
    ops,
    pipeline::{authorize, find},
    state::{Facts as _, Key, ModelState},
};

/// Answers with the file of a column of the row with this key.
///
/// # Errors
///
/// The state shows no such column, the row has no file or does not exist for the user, or the user may
/// not see it: not list the rows where the list shows the column, else not edit the row.
pub fn download<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    column: &'a str,
    key: &'a str,
) -> BoxFuture<'a, Result<Response>> {
    if !S::FILES {
        return Box::pin(ready(Err(Error::NotFound)));
    }
    Box::pin(async move {
        let action = action::<S>(column).ok_or(Error::NotFound)?;
        let key = parse_key(key).ok_or(Error::NotFound)?;
        let done = match ops::begin(state, cx, action).await {
            Ok(()) => read(state, cx, action, column, &key).await,
            Err(error) => Err(error),
        };
        let done = ops::end(state, cx, action, done).await?;
        done.ok_or(Error::NotFound)
    })
}

/// Whether a column with files stands in the form or in the list.
pub(crate) fn is_shown<S: ModelState>(name: &str) -> bool {
    action::<S>(name).is_some()
}

/// What the user does who reads a file: it shows no more than the list or the form does.
fn action<S: ModelState>(name: &str) -> Option<Action> {
    let mut listed = S::SPEC.list_display.iter();
    let mut fields = S::FIELDS.iter();
    if S::SPEC.actions.list && listed.any(|own| own.meta.name == name && own.meta.file.is_some()) {
        return Some(Action::List);
    }
    let in_form = fields.any(|own| own.meta.name == name && own.is_file());
    (in_form && S::SPEC.actions.update).then_some(Action::Edit)
}

async fn read<S: ModelState>(
    state: &S,
    cx: &Cx,
    action: Action,
    name: &str,
    key: &Key<S>,
) -> Result<Response> {
    authorize(state, cx, action).await?;
    let row = find(state, cx, action, key).await?;
    let column = S::Entity::column(name).ok_or(Error::NotFound)?;
    let Value::Bytes(Some(content)) = row.get(column) else {
        return Err(Error::NotFound);
    };
    let headers = headers::<S>(name, key, &content);
    let body = match *cx.method() {
        Method::HEAD => Body::empty(),
        _ => Body::from(content),
    };
    Ok((headers, body).into_response())
}

/// A browser saves the file and never shows it as a page of this site, whatever is in it.
fn headers<S: ModelState>(name: &str, key: &Key<S>, content: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_static("application/octet-stream");
    headers.insert(CONTENT_TYPE, kind);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(X_CONTENT_TYPE_OPTIONS, nosniff);
    let private = HeaderValue::from_static("private, no-store");
    headers.insert(CACHE_CONTROL, private);
    let key = serde_json::to_string(key).unwrap_or_default();
    let key: String = key
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-')
        .collect();
    let ending = infer::get(content).map_or("bin", |kind| kind.extension());
    let file = format!(
        "attachment; filename=\"{}-{key}-{name}.{ending}\"",
        <S as State>::NAME
    );
    if let Ok(file) = HeaderValue::try_from(file) {
        headers.insert(CONTENT_DISPOSITION, file);
    }
    headers
}
