//! `NotesEvents`, to which `#[events]` adds the user's, over the setters, over the generated events.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Ident};

use super::super::model::{Field, ModelState};
use crate::{app_state::Var, common::paths};

pub(super) fn expand(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let ModelState {
        ident,
        vis,
        events,
        var_events,
        ..
    } = state;
    let fields = state
        .fields
        .iter()
        .map(|Field { setter, name, .. }| expand_setter(&[], setter, name));
    let own = state.bindable().map(
        |Var {
             setter, name, cfg, ..
         }| expand_setter(cfg, setter, name),
    );
    let events_doc = format!("The event handles of [`{ident}`].");
    let vars_doc = format!("The setters of [`{ident}`].");
    let traits = expand_traits(state);
    let named = super::names::expand_handles(state);
    quote! {
        #[doc = #events_doc]
        #[derive(Debug)]
        #vis struct #events(#var_events);

        #[doc = #vars_doc]
        #[derive(Debug)]
        #vis struct #var_events(#orm::handles::ModelEvents<#ident>);

        #[automatically_derived]
        impl #var_events {
            #(#fields)*
            #(#own)*
            #named
        }

        const _: () = {
            #traits

            #[automatically_derived]
            impl ::core::ops::Deref for #var_events {
                type Target = #orm::handles::ModelEvents<#ident>;

                fn deref(&self) -> &#orm::handles::ModelEvents<#ident> {
                    &self.0
                }
            }

            #[automatically_derived]
            impl #rt::dispatch::Handles for #events {
                fn on(&self) -> #rt::dispatch::On {
                    self.0.0.on()
                }
            }
        };
    }
}

fn expand_traits(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let ModelState {
        ident,
        name,
        events,
        var_events,
        ..
    } = state;
    quote! {
        #[automatically_derived]
        impl ::core::convert::From<#rt::dispatch::On> for #events {
            fn from(on: #rt::dispatch::On) -> Self {
                Self(#var_events(::core::convert::From::from(on)))
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
        impl #rt::dispatch::Bind for #ident {
            type Events = #events;
            const NAME: &'static str = #name;

            fn form_key(&self) -> u64 {
                self.__core.form_key()
            }

            fn sends_files(&self) -> bool {
                #orm::state::sends_files::<Self>()
            }
        }
    }
}

fn expand_setter(cfg: &[Attribute], setter: &Ident, name: &str) -> TokenStream {
    let rt = paths::runtime();
    let doc = format!("Sets `{name}` to what stands in the control.");
    let event = format!("set_{name}");
    quote! {
        #(#cfg)*
        #[doc = #doc]
        pub fn #setter(&self) -> #rt::dispatch::Binding {
            self.0.on().call(#event)
        }
    }
}
