//! Which hooks are the user's.

use std::{any::TypeId, future::Future, marker::PhantomData};

/// The hooks that are not the defaults, as far as work for many rows at once depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overridden {
    /// `perform_create` or `on_save_success`: what needs each row as it was written.
    pub create: bool,
    /// `perform_update`.
    pub update: bool,
    /// `get_choices`.
    pub choices: bool,
}

/// What stands around a default of `Owner`: an override can return the future of a default, but not this
/// one, which is of its owner's own type.
pub async fn defaulted<Owner: ?Sized, F: Future>(work: F) -> F::Output {
    work.await
}

/// Whether a function of `Owner` is its default, which returns [`defaulted`] of what the other one does.
#[must_use]
pub fn is_default<Owner, A, B, C, F, X, Y, Z, G>(
    _: PhantomData<Owner>,
    _: fn(A, B, C) -> F,
    _: fn(X, Y, Z) -> G,
) -> bool
where
    Owner: 'static,
    F: 'static,
    G: Future + 'static,
{
    TypeId::of::<F>() == type_of_result(defaulted::<Owner, G>)
}

fn type_of_result<A, R: 'static>(_: fn(A) -> R) -> TypeId {
    TypeId::of::<R>()
}
