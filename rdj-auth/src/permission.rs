//! Permissions: which there are, and who has them.

mod sync;

use rdj_orm::Db;
use rdj_runtime::{Error, Result};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, RelationTrait,
    sea_query::{Condition, SelectStatement},
};

pub(crate) use self::sync::declared;
pub use self::sync::{Synced, sync};
use crate::entity::{
    content_type, group, group_permission, permission, user_group, user_permission,
};

/// What a user may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rights {
    pub(crate) permissions: Vec<String>,
    pub(crate) groups: Vec<String>,
}

/// The user's own permissions and those of the groups, without doubles.
pub(crate) async fn rights(db: &Db, user: i32) -> Result<Rights> {
    let own = user_permission::Entity::find()
        .select_only()
        .column(user_permission::Column::PermissionId)
        .filter(user_permission::Column::UserId.eq(user));
    let by_group = group_permission::Entity::find()
        .select_only()
        .column(group_permission::Column::PermissionId)
        .filter(group_permission::Column::GroupId.in_subquery(groups_of(user)));
    let held = Condition::any()
        .add(permission::Column::Id.in_subquery(own.into_query()))
        .add(permission::Column::Id.in_subquery(by_group.into_query()));
    let groups = group::Entity::find()
        .select_only()
        .column(group::Column::Name)
        .filter(group::Column::Id.in_subquery(groups_of(user)));
    Ok(Rights {
        permissions: names(db, held).await?,
        groups: groups.into_tuple().all(db).await?,
    })
}

fn groups_of(user: i32) -> SelectStatement {
    user_group::Entity::find()
        .select_only()
        .column(user_group::Column::GroupId)
        .filter(user_group::Column::UserId.eq(user))
        .into_query()
}

/// The permissions that meet a condition, as `app_label.codename`.
pub(crate) async fn names(db: &Db, which: Condition) -> Result<Vec<String>> {
    let rows: Vec<(String, String)> = permission::Entity::find()
        .select_only()
        .column(content_type::Column::AppLabel)
        .column(permission::Column::Codename)
        .join(JoinType::InnerJoin, permission::Relation::ContentType.def())
        .filter(which)
        .into_tuple()
        .all(db)
        .await?;
    let name = |(app, codename)| format!("{app}.{codename}");
    Ok(rows.into_iter().map(name).collect())
}

/// The row of a permission such as `notes.change_note`.
///
/// # Errors
///
/// [`Error::Invalid`] if there is none with this name.
pub async fn find(db: &Db, name: &str) -> Result<permission::Model> {
    let unknown = || {
        Error::invalid(format!(
            "There is no permission `{name}`. Permissions of new models are made by \
             `permission::sync`."
        ))
    };
    let (app, codename) = name.split_once('.').ok_or_else(unknown)?;
    let found = permission::Entity::find()
        .join(JoinType::InnerJoin, permission::Relation::ContentType.def())
        .filter(content_type::Column::AppLabel.eq(app))
        .filter(permission::Column::Codename.eq(codename))
        .one(db)
        .await?;
    found.ok_or_else(unknown)
}
