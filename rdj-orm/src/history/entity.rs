//! The table `rdj_history`.

use sea_orm::entity::prelude::*;

/// A recorded write of one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rdj_history")]
pub struct Model {
    /// Later writes have greater ones.
    #[sea_orm(primary_key, unique_key = "rdj_history_row")]
    pub id: i64,
    /// When it was written.
    pub at: DateTimeUtc,
    /// The id of the user; none where nobody was signed in.
    #[sea_orm(column_type = "String(StringLen::N(64))", nullable)]
    pub user_key: Option<String>,
    /// What the user was called at that time; empty for nobody.
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub user_name: String,
    /// The table of the row.
    #[sea_orm(
        column_type = "String(StringLen::N(128))",
        unique_key = "rdj_history_row"
    )]
    pub table_name: String,
    /// The key of the row as JSON.
    #[sea_orm(
        column_type = "String(StringLen::N(500))",
        unique_key = "rdj_history_row"
    )]
    pub row_key: String,
    /// `create`, `update` or `delete`.
    #[sea_orm(column_type = "String(StringLen::N(10))")]
    pub action: String,
    /// The entry that this one undoes.
    pub undoes: Option<i64>,
    /// What changed, as JSON: `{"title": ["Milk", "Bread"], "password": null}`.
    #[sea_orm(column_type = "Text")]
    pub changes: String,
}

/// An entry outlives its row and its user: it refers to nothing.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
