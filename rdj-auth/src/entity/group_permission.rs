//! The table `auth_group_permissions`.

use sea_orm::entity::prelude::*;

/// A permission of a group.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "auth_group_permissions")]
pub struct Model {
    /// The primary key: `integer` or `bigint`, as `DEFAULT_AUTO_FIELD` of Django's settings says.
    #[sea_orm(primary_key, select_as = "bigint")]
    pub id: i64,
    /// The group.
    #[sea_orm(unique_key = "pair")]
    pub group_id: i32,
    /// The permission.
    #[sea_orm(unique_key = "pair")]
    pub permission_id: i32,
}

/// It links a group and a permission.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The group.
    #[sea_orm(
        belongs_to = "super::group::Entity",
        from = "Column::GroupId",
        to = "super::group::Column::Id"
    )]
    Group,
    /// The permission.
    #[sea_orm(
        belongs_to = "super::permission::Entity",
        from = "Column::PermissionId",
        to = "super::permission::Column::Id"
    )]
    Permission,
}

impl Related<super::group::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Group.def()
    }
}

impl Related<super::permission::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Permission.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
