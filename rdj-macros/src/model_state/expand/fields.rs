//! The variables behind the fields, and the user's own that a form can edit.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::model::{Field, ModelState};
use crate::{app_state::VarTable, common::paths};

/// Ties each field of the model to the variable of the state.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let ModelState {
        ident: owner,
        module,
        ..
    } = state;
    let vars = state.fields.iter().map(|Field { ident, .. }| {
        quote! {
            #[automatically_derived]
            impl #orm::state::ModelVar<#owner> for #module::#ident {
                fn var(state: &#owner) -> &Self::Value {
                    &state.#ident
                }

                fn var_mut(state: &mut #owner) -> &mut Self::Value {
                    &mut state.#ident
                }
            }
        }
    });
    quote!(const _: () = { #(#vars)* };)
}

/// The user's own variables with `#[var(bind)]`.
pub(super) fn expand_own(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let views = &state.views;
    let table = VarTable {
        owner: &state.ident,
        binds: quote!(#views<'_, #orm::view::AsAttributes>),
        form: quote!(self.__core.vars()),
        form_mut: quote!(self.__core.vars_mut()),
    };
    table.expand(state.bindable())
}
