//! What the attribute declares, as constants.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::super::{
    model::{Field, ModelState},
    parse::{InPlace, Picker},
};
use crate::common::paths;

pub(super) fn expand(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let ModelState {
        ident,
        entity,
        module,
        ..
    } = state;
    let spec = expand_spec(state);
    let fields = state.fields.iter().map(
        |Field {
             ident: field,
             required,
             ..
         }| {
            let required = required.then(|| quote!(.required()));
            quote!(#orm::state::FieldDef::<#ident>::of::<#module::#field>() #required)
        },
    );
    let hooks = super::table::expand(state);
    let events = super::names::expand_table(state);
    let markers = super::names::expand_markers(state);
    let inlines = super::inlines::expand_table(state);
    let validators = super::rules::expand_validators(state);
    let backend = state.backend.as_ref();
    let backend = backend.map_or_else(
        || quote!(#orm::backend::SeaOrmBackend),
        |backend| quote!(#backend),
    );
    quote! {
        #markers

        #[automatically_derived]
        impl #orm::state::ModelState for #ident {
            type Entity = #entity;
            type Backend = #backend;
            const SPEC: #orm::state::Spec<#entity> = #spec;
            const FIELDS: &'static [#orm::state::FieldDef<Self>] = &[#(#fields),*];
            const EVENTS: &'static [#orm::dispatch::GeneratedEvent<Self>] = #events;
            #inlines
            #validators

            fn core(&self) -> &#orm::state::Core<#entity> {
                &self.__core
            }

            fn core_mut(&mut self) -> &mut #orm::state::Core<#entity> {
                &mut self.__core
            }

            fn hooks() -> &'static #orm::hooks::Hooks<Self> {
                #hooks
            }

            fn event_table() -> &'static #rt::dispatch::EventTable<Self> {
                use #rt::dispatch::{HasEvents as _, NoEvents as _};
                (&#rt::dispatch::Probe::<#ident>::NEW).event_table()
            }
        }
    }
}

fn expand_spec(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let ModelState {
        module,
        model_permissions,
        reset_after_save,
        live,
        ..
    } = state;
    let ordering = state.ordering.iter().map(|order| {
        let (field, descending) = (&order.field, order.descending);
        quote!(#orm::state::Order::by::<#module::#field>(#descending))
    });
    let search = super::lists::search_fields(state);
    let lists = super::lists::expand(state);
    let excluded = state
        .excluded
        .iter()
        .map(|field| quote!(<#module::#field as #orm::field::Field>::COLUMN));
    let owner = state.owner.as_ref();
    let bypass = state.owner_bypass.as_ref().map(|guard| {
        let guard = guard.expand();
        quote!(.bypassed_by(#guard))
    });
    let owner = paths::option(
        owner.map(|field| quote!(#orm::state::Owner::of::<#module::#field>() #bypass)),
    );
    let paginate_by = paths::option(state.paginate_by.as_ref());
    let max_page_size = state
        .max_page_size
        .as_ref()
        .map_or_else(|| quote!(100), |rows| quote!(#rows));
    let ordering_fields = state
        .ordering_fields
        .iter()
        .map(|field| quote!(#orm::state::Order::by::<#module::#field>(false)));
    let list_display = state
        .list_display
        .iter()
        .map(|field| quote!(#orm::state::ListColumn::of::<#module::#field>()));
    let pickers = state
        .pickers
        .iter()
        .map(|picker| expand_picker(module, picker, &state.in_place));
    let export = expand_export(state);
    let import = state.import;
    let history = state.history.is_some();
    let names = super::names::expand_names(state);
    let actions = super::names::expand_actions(state);
    let rules = super::rules::expand(state);
    quote! {
        #orm::state::Spec {
            names: #names,
            actions: #actions,
            ordering: &[#(#ordering),*],
            search_fields: #search,
            owner: #owner,
            model_permissions: #model_permissions,
            paginate_by: #paginate_by,
            max_page_size: #max_page_size,
            ordering_fields: &[#(#ordering_fields),*],
            list_display: &[#(#list_display),*],
            exclude_from_row: &[#(#excluded),*],
            reset_after_save: #reset_after_save,
            pickers: &[#(#pickers),*],
            export: #export,
            import: #import,
            history: #history,
            lists: #lists,
            rules: #rules,
            live: #live,
        }
    }
}

/// Located at the user's state: one over another model than the field refers to is underlined there.
fn expand_picker(module: &syn::Path, picker: &Picker, in_place: &[InPlace]) -> TokenStream {
    let orm = paths::orm();
    let Picker { field, state } = picker;
    let last = state.segments.last();
    let span = paths::located(last.map_or(field.span(), |last| last.ident.span()));
    let of = quote_spanned!(span=> Picker::of::<F, S>());
    let creating = in_place
        .iter()
        .find(|own| own.field.unraw() == field.unraw());
    let creating = creating.map(|InPlace { text, .. }| {
        let name = text.unraw().to_string();
        let creating = syn::Ident::new("creating", paths::located(text.span()));
        // the picker is made before: the call is reported at its own token
        quote! {
            let picker = #of;
            picker.#creating::<F, S, _>(#name, |state: &S| &state.#text)
        }
    });
    let picker = creating.unwrap_or(of);
    quote!({
        type F = #module::#field;
        type S = #state;
        use #orm::state::Picker;
        #picker
    })
}

fn expand_export(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let (module, formulas) = (&state.module, state.export_formulas);
    paths::option(state.export.as_ref().map(|columns| {
        quote! {
            #orm::export::Export {
                columns: &[#(<#module::#columns as #orm::field::Field>::META.name),*],
                formulas: #formulas,
            }
        }
    }))
}
