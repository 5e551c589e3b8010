//! How the pipeline finds a state's hooks, which are optional.

use rdj_runtime::dispatch::Probe;

use super::Hooks;
use crate::state::ModelState;

/// Answers for states without an `impl <Name>Hooks`: `(&Probe::<NotesState>::NEW).hooks()`.
///
/// At a concrete type the generated trait for states with hooks fits without a further reference, so
/// it wins where the user wrote the impl.
pub trait NoHooks<S: ModelState> {
    /// The defaults.
    fn hooks(&self) -> &'static Hooks<S>;
}

impl<S: ModelState> NoHooks<S> for &Probe<S> {
    fn hooks(&self) -> &'static Hooks<S> {
        S::DEFAULTS
    }
}

/// The default hooks of a state as a constant.
pub trait DefaultHooks: ModelState {
    /// The defaults.
    const DEFAULTS: &'static Hooks<Self> = &Hooks::<Self>::DEFAULT;
}

impl<S: ModelState> DefaultHooks for S {}

/// `T: Same<S>` holds only for `T = S`: generated code is generic over "the state, if it has the
/// user's hooks" and still reaches the state itself.
#[diagnostic::on_unimplemented(
    message = "these hooks belong to `{S}` and cannot be implemented for `{Self}`",
    label = "expected `{S}`"
)]
pub trait Same<S>: Sized {
    /// The state as this type.
    fn cast(state: &S) -> &Self;

    /// The state as this type.
    fn cast_mut(state: &mut S) -> &mut Self;

    /// This type as the state.
    fn state(this: &Self) -> &S;

    /// This type as the state.
    fn state_mut(this: &mut Self) -> &mut S;
}

impl<S> Same<S> for S {
    fn cast(state: &S) -> &Self {
        state
    }

    fn cast_mut(state: &mut S) -> &mut Self {
        state
    }

    fn state(this: &Self) -> &S {
        this
    }

    fn state_mut(this: &mut Self) -> &mut S {
        this
    }
}
