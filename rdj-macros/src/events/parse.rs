//! The text of `#[events]`, `#[event(..)]`, `#[on_load]`, `#[on_denied]`, `#[on_change(..)]` and `#[computed]`.

use proc_macro2::TokenStream;
use syn::{Attribute, ImplItemFn, Path, Token, parse::ParseStream, punctuated::Punctuated};

use super::upload::{UPLOAD, Upload};
use crate::common::{
    diagnostic::Errors,
    guard::{self, Guard},
    item::attributes,
    keyed::{attribute_options, options},
};

/// What a function in the block is.
pub(super) enum Role {
    /// A browser can call it.
    Event(Guard),
    /// The runtime calls it.
    Hook(Hook),
    /// The runtime calls it when rows of these entities have changed.
    Change(Vec<Path>),
    /// A template reads it.
    Computed,
}

/// When the runtime calls a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hook {
    /// The page is opened.
    OnLoad,
    /// A signed-in user may not send an event.
    OnDenied,
}

impl Hook {
    /// As the user writes it.
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Self::OnLoad => "#[on_load]",
            Self::OnDenied => "#[on_denied]",
        }
    }
}

/// Refuses options of `#[events]` itself.
pub(super) fn block(args: TokenStream, errors: &mut Errors) {
    options("#[events]", &[], args, errors, |_, _| Ok(()));
}

/// Reads what a function takes as an upload.
pub(super) fn upload(function: &ImplItemFn, role: &Role, errors: &mut Errors) -> Option<Upload> {
    let mut attrs = attributes(&function.attrs, "upload");
    let attr = attrs.next()?;
    for again in attrs {
        errors.at(again, format!("`{UPLOAD}` is given twice"));
    }
    if !matches!(role, Role::Event(_)) {
        errors.at(attr, "only an event takes uploads: take one attribute away");
    }
    Some(Upload::of(attr, errors))
}

/// Reads the attributes of a function.
pub(super) fn role(function: &ImplItemFn, errors: &mut Errors) -> Role {
    let mut found: Option<(Role, &str)> = None;
    for attr in &function.attrs {
        let (role, name) = if attr.path().is_ident("event") {
            (Role::Event(guard(attr, errors)), "#[event]")
        } else if attr.path().is_ident("on_load") {
            hook(Hook::OnLoad, attr, errors)
        } else if attr.path().is_ident("on_denied") {
            hook(Hook::OnDenied, attr, errors)
        } else if attr.path().is_ident("on_change") {
            (Role::Change(entities(attr, errors)), ON_CHANGE)
        } else if attr.path().is_ident("computed") {
            attribute_options("#[computed]", &[], attr, errors, |_, _| Ok(()));
            (Role::Computed, "#[computed]")
        } else {
            continue;
        };
        if let Some((_, other)) = &found {
            let text = if *other == name {
                format!("`{name}` is given twice")
            } else {
                format!("a function is one of `{other}` and `{name}`: take one away")
            };
            errors.at(attr, text);
        } else {
            found = Some((role, name));
        }
    }
    found.map_or_else(|| Role::Event(Guard::default()), |(role, _)| role)
}

fn hook(hook: Hook, attr: &Attribute, errors: &mut Errors) -> (Role, &'static str) {
    attribute_options(hook.attribute(), &[], attr, errors, |_, _| Ok(()));
    (Role::Hook(hook), hook.attribute())
}

/// How the attribute of changed rows is written in messages.
pub(super) const ON_CHANGE: &str = "#[on_change]";

/// The entities of `#[on_change(note::Entity)]`.
fn entities(attr: &Attribute, errors: &mut Errors) -> Vec<Path> {
    let paths = |input: ParseStream<'_>| {
        Punctuated::<Path, Token![,]>::parse_terminated_with(input, Path::parse_mod_style)
    };
    let entities = attr.parse_args_with(paths).unwrap_or_default();
    if entities.is_empty() {
        let text = "name the models whose changes run it: `#[on_change(note::Entity)]`";
        errors.at(attr, text);
    }
    entities.into_iter().collect()
}

fn guard(attr: &Attribute, errors: &mut Errors) -> Guard {
    let mut found = Guard::default();
    attribute_options("#[event]", guard::OPTIONS, attr, errors, |key, input| {
        found.option(key, input)
    });
    found.check(errors);
    found
}
