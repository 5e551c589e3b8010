//! The table `auth_group`.

use sea_orm::entity::prelude::*;

/// A group of users, whose permissions its members have.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj_macros::Model)]
#[sea_orm(table_name = "auth_group")]
#[rdj(
    app_label = "auth",
    name = "group",
    label = "Group",
    label_plural = "Groups",
    display = name
)]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The name.
    #[sea_orm(unique, column_type = "String(StringLen::N(150))")]
    #[rdj(max_length = 150)]
    pub name: String,
}

/// What refers to groups is in the tables of links.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
