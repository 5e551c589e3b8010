//! Where names are looked up: those of a path such as `album.title`, and of columns at run time.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::{common::paths, model::columns::Column};

/// A type with a method for each column; relations add theirs.
pub(super) fn expand(columns: &[Column]) -> TokenStream {
    let names = columns.iter().map(|Column { ident, .. }| {
        quote_spanned! {ident.span()=>
            #[doc(hidden)]
            #[must_use]
            pub const fn #ident(self) -> #ident {
                let Self = self;
                #ident
            }
        }
    });
    quote! {
        /// The columns and relations, where a path such as `album.title` is looked up.
        #[doc(hidden)]
        #[derive(Clone, Copy, Debug)]
        pub struct __Names;

        #[allow(dead_code)]
        impl __Names {
            #(#names)*
        }
    }
}

/// A column, and its value in a row, by name.
pub(super) fn expand_by_name(columns: &[Column]) -> TokenStream {
    let orm = paths::orm();
    let idents: Vec<_> = columns.iter().map(|column| &column.ident).collect();
    let names: Vec<_> = columns.iter().map(|column| &column.name).collect();
    let variants = columns.iter().map(|column| &column.variant);
    quote! {
        fn column(name: &str) -> ::core::option::Option<Column> {
            match name {
                #(#names => ::core::option::Option::Some(Column::#variants),)*
                _ => ::core::option::Option::None,
            }
        }

        fn json(
            model: &Model,
            name: &str,
            formats: #orm::serializer::Formats,
        ) -> ::core::option::Option<#orm::serializer::Json> {
            match name {
                #(#names => ::core::option::Option::Some(
                    #orm::field::json::<fields::#idents>(model, formats),
                ),)*
                _ => ::core::option::Option::None,
            }
        }

        fn text(model: &Model, name: &str) -> ::core::option::Option<::std::string::String> {
            match name {
                #(#names => ::core::option::Option::Some(
                    #orm::field::text::<fields::#idents>(model),
                ),)*
                _ => ::core::option::Option::None,
            }
        }
    }
}
