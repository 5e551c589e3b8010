//! Contexts for tests of handlers, without a server.
//!
//! [`TestCx`] is a request that a test makes up: who is signed in, the address, cookies, the session.
//! Handlers, hooks and free functions such as [`current_user`](crate::current_user) see it as they see
//! a request from a browser. What a browser, a socket and the application's layers do is not part of
//! it; for that serve the [`App`](crate::App) on a free port.
//!
//! # A mocked user
//!
//! ```
//! use rdj_runtime::{CurrentUser, current_user, testing::TestCx};
//!
//! let ann = CurrentUser::new(1, "ann").with_permissions(["notes.add_note"]);
//! let test = TestCx::new().user(&ann).path("/notes");
//! let _guard = test.enter();
//! assert!(current_user()?.is_some_and(|user| user.has_perm("notes.add_note")));
//! # Ok::<(), rdj_runtime::Error>(())
//! ```
//!
//! # A guard
//!
//! [`TestCx::event`] sends an event as a browser does, so that guards are asked and names that are no
//! events are refused.
//!
//! ```
//! # futures_util::FutureExt::now_or_never(async {
//! use rdj_runtime::{Error, snapshot::UserState, testing::TestCx};
//!
//! let answer = TestCx::new().event(&mut UserState, "become_admin", ()).await;
//! assert!(matches!(answer, Err(Error::UnknownEvent(_))));
//! # });
//! ```
//!
//! The crate `rdj` shows the same for ownership and validation of model states.

mod builder;
#[cfg(feature = "testing")]
mod client;

use std::sync::OnceLock;

use futures_util::FutureExt as _;
use http::{HeaderMap, request::Parts};
use serde::Serialize;
use tower_sessions::Session;

#[cfg(all(test, feature = "testing"))]
pub(crate) use self::client::difference_after;
#[cfg(feature = "testing")]
pub use self::client::*;
pub use crate::cx::Entered;
use crate::{
    cx::{self, Cx, Resources},
    dispatch::Call,
    error::{Error, Result},
    form::Entries,
    message::Messages,
    page::slot,
    state::State,
    wire::Effect,
};

/// A request that a test makes up, and what the handler wanted done with it.
///
/// ```
/// # futures_util::FutureExt::now_or_never(async {
/// use rdj_runtime::{CurrentUser, testing::TestCx};
///
/// let test = TestCx::new()
///     .user(&CurrentUser::new(1, "ann"))
///     .path("/notes")
///     .query([("page", "2")])
///     .session([("theme", "dark")])
///     .language("de");
/// test.run(async |cx| {
///     let theme: Option<String> = cx.session()?.get("theme").await?;
///     assert_eq!(theme.as_deref(), Some("dark"));
///     Ok::<(), rdj_runtime::Error>(())
/// })
/// .await
/// # });
/// ```
#[derive(Debug)]
#[must_use = "a request does nothing until something runs in it"]
pub struct TestCx {
    parts: Parts,
    params: Vec<(String, String)>,
    form: Option<Entries>,
    resources: Resources,
    cx: OnceLock<Cx>,
}

impl TestCx {
    /// The context for handlers that are called directly.
    #[must_use]
    pub fn build(&self) -> Cx {
        let new = || {
            Cx::new(
                self.parts.clone(),
                self.params.clone(),
                self.form.clone(),
                self.resources.clone().into(),
            )
        };
        self.cx.get_or_init(new).clone()
    }

    /// Makes this the current context of the free functions on this thread until the guard is dropped.
    ///
    /// A second one replaces the first and gives it back when it is dropped. Use it in tests on one
    /// thread, as `#[test]` and `#[tokio::test]` are; [`TestCx::run`] works on all.
    pub fn enter(&self) -> Entered {
        cx::enter(self.build())
    }

    /// Runs `work` with this context as the current one.
    pub async fn run<T>(&self, work: impl AsyncFnOnce(&Cx) -> T) -> T {
        let cx = self.build();
        cx.clone().scope(work(&cx)).await
    }

    /// Sends an event to a state as a browser does: the guards of the state and of the event are asked,
    /// then its handler runs. `args` is a tuple, `()` for none; with [`TestCx::form`] it is a submit.
    ///
    /// # Errors
    ///
    /// A guard refuses, there is no such event, its arguments are wrong, or the handler fails.
    pub async fn event<S: State>(
        &self,
        state: &mut S,
        event: &str,
        args: impl Serialize,
    ) -> Result {
        let args = match serde_json::to_string(&args)?.as_str() {
            "null" => "[]".to_owned(),
            args => args.to_owned(),
        };
        let cx = self.build();
        S::GUARD.check(cx.user().as_ref())?;
        let call = Call {
            event,
            args: &args,
            form: cx.form(),
        };
        cx.clone().scope(slot::guarded(state, &cx, call)).await
    }

    /// The messages that were added.
    #[must_use]
    pub fn messages(&self) -> Messages {
        self.build().messages().all()
    }

    /// Where the browser is to be sent.
    #[must_use]
    pub fn redirect(&self) -> Option<String> {
        self.build().outbox().redirect.clone()
    }

    /// The headers and cookies for the browser.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        self.build().response().headers()
    }

    /// The id of the element that is to have the focus.
    #[must_use]
    pub fn focus(&self) -> Option<String> {
        let cx = self.build();
        let outbox = cx.outbox();
        outbox.effects.iter().rev().find_map(|effect| match effect {
            Effect::Focus { id } => Some(id.clone()),
            _ => None,
        })
    }
}

/// Puts a value into a session that is not in its store yet: nothing to wait for.
fn put(session: &Session, key: &str, value: &impl Serialize) -> Result {
    let insert = session.insert(key, value).now_or_never();
    insert.unwrap_or(Ok(())).map_err(Error::from)
}

#[cfg(test)]
mod tests;
