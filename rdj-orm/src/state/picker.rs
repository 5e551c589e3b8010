//! The states whose rows fields of a form can refer to.

use std::fmt;

use rdj_runtime::{Cx, Error, Result, component::Choice, dispatch::BoxFuture};

use super::ModelState;
use crate::{
    backend::enter,
    db::CxDb,
    field::{Ask, FormField, RefersTo, choices_of},
    hooks::{Action, Query},
    pipeline,
};

/// The state whose rows a field can refer to: its scope is that of the choices and labels.
pub struct Picker {
    /// The field's name.
    pub name: &'static str,
    /// Loads choices.
    pub choices: for<'a> fn(&'a Cx, &'a Ask) -> BoxFuture<'a, Result<Vec<Choice>>>,
}

impl Picker {
    /// The rows of the state `S` for the field `F`.
    #[must_use]
    pub const fn of<F: FormField + RefersTo<S::Entity>, S: ModelState + Default>() -> Self {
        Self {
            name: F::META.name,
            choices: |cx, ask| Box::pin(choices::<F, S>(cx, ask)),
        }
    }
}

async fn choices<F: RefersTo<S::Entity>, S: ModelState + Default>(
    cx: &Cx,
    ask: &Ask,
) -> Result<Vec<Choice>> {
    let cx = &*enter::<S>(cx)?;
    let query = match visible(&S::default(), cx).await {
        Ok(query) => query,
        // there are no rows for somebody who may not see any
        Err(Error::LoginRequired | Error::Denied) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    choices_of::<S::Entity>(&cx.db()?, query, F::to(), ask).await
}

async fn visible<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    pipeline::authorize(state, cx, Action::List).await?;
    pipeline::scope(state, cx).await
}

impl fmt::Debug for Picker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picker({})", self.name)
    }
}
