//! `#[model_state]`: a state with create, read, update and delete over a model.

mod expand;
mod model;
mod names;
mod options;
mod parse;

use proc_macro2::TokenStream;
use syn::ItemStruct;

use self::model::ModelState;
use crate::{common::item::strip_fields, entry::Attribute};

/// Expands the attribute.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    const MACRO: Attribute<ItemStruct, ModelState> = Attribute {
        name: "#[model_state]",
        goes_on: "a struct",
        strip: |item| strip_fields(item, &["var"]),
        lower: model::lower,
        expand: expand::expand,
    };
    MACRO.run(args, item)
}
