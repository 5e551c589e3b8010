//! An event on an open page: its state is lent to the handler, and comes back whatever happens.

use std::{any::Any, future::poll_fn, task::Poll};

use super::{mount::Mounted, slot::Lent};
use crate::{
    csrf::{Csrf, check_token},
    cx::{Cx, Stage},
    dispatch::Call,
    error::{Error, Result},
    wire::Event,
};

/// Shows a page to its browser while a handler of it runs.
pub(crate) trait Shows: Send + Sync {
    /// Shows the page as it is now.
    fn show(&self, page: &mut Mounted, cx: &Cx);
}

impl Mounted {
    /// Runs an event by its name and JSON arguments; `shows` is for what the handler flushes. A handler
    /// that signs somebody in or out makes it the page of the new user.
    ///
    /// # Errors
    ///
    /// There is no such event, its arguments are wrong, or the handler fails.
    pub(crate) async fn run(
        &mut self,
        cx: &Cx,
        name: &str,
        args: &str,
        shows: Option<&dyn Shows>,
    ) -> Result {
        cx.set_page_work(&self.work);
        let unknown = || Error::UnknownEvent(name.to_owned());
        let (state, event) = name.split_once('.').ok_or_else(unknown)?;
        let call = Call {
            event,
            args,
            form: cx.form(),
        };
        let state = self.page.lend(state).ok_or_else(unknown)?;
        let loan = Loan {
            mounted: self,
            state,
        };
        let done = cx.clone().scope(loan.run(cx, call, shows)).await;
        let rest = cx.clone().scope(self.page.after_event(cx)).await;
        self.owner = cx.user().map(|user| user.id());
        self.follow_csrf(cx);
        done.and(rest)
    }

    /// Runs an event as it came over the socket.
    ///
    /// # Errors
    ///
    /// As [`Mounted::run`].
    pub(crate) async fn run_event(&mut self, cx: &Cx, event: &Event, shows: &dyn Shows) -> Result {
        let args = event.args.get();
        self.run(cx, &event.name, args, Some(shows)).await
    }

    /// Takes another CSRF token when the browser's secret is another one now, as after a sign-in.
    fn follow_csrf(&mut self, cx: &Cx) {
        if let Some(csrf) = cx.extension::<Csrf>()
            && let Some(secret) = csrf.known_secret()
            && !check_token(&secret, &self.csrf)
        {
            self.csrf = csrf.token();
        }
    }
}

/// A state that a handler has. The page has it again when this is dropped, also where the handler
/// panics or is given up.
struct Loan<'a> {
    mounted: &'a mut Mounted,
    state: Box<dyn Lent>,
}

impl Loan<'_> {
    async fn run(mut self, cx: &Cx, call: Call<'_>, shows: Option<&dyn Shows>) -> Result {
        let Self { mounted, state } = &mut self;
        let Some(shows) = shows else {
            return state.run(cx, call).await;
        };
        let owner: &dyn Any = &**state;
        let _open = cx.stage().open(owner);
        let mut work = state.run(cx, call);
        poll_fn(|task| {
            loop {
                if let Poll::Ready(done) = work.as_mut().poll(task) {
                    return Poll::Ready(done);
                }
                let Some(laid) = cx.stage().take() else {
                    return Poll::Pending;
                };
                let on_page = OnPage::new(mounted, cx.stage(), laid);
                shows.show(on_page.mounted, cx);
            }
        })
        .await
    }
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        self.mounted.page.swap(&mut *self.state);
    }
}

/// A state in its place on the page for a moment. It lies on the stage again when this is dropped, also
/// where showing the page panics.
struct OnPage<'a> {
    mounted: &'a mut Mounted,
    stage: &'a Stage,
    laid: Option<Box<dyn Any + Send>>,
}

impl<'a> OnPage<'a> {
    fn new(mounted: &'a mut Mounted, stage: &'a Stage, mut laid: Box<dyn Any + Send>) -> Self {
        mounted.page.swap(&mut *laid);
        Self {
            mounted,
            stage,
            laid: Some(laid),
        }
    }
}

impl Drop for OnPage<'_> {
    fn drop(&mut self) {
        if let Some(mut laid) = self.laid.take() {
            self.mounted.page.swap(&mut *laid);
            self.stage.give_back(laid);
        }
    }
}
