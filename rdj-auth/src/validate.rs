//! Rules for new passwords, all checked at once.

mod common;
mod similar;

use std::{fmt, sync::Arc};

use rdj_runtime::i18n::Text;

pub use self::{common::Common, similar::Similar};
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
/// use rdj_auth::validate::{PasswordValidator, Person, Validators};
/// use rdj_runtime::i18n::Text;
///
/// #[derive(Debug)]
/// struct HasDigit;
///
/// impl PasswordValidator for HasDigit {
///     fn check(&self, password: &str, _: &Person) -> Result<(), Text> {
///         if password.contains(|letter: char| letter.is_ascii_digit()) {
///             return Ok(());
///         }
///         Err(Text::literal("The password has no digit."))
///     }
///
///     fn help(&self) -> Text {
///         Text::literal("Your password needs a digit.")
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
    fn check(&self, password: &str, person: &Person) -> Result<(), Text>;

    /// What the user reads before choosing a password.
    fn help(&self) -> Text;

    /// A password was set: the place to keep a history. It must not block; hand slow work to a task.
    ///
    /// Called once for each password that is set, after the row of its user is written, also inside of
    /// a transaction that may still be rolled back. A password that is taken away tells nobody.
    fn password_changed(&self, _password: &str, _person: &Person) {}
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
    pub fn check(&self, password: &str, person: &Person) -> Result<(), Vec<Text>> {
        if password.len() > MAX_LENGTH {
            return Err(vec![
                Text::key("rdj-too-long")
                    .arg("most", MAX_LENGTH)
                    .arg("length", password.len()),
            ]);
        }
        let refused = self
            .0
            .iter()
            .filter_map(|rule| rule.check(password, person).err());
        let refused: Vec<Text> = refused.collect();
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }

    /// What the user reads before choosing a password.
    #[must_use]
    pub fn help(&self) -> Vec<Text> {
        self.0.iter().map(|rule| rule.help()).collect()
    }

    /// Tells all rules that a password was set. [`Users`](crate::user::Users) does so; a backend that
    /// stores passwords itself calls it.
    ///
    /// ```
    /// use std::sync::Mutex;
    ///
    /// use rdj_auth::validate::{PasswordValidator, Person, Validators};
    /// use rdj_runtime::i18n::Text;
    ///
    /// /// Refuses the name of a user whose password was set before.
    /// #[derive(Debug, Default)]
    /// struct Once(Mutex<Vec<String>>);
    ///
    /// impl PasswordValidator for Once {
    ///     fn check(&self, _: &str, person: &Person) -> Result<(), Text> {
    ///         match self.0.lock() {
    ///             Ok(seen) if seen.contains(&person.username) => Err(Text::literal("Not twice.")),
    ///             _ => Ok(()),
    ///         }
    ///     }
    ///
    ///     fn help(&self) -> Text {
    ///         Text::literal("Your password is for ever.")
    ///     }
    ///
    ///     fn password_changed(&self, _: &str, person: &Person) {
    ///         if let Ok(mut seen) = self.0.lock() {
    ///             seen.push(person.username.clone());
    ///         }
    ///     }
    /// }
    ///
    /// let rules = Validators::none().with(Once::default());
    /// let ann = Person { username: "ann".to_owned(), ..Person::default() };
    /// rules.password_changed("correct horse", &ann);
    /// assert!(rules.check("battery staple", &ann).is_err());
    /// ```
    pub fn password_changed(&self, password: &str, person: &Person) {
        for rule in &self.0 {
            rule.password_changed(password, person);
        }
    }
}

/// At least this many characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinLength(pub usize);

impl PasswordValidator for MinLength {
    fn check(&self, password: &str, _: &Person) -> Result<(), Text> {
        if password.chars().count() >= self.0 {
            return Ok(());
        }
        Err(Text::key("auth-password-too-short-min").arg("count", self.0))
    }

    fn help(&self) -> Text {
        Text::key("auth-password-too-short-help").arg("count", self.0)
    }
}

/// Not only digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNumeric;

impl PasswordValidator for NotNumeric {
    fn check(&self, password: &str, _: &Person) -> Result<(), Text> {
        let numeric = !password.is_empty() && password.chars().all(char::is_numeric);
        if numeric {
            return Err(Text::key("auth-password-entirely-numeric"));
        }
        Ok(())
    }

    fn help(&self) -> Text {
        Text::key("auth-password-entirely-numeric-help")
    }
}
