//! Backends: where the rows of a state are, and what reading and writing one does.
//!
//! `#[model_state(.., backend = Archive)]` names a type that implements [`CrudBackend`]; without it the
//! rows are in the application's database. A backend changes as little as it wants to: all methods have
//! defaults, which do what [`SeaOrmBackend`] does.
//!
//! ```ignore
//! /// Rows are marked as deleted, and are gone for everybody.
//! #[derive(Clone, Copy, Debug, Default)]
//! struct SoftDelete;
//!
//! impl CrudBackend<note::Entity> for SoftDelete {
//!     fn scope(&self, _: &Cx, query: Select<note::Entity>) -> Result<Select<note::Entity>> {
//!         Ok(query.filter(note::Column::DeletedAt.is_null()))
//!     }
//!
//!     async fn delete(&self, cx: &Cx, row: note::Model) -> Result {
//!         let mut row = row.into_active_model();
//!         row.deleted_at = Set(Some(Utc::now()));
//!         row.update(&cx.db()?).await?;
//!         Ok(())
//!     }
//! }
//! ```
//!
//! # The only door
//!
//! A backend is asked after the hooks: the default of `perform_create` calls [`CrudBackend::create`],
//! and so on. Queries come to it whole, with the scope of the user, the owner and the lock of the row in
//! them: a backend can narrow a query and choose where it runs, and has nothing to remember. What it adds
//! by [`CrudBackend::scope`] is added last, behind all hooks, to every query for rows of the state: of
//! the list, its count, the row of an action, selections, exports, choices of other states.
//!
//! A backend is a value without content that is made for each call: it costs nothing where it does
//! nothing, and rows pass it as they pass the default.

use std::{borrow::Cow, future::Future, sync::Arc};

use rdj_runtime::{Cx, Error, Result};
use sea_orm::{
    ActiveModelTrait, IntoActiveModel, Select,
    sea_query::{FromValueTuple, IntoValueTuple},
};

pub use crate::pipeline::ListQuery;
use crate::{
    db::{CxDb, Db},
    hooks::{Page, defaulted},
    model::CrudModel,
    pipeline,
    state::ModelState,
};

/// Where the rows of `E` are, and what reading and writing one does; see [the module](self).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no backend for rows of `{E}`",
    note = "write `impl CrudBackend<{E}> for {Self}`"
)]
pub trait CrudBackend<E: CrudModel>: Default + Send + Sync + 'static {
    /// The database that has the rows; nothing for that of the application.
    ///
    /// In the hooks of the state `cx.db()` is then this one, or the transaction in it that is open. An
    /// application keeps its other databases as resources:
    ///
    /// ```ignore
    /// fn database(&self, cx: &Cx) -> Result<Option<Db>> {
    ///     Ok(Some(cx.resource::<Archive>()?.0.clone()))
    /// }
    /// ```
    ///
    /// It must give clones of one [`Db`]: by that an action inside of another one finds the transaction
    /// that is open.
    ///
    /// # Errors
    ///
    /// There is none.
    fn database(&self, cx: &Cx) -> Result<Option<Db>> {
        let _ = cx;
        Ok(None)
    }

    /// A database that lists and exports can be read from, although it may be a little behind; nothing to
    /// read from the one that has the rows.
    ///
    /// It is not asked inside of a transaction, and not for a list that follows a change: whoever saved a
    /// row sees it.
    ///
    /// # Errors
    ///
    /// There is none.
    fn replica(&self, cx: &Cx) -> Result<Option<Db>> {
        let _ = cx;
        Ok(None)
    }

    /// Narrows a query to the rows that exist at all.
    ///
    /// # Errors
    ///
    /// What it asks fails.
    fn scope(&self, cx: &Cx, query: Select<E>) -> Result<Select<E>> {
        let _ = cx;
        Ok(query)
    }

    /// Loads a page of the list: what the hook `paginate_queryset` does by default.
    ///
    /// # Errors
    ///
    /// The database fails.
    fn list(
        &self,
        cx: &Cx,
        list: ListQuery<'_, E>,
    ) -> impl Future<Output = Result<Page<E>>> + Send {
        let _ = cx;
        list.load()
    }

    /// Loads the row of an action: the one that the query finds, in which scope, key and lock are.
    ///
    /// # Errors
    ///
    /// The database fails.
    fn retrieve(
        &self,
        cx: &Cx,
        query: Select<E>,
    ) -> impl Future<Output = Result<Option<E::Model>>> + Send {
        defaulted::<Self, _>(pipeline::one::<E>(cx, query))
    }

    /// Inserts a row: what the hook `perform_create` does by default.
    ///
    /// # Errors
    ///
    /// The database fails; a unique value that is taken becomes an error of its field.
    fn create(
        &self,
        cx: &Cx,
        new: E::ActiveModel,
    ) -> impl Future<Output = Result<E::Model>> + Send {
        defaulted::<Self, _>(pipeline::insert::<E>(cx, new))
    }

    /// Writes the columns of a row that changed: what the hook `perform_update` does by default. `key` is
    /// that of the row as it was loaded, which the row may have another one than now.
    ///
    /// # Errors
    ///
    /// The database fails; a unique value that is taken becomes an error of its field.
    fn update(
        &self,
        cx: &Cx,
        key: &E::Key,
        row: E::ActiveModel,
    ) -> impl Future<Output = Result<E::Model>> + Send {
        async {
            let db = cx.db()?;
            let now = row.get_primary_key_value();
            if now.is_none_or(|now| now == key.clone().into_value_tuple()) {
                return Ok(row.update(&db).await?);
            }
            pipeline::rekey::<E>(&db, key, row).await
        }
    }

    /// Deletes a row: what the hook `perform_delete` does by default.
    ///
    /// # Errors
    ///
    /// The database fails; a row that others refer to stays.
    fn delete(&self, cx: &Cx, row: E::Model) -> impl Future<Output = Result> + Send {
        async {
            row.into_active_model().delete(&cx.db()?).await?;
            Ok(())
        }
    }
}

/// The backend of states that name none: the application's database.
#[derive(Clone, Copy, Debug, Default)]
pub struct SeaOrmBackend;

impl<E: CrudModel> CrudBackend<E> for SeaOrmBackend {}

/// The backend of a state.
pub(crate) fn of<S: ModelState>() -> S::Backend {
    S::Backend::default()
}

/// The context of an action, whose database is that of the backend. The transaction stays that is open
/// in it.
pub(crate) fn enter<S: ModelState>(cx: &Cx) -> Result<Cow<'_, Cx>> {
    let Some(own) = of::<S>().database(cx)? else {
        return Ok(Cow::Borrowed(cx));
    };
    if cx.db().is_ok_and(|db| db.is_of(&own)) {
        return Ok(Cow::Borrowed(cx));
    }
    Ok(Cow::Owned(cx.with_resource(Arc::new(own))))
}

/// The database to read a list from.
pub(crate) fn reader<S: ModelState>(state: &S, cx: &Cx) -> Result<Db> {
    let db = cx.db()?;
    if db.pool().is_none() || state.core().follows_change {
        return Ok(db);
    }
    Ok(of::<S>().replica(cx)?.unwrap_or(db))
}

/// The key of a row that is written.
pub(crate) fn key_of<E: CrudModel>(row: &E::ActiveModel) -> Result<E::Key> {
    let values = row.get_primary_key_value().ok_or(Error::NotFound)?;
    Ok(FromValueTuple::from_value_tuple(values))
}
