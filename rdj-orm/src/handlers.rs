//! The handlers that every model state has.
//!
//! A browser calls them by name. An `#[events]` method of the same name replaces one and can call it
//! as Python calls `super()`:
//!
//! ```ignore
//! #[events]
//! impl NotesState {
//!     async fn start_edit(&mut self, cx: &Cx, id: i64) -> Result {
//!         rdj::handlers::start_edit(self, cx, id).await?;
//!         self.title.push_str(" (editing)");
//!         Ok(())
//!     }
//! }
//! ```
//!
//! # Errors
//!
//! Each fails if the user may not do it ([`Error::LoginRequired`], [`Error::Denied`]), if the row is
//! not in the scope ([`Error::NotFound`]), if a hook fails, or if the database does.

mod bulk;
mod history;
mod lists;

use rdj_runtime::{Cx, Error, Result, state::State};

use crate::{
    backend::enter,
    ops,
    pipeline::{is_allowed, load_choices, load_filter_choices, may_save},
    state::{
        Creates, Cursor, Deletes, Facts as _, FieldDef, Key, Lists, ModelState, Orders, Pages, Row,
        Saves, Searches, Updates,
    },
};

pub use self::{
    bulk::{
        BulkReport, clear_selection, delete_selected, for_selected, select, select_all, select_page,
    },
    history::{hide_history, show_history, undo_history},
    lists::{clear_filters, first_page, last_page, set_filter},
};

/// The longest text that is searched for, in characters.
const MAX_SEARCH: usize = 200;

/// Opens the list: loads choices and rows, and starts to edit the row that the address names, by the
/// user's `start_edit` if there is one. Runs when the page is opened; what the form holds stays.
///
/// # Errors
///
/// See [the module](self); an address that names a row which does not exist, or which the user may
/// not edit, gives a message and an empty form.
pub async fn load<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let cx = &*enter::<S>(cx)?;
    ops::list(state, cx).await?;
    // the form of who may not save is not shown
    if S::SPEC.actions.save() && may_save(state, cx).await? {
        load_choices(state, cx).await?;
    }
    load_filter_choices(state, cx).await?;
    ops::edit_asked(state, cx).await?;
    ops::history_asked(state, cx).await
}

/// Loads the rows again.
///
/// # Errors
///
/// See [the module](self).
pub async fn refresh<S: ModelState + Lists>(state: &mut S, cx: &Cx) -> Result {
    ops::relist(state, cx).await
}

/// Saves the form: the row that is edited, or a new one. Returns the saved row, or nothing when the
/// form has errors, which it then shows.
///
/// # Errors
///
/// See [the module](self). Where the address named a row that could not be opened, such as one that
/// was deleted meanwhile, the first save fails as the opening did: the form may be that row's, and
/// it becomes a new one only by a second save.
pub async fn save<S: ModelState + Saves>(state: &mut S, cx: &Cx) -> Result<Option<Row<S>>> {
    store_edited(state, cx).await
}

async fn store_edited<S: ModelState>(state: &mut S, cx: &Cx) -> Result<Option<Row<S>>> {
    if let Some(error) = state.core_mut().unopened.take() {
        return Err(error);
    }
    let key = state.core().editing_id.clone();
    store(state, cx, key).await
}

/// Saves the form as a new row, whatever is edited.
///
/// # Errors
///
/// See [the module](self).
pub async fn create<S: ModelState + Creates>(state: &mut S, cx: &Cx) -> Result<Option<Row<S>>> {
    state.core_mut().unopened = None;
    store(state, cx, None).await
}

async fn store<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    key: Option<Key<S>>,
) -> Result<Option<Row<S>>> {
    let saved = match ops::store(state, cx, key.clone()).await {
        Err(Error::NotFound) => return gone(state, cx, key.as_ref()).await.map(|()| None),
        saved => saved?,
    };
    if saved.is_some() {
        ops::reload(state, cx).await?;
        ops::history_again(state, cx).await?;
    } else {
        let core = state.core();
        let conflicts = core.conflict.iter().flat_map(|conflict| &conflict.fields);
        let both: Vec<_> = conflicts.map(|field| field.name).collect();
        let wrong = |field: &&FieldDef<S>| {
            core.field_errors.get(field.meta.name).is_some() || both.contains(&field.meta.name)
        };
        if let Some(field) = S::FIELDS.iter().find(wrong) {
            focus::<S>(cx, Some(field));
        } else if let Some(name) = S::INLINES.iter().find_map(|inline| inline.ops.wrong(state)) {
            cx.focus(format!("{}-{name}", <S as State>::NAME));
        }
    }
    Ok(saved)
}

/// After an action whose row is not there any more: the list is loaded again without it, and the form
/// is no longer the row's.
async fn gone<S: ModelState>(state: &mut S, cx: &Cx, key: Option<&Key<S>>) -> Result {
    if let Some(key) = key {
        ops::leave(state, key);
    }
    ops::reload(state, cx).await?;
    Err(Error::NotFound)
}

/// Takes notice of what somebody else changed: the next save goes over it.
pub(crate) fn acknowledge<S: ModelState>(state: &mut S) {
    let core = state.core_mut();
    match core.conflict.take() {
        Some(conflict) => core.remember(Some(conflict.theirs)),
        None => core.told.version = core.told.theirs.take(),
    }
}

/// Saves what the user typed over what somebody else changed meanwhile. What is changed once more after
/// the conflict was shown is a new one.
///
/// # Errors
///
/// See [the module](self).
pub async fn keep_mine<S: ModelState + Updates>(state: &mut S, cx: &Cx) -> Result<Option<Row<S>>> {
    acknowledge(state);
    store_edited(state, cx).await
}

/// Takes over what somebody else changed, where the user changed it too, and leaves the rest of the
/// form as it was typed; nothing is saved yet.
///
/// # Errors
///
/// See [the module](self).
pub async fn take_theirs<S: ModelState + Updates>(state: &mut S, cx: &Cx) -> Result {
    let key = state.core().editing_id.clone();
    match ops::take_theirs(state, cx).await {
        Err(Error::NotFound) => gone(state, cx, key.as_ref()).await,
        done => done,
    }
}

/// Moves the keyboard focus to the control of a field.
fn focus<S: ModelState>(cx: &Cx, field: Option<&FieldDef<S>>) {
    if let Some(field) = field {
        cx.focus(format!("{}-{}", <S as State>::NAME, field.meta.name));
    }
}

/// Empties the form for a new row, and moves the keyboard focus into it.
///
/// # Errors
///
/// None.
pub async fn new<S: ModelState + Creates>(state: &mut S, cx: &Cx) -> Result {
    ops::clear_form(state);
    focus::<S>(cx, S::FIELDS.first());
    Ok(())
}

/// Deletes a row.
///
/// # Errors
///
/// See [the module](self); [`Error::Conflict`] if other rows refer to it.
pub async fn delete<S: ModelState + Deletes>(state: &mut S, cx: &Cx, id: Key<S>) -> Result {
    match ops::delete(state, cx, &id).await {
        Err(Error::NotFound) => gone(state, cx, Some(&id)).await,
        done => {
            done?;
            ops::reload(state, cx).await?;
            history::after_delete(state, cx, &id).await
        }
    }
}

/// Fills the form with a row, and moves the keyboard focus into it.
///
/// # Errors
///
/// See [the module](self).
pub async fn start_edit<S: ModelState + Updates>(state: &mut S, cx: &Cx, id: Key<S>) -> Result {
    match ops::start_edit(state, cx, &id).await {
        // a page that opens has just loaded its list
        Err(Error::NotFound) if !state.core().opening => return gone(state, cx, Some(&id)).await,
        done => done?,
    }
    // a page that opens leaves the focus where it is
    if !state.core().opening {
        focus::<S>(cx, S::FIELDS.first());
    }
    Ok(())
}

/// Leaves the editing and empties the form.
///
/// # Errors
///
/// None.
pub async fn cancel_edit<S: ModelState + Saves>(state: &mut S, _: &Cx) -> Result {
    ops::clear_form(state);
    Ok(())
}

/// Searches.
///
/// # Errors
///
/// See [the module](self).
pub async fn set_search<S: ModelState + Searches>(
    state: &mut S,
    cx: &Cx,
    search: String,
) -> Result {
    let core = state.core_mut();
    core.search = limited(&search);
    core.clear_selection();
    from_start(state, cx).await
}

/// Loads the list from its first page on.
async fn from_start<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    let core = state.core_mut();
    core.page = 1;
    core.listing.cursor = Cursor::First;
    ops::list(state, cx).await
}

pub(crate) fn limited(search: &str) -> String {
    search
        .chars()
        .filter(|letter| *letter != '\0')
        .take(MAX_SEARCH)
        .collect()
}

/// Shows all rows again.
///
/// # Errors
///
/// See [the module](self).
pub async fn clear_search<S: ModelState + Searches>(state: &mut S, cx: &Cx) -> Result {
    set_search(state, cx, String::new()).await
}

/// Shows the next page, if there is one.
///
/// # Errors
///
/// See [the module](self).
pub async fn next_page<S: ModelState + Pages>(state: &mut S, cx: &Cx) -> Result {
    if S::KEYSET {
        let before = state.core().page;
        lists::turn(state, true);
        return moved(state, cx, before).await;
    }
    let page = state.core().page.saturating_add(1);
    go_to_page(state, cx, page).await
}

/// Shows the page before, if there is one.
///
/// # Errors
///
/// See [the module](self).
pub async fn prev_page<S: ModelState + Pages>(state: &mut S, cx: &Cx) -> Result {
    if S::KEYSET {
        let before = state.core().page;
        lists::turn(state, false);
        return moved(state, cx, before).await;
    }
    let page = state.core().page.saturating_sub(1);
    go_to_page(state, cx, page).await
}

/// Shows a page; the last one if there are fewer.
///
/// # Errors
///
/// [`Error::BadArguments`] for any page but the first where `pagination = keyset`, whose pages have no
/// numbers; see [the module](self).
pub async fn go_to_page<S: ModelState + Pages>(state: &mut S, cx: &Cx, page: u64) -> Result {
    if S::KEYSET && page > 1 {
        return Err(Error::BadArguments(
            "go_to_page: pages of `pagination = keyset` have no numbers".to_owned(),
        ));
    }
    state.core_mut().listing.cursor = Cursor::First;
    let before = state.core().page;
    state.core_mut().page = page.max(1);
    moved(state, cx, before).await
}

/// Loads the page that the state was moved to; the hook hears of another one.
async fn moved<S: ModelState>(state: &mut S, cx: &Cx, before: u64) -> Result {
    ops::list(state, cx).await?;
    let now = state.core().page;
    if now == before {
        return Ok(());
    }
    let cx = &*enter::<S>(cx)?;
    (S::hooks().on_page_change)(state, cx, now).await
}

/// Shows so many rows a page, at least 1 and at most `max_page_size`, from the first page on.
///
/// # Errors
///
/// See [the module](self).
pub async fn set_page_size<S: ModelState + Pages>(state: &mut S, cx: &Cx, size: u64) -> Result {
    state.core_mut().page_size = page_size::<S>(size);
    go_to_page(state, cx, 1).await
}

pub(crate) fn page_size<S: ModelState>(size: u64) -> u64 {
    size.clamp(1, S::SPEC.max_page_size.max(1))
}

/// Orders by `ordering_fields`, with `-` for the largest first and commas between several; by the
/// declared order for an empty text.
///
/// # Errors
///
/// [`Error::BadArguments`] for any other field; see [the module](self).
pub async fn set_ordering<S: ModelState + Orders>(
    state: &mut S,
    cx: &Cx,
    ordering: String,
) -> Result {
    if !is_ordering::<S>(&ordering) {
        return Err(Error::BadArguments(
            "set_ordering: not one of `ordering_fields`".to_owned(),
        ));
    }
    state.core_mut().ordering = ordering;
    from_start(state, cx).await
}

pub(crate) fn is_ordering<S: ModelState>(ordering: &str) -> bool {
    ordering.is_empty() || S::SPEC.is_ordered() && is_allowed(&S::SPEC, ordering)
}
