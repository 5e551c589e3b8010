//! Rows that the database deletes along with another one.

use std::{collections::BTreeSet, fmt};

use rdj_runtime::{Cx, Result, dispatch::BoxFuture, live::ChangeKind};
use sea_orm::{EntityTrait, QueryFilter, sea_query::Condition};

use super::{
    Entity,
    record::{Write, entry},
};
use crate::{
    db::{CxChanges, CxDb},
    model::{CrudModel, has_key, key_text},
};

/// How many rows are asked for and recorded at once.
const CHUNK: usize = 200;

/// Rows of a model that may be about to go.
pub trait Along: fmt::Debug + Send {
    /// Records those that are gone by now, and tells who looks at them.
    fn record<'a>(self: Box<Self>, cx: &'a Cx) -> BoxFuture<'a, Result>
    where
        Self: 'a;
}

/// Loads rows of a model.
pub type LoadAlong = for<'a> fn(&'a Cx, Condition) -> BoxFuture<'a, Result<Box<dyn Along>>>;

/// How the rows of a model are loaded whose changes are recorded.
#[must_use]
pub const fn along<E: CrudModel>() -> Option<LoadAlong> {
    if E::HISTORY { Some(load::<E>) } else { None }
}

fn load<E: CrudModel>(cx: &Cx, which: Condition) -> BoxFuture<'_, Result<Box<dyn Along>>> {
    Box::pin(async move {
        let rows = E::find().filter(which).all(&cx.db()?).await?;
        let rows: Box<dyn Along> = Box::new(Rows::<E>(rows));
        Ok(rows)
    })
}

struct Rows<E: CrudModel>(Vec<E::Model>);

impl<E: CrudModel> fmt::Debug for Rows<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.0.len(), E::NAME)
    }
}

impl<E: CrudModel> Along for Rows<E> {
    fn record<'a>(self: Box<Self>, cx: &'a Cx) -> BoxFuture<'a, Result>
    where
        Self: 'a,
    {
        Box::pin(async move {
            for rows in self.0.chunks(CHUNK) {
                record::<E>(cx, rows).await?;
            }
            Ok(())
        })
    }
}

/// A row that is still there was not deleted: the table has no such foreign key, or a hook keeps the
/// row that it refers to.
async fn record<E: CrudModel>(cx: &Cx, rows: &[E::Model]) -> Result {
    let db = cx.db()?;
    let any = rows.iter().fold(Condition::any(), |any, row| {
        any.add(has_key::<E>(&E::key(row)))
    });
    let left = E::find().filter(any).all(&db).await?;
    let left: BTreeSet<String> = left.iter().map(|row| key_text(&E::key(row))).collect();
    let mut entries = Vec::new();
    for row in rows
        .iter()
        .filter(|row| !left.contains(&key_text(&E::key(row))))
    {
        let gone = Write::<E> {
            before: Some(row),
            after: None,
            links: Vec::new(),
            undoes: None,
        };
        entries.extend(entry::<E>(cx, &gone));
        cx.changed::<E>(&E::key(row), ChangeKind::Deleted);
    }
    if !entries.is_empty() {
        Entity::insert_many(entries)
            .exec_without_returning(&db)
            .await?;
    }
    Ok(())
}
