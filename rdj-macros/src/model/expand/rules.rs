//! The validators of columns and of the whole row.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use super::super::{columns::Column, lower::Model};
use crate::common::paths;

/// `check` of a column with rules; nothing for one without.
pub(super) fn expand(column: &Column) -> Option<TokenStream> {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let (ty, inner) = (&column.ty, column.inner());
    let least = column
        .min
        .as_ref()
        .map(|limit| bound("at_least", &limit.text, limit.span, inner));
    let most = column
        .max
        .as_ref()
        .map(|limit| bound("at_most", &limit.text, limit.span, inner));
    let length = column
        .min_length
        .map(|least| quote!(|value| #orm::field::long_enough(value, #least)));
    let own = column.validate.iter().map(validate);
    let rules: Vec<_> = least
        .into_iter()
        .chain(most)
        .chain(length)
        .chain(own)
        .collect();
    if rules.is_empty() {
        return None;
    }
    let value = if column.nullable {
        quote!(value.as_ref())
    } else {
        quote!(::core::option::Option::Some(value))
    };
    Some(quote! {
        fn check(value: &#ty) -> ::core::result::Result<(), #rt::FieldError> {
            #orm::field::check::<#inner>(#value, &[#(#rules),*])
        }
    })
}

/// What files a column of bytes takes.
pub(super) fn expand_file(column: &Column) -> TokenStream {
    let orm = paths::orm();
    let accept = &column.accept;
    let max_size = match &column.max_size {
        Some(size) => quote!(#size),
        None => quote!(#orm::field::MAX_SIZE),
    };
    paths::option(
        column.is_bytes().then(
            || quote!(#orm::field::FileRules { max_size: #max_size, accept: &[#(#accept),*] }),
        ),
    )
}

/// A rule at the user's limit: a type that has none is underlined there.
fn bound(name: &str, text: &str, span: proc_macro2::Span, inner: &syn::Type) -> TokenStream {
    let orm = paths::orm();
    let name = syn::Ident::new(name, paths::located(span));
    quote! {
        |value| {
            use #orm::field::#name;
            #name::<#inner>(value, #text)
        }
    }
}

fn validate(path: &Path) -> TokenStream {
    let orm = paths::orm();
    quote!(|value| #orm::field::verdict(#path(value)))
}

/// `clean` of the model, where `#[rdj(clean = ..)]` names a function.
pub(super) fn expand_clean(model: &Model) -> Option<TokenStream> {
    let rt = paths::runtime();
    let clean = model.clean.as_ref()?;
    Some(quote! {
        fn clean(active: &ActiveModel, errors: &mut #rt::FieldErrors) {
            #clean(active, errors);
        }
    })
}
