//! Permission classes: who may do what with the rows of a state, as types that states share.
//!
//! ```ignore
//! #[derive(Clone, Copy, Debug, Default)]
//! struct IsAuthor;
//!
//! impl Permission<note::Entity> for IsAuthor {
//!     async fn has_object_permission(&self, cx: &Cx, _: Action, row: &note::Model) -> Result<bool> {
//!         Ok(cx.user().is_some_and(|user| user.id() == row.user_id))
//!     }
//! }
//!
//! #[model_state(
//!     model = note::Entity,
//!     fields(title),
//!     permission_classes(IsAuthenticated, Or<IsStaff, IsAuthor>),
//! )]
//! struct NotesState;
//! ```
//!
//! All classes of a state must agree. They are asked by every action before anything else, and for
//! each row that is edited, updated or deleted. What they refuse is answered like a guard: with the
//! login page for who is not signed in, else with [`Error::Denied`].

use std::{fmt, future::Future, marker::PhantomData};

use rdj_runtime::{Cx, Error, Result, dispatch::BoxFuture};

use crate::{hooks::Action, model::CrudModel, state::allows};

/// Who may do what with rows of `E`; write it for a type of your own, and only what is to be refused.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no permission class for rows of `{E}`",
    note = "write `impl Permission<{E}> for {Self}`, or use one such as `IsAuthenticated`"
)]
pub trait Permission<E: CrudModel>: Send + Sync {
    /// Whether the user may do this at all.
    ///
    /// # Errors
    ///
    /// What it asks fails, such as the database.
    fn has_permission(&self, cx: &Cx, action: Action) -> impl Future<Output = Result<bool>> + Send {
        let _ = (cx, action);
        std::future::ready(Ok(true))
    }

    /// Whether the user may do this with this row.
    ///
    /// # Errors
    ///
    /// What it asks fails, such as the database.
    fn has_object_permission(
        &self,
        cx: &Cx,
        action: Action,
        row: &E::Model,
    ) -> impl Future<Output = Result<bool>> + Send {
        let _ = (cx, action, row);
        std::future::ready(Ok(true))
    }
}

/// Everybody.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllowAny;

impl<E: CrudModel> Permission<E> for AllowAny {}

/// Whoever is signed in.
#[derive(Clone, Copy, Debug, Default)]
pub struct IsAuthenticated;

impl<E: CrudModel> Permission<E> for IsAuthenticated {
    async fn has_permission(&self, cx: &Cx, _: Action) -> Result<bool> {
        Ok(cx.user().is_some())
    }
}

/// The staff.
#[derive(Clone, Copy, Debug, Default)]
pub struct IsStaff;

impl<E: CrudModel> Permission<E> for IsStaff {
    async fn has_permission(&self, cx: &Cx, _: Action) -> Result<bool> {
        Ok(cx.user().is_some_and(|user| user.is_staff()))
    }
}

/// Whoever has Django's permission of the model for the action: `view`, `add`, `change` or `delete`.
///
/// The option `model_permissions` asks for the same, and lets templates hide what is refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct DjangoModelPermissions;

impl<E: CrudModel> Permission<E> for DjangoModelPermissions {
    async fn has_permission(&self, cx: &Cx, action: Action) -> Result<bool> {
        Ok(cx.user().is_some_and(|user| allows::<E>(&user, action)))
    }
}

/// Whoever both let pass.
#[derive(Clone, Copy, Debug, Default)]
pub struct And<A, B>(A, B);

impl<E: CrudModel, A: Permission<E>, B: Permission<E>> Permission<E> for And<A, B> {
    async fn has_permission(&self, cx: &Cx, action: Action) -> Result<bool> {
        Ok(self.0.has_permission(cx, action).await? && self.1.has_permission(cx, action).await?)
    }

    async fn has_object_permission(&self, cx: &Cx, action: Action, row: &E::Model) -> Result<bool> {
        Ok(self.0.has_object_permission(cx, action, row).await?
            && self.1.has_object_permission(cx, action, row).await?)
    }
}

/// Whoever one of the two lets pass; for a row, one that lets pass the action too.
#[derive(Clone, Copy, Debug, Default)]
pub struct Or<A, B>(A, B);

impl<E: CrudModel, A: Permission<E>, B: Permission<E>> Permission<E> for Or<A, B> {
    async fn has_permission(&self, cx: &Cx, action: Action) -> Result<bool> {
        Ok(self.0.has_permission(cx, action).await? || self.1.has_permission(cx, action).await?)
    }

    // one that has no opinion of rows must not open them to whom it refuses the action
    async fn has_object_permission(&self, cx: &Cx, action: Action, row: &E::Model) -> Result<bool> {
        if self.0.has_permission(cx, action).await?
            && self.0.has_object_permission(cx, action, row).await?
        {
            return Ok(true);
        }
        Ok(self.1.has_permission(cx, action).await?
            && self.1.has_object_permission(cx, action, row).await?)
    }
}

/// Whoever is refused the action by `A`. It has no opinion of rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Not<A>(A);

impl<E: CrudModel, A: Permission<E>> Permission<E> for Not<A> {
    async fn has_permission(&self, cx: &Cx, action: Action) -> Result<bool> {
        Ok(!self.0.has_permission(cx, action).await?)
    }
}

/// A [`Permission`] among others of its state; `#[model_state]` makes it from `permission_classes(..)`.
pub struct PermissionClass<E: CrudModel> {
    has_permission: for<'a> fn(&'a Cx, Action) -> BoxFuture<'a, Result<bool>>,
    has_object_permission: for<'a> fn(&'a Cx, Action, &'a E::Model) -> BoxFuture<'a, Result<bool>>,
    entity: PhantomData<fn() -> E>,
}

impl<E: CrudModel> PermissionClass<E> {
    /// The entry of a class.
    #[must_use]
    pub const fn of<P: Permission<E> + Default>() -> Self {
        Self {
            has_permission: |cx, action| {
                Box::pin(async move { P::default().has_permission(cx, action).await })
            },
            has_object_permission: |cx, action, row| {
                Box::pin(async move { P::default().has_object_permission(cx, action, row).await })
            },
            entity: PhantomData,
        }
    }

    pub(crate) async fn check(&self, cx: &Cx, action: Action) -> Result {
        if (self.has_permission)(cx, action).await? {
            return Ok(());
        }
        Err(refusal(cx))
    }

    pub(crate) async fn check_object(&self, cx: &Cx, action: Action, row: &E::Model) -> Result {
        if (self.has_object_permission)(cx, action, row).await? {
            return Ok(());
        }
        Err(refusal(cx))
    }
}

impl<E: CrudModel> fmt::Debug for PermissionClass<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PermissionClass")
    }
}

/// Who is signed in is refused, others can sign in first.
pub(crate) fn refusal(cx: &Cx) -> Error {
    match cx.user() {
        Some(_) => Error::Denied,
        None => Error::LoginRequired,
    }
}
