//! What a form shows of its child rows.

use rdj_runtime::{
    component::{Control, FieldView, InlineRowView, InlineView},
    dispatch::{Bind, json},
    i18n::text_with,
};

use super::{Inline, InlineRow, Limits, MAX_SHOWN};
use crate::{
    dispatch::{ADD, REMOVE},
    handles::Plain,
    model::key_text,
    state::ModelState,
    view::{search_input, user, version, view as field_view},
    words,
};

/// What the user may do with the rows.
struct May {
    add: bool,
    change: bool,
    delete: bool,
}

/// The rows of one relation.
pub(super) fn view<S: ModelState, C: ModelState>(
    state: &S,
    inline: &Inline<C>,
    name: &'static str,
    limits: &Limits,
) -> InlineView {
    let blank = C::default();
    let core = blank.core();
    let change = core.has_change_permission() && !inline.read_only;
    let may = May {
        add: core.has_add_permission(),
        change,
        delete: core.has_delete_permission(),
    };
    let rows = inline
        .rows
        .iter()
        .filter(|row| may.add || row.key().is_some());
    let rows: Vec<_> = rows
        .enumerate()
        .map(|(at, shown)| row(state, name, at + 1, shown, &may))
        .collect();
    let can_add = may.add && rows.len() < limits.most();
    let hint = if inline.more {
        let most = u64::try_from(MAX_SHOWN).unwrap_or(u64::MAX);
        text_with("rdj-inline-more", &[("count", most.into())])
    } else if rows.is_empty() {
        words::about::<C::Entity>("rdj-none-yet")
    } else {
        String::new()
    };
    let call = format!("{}.{ADD}({})", <S as Bind>::NAME, json::<String>(&name));
    InlineView {
        state: <S as Bind>::NAME,
        name,
        legend: words::plural::<C::Entity>().into_owned(),
        error: inline.error.text().into_owned(),
        hint,
        rows,
        add: can_add.then_some(call),
        add_label: words::about::<C::Entity>("rdj-inline-add"),
    }
}

fn row<S: ModelState, C: ModelState>(
    state: &S,
    name: &'static str,
    number: usize,
    row: &InlineRow<C>,
    may: &May,
) -> InlineRowView {
    let prefix = format!("{name}-{}", row.id);
    let is_new = row.key().is_none();
    let user = user();
    let plain = Plain::new(state);
    let fields = C::FIELDS.iter().map(|field| {
        let view = field_view(&row.state, field, user.as_ref());
        let view = placed(&plain, &prefix, view);
        FieldView {
            disabled: view.disabled || !(is_new || may.change),
            in_blank_row: is_new,
            ..view
        }
    });
    let args = [json::<String>(&name), row.id.to_string()].join(",");
    let call = format!("{}.{REMOVE}({args})", <S as Bind>::NAME);
    InlineRowView {
        fields: fields.collect(),
        id: row.id,
        legend: words::numbered::<C::Entity>("rdj-inline-row", number),
        error: error(&row.state),
        key: row.key().map(key_text),
        version: version(&row.state),
        delete: (!is_new && may.delete).then_some(row.delete),
        remove: is_new.then_some(call),
        prefix,
    }
}

/// A control of a row among those of the parent's form.
fn placed<S: ModelState>(plain: &Plain<S>, prefix: &str, mut view: FieldView) -> FieldView {
    view.state = <S as Bind>::NAME;
    view.name = format!("{prefix}-{}", view.name).into();
    if let Control::Picker(picker) | Control::ManyPicker(picker) = &mut view.control {
        picker.input = search_input(plain, &view.name);
        // said once in each row it would drown the rows
        if picker.search.is_empty() {
            picker.hint.clear();
        }
        // a row is made in place for the form of the page alone
        picker.create = None;
        picker.change = plain.on_change();
    }
    view
}

/// The first control, row or relation that has an error, as the form calls it.
pub(super) fn wrong<C: ModelState>(inline: &Inline<C>, name: &'static str) -> Option<String> {
    let in_row = inline.rows.iter().find_map(|row| {
        let errors = &row.state.core().field_errors;
        let mut fields = C::FIELDS.iter().map(|field| field.meta.name);
        let field = fields.find(|field| errors.get(field).is_some());
        let row_name = format!("{name}-{}", row.id);
        match field {
            Some(field) => Some(format!("{row_name}-{field}")),
            None => (!error(&row.state).is_empty()).then_some(row_name),
        }
    });
    in_row.or_else(|| (!inline.error.text().is_empty()).then(|| name.to_owned()))
}

/// What is wrong with a row as a whole. Errors of its fields stand at them.
fn error<C: ModelState>(state: &C) -> String {
    let core = state.core();
    let general = core.field_errors.general();
    match general {
        Some(error) => error.into_owned(),
        None if core.field_errors.is_empty() => core.error.text().into_owned(),
        None => String::new(),
    }
}
