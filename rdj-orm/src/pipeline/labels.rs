//! Names of related rows: choices of a form, and labels in a list.

use std::{collections::BTreeMap, mem};

use rdj_runtime::{
    Cx, Result, component::Choice, dispatch::BoxFuture, form::FieldErrors, i18n::Text,
};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, ModelTrait, Value};

use super::may_set;
use crate::{
    db::CxDb,
    field::{Ask, FieldMeta, Linked, LoadLinks, MAX_CHOICES, MAX_FOUND},
    model::{CrudModel, key_text},
    state::{Active, Facts as _, FieldDef, InPlace, ListColumn, ModelState, Offer, Row, nothing},
};

/// Loads the choices of all fields of the form that refer to something, one query each.
pub(crate) fn load_choices<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result> {
    if S::REFERS {
        Box::pin(load_fields(state, cx))
    } else {
        nothing()
    }
}

async fn load_fields<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    for field in S::FIELDS {
        if field.meta.relation.is_some() {
            load_field(state, cx, field).await?;
        }
    }
    for inline in S::INLINES {
        inline.ops.choices(state, cx).await?;
    }
    Ok(())
}

async fn load_field<S: ModelState>(state: &mut S, cx: &Cx, field: &FieldDef<S>) -> Result {
    let mut found = ask(state, cx, &field.meta, Ask::All).await?;
    let many = found.len() > count(MAX_CHOICES);
    if many {
        found.truncate(count(MAX_FOUND));
    }
    let offer = Offer {
        choices: found.into(),
        // a new row is made of what was searched for
        search: (many || in_place::<S>(&field.meta).is_some()).then(String::new),
        more: many,
        creates: None,
    };
    state.core_mut().choices.insert(field.meta.name, offer);
    offer_picked(state, cx, field).await
}

/// How rows for a field are made in place, if they are.
pub(crate) fn in_place<S: ModelState>(meta: &FieldMeta) -> Option<&'static InPlace> {
    let pickers = S::SPEC.pickers;
    let picker = pickers.iter().find(|picker| picker.name == meta.name)?;
    picker.in_place.as_ref()
}

/// Whether a label is what was searched for.
pub(crate) fn is_label(choice: &Choice, text: &str) -> bool {
    choice.label.trim().to_lowercase() == text.trim().to_lowercase()
}

/// The text, if a new row can be made of it: nothing that was found has it as its label.
fn creates<'a, S: ModelState>(
    cx: &'a Cx,
    meta: &'a FieldMeta,
    text: &'a str,
    found: &'a [Choice],
) -> BoxFuture<'a, Result<Option<String>>> {
    let place = in_place::<S>(meta);
    Box::pin(offers_row(cx, place, meta, text, found))
}

async fn offers_row(
    cx: &Cx,
    place: Option<&InPlace>,
    meta: &FieldMeta,
    text: &str,
    found: &[Choice],
) -> Result<Option<String>> {
    let text = text.trim();
    let is_there = || found.iter().any(|choice| is_label(choice, text));
    let may_pick = may_set(meta, cx.user().as_ref());
    let offered = match place.filter(|_| may_pick) {
        Some(place) if !text.is_empty() && !is_there() => place.may(cx).await?,
        _ => false,
    };
    Ok(offered.then(|| text.to_owned()))
}

/// Looks for choices of a field with too many of them for a select.
pub(crate) async fn search_choices<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    field: &FieldDef<S>,
    text: String,
) -> Result {
    let mut found = ask(state, cx, &field.meta, Ask::Search(text.clone())).await?;
    // a hook that has choices of its own gives them all
    if found.len() > count(MAX_FOUND) + 1 {
        retain_found(&mut found, &text);
    }
    let more = found.len() > count(MAX_FOUND);
    found.truncate(count(MAX_FOUND));
    let creates = creates::<S>(cx, &field.meta, &text, &found).await?;
    let offer = Offer {
        choices: found.into(),
        search: Some(text),
        more,
        creates,
    };
    state.core_mut().choices.insert(field.meta.name, offer);
    offer_picked(state, cx, field).await
}

/// Leaves the choices that have all words of a text.
fn retain_found(choices: &mut Vec<Choice>, text: &str) {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    choices.retain(|choice| {
        let label = choice.label.to_lowercase();
        words.iter().all(|word| label.contains(word))
    });
}

/// Adds the labels of what is picked to the choices that a search found.
pub(crate) async fn offer_picked<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    field: &FieldDef<S>,
) -> Result {
    let Some(offer) = state.core().choices.get(field.meta.name) else {
        return Ok(());
    };
    let offered = |text: &String| offer.choices.iter().any(|choice| choice.value == *text);
    let mut missing = picked(state, field);
    missing.retain(|(text, _)| !offered(text));
    if offer.search.is_none() || missing.is_empty() {
        return Ok(());
    }
    let found = labelled(state, cx, &field.meta, missing).await?;
    if let Some(offer) = state.core_mut().choices.get_mut(field.meta.name) {
        let all = found.into_iter().chain(offer.choices.iter().cloned());
        offer.choices = all.collect();
    }
    Ok(())
}

/// What of a form is a search shows what the form now holds.
pub(crate) fn offer_all_picked<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result> {
    if S::REFERS {
        Box::pin(offer_fields(state, cx))
    } else {
        nothing()
    }
}

async fn offer_fields<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    for field in S::FIELDS {
        if field.meta.relation.is_some() {
            offer_picked(state, cx, field).await?;
        }
    }
    Ok(())
}

/// Refuses what is none of the choices now; then the form gets those of now.
pub(super) fn check_choices<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    errors: &'a mut FieldErrors,
) -> BoxFuture<'a, Result> {
    if S::REFERS {
        Box::pin(check_fields(state, cx, errors))
    } else {
        nothing()
    }
}

async fn check_fields<S: ModelState>(state: &mut S, cx: &Cx, errors: &mut FieldErrors) -> Result {
    for field in S::FIELDS {
        let name = field.meta.name;
        if field.meta.relation.is_none() {
            continue;
        }
        let wanted = picked(state, field);
        check_search(state, cx, field, errors).await?;
        if wanted.is_empty() || errors.get(name).is_some() || is_kept(state, field) {
            continue;
        }
        let texts: Vec<String> = wanted.iter().map(|(text, _)| text.clone()).collect();
        let known = state.core().known.clone();
        if known
            .as_ref()
            .is_some_and(|known| known.has_all(name, &texts))
        {
            continue;
        }
        let found = labelled(state, cx, &field.meta, wanted).await?;
        let is_found = |text: &String| found.iter().any(|choice| choice.value == *text);
        let are_found = texts.iter().all(is_found);
        // nobody sees the form that a row of a file stands in
        if let Some(known) = known {
            if are_found {
                known.found(name, texts);
            } else {
                errors.add_to(name, Text::key("rdj-choose-one"));
            }
            continue;
        }
        if are_found {
            offer(state, name, found);
        } else {
            errors.add_to(name, Text::key("rdj-choose-one"));
            load_field(state, cx, field).await?;
        }
    }
    Ok(())
}

/// Whether a row that is updated keeps what it refers to: that was looked up when it was chosen.
fn is_kept<S: ModelState>(state: &S, field: &FieldDef<S>) -> bool {
    state.core().writing.is_some() && is_as_before(state, field)
}

fn is_as_before<S: ModelState>(state: &S, field: &FieldDef<S>) -> bool {
    let base = state.core().base.as_ref();
    let before = base.and_then(|row| S::Entity::text(row, field.meta.name));
    before.is_some_and(|before| before == field.text(state))
}

/// Whether a search came with the form whose answer was not picked from: nothing is picked at all, or
/// what was there before, and the user has not seen what the search finds.
fn is_searching<S: ModelState>(state: &S, field: &FieldDef<S>) -> bool {
    let (name, core) = (field.meta.name, state.core());
    let typed = core.searches.get(name).map_or("", |text| text.trim());
    let offer = core.choices.get(name);
    let seen = offer
        .and_then(|offer| offer.search.as_deref())
        .unwrap_or_default();
    let is_unseen = || seen.trim() != typed && is_as_before(state, field);
    !typed.is_empty() && (picked(state, field).is_empty() || is_unseen())
}

/// Whether any field of a form has a search that was not picked from.
pub(crate) fn has_search<S: ModelState>(state: &S) -> bool {
    S::REFERS && S::FIELDS.iter().any(|field| is_searching(state, field))
}

/// Without JavaScript a search is sent with the form: what it finds is shown, to be picked.
async fn check_search<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    field: &FieldDef<S>,
    errors: &mut FieldErrors,
) -> Result {
    let name = field.meta.name;
    let is_searching = is_searching(state, field);
    if let Some(typed) = state
        .core_mut()
        .searches
        .remove(name)
        .filter(|_| is_searching)
    {
        search_choices(state, cx, field, typed).await?;
        errors.add_to(name, Text::key("rdj-choose-one"));
    }
    Ok(())
}

/// The choices of a field that answer a question, as the hook gives them.
pub(super) async fn ask<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    meta: &FieldMeta,
    question: Ask,
) -> Result<Vec<Choice>> {
    state.core_mut().ask = question;
    let found = (S::hooks().get_choices)(state, cx, meta).await;
    state.core_mut().ask = Ask::All;
    found
}

/// The choices with these values: those that exist for the user.
pub(crate) async fn labelled<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    meta: &FieldMeta,
    wanted: Vec<Linked>,
) -> Result<Vec<Choice>> {
    let (texts, values): (Vec<String>, Vec<Value>) = wanted.into_iter().unzip();
    let mut found = ask(state, cx, meta, Ask::Values(values)).await?;
    found.retain(|choice| texts.contains(&choice.value));
    Ok(found)
}

/// What the form holds of a field that refers to something.
pub(crate) fn picked<S: ModelState>(state: &S, field: &FieldDef<S>) -> Vec<Linked> {
    if let Some(many) = &field.many {
        return (many.keys)(state);
    }
    let text = field.text(state);
    let value = value(state, field).filter(|_| !text.is_empty() && !field.is_empty(state));
    value.map(|value| (text, value)).into_iter().collect()
}

/// What would be written for a field.
fn value<S: ModelState>(state: &S, field: &FieldDef<S>) -> Option<Value> {
    let column = S::Entity::column(field.meta.name)?;
    let mut row = <Active<S> as ActiveModelBehavior>::new();
    field.store(state, &mut row);
    row.get(column).into_value()
}

/// Adds choices that the form does not have yet.
fn offer<S: ModelState>(state: &mut S, name: &'static str, choices: Vec<Choice>) {
    let offered = state.core_mut().choices.entry(name).or_default();
    let mut all: Vec<Choice> = offered.choices.to_vec();
    for choice in choices {
        if all.iter().all(|other| other.value != choice.value) {
            all.push(choice);
        }
    }
    offered.choices = all.into();
}

fn count(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

/// Loads the labels of the related rows of the page: one query for each foreign key shown, two for each
/// many-to-many relation.
///
/// After a write of one's own, which changes no related rows, only labels that are not `known` from the
/// rows of before or from the form are looked up.
pub(crate) fn load_labels<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    known: bool,
) -> BoxFuture<'a, Result> {
    if S::LISTS_RELATED {
        Box::pin(load_columns(state, cx, known))
    } else {
        nothing()
    }
}

async fn load_columns<S: ModelState>(state: &mut S, cx: &Cx, known: bool) -> Result {
    for column in S::SPEC.list_display {
        if column.meta.relation.is_none() {
            continue;
        }
        let labels = match column.linked {
            Some(load) if S::LISTS_LINKED => many_labels(state, cx, column, load).await?,
            _ => one_labels(state, cx, column, known).await?,
        };
        state.core_mut().labels.insert(column.meta.name, labels);
    }
    Ok(())
}

/// The labels of what a foreign key of the rows refers to.
async fn one_labels<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    column: &ListColumn<S::Entity>,
    known: bool,
) -> Result<BTreeMap<String, String>> {
    let (mut missing, core) = (distinct::<S>(state, column), state.core());
    let mut labels = BTreeMap::new();
    if known {
        let before = core.labels.get(column.meta.name);
        let offer = core.choices.get(column.meta.name);
        labels = take_known(&mut missing, before, offer);
    }
    labels.extend(self::labels(state, cx, &column.meta, missing).await?);
    Ok(labels)
}

/// Takes the values away whose labels stood in the list before or stand in the form, and gives these.
fn take_known(
    missing: &mut BTreeMap<String, Value>,
    before: Option<&BTreeMap<String, String>>,
    offer: Option<&Offer>,
) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    missing.retain(|text, _| {
        let listed = before.and_then(|labels| labels.get(text));
        let mut offered = offer.iter().flat_map(|offer| offer.choices.iter());
        let label = listed.or_else(|| {
            let choice = offered.find(|choice| choice.value == *text);
            choice.map(|choice| &choice.label)
        });
        if let Some(label) = label {
            labels.insert(text.clone(), label.clone());
        }
        label.is_none()
    });
    labels
}

/// The labels of these values by their text.
async fn labels<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    meta: &FieldMeta,
    values: BTreeMap<String, Value>,
) -> Result<BTreeMap<String, String>> {
    if values.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = labelled(state, cx, meta, values.into_iter().collect()).await?;
    Ok(by_value(found))
}

/// The labels of choices by their values.
pub(crate) fn by_value(choices: Vec<Choice>) -> BTreeMap<String, String> {
    let labels = choices
        .into_iter()
        .map(|choice| (choice.value, choice.label));
    labels.collect()
}

/// The labels of what each row is linked to, by the row's key.
fn many_labels<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    column: &'a ListColumn<S::Entity>,
    load: LoadLinks<Row<S>>,
) -> BoxFuture<'a, Result<BTreeMap<String, String>>> {
    Box::pin(load_many(state, cx, column, load))
}

async fn load_many<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    column: &ListColumn<S::Entity>,
    load: LoadLinks<Row<S>>,
) -> Result<BTreeMap<String, String>> {
    let db = cx.db()?;
    let rows = mem::take(&mut state.core_mut().data);
    let linked = load(&db, &rows).await;
    let mut keys = Vec::with_capacity(rows.len());
    for row in &rows {
        keys.push(key_text(&S::Entity::key(row)));
    }
    state.core_mut().data = rows;
    let linked = linked?;
    let labels = labels(state, cx, &column.meta, each_once(&linked)).await?;
    Ok(joined(keys, &linked, &labels))
}

fn each_once(linked: &[Vec<Linked>]) -> BTreeMap<String, Value> {
    linked.iter().flatten().cloned().collect()
}

/// The labels of each row in one text, by the row's key.
fn joined(
    keys: Vec<String>,
    linked: &[Vec<Linked>],
    labels: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let joined = linked.iter().map(|links| {
        let names = links.iter().filter_map(|(text, _)| labels.get(text));
        names.map(String::as_str).collect::<Vec<_>>().join(", ")
    });
    keys.into_iter().zip(joined).collect()
}

/// The values of a column on this page by their text, each once, without NULL.
fn distinct<S: ModelState>(state: &S, column: &ListColumn<S::Entity>) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    for row in &state.core().data {
        let text = (column.text)(row);
        if !text.is_empty() {
            values.insert(text, row.get(column.column));
        }
    }
    values
}
