//! The table `rdj_auth_stamp`.

use sea_orm::entity::prelude::*;

/// What the sessions of a user are signed over, where it is not the password's hash itself.
///
/// A password's hash changes when it is written anew with stronger parameters; the row then keeps the
/// stamp of before, and sessions live on. It counts only while `password_digest` is that of the user's
/// hash: any other change of the password, also by Django, ends the sessions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rdj_auth_stamp")]
pub struct Model {
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// What sessions are signed over.
    #[sea_orm(column_type = "String(StringLen::N(64))")]
    pub stamp: String,
    /// The digest of the password's hash that this row belongs to.
    #[sea_orm(column_type = "String(StringLen::N(64))")]
    pub password_digest: String,
}

/// It stands alone: Django deletes users without knowing of it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
