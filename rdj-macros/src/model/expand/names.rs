//! Where the names of a path such as `album.title` are looked up.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::model::columns::Column;

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
