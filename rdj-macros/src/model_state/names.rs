//! What the variables and the events of a state are called.

mod clash;

use proc_macro2::Span;
use syn::{Ident, Path, ext::IdentExt};

use super::parse::Options;
use crate::common::{diagnostic::Errors, ident::plural};

/// A variable that every model state has.
pub(super) struct Variable {
    /// The option that renames it.
    option: &'static str,
    /// Its field of `Core`, which is its name where none is declared.
    pub(super) core: &'static str,
    /// Its field of `Names`.
    pub(super) fact: &'static str,
    pub(super) name: Ident,
}

impl Variable {
    /// Whether the name is not that of the field of `Core`.
    pub(super) fn is_renamed(&self) -> bool {
        self.name != self.core
    }
}

/// An event that nobody has to write.
pub(super) struct Event {
    /// Its function in `handlers`.
    pub(super) handler: &'static str,
    /// The option that renames it.
    option: Option<&'static str>,
    /// What a browser calls it, what components send first.
    pub(super) names: Vec<Ident>,
    /// Whether the state has it.
    pub(super) exists: bool,
}

/// All names of a state.
pub(super) struct Names {
    pub(super) vars: Vec<Variable>,
    pub(super) events: Vec<Event>,
    /// Another name of the field errors: `notes_field_errors`.
    pub(super) field_errors: Option<Ident>,
    /// Whether forms are made anew when they are emptied or filled.
    pub(super) resets_form: bool,
    /// Whether events have the names that all states share.
    pub(super) canonical: bool,
}

/// A variable: its option, its field of `Core` and of `Names`, and its name with `names = crud`,
/// where `{}` is the name of the list.
type VariableRow = (&'static str, &'static str, &'static str, &'static str);

const VARIABLES: &[VariableRow] = &[
    ("list_var", "data", "list", "{}"),
    ("error_var", "error", "error", "{}_error"),
    (
        "field_errors_var",
        "field_errors",
        "field_errors",
        "{}_field_errors",
    ),
    ("editing_var", "editing_id", "editing", "editing_id"),
    (
        "form_reset_var",
        "form_reset_key",
        "form_reset",
        "form_reset_key",
    ),
    ("page_var", "page", "page", "page"),
    ("page_size_var", "page_size", "page_size", "page_size"),
    (
        "total_count_var",
        "total_count",
        "total_count",
        "{}_total_count",
    ),
    (
        "page_count_var",
        "page_count",
        "page_count",
        "{}_page_count",
    ),
    ("search_var", "search", "search", "{}_search"),
    ("ordering_var", "ordering", "ordering", "{}_ordering"),
];

/// Variables whose names cannot be chosen.
const FIXED: &[&str] = &[
    "all_selected",
    "conflict",
    "has_next",
    "has_previous",
    "related",
    "selected",
];

/// Reads the names.
pub(super) fn lower(options: &Options, model: &Path, errors: &mut Errors) -> Names {
    let given = &options.names;
    let model = module(model);
    let new = |name: String| Ident::new(&name, Span::call_site());
    let list = match given.get("list_var") {
        Some(list) => list.to_string(),
        None if given.crud => plural(&model),
        None => "data".to_owned(),
    };
    let none = given
        .get("form_reset_var")
        .is_some_and(|name| name == "none");
    let variable = |&(option, core, fact, crud): &VariableRow| {
        let default = if given.crud { crud } else { core };
        let given = given
            .get(option)
            .filter(|_| option != "form_reset_var" || !none);
        Variable {
            option,
            core,
            fact,
            name: given
                .cloned()
                .unwrap_or_else(|| new(default.replace("{}", &list))),
        }
    };
    let vars: Vec<Variable> = VARIABLES.iter().map(variable).collect();
    let alias = format!("{list}_field_errors");
    let has_alias = given.get("list_var").is_some() && given.get("field_errors_var").is_none();
    let mut names = Names {
        events: events(options, &vars, &model, &list),
        field_errors: (has_alias && !given.crud).then(|| new(alias)),
        vars,
        resets_form: !none,
        canonical: !given.own_only,
    };
    clash::check(&mut names, options, errors);
    names
}

/// `note` for `note::Entity`: the model's name in the names of events.
fn module(model: &Path) -> String {
    let mut segments = model.segments.iter().rev().skip(1);
    let module = segments
        .next()
        .map(|segment| segment.ident.unraw().to_string());
    module.unwrap_or_default()
}

/// An event whose name cannot be changed.
fn fixed(handler: &'static str, exists: bool) -> Event {
    Event {
        handler,
        option: None,
        names: vec![Ident::new(handler, Span::call_site())],
        exists,
    }
}

/// The events of pages, filters and selected rows.
fn list_events(options: &Options) -> Vec<Event> {
    let (list, lists) = (options.actions.list, &options.lists);
    let paged = options.is_paged();
    let filtered = list && !lists.filters.is_empty();
    let bulk = list && !lists.bulk_actions.is_empty();
    vec![
        fixed("first_page", paged),
        fixed("last_page", paged),
        fixed("set_filter", filtered),
        fixed("clear_filters", filtered),
        fixed("toggle_row", bulk),
        fixed("select_page", bulk),
        fixed("select_all", bulk),
        fixed("clear_selection", bulk),
        fixed("bulk_action", bulk),
        fixed("delete_selected", bulk && lists.deletes()),
    ]
}

/// All events in order.
fn events(options: &Options, vars: &[Variable], model: &str, list: &str) -> Vec<Event> {
    let (given, actions) = (&options.names, options.actions);
    let canonical = !given.own_only;
    let name_by = |option: &'static str, default: String| {
        let name = given.get(option).cloned();
        name.unwrap_or_else(|| Ident::new(&default, Span::call_site()))
    };
    // both names, the one that says more first where the author asks for it
    let both = |handler: &'static str, option: &'static str, default: String, exists: bool| {
        let mut names = vec![name_by(option, default)];
        if canonical {
            let at = usize::from(given.crud || given.get(option).is_some());
            names.insert(at, Ident::new(handler, Span::call_site()));
        }
        names.dedup();
        Event {
            handler,
            option: Some(option),
            names,
            exists,
        }
    };
    let of_var = |handler: &'static str, verb: &str, core: &str, exists: bool| {
        let var = vars.iter().find(|var| var.core == core);
        let name = var.map_or(core.to_owned(), |var| var.name.to_string());
        Event {
            names: vec![Ident::new(&format!("{verb}_{name}"), Span::call_site())],
            ..fixed(handler, exists)
        }
    };
    let saving = format!("save_{model}");
    let mut save = both("save", "save_event", saving.clone(), actions.save());
    if given.use_form_submit {
        let name = name_by("save_event", saving);
        save.names
            .push(Ident::new(&format!("{name}_form"), name.span()));
    }
    let cancel = Event {
        option: Some("cancel_event"),
        names: vec![name_by("cancel_event", "cancel_edit".to_owned())],
        ..fixed("cancel_edit", actions.save())
    };
    let conflicts = actions.update && options.rules.has_conflicts();
    let history = actions.update && options.history.is_some();
    let (paged, searched, ordered) = (
        options.is_paged(),
        options.is_searched(),
        options.is_ordered(),
    );
    let deleting = format!("delete_{model}");
    let mut events = vec![
        both("load", "on_load_event", format!("on_load_{list}"), true),
        fixed("refresh", actions.list && canonical),
        save,
        fixed("create", actions.create && canonical),
        fixed("new", actions.create && canonical),
        both("delete", "delete_event", deleting, actions.delete),
        fixed("start_edit", actions.update),
        cancel,
        fixed("keep_mine", conflicts),
        fixed("take_theirs", conflicts),
        fixed("show_history", history),
        fixed("hide_history", history),
        fixed("undo_history", history),
        of_var("set_search", "set", "search", searched),
        of_var("clear_search", "clear", "search", searched),
        fixed("next_page", paged),
        fixed("prev_page", paged),
        fixed("go_to_page", paged),
        fixed("set_page_size", paged),
        of_var("set_ordering", "set", "ordering", ordered),
    ];
    events.extend(list_events(options));
    events
}

impl Names {
    /// Whether the state has the event of this function in `handlers`.
    pub(super) fn has(&self, handler: &str) -> bool {
        let mut events = self.events.iter();
        events.any(|event| event.handler == handler && event.exists)
    }

    /// What a name of a field or of a variable already stands for, if it does.
    pub(super) fn meaning(&self, name: &str) -> Option<&'static str> {
        if self.vars.iter().any(|var| var.name == name)
            || self.field_errors.iter().any(|alias| alias == name)
            || FIXED.contains(&name)
        {
            return Some("a variable");
        }
        let setter = format!("set_{name}");
        let is_event = |event: &Event| event.names.iter().any(|own| own == name || *own == setter);
        self.events.iter().any(is_event).then_some("an event")
    }
}
