//! The text of `#[model_state(..)]`.

mod actions;
mod bypass;
mod files;
mod in_place;
mod inlines;
mod lists;
mod names;
mod rules;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Ident, LitBool, LitInt, LitStr, Path, Token, Type,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

pub(super) use self::{
    actions::Actions,
    in_place::InPlace,
    inlines::Inline,
    lists::{FieldPath, Kind, ListOptions},
    names::{GivenNames, RENAMES},
    rules::Rules,
};
use super::options::{NEEDLESS, OPTIONS};
use crate::common::{
    diagnostic::Errors,
    guard::{self, Guard},
    keyed::{Key, options},
    order::Order,
};

/// One option under both of its names.
const BACKEND_TWICE: &str = "`backend_class` is another name of `backend`: keep one of the two";

/// The options as they are written.
#[derive(Default)]
pub(super) struct Options {
    pub(super) model: Option<Path>,
    pub(super) fields: Option<Vec<Ident>>,
    pub(super) ordering: Vec<Order>,
    pub(super) search_fields: Vec<FieldPath>,
    pub(super) lists: ListOptions,
    pub(super) paginate_by: Option<LitInt>,
    pub(super) max_page_size: Option<LitInt>,
    pub(super) owner: Option<Ident>,
    pub(super) owner_bypass: Option<Guard>,
    pub(super) model_permissions: bool,
    pub(super) ordering_fields: Vec<Ident>,
    pub(super) list_display: Option<Vec<Ident>>,
    pub(super) read_only: Vec<Ident>,
    pub(super) pickers: Vec<Picker>,
    /// The pickers that make rows.
    pub(super) in_place: Vec<InPlace>,
    pub(super) inlines: Vec<Inline>,
    /// The fields of the form, where they are others than those of the list.
    pub(super) state_fields: Option<Vec<Ident>>,
    pub(super) required: Vec<Ident>,
    pub(super) excluded: Vec<Ident>,
    /// `allow_dynamic_ordering`.
    order_all: Option<Span>,
    pub(super) reset_after_save: Option<LitBool>,
    /// The columns of files; empty for the key and what is shown.
    pub(super) export: Option<Vec<Ident>>,
    pub(super) export_formulas: Option<Span>,
    pub(super) import: Option<Span>,
    /// Whether the state shows what was changed in its rows.
    pub(super) history: Option<Span>,
    pub(super) serializer: Option<Path>,
    pub(super) live: Option<LitBool>,
    pub(super) backend: Option<Type>,
    pub(super) name: Option<LitStr>,
    pub(super) actions: Actions,
    /// Whether `actions(..)` has a mistake: what follows from it is not reported too.
    is_unclear: bool,
    pub(super) names: GivenNames,
    pub(super) rules: Rules,
    pub(super) guard: Guard,
}

impl Options {
    /// Whether there are pages.
    pub(super) fn is_paged(&self) -> bool {
        self.actions.list && self.paginate_by.is_some()
    }

    /// Whether the list can be searched.
    pub(super) fn is_searched(&self) -> bool {
        self.actions.list && !self.search_fields.is_empty()
    }

    /// Whether the user can order the list.
    pub(super) fn is_ordered(&self) -> bool {
        self.actions.list && !self.ordering_fields.is_empty()
    }
}

/// A field's name, with or without `r#`, also a keyword.
struct Name(Ident);

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Ident::parse_any).map(Self)
    }
}

/// `artist_id = ArtistsState`: the state whose rows the field can refer to.
pub(super) struct Picker {
    pub(super) field: Ident,
    pub(super) state: Path,
}

impl Parse for Picker {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let field = input.call(Ident::parse_any)?;
        let _: Token![=] = input.parse()?;
        Ok(Self {
            field,
            state: input.parse()?,
        })
    }
}

/// Reads the options.
pub(super) fn parse(args: TokenStream, errors: &mut Errors) -> Options {
    let mut found = Options::default();
    let mut twice = None;
    let mut bypass = None;
    let known = [OPTIONS, RENAMES, guard::OPTIONS].concat();
    options("#[model_state]", &known, args, errors, |key, input| {
        if key.name == "owner_bypass" {
            bypass = Some((key.span(), guard::tokens(key, input)?));
            return Ok(());
        }
        option(key, input, &mut found, &mut twice)
    });
    found.guard.check(errors);
    let deletes = found.actions.delete;
    found
        .lists
        .check(found.paginate_by.is_some(), deletes, errors);
    found.owner_bypass = bypass.map(|(span, tokens)| {
        if found.owner.is_none() {
            errors.span(span, bypass::NO_OWNER);
        }
        bypass::parse(tokens, errors)
    });
    if let Some(span) = twice {
        errors.span(
            span,
            "`scope_field` is another name of `owner_field`: keep one of the two",
        );
    }
    if found.model.is_none() {
        errors.span(Span::call_site(), "name the model: `model = note::Entity`");
    }
    check_fields(&found, errors);
    files::check(&found, errors);
    in_place::check(&found, errors);
    inlines::check(&found, errors);
    order_all(&mut found, errors);
    found
}

/// A form has fields, and only a form.
fn check_fields(found: &Options, errors: &mut Errors) {
    match &found.fields {
        _ if found.is_unclear => {}
        None if found.actions.save() => errors.span(
            Span::call_site(),
            "name the editable fields: `fields(title, content)`",
        ),
        Some(fields) if !found.actions.save() => {
            if let Some(field) = fields.first() {
                errors.at(
                    field,
                    "`fields(..)` is for forms, and nothing is created or updated here: name the \
                     columns of the list with `list_display(..)`, or add `create` or `update` to \
                     `actions(..)`",
                );
            }
        }
        _ => {}
    }
}

/// With `allow_dynamic_ordering` the list can be ordered by all columns that it shows.
fn order_all(found: &mut Options, errors: &mut Errors) {
    let Some(span) = found.order_all else { return };
    if !found.ordering_fields.is_empty() {
        let text = "`allow_dynamic_ordering` orders by all columns of the list, `ordering_fields(..)` \
                    by some: keep one of the two";
        errors.span(span, text);
        return;
    }
    let shown = found.list_display.as_ref().or(found.fields.as_ref());
    found.ordering_fields = shown.cloned().unwrap_or_default();
}

fn option(
    key: &Key,
    input: ParseStream<'_>,
    found: &mut Options,
    twice: &mut Option<Span>,
) -> syn::Result<()> {
    let name = key.ident.unraw().to_string();
    if let Some((_, why)) = NEEDLESS.iter().find(|(needless, _)| *needless == name) {
        skip(input)?;
        return Err(syn::Error::new(key.span(), *why));
    }
    if found.lists.option(&name, key, input)? || files::option(&name, key, input, found)? {
        return Ok(());
    }
    match name.as_str() {
        "model" => found.model = Some(key.value_with(input, Path::parse_mod_style)?),
        "fields" => found.fields = Some(names(key, input)?),
        "ordering" => found.ordering = key.list(input)?,
        "search_fields" => found.search_fields = key.list(input)?,
        "paginate_by" => found.paginate_by = Some(key.value(input)?),
        "max_page_size" => found.max_page_size = Some(key.value(input)?),
        "ordering_fields" => found.ordering_fields = names(key, input)?,
        "list_display" => found.list_display = Some(names(key, input)?),
        "picker" => found.pickers = key.list(input)?,
        "create_in_place" => found.in_place = key.list(input)?,
        "inlines" => found.inlines = key.list(input)?,
        "read_only_fields" => found.read_only = names(key, input)?,
        "model_permissions" => {
            key.flag(input)?;
            found.model_permissions = true;
        }
        "state_fields" => found.state_fields = Some(names(key, input)?),
        "required_fields" => found.required = names(key, input)?,
        "exclude_from_row" => found.excluded = names(key, input)?,
        "allow_dynamic_ordering" => {
            key.flag(input)?;
            found.order_all = Some(key.span());
        }
        "reset_after_save" => found.reset_after_save = Some(key.value(input)?),
        "live" => found.live = Some(key.value(input)?),
        "backend" | "backend_class" => {
            if found.backend.replace(key.value(input)?).is_some() {
                return Err(syn::Error::new(key.span(), BACKEND_TWICE));
            }
        }
        "name" => found.name = Some(key.value(input)?),
        "owner_field" | "scope_field" => {
            let owner = key.value_with(input, Ident::parse_any)?;
            if found.owner.replace(owner).is_some() {
                *twice = Some(key.span());
            }
        }
        "actions" => match Actions::read(key, input) {
            Ok(actions) => found.actions = actions,
            Err(error) => {
                found.is_unclear = true;
                return Err(error);
            }
        },
        _ if found.names.option(key, input)? => {}
        _ if Rules::has(&name) => found.rules.option(key, input)?,
        _ => found.guard.option(key, input)?,
    }
    Ok(())
}

fn names(key: &Key, input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    Ok(key
        .list::<Name>(input)?
        .into_iter()
        .map(|name| name.0)
        .collect())
}

/// Reads over a value.
fn skip(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}
