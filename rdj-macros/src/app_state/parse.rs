//! The text of `#[app_state(..)]` and `#[var(..)]`.

use proc_macro2::TokenStream;
use syn::{Attribute, Expr, LitInt, LitStr};

use crate::common::{
    diagnostic::Errors,
    guard::{self, Guard},
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
    Known {
        key: "max_length",
        usage: "max_length = 200",
    },
    Known {
        key: "query",
        usage: "query",
    },
    Known {
        key: "transient",
        usage: "transient",
    },
];

/// The options of `#[app_state(..)]`.
#[derive(Default)]
pub(super) struct StateOptions {
    pub(super) name: Option<LitStr>,
    pub(super) guard: Guard,
}

/// Reads `#[app_state(..)]`.
pub(super) fn state(args: TokenStream, errors: &mut Errors) -> StateOptions {
    let mut found = StateOptions::default();
    let known = [STATE, guard::OPTIONS].concat();
    options("#[app_state]", &known, args, errors, |key, input| {
        if key.name == "name" {
            found.name = Some(key.value(input)?);
            return Ok(());
        }
        found.guard.option(key, input)
    });
    found.guard.check(errors);
    found
}

/// The options of `#[var(..)]`.
#[derive(Default)]
pub(super) struct VarOptions {
    pub(super) bind: bool,
    pub(super) default: Option<Expr>,
    pub(super) query: bool,
    pub(super) transient: bool,
    pub(super) max_length: Option<LitInt>,
}

/// Reads `#[var(..)]`.
pub(super) fn var(attr: &Attribute, found: &mut VarOptions, errors: &mut Errors) {
    attribute_options("#[var]", VAR, attr, errors, |key, input| match key.name {
        "bind" => {
            found.bind = true;
            key.flag(input)
        }
        "max_length" => {
            found.max_length = Some(key.value(input)?);
            Ok(())
        }
        "query" => {
            found.query = true;
            key.flag(input)
        }
        "transient" => {
            found.transient = true;
            key.flag(input)
        }
        _ => {
            found.default = Some(key.value(input)?);
            Ok(())
        }
    });
}
