//! A user to be made.

use std::fmt;

use chrono::{SubsecRound, Utc};
use rdj_runtime::{Error, i18n::Text};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DbErr, SqlErr,
};

use super::{UsernameError, normalize_email};
use crate::{entity::user, validate::Person};

/// A user to be made; without a password nobody can sign in as it.
#[derive(Clone, Default)]
#[must_use]
pub struct NewUser {
    pub(super) username: String,
    pub(super) password: Option<String>,
    email: String,
    first_name: String,
    last_name: String,
    is_staff: bool,
    is_superuser: bool,
    inactive: bool,
}

impl NewUser {
    /// A user with this name.
    pub fn new(username: impl Into<String>) -> Self {
        Self {
            username: username.into(),
            ..Self::default()
        }
    }

    /// With a password, which is used as it is: blanks at its ends count.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// With an e-mail address.
    pub fn email(mut self, email: &str) -> Self {
        self.email = normalize_email(email);
        self
    }

    /// With a first and a last name.
    pub fn names(mut self, first: impl Into<String>, last: impl Into<String>) -> Self {
        self.first_name = first.into();
        self.last_name = last.into();
        self
    }

    /// As a member of the staff or not.
    pub fn staff(mut self, is_staff: bool) -> Self {
        self.is_staff = is_staff;
        self
    }

    /// With all rights or not.
    pub fn superuser(mut self, is_superuser: bool) -> Self {
        self.is_superuser = is_superuser;
        self
    }

    /// Who may sign in or not, such as only after a mail was answered.
    pub fn active(mut self, is_active: bool) -> Self {
        self.inactive = !is_active;
        self
    }

    /// What the rules for passwords compare with.
    #[must_use]
    pub fn person(&self) -> Person {
        Person {
            username: self.username.clone(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            email: self.email.clone(),
        }
    }

    pub(super) fn into_row(self, username: String, password: String) -> user::ActiveModel {
        user::ActiveModel {
            id: NotSet,
            password: Set(password),
            last_login: Set(None),
            is_superuser: Set(self.is_superuser),
            username: Set(username),
            first_name: Set(self.first_name),
            last_name: Set(self.last_name),
            email: Set(self.email),
            is_staff: Set(self.is_staff),
            is_active: Set(!self.inactive),
            // Django reads and writes microseconds
            date_joined: Set(Utc::now().trunc_subsecs(6)),
        }
    }
}

impl fmt::Debug for NewUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewUser")
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// Why a user was not made.
#[derive(Debug)]
#[non_exhaustive]
pub enum UserError {
    /// The name is not allowed.
    Username(UsernameError),
    /// Somebody has the name, maybe in another case.
    UsernameTaken,
    /// Something else failed.
    Failed(Error),
}

impl UserError {
    /// The insert of a user fails for one reason that is the user's: the name.
    pub(super) fn of_insert(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::UsernameTaken,
            _ => Self::Failed(error.into()),
        }
    }
}

impl From<UsernameError> for UserError {
    fn from(error: UsernameError) -> Self {
        Self::Username(error)
    }
}

impl From<Error> for UserError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Username(error) => error.fmt(f),
            Self::UsernameTaken => Text::key("auth-username-taken").fmt(f),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl From<UserError> for Error {
    fn from(error: UserError) -> Self {
        match error {
            UserError::Failed(error) => error,
            UserError::UsernameTaken => Self::Conflict(error.to_string()),
            UserError::Username(_) => Self::invalid(error.to_string()),
        }
    }
}
