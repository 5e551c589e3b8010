//! What the handlers of all auth pages do.

use http::StatusCode;
use rdj_runtime::{Cx, Entries, Error, Result, i18n::Text, mail, security::safe_next};

use super::FormErrors;
use crate::{
    auth::Auth, cx::CxAuth as _, page::AuthRoutes, settings::AuthSettings, throttle::Attempt,
};

/// What is checked again in every handler: a page that was open before, or that an application added by
/// hand, does nothing where its part is switched off.
pub(super) fn open(cx: &Cx, is_on: fn(&AuthSettings) -> bool) -> Result<&Auth> {
    let auth = cx.auth()?;
    let settings = auth.settings();
    if settings.enabled && is_on(settings) {
        Ok(auth)
    } else {
        Err(Error::NotFound)
    }
}

/// Nobody keeps a page about passwords, and no other site learns its address.
pub(super) fn private(cx: &Cx) -> Result {
    let response = cx.response();
    response.header(
        "cache-control",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )?;
    response.header("vary", "cookie")?;
    response.header("referrer-policy", "same-origin")
}

/// The form of the event.
pub(super) fn form(cx: &Cx) -> Result<&Entries> {
    let none = || Error::BadArguments("a form is expected".to_owned());
    cx.form().ok_or_else(none)
}

/// Where to go afterwards, if a browser may be sent there: what the state read from the page's address,
/// else `next`, as a guard writes it whatever the states of the login page.
pub(super) fn next_of(cx: &Cx, read: &str) -> String {
    let query = cx.uri().query().unwrap_or_default();
    let entries = Entries::parse(query.as_bytes()).unwrap_or_default();
    let next = match read {
        "" => entries.get("next").unwrap_or_default(),
        read => read,
    };
    allowed(cx, next).unwrap_or_default().to_owned()
}

/// An address that a browser may be sent to although it came from one.
pub(super) fn allowed<'a>(cx: &Cx, next: &'a str) -> Option<&'a str> {
    let host = cx.headers().get(http::header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    // a path is all that this site writes there
    (next.starts_with('/') && safe_next(next, host, true)).then_some(next)
}

/// An address with `next` behind it.
pub(super) fn with_next(address: &str, next: &str) -> String {
    if next.is_empty() {
        return address.to_owned();
    }
    let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{query}")
}

/// Sends a signed-in visitor of a page for anonymous ones on; false where that would lead here again.
pub(super) fn send_on(cx: &Cx, settings: &AuthSettings, next: &str) -> bool {
    if cx.user().is_none() {
        return false;
    }
    let to = allowed(cx, next).unwrap_or_else(|| settings.when_authenticated());
    if to.split(['?', '#']).next() == Some(cx.uri().path()) {
        return false;
    }
    cx.redirect_replacing(to);
    true
}

/// Where a user goes who signed out.
pub(crate) fn after_logout(cx: &Cx) -> Result<String> {
    let settings = cx.auth()?.settings();
    let to = settings.logout_redirect_url.clone();
    Ok(to.unwrap_or_else(|| AuthRoutes::of(cx).login))
}

/// Counts an attempt; false if it may not be made now, which the form says.
pub(super) async fn attempt(
    cx: &Cx,
    action: &'static str,
    identifier: &str,
    errors: &mut FormErrors,
) -> Result<bool> {
    let settings = cx.auth()?.settings();
    let attempt = Attempt::of(cx, action, identifier);
    if settings.throttle.attempt(&attempt).await?.is_none() {
        return Ok(true);
    }
    throttled(cx, errors);
    Ok(false)
}

/// Too many attempts: always the same text.
pub(super) fn throttled(cx: &Cx, errors: &mut FormErrors) {
    errors.add_form(throttled_text(cx));
}

/// The text and the status of too many attempts.
pub(super) fn throttled_text(cx: &Cx) -> Text {
    cx.response().status(StatusCode::TOO_MANY_REQUESTS);
    Text::key("auth-too-many-attempts")
}

/// Checks a new password and its repetition: all reasons at once.
pub(super) fn check_new(
    settings: &AuthSettings,
    person: &crate::validate::Person,
    given: [(&'static str, &str); 2],
    errors: &mut FormErrors,
) {
    let [(field, password), (confirm_field, confirm)] = given;
    if password.is_empty() {
        errors.add(field, Text::key("auth-password-required"));
        return;
    }
    if let Err(reasons) = settings.password_rules().check(password, person) {
        for reason in reasons {
            errors.add(field, named(settings, reason));
        }
    }
    if password != confirm {
        errors.add(confirm_field, settings.messages.text("password_mismatch"));
    }
}

/// The application's own text for a password that is too short, where it has one.
fn named(settings: &AuthSettings, reason: Text) -> Text {
    let short = matches!(&reason, Text::Key { key, .. } if *key == "auth-password-too-short-min");
    let key = "password_too_short";
    if short && settings.messages.replaced(key).is_some() {
        return settings.messages.text(key);
    }
    reason
}

/// Whether this is an e-mail address to which mail can be sent, and fits the column.
pub(super) fn is_email(text: &str) -> bool {
    text.len() <= 254 && mail::is_address(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses() {
        for good in ["a@b", "ann.lee+x@example.org", "\u{e4}@\u{e4}.de"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b",
            "a@",
            "a b@c",
            "a@b..c",
            "a@.c",
            "a@b\r\nBcc: c@d",
            "<a@b>",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn next_is_kept_in_links() {
        assert_eq!(with_next("/login", ""), "/login");
        assert_eq!(
            with_next("/login", "/a?b=c&d"),
            "/login?next=%2Fa%3Fb%3Dc%26d"
        );
        assert_eq!(with_next("/login?x=y", "/a"), "/login?x=y&next=%2Fa");
    }
}
