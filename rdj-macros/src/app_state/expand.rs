//! The output of `#[app_state]`: tables of variables and calls into the runtime.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Fields, ItemStruct, parse_quote};

use super::model::{AppState, Var};
use crate::common::{item::take_attributes, paths};

/// Writes the struct and all that makes it a state.
pub(super) fn expand(state: &AppState, item: &ItemStruct) -> TokenStream {
    let parts = [
        expand_struct(state, item),
        expand_default(state),
        expand_state(state),
        expand_handles(state),
        expand_vars(state),
        expand_binds(state),
    ];
    parts.into_iter().collect()
}

fn has_form(state: &AppState) -> bool {
    state.bindable().next().is_some()
}

/// The user's struct; with a place for what was typed if there are bindable variables.
fn expand_struct(state: &AppState, item: &ItemStruct) -> TokenStream {
    let rt = paths::runtime();
    let mut item = item.clone();
    if has_form(state)
        && let Fields::Named(fields) = &mut item.fields
    {
        fields.named.push(parse_quote! {
            #[doc(hidden)]
            pub __form: #rt::state::vars::VarForm
        });
    }
    strip_default(&mut item.attrs);
    item.into_token_stream()
}

/// Takes a `Default` that was reported out of the derives: it would conflict with the generated one.
pub(crate) fn strip_default(attrs: &mut Vec<Attribute>) {
    for mut derive in take_attributes(attrs, &["derive"]) {
        let mut kept = Vec::new();
        let result = derive.parse_nested_meta(|meta| {
            if meta
                .path
                .segments
                .last()
                .is_none_or(|last| last.ident != "Default")
            {
                kept.push(meta.path);
            }
            Ok(())
        });
        if result.is_ok() {
            derive = parse_quote!(#[derive(#(#kept),*)]);
        }
        attrs.push(derive);
    }
}

/// The initial value of a variable; a type without one is reported at the type.
pub(crate) fn initial(var: &Var) -> TokenStream {
    let empty = || {
        let span = paths::at(&var.ty);
        let rt = paths::runtime_at(span);
        quote_spanned!(span=> #rt::state::vars::Initial::initial())
    };
    var.default
        .as_ref()
        .map_or_else(empty, ToTokens::to_token_stream)
}

fn expand_default(state: &AppState) -> TokenStream {
    let ident = &state.ident;
    let vars = state.vars.iter().map(|var| {
        let Var { ident, cfg, .. } = var;
        let value = initial(var);
        quote!(#(#cfg)* #ident: #value,)
    });
    let form = has_form(state).then(|| quote!(__form: ::core::default::Default::default(),));
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                Self { #(#vars)* #form }
            }
        }
    }
}

fn expand_state(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let AppState { ident, name, .. } = state;
    let dispatch = if has_form(state) {
        quote!(#rt::state::vars::dispatch(self, table, cx, call))
    } else {
        quote!(table.run(self, cx, call))
    };
    let probe = quote! {
        use #rt::dispatch::{HasEvents as _, NoEvents as _};
        let table = (&#rt::dispatch::Probe::<#ident>::NEW).event_table();
    };
    quote! {
        #[automatically_derived]
        impl #rt::state::State for #ident {
            const NAME: &'static str = #name;

            fn on_load<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                #probe
                table.load(self, cx)
            }

            fn dispatch<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
                call: #rt::dispatch::Call<'a>,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                #probe
                #dispatch
            }
        }

        ::rdj::__private::inventory::submit! {
            #rt::state::StateDef { name: #name, module: ::core::module_path!() }
        }
    }
}

/// `CounterEvents`, to which `#[events]` adds the user's, over `CounterVarEvents` with the setters.
fn expand_handles(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let AppState {
        ident,
        vis,
        name,
        events,
        var_events,
        ..
    } = state;
    let setters = state.bindable().map(
        |Var {
             cfg, name, setter, ..
         }| {
            let doc = format!("Sets `{name}` to what stands in the control.");
            let event = format!("set_{name}");
            quote! {
                #(#cfg)*
                #[doc = #doc]
                pub fn #setter(&self) -> #rt::dispatch::Binding {
                    self.0.call(#event)
                }
            }
        },
    );
    let events_doc = format!("The event handles of [`{ident}`].");
    let vars_doc = format!("The setters of [`{ident}`].");
    let form_key = has_form(state).then(|| {
        quote! {
            fn form_key(&self) -> u64 {
                self.__form.key()
            }
        }
    });
    // "method not found for this struct" points to the user's struct then
    let span = paths::at(ident);
    let events_struct = quote_spanned!(span=> #vis struct #events(#var_events););
    let vars_struct = quote_spanned!(span=> #vis struct #var_events(#rt::dispatch::On););
    quote! {
        #[doc = #events_doc]
        #[derive(Clone, Copy, Debug)]
        #events_struct

        #[doc = #vars_doc]
        #[derive(Clone, Copy, Debug)]
        #vars_struct

        #[automatically_derived]
        impl #var_events { #(#setters)* }

        const _: () = {
            #[automatically_derived]
            impl ::core::convert::From<#rt::dispatch::On> for #events {
                fn from(on: #rt::dispatch::On) -> Self {
                    Self(#var_events(on))
                }
            }

            #[automatically_derived]
            impl ::core::ops::Deref for #events {
                type Target = #var_events;

                fn deref(&self) -> &#var_events {
                    &self.0
                }
            }

            #[automatically_derived]
            impl #rt::dispatch::Handles for #events {
                fn on(&self) -> #rt::dispatch::On {
                    self.0.0
                }
            }

            #[automatically_derived]
            impl #rt::dispatch::Bind for #ident {
                type Events = #events;
                const NAME: &'static str = #name;

                #form_key
            }
        };
    }
}

/// One marker type for each bindable variable: an error in a variable's type is reported once, there.
fn expand_vars(state: &AppState) -> TokenStream {
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
fn expand_binds(state: &AppState) -> TokenStream {
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
