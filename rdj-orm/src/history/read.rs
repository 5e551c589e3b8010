//! Reading entries.

use rdj_runtime::Result;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Column, Entity, HistoryAction, HistoryEntry, Model};
use crate::{db::Db, live::table_name, model::CrudModel};

/// The most entries of a row that are read.
const MOST: u64 = 100;

/// An entry of the table of `E`, with the key of its row.
pub(crate) async fn by_id<E: CrudModel>(
    db: &Db,
    id: i64,
) -> Result<Option<(String, HistoryEntry)>> {
    let found = Entity::find_by_id(id)
        .filter(Column::TableName.eq(table_name::<E>()))
        .one(db)
        .await?;
    Ok(found.and_then(|row| Some((row.row_key.clone(), entry::<E>(row)?))))
}

fn entry<E: CrudModel>(row: Model) -> Option<HistoryEntry> {
    let columns: Vec<&str> = E::FIELDS.iter().map(|meta| meta.name).collect();
    HistoryEntry::read(row, &columns)
}

/// The entries of the row that has this key now, or of the last one that had it if there is none now; the
/// newest first.
///
/// Keys are used again, by some databases and for text keys: what was recorded of an earlier row under
/// the same key belongs to that one.
pub(crate) async fn life<E: CrudModel>(
    db: &Db,
    key: &str,
    exists: bool,
) -> Result<Vec<HistoryEntry>> {
    let rows = Entity::find()
        .filter(Column::TableName.eq(table_name::<E>()))
        .filter(Column::RowKey.eq(key))
        .order_by_desc(Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    // MariaDB finds keys in upper and lower case
    let rows = rows.into_iter().filter(|row| row.row_key == key);
    Ok(of_one(rows.filter_map(entry::<E>), exists))
}

/// The entries of one row among those of its key, the newest first.
fn of_one(entries: impl Iterator<Item = HistoryEntry>, exists: bool) -> Vec<HistoryEntry> {
    let mut life: Vec<HistoryEntry> = Vec::new();
    for entry in entries {
        let next = life.last();
        if entry.action == HistoryAction::Delete {
            let is_undone = next.is_some_and(|next| next.undoes == Some(entry.id));
            let is_last = next.is_none() && !exists;
            if !is_undone && !is_last {
                break;
            }
        }
        let is_birth = entry.is_birth();
        life.push(entry);
        if is_birth {
            break;
        }
    }
    if !exists
        && life
            .first()
            .is_some_and(|last| last.action != HistoryAction::Delete)
    {
        life.clear();
    }
    life
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::{
        HistoryAction::{Create, Delete, Update},
        *,
    };

    fn ids(entries: &[(i64, HistoryAction, Option<i64>)], exists: bool) -> Vec<i64> {
        let entries = entries
            .iter()
            .rev()
            .map(|&(id, action, undoes)| HistoryEntry {
                id,
                at: Utc::now(),
                user_key: None,
                user_name: String::new(),
                action,
                undoes,
                changes: Vec::new(),
            });
        let found = of_one(entries, exists);
        found.iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn a_key_that_is_used_again_begins_anew() {
        let first = [(1, Create, None), (2, Update, None), (3, Delete, None)];
        assert_eq!(ids(&first, false), [3, 2, 1]);
        assert_eq!(ids(&first, true), [0; 0], "a row that nobody recorded");
        let undone = [first.as_slice(), &[(4, Create, Some(3))]].concat();
        assert_eq!(ids(&undone, true), [4, 3, 2, 1]);
        let again = [first.as_slice(), &[(4, Create, None), (5, Update, None)]].concat();
        assert_eq!(ids(&again, true), [5, 4]);
        assert_eq!(ids(&again, false), [0; 0], "gone without a word");
    }
}
