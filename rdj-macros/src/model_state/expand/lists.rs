//! The list's part of the constants: search, filters, related rows, pages.

use proc_macro2::{Span, TokenStream};
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
    let fields = state.search_fields.iter().filter_map(|FieldPath(path)| {
        let (last, relations) = path.split_last()?;
        let found = match relations {
            [] => quote!(#module::#last),
            _ => relation(state, path),
        };
        let steps = (1..=relations.len()).map(|length| {
            let at = at(&relations[..length]);
            let (orm, relation) = (paths::orm_at(at), relation(state, &relations[..length]));
            quote_spanned!(at=> #orm::relation::Step::of(#relation))
        });
        // a column without text is underlined, and not the path to it
        let at = paths::located(last.span());
        let here = paths::orm_at(at);
        let column = quote_spanned!(at=> #here::relation::SearchColumn::of(column));
        let name = Ident::new("column", at);
        Some(quote! {
            #orm::relation::SearchField {
                path: &[#(#steps),*],
                column: { let #name = #found; #column },
            }
        })
    });
    quote!(&[#(#fields),*])
}

/// Where the last name of a path stands.
fn at(path: &[Ident]) -> Span {
    path.last()
        .map_or_else(Span::call_site, |last| paths::located(last.span()))
}

/// What a path of relations leads to: where the next name is looked up.
fn names(state: &ModelState, path: &[Ident], at: Span) -> TokenStream {
    let orm = paths::orm_at(at);
    if path.is_empty() {
        let entity = &state.entity;
        return quote_spanned!(at=> #orm::relation::root::<#entity>());
    }
    let relation = relation(state, path);
    quote_spanned!(at=> #orm::relation::to(#relation))
}

/// What the last name of a path is. All of it is located there, and what it is put into too: a name
/// that does not fit is underlined.
fn relation(state: &ModelState, path: &[Ident]) -> TokenStream {
    let Some((last, before)) = path.split_last() else {
        return TokenStream::new();
    };
    let at = at(path);
    let names = names(state, before, at);
    quote_spanned!(at=> #names.#last())
}

/// Filters, related rows, pages and bulk actions.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let lists = &state.lists;
    let filters = filters(state);
    let related: Vec<&[Ident]> = lists.select_related.iter().map(|path| &*path.0).collect();
    let select = fetches(state, &[], &related);
    let prefetch = lists.prefetch_related.iter().map(|name| {
        let path = std::slice::from_ref(name);
        let (at, relation) = (at(path), relation(state, path));
        let orm = paths::orm_at(at);
        quote_spanned!(at=> &#orm::relation::Prefetch { relation: #relation })
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
    let module = &state.module;
    let mut all = Vec::new();
    for filter in &state.lists.filters {
        let field = &filter.field;
        let span = paths::located(field.span());
        let orm = paths::orm_at(span);
        for (name, kind) in filter.names() {
            let kind = format_ident!("{}", kind);
            let call = match filter.kind {
                Kind::Text => quote_spanned!(span=> text::<F>(#name)),
                Kind::Null => quote_spanned!(span=> null::<F>(#name)),
                Kind::Exact | Kind::Range => quote_spanned! {span=>
                    of::<F>(#name, #orm::state::FilterKind::#kind)
                },
            };
            let filter = quote_spanned!(span=> #orm::state::FilterDef::#call);
            all.push(quote!({ type F = #module::#field; #filter }));
        }
    }
    all
}

/// The related rows below a relation: one entry for each name that follows it.
fn fetches(state: &ModelState, before: &[Ident], related: &[&[Ident]]) -> TokenStream {
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
        let at = at(&here);
        let orm = paths::orm_at(at);
        quote_spanned!(at=> &#orm::relation::Fetch { relation: #relation, with: #with })
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
