//! What `inlines(..)` declares, and how the pipeline of the parent reaches the child rows.

use std::{fmt, marker::PhantomData};

use rdj_runtime::{
    Cx, Error, Result, component::InlineView, dispatch::BoxFuture, form::Entries, state::State as _,
};
use sea_orm::EntityTrait;

use super::{
    ChildOf, Children, Inline, MAX_ROWS, check, fill, load,
    select::{Tie, may},
    settle, view, write,
};
use crate::{
    dispatch::answer,
    hooks::Action,
    ops::Stop,
    pipeline::may_write,
    state::{ModelState, Row, has_field},
};

/// How many child rows there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The fewest.
    pub min: usize,
    /// The most; none for as many as a form takes.
    pub max: Option<usize>,
    /// How many blank rows stand in a form.
    pub extra: usize,
}

impl Limits {
    pub(super) fn most(&self) -> usize {
        self.max.unwrap_or(MAX_ROWS)
    }
}

/// A variable of the state `S` with the child rows of the relation that implements this; implemented by
/// generated code.
pub trait InlineVar<S: ModelState>: Children<Parent = S::Entity> {
    /// The state of the rows.
    type State: ModelState;
    /// How many rows there are.
    const LIMITS: Limits;

    /// Reads the variable.
    fn var(state: &S) -> &Inline<Self::State>;

    /// Changes the variable.
    fn var_mut(state: &mut S) -> &mut Inline<Self::State>;
}

/// A state over rows of `E`.
#[diagnostic::on_unimplemented(
    message = "`inlines` needs a state over the rows of the relation, and `{Self}` is none over `{E}`",
    label = "a state over other rows"
)]
pub trait RowsOf<E> {}

impl<C: ModelState> RowsOf<C::Entity> for C {}

/// An [`InlineVar`] among others of its state.
pub struct InlineDef<S: ModelState> {
    /// The name of the relation.
    pub name: &'static str,
    /// How many rows there are.
    pub limits: Limits,
    pub(crate) ops: &'static dyn InlineOps<S>,
}

impl<S: ModelState> InlineDef<S> {
    /// The entry of a relation. What cannot be edited in a row is reported here, outside of a block of
    /// its own, for the compiler to underline the caller's name.
    ///
    /// # Panics
    ///
    /// When it is compiled: the state of the rows cannot stand in a form.
    #[must_use]
    pub const fn of<R: InlineVar<S>>() -> Self
    where
        R::State: RowsOf<R::Child>,
        <R::State as ModelState>::Entity: ChildOf<S::Entity>,
    {
        let parent = <<R::State as ModelState>::Entity as ChildOf<S::Entity>>::NAME;
        assert!(
            !R::State::FIELDS.is_empty(),
            "the state of inline rows needs a form: add `create` or `update` to its `actions(..)`"
        );
        assert!(
            R::State::INLINES.is_empty(),
            "inline rows have none of their own: take `inlines(..)` out of their state"
        );
        assert!(
            !has_field::<R::State>(parent),
            "inline rows belong to the row of the form: take the column that refers to it out of \
             `fields(..)` of their state"
        );
        Self {
            name: R::NAME,
            limits: R::LIMITS,
            ops: &Ops::<R>(PhantomData),
        }
    }
}

impl<S: ModelState> fmt::Debug for InlineDef<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InlineDef").field(&self.name).finish()
    }
}

/// What a control with a search asks of the server.
pub(crate) enum Question {
    /// Which choices have these words.
    Search(String),
    /// This one was picked; or ticked or not, where there are several.
    Pick(String, Option<bool>),
    /// A row with this label is to be made and picked.
    Create(String),
}

/// What the parent's state does with child rows, whatever their type.
pub(crate) trait InlineOps<S: ModelState>: Sync {
    /// Empties the rows.
    fn reset(&self, state: &mut S);

    /// Takes up a form.
    fn fill(&self, state: &mut S, entries: &Entries);

    /// Makes the rows those of no parent.
    fn detach(&self, state: &mut S);

    /// Whether rows were added or taken out that are not saved.
    fn is_changed(&self, state: &S) -> bool;

    /// What the form calls the first control, row or relation that has an error: `lines-3-quantity`.
    fn wrong(&self, state: &S) -> Option<String>;

    /// What the form shows.
    fn view(&self, state: &S) -> InlineView;

    /// Loads the children of a row.
    fn load<'a>(&self, state: &'a mut S, cx: &'a Cx, row: &'a Row<S>) -> BoxFuture<'a, Result>;

    /// Loads what the controls offer.
    fn choices<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result>;

    /// Adds a blank row, and returns its number.
    fn add<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result<Option<u32>>>;

    /// The name of the first field of a row.
    fn first_field(&self) -> &'static str;

    /// Takes out a new row.
    fn remove(&self, state: &mut S, id: u32);

    /// Answers a control of a row.
    fn ask<'a>(
        &self,
        state: &'a mut S,
        cx: &'a Cx,
        row: u32,
        field: &'a str,
        question: Question,
    ) -> BoxFuture<'a, Result>;

    /// Before the parent is written: decides what is done with each row, and checks it. False if the
    /// user has to correct something.
    fn check<'a>(
        &self,
        state: &'a mut S,
        cx: &'a Cx,
        parent: Option<&'a Row<S>>,
    ) -> BoxFuture<'a, Result<bool>>;

    /// After the parent was written: writes the rows.
    fn write<'a>(
        &self,
        state: &'a mut S,
        cx: &'a Cx,
        parent: &'a Row<S>,
    ) -> BoxFuture<'a, Result<(), Stop>>;

    /// After the rollback: shows what is wrong.
    fn settle<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result>;

    /// After the commit.
    fn done<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, ()>;
}

struct Ops<R>(PhantomData<fn() -> R>);

impl<S: ModelState, R: InlineVar<S>> InlineOps<S> for Ops<R>
where
    <R::State as ModelState>::Entity: ChildOf<S::Entity>,
{
    fn reset(&self, state: &mut S) {
        R::var_mut(state).reset(&R::LIMITS);
    }

    fn fill(&self, state: &mut S, entries: &Entries) {
        fill::fill(R::var_mut(state), R::NAME, entries);
    }

    fn detach(&self, state: &mut S) {
        R::var_mut(state).detach();
    }

    fn is_changed(&self, state: &S) -> bool {
        R::var(state).has_news()
    }

    fn wrong(&self, state: &S) -> Option<String> {
        view::wrong(R::var(state), R::NAME)
    }

    fn view(&self, state: &S) -> InlineView {
        view::view(state, R::var(state), R::NAME, &R::LIMITS)
    }

    fn load<'a>(&self, state: &'a mut S, cx: &'a Cx, row: &'a Row<S>) -> BoxFuture<'a, Result> {
        let opening = state.core().opening;
        Box::pin(async move {
            let tie = tie::<S, R>(row)?;
            load::load(R::var_mut(state), cx, &tie, &R::LIMITS, opening).await
        })
    }

    fn choices<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result> {
        Box::pin(load::choices(R::var_mut(state), cx))
    }

    fn add<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result<Option<u32>>> {
        Box::pin(async move {
            may(&R::State::default(), cx, Action::Create).await?;
            Ok(R::var_mut(state).append(&R::LIMITS))
        })
    }

    fn first_field(&self) -> &'static str {
        let first = R::State::FIELDS.first();
        first.map_or("", |field| field.meta.name)
    }

    fn remove(&self, state: &mut S, id: u32) {
        R::var_mut(state).take_out(id);
    }

    fn ask<'a>(
        &self,
        state: &'a mut S,
        cx: &'a Cx,
        row: u32,
        field: &'a str,
        question: Question,
    ) -> BoxFuture<'a, Result> {
        Box::pin(async move {
            let gone = || Error::BadArguments("no such row".to_owned());
            let row = R::var_mut(state).row_mut(row).ok_or_else(gone)?;
            R::State::GUARD.check(cx.user().as_ref())?;
            may_write(row, cx).await?;
            answer(row, cx, field, question).await
        })
    }

    fn check<'a>(
        &self,
        state: &'a mut S,
        cx: &'a Cx,
        parent: Option<&'a Row<S>>,
    ) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            let tie = parent.map(tie::<S, R>).transpose()?;
            check::check(R::var_mut(state), cx, tie.as_ref(), &R::LIMITS).await
        })
    }

    fn write<'a>(
        &self,
        state: &'a mut S,
        cx: &'a Cx,
        parent: &'a Row<S>,
    ) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let tie = tie::<S, R>(parent)?;
            write::write(R::var_mut(state), cx, &tie).await
        })
    }

    fn settle<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, Result> {
        Box::pin(settle::settle(R::var_mut(state), cx))
    }

    fn done<'a>(&self, state: &'a mut S, cx: &'a Cx) -> BoxFuture<'a, ()> {
        Box::pin(settle::teardown(R::var_mut(state), cx))
    }
}

fn tie<S: ModelState, R: InlineVar<S>>(
    parent: &<S::Entity as EntityTrait>::Model,
) -> Result<Tie<R::State>>
where
    <R::State as ModelState>::Entity: ChildOf<S::Entity>,
{
    Tie::to::<S::Entity>(parent)
}
