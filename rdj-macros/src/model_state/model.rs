//! What `#[model_state]` declares.

use proc_macro2::{Span, TokenStream};
use quote::format_ident;
use syn::{Ident, ItemStruct, LitInt, Path, Type, Visibility, ext::IdentExt};

use super::{
    names::{self, Names},
    parse::{self, Actions, FieldPath, InPlace, Inline, ListOptions, Options, Picker, Rules},
};
use crate::{
    app_state::{Var, name, refuse_default, vars},
    common::{diagnostic::Errors, guard::Guard, ident::sibling, order::Order},
};

/// A state over a model.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent options of a state"
)]
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
    pub(super) names: Names,
    pub(super) actions: Actions,
    /// The user's own variables.
    pub(super) vars: Vec<Var>,
    pub(super) ordering: Vec<Order>,
    pub(super) search_fields: Vec<FieldPath>,
    pub(super) lists: ListOptions,
    pub(super) owner: Option<Ident>,
    /// Who sees the rows of everybody.
    pub(super) owner_bypass: Option<Guard>,
    pub(super) model_permissions: bool,
    /// The columns that rows of the list do not have.
    pub(super) excluded: Vec<Ident>,
    pub(super) ordering_fields: Vec<Ident>,
    pub(super) list_display: Vec<Ident>,
    pub(super) paginate_by: Option<LitInt>,
    pub(super) max_page_size: Option<LitInt>,
    pub(super) reset_after_save: bool,
    pub(super) pickers: Vec<Picker>,
    pub(super) in_place: Vec<InPlace>,
    pub(super) inlines: Vec<Inline>,
    /// The columns of files; empty for the key and what is shown.
    pub(super) export: Option<Vec<Ident>>,
    pub(super) export_formulas: bool,
    pub(super) import: bool,
    /// Where the option `history` stands.
    pub(super) history: Option<Span>,
    /// What `serialized()` is made by.
    pub(super) serializer: Option<Path>,
    pub(super) rules: Rules,
    /// Whether it follows changes by others.
    pub(super) live: bool,
    /// Where the rows are, if not in the application's database.
    pub(super) backend: Option<Type>,
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
    /// Whether `required_fields` names it.
    pub(super) required: bool,
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
    let (entity, module) = paths(&options, errors)?;
    let names = names::lower(&options, options.model.as_ref()?, errors);
    let vars = own_vars(item, &names, errors)?;
    let fields = fields(&options, &names, &vars, errors)?;
    let inlines = inlines(options.inlines, &names, &vars, &fields, errors);
    let shown = || options.fields.clone().unwrap_or_default();
    let list_display = options.list_display.clone().unwrap_or_else(shown);
    check_excluded(&options.excluded, &list_display, errors);
    Some(ModelState {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        name,
        guard: options.guard,
        list_display,
        excluded: options.excluded,
        fields,
        names,
        actions: options.actions,
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
        pickers: options.pickers,
        in_place: options.in_place,
        inlines,
        export: options.export.filter(|_| options.actions.list),
        export_formulas: options.export_formulas.is_some(),
        import: options.import.is_some(),
        history: options.history.filter(|_| options.actions.update),
        serializer: options.serializer.filter(|_| options.actions.list),
        rules: options.rules,
        live: options.live.is_none_or(|value| value.value),
        backend: options.backend,
        events: sibling(&item.ident, "Events"),
        var_events: sibling(&item.ident, "VarEvents"),
        hooks: sibling(&item.ident, "Hooks"),
        views: sibling(&item.ident, "Fields"),
    })
}

/// The variables of the struct, none of which is one that the state has already.
fn own_vars(item: &ItemStruct, names: &Names, errors: &mut Errors) -> Option<Vec<Var>> {
    let vars = vars(item, errors)?;
    for var in &vars {
        if let Some(meaning) = names.meaning(&var.name) {
            let text = format!(
                "`{}` is {meaning} of the state already: take another name",
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

fn fields(
    options: &Options,
    names: &Names,
    vars: &[Var],
    errors: &mut Errors,
) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    if !options.actions.save() {
        return Some(fields);
    }
    for ident in options.state_fields.as_ref().or(options.fields.as_ref())? {
        let name = ident.unraw().to_string();
        let taken = || taken(names, &name);
        if let Some(text) = refused(options, vars, &fields, &name).or_else(taken) {
            errors.at(ident, text);
            continue;
        }
        fields.push(Field {
            clean: format_ident!("clean_{}", name, span = ident.span()),
            setter: format_ident!("set_{}", name, span = ident.span()),
            required: options.required.iter().any(|field| field.unraw() == name),
            ident: ident.clone(),
            name,
        });
    }
    for required in &options.required {
        let name = required.unraw().to_string();
        if !fields.iter().any(|field| field.name == name) {
            errors.at(required, format!("`{name}` is no field of the form"));
        }
    }
    Some(fields)
}

/// The variable of child rows is called as the relation; those that cannot be are left out.
fn inlines(
    all: Vec<Inline>,
    names: &Names,
    vars: &[Var],
    fields: &[Field],
    errors: &mut Errors,
) -> Vec<Inline> {
    let mut kept: Vec<Inline> = Vec::new();
    for inline in all {
        let name = inline.relation.unraw().to_string();
        let mut before = kept.iter().map(|other| other.relation.unraw().to_string());
        let wrong = if before.any(|other| other == name)
            || fields.iter().any(|field| field.name == name)
        {
            Some(format!("`{name}` is given twice"))
        } else if vars.iter().any(|var| var.name == name) {
            Some(format!(
                "`{name}` is a field of the struct too: the rows of the relation are one already"
            ))
        } else {
            taken(names, &name)
        };
        match wrong {
            Some(text) => errors.at(&inline.relation, text),
            None => kept.push(inline),
        }
    }
    kept
}

/// What rows do not have cannot be shown of them.
fn check_excluded(excluded: &[Ident], shown: &[Ident], errors: &mut Errors) {
    for column in excluded {
        let name = column.unraw().to_string();
        if shown.iter().any(|field| field.unraw() == name) {
            errors.at(
                column,
                format!("the list shows `{name}`: take it out of `list_display(..)` or from here"),
            );
        }
    }
}

/// Why a field cannot be an editable one.
fn refused(options: &Options, vars: &[Var], before: &[Field], name: &str) -> Option<String> {
    if before.iter().any(|field| field.name == name) {
        return Some(format!("`{name}` is given twice"));
    }
    let is_read_only = || options.read_only.iter().any(|ident| ident.unraw() == name);
    // `state_fields` is taken as it is written
    if options.state_fields.is_none() && is_read_only() {
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
    None
}

/// Why a field cannot have the name of something else.
fn taken(names: &Names, name: &str) -> Option<String> {
    let meaning = names.meaning(name)?;
    Some(format!(
        "`{name}` is {meaning} of the state already: give the model's field another name and keep \
         the column with `#[sea_orm(column_name = \"{name}\")]`"
    ))
}
