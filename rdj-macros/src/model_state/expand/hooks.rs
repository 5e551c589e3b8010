//! `NotesHooks`: what the user can change.

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
    let (actions, cleans) = (expand_actions(state), clean(state));
    let (queries, form) = (expand_queries(state), expand_form(state));
    let (checks, writes) = (expand_checks(state), expand_writes(state));
    quote! {
        #[doc = #doc]
        #[diagnostic::on_unimplemented(message = #missing)]
        #vis trait #hooks: #orm::hooks::Same<#ident> + ::core::marker::Sized {
            #actions
            #cleans
            #queries
            #form
            #checks
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

/// `self` as the state: shared, and for change.
fn this() -> (TokenStream, TokenStream) {
    let orm = paths::orm();
    (
        quote!(<Self as #orm::hooks::Same<_>>::state(self)),
        quote!(<Self as #orm::hooks::Same<_>>::state_mut(self)),
    )
}

/// The types of a row and of one that is written.
fn row_types(state: &ModelState) -> (TokenStream, TokenStream) {
    let orm = paths::orm();
    let entity = &state.entity;
    (
        quote!(<#entity as #orm::sea_orm::EntityTrait>::Model),
        quote!(<#entity as #orm::sea_orm::EntityTrait>::ActiveModel),
    )
}

/// The hooks around every action.
fn expand_actions(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let (row, _) = row_types(state);
    let (unit, yes) = (future(&quote!(())), future(&quote!(bool)));
    let (this, this_mut) = this();
    let base = quote!(#orm::hooks::base);
    quote! {
        /// Runs before anything else of an action.
        fn setup(&mut self, cx: &#rt::Cx, action: #orm::hooks::Action) -> #unit {
            #base::setup(#this_mut, cx, action)
        }

        /// Runs after everything else of an action, also after one that failed.
        fn teardown(
            &mut self,
            cx: &#rt::Cx,
            action: #orm::hooks::Action,
        ) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send {
            #base::teardown(#this_mut, cx, action)
        }

        /// Takes an action's error: passes it on, or another one, or ends the action quietly.
        fn handle_error(
            &mut self,
            cx: &#rt::Cx,
            action: #orm::hooks::Action,
            error: #rt::Error,
        ) -> #unit {
            #base::handle_error(#this_mut, cx, action, error)
        }

        /// Lets an action pass or not: by default everybody's, with `owner_field` only those of a
        /// signed-in user.
        fn authorize(&self, cx: &#rt::Cx, action: #orm::hooks::Action) -> #unit {
            #base::authorize(#this, cx, action)
        }

        /// Whether the user may do this with this row: to edit, to update or to delete it.
        fn has_object_permission(
            &self,
            cx: &#rt::Cx,
            action: #orm::hooks::Action,
            row: &#row,
        ) -> #yes {
            #base::has_object_permission(#this, cx, action, row)
        }
    }
}

/// The hooks of the list.
fn expand_queries(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let entity = &state.entity;
    let select = quote!(#orm::sea_orm::Select<#entity>);
    let (unit, query) = (future(&quote!(())), future(&select));
    let page = future(&quote!(#orm::hooks::Page<#entity>));
    let (this, this_mut) = this();
    let base = quote!(#orm::hooks::base);
    quote! {
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

        /// Loads the page of rows that is shown.
        fn paginate_queryset(&self, cx: &#rt::Cx, query: #select) -> #page {
            #base::paginate_queryset(#this, cx, query)
        }

        /// Runs when the user went to another page.
        fn on_page_change(&mut self, cx: &#rt::Cx, page: u64) -> #unit {
            #base::on_page_change(#this_mut, cx, page)
        }
    }
}

/// The hooks of the form.
fn expand_form(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let (row, _) = row_types(state);
    let unit = future(&quote!(()));
    let choices = future(&quote!(::std::vec::Vec<#rt::component::Choice>));
    let (this, this_mut) = this();
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
            #orm::hooks::defaulted::<Self, _>(#base::get_choices(#this, cx, field))
        }

        /// Runs when the setter of a field, such as `set_title`, has taken up its control.
        fn on_state_field_change(
            &mut self,
            cx: &#rt::Cx,
            field: &#orm::field::FieldMeta,
        ) -> #unit {
            #base::on_state_field_change(#this_mut, cx, field)
        }
    }
}

/// The hooks that check what is to be saved.
fn expand_checks(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let (_, active) = row_types(state);
    let (unit, valid) = (future(&quote!(())), future(&active));
    let (this, this_mut) = this();
    let base = quote!(#orm::hooks::base);
    quote! {
        /// Checks the form as a whole; adds errors to `errors`.
        fn validate_state(&self, cx: &#rt::Cx, errors: &mut #rt::FieldErrors) -> #unit {
            #base::validate_state(#this, cx, errors)
        }

        /// Checks the row as it would be written, with the columns that the form does not have.
        fn full_clean(
            &self,
            cx: &#rt::Cx,
            row: &#active,
            errors: &mut #rt::FieldErrors,
        ) -> #unit {
            #base::full_clean(#this, cx, row, errors)
        }

        /// Changes the row after everything was checked.
        fn on_state_valid(&mut self, cx: &#rt::Cx, row: #active) -> #valid {
            #base::on_state_valid(#this_mut, cx, row)
        }

        /// Shows the errors of the form.
        fn on_state_invalid(&mut self, cx: &#rt::Cx, errors: &#rt::FieldErrors) -> #unit {
            #base::on_state_invalid(#this_mut, cx, errors)
        }
    }
}

/// The hooks of writing.
fn expand_writes(state: &ModelState) -> TokenStream {
    let (rt, orm) = (paths::runtime(), paths::orm());
    let (row, active) = row_types(state);
    let (unit, saved) = (future(&quote!(())), future(&row));
    let (_, this_mut) = this();
    let base = quote!(#orm::hooks::base);
    quote! {
        /// Runs right before a row is written: as a new one if `insert` is true.
        fn before_save(
            &mut self,
            cx: &#rt::Cx,
            row: &mut #active,
            insert: bool,
        ) -> #unit {
            #base::before_save(#this_mut, cx, row, insert)
        }

        /// Inserts the new row. The owner is set already.
        fn perform_create(&mut self, cx: &#rt::Cx, new: #active) -> #saved {
            #orm::hooks::defaulted::<Self, _>(#base::perform_create(#this_mut, cx, new))
        }

        /// Updates the row. Only what changed is set.
        fn perform_update(&mut self, cx: &#rt::Cx, row: #active) -> #saved {
            #orm::hooks::defaulted::<Self, _>(#base::perform_update(#this_mut, cx, row))
        }

        /// Runs after a save, before the commit.
        fn on_save_success(&mut self, cx: &#rt::Cx, row: &#row) -> #unit {
            #orm::hooks::defaulted::<Self, _>(#base::on_save_success(#this_mut, cx, row))
        }

        /// Runs right before a row is deleted.
        fn before_delete(&mut self, cx: &#rt::Cx, row: &#row) -> #unit {
            #base::before_delete(#this_mut, cx, row)
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
