//! The table `rdj_session`.

use sea_orm::entity::prelude::*;

/// A stored session.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rdj_session")]
pub struct Model {
    /// A hash of the key in the cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The session's values as JSON.
    #[sea_orm(column_type = "Text")]
    pub data: String,
    /// When it ends, in seconds since 1970.
    #[sea_orm(indexed)]
    pub expires_at: i64,
}

/// A session refers to nothing.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
