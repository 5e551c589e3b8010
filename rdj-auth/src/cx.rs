//! Signing in and out in handlers.

mod error;

use std::future::Future;

use rdj_orm::{CrudModel, CxDb, Db};
use rdj_runtime::{CurrentUser, Cx, Error, Guard, Result, csrf::Csrf};
use sea_orm::EntityTrait;

pub use self::error::{ChangeError, LoginError};
use crate::{
    auth::{Auth, Signed},
    backend::{Credentials, Object},
    session,
    settings::LoginField,
    throttle::Attempt,
    validate::Person,
};

/// Signing in and out, in handlers of pages and of events on a socket alike.
///
/// ```
/// use rdj_auth::{CxAuth, Result};
/// use rdj_runtime::Cx;
///
/// async fn submit(cx: &Cx, username: &str, password: &str) -> Result {
///     match cx.login(username, password).await? {
///         Ok(user) => cx.messages().success(format!("Hello {}", user.display_name())),
///         Err(error) => cx.messages().error(error.to_string()),
///     }
///     Ok(())
/// }
/// ```
pub trait CxAuth {
    /// The application's users.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] if the application has none: see [`AppAuth`](crate::AppAuth).
    fn auth(&self) -> Result<&Auth>;

    /// Users and groups, over the transaction that is open around this call if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] if the application has no users.
    fn users(&self) -> Result<crate::user::Users>;

    /// Signs in with what a user typed. The session gets a new id; what an anonymous user put into it
    /// is kept, what another user put into it is not.
    ///
    /// # Errors
    ///
    /// The inner error is for the user. The outer one: there is no session, the database fails, or too
    /// many passwords wait to be checked.
    fn login(
        &self,
        identifier: &str,
        password: &str,
    ) -> impl Future<Output = Result<Result<CurrentUser, LoginError>>> + Send;

    /// [`CxAuth::login`] with what this page takes, in the place of
    /// [`AuthSettings::login_fields`](crate::settings::AuthSettings::login_fields).
    ///
    /// # Errors
    ///
    /// As [`CxAuth::login`].
    fn login_by(
        &self,
        fields: &[LoginField],
        identifier: &str,
        password: &str,
    ) -> impl Future<Output = Result<Result<CurrentUser, LoginError>>> + Send;

    /// [`CxAuth::login`] for those who satisfy a guard too, such as at an entrance for the staff.
    ///
    /// Somebody else is answered exactly as for a wrong password: nobody learns that it is the right
    /// one. The session and the time of the last login stay as they are, and the throttle counts it.
    /// [`AuthSettings::login_guard`](crate::settings::AuthSettings::login_guard) holds as well.
    ///
    /// ```
    /// use rdj_auth::{CxAuth, Result};
    /// use rdj_runtime::{Cx, Guard};
    ///
    /// const STAFF: Guard = Guard { staff: true, ..Guard::NONE };
    ///
    /// async fn submit(cx: &Cx, username: &str, password: &str) -> Result {
    ///     match cx.login_guarded(username, password, STAFF).await? {
    ///         Ok(_) => cx.redirect("/staff"),
    ///         Err(error) => cx.messages().error(error.to_string()),
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`CxAuth::login`].
    fn login_guarded(
        &self,
        identifier: &str,
        password: &str,
        guard: Guard,
    ) -> impl Future<Output = Result<Result<CurrentUser, LoginError>>> + Send;

    /// Signs in a user without a password, such as one that was just made.
    ///
    /// The user comes from the first backend that knows the key; no guard is asked.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if no backend has such an active user; there is no session, or the database
    /// fails.
    fn login_user(&self, id: i64) -> impl Future<Output = Result<CurrentUser>> + Send;

    /// Signs out: the session ends, but for
    /// [`preserved_session_keys`](crate::settings::AuthSettings::preserved_session_keys).
    ///
    /// # Errors
    ///
    /// There is no session, or the database fails.
    fn logout(&self) -> impl Future<Output = Result> + Send;

    /// Gives the signed-in user another password. This session goes on with a new id, all others of
    /// the user end.
    ///
    /// # Errors
    ///
    /// The inner error is for the user. The outer one: nobody is signed in, the backend has no
    /// passwords, or the database fails.
    fn change_password(
        &self,
        old: &str,
        new: &str,
    ) -> impl Future<Output = Result<Result<(), ChangeError>>> + Send;

    /// Whether somebody is signed in who has the permission, such as `notes.change_note`.
    fn has_perm(&self, permission: &str) -> bool;

    /// Whether somebody is signed in who has the permission for this row: a superuser, or somebody to
    /// whom a backend gives it by [`AuthBackend::has_perm_on`](crate::AuthBackend::has_perm_on).
    ///
    /// As in Django a right for all rows is none for one row by itself: with the tables of users alone
    /// only superusers have any. Ask for both where both are enough:
    /// `cx.has_perm(p) || cx.has_perm_on::<note::Entity>(p, &row).await?`.
    ///
    /// ```
    /// use rdj_auth::{CxAuth, Error, Result, entity::group};
    /// use rdj_runtime::Cx;
    ///
    /// async fn rename(cx: &Cx, group: &group::Model) -> Result {
    ///     let permission = "auth.change_group";
    ///     if !cx.has_perm_on::<group::Entity>(permission, group).await? {
    ///         return Err(Error::Denied);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The application has no users, or the database fails.
    fn has_perm_on<E: CrudModel>(
        &self,
        permission: &str,
        row: &<E as EntityTrait>::Model,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Whether somebody is signed in who is in the group.
    fn has_group(&self, group: &str) -> bool;
}

impl CxAuth for Cx {
    fn auth(&self) -> Result<&Auth> {
        self.resource::<Auth>()
    }

    fn users(&self) -> Result<crate::user::Users> {
        let auth = self.auth()?;
        Ok(auth.users(&database(self, auth)))
    }

    async fn login(
        &self,
        identifier: &str,
        password: &str,
    ) -> Result<Result<CurrentUser, LoginError>> {
        let fields = &self.auth()?.settings().login_fields;
        log_in(self, fields, identifier, password, Guard::NONE).await
    }

    async fn login_by(
        &self,
        fields: &[LoginField],
        identifier: &str,
        password: &str,
    ) -> Result<Result<CurrentUser, LoginError>> {
        log_in(self, fields, identifier, password, Guard::NONE).await
    }

    async fn login_guarded(
        &self,
        identifier: &str,
        password: &str,
        guard: Guard,
    ) -> Result<Result<CurrentUser, LoginError>> {
        let fields = &self.auth()?.settings().login_fields;
        log_in(self, fields, identifier, password, guard).await
    }

    async fn login_user(&self, id: i64) -> Result<CurrentUser> {
        let auth = self.auth()?;
        let db = database(self, auth);
        for backend in 0..auth.backends() {
            if let Some(user) = sign_in(self, &db, (backend, id), &[]).await? {
                return Ok(user);
            }
        }
        Err(Error::NotFound)
    }

    async fn logout(&self) -> Result {
        let auth = self.auth()?;
        session::sign_out(auth, self.session()?).await?;
        // open forms and drafts of the user are good no more at this browser
        if let Some(csrf) = self.extension::<Csrf>() {
            csrf.rotate();
        }
        self.set_user(None);
        Ok(())
    }

    async fn change_password(&self, old: &str, new: &str) -> Result<Result<(), ChangeError>> {
        let auth = self.auth()?;
        let user = self.require_user()?;
        let session = self.session()?;
        let claim = session::claim(auth, session).await?;
        let claim = claim.filter(|claim| claim.id == user.id());
        let claim = claim.ok_or(Error::LoginRequired)?;
        let attempt = Attempt::of(self, "change", user.name());
        if let Some(retry_after) = auth.settings().throttle.attempt(&attempt).await? {
            return Ok(Err(ChangeError::Throttled { retry_after }));
        }
        let db = database(self, auth);
        let backend = auth.backend(claim.backend);
        if !backend.check_password(auth, &db, claim.id, old).await? {
            return Ok(Err(ChangeError::WrongPassword));
        }
        auth.settings().throttle.succeeded(&attempt).await?;
        if let Err(reasons) = auth.settings().password_rules().check(new, &person(&user)) {
            return Ok(Err(ChangeError::Rules(reasons)));
        }
        session::exchange(session).await?;
        backend.set_password(auth, &db, claim.id, new).await?;
        let signed = auth.load(&db, claim.backend, claim.id).await?;
        let signed = signed.ok_or(Error::LoginRequired)?;
        session::renew(auth, session, claim.backend, &signed).await?;
        self.set_user(Some(signed.account.user));
        auth.user_changed(claim.id);
        Ok(Ok(()))
    }

    fn has_perm(&self, permission: &str) -> bool {
        self.user().is_some_and(|user| user.has_perm(permission))
    }

    async fn has_perm_on<E: CrudModel>(
        &self,
        permission: &str,
        row: &<E as EntityTrait>::Model,
    ) -> Result<bool> {
        let Some(user) = self.user() else {
            return Ok(false);
        };
        if user.is_superuser() {
            return Ok(true);
        }
        let auth = self.auth()?;
        let db = database(self, auth);
        let object = Object::of::<E>(row);
        for index in 0..auth.backends() {
            let backend = auth.backend(index);
            let asked = backend.has_perm_on(auth, &db, &user, permission, object.clone());
            if asked.await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn has_group(&self, group: &str) -> bool {
        self.user().is_some_and(|user| user.has_group(group))
    }
}

/// The transaction around this call, or the pool.
fn database(cx: &Cx, auth: &Auth) -> Db {
    let open = cx.db().ok().filter(|db| db.pool().is_none());
    open.unwrap_or_else(|| auth.db().clone())
}

/// Signs in a user who is found by one of the fields, and whom the guards let pass.
async fn log_in(
    cx: &Cx,
    fields: &[LoginField],
    identifier: &str,
    password: &str,
    guard: Guard,
) -> Result<Result<CurrentUser, LoginError>> {
    let auth = cx.auth()?;
    // without a session nothing is tried and nothing counts
    cx.session()?;
    let identifier = identifier.trim();
    let attempt = Attempt::of(cx, "login", identifier);
    if let Some(retry_after) = auth.settings().throttle.attempt(&attempt).await? {
        return Ok(Err(LoginError::Throttled { retry_after }));
    }
    let db = database(cx, auth);
    let credentials = Credentials {
        identifier,
        password,
        fields,
    };
    let found = auth.authenticate(&db, credentials).await?;
    let signed = match found {
        Some((backend, id)) => {
            let guards = [auth.settings().login_guard, guard];
            sign_in(cx, &db, (backend, id), &guards).await?
        }
        None => None,
    };
    let Some(user) = signed else {
        return Ok(Err(LoginError::invalid(auth.settings(), fields)));
    };
    auth.settings().throttle.succeeded(&attempt).await?;
    Ok(Ok(user))
}

/// Gives the session to a user; none if the backend has no such active user, or if a guard does not let
/// it pass.
async fn sign_in(
    cx: &Cx,
    db: &Db,
    (backend, id): (usize, i64),
    guards: &[Guard],
) -> Result<Option<CurrentUser>> {
    let auth = cx.auth()?;
    let session = cx.session()?;
    let passes = |user: &CurrentUser| guards.iter().all(|guard| guard.check(Some(user)).is_ok());
    let signed = auth.load(db, backend, id).await?;
    let Some(signed) = signed.filter(|signed| passes(&signed.account.user)) else {
        return Ok(None);
    };
    session::sign_in(auth, session, backend, &signed).await?;
    // forms from before the login, maybe of somebody else at this browser, are good no more
    if let Some(csrf) = cx.extension::<Csrf>() {
        csrf.rotate();
    }
    auth.backend(backend).signed_in(auth, db, id).await?;
    auth.forget(id);
    let Signed { account, .. } = signed;
    cx.set_user(Some(account.user.clone()));
    Ok(Some(account.user))
}

pub(crate) fn person(user: &CurrentUser) -> Person {
    Person {
        username: user.name().to_owned(),
        first_name: user.first_name().to_owned(),
        last_name: user.last_name().to_owned(),
        email: user.email().to_owned(),
    }
}
