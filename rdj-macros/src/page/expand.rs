//! The output of `#[page]`: tables of fields and calls into the runtime.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ItemStruct, LitStr};

use super::model::{OnLoad, Page, PageField};
use crate::common::paths;

/// Writes the struct and all that makes it a page.
pub(super) fn expand(page: &Page, item: &ItemStruct) -> TokenStream {
    let rt = paths::runtime();
    let ident = &page.ident;
    let template = expand_template(page);
    let slots = expand_slots(page);
    let default = expand_default(page);
    let implementation = expand_page(page);
    let Page { route, title, .. } = page;
    let name = ident.to_string();
    let guard = page.guard.expand();
    let submit = page.discover.then(|| {
        quote! {
            ::rdj::__private::inventory::submit! { <#ident as #rt::page::PageType>::DEF }
        }
    });
    quote! {
        // the template calls `notes.on_click()` and its like
        use #rt::dispatch::Bind as _;

        #template
        // nobody prints a page, and its states need not be printable
        #[allow(missing_debug_implementations)]
        #item

        const _: () = {
            #slots
            #default
            #implementation

            #[automatically_derived]
            impl #rt::page::PageType for #ident {
                const SPEC: &'static #rt::page::PageSpec = &#rt::page::PageSpec {
                    route: #route,
                    title: #title,
                    name: #name,
                    module: ::core::module_path!(),
                    guard: #guard,
                };

                fn guards() -> ::std::vec::Vec<#rt::Guard> {
                    #rt::page::slot::guards::<Self>()
                }

                fn describe() -> ::std::vec::Vec<#rt::page::slot::StateFacts> {
                    #rt::page::slot::describe::<Self>()
                }
            }
        };

        #submit
    }
}

/// Templates of the user come first, then those that this crate ships: see `build.rs`.
fn expand_template(page: &Page) -> TokenStream {
    let path = &page.template;
    let config = LitStr::new(concat!(env!("OUT_DIR"), "/askama.toml"), Span::call_site());
    // what is wrong in the template is reported at its name
    quote_spanned! {
        paths::at(path)=>
        #[derive(::rdj::__private::askama::Template)]
        #[template(path = #path, config = #config, askama = ::rdj::__private::askama)]
    }
}

/// One marker type for each field: an error in a field's type is reported once, there.
fn expand_slots(page: &Page) -> TokenStream {
    let rt = paths::runtime();
    let ident = &page.ident;
    let state_fields = page.states.iter().map(|field| expand_state(page, field));
    let param_fields = page.params.iter().map(|field| expand_param(page, field));
    let states = page.states.iter().map(|field| paths::marker(&field.ident));
    let params = page.params.iter().map(|field| paths::marker(&field.ident));
    let names = page
        .states
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, field)| !field.reported);
    let names = names.map(|(at, field)| expand_name_check(page, at, field));
    quote! {
        #(#state_fields)*
        #(#param_fields)*

        #[automatically_derived]
        impl #rt::page::slot::Slots for #ident {
            const STATES: &'static [#rt::page::slot::StateSlot<Self>] =
                &[#(#rt::page::slot::StateSlot::of::<#states>()),*];
            const PARAMS: &'static [#rt::page::slot::ParamSlot<Self>] =
                &[#(#rt::page::slot::ParamSlot::of::<#params>()),*];
        }

        #(#names)*
    }
}

/// Checks that the states before this one have other names on the wire.
fn expand_name_check(page: &Page, at: usize, field: &PageField) -> TokenStream {
    let owner = &page.ident;
    let span = paths::at(&field.ty);
    let rt = paths::runtime_at(span);
    let text = "another state of this page has this name on the wire: rename one of the two, or give \
                it a name with `#[app_state(name = \"..\")]`";
    quote_spanned! {span=>
        const _: () = ::core::assert!(#rt::page::slot::is_new_name::<#owner>(#at), #text);
    }
}

fn expand_state(page: &Page, field: &PageField) -> TokenStream {
    let rt = paths::runtime();
    let owner = &page.ident;
    let PageField { ident, ty, .. } = field;
    let marker = paths::marker(ident);
    quote! {
        struct #marker;

        #[automatically_derived]
        impl #rt::page::slot::StateField for #marker {
            type Page = #owner;
            type State = #ty;

            fn get(page: &#owner) -> &#ty {
                &page.#ident
            }

            fn get_mut(page: &mut #owner) -> &mut #ty {
                &mut page.#ident
            }
        }
    }
}

fn expand_param(page: &Page, field: &PageField) -> TokenStream {
    let rt = paths::runtime();
    let owner = &page.ident;
    let PageField {
        ident, name, ty, ..
    } = field;
    let marker = paths::marker(ident);
    quote! {
        struct #marker;

        #[automatically_derived]
        impl #rt::page::slot::ParamField for #marker {
            type Page = #owner;
            type Value = #ty;
            const NAME: &'static str = #name;

            fn get_mut(page: &mut #owner) -> &mut #ty {
                &mut page.#ident
            }
        }
    }
}

fn expand_default(page: &Page) -> TokenStream {
    let rt = paths::runtime();
    let ident = &page.ident;
    let states = page.states.iter().map(|PageField { ident, .. }| {
        let marker = paths::marker(ident);
        quote!(#ident: <#marker as #rt::page::slot::StateField>::empty())
    });
    let params = page.params.iter().map(|PageField { ident, .. }| {
        let marker = paths::marker(ident);
        quote!(#ident: <#marker as #rt::page::slot::ParamField>::empty())
    });
    let fields = states.chain(params);
    quote! {
        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                Self { #(#fields),* }
            }
        }
    }
}

fn expand_page(page: &Page) -> TokenStream {
    let rt = paths::runtime();
    let ident = &page.ident;
    let load = expand_load(page);
    let (files, live) = (expand_files(), expand_live());
    quote! {
        #[automatically_derived]
        impl #rt::page::Page for #ident {
            fn spec(&self) -> &'static #rt::page::PageSpec {
                <Self as #rt::page::PageType>::SPEC
            }

            fn set_params(&mut self, cx: &#rt::Cx) -> #rt::Result {
                #rt::page::slot::set_params(self, cx)
            }

            fn load<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                #load
            }

            fn lend(
                &mut self,
                state: &::core::primitive::str,
            ) -> ::core::option::Option<::std::boxed::Box<dyn #rt::page::slot::Lent>> {
                #rt::page::slot::lend(self, state)
            }

            fn swap(&mut self, state: &mut dyn ::core::any::Any) {
                #rt::page::slot::swap(self, state);
            }

            fn after_event<'a>(
                &'a mut self,
                cx: &'a #rt::Cx,
            ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
                #rt::page::slot::after_event(self, cx)
            }

            #files

            fn read_query(&mut self, query: &#rt::Entries) {
                #rt::page::slot::read_query(self, query);
            }

            fn first_state(&self) -> &'static str {
                #rt::page::slot::first_state::<Self>()
            }

            fn is_in_address(&self) -> bool {
                #rt::page::slot::is_in_address(self)
            }

            fn write_query(&self, address: &mut #rt::state::Address) {
                #rt::page::slot::write_query(self, address);
            }

            fn keep(&mut self, keeper: &mut #rt::state::Keeper) {
                #rt::page::keep(self, keeper);
            }

            #live

            fn render(
                &self,
                out: &mut ::std::string::String,
            ) -> ::rdj::__private::askama::Result<()> {
                ::rdj::__private::askama::Template::render_into(self, out)
            }
        }
    }
}

/// Files that the page gives and takes.
fn expand_files() -> TokenStream {
    let rt = paths::runtime();
    quote! {
        fn export<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            file: &'a ::core::primitive::str,
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result<#rt::page::slot::Response>> {
            #rt::page::slot::export(self, cx, file)
        }

        fn file<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            file: &'a ::core::primitive::str,
            key: &'a ::core::primitive::str,
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result<#rt::page::slot::Response>> {
            #rt::page::slot::file(self, cx, file, key)
        }

        fn longest_file(
            &self,
            field: &::core::primitive::str,
        ) -> ::core::option::Option<::core::primitive::usize> {
            #rt::page::slot::longest_file::<Self>(field)
        }

        fn import<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            state: &'a ::core::primitive::str,
            upload: #rt::form::Upload,
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
            #rt::page::slot::import(self, cx, state, upload)
        }
    }
}

/// What the page does with rows that others have changed.
fn expand_live() -> TokenStream {
    let rt = paths::runtime();
    quote! {
        fn tables(
            &self,
        ) -> ::std::vec::Vec<::std::borrow::Cow<'static, ::core::primitive::str>> {
            #rt::page::tables::<Self>()
        }

        fn is_stale(
            &self,
            changes: &#rt::live::Changes,
            since: ::core::primitive::u64,
        ) -> ::core::primitive::bool {
            #rt::page::is_stale(self, changes, since)
        }

        fn follow<'a>(
            &'a mut self,
            cx: &'a #rt::Cx,
            changes: &'a #rt::live::Changes,
            since: ::core::primitive::u64,
        ) -> #rt::dispatch::BoxFuture<'a, #rt::Result> {
            #rt::page::follow(self, cx, changes, since)
        }
    }
}

/// `on_load` of each state, or the named functions in the order they are written.
fn expand_load(page: &Page) -> TokenStream {
    let rt = paths::runtime();
    let Some(on_load) = &page.on_load else {
        return quote!(#rt::page::slot::load(self, cx));
    };
    let calls = on_load.iter().map(|OnLoad { field, function }| {
        quote!({
            #[allow(unused_imports)]
            use #rt::state::State as _;
            #rt::page::slot::on_load(#function, &mut self.#field, cx).await?;
        })
    });
    quote! {
        #rt::dispatch::boxed(async move {
            #(#calls)*
            ::core::result::Result::Ok(())
        })
    }
}
