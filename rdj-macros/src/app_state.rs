//! `#[app_state]`: a struct of variables that a page shows and events change.

mod expand;
mod model;
mod parse;

use proc_macro2::TokenStream;
use syn::ItemStruct;

use self::model::AppState;
pub(crate) use self::{
    expand::{VarTable, expand_vars, initial, strip_default},
    model::{Var, name, refuse_default, vars},
};
use crate::{common::item::strip_fields, entry::Attribute};

/// Expands the attribute.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    const MACRO: Attribute<ItemStruct, AppState> = Attribute {
        name: "#[app_state]",
        goes_on: "a struct",
        strip: |item| strip_fields(item, &["var"]),
        lower: model::lower,
        expand: expand::expand,
    };
    MACRO.run(args, item)
}
