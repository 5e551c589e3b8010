//! What `#[model_state]` declares.

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::{Ident, ItemStruct, LitInt, Path, Visibility, ext::IdentExt};

use super::{
    parse::{self, FieldPath, ListOptions, Options, Order},
    reserved,
};
use crate::{
    app_state::{Var, name, refuse_default, vars},
    common::{diagnostic::Errors, guard::Guard, ident::sibling},
};

/// A state over a model.
pub(super) struct ModelState {
    pub(super) ident: Ident,
    pub(super) vis: Visibility,
    /// The name on the wire.
    pub(super) name: String,
    pub(super) guard: Guard,
    /// `note::fields::__Entity`.
    pub(super) entity: Path,
    /// `note::fields`, from which all field types come.
    pub(super) module: Path,
    pub(super) fields: Vec<Field>,
    /// The user's own variables.
    pub(super) vars: Vec<Var>,
    pub(super) ordering: Vec<Order>,
    pub(super) search_fields: Vec<FieldPath>,
    pub(super) lists: ListOptions,
    pub(super) owner: Option<Ident>,
    /// Who sees the rows of everybody.
    pub(super) owner_bypass: Option<Guard>,
    pub(super) model_permissions: bool,
    pub(super) ordering_fields: Vec<Ident>,
    pub(super) list_display: Vec<Ident>,
    pub(super) paginate_by: Option<LitInt>,
    pub(super) max_page_size: Option<LitInt>,
    pub(super) reset_after_save: bool,
    /// `NotesEvents`, `NotesVarEvents`, `NotesHooks` and `NotesFields`.
    pub(super) events: Ident,
    pub(super) var_events: Ident,
    pub(super) hooks: Ident,
    pub(super) views: Ident,
}

/// One editable field.
pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) name: String,
    /// `clean_title` and `set_title`.
    pub(super) clean: Ident,
    pub(super) setter: Ident,
}

impl ModelState {
    /// The user's variables that a form can edit.
    pub(super) fn bindable(&self) -> impl Iterator<Item = &Var> + Clone {
        self.vars.iter().filter(|var| var.bind)
    }
}

/// Reads the attribute and the struct.
pub(super) fn lower(
    args: TokenStream,
    item: &ItemStruct,
    errors: &mut Errors,
) -> Option<ModelState> {
    let options = parse::parse(args, errors);
    let name = name(options.name.as_ref(), item, errors);
    refuse_default("#[model_state]", item, errors);
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics,
            "a state has no generic parameters: it is found by its name",
        );
        return None;
    }
    let vars = own_vars(item, errors)?;
    let (entity, module) = paths(&options, errors)?;
    let fields = fields(&options, &vars, errors)?;
    let shown = || fields.iter().map(|field| field.ident.clone()).collect();
    Some(ModelState {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        name,
        guard: options.guard,
        list_display: options.list_display.unwrap_or_else(shown),
        fields,
        entity,
        module,
        vars,
        ordering: options.ordering,
        search_fields: options.search_fields,
        lists: options.lists,
        owner: options.owner,
        owner_bypass: options.owner_bypass,
        model_permissions: options.model_permissions,
        ordering_fields: options.ordering_fields,
        paginate_by: options.paginate_by,
        max_page_size: options.max_page_size,
        reset_after_save: options.reset_after_save.is_none_or(|value| value.value),
        events: sibling(&item.ident, "Events"),
        var_events: sibling(&item.ident, "VarEvents"),
        hooks: sibling(&item.ident, "Hooks"),
        views: sibling(&item.ident, "Fields"),
    })
}

/// The variables of the struct, none of which is one that every model state has.
fn own_vars(item: &ItemStruct, errors: &mut Errors) -> Option<Vec<Var>> {
    let vars = vars(item, errors)?;
    for var in &vars {
        if let Some(meaning) = reserved::meaning(&var.name) {
            let text = format!(
                "`{}` is {meaning} of every model state: take another name",
                var.name
            );
            errors.at(&var.ident, text);
        }
        if var.query {
            let text =
                "a model state writes its own address: `#[var(query)]` is for `#[app_state]`";
            errors.at(&var.ident, text);
        }
    }
    Some(vars)
}

/// `note::fields::__Entity` and `note::fields`; they have the span of the user's `Entity`, so the error
/// for a model without `rdj::Model` points there.
fn paths(options: &Options, errors: &mut Errors) -> Option<(Path, Path)> {
    let named = options.model.as_ref()?;
    let mut module = named.clone();
    let is_entity = |last: &Ident| last == "Entity";
    let last = module.segments.last_mut()?;
    if named.segments.len() < 2 || !is_entity(&last.ident) {
        let text =
            "write the model as `<module>::Entity`: the fields are found in `<module>::fields`";
        errors.at(named, text);
        return None;
    }
    let span = last.ident.span();
    last.ident = Ident::new("fields", span);
    let mut entity = module.clone();
    entity.segments.push(Ident::new("__Entity", span).into());
    Some((entity, module))
}

fn fields(options: &Options, vars: &[Var], errors: &mut Errors) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    for ident in options.fields.as_ref()? {
        let name = ident.unraw().to_string();
        if let Some(text) = refused(options, vars, &fields, &name) {
            errors.at(ident, text);
            continue;
        }
        fields.push(Field {
            clean: format_ident!("clean_{}", name, span = ident.span()),
            setter: format_ident!("set_{}", name, span = ident.span()),
            ident: ident.clone(),
            name,
        });
    }
    Some(fields)
}

/// Why a field cannot be an editable one.
fn refused(options: &Options, vars: &[Var], before: &[Field], name: &str) -> Option<String> {
    if before.iter().any(|field| field.name == name) {
        return Some(format!("`{name}` is given twice"));
    }
    if options.read_only.iter().any(|ident| ident.unraw() == name) {
        return Some(format!(
            "`{name}` is one of `read_only_fields`: leave it out of `fields(..)`"
        ));
    }
    if options.owner.iter().any(|ident| ident.unraw() == name) {
        return Some(format!(
            "`{name}` is the owner; it is set by the pipeline: leave it out of `fields(...)`"
        ));
    }
    if vars.iter().any(|var| var.name == name) {
        return Some(format!(
            "`{name}` is a field of the struct too: take it out of one of the two"
        ));
    }
    let meaning = reserved::meaning(name)?;
    Some(format!(
        "`{name}` is {meaning} of every model state: give the model's field another name and keep \
         the column with `#[sea_orm(column_name = \"{name}\")]`"
    ))
}
