//! The variables behind the fields, and the user's own that a form can edit.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::model::{Field, ModelState};
use crate::{app_state::Var, common::paths};

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
    let rt = paths::runtime();
    let owner = &state.ident;
    let vars = state.bindable().map(|var| expand_var(state, var));
    let entries = state.bindable().map(|Var { ident, cfg, .. }| {
        let marker = paths::marker(ident);
        quote!(#(#cfg)* #rt::state::vars::VarDef::of::<#marker>())
    });
    quote! {
        const _: () = {
            #(#vars)*

            #[automatically_derived]
            impl #rt::state::vars::Vars for #owner {
                const VARS: &'static [#rt::state::vars::VarDef<Self>] = &[#(#entries),*];

                fn form(&self) -> &#rt::state::vars::VarForm {
                    self.__core.vars()
                }

                fn form_mut(&mut self) -> &mut #rt::state::vars::VarForm {
                    self.__core.vars_mut()
                }
            }
        };
    }
}

fn expand_var(state: &ModelState, var: &Var) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let ModelState {
        ident: owner,
        views,
        ..
    } = state;
    let Var {
        ident,
        name,
        ty,
        cfg,
        ..
    } = var;
    let marker = paths::marker(ident);
    let doc = format!("Name, value and error of the control for `{name}`.");
    quote! {
        #(#cfg)*
        struct #marker;

        #(#cfg)*
        #[automatically_derived]
        impl #rt::state::vars::Var for #marker {
            type State = #owner;
            type Value = #ty;
            const NAME: &'static str = #name;

            fn get(state: &#owner) -> &#ty {
                &state.#ident
            }

            fn get_mut(state: &mut #owner) -> &mut #ty {
                &mut state.#ident
            }
        }

        #(#cfg)*
        #[automatically_derived]
        impl #views<'_, #orm::view::AsAttributes> {
            #[doc = #doc]
            pub fn #ident(&self) -> #rt::form::Bound {
                #rt::state::vars::bound::<#marker>(self.0)
            }
        }
    }
}
