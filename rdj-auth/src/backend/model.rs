//! Users of the table `auth_user`.

use chrono::{SubsecRound, Utc};
use rdj_orm::Db;
use rdj_runtime::{CurrentUser, Error, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, prelude::async_trait::async_trait};

use super::{Account, AuthBackend, Credentials, Verdict};
use crate::{
    auth::Auth,
    entity::user,
    permission,
    settings::LoginField,
    user::{names::normalized, stamp},
};

/// Users of the table `auth_user`, by username, e-mail address or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ModelBackend;

#[async_trait]
impl AuthBackend for ModelBackend {
    fn name(&self) -> &'static str {
        "rdj.auth.ModelBackend"
    }

    async fn authenticate(
        &self,
        auth: &Auth,
        db: &Db,
        credentials: Credentials<'_>,
    ) -> Result<Verdict> {
        let candidates = candidates(auth, db, credentials).await?;
        let hashers = &auth.settings().hashers;
        if candidates.is_empty() {
            let _ = hashers.check(credentials.password, None).await?;
        }
        for user in candidates {
            let hash = Some(user.password.as_str());
            let checked = hashers.check(credentials.password, hash).await?;
            // after the work: that an account is switched off cannot be told by time
            if checked.correct && user.is_active {
                let id = user.id.into();
                if let Some(new) = checked.upgrade {
                    stamp::upgrade(db, &user, &new).await?;
                    auth.forget(id);
                }
                return Ok(Verdict::User(id));
            }
        }
        Ok(Verdict::Unknown)
    }

    async fn get_user(&self, _: &Auth, db: &Db, id: i64) -> Result<Option<Account>> {
        let Some(row) = row(db, id).await?.filter(|row| row.is_active) else {
            return Ok(None);
        };
        let stamp = stamp::of(db, &row).await?;
        let rights = permission::rights(db, row.id).await?;
        let user = CurrentUser::new(id, row.username.as_str())
            .with_email(row.email.as_str())
            .with_names(row.first_name.as_str(), row.last_name.as_str())
            .with_staff(row.is_staff)
            .with_superuser(row.is_superuser)
            .with_permissions(rights.permissions)
            .with_groups(rights.groups);
        Ok(Some(Account { user, stamp }))
    }

    async fn signed_in(&self, _: &Auth, db: &Db, id: i64) -> Result {
        let now = Utc::now().trunc_subsecs(6);
        user::Entity::update_many()
            .col_expr(user::Column::LastLogin, now.into())
            .filter(user::Column::Id.eq(id))
            .exec(db)
            .await?;
        Ok(())
    }

    async fn check_password(&self, auth: &Auth, db: &Db, id: i64, password: &str) -> Result<bool> {
        let row = row(db, id).await?;
        let hash = row.as_ref().map(|row| row.password.as_str());
        let checked = auth.settings().hashers.check(password, hash).await?;
        Ok(checked.correct && row.is_some_and(|row| row.is_active))
    }

    async fn set_password(&self, auth: &Auth, db: &Db, id: i64, password: &str) -> Result {
        let row = row(db, id).await?.ok_or(Error::NotFound)?;
        Ok(auth.users(db).set_password(&row, password).await?)
    }
}

async fn row(db: &Db, id: i64) -> Result<Option<user::Model>> {
    let Ok(id) = i32::try_from(id) else {
        return Ok(None);
    };
    Ok(user::Entity::find_by_id(id).one(db).await?)
}

/// Who can be meant: at most one user by name, and one by e-mail address.
async fn candidates(auth: &Auth, db: &Db, given: Credentials<'_>) -> Result<Vec<user::Model>> {
    let identifier = given.identifier;
    let users = auth.users(db);
    let mut found: Vec<user::Model> = Vec::new();
    for field in given.fields {
        let user = match field {
            LoginField::Username => users.by_username(&normalized(identifier)).await?,
            LoginField::Email => {
                let mut same = users.by_email(identifier).await?;
                same.retain(|user| user.is_active);
                // an address that several have says nothing about who it is
                same.pop().filter(|_| same.is_empty())
            }
        };
        found.extend(user.filter(|user| !found.iter().any(|known| known.id == user.id)));
    }
    Ok(found)
}
