//! Who is signed in, for any page.

use rdj_macros::{app_state, events};
use rdj_runtime::{CurrentUser, Cx, Result, current_user};

use super::{Look, common::after_logout};
use crate::cx::CxAuth as _;

/// Who is signed in, and the event that signs out: a field of any page.
///
/// It says what is true when the page is rendered, so an open page follows a sign-out, a new group or
/// another name by itself. With `{% include "rdj/auth/nav.html" %}` in the nav block, a page with the
/// field `pub auth: AuthState` shows it.
///
/// It is for display: rights are asked for by guards and in handlers.
#[app_state(name = "auth")]
#[derive(Debug)]
pub struct AuthState;

#[events]
impl AuthState {
    /// Signs out.
    async fn logout(&mut self, cx: &Cx) -> Result {
        let to = after_logout(cx)?;
        cx.logout().await?;
        cx.redirect_replacing(to);
        Ok(())
    }
}

impl AuthState {
    /// Who is signed in.
    #[must_use]
    pub fn user(&self) -> Option<CurrentUser> {
        current_user().ok().flatten()
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_authenticated(&self) -> bool {
        self.user().is_some()
    }

    /// The user's key.
    #[must_use]
    pub fn id(&self) -> Option<i64> {
        self.user().map(|user| user.id())
    }

    /// The name to sign in with; empty for nobody.
    #[must_use]
    pub fn username(&self) -> String {
        self.say(CurrentUser::name)
    }

    /// The e-mail address; empty for nobody.
    #[must_use]
    pub fn email(&self) -> String {
        self.say(CurrentUser::email)
    }

    /// The first name; empty for nobody.
    #[must_use]
    pub fn first_name(&self) -> String {
        self.say(CurrentUser::first_name)
    }

    /// The last name; empty for nobody.
    #[must_use]
    pub fn last_name(&self) -> String {
        self.say(CurrentUser::last_name)
    }

    /// First and last name, else the name to sign in with; empty for nobody.
    #[must_use]
    pub fn display_name(&self) -> String {
        self.user()
            .map_or_else(String::new, |user| user.display_name())
    }

    /// Whether the user belongs to the staff.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.user().is_some_and(|user| user.is_staff())
    }

    /// Whether the user has all rights.
    #[must_use]
    pub fn is_superuser(&self) -> bool {
        self.user().is_some_and(|user| user.is_superuser())
    }

    /// The names of the user's groups.
    #[must_use]
    pub fn group_names(&self) -> Vec<String> {
        let user = self.user();
        user.map_or_else(Vec::new, |user| user.groups().to_vec())
    }

    /// Whether the user has the permission, such as `notes.change_note`.
    #[must_use]
    pub fn has_perm(&self, permission: &str) -> bool {
        self.user().is_some_and(|user| user.has_perm(permission))
    }

    /// Texts, addresses and the brand.
    #[must_use]
    pub fn look(&self) -> Look {
        Look
    }

    fn say(&self, what: impl FnOnce(&CurrentUser) -> &str) -> String {
        self.user()
            .map_or_else(String::new, |user| what(&user).to_owned())
    }
}
