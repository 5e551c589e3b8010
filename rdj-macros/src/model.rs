//! `#[derive(Model)]`.

use proc_macro2::TokenStream;

pub(crate) fn expand(_item: TokenStream) -> TokenStream {
    TokenStream::new()
}
