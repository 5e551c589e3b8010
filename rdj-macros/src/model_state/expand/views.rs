//! The default components as methods of the state: `notes.form()`, `notes.field().title()`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::model::{Field, ModelState};
use crate::common::paths;

pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let ModelState {
        ident,
        vis,
        module,
        views,
        ..
    } = state;
    let fields = state.fields.iter().map(
        |Field {
             ident: field, name, ..
         }| {
            let doc = format!("The field `{name}`.");
            quote! {
                #[doc = #doc]
                pub fn #field(&self) -> V::Out {
                    V::of::<#ident, #module::#field>(self.0)
                }
            }
        },
    );
    let methods = expand_methods(state);
    let doc = format!("The fields of [`{ident}`] for templates.");
    quote! {
        #[doc = #doc]
        #vis struct #views<'a, V>(&'a #ident, ::core::marker::PhantomData<V>);

        #[automatically_derived]
        impl<V> ::core::fmt::Debug for #views<'_, V> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::stringify!(#views))
            }
        }

        #[automatically_derived]
        impl<V: #orm::view::FieldAs> #views<'_, V> { #(#fields)* }

        #[automatically_derived]
        impl #ident { #methods }
    }
}

fn expand_methods(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let ModelState {
        ident,
        views,
        entity,
        vis,
        ..
    } = state;
    let view = |kind: TokenStream| quote!(#views<'_, #orm::view::#kind>);
    let (field, bind, text) = (
        view(quote!(AsField)),
        view(quote!(AsAttributes)),
        view(quote!(AsText)),
    );
    let components = expand_components(state);
    let accessors = super::names::expand_accessors(state);
    quote! {
        /// Whole fields with label, control, help and error: `{{ state.field().name() }}`.
        #vis fn field(&self) -> #field {
            #views(self, ::core::marker::PhantomData)
        }

        /// The attributes of bare controls: `<input {{ state.bind().name() }}>`.
        #vis fn bind(&self) -> #bind {
            #views(self, ::core::marker::PhantomData)
        }

        /// The content of bare text areas.
        #vis fn text(&self) -> #text {
            #views(self, ::core::marker::PhantomData)
        }

        #components

        #accessors

        /// The address of the file that a row has in a column: none where it has none.
        #vis fn file_url<F>(
            &self,
            row: &<#entity as #orm::sea_orm::EntityTrait>::Model,
            column: F,
        ) -> ::core::option::Option<::std::string::String>
        where
            F: #orm::field::Field<Entity = #entity>,
        {
            #orm::view::file_url::<#ident, F>(row, column)
        }

        /// The identity of a row for its element: `<li {{ state.key(row.id) }}>`.
        #vis fn key(
            &self,
            key: impl #rt::dispatch::Arg<<#entity as #orm::model::CrudModel>::Key>,
        ) -> #rt::component::KeyAttribute {
            #orm::view::key::<#ident>(&key)
        }
    }
}

/// The components of what the state has.
fn expand_components(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let vis = &state.vis;
    let form = state.actions.save().then(|| {
        quote! {
            /// The whole form.
            #vis fn form(&self) -> #rt::component::FormView<'_> {
                #orm::view::form(self)
            }
        }
    });
    let table = state.actions.list.then(|| {
        quote! {
            /// The table of the rows.
            #vis fn table(&self) -> #rt::component::TableView<'_> {
                #orm::view::table(self)
            }
        }
    });
    let pagination = state.names.has("next_page").then(|| {
        quote! {
            /// Previous, next and the number of pages.
            #vis fn pagination(&self) -> #rt::component::PaginationView {
                #orm::view::pagination(self)
            }
        }
    });
    let search = state.names.has("set_search").then(|| {
        quote! {
            /// The search form.
            #vis fn search(&self) -> #rt::component::SearchView<'_> {
                #orm::view::search(self)
            }
        }
    });
    let export = state.export.is_some().then(|| {
        quote! {
            /// The address of the list as a file: `csv` or `json`.
            #vis fn export_url(&self, format: &::core::primitive::str) -> ::std::string::String {
                #orm::export::url::<Self>(format)
            }
        }
    });
    let import = state.import.then(|| {
        quote! {
            /// The form that takes a file with rows, and what was found in one.
            #vis fn import_form(&self) -> #rt::component::ImportView<'_> {
                #orm::import::view(self)
            }
        }
    });
    let history = expand_history(state);
    let rows = state.serializer.as_ref().map(|serializer| {
        let doc = "The rows of the page that is shown, as the serializer writes them.";
        quote! {
            #[doc = #doc]
            #vis fn serialized(
                &self,
            ) -> ::std::vec::Vec<<#serializer as #orm::serializer::Serializer>::Row> {
                <#serializer as #orm::serializer::FlatSerializer>::many(&self.__core.data)
            }
        }
    });
    let many = expand_lists(state);
    quote!(#form #table #pagination #search #many #export #import #history #rows)
}

fn expand_lists(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let vis = &state.vis;
    let filters = state.names.has("set_filter").then(|| {
        quote! {
            /// The controls of the declared filters.
            #vis fn filters(&self) -> #rt::component::FiltersView {
                #orm::view::filters(self)
            }
        }
    });
    let bulk = state.names.has("bulk_action").then(|| {
        quote! {
            /// The actions for selected rows.
            #vis fn bulk(&self) -> #rt::component::BulkView {
                #orm::view::bulk(self)
            }
        }
    });
    quote!(#filters #bulk)
}

fn expand_history(state: &ModelState) -> Option<TokenStream> {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let vis = &state.vis;
    state.history.map(|_| {
        quote! {
            /// What was changed in a row, or what shows it for the row that is edited.
            #vis fn history(&self) -> #rt::component::HistoryView {
                #orm::view::history(self)
            }
        }
    })
}
