//! What `check` asks of users and sign-in.

use std::collections::BTreeSet;

use rdj_runtime::command::check::{CheckCx, CheckMessage, secret_key};

use crate::{auth::Auth, permission};

/// A guard that asks for a permission which no model has: nobody but superusers gets past it, and a
/// mistake in its name is the likely reason.
pub(super) fn permissions(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
    let asked = cx.inspection.guards().flat_map(|guard| guard.permissions);
    let asked: BTreeSet<&str> = asked.copied().collect();
    let declared = match permission::declared() {
        Ok(declared) => declared,
        Err(error) => {
            let text = error.to_string();
            return vec![CheckMessage::error("auth.E012", text)];
        }
    };
    let unknown = asked.into_iter().filter(|name| !declared.contains(*name));
    let message = |name| {
        let text = format!("A guard asks for the permission `{name}`, which no model has.");
        let hint = "A model has `add_`, `change_`, `delete_` and `view_` with its name, and those of \
                    `#[rdj(permissions(..))]`. Silence this message if permissions come from elsewhere.";
        CheckMessage::warning("auth.W011", text).hint(hint)
    };
    unknown.map(message).collect()
}

pub(super) fn check(cx: &CheckCx<'_>) -> Vec<CheckMessage> {
    let Some(auth) = cx.resources.get::<Auth>().filter(|_| cx.deploy) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut secrets = auth.secrets().iter();
    let key = secrets.next().map(crate::settings::Secret::expose);
    if auth.has_random_secret() {
        let text =
            "There is no secret key: a random one ends all sessions and links with the process.";
        let hint = "Set RDJ_SECRET_KEY to 50 random characters or more.";
        found.push(CheckMessage::warning("security.W009", text).hint(hint));
    } else {
        found.extend(key.and_then(|key| secret_key(key, None)));
    }
    let fallbacks = secrets.enumerate();
    found.extend(fallbacks.filter_map(|(index, key)| secret_key(key.expose(), Some(index + 1))));
    if auth.settings().hashers.is_weak() {
        let text = "Passwords are hashed with less work than recommended.";
        let hint = "Use `Argon2id::default()`, or PBKDF2 with 600,000 iterations or more.";
        found.push(CheckMessage::warning("rdj.W007", text).hint(hint));
    }
    if auth.settings().throttle.is_off() {
        let text = "Nothing slows down those who try passwords.";
        let hint = "Use `MemoryThrottle`, or a `Throttle` over a store that all processes share.";
        found.push(CheckMessage::warning("rdj.W008", text).hint(hint));
    }
    found
}
