//! The rows as CSV, and CSV as rows.

use rdj::orm::sea_orm::{
    DatabaseConnection, EntityTrait as _, QueryOrder as _, Set, TransactionTrait as _,
    prelude::ChronoDateTimeUtc,
};

use super::{check, note};
use crate::{Result, fail};

/// All rows as a file.
pub(crate) async fn export(db: &DatabaseConnection) -> Result<Vec<u8>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["id", "title", "content"])?;
    let notes = note::Entity::find().order_by_asc(note::Column::Id);
    for note in notes.all(db).await? {
        let content = note.content.unwrap_or_default();
        file.write_record([&note.id.to_string(), &note.title, &content])?;
    }
    file.into_inner().map_err(|error| fail(error.to_string()))
}

/// The rows of a file as new ones: all or none.
pub(crate) async fn import(db: &DatabaseConnection, file: &[u8]) -> Result<usize> {
    let mut rows = Vec::new();
    for record in csv::Reader::from_reader(file).deserialize() {
        let (id, title, content): (i64, String, Option<String>) = record?;
        if let Some(error) = check(&title) {
            return Err(fail(error));
        }
        rows.push(note::ActiveModel {
            id: Set(id),
            title: Set(title),
            content: Set(content),
            created_at: Set(ChronoDateTimeUtc::UNIX_EPOCH),
        });
    }
    let transaction = db.begin().await?;
    for some in rows.chunks(500) {
        let insert = note::Entity::insert_many(some.to_vec());
        insert.exec(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(rows.len())
}
