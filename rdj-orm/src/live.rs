//! What a model state does with rows that others have changed.
//!
//! Nothing of a change but its table reaches a page: the state asks the database again, with the scope,
//! the rights, the search and the order of whom the page is for. So a change shows nobody a row that
//! they could not see by loading the page.

use std::borrow::Cow;

use rdj_runtime::{Cx, Error, Result, dispatch::BoxFuture, live::Changes};
use sea_orm::EntityTrait;

use crate::{
    backend::enter,
    db::CxDb,
    field::FieldMeta,
    hooks::Action,
    model::CrudModel,
    ops,
    pipeline::{find, load_choices, load_filter_choices},
    state::{Facts as _, ModelState, nothing},
    words,
};

/// The name of an entity's table, under which its changes are told.
#[must_use]
pub fn table_name<E: EntityTrait>() -> &'static str {
    E::default().table_name()
}

/// The tables that a state follows: that of its rows, those of the labels and choices that it shows,
/// and those that its `#[on_change(..)]` functions name.
#[must_use]
pub fn tables<S: ModelState>() -> Vec<Cow<'static, str>> {
    let mut tables = S::event_table().tables();
    if S::SPEC.live && S::SPEC.actions.list {
        tables.push(table_name::<S::Entity>().into());
        tables.extend(related::<S>().into_iter().map(Cow::Borrowed));
        tables.extend(joined::<S>().into_iter().map(Cow::Borrowed));
    }
    tables
}

/// The tables of the related rows whose labels stand in the list, in the form and among the filters.
fn related<S: ModelState>() -> Vec<&'static str> {
    let mut tables = Vec::new();
    let mut take = |meta: &FieldMeta| tables.extend(meta.relation.map(|relation| relation.table()));
    for column in S::SPEC.list_display {
        take(&column.meta);
    }
    for field in S::FIELDS {
        take(&field.meta);
    }
    for filter in S::SPEC.lists.filters {
        take(&filter.meta);
    }
    tables
}

/// The tables of the related rows that are loaded with the list or that its search looks into.
fn joined<S: ModelState>() -> Vec<&'static str> {
    let mut tables = Vec::new();
    for path in S::SPEC.search_fields {
        tables.extend(path.tables());
    }
    for fetch in S::SPEC.lists.select_related {
        fetch.tables(&mut tables);
    }
    for prefetch in S::SPEC.lists.prefetch_related {
        tables.push(prefetch.table());
    }
    tables
}

/// The publication up to which the rows were read. Functions marked `#[on_change(..)]` know nothing of
/// it: they hear of every change.
pub fn read_at<S: ModelState>(state: &S) -> u64 {
    let read = state.core().read_at.unwrap_or(0);
    if S::event_table().on_change.is_empty() {
        read
    } else {
        0
    }
}

/// What is known to all who read from now on; nothing inside of a transaction, which may see an older
/// state of the database.
pub(crate) fn position(cx: &Cx) -> u64 {
    let known = cx.resource::<Changes>().map_or(0, Changes::position);
    let in_transaction = cx.db().is_ok_and(|db| db.pool().is_none());
    if in_transaction { 0 } else { known }
}

/// Takes up what was changed in these tables. The form stays as it is.
///
/// # Errors
///
/// A function of the user fails, nobody is signed in any more, or the database fails.
pub fn follow<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    tables: &'a [Cow<'static, str>],
) -> BoxFuture<'a, Result> {
    Box::pin(async move {
        S::event_table().follow(state, cx, tables).await?;
        if S::LIVE {
            read_changes(state, cx, tables).await
        } else {
            Ok(())
        }
    })
}

fn read_changes<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    tables: &'a [Cow<'static, str>],
) -> BoxFuture<'a, Result> {
    Box::pin(async move {
        // a page that never showed the list does not begin to
        let Some(read_at) = state.core().read_at else {
            return Ok(());
        };
        let names = tables.iter().map(|table| &**table);
        if cx.resource::<Changes>()?.changed_at(names) <= read_at {
            return Ok(());
        }
        let cx = &*enter::<S>(cx)?;
        if !read_again(state, cx, read_at).await? {
            return Ok(());
        }
        if is_any(&related::<S>(), tables) {
            reload_choices(state, cx).await?;
            load_filter_choices(state, cx).await?;
        }
        look_for_edited(state, cx).await?;
        if tables.contains(&table_name::<S::Entity>().into()) {
            ops::history_again(state, cx).await?;
        }
        Ok(())
    })
}

fn is_any(names: &[&'static str], tables: &[Cow<'static, str>]) -> bool {
    names.iter().any(|name| tables.contains(&(*name).into()))
}

/// Loads what the form and the filters offer of the model's own rows, where rows refer to others of it.
pub(crate) fn offer_own_rows<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result> {
    if S::REFERS || S::FILTERS_RELATED {
        Box::pin(offer_rows(state, cx))
    } else {
        nothing()
    }
}

async fn offer_rows<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    if related::<S>().contains(&table_name::<S::Entity>()) {
        reload_choices(state, cx).await?;
        load_filter_choices(state, cx).await?;
    }
    Ok(())
}

/// Loads the choices of a form that has some.
async fn reload_choices<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    if state.core().choices.is_empty() {
        return Ok(());
    }
    load_choices(state, cx).await
}

/// Reads the rows; false where that is refused: whoever may not read them any more does not keep those
/// of before.
async fn read_again<S: ModelState>(state: &mut S, cx: &Cx, read_at: u64) -> Result<bool> {
    state.core_mut().read_at = None;
    let done = ops::relist(state, cx).await;
    let core = state.core_mut();
    // a hook may have dealt with the error, and nothing was read nevertheless
    let is_read = core.read_at.is_some();
    core.read_at.get_or_insert(read_at);
    if is_read || done.as_ref().is_err_and(Error::is_internal) {
        return done.map(|()| true);
    }
    core.data.clear();
    core.related.clear();
    core.labels.clear();
    (core.total_count, core.page_count, core.page) = (0, 1, 1);
    match done {
        Err(Error::LoginRequired) => Err(Error::LoginRequired),
        Err(error) => {
            core.error = error.public_text().into_owned().into();
            Ok(false)
        }
        Ok(()) => Ok(false),
    }
}

/// Says so if the row that is edited does not exist any more for this user; what was typed stays.
async fn look_for_edited<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let Some(key) = state.core().editing_id.clone() else {
        return Ok(());
    };
    if state
        .core()
        .data
        .iter()
        .any(|row| S::Entity::key(row) == key)
    {
        return Ok(());
    }
    match find(state, cx, Action::Edit, &key).await {
        Err(error) if error.is_internal() => Err(error),
        Err(_) => {
            state.core_mut().error = words::about::<S::Entity>("rdj-edited-gone").into();
            Ok(())
        }
        Ok(_) => Ok(()),
    }
}
