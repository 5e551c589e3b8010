//! Making and changing users and groups.

mod groups;
pub(crate) mod names;
mod new;
pub(crate) mod stamp;

use rdj_orm::Db;
use rdj_runtime::{Error, Result};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Func},
};

pub use self::{
    names::{UsernameError, normalize_email, username},
    new::{NewUser, UserError},
};
use crate::{auth::Auth, entity::user, password, validate::Person};

/// Users and groups of Django's tables; from [`Auth::users`].
///
/// Every change of somebody's rights is told: sockets and caches follow at once. Inside of a
/// transaction they follow when it is committed, at the latest a second later.
///
/// This is code of the server: it asks nobody for a right. Whoever calls it for a visitor asks first.
///
/// ```no_run
/// # async fn run(auth: rdj_auth::Auth) -> rdj_auth::Result {
/// use rdj_auth::user::NewUser;
///
/// let users = auth.users(auth.db());
/// let ann = users.create_user(NewUser::new("ann").password("correct horse")).await?;
/// users.add_permission(&ann, "notes.change_note").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Users {
    auth: Auth,
    db: Db,
}

impl Users {
    pub(crate) fn new(auth: Auth, db: Db) -> Self {
        Self { auth, db }
    }

    /// The user with this key.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn by_id(&self, id: i64) -> Result<Option<user::Model>> {
        let Ok(id) = i32::try_from(id) else {
            return Ok(None);
        };
        Ok(user::Entity::find_by_id(id).one(&self.db).await?)
    }

    /// The user with exactly this name.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn by_username(&self, username: &str) -> Result<Option<user::Model>> {
        let with_name = user::Column::Username.eq(username);
        Ok(user::Entity::find().filter(with_name).one(&self.db).await?)
    }

    /// The users with this e-mail address, whatever its case.
    ///
    /// Addresses that only a database holds for the same, such as those with letters that look alike,
    /// are not found.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn by_email(&self, email: &str) -> Result<Vec<user::Model>> {
        let email = email.trim();
        if email.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.lowered(user::Column::Email, email).await?;
        let wanted = email.to_lowercase();
        found.retain(|user| user.email.to_lowercase() == wanted);
        Ok(found)
    }

    /// Whether a user has this name or one that differs only by case.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn is_username_taken(&self, username: &str) -> Result<bool> {
        Ok(!self
            .lowered(user::Column::Username, username)
            .await?
            .is_empty())
    }

    async fn lowered(&self, column: user::Column, text: &str) -> Result<Vec<user::Model>> {
        let lowered = || Expr::expr(Func::lower(Expr::col((user::Entity, column))));
        // SQLite lowers ASCII only: what is in lower case there is found by the text as Unicode has it
        let alike = lowered()
            .eq(Func::lower(Expr::val(text)))
            .or(lowered().eq(text.to_lowercase()))
            .or(column.eq(text));
        Ok(user::Entity::find().filter(alike).all(&self.db).await?)
    }

    /// Makes a user; the password is not checked by the rules for new ones, see
    /// [`AuthSettings::password_rules`](crate::settings::AuthSettings::password_rules). They are told
    /// of it when the user is there.
    ///
    /// # Errors
    ///
    /// See [`UserError`].
    pub async fn create_user(&self, new: NewUser) -> Result<user::Model, UserError> {
        let username = username(&new.username)?;
        if self.is_username_taken(&username).await? {
            return Err(UserError::UsernameTaken);
        }
        let password = match &new.password {
            Some(password) => self.auth.settings().hashers.encode(password).await,
            None => Ok(password::unusable()),
        };
        let password = password.map_err(Error::from)?;
        let given = new.password.clone();
        let row = new.into_row(username, password);
        let user = row.insert(&self.db).await.map_err(UserError::of_insert)?;
        if let Some(given) = given {
            self.password_changed(&user, &given);
        }
        Ok(user)
    }

    /// Makes a user with all rights.
    ///
    /// # Errors
    ///
    /// See [`UserError`].
    pub async fn create_superuser(&self, new: NewUser) -> Result<user::Model, UserError> {
        self.create_user(new.staff(true).superuser(true)).await
    }

    /// Sets a password, which ends the user's sessions; the rules for new passwords are not checked,
    /// but told of it.
    ///
    /// # Errors
    ///
    /// The database fails, or too many passwords wait to be hashed.
    pub async fn set_password(&self, user: &user::Model, password: &str) -> Result {
        let hash = self.auth.settings().hashers.encode(password).await?;
        self.change(user, |row| row.password = Set(hash)).await?;
        self.password_changed(user, password);
        Ok(())
    }

    fn password_changed(&self, user: &user::Model, password: &str) {
        let rules = self.auth.settings().password_rules();
        rules.password_changed(password, &Person::from(user));
    }

    /// Takes the password away: the user can sign in only in another way.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn set_unusable_password(&self, user: &user::Model) -> Result {
        self.change(user, |row| row.password = Set(password::unusable()))
            .await
    }

    /// Whether the password is the user's, in the same time whatever is wrong.
    ///
    /// # Errors
    ///
    /// Too many passwords wait to be hashed.
    pub async fn check_password(&self, user: &user::Model, password: &str) -> Result<bool> {
        let hash = Some(user.password.as_str());
        let checked = self.auth.settings().hashers.check(password, hash).await?;
        Ok(checked.correct)
    }

    /// Lets a user sign in or not; a user who may not is signed out at once.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn set_active(&self, user: &user::Model, is_active: bool) -> Result {
        self.change(user, |row| row.is_active = Set(is_active))
            .await
    }

    /// Makes a user a member of the staff or not.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn set_staff(&self, user: &user::Model, is_staff: bool) -> Result {
        self.change(user, |row| row.is_staff = Set(is_staff)).await
    }

    /// Gives a user all rights or not.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn set_superuser(&self, user: &user::Model, is_superuser: bool) -> Result {
        self.change(user, |row| row.is_superuser = Set(is_superuser))
            .await
    }

    /// Writes columns of a user and tells it.
    async fn change(
        &self,
        user: &user::Model,
        change: impl FnOnce(&mut user::ActiveModel),
    ) -> Result {
        let mut row = user::ActiveModel {
            id: sea_orm::ActiveValue::Unchanged(user.id),
            ..Default::default()
        };
        change(&mut row);
        let changed = user::Entity::update_many()
            .set(row)
            .filter(user::Column::Id.eq(user.id))
            .exec(&self.db)
            .await?;
        if changed.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        self.auth.user_changed(user.id.into());
        Ok(())
    }
}
