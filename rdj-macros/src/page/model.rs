//! What `#[page]` declares.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Field, Ident, ItemStruct, LitStr, Path, Type, ext::IdentExt};

use super::{
    parse::{self, PageOptions},
    route::{self, Route},
};
use crate::common::{
    diagnostic::{Errors, list, nearest},
    guard::Guard,
    ident::{without, words},
    item::named_fields,
};

/// A page.
pub(super) struct Page {
    pub(super) ident: Ident,
    pub(super) route: LitStr,
    pub(super) template: LitStr,
    pub(super) title: String,
    pub(super) guard: Guard,
    /// Whether it is among the pages that are linked into the binary.
    pub(super) discover: bool,
    /// In the order of the fields.
    pub(super) states: Vec<PageField>,
    pub(super) params: Vec<PageField>,
    /// Nothing if each state runs its own.
    pub(super) on_load: Option<Vec<OnLoad>>,
}

/// A field of a page.
pub(super) struct PageField {
    pub(super) ident: Ident,
    pub(super) name: String,
    pub(super) ty: Type,
    /// A mistake in it is reported already.
    pub(super) reported: bool,
}

/// A named function that runs when the page is opened.
pub(super) struct OnLoad {
    /// The field whose state it takes.
    pub(super) field: Ident,
    pub(super) function: Path,
}

/// Reads the attribute and the struct.
pub(super) fn lower(args: TokenStream, item: &ItemStruct, errors: &mut Errors) -> Option<Page> {
    let options = parse::page(args, errors);
    let given = required(&options, errors);
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics,
            "a page has no generic parameters: it is found by its route",
        );
        return None;
    }
    let fields = match named_fields(item) {
        Ok(fields) => fields.into_iter().filter_map(page_field).collect(),
        Err(fields) => {
            errors.at(
                fields,
                "a page has named fields, or none: write `{ notes: NotesState }`",
            );
            return None;
        }
    };
    let (route, template) = given?;
    let route = route::read(route, errors);
    check_on_denied(&options.guard, &route, errors);
    let (params, mut states) = split(fields, &route, errors);
    check_states(&mut states, errors);
    let on_load = options
        .on_load
        .map(|paths| on_loads(paths, &states, errors));
    let title = options.title.as_ref().map(LitStr::value);
    Some(Page {
        title: title.unwrap_or_else(|| words(&without(&item.ident, "Page"))),
        ident: item.ident.clone(),
        route: route.text,
        template,
        guard: options.guard,
        discover: options.discover.is_none_or(|value| value.value),
        states,
        params,
        on_load,
    })
}

/// Route and template; both are missed at once.
fn required(options: &PageOptions, errors: &mut Errors) -> Option<(LitStr, LitStr)> {
    let missing = |what: &str| format!("`#[page]` needs `{what}`");
    if options.route.is_none() && !options.refused("route") {
        errors.span(Span::call_site(), missing("route = \"/path\""));
    }
    if options.template.is_none() && !options.refused("template") {
        errors.span(Span::call_site(), missing("template = \"name.html\""));
    }
    Some((options.route.clone()?, options.template.clone()?))
}

/// A page that sends those away whom it refuses, to itself, never answers.
fn check_on_denied(guard: &Guard, route: &Route, errors: &mut Errors) {
    let Some(address) = guard.on_denied() else {
        return;
    };
    let value = address.value();
    if value.split(['?', '#']).next() == Some(&route.text.value()) {
        errors.at(
            address,
            "`on_denied` leads back to this page, which refuses again: name another page",
        );
    }
}

fn page_field(field: &Field) -> Option<PageField> {
    let ident = field.ident.clone()?;
    Some(PageField {
        name: ident.unraw().to_string(),
        ident,
        ty: field.ty.clone(),
        reported: false,
    })
}

/// Parameters of the route, and states.
fn split(
    fields: Vec<PageField>,
    route: &Route,
    errors: &mut Errors,
) -> (Vec<PageField>, Vec<PageField>) {
    let mut params = route.params.clone();
    for param in &route.params {
        if fields.iter().any(|field| field.name == *param) {
            continue;
        }
        let names = fields.iter().map(|field| field.name.as_str());
        let text = if let Some(field) = nearest(param, names) {
            params.push(field.to_owned());
            format!("the route's parameter `{{{param}}}` has no field: did you mean `{{{field}}}`?")
        } else {
            format!(
                "the route's parameter `{{{param}}}` has no field: add `{param}: i64`, or the type \
                 it has"
            )
        };
        errors.at(&route.text, text);
    }
    fields
        .into_iter()
        .partition(|field| params.contains(&field.name))
}

/// One state stands in a page once: events name the state, not the field.
fn check_states(states: &mut [PageField], errors: &mut Errors) {
    let types: Vec<String> = states
        .iter()
        .map(|field| field.ty.to_token_stream().to_string())
        .collect();
    for at in 0..states.len() {
        if let Some(before) = types[..at].iter().position(|ty| *ty == types[at]) {
            let text = format!(
                "`{}` is a `{}` already: events name the state, so a page has one of each type",
                states[before].name, types[at]
            );
            errors.at(&states[at].ty, text);
            states[at].reported = true;
        }
    }
}

fn on_loads(paths: Vec<Path>, states: &[PageField], errors: &mut Errors) -> Vec<OnLoad> {
    let find = |path: &Path| {
        let owner = path.segments.iter().rev().nth(1)?;
        states
            .iter()
            .find(|field| last_name(&field.ty).as_deref() == Some(&owner.ident.to_string()))
    };
    let mut found = Vec::new();
    for path in paths {
        if let Some(field) = find(&path) {
            found.push(OnLoad {
                field: field.ident.clone(),
                function: path,
            });
            continue;
        }
        let types: Vec<String> = states
            .iter()
            .filter_map(|field| last_name(&field.ty))
            .collect();
        let examples: Vec<String> = types.iter().map(|ty| format!("{ty}::load")).collect();
        let text = if examples.is_empty() {
            "`on_load` names a function of a state of this page, and it has no state".to_owned()
        } else {
            let examples = list(examples.iter().map(String::as_str));
            format!("`on_load` names a function of a state of this page, such as {examples}")
        };
        errors.at(path, text);
    }
    found
}

/// `NotesState` of `states::NotesState`.
fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(ty) => ty.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}
