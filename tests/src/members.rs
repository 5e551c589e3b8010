//! A small site with real users: a public page, and pages and routes for members, for those with a
//! permission and for the staff.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

mod gate;
mod people;
mod site;
mod visitor;

use axum::{Router, routing::get};
use rdj::{
    App, Guard,
    auth::{CxAuth as _, entity::user},
    orm::sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, Set},
    prelude::*,
    require,
};

pub use self::{
    gate::Gate,
    people::{PeoplePage, PeopleState, ShelvesPage},
    site::{Members, PASSWORD, database, quick, settings},
    visitor::{Tab, Visitor, escaped, sent_to},
};

/// What everybody on this site can do.
#[rdj::app_state]
pub struct DeskState {
    /// What a handler said.
    pub said: String,
    /// How often it was counted.
    pub count: u32,
}

#[rdj::events]
impl DeskState {
    async fn sign_in(&mut self, cx: &Cx, username: String, password: String) -> Result {
        self.said = match cx.login(&username, &password).await? {
            Ok(user) => format!("Hello {}", user.name()),
            Err(error) => error.to_string(),
        };
        Ok(())
    }

    /// As a login page does: a message, and then another page.
    async fn enter(&mut self, cx: &Cx, username: String, password: String) -> Result {
        if cx.login(&username, &password).await?.is_ok() {
            cx.messages().success("Welcome <back>");
            cx.redirect("/account");
        }
        Ok(())
    }

    /// An entrance for the staff.
    async fn enter_as_staff(&mut self, cx: &Cx, username: String, password: String) -> Result {
        let staff = Guard {
            staff: true,
            ..Guard::NONE
        };
        self.said = match cx.login_guarded(&username, &password, staff).await? {
            Ok(user) => format!("Hello {}", user.name()),
            Err(error) => error.to_string(),
        };
        Ok(())
    }

    async fn sign_out(&mut self, cx: &Cx) -> Result {
        cx.logout().await
    }

    async fn change_password(&mut self, cx: &Cx, old: String, new: String) -> Result {
        self.said = match cx.change_password(&old, &new).await? {
            Ok(()) => "Changed".to_owned(),
            Err(error) => error.to_string(),
        };
        Ok(())
    }

    async fn bump(&mut self, _cx: &Cx) {
        self.count += 1;
    }

    async fn whoami(&mut self, cx: &Cx) {
        self.said = name(cx);
    }

    async fn remember(&mut self, cx: &Cx, text: String) -> Result {
        Ok(cx.session()?.insert("remembered", text).await?)
    }

    async fn recall(&mut self, cx: &Cx) -> Result {
        let text: Option<String> = cx.session()?.get("remembered").await?;
        self.said = text.unwrap_or_else(|| "nothing".to_owned());
        Ok(())
    }

    /// Writes into the session it has read, once the site's gate lets it pass.
    async fn hold(&mut self, cx: &Cx) -> Result {
        let _: Option<String> = cx.session()?.get("remembered").await?;
        cx.resource::<std::sync::Arc<Gate>>()?.pass().await;
        self.remember(cx, "held".to_owned()).await
    }

    /// Gives a user another first name, for who has the right to change this one user.
    async fn rename(&mut self, cx: &Cx, id: i32, name: String) -> Result {
        let db = cx.db()?;
        let row = user::Entity::find_by_id(id).one(&db).await?;
        let row = row.ok_or(Error::NotFound)?;
        if !cx
            .has_perm_on::<user::Entity>("auth.change_user", &row)
            .await?
        {
            return Err(Error::Denied);
        }
        let mut row = row.into_active_model();
        row.first_name = Set(name);
        row.update(&db).await?;
        Ok(())
    }

    #[event(permission = "auth.view_group")]
    async fn groups(&mut self, _cx: &Cx) {
        "Groups".clone_into(&mut self.said);
    }
}

macro_rules! page {
    ($name:ident, $route:tt $(, $($guard:tt)*)?) => {
        /// A page.
        #[rdj::page(route = $route, template = "members.html", discover = false $(, $($guard)*)?)]
        pub struct $name {
            /// Its state.
            pub desk: DeskState,
        }
    };
}

page!(PublicPage, "/");
page!(AccountPage, "/account", login);
page!(GroupsPage, "/groups", permission = "auth.view_group");
page!(StaffPage, "/staff", staff);
page!(AddPage, "/notes/add", permission = "notes.add_note");
page!(
    ChangePage,
    "/notes/change",
    permission = "notes.change_note"
);
page!(
    DeletePage,
    "/notes/delete",
    permission = "notes.delete_note"
);
page!(ViewPage, "/notes/view", permission = "notes.view_note");
page!(
    ArchivePage,
    "/notes/archive",
    permission = "notes.archive_note"
);

fn name(cx: &Cx) -> String {
    cx.user()
        .map_or_else(|| "nobody".to_owned(), |user| user.name().to_owned())
}

/// The pages and routes, without users.
fn pages() -> App {
    let permission = Guard {
        permissions: &["auth.view_group"],
        ..Guard::NONE
    };
    let staff = Guard {
        staff: true,
        ..Guard::NONE
    };
    let whoami = || get(|cx: Cx| async move { name(&cx) });
    let guarded = |path: &str, guard| {
        let route = Router::new().route(path, whoami());
        route.route_layer(require(guard))
    };
    App::new()
        .page::<PublicPage>()
        .page::<AccountPage>()
        .page::<GroupsPage>()
        .page::<StaffPage>()
        .page::<AddPage>()
        .page::<ChangePage>()
        .page::<DeletePage>()
        .page::<ViewPage>()
        .page::<ArchivePage>()
        .page::<PeoplePage>()
        .page::<ShelvesPage>()
        .merge(Router::new().route("/whoami", whoami()))
        .merge(guarded("/api/account", Guard::LOGIN))
        .merge(guarded("/api/groups", permission))
        .merge(guarded("/api/staff", staff))
}
