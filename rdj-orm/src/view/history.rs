//! What was changed in a row, for reading.

use rdj_runtime::{
    component::{HistoryItem, HistoryLine, HistoryList, HistoryView},
    dispatch::Bind,
    i18n::{date, datetime, number, text, text_with, time},
};
use sea_orm::{ModelTrait, Value};
use serde_json::Value as Json;

use crate::{
    field::FieldMeta,
    handles::Plain,
    history::{Change, HistoryAction, HistoryEntry, Links, links_of, typed},
    model::{CrudModel, key_text},
    ops::visible,
    state::{ModelState, ShownHistory},
    words,
};

/// The most characters of a value that are shown.
const MOST: usize = 300;

/// The history that is shown, or the button that shows that of the row which is edited.
pub fn history<S: ModelState>(state: &S) -> HistoryView {
    let core = state.core();
    let plain = Plain::new(state);
    let Some(shown) = &core.history else {
        let key = core.editing_id.as_ref().map(key_text);
        return HistoryView {
            state: <S as Bind>::NAME,
            open: key.map(|key| plain.click_with("show_history", key)),
            list: None,
        };
    };
    let items = shown.entries.iter().map(|entry| item(state, shown, entry));
    let row = S::Entity::label(&shown.row);
    HistoryView {
        state: <S as Bind>::NAME,
        open: None,
        list: Some(HistoryList {
            title: text_with("rdj-history-of", &[("row", row.into())]),
            items: items.collect(),
            close: plain.click("hide_history"),
        }),
    }
}

fn item<S: ModelState>(
    state: &S,
    shown: &ShownHistory<S::Entity>,
    entry: &HistoryEntry,
) -> HistoryItem {
    let plain = Plain::new(state);
    let who = if entry.user_name.is_empty() {
        text("rdj-history-nobody")
    } else {
        entry.user_name.clone()
    };
    let key = match (entry.undoes, entry.action) {
        (Some(_), _) => "rdj-history-undo-by",
        (None, HistoryAction::Create) => "rdj-history-create-by",
        (None, HistoryAction::Update) => "rdj-history-update-by",
        (None, HistoryAction::Delete) => "rdj-history-delete-by",
    };
    let at = datetime(entry.at);
    let lines = entry.changes.iter();
    HistoryItem {
        id: entry.id,
        at_exact: entry.at.to_rfc3339(),
        what: text_with(key, &[("user", who.into())]),
        lines: lines
            .filter_map(|change| line::<S>(shown, entry.action, change))
            .collect(),
        undo_label: text_with("rdj-history-undo-of", &[("at", at.clone().into())]),
        undo: can_undo(state, shown, entry)
            .then(|| plain.click_with("undo_history", entry.id.to_string())),
        at,
    }
}

/// Whether there is something to undo that the user may undo, as far as the page can know.
fn can_undo<S: ModelState>(
    state: &S,
    shown: &ShownHistory<S::Entity>,
    entry: &HistoryEntry,
) -> bool {
    let core = state.core();
    let undone = shown
        .entries
        .iter()
        .any(|other| other.undoes == Some(entry.id));
    match entry.action {
        HistoryAction::Create => shown.exists && !undone && core.has_delete_permission(),
        HistoryAction::Delete => !shown.exists && !undone && core.has_add_permission(),
        HistoryAction::Update => {
            let mut changes = entry.changes.iter();
            let restores = changes.any(|change| restores::<S>(shown, change, undone));
            shown.exists && core.has_change_permission() && restores
        }
    }
}

fn restores<S: ModelState>(shown: &ShownHistory<S::Entity>, change: &Change, undone: bool) -> bool {
    let mut fields = S::FIELDS.iter();
    let field = fields.find(|field| field.meta.name == change.column);
    match (field, &change.values, S::Entity::column(&change.column)) {
        (Some(field), Some(_), _) if field.meta.many => !undone,
        (Some(_), Some((old, _)), Some(column)) => {
            typed::<S::Entity>(old, column).is_some_and(|old| old != shown.row.get(column))
        }
        _ => false,
    }
}

/// A change for reading; nothing for what goes without saying.
fn line<S: ModelState>(
    shown: &ShownHistory<S::Entity>,
    action: HistoryAction,
    change: &Change,
) -> Option<HistoryLine> {
    let meta = visible::<S>().find(|meta| meta.name == change.column);
    let said = match (meta, &change.values) {
        (Some(meta), Some(_)) if meta.many => links::<S>(shown, meta, &links_of(change)?)?,
        (Some(meta), Some((old, new))) => {
            let read = |json| value::<S>(shown, meta, json);
            match action {
                HistoryAction::Create => read(new),
                HistoryAction::Delete => read(old),
                HistoryAction::Update => from_to(read(old), read(new)),
            }
        }
        // what the page does not show otherwise is not shown here
        _ if action == HistoryAction::Update => text("rdj-history-changed"),
        _ => return None,
    };
    let mut all = S::Entity::FIELDS.iter();
    let meta = meta.or_else(|| all.find(|meta| meta.name == change.column))?;
    Some(HistoryLine {
        label: words::field::<S::Entity>(meta).into_owned(),
        text: said,
    })
}

fn from_to(old: String, new: String) -> String {
    let some = |text: String| {
        if text.is_empty() {
            self::text("rdj-history-empty")
        } else {
            text
        }
    };
    let args = [("old", some(old).into()), ("new", some(new).into())];
    text_with("rdj-history-from-to", &args)
}

/// What a relation lost and got, as far as it exists for the user.
fn links<S: ModelState>(
    shown: &ShownHistory<S::Entity>,
    meta: &FieldMeta,
    (removed, added): &Links,
) -> Option<String> {
    let labels = shown.labels.get(meta.name);
    let names = |keys: &[String]| {
        let names = keys.iter().filter_map(|key| labels?.get(key));
        names.map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let said = [
        ("rdj-history-added", names(added)),
        ("rdj-history-removed", names(removed)),
    ];
    let said = said.into_iter().filter(|(_, names)| !names.is_empty());
    let said: Vec<String> = said
        .map(|(key, names)| text_with(key, &[("rows", names.into())]))
        .collect();
    if said.is_empty() {
        return Some(text("rdj-history-changed"));
    }
    Some(said.join("; "))
}

/// A value in the user's language.
fn value<S: ModelState>(shown: &ShownHistory<S::Entity>, meta: &FieldMeta, json: &Json) -> String {
    let column = S::Entity::column(meta.name);
    let Some((column, value)) = column.and_then(|at| Some((at, typed::<S::Entity>(json, at)?)))
    else {
        return String::new();
    };
    let mut row = shown.row.clone();
    if json.is_null() || row.try_set(column, value.clone()).is_err() {
        return String::new();
    }
    let held = S::Entity::text(&row, meta.name).unwrap_or_default();
    if meta.relation.is_some() {
        let label = shown
            .labels
            .get(meta.name)
            .and_then(|labels| labels.get(&held));
        return label.cloned().unwrap_or(held);
    }
    if let Some((choice, label)) = meta.choices.iter().find(|(choice, _)| *choice == held) {
        return words::choice::<S::Entity>(meta, choice, label).into_owned();
    }
    plain(value).unwrap_or_else(|| short(held))
}

/// Values that each language writes in its own way.
fn plain(value: Value) -> Option<String> {
    Some(match value {
        Value::Bool(Some(yes)) => text(if yes { "rdj-yes" } else { "rdj-no" }),
        Value::Int(Some(value)) => number(value),
        Value::BigInt(Some(value)) => number(value),
        Value::Double(Some(value)) => number(value),
        Value::Decimal(Some(value)) => number(value),
        Value::ChronoDate(Some(value)) => date(value),
        Value::ChronoTime(Some(value)) => time(value),
        Value::ChronoDateTime(Some(value)) => datetime(value),
        Value::ChronoDateTimeUtc(Some(value)) => datetime(value),
        Value::ChronoDateTimeWithTimeZone(Some(value)) => datetime(value.to_utc()),
        _ => return None,
    })
}

fn short(text: String) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text,
    }
}
