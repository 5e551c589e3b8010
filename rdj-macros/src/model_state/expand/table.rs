//! The table through which the pipeline calls the hooks.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::super::model::{Field, ModelState};
use crate::common::paths;

/// The body of `ModelState::hooks`: the user's hooks if the trait is implemented, else the defaults.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let ModelState {
        ident,
        hooks,
        module,
        ..
    } = state;
    let cleans = state.fields.iter().map(|Field { ident: field, clean, .. }| {
        quote! {
            #orm::hooks::clean_field::<#ident, #module::#field, _>(state, errors, |state, value| {
                T::#clean(T::cast(state), value)
            });
        }
    });
    let (entries, overridden) = (expand_entries(), expand_overridden(ident));
    quote! {
        use #orm::hooks::NoHooks as _;

        trait Custom {
            fn hooks(&self) -> &'static #orm::hooks::Hooks<#ident>;
        }

        impl<T: Table> Custom for #rt::dispatch::Probe<T> {
            fn hooks(&self) -> &'static #orm::hooks::Hooks<#ident> {
                T::TABLE
            }
        }

        trait Table: 'static {
            const TABLE: &'static #orm::hooks::Hooks<#ident>;
        }

        impl<T: #hooks + #orm::hooks::Same<#ident> + ::core::marker::Send + ::core::marker::Sync + 'static> Table for T {
            const TABLE: &'static #orm::hooks::Hooks<#ident> = &#orm::hooks::Hooks {
                clean: |state, errors| { #(#cleans)* },
                #entries
                #overridden
            };
        }

        (&#rt::dispatch::Probe::<#ident>::NEW).hooks()
    }
}

/// Which hooks are the user's.
fn expand_overridden(state: &Ident) -> TokenStream {
    let orm = paths::orm();
    let hooks = quote!(#orm::hooks);
    let is_own = |name: &str| {
        let name = Ident::new(name, Span::call_site());
        quote! {
            !#hooks::is_default(
                ::core::marker::PhantomData::<T>,
                T::#name,
                #hooks::base::#name::<#state>,
            )
        }
    };
    let (create, success) = (is_own("perform_create"), is_own("on_save_success"));
    let (update, choices) = (is_own("perform_update"), is_own("get_choices"));
    quote! {
        overridden: || #hooks::Overridden {
            create: #create || #success,
            update: #update,
            choices: #choices,
        },
    }
}

fn expand_entries() -> TokenStream {
    let rt = paths::runtime();
    let boxed = quote!(#rt::dispatch::boxed);
    quote! {
        setup: |state, cx, action| #boxed(T::setup(T::cast_mut(state), cx, action)),
        teardown: |state, cx, action| {
            #boxed(T::teardown(T::cast_mut(state), cx, action))
        },
        handle_error: |state, cx, action, error| {
            #boxed(T::handle_error(T::cast_mut(state), cx, action, error))
        },
        authorize: |state, cx, action| #boxed(T::authorize(T::cast(state), cx, action)),
        has_object_permission: |state, cx, action, row| {
            #boxed(T::has_object_permission(T::cast(state), cx, action, row))
        },
        get_queryset: |state, cx| #boxed(T::get_queryset(T::cast(state), cx)),
        filter_queryset: |state, cx, query| T::filter_queryset(T::cast(state), cx, query),
        apply_search: |state, cx, query| T::apply_search(T::cast(state), cx, query),
        get_ordering: |state, cx, query| T::get_ordering(T::cast(state), cx, query),
        paginate_queryset: |state, cx, query| {
            #boxed(T::paginate_queryset(T::cast(state), cx, query))
        },
        on_page_change: |state, cx, page| #boxed(T::on_page_change(T::cast_mut(state), cx, page)),
        populate_edit_state: |state, cx, row| {
            #boxed(T::populate_edit_state(T::cast_mut(state), cx, row))
        },
        get_choices: |state, cx, field| #boxed(T::get_choices(T::cast(state), cx, field)),
        on_state_field_change: |state, cx, field| {
            #boxed(T::on_state_field_change(T::cast_mut(state), cx, field))
        },
        validate_state: |state, cx, errors| #boxed(T::validate_state(T::cast(state), cx, errors)),
        full_clean: |state, cx, row, errors| {
            #boxed(T::full_clean(T::cast(state), cx, row, errors))
        },
        on_state_valid: |state, cx, row| #boxed(T::on_state_valid(T::cast_mut(state), cx, row)),
        before_save: |state, cx, row, insert| {
            #boxed(T::before_save(T::cast_mut(state), cx, row, insert))
        },
        perform_create: |state, cx, new| #boxed(T::perform_create(T::cast_mut(state), cx, new)),
        perform_update: |state, cx, row| #boxed(T::perform_update(T::cast_mut(state), cx, row)),
        on_save_success: |state, cx, row| #boxed(T::on_save_success(T::cast_mut(state), cx, row)),
        on_state_invalid: |state, cx, errors| {
            #boxed(T::on_state_invalid(T::cast_mut(state), cx, errors))
        },
        before_delete: |state, cx, row| #boxed(T::before_delete(T::cast_mut(state), cx, row)),
        perform_delete: |state, cx, row| #boxed(T::perform_delete(T::cast_mut(state), cx, row)),
        on_delete_success: |state, cx, row| {
            #boxed(T::on_delete_success(T::cast_mut(state), cx, row))
        },
    }
}
