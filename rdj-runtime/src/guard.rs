//! Who may open a page, send an event or call a route.

use crate::{
    error::{Error, Result},
    user::CurrentUser,
};

/// What somebody must be to pass: one definition for pages, states, events and axum routes.
///
/// `permission`, `group`, `staff` and `superuser` ask for a signed-in user too.
///
/// ```
/// use rdj_runtime::{CurrentUser, Guard};
///
/// const CHANGE: Guard = Guard { permissions: &["notes.change_note"], ..Guard::NONE };
/// let ann = CurrentUser::new(1, "ann").with_permissions(["notes.change_note"]);
/// assert!(CHANGE.check(Some(&ann)).is_ok());
/// assert!(CHANGE.check(None).is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Somebody is signed in.
    pub login: bool,
    /// The user belongs to the staff.
    pub staff: bool,
    /// The user has all rights.
    pub superuser: bool,
    /// The user has all of these permissions.
    pub permissions: &'static [&'static str],
    /// The user is in one of these groups.
    pub groups: &'static [&'static str],
    /// Where a signed-in user who may not pass is sent, in place of a refusal (403).
    pub on_denied: Option<&'static str>,
}

impl Guard {
    /// Everybody passes.
    pub const NONE: Self = Self {
        login: false,
        staff: false,
        superuser: false,
        permissions: &[],
        groups: &[],
        on_denied: None,
    };

    /// Whoever is signed in passes.
    pub const LOGIN: Self = Self {
        login: true,
        ..Self::NONE
    };

    /// Whether everybody passes.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        !self.login
            && !self.staff
            && !self.superuser
            && self.permissions.is_empty()
            && self.groups.is_empty()
    }

    /// Lets `user` pass or not.
    ///
    /// # Errors
    ///
    /// [`Error::LoginRequired`] if nobody is signed in, [`Error::Denied`] if the user lacks a right.
    pub fn check(&self, user: Option<&CurrentUser>) -> Result {
        if self.is_none() {
            return Ok(());
        }
        let user = user.ok_or(Error::LoginRequired)?;
        let in_group =
            self.groups.is_empty() || self.groups.iter().any(|group| user.has_group(group));
        let passes = (!self.staff || user.is_staff())
            && (!self.superuser || user.is_superuser())
            && user.has_perms(self.permissions)
            && in_group;
        if passes { Ok(()) } else { Err(Error::Denied) }
    }

    /// What it asks for in words, such as `login, permission notes.change_note`; empty for nothing.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (asked, name) in [
            (self.login, "login"),
            (self.staff, "staff"),
            (self.superuser, "superuser"),
        ] {
            if asked {
                parts.push(name.to_owned());
            }
        }
        parts.extend(
            self.permissions
                .iter()
                .map(|name| format!("permission {name}")),
        );
        if !self.groups.is_empty() {
            parts.push(format!("group {}", self.groups.join(" or ")));
        }
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> CurrentUser {
        CurrentUser::new(1, "ann")
    }

    fn denied(guard: Guard, user: &CurrentUser) -> bool {
        matches!(guard.check(Some(user)), Err(Error::Denied))
    }

    #[test]
    fn every_condition_asks_for_a_user() {
        let staff = Guard {
            staff: true,
            ..Guard::NONE
        };
        let superuser = Guard {
            superuser: true,
            ..Guard::NONE
        };
        let permission = Guard {
            permissions: &["a.b"],
            ..Guard::NONE
        };
        let group = Guard {
            groups: &["a"],
            ..Guard::NONE
        };
        for guard in [Guard::LOGIN, staff, superuser, permission, group] {
            assert!(matches!(guard.check(None), Err(Error::LoginRequired)));
        }
        assert!(Guard::NONE.check(None).is_ok());
    }

    #[test]
    fn all_permissions_and_one_group() {
        let guard = Guard {
            permissions: &["a.b", "c.d"],
            groups: &["x", "y"],
            ..Guard::NONE
        };
        assert!(denied(guard, &ann().with_permissions(["a.b", "c.d"])));
        assert!(denied(
            guard,
            &ann().with_permissions(["a.b"]).with_groups(["x"])
        ));
        let both = ann().with_permissions(["a.b", "c.d"]).with_groups(["y"]);
        assert!(guard.check(Some(&both)).is_ok());
        assert!(guard.check(Some(&ann().with_superuser(true))).is_ok());
    }

    #[test]
    fn a_superuser_is_not_staff_by_that() {
        let staff = Guard {
            staff: true,
            ..Guard::NONE
        };
        assert!(denied(staff, &ann().with_superuser(true)));
        assert!(staff.check(Some(&ann().with_staff(true))).is_ok());
    }
}
