//! The variables that a form can edit: their table, and `counter.bind()`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::{
    super::model::{AppState, Var},
    has_form,
};
use crate::common::paths;

/// The table of the variables of an app state.
pub(super) fn expand(state: &AppState) -> TokenStream {
    if !has_form(state) {
        return TokenStream::new();
    }
    let binds = &state.binds;
    let table = VarTable {
        owner: &state.ident,
        binds: quote!(#binds<'_>),
        form: quote!(&self.__form),
        form_mut: quote!(&mut self.__form),
    };
    table.expand(state.bindable())
}

/// The variables of a state that a form can edit.
pub(crate) struct VarTable<'a> {
    /// The state.
    pub(crate) owner: &'a Ident,
    /// What has one method for the control of each variable.
    pub(crate) binds: TokenStream,
    /// What was typed, from `self`.
    pub(crate) form: TokenStream,
    pub(crate) form_mut: TokenStream,
}

impl VarTable<'_> {
    /// One marker type for each variable: an error in its type is reported once, there.
    pub(crate) fn expand<'v>(&self, vars: impl Iterator<Item = &'v Var> + Clone) -> TokenStream {
        let rt = paths::runtime();
        let Self {
            owner,
            form,
            form_mut,
            ..
        } = self;
        let entries = vars.clone().map(|Var { ident, cfg, .. }| {
            let marker = paths::marker(ident);
            quote!(#(#cfg)* #rt::state::vars::VarDef::of::<#marker>())
        });
        let vars = vars.map(|var| self.expand_var(var));
        quote! {
            const _: () = {
                #(#vars)*

                #[automatically_derived]
                impl #rt::state::vars::Vars for #owner {
                    const VARS: &'static [#rt::state::vars::VarDef<Self>] = &[#(#entries),*];

                    fn form(&self) -> &#rt::state::vars::VarForm {
                        #form
                    }

                    fn form_mut(&mut self) -> &mut #rt::state::vars::VarForm {
                        #form_mut
                    }
                }
            };
        }
    }

    fn expand_var(&self, var: &Var) -> TokenStream {
        let rt = paths::runtime();
        let Self { owner, binds, .. } = self;
        let Var {
            ident,
            name,
            ty,
            cfg,
            max_length,
            ..
        } = var;
        let max_length = max_length.as_ref().map(|most| {
            quote!(const MAX_LENGTH: ::core::option::Option<::core::primitive::usize> = ::core::option::Option::Some(#most);)
        });
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
                #max_length

                fn get(state: &#owner) -> &#ty {
                    &state.#ident
                }

                fn get_mut(state: &mut #owner) -> &mut #ty {
                    &mut state.#ident
                }
            }

            #(#cfg)*
            #[automatically_derived]
            impl #binds {
                #[doc = #doc]
                pub fn #ident(&self) -> #rt::form::Bound {
                    #rt::state::vars::bound::<#marker>(self.0)
                }
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
