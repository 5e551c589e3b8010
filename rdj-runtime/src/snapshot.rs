//! What a browser, a template or a log may know of the user: values without rights.

mod context_state;
mod i18n_state;
mod user_state;

use serde::{Deserialize, Serialize};

pub use self::{
    context_state::{ContextEvents, ContextState},
    i18n_state::{I18nEvents, I18nState},
    user_state::{UserEvents, UserState},
};
use crate::user::CurrentUser;

/// The user as values to show or to send, of one moment.
///
/// It has no method that decides anything: whoever holds a snapshot has to ask the
/// [`CurrentUser`] for rights, which is found out anew with each event.
///
/// ```
/// use rdj_runtime::{CurrentUser, UserSnapshot};
///
/// let ann = CurrentUser::new(1, "ann").with_groups(["editors"]);
/// let snapshot = UserSnapshot::from(Some(&ann));
/// assert_eq!(snapshot.group_names, ["editors"]);
/// assert!(!UserSnapshot::from(None).is_authenticated);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSnapshot {
    /// The primary key; none if nobody is signed in.
    pub id: Option<i64>,
    /// The name that the user signs in with; empty if nobody is signed in.
    pub username: String,
    /// The e-mail address; empty if there is none.
    pub email: String,
    /// The first name; empty if there is none.
    pub first_name: String,
    /// The last name; empty if there is none.
    pub last_name: String,
    /// Whether somebody is signed in.
    pub is_authenticated: bool,
    /// Whether the user belongs to the staff.
    pub is_staff: bool,
    /// Whether the user has all rights.
    pub is_superuser: bool,
    /// The names of the user's groups.
    pub group_names: Vec<String>,
}

impl From<Option<&CurrentUser>> for UserSnapshot {
    fn from(user: Option<&CurrentUser>) -> Self {
        user.map_or_else(Self::default, Self::from)
    }
}

impl From<&CurrentUser> for UserSnapshot {
    fn from(user: &CurrentUser) -> Self {
        Self {
            id: Some(user.id()),
            username: user.name().to_owned(),
            email: user.email().to_owned(),
            first_name: user.first_name().to_owned(),
            last_name: user.last_name().to_owned(),
            is_authenticated: true,
            is_staff: user.is_staff(),
            is_superuser: user.is_superuser(),
            group_names: user.groups().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nobody() {
        let nobody = serde_json::to_value(UserSnapshot::from(None)).unwrap();
        let expected = json!({
            "id": null, "username": "", "email": "", "first_name": "", "last_name": "",
            "is_authenticated": false, "is_staff": false, "is_superuser": false, "group_names": [],
        });
        assert_eq!(nobody, expected);
    }

    #[test]
    fn somebody_without_permissions() {
        let ann = CurrentUser::new(7, "ann")
            .with_email("ann@example.org")
            .with_names("Ann", "Lee")
            .with_staff(true)
            .with_permissions(["notes.change_note"])
            .with_groups(["editors"]);
        let expected = json!({
            "id": 7, "username": "ann", "email": "ann@example.org", "first_name": "Ann",
            "last_name": "Lee", "is_authenticated": true, "is_staff": true, "is_superuser": false,
            "group_names": ["editors"],
        });
        assert_eq!(
            serde_json::to_value(UserSnapshot::from(&ann)).unwrap(),
            expected
        );
    }
}
