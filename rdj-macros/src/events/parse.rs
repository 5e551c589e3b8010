//! The text of `#[events]`, `#[event(..)]`, `#[on_load]` and `#[computed]`.

use proc_macro2::TokenStream;
use syn::{Attribute, ImplItemFn, parse::ParseStream};

use crate::common::{
    diagnostic::Errors,
    keyed::{Key, Known, attribute_options, options},
};

const EVENT: &[Known] = &[
    Known {
        key: "login",
        usage: "login",
    },
    Known {
        key: "permission",
        usage: "",
    },
    Known {
        key: "staff",
        usage: "",
    },
    Known {
        key: "superuser",
        usage: "",
    },
];

/// Who may call a handler.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Guards {
    /// Only a signed-in user.
    pub(super) login: bool,
}

/// What a function in the block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A browser can call it.
    Event(Guards),
    /// It runs when the page is opened.
    OnLoad,
    /// A template reads it.
    Computed,
}

/// Refuses options of `#[events]` itself.
pub(super) fn block(args: TokenStream, errors: &mut Errors) {
    options("#[events]", &[], args, errors, |_, _| Ok(()));
}

/// Reads the attributes of a function.
pub(super) fn role(function: &ImplItemFn, errors: &mut Errors) -> Role {
    let mut found: Option<(Role, &str)> = None;
    for attr in &function.attrs {
        let (role, name) = if attr.path().is_ident("event") {
            (Role::Event(guards(attr, errors)), "#[event]")
        } else if attr.path().is_ident("on_load") {
            attribute_options("#[on_load]", &[], attr, errors, |_, _| Ok(()));
            (Role::OnLoad, "#[on_load]")
        } else if attr.path().is_ident("computed") {
            attribute_options("#[computed]", &[], attr, errors, |_, _| Ok(()));
            (Role::Computed, "#[computed]")
        } else {
            continue;
        };
        if let Some((_, other)) = found {
            let text = if other == name {
                format!("`{name}` is given twice")
            } else {
                format!("a function is one of `{other}` and `{name}`: take one away")
            };
            errors.at(attr, text);
        } else {
            found = Some((role, name));
        }
    }
    found.map_or(Role::Event(Guards::default()), |(role, _)| role)
}

fn guards(attr: &Attribute, errors: &mut Errors) -> Guards {
    let mut guards = Guards::default();
    attribute_options("#[event]", EVENT, attr, errors, |key, input| {
        guard(key, input, &mut guards)
    });
    guards
}

fn guard(key: &Key, input: ParseStream<'_>, guards: &mut Guards) -> syn::Result<()> {
    if key.name == "login" {
        guards.login = true;
        return key.flag(input);
    }
    let text = format!(
        "`{}` comes with the identity layer, which is not there yet",
        key.name
    );
    Err(syn::Error::new(key.span(), text))
}
