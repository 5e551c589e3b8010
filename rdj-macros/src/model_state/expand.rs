//! The output of `#[model_state]`: tables of fields and calls into the library.

mod checks;
mod events;
mod fields;
mod hooks;
mod inlines;
mod lists;
mod names;
mod rules;
mod spec;
mod state;
mod table;
mod views;

use proc_macro2::TokenStream;
use syn::ItemStruct;

use super::model::ModelState;

/// Writes the struct and all that makes it a state.
pub(super) fn expand(state: &ModelState, item: &ItemStruct) -> TokenStream {
    let parts = [
        // first, so that completion inside `fields(..)` sees the names as paths in `note::fields`
        checks::expand(state),
        state::expand_struct(state, item),
        state::expand_default(state),
        state::expand_core(state),
        state::expand_state(state),
        spec::expand(state),
        fields::expand(state),
        fields::expand_own(state),
        inlines::expand(state),
        hooks::expand(state),
        events::expand(state),
        lists::check_actions(state),
        views::expand(state),
    ];
    parts.into_iter().collect()
}
