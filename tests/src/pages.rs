//! A small page for tests of the runtime: a counter, with what its handlers saw.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

use std::sync::atomic::{AtomicU32, Ordering};

use rdj::prelude::*;

/// How often a handler ran, whatever the browser was told.
#[derive(Debug, Default)]
pub struct Runs(AtomicU32);

impl Runs {
    /// The number of runs.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }

    /// Counts a run.
    pub fn note(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// What a tenant layer puts into each request.
#[derive(Clone, Debug)]
pub struct Tenant(pub String);

/// A counter, and a look at the request.
#[rdj::app_state]
pub struct CounterState {
    /// How often it was counted.
    pub count: i64,
    /// What a handler found out.
    pub seen: String,
    /// Bindable.
    #[var(bind)]
    pub name: String,
    /// Bindable, and not a text.
    #[var(bind)]
    pub age: Option<i32>,
}

#[rdj::events]
impl CounterState {
    async fn increment(&mut self, cx: &Cx) -> Result {
        cx.resource::<std::sync::Arc<Runs>>()?.note();
        self.count += 1;
        Ok(())
    }

    async fn slow(&mut self, cx: &Cx, milliseconds: u64) -> Result {
        tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
        self.increment(cx).await
    }

    async fn depart(&mut self, cx: &Cx, to: String) {
        let messages = cx.messages();
        messages.success("Left.");
        cx.redirect(to);
    }

    async fn add(&mut self, _cx: &Cx, by: i64, note: String) {
        self.count += by;
        self.seen = note;
    }

    async fn tenant(&mut self, cx: &Cx) {
        self.seen = cx
            .extension::<Tenant>()
            .map_or_else(String::new, |tenant| tenant.0.clone());
    }

    async fn remember(&mut self, cx: &Cx, text: String) -> Result {
        cx.session()?.insert("remembered", text).await?;
        Ok(())
    }

    async fn recall(&mut self, cx: &Cx) -> Result {
        let text: Option<String> = cx.session()?.get("remembered").await?;
        self.seen = text.unwrap_or_else(|| "nothing".to_owned());
        Ok(())
    }

    async fn cycle(&mut self, cx: &Cx) -> Result {
        cx.session()?.cycle_id().await?;
        Ok(())
    }

    async fn whoami(&mut self, _cx: &Cx) -> Result {
        self.seen = rdj::current_user()?.map_or_else(String::new, |user| user.name().to_owned());
        Ok(())
    }

    async fn leave(&mut self, cx: &Cx, to: String) {
        cx.redirect(to);
    }

    async fn say(&mut self, cx: &Cx, text: String) {
        cx.messages().success(text);
    }

    async fn say_tagged(&mut self, cx: &Cx, text: String, tags: String) {
        cx.messages().add_tagged(rdj::Level::Warning, text, tags);
    }

    async fn refuse(&mut self, _cx: &Cx) -> Result {
        Err(Error::invalid("The counter is sealed."))
    }

    async fn fail(&mut self, _cx: &Cx) -> Result {
        Err(Error::internal("the secret cause"))
    }

    async fn explode(&mut self, _cx: &Cx) {
        self.count += 1;
        panic!("the secret panic");
    }

    async fn submit(&mut self, _cx: &Cx) {
        self.seen = format!("{} is {:?}", self.name, self.age);
    }

    /// Twice the count.
    #[computed]
    pub fn double(&self) -> i64 {
        self.count * 2
    }
}

/// A state that counts the visits of a session, and sends the fourth one away.
#[rdj::app_state]
pub struct VisitsState {
    /// The number of this visit.
    pub visit: u32,
    /// What a template divides by.
    pub divisor: u32,
}

#[rdj::events]
impl VisitsState {
    #[on_load]
    async fn on_load(&mut self, cx: &Cx) -> Result {
        let session = cx.session()?;
        self.visit = session.get::<u32>("visits").await?.unwrap_or(0) + 1;
        session.insert("visits", self.visit).await?;
        self.divisor = 1;
        if self.visit > 3 {
            cx.redirect("/counter");
        }
        Ok(())
    }

    async fn divide(&mut self, cx: &Cx, by: u32) -> Result {
        cx.resource::<std::sync::Arc<Runs>>()?.note();
        self.divisor = by;
        Ok(())
    }

    /// Panics when the divisor is zero.
    #[computed]
    pub fn part(&self) -> u32 {
        100 / self.divisor
    }
}

/// The visits of a session.
#[rdj::page(route = "/visits", template = "visits.html", title = "Visits")]
pub struct VisitsPage {
    /// The visits.
    pub visits: VisitsState,
}

/// The counter's page.
#[rdj::page(route = "/counter", template = "counter.html", title = "Counter")]
pub struct CounterPage {
    /// The counter.
    pub counter: CounterState,
}

/// The counter for signed-in users.
#[rdj::page(
    route = "/private",
    template = "counter.html",
    title = "Private",
    login
)]
pub struct PrivatePage {
    /// The counter.
    pub counter: CounterState,
}

/// A dynamic route, without a layout.
#[rdj::page(route = "/greet/{times}/{name}", template = "greet.html", title = "Greet", layout = none)]
pub struct GreetPage {
    /// How often.
    pub times: u32,
    /// Whom.
    pub name: String,
    /// The counter.
    pub counter: CounterState,
}
