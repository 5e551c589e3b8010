//! Why somebody is not signed in, or has no other password.

use std::{fmt, time::Duration};

use rdj_runtime::i18n::Text;

use crate::settings::{AuthSettings, LoginField};

/// Why somebody is not signed in. Show it with `Display`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LoginError {
    /// The user is unknown, the password is wrong, or the account is switched off: one answer for all.
    Invalid {
        /// The application's text for it.
        text: Text,
    },
    /// Too many wrong passwords: nothing was tried.
    Throttled {
        /// When the next one is tried.
        retry_after: Duration,
    },
}

impl LoginError {
    pub(super) fn invalid(settings: &AuthSettings, fields: &[LoginField]) -> Self {
        let text = settings.messages.invalid_credentials(fields);
        Self::Invalid { text }
    }
}

impl fmt::Display for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { text } => text.fmt(f),
            Self::Throttled { .. } => Text::key("auth-too-many-attempts").fmt(f),
        }
    }
}

/// Why somebody has no other password. Show it with `Display`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ChangeError {
    /// The old password is wrong.
    WrongPassword,
    /// The new password is refused: all reasons.
    Rules(Vec<Text>),
    /// Too many wrong passwords: nothing was tried.
    Throttled {
        /// When the next one is tried.
        retry_after: Duration,
    },
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongPassword => Text::key("auth-change-wrong-old").fmt(f),
            Self::Rules(reasons) => {
                let texts: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join(" "))
            }
            Self::Throttled { .. } => Text::key("auth-too-many-attempts").fmt(f),
        }
    }
}
