//! The output of `#[derive(Serializer)]`: calls into the library, one for each field.

mod json;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, ext::IdentExt, spanned::Spanned};

use super::model::{From, RowField, Rows, Serializer};
use crate::common::paths;

/// Writes the impls.
pub(super) fn expand(model: &Serializer) -> TokenStream {
    let rows = match &model.rows {
        Rows::Typed(fields) => expand_typed(model, fields),
        Rows::All => json::expand(model, &quote!(All), &[]),
        Rows::Only(names) => json::expand_named(model, names),
        Rows::Except(names) => json::expand(model, &json::names_of("Except", names), names),
    };
    quote! {
        const _: () = {
            #rows
        };
    }
}

/// The items that both kinds have.
fn expand_common(model: &Serializer) -> TokenStream {
    let orm = paths::orm();
    let entity = &model.entity;
    let format = |given: Option<&syn::LitStr>, name: &str| {
        let name = Ident::new(name, proc_macro2::Span::call_site());
        given.map_or_else(
            || quote!(#orm::serializer::Formats::DEFAULT.#name),
            |format| quote!(::core::option::Option::Some(#format)),
        )
    };
    let date = format(model.date_format.as_ref(), "date");
    let datetime = format(model.datetime_format.as_ref(), "datetime");
    quote! {
        type Entity = #entity;
        const FORMATS: #orm::serializer::Formats = #orm::serializer::Formats {
            date: #date,
            datetime: #datetime,
        };
    }
}

/// Rows of the struct itself.
fn expand_typed(model: &Serializer, fields: &[RowField]) -> TokenStream {
    let (orm, rt) = (paths::orm(), paths::runtime());
    let ident = &model.ident;
    let common = expand_common(model);
    let facts = fields.iter().map(|field| expand_facts(model, field));
    let is_nested =
        |field: &RowField| matches!(field.from, From::Parent { .. } | From::Children { .. });
    let flat = if fields.iter().any(is_nested) {
        TokenStream::new()
    } else {
        expand_flat(model, fields)
    };
    let is_loaded = |field: &RowField| is_nested(field) || matches!(field.from, From::Keys(_));
    let load = if fields.iter().any(is_loaded) {
        expand_load(model, fields)
    } else {
        quote!(::core::result::Result::Ok(<Self as #orm::serializer::FlatSerializer>::many(models)))
    };
    let list = expand_list(model, fields);
    let serde = expand_serde(model, fields);
    quote! {
        #[automatically_derived]
        impl #orm::serializer::Serializer for #ident {
            type Row = Self;
            #common

            fn fields() -> ::std::vec::Vec<#orm::serializer::SerialField> {
                ::std::vec![#(#facts),*]
            }

            async fn load(
                db: &#orm::Db,
                models: &[#orm::serializer::Source<Self>],
            ) -> #rt::Result<::std::vec::Vec<Self>> {
                let _ = db;
                #load
            }

            #list
        }

        #flat
        #serde
    }
}

fn expand_facts(model: &Serializer, field: &RowField) -> TokenStream {
    let orm = paths::orm();
    let (name, module) = (&field.name, &model.module);
    let (From::Column(column) | From::Keys(column)) = &field.from else {
        return quote!(#orm::serializer::SerialField::derived(#name));
    };
    let read_only = model.read_only.iter().any(|own| own.unraw() == name);
    quote!(#orm::serializer::SerialField::of::<#module::#column>(#name, #read_only))
}

/// The value of a field that needs only the model's row.
fn own_value(model: &Serializer, field: &RowField) -> TokenStream {
    let orm = paths::orm();
    let module = &model.module;
    match &field.from {
        From::Column(column) => {
            let value = quote!(<#module::#column as #orm::field::Field>::get(model));
            typed(field, &quote!(::core::clone::Clone::clone(#value)))
        }
        From::Keys(name) => {
            let (entity, ty) = (&model.entity, &field.ty);
            quote!(<#module::#name as #orm::serializer::InRow<#entity, #ty>>::in_row(model))
        }
        From::Computed(path) => typed(field, &quote!(#path(model))),
        From::Parent { key, optional, .. } => {
            let ident = &field.ident;
            if *optional {
                quote!(#ident.get::<#module::#key>(model))
            } else {
                quote!(#ident.one::<#module::#key>(model)?)
            }
        }
        From::Children { key, .. } => {
            let ident = &field.ident;
            quote!(#ident.take::<#key, _>(model))
        }
    }
}

/// A value that is reported at the field's type where it is of another one.
fn typed(field: &RowField, value: &TokenStream) -> TokenStream {
    let it = Ident::new("value", paths::at(&field.ty));
    quote!({ let #it = #value; #it })
}

fn expand_flat(model: &Serializer, fields: &[RowField]) -> TokenStream {
    let orm = paths::orm();
    let ident = &model.ident;
    let names = fields.iter().map(|field| &field.ident);
    let values = fields.iter().map(|field| own_value(model, field));
    let (module, entity) = (&model.module, &model.entity);
    // as for rows of names and values
    let in_rows = fields
        .iter()
        .filter_map(|field| match (&field.from, &field.ty) {
            (From::Keys(name), ty) => {
                Some(quote!(for<'row> #module::#name: #orm::serializer::InRow<#entity, #ty>))
            }
            _ => None,
        });
    let in_rows = quote!(#(#in_rows,)*);
    quote! {
        #[automatically_derived]
        impl #orm::serializer::FlatSerializer for #ident
        where
            #in_rows
        {
            fn one(model: &#orm::serializer::Source<Self>) -> Self {
                Self { #(#names: #values,)* }
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<&#orm::serializer::Source<#ident>> for #ident
        where
            #in_rows
        {
            fn from(model: &#orm::serializer::Source<#ident>) -> Self {
                <Self as #orm::serializer::FlatSerializer>::one(model)
            }
        }
    }
}

/// Loads the related rows, then puts each row together.
fn expand_load(model: &Serializer, fields: &[RowField]) -> TokenStream {
    let (module, entity) = (&model.module, &model.entity);
    let (db, models) = (quote!(db), quote!(models));
    let loads = fields.iter().filter_map(|field| {
        let ident = &field.ident;
        // located at the key: one that refers to nothing is underlined there
        match &field.from {
            From::Parent { key, row, .. } => {
                let orm = paths::orm_at(paths::at(key));
                let call = quote_spanned!(paths::at(key)=>
                    #orm::serializer::parents::<F, S>(#db, #models).await?
                );
                Some(quote! {
                    let #ident = {
                        type F = #module::#key;
                        type S = #row;
                        #call
                    };
                })
            }
            From::Children { key, row } => {
                let orm = paths::orm_at(paths::at(key));
                let call = quote_spanned!(paths::at(key)=>
                    #orm::serializer::children::<F, S, P>(#db, #models).await?
                );
                Some(quote! {
                    let mut #ident = {
                        type F = #key;
                        type S = #row;
                        type P = #entity;
                        #call
                    };
                })
            }
            From::Keys(name) => {
                let orm = paths::orm();
                Some(quote! {
                    let mut #ident = #orm::serializer::links::<#module::#name>(#db, #models).await?;
                })
            }
            From::Column(_) | From::Computed(_) => None,
        }
    });
    let names = fields.iter().map(|field| &field.ident);
    let values = fields.iter().map(|field| match &field.from {
        From::Keys(_) => {
            let ident = &field.ident;
            typed(field, &quote!(#ident.take()?))
        }
        _ => own_value(model, field),
    });
    quote! {
        #(#loads)*
        let mut rows = ::std::vec::Vec::with_capacity(models.len());
        for model in models {
            rows.push(Self { #(#names: #values,)* });
        }
        ::core::result::Result::Ok(rows)
    }
}

/// Rows of columns alone read no others.
fn expand_list(model: &Serializer, fields: &[RowField]) -> TokenStream {
    let (orm, rt) = (paths::orm(), paths::runtime());
    let module = &model.module;
    let columns: Option<Vec<&Ident>> = fields
        .iter()
        .map(|field| match &field.from {
            From::Column(column) => Some(column),
            _ => None,
        })
        .collect();
    let Some(columns) = columns else {
        return TokenStream::new();
    };
    let names = fields.iter().map(|field| &field.ident);
    let values = fields.iter().zip(&columns).map(|(field, column)| {
        typed(
            field,
            &quote!(#orm::serializer::column::<#module::#column>(row)?),
        )
    });
    quote! {
        async fn list(
            query: #orm::sea_orm::Select<Self::Entity>,
            db: &#orm::Db,
        ) -> #rt::Result<::std::vec::Vec<Self>> {
            #orm::serializer::select::<Self>(
                query,
                &[#(<#module::#columns as #orm::field::Field>::COLUMN),*],
                |row| {
                    ::core::result::Result::Ok(Self {
                        #(#names: #values,)*
                    })
                },
                db,
            )
            .await
        }
    }
}

fn expand_serde(model: &Serializer, fields: &[RowField]) -> TokenStream {
    let orm = paths::orm();
    let ident = &model.ident;
    let name = ident.unraw().to_string();
    let count = fields.len();
    // the user's names: those of a located span are the macro's own
    let (this, formats) = (quote!(self), quote!(formats));
    let entries = fields.iter().map(|field| {
        let (ident, name) = (&field.ident, &field.name);
        // a type that cannot be written is reported at the type
        let value = quote_spanned! {paths::located(field.ty.span())=>
            (&#orm::serializer::Shown(&#this.#ident)).shown(#formats)
        };
        quote!(row.serialize_field(#name, &#value)?;)
    });
    quote! {
        #[automatically_derived]
        impl #orm::serializer::serde::Serialize for #ident {
            fn serialize<S: #orm::serializer::serde::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_imports)]
                use #orm::serializer::{ViaSerde as _, ViaSerial as _};
                use #orm::serializer::serde::ser::SerializeStruct as _;

                let formats = <Self as #orm::serializer::Serializer>::FORMATS;
                let _ = formats;
                let mut row = to.serialize_struct(#name, #count)?;
                #(#entries)*
                row.end()
            }
        }
    }
}
