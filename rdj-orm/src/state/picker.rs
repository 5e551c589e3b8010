//! The states whose rows fields of a form can refer to.

use std::fmt;

use rdj_runtime::{Cx, Error, Result, component::Choice, dispatch::BoxFuture};

use super::{Creates, ModelState, has_field};
use crate::{
    backend::enter,
    db::CxDb,
    field::{Ask, FormField, RefersTo, choices_of},
    hooks::{Action, Query},
    model::CrudModel,
    ops::{self, Made},
    pipeline,
};

/// The state whose rows a field can refer to: its scope is that of the choices and labels.
pub struct Picker {
    /// The field's name.
    pub name: &'static str,
    /// Loads choices.
    pub choices: for<'a> fn(&'a Cx, &'a Ask) -> BoxFuture<'a, Result<Vec<Choice>>>,
    /// How a new row is made of a text; none where `create_in_place(..)` does not name the field.
    pub(crate) in_place: Option<InPlace>,
}

type Make = for<'a> fn(&'a Cx, &'static str, &'a str) -> BoxFuture<'a, Result<Made<String>>>;

/// Makes rows of the state that a picker names, each of a text.
pub(crate) struct InPlace {
    /// The field of that state that takes the text.
    field: &'static str,
    may: for<'a> fn(&'a Cx) -> BoxFuture<'a, Result<bool>>,
    make: Make,
}

impl InPlace {
    /// Whether the user may make rows at all.
    pub(crate) async fn may(&self, cx: &Cx) -> Result<bool> {
        (self.may)(cx).await
    }

    /// Makes a row; the text of the value that refers to it.
    pub(crate) async fn make(&self, cx: &Cx, text: &str) -> Result<Made<String>> {
        (self.make)(cx, self.field, text).await
    }
}

/// Types of fields that `create_in_place(..)` can fill with what was searched for.
#[diagnostic::on_unimplemented(
    message = "`create_in_place` needs a text field of the state that `picker` names, and this one is \
               `{Self}`",
    label = "not a text field"
)]
pub trait TypedText {}

impl TypedText for String {}
impl TypedText for Option<String> {}

impl Picker {
    /// The rows of the state `S` for the field `F`.
    #[must_use]
    pub const fn of<F: FormField + RefersTo<S::Entity>, S: ModelState + Default>() -> Self {
        Self {
            name: F::META.name,
            choices: |cx, ask| Box::pin(choices::<F, S>(cx, ask)),
            in_place: None,
        }
    }

    /// The same; where a search finds no such row, a new one can be made by the state `S` with the text
    /// in its field `field`.
    ///
    /// # Panics
    ///
    /// The form of `S` has no such field: the compiler says so.
    #[must_use]
    pub const fn creating<F, S, T>(self, field: &'static str, _: fn(&S) -> &T) -> Self
    where
        F: FormField + RefersTo<S::Entity>,
        S: ModelState + Creates,
        T: TypedText,
    {
        assert!(
            has_field::<S>(field),
            "`create_in_place(..)` takes a field of the form of the state that `picker(..)` names"
        );
        Self {
            in_place: Some(InPlace {
                field,
                may: |cx| Box::pin(may_create::<S>(cx)),
                make: |cx, field, text| Box::pin(make::<F, S>(cx, field, text)),
            }),
            name: self.name,
            choices: self.choices,
        }
    }
}

async fn may_create<S: ModelState>(cx: &Cx) -> Result<bool> {
    if S::GUARD.check(cx.user().as_ref()).is_err() {
        return Ok(false);
    }
    match pipeline::authorize(&S::default(), cx, Action::Create).await {
        Err(error) if error.is_internal() => Err(error),
        done => Ok(done.is_ok()),
    }
}

async fn make<F: RefersTo<S::Entity>, S: ModelState>(
    cx: &Cx,
    field: &'static str,
    text: &str,
) -> Result<Made<String>> {
    Ok(match ops::make::<S>(cx, field, text).await? {
        Made::Refused(why) => Made::Refused(why),
        Made::Row(row) => Made::Row(S::Entity::text(&row, F::to()).unwrap_or_default()),
    })
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
