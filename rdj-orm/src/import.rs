//! Rows from a CSV file: checked first, then saved as the form saves them.
//!
//! `#[model_state(.., import)]` opts in; `{{ notes.import_form() }}` is the component. A file is checked by
//! a dry run: every row goes the way of a form that is saved, in a transaction that is rolled back. The
//! report says how many rows are new and changed, and what is wrong in which line. A file without errors
//! can be confirmed; all of its rows are saved in one transaction, or none.
//!
//! Columns are found by their headings: the name or the label of a field, in upper or lower case. A row
//! with the key of a row that exists for the user changes that row; any other row is new, with the key of
//! the file if there is one. Columns that no form could set are not read.

mod batch;
mod chunk;
mod fold;
mod insert;
mod kept;
mod known;
mod mapping;
mod prepare;
mod row;
mod run;
mod sequence;

use std::future::ready;

pub use rdj_runtime::component::{ImportError, ImportReport, ImportView};
use rdj_runtime::{
    Cx, Error, Result, dispatch::BoxFuture, form::Upload, i18n::text_with,
    page::render::address_with, state::State,
};

pub(crate) use self::known::Known;
use crate::{
    backend::enter,
    hooks::Action,
    ops,
    pipeline::authorize,
    state::{Facts as _, ModelState},
};

/// The form of a state's import.
pub fn view<S: ModelState>(state: &S) -> ImportView<'_> {
    ImportView {
        state: <S as State>::NAME,
        action: address_with("_import", <S as State>::NAME),
        report: state.core().import.as_deref(),
    }
}

/// Checks a file, or saves the rows of one that was checked and confirmed.
///
/// # Errors
///
/// The state has no import, the user may not import, there is no file or it has no columns of the model,
/// a hook or the database fails. What is wrong with single rows is in the report.
pub fn import<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    upload: Upload,
) -> BoxFuture<'a, Result> {
    if !S::IMPORTS {
        return Box::pin(ready(Err(Error::NotFound)));
    }
    Box::pin(async move {
        let cx = &*enter::<S>(cx)?;
        let done = match ops::begin(state, cx, Action::Import).await {
            Ok(()) => take(state, cx, upload).await,
            Err(error) => Err(error),
        };
        ops::end(state, cx, Action::Import, done).await.map(drop)
    })
}

async fn take<S: ModelState>(state: &mut S, cx: &Cx, upload: Upload) -> Result {
    authorize(state, cx, Action::Import).await?;
    let (upload, confirmed) = match upload.entries.get("token") {
        Some(token) => (kept::take::<S>(cx, token)?, true),
        None => (upload, false),
    };
    if upload.name.is_empty() {
        return Err(Error::invalid(rdj_runtime::i18n::text("rdj-import-choose")));
    }
    let mut report = run::run(state, cx, &upload, confirmed).await?;
    ops::clear_form(state);
    if report.error_count == 0 && confirmed {
        cx.messages().success(done(&report));
        return ops::reload(state, cx).await;
    }
    if report.error_count == 0 {
        report.token = kept::keep::<S>(cx, upload);
    }
    state.core_mut().import = Some(Box::new(report));
    Ok(())
}

fn done(report: &ImportReport) -> String {
    let args = [
        ("created", report.created.into()),
        ("updated", report.updated.into()),
    ];
    text_with("rdj-import-done", &args)
}
