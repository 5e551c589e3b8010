//! Groups, and permissions of users and groups.

use rdj_runtime::{Error, Result};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter,
    QuerySelect, QueryTrait, SqlErr, sea_query::OnConflict,
};

use super::Users;
use crate::{
    entity::{group, group_permission, permission, user, user_group, user_permission},
    permission as permissions,
};

impl Users {
    /// Makes a group, or finds the one with this name.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn create_group(&self, name: &str) -> Result<group::Model> {
        if let Some(group) = self.group(name).await? {
            return Ok(group);
        }
        let row = group::ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        };
        match row.insert(&self.db).await {
            Ok(group) => Ok(group),
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                self.group(name).await?.ok_or(Error::NotFound)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The group with this name.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn group(&self, name: &str) -> Result<Option<group::Model>> {
        let with_name = group::Column::Name.eq(name);
        Ok(group::Entity::find()
            .filter(with_name)
            .one(&self.db)
            .await?)
    }

    /// The names of the user's groups.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn groups(&self, user: &user::Model) -> Result<Vec<String>> {
        Ok(permissions::rights(&self.db, user.id).await?.groups)
    }

    /// All permissions of the user, own and of the groups; a superuser has more than are listed.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn all_permissions(&self, user: &user::Model) -> Result<Vec<String>> {
        Ok(permissions::rights(&self.db, user.id).await?.permissions)
    }

    /// The permissions that the user has beside those of the groups.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn permissions(&self, user: &user::Model) -> Result<Vec<String>> {
        let own = user_permission::Entity::find()
            .select_only()
            .column(user_permission::Column::PermissionId)
            .filter(user_permission::Column::UserId.eq(user.id));
        let own = permission::Column::Id.in_subquery(own.into_query());
        permissions::names(&self.db, Condition::all().add(own)).await
    }

    /// The permissions of a group.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn group_permissions(&self, group: &group::Model) -> Result<Vec<String>> {
        let held = group_permission::Entity::find()
            .select_only()
            .column(group_permission::Column::PermissionId)
            .filter(group_permission::Column::GroupId.eq(group.id));
        let held = permission::Column::Id.in_subquery(held.into_query());
        permissions::names(&self.db, Condition::all().add(held)).await
    }

    /// Puts a user into a group.
    ///
    /// # Errors
    ///
    /// There is no such group, or the database fails.
    pub async fn add_to_group(&self, user: &user::Model, group: &str) -> Result {
        let row = user_group::ActiveModel {
            user_id: Set(user.id),
            group_id: Set(self.known_group(group).await?.id),
            ..Default::default()
        };
        self.link(row).await?;
        self.auth.user_changed(user.id.into());
        Ok(())
    }

    /// Takes a user out of a group.
    ///
    /// # Errors
    ///
    /// There is no such group, or the database fails.
    pub async fn remove_from_group(&self, user: &user::Model, group: &str) -> Result {
        let group = self.known_group(group).await?;
        user_group::Entity::delete_many()
            .filter(user_group::Column::UserId.eq(user.id))
            .filter(user_group::Column::GroupId.eq(group.id))
            .exec(&self.db)
            .await?;
        self.auth.user_changed(user.id.into());
        Ok(())
    }

    /// Gives a user a permission, such as `notes.change_note`.
    ///
    /// # Errors
    ///
    /// There is no such permission, or the database fails.
    pub async fn add_permission(&self, user: &user::Model, name: &str) -> Result {
        let row = user_permission::ActiveModel {
            user_id: Set(user.id),
            permission_id: Set(permissions::find(&self.db, name).await?.id),
            ..Default::default()
        };
        self.link(row).await?;
        self.auth.user_changed(user.id.into());
        Ok(())
    }

    /// Takes a permission from a user; the groups may still give it.
    ///
    /// # Errors
    ///
    /// There is no such permission, or the database fails.
    pub async fn remove_permission(&self, user: &user::Model, name: &str) -> Result {
        let permission = permissions::find(&self.db, name).await?;
        user_permission::Entity::delete_many()
            .filter(user_permission::Column::UserId.eq(user.id))
            .filter(user_permission::Column::PermissionId.eq(permission.id))
            .exec(&self.db)
            .await?;
        self.auth.user_changed(user.id.into());
        Ok(())
    }

    /// Gives the members of a group a permission.
    ///
    /// # Errors
    ///
    /// There is no such permission, or the database fails.
    pub async fn grant(&self, group: &group::Model, name: &str) -> Result {
        let row = group_permission::ActiveModel {
            group_id: Set(group.id),
            permission_id: Set(permissions::find(&self.db, name).await?.id),
            ..Default::default()
        };
        self.link(row).await?;
        self.auth.all_changed();
        Ok(())
    }

    /// Takes a permission from the members of a group.
    ///
    /// # Errors
    ///
    /// There is no such permission, or the database fails.
    pub async fn revoke(&self, group: &group::Model, name: &str) -> Result {
        let permission = permissions::find(&self.db, name).await?;
        group_permission::Entity::delete_many()
            .filter(group_permission::Column::GroupId.eq(group.id))
            .filter(group_permission::Column::PermissionId.eq(permission.id))
            .exec(&self.db)
            .await?;
        self.auth.all_changed();
        Ok(())
    }

    async fn known_group(&self, name: &str) -> Result<group::Model> {
        let group = self.group(name).await?;
        group.ok_or_else(|| Error::invalid(format!("There is no group `{name}`.")))
    }

    /// Adds a link unless it is there.
    async fn link<A>(&self, row: A) -> Result
    where
        A: ActiveModelTrait + Send,
    {
        A::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }
}
