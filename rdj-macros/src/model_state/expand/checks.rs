//! Checks of the field types, each at the user's name of the field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::super::model::ModelState;
use crate::common::paths;

/// One check for each use of a field that is not editable: `initial` checks those that are.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let module = &state.module;
    // a token that is located at the user's name but resolves here: rustc underlines the name, and
    // "go to definition" on it leads to the model's field alone
    let check = |field: &Ident, name: &str| {
        let span = paths::located(field.span());
        let assert = Ident::new(name, span);
        let call = quote_spanned!(span=> #assert::<F>(););
        quote!({ type F = #module::#field; #call })
    };
    let owner = state.owner.iter().map(|field| check(field, "assert_owner"));
    let excluded = state.excluded.iter();
    let excluded = excluded.map(|field| check(field, "assert_excludable"));
    let entity = &state.entity;
    let recorded = state.history.map(|span| {
        let assert = Ident::new("assert_recorded", paths::located(span));
        quote_spanned!(paths::located(span)=> #orm::history::#assert::<#entity>();)
    });
    quote! {
        const _: () = {
            #recorded
            #[allow(unused_imports)]
            use #orm::field::{assert_excludable, assert_owner};
            #(#excluded)*
            #(#owner)*
        };
    }
}
