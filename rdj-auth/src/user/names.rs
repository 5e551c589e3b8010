//! The rules for names and addresses.

use std::fmt;

use rdj_runtime::i18n::Text;
use unicode_normalization::UnicodeNormalization;

/// The longest username in characters.
const LONGEST: usize = 150;

/// Why a username is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsernameError {
    /// It is empty.
    Empty,
    /// It has more than 150 characters.
    TooLong,
    /// It has other characters than letters, digits and `@.+-_`.
    Characters,
}

impl UsernameError {
    /// What the user reads.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Empty => Text::key("auth-username-required"),
            Self::TooLong => Text::key("auth-username-too-long").arg("count", LONGEST),
            Self::Characters => Text::key("auth-username-invalid"),
        }
    }
}

impl fmt::Display for UsernameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// A username in its one form: compatible characters, such as the wide ones, become the usual ones.
pub(crate) fn normalized(name: &str) -> String {
    name.nfkc().collect()
}

/// A valid username in its one form.
///
/// ```
/// use rdj_auth::user::{UsernameError, username};
///
/// assert_eq!(username("ann@home"), Ok("ann@home".to_owned()));
/// assert_eq!(username("ann smith"), Err(UsernameError::Characters));
/// ```
///
/// # Errors
///
/// Why it is refused.
pub fn username(name: &str) -> Result<String, UsernameError> {
    let name = normalized(name);
    let allowed = |letter: char| letter.is_alphanumeric() || "_.@+-".contains(letter);
    if name.is_empty() {
        return Err(UsernameError::Empty);
    }
    if name.chars().count() > LONGEST {
        return Err(UsernameError::TooLong);
    }
    if !name.chars().all(allowed) {
        return Err(UsernameError::Characters);
    }
    Ok(name)
}

/// An e-mail address with its domain in lower case; what stands before it can depend on case.
///
/// ```
/// assert_eq!(rdj_auth::user::normalize_email("Ann@Example.COM"), "Ann@example.com");
/// ```
#[must_use]
pub fn normalize_email(email: &str) -> String {
    let email = email.trim();
    match email.rsplit_once('@') {
        Some((name, domain)) => format!("{name}@{}", domain.to_lowercase()),
        None => email.to_owned(),
    }
}
