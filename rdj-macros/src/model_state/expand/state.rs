//! The struct, its variables and its place among states.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Fields, FieldsNamed, Ident, ItemStruct, parse_quote};

use super::super::model::{Field, ModelState};
use crate::{
    app_state::{Var, expand_vars, initial, strip_default},
    common::paths,
};

/// The user's struct with the fields of the model beside the user's own.
pub(super) fn expand_struct(state: &ModelState, item: &ItemStruct) -> TokenStream {
    let orm = paths::orm();
    let ModelState { module, entity, .. } = state;
    let mut item = item.clone();
    let own = item.fields.iter();
    let generated = state.fields.iter().map(|Field { ident, name, .. }| {
        let doc = format!("The field `{name}` of the form.");
        quote! {
            #[doc = #doc]
            pub #ident: <#module::#ident as #orm::field::FormField>::Value
        }
    });
    let inlines = super::inlines::expand_fields(state);
    let fields: FieldsNamed = parse_quote!({
        #(#own,)*
        #(#generated,)*
        #(#inlines,)*
        #[doc(hidden)]
        pub __core: #orm::state::Core<#entity>,
    });
    item.fields = Fields::Named(fields);
    item.semi_token = None;
    strip_default(&mut item.attrs);
    item.into_token_stream()
}

pub(super) fn expand_default(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let ModelState { ident, module, .. } = state;
    let own = state.vars.iter().map(|var| {
        let Var { ident, cfg, .. } = var;
        let value = initial(var);
        quote!(#(#cfg)* #ident: #value,)
    });
    // located at the user's name of the field: a field without a text form is underlined there
    let fields = state.fields.iter().map(|Field { ident, .. }| {
        let span = paths::located(ident.span());
        let initial = Ident::new("initial", span);
        let value = quote_spanned!(span=> #initial::<F>());
        quote!(#ident: { use #orm::state::initial; type F = #module::#ident; #value },)
    });
    let inlines = super::inlines::expand_defaults(state);
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                #orm::state::start(Self {
                    #(#own)*
                    #(#fields)*
                    #(#inlines)*
                    __core: #orm::state::Core::new(
                        const { &<#ident as #orm::state::ModelState>::SPEC },
                    ),
                })
            }
        }
    }
}

/// `notes.data`, `notes.error` and the like.
pub(super) fn expand_core(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let ModelState { ident, entity, .. } = state;
    quote! {
        #[automatically_derived]
        impl ::core::ops::Deref for #ident {
            type Target = #orm::state::Core<#entity>;

            fn deref(&self) -> &#orm::state::Core<#entity> {
                &self.__core
            }
        }

        #[automatically_derived]
        impl ::core::ops::DerefMut for #ident {
            fn deref_mut(&mut self) -> &mut #orm::state::Core<#entity> {
                &mut self.__core
            }
        }
    }
}

pub(super) fn expand_state(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let ModelState { ident, name, .. } = state;
    let guard = state.guard.expand();
    let generated_only = state.vars.is_empty();
    let reading = expand_reading();
    let kept = expand_vars(&state.vars);
    quote! {
        #[automatically_derived]
        impl #rt::state::State for #ident {
            const NAME: &'static str = #name;
            const GUARD: #rt::Guard = #guard;

            fn on_load<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                #orm::dispatch::on_load(self, cx)
            }

            fn dispatch<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
                call: #rt::dispatch::Call<'a>,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                #orm::dispatch::dispatch(self, cx, call)
            }

            fn event_facts(
                event: &::core::primitive::str,
            ) -> ::core::option::Option<#rt::dispatch::EventFacts> {
                #orm::dispatch::event_facts::<Self>(event)
            }

            fn events() -> ::std::vec::Vec<#rt::dispatch::EventFacts> {
                #orm::dispatch::events::<Self>()
            }

            fn on_denied<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                <Self as #orm::state::ModelState>::event_table().denied(self, cx)
            }

            fn question(
                &mut self,
                call: &#rt::dispatch::Call<'_>,
                question: ::std::string::String,
            ) -> ::core::option::Option<::std::string::String> {
                #orm::dispatch::question(self, call, question)
            }

            #reading

            fn read_query(&mut self, query: &#rt::state::Query<'_>) {
                #orm::dispatch::read_query(self, query);
            }

            fn write_query(&self, address: &mut #rt::state::Address) {
                #orm::dispatch::write_query(self, address);
            }

            fn is_in_address(&self) -> bool {
                #generated_only && #orm::dispatch::is_in_address(self)
            }

            fn keep(&mut self, keeper: &mut #rt::state::Keeper) {
                if #orm::dispatch::keep(self, keeper) {
                    #kept
                    #rt::state::vars::keep(self, keeper);
                }
            }
        }

        ::rdj::__private::inventory::submit! {
            #rt::state::StateDef { name: #name, module: ::core::module_path!() }
        }
    }
}

/// Lists as files, files as rows, and rows that others change.
fn expand_reading() -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    quote! {
        fn export<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            format: &'a ::core::primitive::str,
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result<#rt::page::slot::Response>> {
            #orm::export::export(self, cx, format)
        }

        fn file<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            column: &'a ::core::primitive::str,
            key: &'a ::core::primitive::str,
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result<#rt::page::slot::Response>> {
            #orm::download::download(self, cx, column, key)
        }

        fn longest_file(
            field: &::core::primitive::str,
        ) -> ::core::option::Option<::core::primitive::usize> {
            #orm::state::longest_file::<Self>(field)
        }

        fn import<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            upload: #rt::form::Upload,
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
            #orm::import::import(self, cx, upload)
        }

        fn tables() -> ::std::vec::Vec<
            ::std::borrow::Cow<'static, ::core::primitive::str>,
        > {
            #orm::live::tables::<Self>()
        }

        fn read_at(&self) -> ::core::primitive::u64 {
            #orm::live::read_at(self)
        }

        fn follow<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            tables: &'a [::std::borrow::Cow<'static, ::core::primitive::str>],
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
            #orm::live::follow(self, cx, tables)
        }
    }
}
