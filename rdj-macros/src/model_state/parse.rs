//! The text of `#[model_state(..)]`.

mod bypass;
mod lists;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Ident, LitBool, LitInt, LitStr, Path, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

pub(super) use self::lists::{FieldPath, Kind, ListOptions};
use super::options::{LATER, OPTIONS};
use crate::common::{
    diagnostic::Errors,
    guard::{self, Guard},
    keyed::{Key, options},
};

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
    pub(super) reset_after_save: Option<LitBool>,
    pub(super) name: Option<LitStr>,
    pub(super) guard: Guard,
}

/// A field's name, with or without `r#`, also a keyword.
struct Name(Ident);

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Ident::parse_any).map(Self)
    }
}

/// `-created_at`, also in quotes.
pub(super) struct Order {
    pub(super) field: Ident,
    pub(super) descending: bool,
}

impl Parse for Order {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return Self::quoted(&input.parse()?);
        }
        let descending = input.parse::<Option<Token![-]>>()?.is_some();
        Ok(Self {
            field: input.call(Ident::parse_any)?,
            descending,
        })
    }
}

impl Order {
    fn quoted(text: &LitStr) -> syn::Result<Self> {
        let value = text.value();
        let (name, descending) = value
            .strip_prefix('-')
            .map_or((&*value, false), |n| (n, true));
        let name: Ident = syn::parse_str(name)
            .map_err(|_| syn::Error::new(text.span(), "write a field, such as `-created_at`"))?;
        Ok(Self {
            field: Ident::new(&name.to_string(), text.span()),
            descending,
        })
    }
}

/// Reads the options.
pub(super) fn parse(args: TokenStream, errors: &mut Errors) -> Options {
    let mut found = Options::default();
    let mut twice = None;
    let mut bypass = None;
    let known = [OPTIONS, guard::OPTIONS].concat();
    options("#[model_state]", &known, args, errors, |key, input| {
        if key.name == "owner_bypass" {
            bypass = Some((key.span(), bypass::tokens(key, input)?));
            return Ok(());
        }
        option(key, input, &mut found, &mut twice)
    });
    found.guard.check(errors);
    found.lists.check(found.paginate_by.is_some(), errors);
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
    if found.fields.is_none() {
        errors.span(
            Span::call_site(),
            "name the editable fields: `fields(title, content)`",
        );
    }
    found
}

fn option(
    key: &Key,
    input: ParseStream<'_>,
    found: &mut Options,
    twice: &mut Option<Span>,
) -> syn::Result<()> {
    let name = key.ident.unraw().to_string();
    if OPTIONS
        .iter()
        .any(|known| known.key == name && known.usage == LATER)
    {
        return Err(later(key, input));
    }
    if found.lists.option(&name, key, input)? {
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
        "read_only_fields" => found.read_only = names(key, input)?,
        "model_permissions" => {
            key.flag(input)?;
            found.model_permissions = true;
        }
        "reset_after_save" => found.reset_after_save = Some(key.value(input)?),
        "name" => found.name = Some(key.value(input)?),
        "owner_field" | "scope_field" => {
            let owner = key.value_with(input, Ident::parse_any)?;
            if found.owner.replace(owner).is_some() {
                *twice = Some(key.span());
            }
        }
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

/// The option exists elsewhere; its value is read over.
fn later(key: &Key, input: ParseStream<'_>) -> syn::Error {
    while !input.is_empty() && !input.peek(Token![,]) {
        if let Err(error) = input.parse::<TokenTree>() {
            return error;
        }
    }
    syn::Error::new(key.span(), format!("`{}` is not available yet", key.ident))
}
