//! The options that say who may act and how rows are checked.

use proc_macro2::Span;
use syn::{Ident, LitBool, Path, Type, parse::ParseStream};

use super::Name;
use crate::common::keyed::Key;

/// What `login_required_actions(..)` takes, and the actions of the library that it stands for.
const ACTIONS: &[(&str, &[&str])] = &[
    ("load", &["List"]),
    ("save", &["Create", "Update"]),
    ("create", &["Create"]),
    ("update", &["Update"]),
    ("delete", &["Delete"]),
    ("start_edit", &["Edit"]),
];

/// The options as they are written.
#[derive(Default)]
pub(in super::super) struct Rules {
    pub(in super::super) permission_classes: Vec<Type>,
    /// Variants of `Action`, at the user's names.
    pub(in super::super) login_required: Vec<Ident>,
    pub(in super::super) state_validators: Vec<Path>,
    pub(in super::super) run_model_validation: Option<LitBool>,
    pub(in super::super) structured_errors: Option<LitBool>,
    pub(in super::super) optimistic_concurrency: Option<LitBool>,
}

impl Rules {
    /// Whether an option is one of these.
    pub(super) fn has(name: &str) -> bool {
        matches!(
            name,
            "permission_classes"
                | "login_required_actions"
                | "state_validators"
                | "run_model_validation"
                | "structured_errors"
                | "optimistic_concurrency"
        )
    }

    /// Whether a save is stopped where somebody else changed the same.
    pub(in super::super) fn has_conflicts(&self) -> bool {
        let option = self.optimistic_concurrency.as_ref();
        option.is_none_or(|value| value.value)
    }

    /// Reads one.
    pub(super) fn option(&mut self, key: &Key, input: ParseStream<'_>) -> syn::Result<()> {
        match key.name {
            "permission_classes" => self.permission_classes = key.list(input)?,
            "login_required_actions" => self.login_required = actions(key, input)?,
            "state_validators" => self.state_validators = key.list(input)?,
            "run_model_validation" => self.run_model_validation = Some(key.value(input)?),
            "structured_errors" => self.structured_errors = Some(key.value(input)?),
            _ => self.optimistic_concurrency = Some(key.value(input)?),
        }
        Ok(())
    }
}

fn actions(key: &Key, input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let names = key.list::<Name>(input)?;
    let mut found = Vec::new();
    for Name(name) in names {
        found.extend(action(&name)?);
    }
    Ok(found)
}

/// The variants of `Action` that a name stands for.
fn action(name: &Ident) -> syn::Result<impl Iterator<Item = Ident>> {
    let span: Span = name.span();
    let known = ACTIONS.iter().find(|(known, _)| name == known);
    let Some((_, variants)) = known else {
        let text = if name == "cancel_edit" {
            "leaving the form asks nobody for anything: take `cancel_edit` away".to_owned()
        } else {
            format!(
                "there is no action `{name}`: write some of `load`, `start_edit`, `save`, `create`, \
                 `update`, `delete`"
            )
        };
        return Err(syn::Error::new(span, text));
    };
    Ok(variants
        .iter()
        .map(move |variant| Ident::new(variant, span)))
}
