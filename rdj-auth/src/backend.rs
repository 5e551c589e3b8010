//! Where users come from.

mod model;
mod object;

use std::fmt;

use rdj_orm::Db;
use rdj_runtime::{CurrentUser, Error, Result};
pub use sea_orm::prelude::async_trait::async_trait;

pub use self::{model::ModelBackend, object::Object};
use crate::{auth::Auth, settings::LoginField};

/// What somebody signs in with.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The username or e-mail address, without blanks around it.
    pub identifier: &'a str,
    /// The password as it was typed.
    pub password: &'a str,
    /// What the identifier may be.
    pub fields: &'a [LoginField],
}

impl fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("identifier", &self.identifier)
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

/// What a backend says about credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are those of the user with this key.
    User(i64),
    /// This backend does not know them: the next one is asked.
    Unknown,
    /// They are refused, and no further backend is asked.
    Denied,
}

/// A user with what sessions are signed over.
#[derive(Clone, Debug)]
pub struct Account {
    /// The user with all rights of this moment.
    pub user: CurrentUser,
    /// A text that changes when the user's sessions have to end: with the password.
    pub stamp: String,
}

/// A source of users: [`ModelBackend`] for the tables of Django, or an application's own for a user
/// table of another shape, LDAP or a login link.
///
/// A backend answers with a [`CurrentUser`], so nothing else of rdj knows the table. Its
/// [`CurrentUser::with_data`] hands the application's row on.
///
/// ```
/// use rdj_auth::backend::{Account, AuthBackend, Credentials, Verdict, async_trait};
/// use rdj_auth::{Auth, CurrentUser, Db, Result};
///
/// #[derive(Debug)]
/// struct Demo;
///
/// #[async_trait]
/// impl AuthBackend for Demo {
///     fn name(&self) -> &'static str {
///         "demo"
///     }
///
///     async fn authenticate(&self, _: &Auth, _: &Db, given: Credentials<'_>) -> Result<Verdict> {
///         Ok(match given.identifier {
///             "demo" => Verdict::User(1),
///             _ => Verdict::Unknown,
///         })
///     }
///
///     async fn get_user(&self, _: &Auth, _: &Db, id: i64) -> Result<Option<Account>> {
///         let user = CurrentUser::new(id, "demo");
///         let stamp = "never changes".to_owned();
///         Ok((id == 1).then_some(Account { user, stamp }))
///     }
/// }
/// ```
#[async_trait]
pub trait AuthBackend: fmt::Debug + Send + Sync + 'static {
    /// What stands for this backend in sessions; no two of an application are the same.
    fn name(&self) -> &'static str;

    /// Whose the credentials are. It has to take as long for unknown users as for wrong passwords:
    /// see [`Hashers::check`](crate::password::Hashers::check).
    ///
    /// # Errors
    ///
    /// The database fails.
    async fn authenticate(
        &self,
        auth: &Auth,
        db: &Db,
        credentials: Credentials<'_>,
    ) -> Result<Verdict>;

    /// The user with this key; none if there is none or it may not sign in (any more).
    ///
    /// # Errors
    ///
    /// The database fails.
    async fn get_user(&self, auth: &Auth, db: &Db, id: i64) -> Result<Option<Account>>;

    /// The user has signed in: the place to note when.
    ///
    /// # Errors
    ///
    /// The database fails.
    async fn signed_in(&self, _auth: &Auth, _db: &Db, _id: i64) -> Result {
        Ok(())
    }

    /// Whether the user has the permission for this one row, such as for an own one. All backends are
    /// asked, whichever signed the user in; one that says yes is enough. Nobody asks for superusers.
    ///
    /// As in Django a right for all rows is none for one row by itself, and [`ModelBackend`] knows of no
    /// rights for rows. See [`CxAuth::has_perm_on`](crate::CxAuth::has_perm_on).
    ///
    /// # Errors
    ///
    /// The database fails.
    async fn has_perm_on(
        &self,
        _auth: &Auth,
        _db: &Db,
        _user: &CurrentUser,
        _permission: &str,
        _object: Object<'_>,
    ) -> Result<bool> {
        Ok(false)
    }

    /// Whether the password is the user's.
    ///
    /// # Errors
    ///
    /// The database fails, or this backend has no passwords.
    async fn check_password(
        &self,
        _auth: &Auth,
        _db: &Db,
        _id: i64,
        _password: &str,
    ) -> Result<bool> {
        Err(no_passwords(self.name()))
    }

    /// Sets a new password. When the row is written, it tells the rules for passwords:
    /// [`Validators::password_changed`](crate::validate::Validators::password_changed) of
    /// [`AuthSettings::password_rules`](crate::settings::AuthSettings::password_rules).
    /// [`Users::set_password`](crate::user::Users::set_password) does so by itself.
    ///
    /// # Errors
    ///
    /// The database fails, or this backend has no passwords.
    async fn set_password(&self, _auth: &Auth, _db: &Db, _id: i64, _password: &str) -> Result {
        Err(no_passwords(self.name()))
    }
}

fn no_passwords(backend: &str) -> Error {
    Error::internal(format!(
        "the backend `{backend}` does not change passwords: implement `check_password` and \
         `set_password`"
    ))
}
