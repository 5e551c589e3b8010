//! The actions of a state for server code: what a handler, a task or a test does with rows.

use rdj_runtime::{Cx, Result};
use sea_orm::sea_query::{Condition, IntoCondition};

use crate::{
    handlers,
    history::HistoryEntry,
    model::CrudModel,
    ops,
    state::{
        Core, Creates, Deletes, HasHistory, Key, Lists, ModelState, Pages, Row, Saves, Updates,
    },
};

/// `notes.orm(cx)`: the actions of a state, called by name.
///
/// They go through the same scope, permissions, hooks and transaction as the events of a browser, and
/// through the state's own variables: `save` saves the form, `filter` narrows the list. No browser can
/// call them.
///
/// ```ignore
/// use rdj::orm::OrmApi;
///
/// #[event]
/// async fn archive(&mut self, cx: &Cx, id: i64) -> Result {
///     self.orm(cx).load(id).await?;
///     self.is_archived = true;
///     self.orm(cx).save().await?;
///     self.orm(cx).filter(note::Column::IsArchived.eq(false)).await
/// }
/// ```
pub trait OrmApi: ModelState {
    /// The actions, for the user of this request.
    fn orm<'a>(&'a mut self, cx: &'a Cx) -> Orm<'a, Self> {
        Orm { state: self, cx }
    }
}

impl<S: ModelState> OrmApi for S {}

/// The actions of a state for the user of a request; see [`OrmApi`].
///
/// # Errors
///
/// All of them fail as the functions of [`handlers`] do.
#[derive(Debug)]
pub struct Orm<'a, S> {
    state: &'a mut S,
    cx: &'a Cx,
}

#[expect(
    clippy::missing_errors_doc,
    reason = "the type says it once for all of them"
)]
impl<S: ModelState> Orm<'_, S> {
    /// Fills the form with a row, to change it.
    pub async fn load(&mut self, key: Key<S>) -> Result
    where
        S: Updates,
    {
        ops::start_edit(self.state, self.cx, &key).await
    }

    /// Saves the form: the row that was loaded, or a new one. Returns the saved row, or nothing when
    /// the form has errors.
    pub async fn save(&mut self) -> Result<Option<Row<S>>>
    where
        S: Saves,
    {
        handlers::save(self.state, self.cx).await
    }

    /// Saves the form as a new row, whatever was loaded.
    pub async fn create(&mut self) -> Result<Option<Row<S>>>
    where
        S: Creates,
    {
        handlers::create(self.state, self.cx).await
    }

    /// Deletes a row.
    pub async fn delete(&mut self, key: Key<S>) -> Result
    where
        S: Deletes,
    {
        handlers::delete(self.state, self.cx, key).await
    }

    /// Loads the list again.
    pub async fn refresh(&mut self) -> Result
    where
        S: Lists,
    {
        handlers::refresh(self.state, self.cx).await
    }

    /// Narrows the rows to those that meet a condition, and shows the first page of them.
    ///
    /// The condition stays until the next one, or until [`Orm::clear_filter`]; it is part of the scope,
    /// so rows that do not meet it can neither be edited nor deleted meanwhile. It does not stand in
    /// the page's address: a page that is opened anew shows all rows.
    pub async fn filter(&mut self, condition: impl IntoCondition) -> Result
    where
        S: Lists,
    {
        self.narrow(Some(condition.into_condition())).await
    }

    /// Shows all rows again.
    pub async fn clear_filter(&mut self) -> Result
    where
        S: Lists,
    {
        self.narrow(None).await
    }

    async fn narrow(&mut self, condition: Option<Condition>) -> Result {
        let core = self.state.core_mut();
        core.filter = condition;
        core.page = 1;
        ops::list(self.state, self.cx).await
    }

    /// Shows a page of so many rows, at least 1 and at most `max_page_size`.
    pub async fn paginate(&mut self, page: u64, size: u64) -> Result
    where
        S: Pages,
    {
        self.state.core_mut().page_size = handlers::page_size::<S>(size);
        handlers::go_to_page(self.state, self.cx, page).await
    }

    /// What was changed in a row that the user may edit, the newest first; also in one that was deleted.
    pub async fn history(&mut self, key: Key<S>) -> Result<Vec<HistoryEntry>>
    where
        S: HasHistory,
    {
        ops::read_history(self.state, self.cx, &key).await
    }

    /// Undoes an entry of the history. What the form holds stays.
    pub async fn undo(&mut self, entry: i64) -> Result
    where
        S: HasHistory,
    {
        ops::undo(self.state, self.cx, entry).await?;
        ops::reload(self.state, self.cx).await
    }

    /// Leaves the editing and empties the form.
    pub fn cancel_edit(&mut self)
    where
        S: Saves,
    {
        ops::clear_form(self.state);
    }
}

impl<E: CrudModel> Core<E> {
    /// The row with this key, if it stands on the page that is shown: no query.
    ///
    /// ```ignore
    /// let title = notes.get_row(&5).map(|note| note.title.as_str());
    /// ```
    #[must_use]
    pub fn get_row(&self, key: &E::Key) -> Option<&E::Model> {
        self.data.iter().find(|row| E::key(row) == *key)
    }
}
