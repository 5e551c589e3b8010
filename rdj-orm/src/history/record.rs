//! Writing entries.

use std::future::Future;

use chrono::Utc;
use rdj_runtime::{Cx, Result};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, ModelTrait, QueryFilter,
};
use serde_json::{Map, Value as Json, json};

use super::{ActiveModel, Column, Entity, HistoryAction, value::to_json};
use crate::{
    db::CxDb,
    field::FieldMeta,
    live::table_name,
    model::{CrudModel, key_text},
};

/// The most characters of a user's name that are kept.
const MAX_NAME: usize = 255;

/// What own code says of its writes.
pub trait CxHistory {
    /// Records what a handler wrote by itself: no row before for a new one, no row after for a deleted
    /// one. Nothing is recorded for a model without `#[rdj(history)]`, or where no column differs.
    ///
    /// Call it in the transaction of the write, so that both happen or none.
    ///
    /// ```ignore
    /// rdj::orm::transaction(cx, async |cx| {
    ///     let after = change.update(&cx.db()?).await?;
    ///     cx.record_change(Some(&before), Some(&after)).await
    /// })
    /// .await?;
    /// ```
    ///
    /// # Errors
    ///
    /// The database fails.
    fn record_change<M>(
        &self,
        before: Option<&M>,
        after: Option<&M>,
    ) -> impl Future<Output = Result> + Send
    where
        M: ModelTrait<Entity: CrudModel + EntityTrait<Model = M>> + Sync;
}

impl CxHistory for Cx {
    async fn record_change<M>(&self, before: Option<&M>, after: Option<&M>) -> Result
    where
        M: ModelTrait<Entity: CrudModel + EntityTrait<Model = M>> + Sync,
    {
        let written = Write {
            before,
            after,
            links: Vec::new(),
            undoes: None,
        };
        write::<M::Entity>(self, written).await
    }
}

/// What a many-to-many field lost and got.
pub(crate) struct LinkChange {
    pub(crate) name: &'static str,
    pub(crate) removed: Vec<String>,
    pub(crate) added: Vec<String>,
}

/// One write of a row.
pub(crate) struct Write<'a, E: CrudModel> {
    pub(crate) before: Option<&'a E::Model>,
    pub(crate) after: Option<&'a E::Model>,
    pub(crate) links: Vec<LinkChange>,
    /// The entry that it undoes.
    pub(crate) undoes: Option<i64>,
}

/// Records a write, with one statement; with a second one where a row got another key.
pub(crate) async fn write<E: CrudModel>(cx: &Cx, write: Write<'_, E>) -> Result {
    if !E::HISTORY {
        return Ok(());
    }
    let Some(entry) = entry::<E>(cx, &write) else {
        return Ok(());
    };
    if let (Some(before), Some(after)) = (write.before, write.after) {
        let key = |row: &E::Model| key_text(&E::key(row));
        follow::<E>(cx, &key(before), &key(after)).await?;
    }
    Entity::insert(entry)
        .exec_without_returning(&cx.db()?)
        .await?;
    Ok(())
}

/// Records rows that are new, with one statement.
pub(crate) async fn write_created<E: CrudModel>(cx: &Cx, rows: &[E::Model]) -> Result {
    if !E::HISTORY {
        return Ok(());
    }
    let entries = rows.iter().filter_map(|row| {
        let write = Write {
            before: None,
            after: Some(row),
            links: Vec::new(),
            undoes: None,
        };
        entry::<E>(cx, &write)
    });
    Entity::insert_many(entries)
        .exec_without_returning(&cx.db()?)
        .await?;
    Ok(())
}

/// The entry of a write; none where no column differs.
pub(super) fn entry<E: CrudModel>(cx: &Cx, write: &Write<'_, E>) -> Option<ActiveModel> {
    let action = match (write.before, write.after) {
        (None, Some(_)) => HistoryAction::Create,
        (Some(_), Some(_)) => HistoryAction::Update,
        (Some(_), None) => HistoryAction::Delete,
        (None, None) => return None,
    };
    let changes = changes::<E>(action, write);
    let row = write.after.or(write.before)?;
    if changes.is_empty() {
        return None;
    }
    let user = cx.user();
    let name = user.as_ref().map_or("", |user| user.name());
    Some(ActiveModel {
        id: NotSet,
        at: Set(Utc::now()),
        user_key: Set(user.as_ref().map(|user| user.id().to_string())),
        user_name: Set(name.chars().take(MAX_NAME).collect()),
        table_name: Set(table_name::<E>().to_owned()),
        row_key: Set(key_text(&E::key(row))),
        action: Set(action.as_str().to_owned()),
        undoes: Set(write.undoes),
        changes: Set(Json::Object(changes).to_string()),
    })
}

/// The entries of a row that got another key go with it.
async fn follow<E: CrudModel>(cx: &Cx, before: &str, now: &str) -> Result {
    if before != now {
        Entity::update_many()
            .col_expr(Column::RowKey, now.into())
            .filter(Column::TableName.eq(table_name::<E>()))
            .filter(Column::RowKey.eq(before))
            .exec(&cx.db()?)
            .await?;
    }
    Ok(())
}

fn changes<E: CrudModel>(action: HistoryAction, write: &Write<'_, E>) -> Map<String, Json> {
    let mut changes = Map::new();
    for meta in E::FIELDS {
        // what the model counts and stamps by itself is no change; a deleted row has to come back whole
        if action != HistoryAction::Delete && (meta.auto_now || meta.version) {
            continue;
        }
        if let Some(change) = change::<E>(meta, write) {
            changes.insert(meta.name.to_owned(), change);
        }
    }
    for links in &write.links {
        changes.insert(links.name.to_owned(), json!([links.removed, links.added]));
    }
    changes
}

/// The values of a column before and after; null for one whose values are not kept.
fn change<E: CrudModel>(meta: &FieldMeta, write: &Write<'_, E>) -> Option<Json> {
    let column = E::column(meta.name)?;
    let before = write.before.map(|row| row.get(column));
    let after = write.after.map(|row| row.get(column));
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (Some(before), None) => (before.clone(), before.as_null()),
        (None, Some(after)) => (after.as_null(), after),
        (None, None) => return None,
    };
    if before == after {
        return None;
    }
    if meta.secret {
        return Some(Json::Null);
    }
    let values = to_json(before).zip(to_json(after));
    Some(values.map_or(Json::Null, |(before, after)| json!([before, after])))
}
