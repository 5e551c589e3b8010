//! What a request knows of its secret.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::token::{mask, secret};

/// The secret of a request's browser; an extension that [`CsrfLayer`](super::CsrfLayer) puts into each
/// request.
///
/// ```
/// use axum::{Extension, response::Html};
/// use rdj_runtime::csrf::Csrf;
///
/// async fn form(Extension(csrf): Extension<Csrf>) -> Html<String> {
///     let token = csrf.token();
///     Html(format!("<form method=post><input type=hidden name=csrfmiddlewaretoken value={token}>"))
/// }
/// ```
#[derive(Clone)]
pub struct Csrf(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    secret: Option<String>,
    /// Whether the browser is to get the cookie with the response.
    send: bool,
    used: bool,
}

impl Csrf {
    pub(super) fn new(secret: Option<String>) -> Self {
        Self(Arc::new(Mutex::new(State {
            secret,
            ..State::default()
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token for a form: another one with each call. A browser without the cookie gets it with the response.
    #[must_use]
    pub fn token(&self) -> String {
        mask(&self.secret())
    }

    /// The secret behind all tokens of this browser, for [`check_token`](super::check_token) later. A browser
    /// that has shown none gets it as the cookie; one that has may have got another meanwhile, from an answer
    /// beside this one.
    #[must_use]
    pub fn secret(&self) -> String {
        let mut state = self.state();
        state.used = true;
        state.send |= state.secret.is_none();
        state.secret.get_or_insert_with(secret).clone()
    }

    /// The secret that the browser has shown, or got meanwhile; sets no cookie.
    #[must_use]
    pub fn known_secret(&self) -> Option<String> {
        let mut state = self.state();
        state.used = true;
        state.secret.clone()
    }

    /// Gives the browser a new secret, as at a login: forms that it got before are good no more.
    pub fn rotate(&self) {
        let mut state = self.state();
        state.secret = Some(secret());
        state.send = true;
        state.used = true;
    }

    /// The secret to send with the response.
    pub(super) fn to_send(&self) -> Option<String> {
        let state = self.state();
        state.secret.clone().filter(|_| state.send)
    }

    /// Whether the response may depend on the cookie.
    pub(super) fn is_used(&self) -> bool {
        self.state().used
    }
}

impl fmt::Debug for Csrf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Csrf")
    }
}
