//! The table `rdj_page`.

use sea_orm::entity::prelude::*;

/// Something that waits to be taken out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rdj_page")]
pub struct Model {
    /// A hash of the secret that opens it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Differs each time something is put under the name.
    pub stamp: String,
    /// Encrypted.
    pub data: Vec<u8>,
    /// When it ends, in milliseconds since 1970.
    #[sea_orm(indexed)]
    pub expires_at: i64,
}

/// It refers to nothing.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
