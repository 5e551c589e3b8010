//! Rows of names and values.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, ext::IdentExt};

use super::{super::model::Serializer, expand_common};
use crate::common::paths;

/// `Only(&["title"])`.
pub(super) fn names_of(kind: &str, names: &[Ident]) -> TokenStream {
    let kind = Ident::new(kind, proc_macro2::Span::call_site());
    let names = names.iter().map(|name| name.unraw().to_string());
    quote!(#kind(&[#(#names),*]))
}

/// Rows of all columns, or of all but some.
pub(super) fn expand(model: &Serializer, columns: &TokenStream, named: &[Ident]) -> TokenStream {
    let (orm, rt) = (paths::orm(), paths::runtime());
    let Serializer {
        ident,
        module,
        read_only,
        ..
    } = model;
    let common = expand_common(model);
    // each name is looked up as a type: a misspelt one is reported where it stands
    let checked = named.iter().chain(read_only);
    let read_only = read_only.iter().map(|name| name.unraw().to_string());
    quote! {
        #(const _: #module::#checked = #module::#checked;)*

        #[automatically_derived]
        impl #orm::serializer::Serializer for #ident {
            type Row = #orm::serializer::JsonRow;
            #common

            fn fields() -> ::std::vec::Vec<#orm::serializer::SerialField> {
                #orm::serializer::json_fields::<Self>(
                    #orm::serializer::Columns::#columns,
                    &[#(#read_only),*],
                )
            }

            async fn load(
                _: &#orm::Db,
                models: &[#orm::serializer::Source<Self>],
            ) -> #rt::Result<::std::vec::Vec<Self::Row>> {
                ::core::result::Result::Ok(<Self as #orm::serializer::FlatSerializer>::many(models))
            }
        }

        #[automatically_derived]
        impl #orm::serializer::FlatSerializer for #ident {
            fn one(model: &#orm::serializer::Source<Self>) -> Self::Row {
                #orm::serializer::json_row::<Self>(model, #orm::serializer::Columns::#columns)
            }
        }
    }
}

/// Rows of these names and values, which may be those of many-to-many relations.
///
/// The lifetime of each bound leaves the question to those who ask for the impl: without it a relation
/// among the fields would be a mistake of its own.
pub(super) fn expand_named(model: &Serializer, fields: &[Ident]) -> TokenStream {
    let (orm, rt) = (paths::orm(), paths::runtime());
    let Serializer {
        ident,
        module,
        read_only,
        ..
    } = model;
    let common = expand_common(model);
    let only = names_of("Only", fields);
    let names: Vec<_> = fields.iter().map(|name| name.unraw().to_string()).collect();
    let facts = fields.iter().zip(&names).map(|(field, name)| {
        let read_only = read_only.contains(field);
        quote!(#orm::serializer::SerialField::of::<#module::#field>(#name, #read_only))
    });
    let list = quote!(&[#(#names),*]);
    let entity = &model.entity;
    let in_rows = fields.iter().map(|field| {
        let value = quote!(<#module::#field as #orm::field::FormField>::Value);
        quote!(for<'row> #module::#field: #orm::serializer::InRow<#entity, #value>)
    });
    let checked = fields.iter().chain(read_only);
    quote! {
        #(const _: #module::#checked = #module::#checked;)*

        #[automatically_derived]
        impl #orm::serializer::Serializer for #ident {
            type Row = #orm::serializer::JsonRow;
            #common

            fn fields() -> ::std::vec::Vec<#orm::serializer::SerialField> {
                #orm::serializer::json_fields_of::<Self::Entity>(#list, ::std::vec![#(#facts),*])
            }

            async fn load(
                db: &#orm::Db,
                models: &[#orm::serializer::Source<Self>],
            ) -> #rt::Result<::std::vec::Vec<Self::Row>> {
                let row = |model| {
                    #orm::serializer::json_row::<Self>(model, #orm::serializer::Columns::#only)
                };
                let mut rows: ::std::vec::Vec<_> = models.iter().map(row).collect();
                #(
                    #orm::serializer::json_links::<#module::#fields>(db, models, &mut rows, #list)
                        .await?;
                )*
                ::core::result::Result::Ok(rows)
            }
        }

        #[automatically_derived]
        impl #orm::serializer::FlatSerializer for #ident
        where
            #(#in_rows,)*
        {
            fn one(model: &#orm::serializer::Source<Self>) -> Self::Row {
                #orm::serializer::json_row::<Self>(model, #orm::serializer::Columns::#only)
            }
        }
    }
}
