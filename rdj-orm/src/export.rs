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

use axum::{
    body::Body,
    http::Method,
    response::{IntoResponse as _, Response},
};
use rdj_runtime::{
    Cx, Error, Result, dispatch::BoxFuture, page::render::address_with, state::State,
};

use self::file::{File, Format};
use crate::{
    db::CxDb, field::FieldMeta, hooks::Action, model::CrudModel, ops, pipeline::authorize,
    serializer::stream_rows, state::ModelState,
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
    Box::pin(async move {
        let export = S::SPEC.export.ok_or(Error::NotFound)?;
        let format = Format::of(format).ok_or(Error::NotFound)?;
        authorize(state, cx, Action::List).await?;
        authorize(state, cx, Action::Export).await?;
        let query = ops::found(state, cx).await?;
        let query = (S::hooks().get_ordering)(state, cx, query);
        let headers = format.headers(<S as State>::NAME);
        if cx.method() == Method::HEAD {
            return Ok((headers, Body::empty()).into_response());
        }
        let file = File::<S::Entity>::new(format, columns::<S>(&export), export.formulas);
        let permit = send::permit().await?;
        let rows = stream_rows(query, &cx.db()?).await?;
        Ok((headers, send::body(rows, file, permit)).into_response())
    })
}

/// The columns of a state's files.
pub(crate) fn columns<S: ModelState>(export: &Export) -> Vec<&'static FieldMeta> {
    let find = |name: &str| S::Entity::FIELDS.iter().find(|meta| meta.name == name);
    if !export.columns.is_empty() {
        return export
            .columns
            .iter()
            .filter_map(|name| find(name))
            .collect();
    }
    let keys = S::Entity::FIELDS.iter().filter(|meta| meta.primary_key);
    let fields = S::FIELDS.iter().filter_map(|field| find(field.meta.name));
    let shown = S::SPEC.list_display.iter();
    let shown = shown.filter_map(|column| find(column.meta.name));
    let mut all: Vec<&'static FieldMeta> = Vec::new();
    for meta in keys.chain(fields).chain(shown) {
        if all.iter().all(|own| own.name != meta.name) {
            all.push(meta);
        }
    }
    all
}
