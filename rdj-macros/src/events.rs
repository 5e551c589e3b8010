//! `#[events]`: the handlers of a state that a browser can call.

mod expand;
mod handler;
mod model;
mod parse;
mod upload;

use proc_macro2::TokenStream;
use syn::{ImplItem, ItemImpl, parse_quote};

use self::model::Events;
use crate::{common::item::take_attributes, entry::Attribute};

/// The attributes inside of the block.
const OURS: [&str; 6] = [
    "event",
    "upload",
    "on_load",
    "on_denied",
    "on_change",
    "computed",
];

/// Expands the attribute.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    const MACRO: Attribute<ItemImpl, Events> = Attribute {
        name: "#[events]",
        goes_on: "`impl <Name>State { .. }`",
        strip,
        lower: model::lower,
        expand: expand::expand,
    };
    MACRO.run(args, item)
}

fn strip(item: &mut ItemImpl) {
    for member in &mut item.items {
        if let ImplItem::Fn(function) = member {
            take_attributes(&mut function.attrs, &OURS);
            if function.sig.asyncness.is_some() {
                // an event is async whether it waits or not; `expect` would complain where it does
                function.attrs.push(parse_quote!(
                    #[allow(clippy::unused_async, reason = "an event is an `async fn`")]
                ));
            }
        }
    }
}
