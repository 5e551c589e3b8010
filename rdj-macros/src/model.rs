//! `#[derive(Model)]`: the columns of a SeaORM model as types with metadata.

mod columns;
mod expand;
mod lower;
mod parse;
mod relations;

pub(crate) use self::columns::argument;
use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Fields};

pub(crate) use self::parse::sea_orm_literals;

use crate::{common::diagnostic::Errors, entry};

/// Expands the derive.
///
/// `#[sea_orm::model]` copies derives to `Model` and to `ModelEx`: the first has the columns, the
/// second the relations too.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let item: DeriveInput = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let output = output(&item, &mut errors);
    let errors = errors.to_compile_errors();
    entry::debug(quote::quote!(#output #errors))
}

fn output(item: &DeriveInput, errors: &mut Errors) -> TokenStream {
    let Data::Struct(syn::DataStruct {
        fields: Fields::Named(fields),
        ..
    }) = &item.data
    else {
        errors.at(
            &item.ident,
            "`rdj::Model` goes on the struct `Model` of a SeaORM entity",
        );
        return TokenStream::new();
    };
    if item.ident.to_string().ends_with("Ex") {
        return relations::expand(&fields.named, errors);
    }
    match lower::lower(item, &fields.named, errors) {
        Some(model) => expand::expand(&model),
        None => TokenStream::new(),
    }
}
