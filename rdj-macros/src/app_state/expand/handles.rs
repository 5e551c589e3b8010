//! `CounterEvents`, to which `#[events]` adds the user's events, over `CounterVarEvents` with the setters.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    super::model::{AppState, Var},
    has_form,
};
use crate::common::paths;

/// Writes the handles and what `counter.on_click()` needs.
pub(super) fn expand(state: &AppState) -> TokenStream {
    let structs = expand_structs(state);
    let links = expand_links(state);
    let bind = expand_bind(state);
    quote! {
        #structs

        const _: () = {
            #links
            #bind
        };
    }
}

fn expand_structs(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let AppState {
        ident,
        vis,
        events,
        var_events,
        ..
    } = state;
    let setters = state.bindable().map(expand_setter);
    let events_doc = format!("The event handles of [`{ident}`].");
    let vars_doc = format!("The setters of [`{ident}`].");
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
    }
}

fn expand_setter(var: &Var) -> TokenStream {
    let rt = paths::runtime();
    let Var {
        cfg, name, setter, ..
    } = var;
    let doc = format!("Sets `{name}` to what stands in the control.");
    let event = format!("set_{name}");
    quote! {
        #(#cfg)*
        #[doc = #doc]
        pub fn #setter(&self) -> #rt::dispatch::Binding {
            self.0.call(#event)
        }
    }
}

fn expand_links(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let AppState {
        events, var_events, ..
    } = state;
    quote! {
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
    }
}

fn expand_bind(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let AppState {
        ident,
        name,
        events,
        ..
    } = state;
    let form_key = has_form(state).then(|| {
        quote! {
            fn form_key(&self) -> u64 {
                self.__form.key()
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #rt::dispatch::Bind for #ident {
            type Events = #events;
            const NAME: &'static str = #name;

            #form_key
        }
    }
}
