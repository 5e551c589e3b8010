//! Why somebody is not signed in, or has no other password.

use std::{fmt, time::Duration};

use crate::{
    settings::AuthSettings,
    validate::Reason,
};

/// Why somebody is not signed in. Show it with `Display`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginError {
    /// The user is unknown, the password is wrong, or the account is switched off: one answer for all.
    Invalid {
        /// The application's text for it.
        text: String,
    },
    /// Too many wrong passwords: nothing was tried.
    Throttled {
        /// When the next one is tried.
        retry_after: Duration,
    },
}

impl LoginError {
    pub(super) fn invalid(settings: &AuthSettings) -> Self {
        let messages = &settings.messages;
        let text = messages.invalid_credentials(&settings.login_fields);
        Self::Invalid {
            text: text.to_owned(),
        }
    }
}

impl fmt::Display for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { text } => f.write_str(text),
            Self::Throttled { retry_after } => write_throttled(*retry_after, f),
        }
    }
}

/// Why somebody has no other password. Show it with `Display`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeError {
    /// The old password is wrong.
    WrongPassword,
    /// The new password is refused: all reasons.
    Rules(Vec<Reason>),
    /// Too many wrong passwords: nothing was tried.
    Throttled {
        /// When the next one is tried.
        retry_after: Duration,
    },
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongPassword => f.write_str("Your old password was entered incorrectly."),
            Self::Rules(reasons) => {
                let texts: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join(" "))
            }
            Self::Throttled { retry_after } => write_throttled(*retry_after, f),
        }
    }
}

fn write_throttled(retry_after: Duration, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // a full second more than needed is better than one refusal more
    let seconds = retry_after.as_secs() + 1;
    write!(f, "Too many attempts. Please try again in {seconds} seconds.")
}
