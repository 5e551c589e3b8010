//! Telling open pages what a handler has written.

use rdj_runtime::{
    Cx,
    live::{ChangeKind, RowChange},
};
use sea_orm::EntityTrait;

use super::{
    Db,
    after::{AfterCommit, publish},
};
use crate::{
    live::table_name,
    model::{CrudModel, key_text},
};

/// What a handler says of its own writes: to open pages, and for the time after the commit.
///
/// What the actions of model states write is told without it.
pub trait CxChanges {
    /// Tells that a row was written: open pages that show the table read their rows again.
    ///
    /// In a transaction it is told after the commit of the outermost one, and not at all if one of
    /// them is rolled back; otherwise at once.
    ///
    /// ```ignore
    /// rdj::orm::transaction(cx, async |cx| {
    ///     let row = note.insert(&cx.db()?).await?;
    ///     cx.changed::<note::Entity>(&row.id, ChangeKind::Created);
    ///     Ok(())
    /// })
    /// .await?;
    /// ```
    fn changed<E: CrudModel>(&self, key: &E::Key, kind: ChangeKind);

    /// Tells that rows were written which are not named, such as by one statement over many.
    fn changed_many<E: EntityTrait>(&self, kind: ChangeKind);

    /// Does `work` after the commit of the outermost transaction, and not at all if it is rolled back;
    /// at once where no transaction is open. Changes are told before.
    ///
    /// It cannot fail or wait: what takes long is spawned from it.
    ///
    /// ```ignore
    /// let row = note.insert(&cx.db()?).await?;
    /// cx.on_commit(move || tracing::info!(id = row.id, "a new note"));
    /// ```
    fn on_commit(&self, work: impl FnOnce() + Send + 'static);
}

impl CxChanges for Cx {
    fn changed<E: CrudModel>(&self, key: &E::Key, kind: ChangeKind) {
        tell(self, RowChange::new(table_name::<E>(), key_text(key), kind));
    }

    fn changed_many<E: EntityTrait>(&self, kind: ChangeKind) {
        tell(self, RowChange::many(table_name::<E>(), kind));
    }

    fn on_commit(&self, work: impl FnOnce() + Send + 'static) {
        match after(self) {
            Some(after) => after.work(self, Box::new(work)),
            None => work(),
        }
    }
}

fn tell(cx: &Cx, change: RowChange) {
    match after(cx) {
        Some(after) => after.change(cx, change),
        None => publish(cx, vec![change]),
    }
}

fn after(cx: &Cx) -> Option<&AfterCommit> {
    cx.resource::<Db>().ok()?.after()
}
