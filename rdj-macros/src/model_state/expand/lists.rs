//! The list's part of the constants: search, filters, related rows, pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, ext::IdentExt};

use super::super::{
    model::ModelState,
    parse::{FieldPath, Kind},
};
use crate::common::paths;

/// The columns that the search looks into.
pub(super) fn search_fields(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let module = &state.module;
    let fields = state.search_fields.iter().map(|FieldPath(path)| {
        let (last, relations) = match path.split_last() {
            Some((last, [])) => (quote!(#module::#last), &[][..]),
            Some((last, relations)) => {
                let names = names(state, relations);
                (quote!(#names.#last()), relations)
            }
            None => return TokenStream::new(),
        };
        let steps = (1..=relations.len()).map(|length| {
            let relation = relation(state, &relations[..length]);
            quote!(#orm::relation::Step::of(#relation))
        });
        let span = path
            .last()
            .map_or_else(proc_macro2::Span::call_site, |last| {
                paths::located(last.span())
            });
        let column = quote_spanned!(span=> of(#last));
        quote! {
            #orm::relation::SearchField {
                path: &[#(#steps),*],
                column: #orm::relation::SearchColumn::#column,
            }
        }
    });
    quote!(&[#(#fields),*])
}

/// What a path of relations leads to: where the next name is looked up.
fn names(state: &ModelState, path: &[Ident]) -> TokenStream {
    let orm = paths::orm();
    if path.is_empty() {
        let entity = &state.entity;
        return quote!(#orm::relation::root::<#entity>());
    }
    let relation = relation(state, path);
    quote!(#orm::relation::to(#relation))
}

/// The last relation of a path.
fn relation(state: &ModelState, path: &[Ident]) -> TokenStream {
    let Some((last, before)) = path.split_last() else {
        return TokenStream::new();
    };
    let names = names(state, before);
    quote!(#names.#last())
}

/// Filters, related rows, pages and bulk actions.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let lists = &state.lists;
    let filters = filters(state);
    let related: Vec<&[Ident]> = lists.select_related.iter().map(|path| &*path.0).collect();
    let select = fetches(state, &[], &related);
    let prefetch = lists.prefetch_related.iter().map(|name| {
        let relation = relation(state, std::slice::from_ref(name));
        quote!(&#orm::relation::Prefetch { relation: #relation })
    });
    let keyset = lists.keyset;
    // counting costs what such pages save
    let count = lists.count.unwrap_or(!keyset);
    let actions = lists
        .bulk_actions
        .iter()
        .map(|name| name.unraw().to_string());
    quote! {
        #orm::state::ListSpec {
            filters: &[#(#filters),*],
            select_related: #select,
            prefetch_related: &[#(#prefetch),*],
            keyset: #keyset,
            count: #count,
            bulk_actions: &[#(#actions),*],
        }
    }
}

fn filters(state: &ModelState) -> Vec<TokenStream> {
    let orm = paths::orm();
    let module = &state.module;
    let mut all = Vec::new();
    for filter in &state.lists.filters {
        let field = &filter.field;
        let span = paths::located(field.span());
        for (name, kind) in filter.names() {
            let kind = format_ident!("{}", kind);
            let call = match filter.kind {
                Kind::Text => quote_spanned!(span=> text::<#module::#field>(#name)),
                Kind::Null => quote_spanned!(span=> null::<#module::#field>(#name)),
                Kind::Exact | Kind::Range => quote_spanned! {span=>
                    of::<#module::#field>(#name, #orm::state::FilterKind::#kind)
                },
            };
            all.push(quote!(#orm::state::FilterDef::#call));
        }
    }
    all
}

/// The related rows below a relation: one entry for each name that follows it.
fn fetches(state: &ModelState, before: &[Ident], related: &[&[Ident]]) -> TokenStream {
    let orm = paths::orm();
    let mut heads: Vec<&Ident> = Vec::new();
    for head in related.iter().filter_map(|path| path.first()) {
        if !heads.contains(&head) {
            heads.push(head);
        }
    }
    let entries = heads.into_iter().map(|head| {
        let here = [before, std::slice::from_ref(head)].concat();
        let relation = relation(state, &here);
        let below: Vec<&[Ident]> = related
            .iter()
            .filter(|path| path.first() == Some(head))
            .filter_map(|path| path.get(1..))
            .collect();
        let with = fetches(state, &here, &below);
        quote!(&#orm::relation::Fetch { relation: #relation, with: #with })
    });
    quote!(&[#(#entries),*])
}

/// Each bulk action is an event without arguments: one that is not is reported at its name.
pub(super) fn check_actions(state: &ModelState) -> TokenStream {
    let events = &state.events;
    let actions = &state.lists.bulk_actions;
    if actions.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            #[allow(dead_code)]
            fn check(events: &#events) {
                #(let _ = events.#actions();)*
            }
        };
    }
}
