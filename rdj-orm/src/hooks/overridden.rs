//! Which hooks are the user's.

use std::any::TypeId;

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

/// Whether an async function is the other one, or does nothing but return its future: generated code
/// compares a hook with its default.
#[must_use]
pub fn is_default<A, B, C, F, X, Y, Z, G>(_: fn(A, B, C) -> F, _: fn(X, Y, Z) -> G) -> bool
where
    F: 'static,
    G: 'static,
{
    TypeId::of::<F>() == TypeId::of::<G>()
}
