//! The table `auth_user_groups`.

use sea_orm::entity::prelude::*;

/// A user's place in a group.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "auth_user_groups")]
pub struct Model {
    /// The primary key: `integer` or `bigint`, as `DEFAULT_AUTO_FIELD` of Django's settings says.
    #[sea_orm(primary_key, select_as = "bigint")]
    pub id: i64,
    /// The user.
    #[sea_orm(unique_key = "pair")]
    pub user_id: i32,
    /// The group.
    #[sea_orm(unique_key = "pair")]
    pub group_id: i32,
}

/// It links a user and a group.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
    /// The group.
    #[sea_orm(
        belongs_to = "super::group::Entity",
        from = "Column::GroupId",
        to = "super::group::Column::Id"
    )]
    Group,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::group::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Group.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
