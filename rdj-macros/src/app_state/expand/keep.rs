//! What a state takes along to another process.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::Type;

use super::{
    super::model::{AppState, Var},
    has_form,
};
use crate::common::paths;

/// Names each variable once.
pub(super) fn expand(state: &AppState) -> TokenStream {
    let rt = paths::runtime();
    let vars = expand_vars(&state.vars);
    let form = has_form(state).then(|| quote!(#rt::state::vars::keep(self, keeper);));
    let keeper = if vars.is_empty() && form.is_none() {
        quote!(_)
    } else {
        quote!(keeper)
    };
    quote! {
        fn keep(&mut self, #keeper: &mut #rt::state::Keeper) {
            #vars
            #form
        }
    }
}

/// The variables that are neither in the address nor in the table of those that a form can edit.
pub(crate) fn expand_vars(vars: &[Var]) -> TokenStream {
    let rt = paths::runtime();
    let kept = vars.iter().filter(|var| {
        let elsewhere = var.bind || var.query;
        !elsewhere && !var.transient
    });
    let kept = kept.map(|var| {
        let Var {
            ident,
            name,
            ty,
            cfg,
            ..
        } = var;
        if has_reference(ty) {
            return quote!(#(#cfg)* keeper.refuse(););
        }
        quote! {
            #(#cfg)*
            (&mut #rt::state::keep::Slot(&mut self.#ident)).keep(#name, keeper);
        }
    });
    let kept = kept.collect::<TokenStream>();
    if kept.is_empty() {
        return kept;
    }
    quote! {
        use #rt::state::keep::{Keeps as _, Refuses as _};
        #kept
    }
}

/// Whether a type borrows: such a value is read from nowhere, and asking the compiler for a way is an
/// error already.
fn has_reference(ty: &Type) -> bool {
    fn any(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Punct(punct) => punct.as_char() == '&',
            TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(ty.to_token_stream())
}
