//! Numbers of new rows after an import that brought keys.

use rdj_runtime::Result;
use sea_orm::{
    ConnectionTrait as _, DbBackend, IdenStatic as _, Iterable as _, PrimaryKeyToColumn as _,
    PrimaryKeyTrait,
};

use crate::{db::Db, model::CrudModel};

/// Lets the next row have a number behind all that are there. PostgreSQL counts for itself and does not
/// look at keys that a statement brings; the other databases do.
pub(super) async fn advance<E: CrudModel>(db: &Db) -> Result {
    if db.get_database_backend() == DbBackend::Postgres
        && let Some(sql) = statement::<E>()
    {
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// The statement for a model whose key is one column that counts.
fn statement<E: CrudModel>() -> Option<String> {
    let mut keys = E::PrimaryKey::iter();
    let (Some(key), None) = (keys.next(), keys.next()) else {
        return None;
    };
    let (entity, column) = (E::default(), key.into_column());
    let (table, name) = (quoted(entity.table_name()), column.as_str());
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    E::PrimaryKey::auto_increment().then(|| {
        format!(
            "SELECT setval(pg_get_serial_sequence({}, {}), MAX({})) FROM {table}",
            text(&table),
            text(name),
            quoted(name),
        )
    })
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
