//! Who is signed in, as the runtime sees it.

use std::{any::Any, collections::HashSet, fmt, sync::Arc};

/// The signed-in user with the rights of this moment: a layer puts it into the request's extensions.
///
/// It is the authority for guards and handlers, not a snapshot for display: whoever puts it into a
/// request has loaded it for that request. `owner_field` of a model state compares its column with
/// [`CurrentUser::id`]. Cheap to clone.
///
/// ```
/// use axum::{extract::Request, middleware::Next, response::Response};
/// use rdj_runtime::CurrentUser;
///
/// async fn sign_in(mut request: Request, next: Next) -> Response {
///     let user = CurrentUser::new(1, "ann").with_permissions(["notes.change_note"]);
///     request.extensions_mut().insert(user);
///     next.run(request).await
/// }
/// ```
#[derive(Clone)]
pub struct CurrentUser(Arc<Account>);

#[derive(Clone)]
struct Account {
    id: i64,
    name: Arc<str>,
    email: String,
    first_name: String,
    last_name: String,
    is_staff: bool,
    is_superuser: bool,
    permissions: HashSet<String>,
    groups: Vec<String>,
    data: Option<Arc<dyn Any + Send + Sync>>,
}

impl CurrentUser {
    /// A user with this primary key and name, and no rights but being signed in.
    pub fn new(id: i64, name: impl Into<Arc<str>>) -> Self {
        Self(Arc::new(Account {
            id,
            name: name.into(),
            email: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            is_staff: false,
            is_superuser: false,
            permissions: HashSet::new(),
            groups: Vec::new(),
            data: None,
        }))
    }

    fn change(mut self, change: impl FnOnce(&mut Account)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// The same user with an e-mail address.
    #[must_use]
    pub fn with_email(self, email: impl Into<String>) -> Self {
        self.change(|user| user.email = email.into())
    }

    /// The same user with a first and a last name.
    #[must_use]
    pub fn with_names(self, first: impl Into<String>, last: impl Into<String>) -> Self {
        self.change(|user| {
            user.first_name = first.into();
            user.last_name = last.into();
        })
    }

    /// The same user as a member of the staff or not.
    #[must_use]
    pub fn with_staff(self, is_staff: bool) -> Self {
        self.change(|user| user.is_staff = is_staff)
    }

    /// The same user with all rights or not.
    #[must_use]
    pub fn with_superuser(self, is_superuser: bool) -> Self {
        self.change(|user| user.is_superuser = is_superuser)
    }

    /// The same user with these permissions, such as `notes.change_note`, and no others.
    #[must_use]
    pub fn with_permissions(self, permissions: impl IntoIterator<Item: Into<String>>) -> Self {
        self.change(|user| user.permissions = permissions.into_iter().map(Into::into).collect())
    }

    /// The same user in these groups and no others.
    #[must_use]
    pub fn with_groups(self, groups: impl IntoIterator<Item: Into<String>>) -> Self {
        self.change(|user| user.groups = groups.into_iter().map(Into::into).collect())
    }

    /// The same user with something of the application's own, such as its row: [`CurrentUser::data`].
    #[must_use]
    pub fn with_data<T: Send + Sync + 'static>(self, data: Arc<T>) -> Self {
        self.change(|user| user.data = Some(data))
    }

    /// The primary key in the user table.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.0.id
    }

    /// The name that the user signs in with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The e-mail address; empty if there is none.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.0.email
    }

    /// The first name; empty if there is none.
    #[must_use]
    pub fn first_name(&self) -> &str {
        &self.0.first_name
    }

    /// The last name; empty if there is none.
    #[must_use]
    pub fn last_name(&self) -> &str {
        &self.0.last_name
    }

    /// First and last name, or the name to sign in with where there are none.
    #[must_use]
    pub fn display_name(&self) -> String {
        let full = format!("{} {}", self.0.first_name, self.0.last_name);
        match full.trim() {
            "" => self.name().to_owned(),
            full => full.to_owned(),
        }
    }

    /// Whether the user belongs to the staff.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.0.is_staff
    }

    /// Whether the user has all rights.
    #[must_use]
    pub fn is_superuser(&self) -> bool {
        self.0.is_superuser
    }

    /// Whether the user has the permission, such as `notes.change_note`; a superuser has every one.
    #[must_use]
    pub fn has_perm(&self, permission: &str) -> bool {
        self.0.is_superuser || self.0.permissions.contains(permission)
    }

    /// Whether the user has all of these permissions.
    #[must_use]
    pub fn has_perms(&self, permissions: &[&str]) -> bool {
        permissions
            .iter()
            .all(|permission| self.has_perm(permission))
    }

    /// Whether the user has any permission of an application, such as `notes`.
    #[must_use]
    pub fn has_module_perms(&self, app_label: &str) -> bool {
        let of_app = |name: &String| {
            name.split_once('.')
                .is_some_and(|(app, _)| app == app_label)
        };
        self.0.is_superuser || self.0.permissions.iter().any(of_app)
    }

    /// Whether the user is in the group; a superuser is in every one.
    #[must_use]
    pub fn has_group(&self, group: &str) -> bool {
        self.0.is_superuser || self.0.groups.iter().any(|own| own == group)
    }

    /// The permissions that the user was given, directly or by a group, in no order; those that a
    /// superuser has by being one are not listed.
    pub fn permissions(&self) -> impl Iterator<Item = &str> {
        self.0.permissions.iter().map(String::as_str)
    }

    /// The user's groups.
    #[must_use]
    pub fn groups(&self) -> &[String] {
        &self.0.groups
    }

    /// What the application keeps with its users; none if there is nothing or it is no `T`.
    #[must_use]
    pub fn data<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.data.as_ref()?.downcast_ref()
    }
}

impl PartialEq for CurrentUser {
    /// Two are the same user when they have one key.
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for CurrentUser {}

impl fmt::Debug for CurrentUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CurrentUser({} {:?})", self.0.id, self.0.name)
    }
}
