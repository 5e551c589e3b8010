//! `NotesHooks`: what the user can change, and the table through which the pipeline calls it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::super::model::{Field, ModelState};
use crate::common::paths;

/// The trait.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let ModelState {
        ident, vis, hooks, ..
    } = state;
    let doc = format!(
        "What can be changed of [`{ident}`], with its defaults; see `rdj::orm::hooks` for the order. \
         Implement it, and only the methods that change something."
    );
    let missing = format!("`{{Self}}` has no hooks: `impl {hooks} for {ident} {{ .. }}`");
    let (cleans, queries, writes) = (clean(state), expand_queries(state), expand_writes(state));
    quote! {
        #[doc = #doc]
        #[diagnostic::on_unimplemented(message = #missing)]
        #vis trait #hooks: #orm::hooks::Same<#ident> + ::core::marker::Sized {
            #cleans
            #queries
            #writes
        }
    }
}

fn clean(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let module = &state.module;
    let methods = state.fields.iter().map(
        |Field {
             ident, name, clean, ..
         }| {
            let doc = format!("Changes or refuses `{name}` before it is checked and saved.");
            // spanned on the field: "type in trait" of a wrong signature leads there
            let span = paths::located(ident.span());
            let ty = quote_spanned!(span=> <#module::#ident as #orm::field::FormField>::Value);
            quote! {
                #[doc = #doc]
                ///
                /// # Errors
                ///
                /// Why the value is not taken, for the user.
                fn #clean(&self, value: #ty) -> ::core::result::Result<#ty, #rt::FieldError> {
                    ::core::result::Result::Ok(value)
                }
            }
        },
    );
    quote!(#(#methods)*)
}

fn future(output: &TokenStream) -> TokenStream {
    let rt = paths::runtime();
    quote!(impl ::core::future::Future<Output = #rt::Result<#output>> + ::core::marker::Send)
}

/// The hooks of all actions and of the list.
fn expand_queries(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let select = {
        let entity = &state.entity;
        quote!(#orm::sea_orm::Select<#entity>)
    };
    let (unit, query) = (future(&quote!(())), future(&select));
    let this = quote!(<Self as #orm::hooks::Same<_>>::state(self));
    let base = quote!(#orm::hooks::base);
    quote! {
        /// Lets an action pass or not: by default everybody's, with `owner_field` only those of a
        /// signed-in user.
        fn authorize(&self, cx: &#rt::Cx, action: #orm::hooks::Action) -> #unit {
            #base::authorize(#this, cx, action)
        }

        /// The query that all others start from: all rows by default. `owner_field` is added to it.
        fn get_queryset(&self, cx: &#rt::Cx) -> #query {
            #base::get_queryset(#this, cx)
        }

        /// Narrows the scope: rows that do not pass do not exist for the user.
        fn filter_queryset(&self, cx: &#rt::Cx, query: #select) -> #select {
            #base::filter_queryset(#this, cx, query)
        }

        /// Narrows the list to what is searched for.
        fn apply_search(&self, cx: &#rt::Cx, query: #select) -> #select {
            #base::apply_search(#this, cx, query)
        }

        /// Orders the list.
        fn get_ordering(&self, cx: &#rt::Cx, query: #select) -> #select {
            #base::get_ordering(#this, cx, query)
        }
    }
}

/// The hooks of the form and of writing.
fn expand_writes(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let entity = &state.entity;
    let row = quote!(<#entity as #orm::sea_orm::EntityTrait>::Model);
    let active = quote!(<#entity as #orm::sea_orm::EntityTrait>::ActiveModel);
    let (unit, saved) = (future(&quote!(())), future(&row));
    let choices = future(&quote!(::std::vec::Vec<#rt::component::Choice>));
    let this = quote!(<Self as #orm::hooks::Same<_>>::state(self));
    let this_mut = quote!(<Self as #orm::hooks::Same<_>>::state_mut(self));
    let base = quote!(#orm::hooks::base);
    quote! {
        /// Fills the form with the row that is to be edited.
        fn populate_edit_state(&mut self, cx: &#rt::Cx, row: &#row) -> #unit {
            #base::populate_edit_state(#this_mut, cx, row)
        }

        /// The rows that a foreign key of the form can refer to.
        fn get_choices(
            &self,
            cx: &#rt::Cx,
            field: &#orm::field::FieldMeta,
        ) -> #choices {
            #base::get_choices(#this, cx, field)
        }

        /// Checks the form as a whole; adds errors to `errors`.
        fn validate_state(&self, cx: &#rt::Cx, errors: &mut #rt::FieldErrors) -> #unit {
            #base::validate_state(#this, cx, errors)
        }

        /// Inserts the new row. The owner is set already.
        fn perform_create(&mut self, cx: &#rt::Cx, new: #active) -> #saved {
            #base::perform_create(#this_mut, cx, new)
        }

        /// Updates the row. Only what changed is set.
        fn perform_update(&mut self, cx: &#rt::Cx, row: #active) -> #saved {
            #base::perform_update(#this_mut, cx, row)
        }

        /// Runs after a save, before the commit.
        fn on_save_success(&mut self, cx: &#rt::Cx, row: &#row) -> #unit {
            #base::on_save_success(#this_mut, cx, row)
        }

        /// Shows the errors of the form.
        fn on_state_invalid(&mut self, cx: &#rt::Cx, errors: &#rt::FieldErrors) -> #unit {
            #base::on_state_invalid(#this_mut, cx, errors)
        }

        /// Deletes the row.
        fn perform_delete(&mut self, cx: &#rt::Cx, row: #row) -> #unit {
            #base::perform_delete(#this_mut, cx, row)
        }

        /// Runs after a deletion, before the commit.
        fn on_delete_success(&mut self, cx: &#rt::Cx, row: &#row) -> #unit {
            #base::on_delete_success(#this_mut, cx, row)
        }
    }
}

/// The body of `ModelState::hooks`: the user's hooks if the trait is implemented, else the defaults.
pub(super) fn expand_table(state: &ModelState) -> TokenStream {
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
    let entries = expand_entries();
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
            };
        }

        (&#rt::dispatch::Probe::<#ident>::NEW).hooks()
    }
}

fn expand_entries() -> TokenStream {
    let rt = paths::runtime();
    let boxed = quote!(#rt::dispatch::boxed);
    quote! {
        authorize: |state, cx, action| #boxed(T::authorize(T::cast(state), cx, action)),
        get_queryset: |state, cx| #boxed(T::get_queryset(T::cast(state), cx)),
        filter_queryset: |state, cx, query| T::filter_queryset(T::cast(state), cx, query),
        apply_search: |state, cx, query| T::apply_search(T::cast(state), cx, query),
        get_ordering: |state, cx, query| T::get_ordering(T::cast(state), cx, query),
        populate_edit_state: |state, cx, row| {
            #boxed(T::populate_edit_state(T::cast_mut(state), cx, row))
        },
        get_choices: |state, cx, field| #boxed(T::get_choices(T::cast(state), cx, field)),
        validate_state: |state, cx, errors| #boxed(T::validate_state(T::cast(state), cx, errors)),
        perform_create: |state, cx, new| #boxed(T::perform_create(T::cast_mut(state), cx, new)),
        perform_update: |state, cx, row| #boxed(T::perform_update(T::cast_mut(state), cx, row)),
        on_save_success: |state, cx, row| #boxed(T::on_save_success(T::cast_mut(state), cx, row)),
        on_state_invalid: |state, cx, errors| {
            #boxed(T::on_state_invalid(T::cast_mut(state), cx, errors))
        },
        perform_delete: |state, cx, row| #boxed(T::perform_delete(T::cast_mut(state), cx, row)),
        on_delete_success: |state, cx, row| {
            #boxed(T::on_delete_success(T::cast_mut(state), cx, row))
        },
    }
}
