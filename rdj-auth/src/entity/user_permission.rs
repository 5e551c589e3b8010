//! The table `auth_user_user_permissions`.

use sea_orm::entity::prelude::*;

/// A permission that a user has beside those of the groups.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "auth_user_user_permissions")]
pub struct Model {
    /// The primary key: `integer` or `bigint`, as `DEFAULT_AUTO_FIELD` of Django's settings says.
    #[sea_orm(primary_key, select_as = "bigint")]
    pub id: i64,
    /// The user.
    #[sea_orm(unique_key = "pair")]
    pub user_id: i32,
    /// The permission.
    #[sea_orm(unique_key = "pair")]
    pub permission_id: i32,
}

/// It links a user and a permission.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
    /// The permission.
    #[sea_orm(
        belongs_to = "super::permission::Entity",
        from = "Column::PermissionId",
        to = "super::permission::Column::Id"
    )]
    Permission,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::permission::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Permission.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
