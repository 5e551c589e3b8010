//! The signed-in user as a field of a page.

use super::UserSnapshot;
use crate::{
    cx::{Cx, current_cx},
    dispatch::{Bind, BoxFuture, Call, On},
    error::Result,
    state::{Keeper, State},
    user::CurrentUser,
};

/// The signed-in user, for templates: `{{ user.username() }}`, `{% if user.is_authenticated() %}`.
///
/// A page has it as a field, best after its other states, so that theirs keep plain names in the
/// address. It holds nothing: each call asks the event that is being answered, so there is nothing to
/// keep in step, and the browser is sent something only where the page's HTML changes.
///
/// ```
/// use rdj_runtime::{CurrentUser, snapshot::UserState, testing::TestCx};
///
/// let user = UserState::default();
/// assert!(!user.is_authenticated());
/// let test = TestCx::new().user(&CurrentUser::new(1, "ann"));
/// let _guard = test.enter();
/// assert_eq!(user.username(), "ann");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct UserState;

impl UserState {
    /// The user of the event or page load that runs now.
    #[must_use]
    pub fn current(self) -> Option<CurrentUser> {
        current_cx().ok().and_then(|cx| cx.user())
    }

    fn read<T: Default>(self, read: impl FnOnce(&CurrentUser) -> T) -> T {
        self.current().as_ref().map(read).unwrap_or_default()
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_authenticated(self) -> bool {
        self.current().is_some()
    }

    /// The primary key.
    #[must_use]
    pub fn id(self) -> Option<i64> {
        self.current().map(|user| user.id())
    }

    /// The name that the user signs in with; empty if nobody is signed in, as the following ones.
    #[must_use]
    pub fn username(self) -> String {
        self.read(|user| user.name().to_owned())
    }

    /// First and last name, or the name to sign in with.
    #[must_use]
    pub fn display_name(self) -> String {
        self.read(CurrentUser::display_name)
    }

    /// The e-mail address.
    #[must_use]
    pub fn email(self) -> String {
        self.read(|user| user.email().to_owned())
    }

    /// The first name.
    #[must_use]
    pub fn first_name(self) -> String {
        self.read(|user| user.first_name().to_owned())
    }

    /// The last name.
    #[must_use]
    pub fn last_name(self) -> String {
        self.read(|user| user.last_name().to_owned())
    }

    /// Whether the user belongs to the staff.
    #[must_use]
    pub fn is_staff(self) -> bool {
        self.read(CurrentUser::is_staff)
    }

    /// Whether the user has all rights.
    #[must_use]
    pub fn is_superuser(self) -> bool {
        self.read(CurrentUser::is_superuser)
    }

    /// The names of the user's groups.
    #[must_use]
    pub fn group_names(self) -> Vec<String> {
        self.read(|user| user.groups().to_vec())
    }

    /// Whether somebody is signed in who has the permission, such as to show a button; the event behind
    /// it has a guard of its own.
    #[must_use]
    pub fn has_perm(self, permission: &str) -> bool {
        self.read(|user| user.has_perm(permission))
    }

    /// Whether somebody is signed in who is in the group.
    #[must_use]
    pub fn has_group(self, group: &str) -> bool {
        self.read(|user| user.has_group(group))
    }

    /// All of it as values, such as for JSON.
    #[must_use]
    pub fn snapshot(self) -> UserSnapshot {
        UserSnapshot::from(self.current().as_ref())
    }
}

impl State for UserState {
    const NAME: &'static str = "user";

    /// `on_load` finds all of it out again.
    fn keep(&mut self, _keeper: &mut Keeper) {}

    fn dispatch<'a>(&'a mut self, _: &'a Cx, call: Call<'a>) -> BoxFuture<'a, Result> {
        Box::pin(async move { Err(call.unknown()) })
    }

    fn is_in_address(&self) -> bool {
        true
    }
}

/// The event handles of [`UserState`]: it has no events.
#[derive(Clone, Copy, Debug)]
pub struct UserEvents;

impl From<On> for UserEvents {
    fn from(_: On) -> Self {
        Self
    }
}

impl Bind for UserState {
    type Events = UserEvents;
    const NAME: &'static str = "user";
}
