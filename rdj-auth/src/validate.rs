//! Rules for new passwords, all checked at once.

mod common;
mod reason;
mod similar;

use std::{fmt, sync::Arc};

pub use self::{common::Common, reason::Reason, similar::Similar};
use crate::{entity::user, password::MAX_LENGTH};

/// What is known of the user whose password is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name to sign in with.
    pub username: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The e-mail address.
    pub email: String,
}

impl From<&user::Model> for Person {
    fn from(user: &user::Model) -> Self {
        Self {
            username: user.username.clone(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            email: user.email.clone(),
        }
    }
}

/// A rule for passwords.
///
/// ```
/// use rdj_auth::validate::{PasswordValidator, Person, Reason, Validators};
///
/// #[derive(Debug)]
/// struct HasDigit;
///
/// impl PasswordValidator for HasDigit {
///     fn check(&self, password: &str, _: &Person) -> Result<(), Reason> {
///         match password.contains(|letter: char| letter.is_ascii_digit()) {
///             true => Ok(()),
///             false => Err(Reason::new("shop-password-digit", "The password has no digit.")),
///         }
///     }
///
///     fn help(&self) -> Reason {
///         Reason::new("shop-password-digit-help", "Your password needs a digit.")
///     }
/// }
///
/// let rules = Validators::default().with(HasDigit);
/// assert_eq!(rules.check("abc", &Person::default()).map_err(|all| all.len()), Err(2));
/// ```
pub trait PasswordValidator: fmt::Debug + Send + Sync + 'static {
    /// Checks a new password.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    fn check(&self, password: &str, person: &Person) -> Result<(), Reason>;

    /// What the user reads before choosing a password.
    fn help(&self) -> Reason;
}

/// The rules of an application.
#[derive(Clone, Debug)]
pub struct Validators(Vec<Arc<dyn PasswordValidator>>);

impl Default for Validators {
    /// Django's: not similar to the user, at least 8 characters, not common, not only digits.
    fn default() -> Self {
        Self::django(8)
    }
}

impl Validators {
    /// Django's rules with another shortest length.
    #[must_use]
    pub fn django(min_length: usize) -> Self {
        Self::none()
            .with(Similar::default())
            .with(MinLength(min_length))
            .with(Common)
            .with(NotNumeric)
    }

    /// No rules.
    #[must_use]
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds a rule.
    #[must_use]
    pub fn with(mut self, rule: impl PasswordValidator) -> Self {
        self.0.push(Arc::new(rule));
        self
    }

    /// Checks a password by all rules.
    ///
    /// # Errors
    ///
    /// Why it is refused, of every rule that refuses it.
    pub fn check(&self, password: &str, person: &Person) -> Result<(), Vec<Reason>> {
        if password.len() > MAX_LENGTH {
            let reason = Reason::new("auth-password-too-long", "The password is too long.");
            return Err(vec![reason]);
        }
        let refused = self
            .0
            .iter()
            .filter_map(|rule| rule.check(password, person).err());
        let refused: Vec<Reason> = refused.collect();
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }

    /// What the user reads before choosing a password.
    #[must_use]
    pub fn help(&self) -> Vec<Reason> {
        self.0.iter().map(|rule| rule.help()).collect()
    }
}

/// At least this many characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinLength(pub usize);

impl PasswordValidator for MinLength {
    fn check(&self, password: &str, _: &Person) -> Result<(), Reason> {
        if password.chars().count() >= self.0 {
            return Ok(());
        }
        let text = format!(
            "This password is too short. It must have at least {} characters.",
            self.0
        );
        Err(Reason::new("auth-password-too-short", text).with("min", self.0))
    }

    fn help(&self) -> Reason {
        let text = format!("Your password must have at least {} characters.", self.0);
        Reason::new("auth-password-help-too-short", text).with("min", self.0)
    }
}

/// Not only digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNumeric;

impl PasswordValidator for NotNumeric {
    fn check(&self, password: &str, _: &Person) -> Result<(), Reason> {
        let numeric = !password.is_empty() && password.chars().all(char::is_numeric);
        if numeric {
            let text = "This password has only digits.";
            return Err(Reason::new("auth-password-numeric", text));
        }
        Ok(())
    }

    fn help(&self) -> Reason {
        let text = "Your password cannot be only digits.";
        Reason::new("auth-password-help-numeric", text)
    }
}
