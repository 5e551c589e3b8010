//! Pages, states and events with each kind of guard, and a layer whose user changes while they are open.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

mod site;

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU32, Ordering},
};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::get,
};
use rdj::{App, CurrentUser, Guard, prelude::*, require};

pub use self::site::{Kind, Site, kinds, login, refused, sent_to, status};
use crate::notes::note;

/// Who sends all requests from now on.
#[derive(Clone, Debug, Default)]
pub struct Who(Arc<Mutex<Option<CurrentUser>>>);

impl Who {
    /// Changes who it is, or what he may do.
    pub fn is(&self, user: impl Into<Option<CurrentUser>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = user.into();
    }
}

async fn identify(State(who): State<Who>, mut request: Request, next: Next) -> Response {
    let user = who.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(user) = user {
        request.extensions_mut().insert(user);
    }
    next.run(request).await
}

/// How often a handler ran, whatever the browser was told.
#[derive(Clone, Debug, Default)]
pub struct Ran(Arc<AtomicU32>);

impl Ran {
    /// The runs since the last look.
    #[must_use]
    pub fn take(&self) -> u32 {
        self.0.swap(0, Ordering::SeqCst)
    }

    fn note(cx: &Cx) -> Result {
        cx.resource::<Self>()?.0.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// Ann without rights.
pub fn ann() -> CurrentUser {
    CurrentUser::new(7, "ann")
}

/// Events with each kind of guard.
#[rdj::app_state]
pub struct DeskState {
    /// What a handler said.
    pub said: String,
    /// How many ran.
    pub count: u32,
}

#[rdj::events]
impl DeskState {
    async fn run(&mut self, cx: &Cx) -> Result {
        self.count += 1;
        Ran::note(cx)
    }

    #[event(login)]
    async fn login(&mut self, cx: &Cx) -> Result {
        self.run(cx).await
    }

    #[event(staff)]
    async fn staff(&mut self, cx: &Cx) -> Result {
        self.run(cx).await
    }

    #[event(superuser)]
    async fn superuser(&mut self, cx: &Cx) -> Result {
        self.run(cx).await
    }

    #[event(permission("desk.add_text", "desk.change_text"))]
    async fn permission(&mut self, cx: &Cx) -> Result {
        self.run(cx).await
    }

    #[event(group("editors", "authors"))]
    async fn group(&mut self, cx: &Cx) -> Result {
        self.run(cx).await
    }

    #[event(permission = "desk.erase_text", on_denied = "/plans?why=erase")]
    async fn erase(&mut self, cx: &Cx) -> Result {
        self.run(cx).await
    }
}

/// A state that answers those whom it refuses.
#[rdj::app_state(name = "desk")]
pub struct PoliteState {
    /// What it says to them.
    pub said: String,
    /// How many events ran.
    pub count: u32,
}

#[rdj::events]
impl PoliteState {
    #[event(staff)]
    async fn staff(&mut self, cx: &Cx) -> Result {
        self.count += 1;
        Ran::note(cx)
    }

    #[event(staff, on_denied = "/plans")]
    async fn away(&mut self, cx: &Cx) -> Result {
        self.staff(cx).await
    }

    #[on_denied]
    async fn denied(&mut self, _cx: &Cx) {
        "Ask an editor.".clone_into(&mut self.said);
    }
}

/// A state over a model, one of whose events is replaced.
#[model_state(model = note::Entity, fields(title), permission = "notes.change_note")]
pub struct BoardState {
    /// How often.
    pub refreshed: u32,
}

#[rdj::events]
impl BoardState {
    /// Nothing is read from a database.
    #[on_load]
    async fn start(&mut self, _cx: &Cx) {}

    async fn refresh(&mut self, cx: &Cx) -> Result {
        self.refreshed += 1;
        Ran::note(cx)
    }
}

macro_rules! page {
    ($name:ident, $route:tt, $state:ty $(, $($guard:tt)*)?) => {
        /// A page.
        #[rdj::page(route = $route, template = "desk.html", discover = false $(, $($guard)*)?)]
        pub struct $name {
            /// Its state.
            pub desk: $state,
        }
    };
}

macro_rules! guarded {
    ($page:ident, $route:tt, $state:ident, $state_page:ident, $state_route:tt, $($guard:tt)*) => {
        page!($page, $route, DeskState, $($guard)*);
        page!($state_page, $state_route, $state);

        /// A state with a guard.
        #[rdj::app_state(name = "desk", $($guard)*)]
        pub struct $state {
            /// Nothing.
            pub said: String,
            /// How many events ran.
            pub count: u32,
        }

        #[rdj::events]
        impl $state {
            async fn run(&mut self, cx: &Cx) -> Result {
                self.count += 1;
                Ran::note(cx)
            }
        }
    };
}

page!(OpenPage, "/open", DeskState);
page!(PolitePage, "/polite", PoliteState);
page!(AwayPage, "/away", DeskState, staff, on_denied = "/plans");
guarded!(
    LoginPage,
    "/page/login",
    LoginState,
    LoginStatePage,
    "/state/login",
    login
);
guarded!(
    StaffPage,
    "/page/staff",
    StaffState,
    StaffStatePage,
    "/state/staff",
    staff
);
guarded!(
    SuperPage,
    "/page/superuser",
    SuperState,
    SuperStatePage,
    "/state/superuser",
    superuser
);
guarded!(
    PermissionPage,
    "/page/permission",
    PermissionState,
    PermissionStatePage,
    "/state/permission",
    permission("desk.add_text", "desk.change_text")
);
guarded!(
    GroupPage,
    "/page/group",
    GroupState,
    GroupStatePage,
    "/state/group",
    group("editors", "authors")
);

/// The board.
#[rdj::page(route = "/board", template = "board.html", discover = false)]
pub struct BoardPage {
    /// Its state.
    pub board: BoardState,
}

/// Routes of axum with each kind of guard, and one that sends away.
fn routes() -> Router {
    let run = || get(|cx: Cx| async move { Ran::note(&cx) });
    let away = Guard {
        staff: true,
        on_denied: Some("/plans"),
        ..Guard::NONE
    };
    let kinds = kinds().map(|kind| (kind.name, kind.guard));
    let all = kinds.into_iter().chain([("away", away)]);
    all.fold(Router::new(), |routes, (name, guard)| {
        let path = format!("/route/{name}");
        routes.route(&path, run().route_layer(require(guard)))
    })
}

/// An application with all of these pages and routes.
pub fn app(who: &Who, ran: &Ran) -> App {
    App::new()
        .page::<OpenPage>()
        .page::<PolitePage>()
        .page::<AwayPage>()
        .page::<BoardPage>()
        .page::<LoginPage>()
        .page::<LoginStatePage>()
        .page::<StaffPage>()
        .page::<StaffStatePage>()
        .page::<SuperPage>()
        .page::<SuperStatePage>()
        .page::<PermissionPage>()
        .page::<PermissionStatePage>()
        .page::<GroupPage>()
        .page::<GroupStatePage>()
        .merge(routes())
        .resource(ran.clone())
        .layer(from_fn_with_state(who.clone(), identify))
}
