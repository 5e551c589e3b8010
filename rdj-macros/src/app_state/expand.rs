//! The output of `#[app_state]`: tables of variables and calls into the runtime.

mod handles;
mod keep;
mod vars;

pub(crate) use self::{keep::expand_vars, vars::VarTable};
use proc_macro2::{Ident, TokenStream};
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
        handles::expand(state),
        vars::expand(state),
        vars::expand_binds(state),
    ];
    parts.into_iter().collect()
}

/// Whether there is anything a form can edit.
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

/// The variables that stand in the address; where there are none, the trait's own functions do.
fn expand_query(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let vars = || state.vars.iter().filter(|var| var.query);
    if vars().next().is_none() {
        return TokenStream::new();
    }
    // a type that cannot stand in an address is reported at the type
    let function = |var: &Var, function: &str| {
        let span = paths::at(&var.ty);
        let rt = paths::runtime_at(span);
        let (ty, function) = (&var.ty, Ident::new(function, span));
        quote_spanned!(span=> #rt::state::vars::#function::<#ty>)
    };
    let reads = vars().map(|var| {
        let Var {
            ident, name, cfg, ..
        } = var;
        let read = function(var, "read_query");
        quote!(#(#cfg)* #read(&mut self.#ident, query, #name);)
    });
    let writes = vars().map(|var| {
        let Var {
            ident, name, cfg, ..
        } = var;
        let value = initial(var);
        let write = function(var, "write_query");
        quote!(#(#cfg)* #write(&self.#ident, &#value, address, #name);)
    });
    quote! {
        fn read_query(&mut self, query: &#rt::state::Query<'_>) {
            #(#reads)*
        }

        fn write_query(&self, address: &mut #rt::state::Address) {
            #(#writes)*
        }
    }
}

/// What the state does with rows that others have changed.
fn expand_live(probe: &TokenStream) -> TokenStream {
    let rt = paths::runtime();
    quote! {
        fn tables() -> ::std::vec::Vec<
            ::std::borrow::Cow<'static, ::core::primitive::str>,
        > {
            #probe
            table.tables()
        }

        fn follow<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            tables: &'a [::std::borrow::Cow<'static, ::core::primitive::str>],
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
            #probe
            table.follow(self, cx, tables)
        }
    }
}

/// A state without variables has nothing that the address could lack.
fn expand_in_address(state: &AppState) -> Option<TokenStream> {
    let is_bare = state.vars.is_empty();
    is_bare.then(|| {
        quote! {
            fn is_in_address(&self) -> bool {
                true
            }
        }
    })
}

fn expand_state(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let AppState { ident, name, .. } = state;
    let guard = state.guard.expand();
    let (dispatch, events) = if has_form(state) {
        (
            quote!(#rt::state::vars::dispatch(self, table, cx, call)),
            quote!(#rt::state::vars::events::<Self>(table)),
        )
    } else {
        (quote!(table.run(self, cx, call)), quote!(table.all()))
    };
    let query = expand_query(state);
    let in_address = expand_in_address(state);
    let keep = keep::expand(state);
    let probe = quote! {
        use #rt::dispatch::{HasEvents as _, NoEvents as _};
        let table = (&#rt::dispatch::Probe::<#ident>::NEW).event_table();
    };
    let live = expand_live(&probe);
    quote! {
        #[automatically_derived]
        impl #rt::state::State for #ident {
            const NAME: &'static str = #name;
            const GUARD: #rt::Guard = #guard;

            #query
            #in_address
            #keep

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

            fn event_facts(
                event: &::core::primitive::str,
            ) -> ::core::option::Option<#rt::dispatch::EventFacts> {
                #probe
                table.facts(event)
            }

            fn events() -> ::std::vec::Vec<#rt::dispatch::EventFacts> {
                #probe
                #events
            }

            fn on_denied<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                #probe
                table.denied(self, cx)
            }

            #live
        }

        ::rdj::__private::inventory::submit! {
            #rt::state::StateDef { name: #name, module: ::core::module_path!() }
        }
    }
}
