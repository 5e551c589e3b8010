//! Names that are given and cannot be taken.

use syn::Ident;

use super::{Event, Names, Options, Variable};
use crate::common::diagnostic::Errors;

/// Methods of every model state: a variable of such a name would hide it.
const METHODS: &[&str] = &[
    "bind",
    "bulk",
    "cell",
    "clean",
    "core",
    "core_mut",
    "dispatch",
    "event_facts",
    "event_table",
    "events",
    "export_url",
    "field",
    "file_url",
    "filter",
    "filter_null",
    "filter_range",
    "filter_text",
    "filters",
    "form",
    "form_key",
    "history",
    "hooks",
    "import_form",
    "import_report",
    "is_editing",
    "is_in_address",
    "key",
    "load",
    "on",
    "on_blur",
    "on_change",
    "on_click",
    "on_denied",
    "on_input",
    "on_load",
    "on_mount",
    "on_submit",
    "options",
    "pagination",
    "read_query",
    "search",
    "serialized",
    "table",
    "text",
    "vars",
    "vars_mut",
    "write_query",
];

/// Reports them; variables have their own names again then, so that it is said once.
pub(super) fn check(names: &mut Names, options: &Options, errors: &mut Errors) {
    let mistake = |(at, var): (usize, &Variable)| {
        let given = options.names.get(var.option)?;
        let text = lacks(var.option, options).or_else(|| variable(names, at, var))?;
        Some((at, given, text))
    };
    let mistakes: Vec<_> = names.vars.iter().enumerate().filter_map(mistake).collect();
    for (at, given, text) in mistakes {
        errors.at(given, text);
        if let Some(var) = names.vars.get_mut(at) {
            var.name = Ident::new(var.core, given.span());
        }
    }
    for (at, event) in names.events.iter().enumerate() {
        let Some((option, given)) = event
            .option
            .and_then(|option| Some((option, options.names.get(option)?)))
        else {
            continue;
        };
        let text = lacks(option, options).or_else(|| self::event(names, at, event, given));
        if let Some(text) = text {
            errors.at(given, text);
        }
    }
}

/// A name for something that the state does not have.
fn lacks(option: &str, options: &Options) -> Option<String> {
    let actions = options.actions;
    let (has, write) = match option {
        "search_var" => (options.is_searched(), "`search_fields(..)`"),
        "ordering_var" => (options.is_ordered(), "`ordering_fields(..)`"),
        "page_var" | "page_size_var" | "total_count_var" | "page_count_var" => {
            (options.is_paged(), "`paginate_by = 20`")
        }
        "list_var" => (actions.list, "`list` in `actions(..)`"),
        "delete_event" => (actions.delete, "`delete` in `actions(..)`"),
        "editing_var" | "field_errors_var" | "form_reset_var" | "save_event" | "cancel_event" => {
            (actions.save(), "`create` or `update` in `actions(..)`")
        }
        _ => (true, ""),
    };
    (!has).then(|| format!("`{option}` names nothing without {write}"))
}

fn variable(names: &Names, at: usize, var: &Variable) -> Option<String> {
    let name = &var.name;
    let other =
        |other: &Variable| other.core != var.core && (other.name == *name || *name == other.core);
    if let Some(other) = names
        .vars
        .iter()
        .enumerate()
        .find(|(i, o)| *i != at && other(o))
    {
        let what = other.1.core;
        return Some(format!(
            "`{name}` is the name of another variable, `{what}`: take another name"
        ));
    }
    (var.is_renamed() && METHODS.iter().any(|method| name == method))
        .then(|| format!("`{name}` is a method of every model state: take another name"))
}

fn event(names: &Names, at: usize, event: &Event, given: &Ident) -> Option<String> {
    let mut others = names.events.iter().enumerate().filter(|(i, _)| *i != at);
    let taken = |other: &Event| given == other.handler || other.names.contains(given);
    let other = others.find(|(_, other)| taken(other))?.1;
    (event.handler != other.handler).then(|| {
        let what = other.handler;
        format!("`{given}` is the name of another event, `{what}`: take another name")
    })
}

#[cfg(test)]
mod tests {
    use super::super::VARIABLES;
    use crate::model_state::parse::RENAMES;

    #[test]
    fn every_variable_has_an_option() {
        for (option, ..) in VARIABLES {
            assert!(RENAMES.iter().any(|known| known.key == *option), "{option}");
        }
    }
}
