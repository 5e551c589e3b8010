//! `#[page]`: an askama template over states, at a route.

mod expand;
mod model;
mod parse;
mod route;

use proc_macro2::TokenStream;
use syn::ItemStruct;

use self::model::Page;
use crate::entry::Attribute;

/// Expands the attribute.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    const MACRO: Attribute<ItemStruct, Page> = Attribute {
        name: "#[page]",
        goes_on: "a struct",
        strip: |_| {},
        lower: model::lower,
        expand: expand::expand,
    };
    MACRO.run(args, item)
}
