//! `#[derive(Serializer)]`: rows of a model for readers that are no templates.

mod expand;
mod format;
mod model;
mod parse;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{common::diagnostic::Errors, entry};

/// Expands the derive.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let item: DeriveInput = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let output = model::lower(&item, &mut errors).map(|model| expand::expand(&model));
    let errors = errors.to_compile_errors();
    entry::debug(quote::quote!(#output #errors))
}
