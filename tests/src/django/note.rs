//! The model that both sides have: `tests/django/notes/models.py` is its twin.

use rdj::orm::prelude::*;

/// A note.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
#[sea_orm(table_name = "notes_note")]
#[rdj(
    app_label = "notes",
    permissions("archive_note" = "Can archive note"),
    display = title
)]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The title.
    #[sea_orm(column_type = "String(StringLen::N(200))")]
    #[rdj(max_length = 200)]
    pub title: String,
    /// Until when.
    pub due: Option<Date>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was done.
    pub done_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
