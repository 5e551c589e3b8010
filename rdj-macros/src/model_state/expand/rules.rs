//! Who may act and how rows are checked, as constants.

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitBool;

use super::super::model::ModelState;
use crate::common::paths;

/// The `Rules` of the state.
pub(super) fn expand(state: &ModelState) -> TokenStream {
    let orm = paths::orm();
    let (entity, rules) = (&state.entity, &state.rules);
    let classes = &rules.permission_classes;
    let login_required = &rules.login_required;
    let run_model_validation = is_on(rules.run_model_validation.as_ref());
    let structured_errors = is_on(rules.structured_errors.as_ref());
    let optimistic_concurrency = rules.has_conflicts();
    quote! {
        #orm::state::Rules {
            permission_classes: &[
                #(#orm::permission::PermissionClass::<#entity>::of::<#classes>()),*
            ],
            login_required: &[#(#orm::hooks::Action::#login_required),*],
            run_model_validation: #run_model_validation,
            structured_errors: #structured_errors,
            optimistic_concurrency: #optimistic_concurrency,
        }
    }
}

/// The functions of `state_validators(..)`.
pub(super) fn expand_validators(state: &ModelState) -> TokenStream {
    let rt = paths::runtime();
    let validators = &state.rules.state_validators;
    quote! {
        const VALIDATORS: &'static [fn(&Self, &mut #rt::FieldErrors)] = &[#(#validators),*];
    }
}

fn is_on(value: Option<&LitBool>) -> bool {
    value.is_none_or(|value| value.value)
}
