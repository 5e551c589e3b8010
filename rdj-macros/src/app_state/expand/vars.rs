//! The variables that a form can edit: their table, and `counter.bind()`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    super::model::{AppState, Var},
    has_form,
};
use crate::common::paths;

/// One marker type for each bindable variable: an error in a variable's type is reported once, there.
pub(super) fn expand(state: &AppState) -> TokenStream {
    if !has_form(state) {
        return TokenStream::new();
    }
    let rt = paths::runtime();
    let ident = &state.ident;
    let vars = state.bindable().map(|var| expand_var(state, var));
    let entries = state.bindable().map(
        |Var {
             ident: var, cfg, ..
         }| {
            let marker = paths::marker(var);
            quote!(#(#cfg)* #rt::state::vars::VarDef::of::<#marker>())
        },
    );
    quote! {
        const _: () = {
            #(#vars)*

            #[automatically_derived]
            impl #rt::state::vars::Vars for #ident {
                const VARS: &'static [#rt::state::vars::VarDef<Self>] = &[#(#entries),*];

                fn form(&self) -> &#rt::state::vars::VarForm {
                    &self.__form
                }

                fn form_mut(&mut self) -> &mut #rt::state::vars::VarForm {
                    &mut self.__form
                }
            }
        };
    }
}

fn expand_var(state: &AppState, var: &Var) -> TokenStream {
    let rt = paths::runtime();
    let owner = &state.ident;
    let binds = &state.binds;
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
        impl #binds<'_> {
            #[doc = #doc]
            pub fn #ident(&self) -> #rt::form::Bound {
                #rt::state::vars::bound::<#marker>(self.0)
            }
        }
    }
}

/// `counter.bind()` and the errors of the form.
pub(super) fn expand_binds(state: &AppState) -> TokenStream {
    if !has_form(state) {
        return TokenStream::new();
    }
    let rt = paths::runtime();
    let AppState {
        ident, vis, binds, ..
    } = state;
    let doc = format!("What ties controls to the variables of [`{ident}`].");
    let binds_struct = quote_spanned!(paths::at(ident)=> #vis struct #binds<'a>(&'a #ident););
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy)]
        #binds_struct

        #[automatically_derived]
        impl ::core::fmt::Debug for #binds<'_> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::stringify!(#binds))
            }
        }

        #[automatically_derived]
        impl #ident {
            /// Ties controls to variables: `<input {{ state.bind().name() }}>`.
            #vis fn bind(&self) -> #binds<'_> {
                #binds(self)
            }

            /// Why values that were typed are not taken, by variable.
            #vis fn field_errors(&self) -> &#rt::FieldErrors {
                self.__form.errors()
            }

            /// Adds or removes errors of variables.
            #vis fn field_errors_mut(&mut self) -> &mut #rt::FieldErrors {
                self.__form.errors_mut()
            }
        }
    }
}
