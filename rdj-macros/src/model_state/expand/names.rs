//! What the names and the actions become: constants, marker traits, accessors and handles.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Ident, LitStr};

use super::super::{
    model::ModelState,
    names::{Event, Variable},
};
use crate::common::paths;

/// The value of `Spec::names`.
pub(super) fn expand_names(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let names = state.names.vars.iter().map(|Variable { fact, name, .. }| {
        let text = text(name);
        let value = match *fact {
            "form_reset" => paths::option(state.names.resets_form.then_some(text)),
            _ => text.into_token_stream(),
        };
        let fact = format_ident!("{fact}");
        quote!(#fact: #value)
    });
    quote!(#orm::state::Names { #(#names),* })
}

/// The value of `Spec::actions`.
pub(super) fn expand_actions(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let actions = state.actions;
    let (list, create) = (actions.list, actions.create);
    let (update, delete) = (actions.update, actions.delete);
    quote! {
        #orm::state::Actions { list: #list, create: #create, update: #update, delete: #delete }
    }
}

/// The value of `ModelState::EVENTS`.
pub(super) fn expand_table(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let existing = state.names.events.iter().filter(|event| event.exists);
    let events = existing.map(|Event { handler, names, .. }| {
        let handler = format_ident!("{handler}");
        let names = names.iter().map(text);
        quote!(#orm::dispatch::GeneratedEvent::#handler(&[#(#names),*]))
    });
    quote!(&[#(#events),*])
}

/// The traits that say what the state has.
pub(super) fn expand_markers(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let ident = &state.ident;
    let markers = [
        ("Lists", state.actions.list),
        ("Creates", state.actions.create),
        ("Updates", state.actions.update),
        ("Saves", state.actions.save()),
        ("Deletes", state.actions.delete),
        ("Pages", state.names.has("next_page")),
        ("Searches", state.names.has("set_search")),
        ("Orders", state.names.has("set_ordering")),
        ("HasHistory", state.history.is_some()),
        ("Filters", state.names.has("set_filter")),
        ("Selects", state.names.has("bulk_action")),
        ("DeletesSelected", state.names.has("delete_selected")),
        ("Canonical", state.names.canonical),
    ];
    let markers = markers.into_iter().filter(|(_, has)| *has);
    let impls = markers.map(|(marker, _)| {
        let marker = format_ident!("{marker}");
        quote! {
            #[automatically_derived]
            impl #orm::state::#marker for #ident {}
        }
    });
    quote!(#(#impls)*)
}

/// `notes.notes()`, `notes.notes_error()`: the variables whose names are not those of `Core`.
pub(super) fn expand_accessors(state: &ModelState) -> TokenStream {
    let renamed = state.names.vars.iter().filter(|var| var.is_renamed());
    let renamed = renamed.map(|var| (&var.name, var.core));
    let alias = state.names.field_errors.iter();
    let all = renamed.chain(alias.map(|alias| (alias, "field_errors")));
    let accessors = all.map(|(name, core)| expand_accessor(state, name, core));
    quote!(#(#accessors)*)
}

fn expand_accessor(state: &ModelState, name: &Ident, core: &str) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let (vis, entity) = (&state.vis, &state.entity);
    let ty = match core {
        "data" => quote!(&[<#entity as #orm::sea_orm::EntityTrait>::Model]),
        "error" => quote!(&#rt::i18n::Text),
        "field_errors" => quote!(&#rt::FieldErrors),
        "editing_id" => quote! {
            &::core::option::Option<<#entity as #orm::model::CrudModel>::Key>
        },
        "search" | "ordering" => quote!(&::core::primitive::str),
        _ => quote!(::core::primitive::u64),
    };
    let borrow = ty.to_string().starts_with('&').then(|| quote!(&));
    let doc =
        format!("The variable [`{core}`](::rdj::orm::Core::{core}) by its name in this state.");
    let field = format_ident!("{core}");
    quote! {
        #[doc = #doc]
        #vis fn #name(&self) -> #ty {
            #borrow self.__core.#field
        }
    }
}

/// The handles of events whose names are not those of their handlers: `notes.on_submit().save_note()`.
pub(super) fn expand_handles(state: &ModelState) -> TokenStream {
    let existing = state.names.events.iter().filter(|event| event.exists);
    let handles = existing.flat_map(|event| {
        let named = event.names.iter().filter(|name| *name != event.handler);
        named.map(|name| expand_handle(state, event.handler, name))
    });
    quote!(#(#handles)*)
}

fn expand_handle(state: &ModelState, handler: &str, name: &Ident) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let entity = &state.entity;
    let doc = format!("Sends the event of [`handlers::{handler}`](::rdj::handlers::{handler}).");
    let event = text(name);
    let arg = match handler {
        "delete" => Some(quote!(<#entity as #orm::model::CrudModel>::Key)),
        "set_ordering" => Some(quote!(::std::string::String)),
        _ => None,
    };
    let (param, call) = match arg {
        Some(ty) => (
            Some(quote!(, value: impl #rt::dispatch::Arg<#ty>)),
            quote!(call_with::<#ty>(#event, &value)),
        ),
        None => (None, quote!(call(#event))),
    };
    quote! {
        #[doc = #doc]
        pub fn #name(&self #param) -> #rt::dispatch::Binding {
            self.0.on().#call
        }
    }
}

/// A name as text, at the user's token.
fn text(name: &Ident) -> LitStr {
    LitStr::new(&name.to_string(), name.span())
}
