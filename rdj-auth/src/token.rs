//! Links that prove who somebody is: password resets, and e-mail addresses of new accounts.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    crypto::{from_url_base64, salted_hmac, same, to_url_base64},
    entity::user,
    settings::Secret,
};

/// What Django's own generator signs with.
const RESET: &str = "django.contrib.auth.tokens.PasswordResetTokenGenerator";
/// The most digits that a time has.
const TIME_DIGITS: usize = 13;

/// Makes and checks tokens of Django's design: no table, and single use by construction.
///
/// A token is signed over the user's key, password hash, last sign-in, e-mail address and the time,
/// so it ends with any change of them. With Django's secret and its `USE_TZ = True`, [`Tokens::reset`]
/// accepts Django's tokens and Django accepts these, whatever its `TIME_ZONE`.
///
/// Only the lifetime depends on that: the time in a token is UTC here and local time in Django. Where
/// Django's zone is east of UTC, a token of rdj ends earlier in Django by the zone's offset, and one of
/// Django ends later here by as much; west of UTC it is the other way round.
#[derive(Clone, Debug)]
pub struct Tokens {
    salt: String,
    secrets: Vec<Secret>,
    lifetime: Duration,
}

impl Tokens {
    /// Tokens of password resets; the first secret signs, all are accepted.
    #[must_use]
    pub fn reset(secrets: Vec<Secret>, lifetime: Duration) -> Self {
        Self::new(RESET, secrets, lifetime)
    }

    /// Tokens for something else: `salt` names what, so that they are good for nothing else.
    pub fn new(salt: impl Into<String>, secrets: Vec<Secret>, lifetime: Duration) -> Self {
        Self {
            salt: salt.into(),
            secrets,
            lifetime,
        }
    }

    /// A token for this user.
    #[must_use]
    pub fn make(&self, user: &user::Model) -> String {
        self.make_at(user, Utc::now())
    }

    /// A token as if it were made at `time`, for tests.
    #[must_use]
    pub fn make_at(&self, user: &user::Model, time: DateTime<Utc>) -> String {
        let secret = self.secrets.first().map_or("", Secret::expose);
        self.sign(user, seconds(time), secret)
    }

    /// Whether the token is this user's, and neither used nor too old.
    #[must_use]
    pub fn check(&self, user: &user::Model, token: &str) -> bool {
        let Some((time, _)) = token.split_once('-') else {
            return false;
        };
        let Some(made) = from_base36(time) else {
            return false;
        };
        let signed = |secret: &Secret| same(&self.sign(user, made, secret.expose()), token);
        let age = seconds(Utc::now()).saturating_sub(made);
        self.secrets.iter().any(signed) && age <= self.lifetime.as_secs()
    }

    fn sign(&self, user: &user::Model, time: u64, secret: &str) -> String {
        let login = user
            .last_login
            .map(|login| login.format("%Y-%m-%d %H:%M:%S").to_string())
            .unwrap_or_default();
        let (id, password, email) = (user.id, &user.password, &user.email);
        let message = format!("{id}{password}{login}{time}{email}");
        let signature = salted_hmac(&self.salt, secret, &message);
        let half: String = signature.chars().step_by(2).collect();
        format!("{}-{half}", to_base36(time))
    }
}

/// The user's key as it stands in a link.
#[must_use]
pub fn uid(id: i64) -> String {
    to_url_base64(&id.to_string())
}

/// The key in a link; none if it is malformed.
///
/// ```
/// use rdj_auth::token::{parse_uid, uid};
///
/// assert_eq!(parse_uid(&uid(17)), Some(17));
/// assert_eq!(parse_uid("?"), None);
/// ```
#[must_use]
pub fn parse_uid(uid: &str) -> Option<i64> {
    from_url_base64(uid)?.parse().ok()
}

/// Seconds since the first day of 2001.
fn seconds(time: DateTime<Utc>) -> u64 {
    let start = NaiveDate::from_ymd_opt(2001, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    let passed = time.naive_utc() - start.unwrap_or_default();
    passed.num_seconds().try_into().unwrap_or(0)
}

fn to_base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or(0);
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

fn from_base36(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain || text.len() > TIME_DIGITS {
        return None;
    }
    u64::from_str_radix(text, 36).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base36() {
        assert_eq!(to_base36(0), "0");
        assert_eq!(to_base36(46_655), "zzz");
        assert_eq!(from_base36("zzz"), Some(46_655));
        for bad in ["", "+1", "1 ", "zzzzzzzzzzzzzz", "-"] {
            assert_eq!(from_base36(bad), None, "{bad}");
        }
    }
}
