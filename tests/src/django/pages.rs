//! Pages whose guards depend on what Django says of the user.

#![expect(
    missing_debug_implementations,
    reason = "states and pages are not printed here"
)]

use rdj::{auth::CxAuth as _, prelude::*};

/// Signing in, and who is signed in.
#[rdj::app_state]
pub struct DeskState {
    /// What the last event found out.
    pub seen: String,
    /// How often something was written.
    pub written: u32,
}

#[rdj::events]
impl DeskState {
    async fn sign_in(&mut self, cx: &Cx, username: String, password: String) -> Result {
        self.seen = match cx.login(&username, &password).await? {
            Ok(user) => describe(&user),
            Err(error) => format!("refused: {error}"),
        };
        Ok(())
    }

    async fn change_password(&mut self, cx: &Cx, old: String, new: String) -> Result {
        self.seen = match cx.change_password(&old, &new).await? {
            Ok(()) => "changed".to_owned(),
            Err(error) => format!("refused: {error}"),
        };
        Ok(())
    }

    async fn who(&mut self, cx: &Cx) {
        self.seen = cx
            .user()
            .map_or_else(|| "nobody".to_owned(), |user| describe(&user));
    }

    async fn write(&mut self, _cx: &Cx) {
        self.written += 1;
        self.seen = format!("written {}", self.written);
    }
}

/// `ann in [editors] may [notes.change_note notes.view_note]`.
fn describe(user: &rdj::CurrentUser) -> String {
    let groups = user.groups().join(" ");
    let mut permissions: Vec<_> = user.permissions().map(ToString::to_string).collect();
    permissions.sort();
    let permissions = permissions.join(" ");
    format!("{} in [{groups}] may [{permissions}]", user.name())
}

/// For everybody.
#[rdj::page(route = "/login", template = "django.html", title = "Sign in")]
pub struct LoginPage {
    /// Signing in.
    pub desk: DeskState,
}

/// For whoever is signed in.
#[rdj::page(route = "/me", template = "django.html", title = "Me", login)]
pub struct MePage {
    /// Who is signed in.
    pub desk: DeskState,
}

/// For those who may change notes.
#[rdj::page(
    route = "/editor",
    template = "django.html",
    title = "Editor",
    permission = "notes.change_note"
)]
pub struct EditorPage {
    /// Writing.
    pub desk: DeskState,
}

/// For the members of a group.
#[rdj::page(
    route = "/newsroom",
    template = "django.html",
    title = "Newsroom",
    group = "editors"
)]
pub struct NewsroomPage {
    /// Writing.
    pub desk: DeskState,
}
