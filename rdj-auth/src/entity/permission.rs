//! The table `auth_permission`.

use sea_orm::entity::prelude::*;

/// A permission: `app_label.codename` in the code of an application.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj_macros::Model)]
#[sea_orm(table_name = "auth_permission")]
#[rdj(
    app_label = "auth",
    name = "permission",
    label = "Permission",
    label_plural = "Permissions",
    display = name
)]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// What people read: `Can add note`.
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    #[rdj(max_length = 255)]
    pub name: String,
    /// The model that it is about.
    #[sea_orm(unique_key = "codename")]
    pub content_type_id: i32,
    /// What the code asks for: `add_note`.
    #[sea_orm(unique_key = "codename", column_type = "String(StringLen::N(100))")]
    #[rdj(max_length = 100)]
    pub codename: String,
}

/// It is about a model.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The model.
    #[sea_orm(
        belongs_to = "super::content_type::Entity",
        from = "Column::ContentTypeId",
        to = "super::content_type::Column::Id"
    )]
    ContentType,
}

impl Related<super::content_type::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ContentType.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
