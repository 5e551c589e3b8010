//! Child rows: their variables, and the table that the pipeline reads.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, LitInt};

use super::super::{model::ModelState, parse::Inline};
use crate::common::paths;

/// The fields of the struct.
pub(super) fn expand_fields(state: &ModelState) -> impl Iterator<Item = TokenStream> {
    let orm = paths::orm();
    state.inlines.iter().map(move |inline| {
        let Inline {
            relation, state, ..
        } = inline;
        let doc = format!("The rows of `{relation}` in the form.");
        quote! {
            #[doc = #doc]
            pub #relation: #orm::inline::Inline<#state>
        }
    })
}

/// Their values in a new state.
pub(super) fn expand_defaults(state: &ModelState) -> impl Iterator<Item = TokenStream> {
    let relations = state.inlines.iter().map(|inline| &inline.relation);
    relations.map(|relation| quote!(#relation: ::core::default::Default::default(),))
}

/// Ties each relation of the model to its variable.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let (owner, module) = (&state.ident, &state.module);
    let vars = state.inlines.iter().map(|inline| {
        let Inline {
            relation, state, ..
        } = inline;
        let limits = expand_limits(inline);
        quote! {
            #[automatically_derived]
            impl #orm::inline::InlineVar<#owner> for #module::__children::#relation {
                type State = #state;
                const LIMITS: #orm::inline::Limits = #limits;

                fn var(state: &#owner) -> &#orm::inline::Inline<#state> {
                    &state.#relation
                }

                fn var_mut(state: &mut #owner) -> &mut #orm::inline::Inline<#state> {
                    &mut state.#relation
                }
            }
        }
    });
    quote!(const _: () = { #(#vars)* };)
}

fn expand_limits(inline: &Inline) -> TokenStream {
    let orm = paths::orm();
    let count = |limit: Option<&LitInt>, default: usize| {
        limit.map_or_else(|| quote!(#default), |limit| quote!(#limit))
    };
    let min = count(inline.min.as_ref(), 0);
    let extra = count(inline.extra.as_ref(), 1);
    let max = paths::option(inline.max.as_ref());
    quote!(#orm::inline::Limits { min: #min, max: #max, extra: #extra })
}

/// The value of `ModelState::INLINES`. Located at the user's relation and state: what cannot be edited
/// in a row is underlined there.
pub(super) fn expand_table(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let module = &state.module;
    let entries = state.inlines.iter().map(|inline| {
        let relation = &inline.relation;
        let last = inline.state.segments.last();
        let span = paths::located(last.map_or(relation.span(), |last| last.ident.span()));
        let of = Ident::new("of", span);
        let call = quote_spanned!(span=> InlineDef::#of::<R>());
        quote!({ use #orm::inline::InlineDef; type R = #module::__children::#relation; #call })
    });
    quote! {
        const INLINES: &'static [#orm::inline::InlineDef<Self>] = &[#(#entries),*];
    }
}
