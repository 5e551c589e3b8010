//! The rows of a list as a file: CSV for spreadsheets, JSON for programs.
//!
//! `#[model_state(.., export)]` opts in. The file has the rows of all pages, in the order of the list:
//! those that exist for the user, that the search finds and that the filters let pass. It is asked for by a
//! GET of the page's own address, so it passes all layers and the guards of the page:
//!
//! ```html
//! <a href="{{ notes.export_url("csv") }}" download>CSV</a>
//! ```

pub(crate) mod cell;
mod file;
mod send;

use std::future::ready;

use axum::{
    body::Body,
    http::Method,
    response::{IntoResponse as _, Response},
};
use rdj_runtime::{
    Cx, Error, Result, dispatch::BoxFuture, page::render::address_with, state::State,
};
use sea_orm::IdenStatic as _;

use self::file::{File, Format};
use crate::{
    backend::{enter, reader},
    field::FieldMeta,
    hooks::Action,
    model::CrudModel,
    ops,
    pipeline::{authorize, exclude, listed},
    serializer::stream_rows,
    state::{Facts as _, ModelState},
};

/// What a state writes into files.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The columns in order; empty for the key, the fields of the form and those of the list.
    pub columns: &'static [&'static str],
    /// Whether texts that a spreadsheet takes for formulas are written as they are.
    pub formulas: bool,
}

/// The address of the page as a file: `csv` or `json`.
#[must_use]
pub fn url<S: State>(format: &str) -> String {
    address_with("_export", &format!("{}.{format}", S::NAME))
}

/// Writes all rows that the list has on all its pages.
///
/// # Errors
///
/// The state has no export, the format is none of `csv` and `json`, the user may not list the rows, or
/// the database fails.
pub fn export<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    format: &'a str,
) -> BoxFuture<'a, Result<Response>> {
    if !S::EXPORTS {
        return Box::pin(ready(Err(Error::NotFound)));
    }
    Box::pin(async move {
        let export = S::SPEC.export.ok_or(Error::NotFound)?;
        let format = Format::of(format).ok_or(Error::NotFound)?;
        let cx = &*enter::<S>(cx)?;
        let done = match ops::begin(state, cx, Action::Export).await {
            Ok(()) => write(state, cx, &export, format).await,
            Err(error) => Err(error),
        };
        let done = ops::end(state, cx, Action::Export, done).await?;
        done.ok_or(Error::NotFound)
    })
}

async fn write<S: ModelState>(
    state: &S,
    cx: &Cx,
    export: &Export,
    format: Format,
) -> Result<Response> {
    authorize(state, cx, Action::List).await?;
    authorize(state, cx, Action::Export).await?;
    let query = exclude(&S::SPEC, listed(state, cx).await?);
    let headers = format.headers(<S as State>::NAME);
    if cx.method() == Method::HEAD {
        return Ok((headers, Body::empty()).into_response());
    }
    let file = File::<S::Entity>::new(format, columns::<S>(export), export.formulas);
    let permit = send::permit().await?;
    let rows = stream_rows(query, &reader(state, cx)?).await?;
    Ok((headers, send::body(rows, file, permit)).into_response())
}

/// The columns of a state's files.
pub(crate) fn columns<S: ModelState>(export: &Export) -> Vec<&'static FieldMeta> {
    let is_excluded = |meta: &FieldMeta| {
        let column = S::Entity::column(meta.name);
        let mut excluded = S::SPEC.exclude_from_row.iter();
        excluded.any(|other| column.is_some_and(|column| column.as_str() == other.as_str()))
    };
    let all = S::Entity::FIELDS.iter();
    let all: Vec<_> = all.filter(|meta| !is_excluded(meta)).collect();
    let find = |name: &str| all.iter().copied().find(|meta| meta.name == name);
    if !export.columns.is_empty() {
        return export
            .columns
            .iter()
            .filter_map(|name| find(name))
            .collect();
    }
    // a cell is no place for a file
    let find = |name: &str| find(name).filter(|meta| meta.file.is_none());
    let keys = all.iter().copied().filter(|meta| meta.primary_key);
    let fields = S::FIELDS.iter().filter_map(|field| find(field.meta.name));
    let shown = S::SPEC.list_display.iter();
    let shown = shown.filter_map(|column| find(column.meta.name));
    let mut columns: Vec<&'static FieldMeta> = Vec::new();
    for meta in keys.chain(fields).chain(shown) {
        if columns.iter().all(|own| own.name != meta.name) {
            columns.push(meta);
        }
    }
    columns
}
