//! What `#[app_state]` declares.

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::{
    Attribute, Expr, Field, Ident, ItemStruct, LitInt, LitStr, Type, Visibility, ext::IdentExt,
};

use super::parse::{self, VarOptions};
use crate::common::{
    diagnostic::Errors,
    guard::Guard,
    ident::{sibling, snake, stem},
    item::{attributes, named_fields},
};

/// A state of the application.
pub(super) struct AppState {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    /// The name on the wire.
    pub(super) name: String,
    pub(super) guard: Guard,
    pub(super) vars: Vec<Var>,
    /// `CounterEvents`, `CounterVarEvents` and `CounterBinds`.
    pub(super) events: Ident,
    pub(super) var_events: Ident,
    pub(super) binds: Ident,
}

/// One variable.
pub(crate) struct Var {
    pub(crate) ident: Ident,
    /// The name in forms.
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) bind: bool,
    /// Whether it stands in the page's address.
    pub(crate) query: bool,
    /// Whether it is not taken along to another process.
    pub(crate) transient: bool,
    /// The most characters that a control may have.
    pub(crate) max_length: Option<LitInt>,
    pub(crate) default: Option<Expr>,
    pub(crate) cfg: Vec<Attribute>,
    /// `set_count`.
    pub(crate) setter: Ident,
}

impl AppState {
    /// The variables that a form can edit.
    pub(super) fn bindable(&self) -> impl Iterator<Item = &Var> + Clone {
        self.vars.iter().filter(|var| var.bind)
    }
}

/// Reads the attribute and the struct.
pub(super) fn lower(args: TokenStream, item: &ItemStruct, errors: &mut Errors) -> Option<AppState> {
    let options = parse::state(args, errors);
    let name = name(options.name.as_ref(), item, errors);
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics,
            "a state has no generic parameters: it is found by its name",
        );
        return None;
    }
    refuse_default("#[app_state]", item, errors);
    let vars = vars(item, errors)?;
    Some(AppState {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        name,
        guard: options.guard,
        vars,
        events: sibling(&item.ident, "Events"),
        var_events: sibling(&item.ident, "VarEvents"),
        binds: sibling(&item.ident, "Binds"),
    })
}

/// The name on the wire: the given one, or that of the struct.
pub(crate) fn name(given: Option<&LitStr>, item: &ItemStruct, errors: &mut Errors) -> String {
    let Some(name) = given else {
        return snake(&stem(&item.ident));
    };
    check_name(name, errors);
    name.value()
}

/// Reads the variables of a state.
pub(crate) fn vars(item: &ItemStruct, errors: &mut Errors) -> Option<Vec<Var>> {
    match named_fields(item) {
        Ok(fields) => {
            let vars = fields.into_iter().filter_map(|field| var(field, errors));
            Some(vars.collect())
        }
        Err(fields) => {
            errors.at(
                fields,
                "a state has named fields, or none: write `{ name: Type }`",
            );
            None
        }
    }
}

/// Reads one variable.
fn var(field: &Field, errors: &mut Errors) -> Option<Var> {
    let ident = field.ident.clone()?;
    let name = ident.unraw().to_string();
    if name.starts_with("__") {
        errors.at(
            &ident,
            "names that begin with `__` are for generated code: take another one",
        );
    }
    if let Some((_, value)) = &field.default {
        errors.at(
            value,
            "write an initial value as `#[var(default = ..)]` above the field",
        );
    }
    let mut options = VarOptions::default();
    for attr in attributes(&field.attrs, "var") {
        parse::var(attr, &mut options, errors);
    }
    if let Some(length) = options.max_length.as_ref().filter(|_| !options.bind) {
        errors.at(
            length,
            "`max_length` is for variables that a form can edit: write `#[var(bind, max_length = ..)]`",
        );
    }
    if options.transient && (options.bind || options.query) {
        errors.at(
            &ident,
            "`transient` is for variables that are neither `bind` nor `query`: what stands in a form or \
             in the address goes along anyway",
        );
    }
    Some(Var {
        max_length: options.max_length,
        setter: format_ident!("set_{}", name, span = ident.span()),
        name,
        ty: field.ty.clone(),
        bind: options.bind,
        query: options.query,
        transient: options.transient,
        default: options.default,
        cfg: attributes(&field.attrs, "cfg").cloned().collect(),
        ident,
    })
}

/// Two `Default` would be reported as a conflict inside of generated code.
pub(crate) fn refuse_default(attribute: &str, item: &ItemStruct, errors: &mut Errors) {
    for derive in attributes(&item.attrs, "derive") {
        let _ = derive.parse_nested_meta(|meta| {
            if meta
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "Default")
            {
                let text = format!(
                    "`{attribute}` writes `Default` itself: take it out of the derives, and use \
                     `#[var(default = ..)]` for other initial values"
                );
                errors.at(&meta.path, text);
            }
            Ok(())
        });
    }
}

/// Checks the name on the wire.
fn check_name(name: &LitStr, errors: &mut Errors) {
    let text = name.value();
    let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !starts_well || !text.chars().all(is_plain) {
        errors.at(
            name,
            "a state's name has small letters, digits and `_`, such as `\"notes\"`",
        );
    }
}
