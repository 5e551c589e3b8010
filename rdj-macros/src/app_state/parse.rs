//! The text of `#[app_state(..)]` and `#[var(..)]`.

use proc_macro2::TokenStream;
use syn::{Attribute, Expr, LitStr};

use crate::common::{
    diagnostic::Errors,
    keyed::{Known, attribute_options, options},
};

const STATE: &[Known] = &[Known {
    key: "name",
    usage: "name = \"notes\"",
}];

const VAR: &[Known] = &[
    Known {
        key: "bind",
        usage: "bind",
    },
    Known {
        key: "default",
        usage: "default = 1",
    },
];

/// The options of `#[app_state(..)]`.
#[derive(Default)]
pub(super) struct StateOptions {
    pub(super) name: Option<LitStr>,
}

/// Reads `#[app_state(..)]`.
pub(super) fn state(args: TokenStream, errors: &mut Errors) -> StateOptions {
    let mut found = StateOptions::default();
    options("#[app_state]", STATE, args, errors, |key, input| {
        found.name = Some(key.value(input)?);
        Ok(())
    });
    found
}

/// The options of `#[var(..)]`.
#[derive(Default)]
pub(super) struct VarOptions {
    pub(super) bind: bool,
    pub(super) default: Option<Expr>,
}

/// Reads `#[var(..)]`.
pub(super) fn var(attr: &Attribute, found: &mut VarOptions, errors: &mut Errors) {
    attribute_options("#[var]", VAR, attr, errors, |key, input| {
        if key.name == "bind" {
            found.bind = true;
            key.flag(input)?;
        } else {
            found.default = Some(key.value(input)?);
        }
        Ok(())
    });
}
