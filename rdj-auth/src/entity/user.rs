//! The table `auth_user`.

use sea_orm::entity::prelude::*;

/// A user; models refer to it by `BelongsTo<rdj::auth::entity::user::Entity>`.
///
/// `password` is an encoded hash, see [`Hashers`](crate::password::Hashers). Write users through
/// [`Users`](crate::user::Users), which keeps open sessions informed. By the form of a model state only a
/// superuser makes somebody a superuser or a member of the staff.
#[sea_orm::model]
#[derive(Clone, PartialEq, Eq, DeriveEntityModel, rdj_macros::Model)]
#[sea_orm(table_name = "auth_user")]
#[rdj(
    app_label = "auth",
    name = "user",
    label = "User",
    label_plural = "Users",
    display = username
)]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The encoded hash of the password.
    #[sea_orm(column_type = "String(StringLen::N(128))")]
    pub password: String,
    /// When the user last signed in.
    pub last_login: Option<DateTimeUtc>,
    /// Whether the user has every permission.
    #[rdj(label = "Superuser status", default = false, guard(superuser))]
    pub is_superuser: bool,
    /// The name to sign in with.
    #[sea_orm(unique, column_type = "String(StringLen::N(150))")]
    #[rdj(max_length = 150)]
    pub username: String,
    /// The first name.
    #[sea_orm(column_type = "String(StringLen::N(150))")]
    #[rdj(max_length = 150, default = "")]
    pub first_name: String,
    /// The last name.
    #[sea_orm(column_type = "String(StringLen::N(150))")]
    #[rdj(max_length = 150, default = "")]
    pub last_name: String,
    /// The e-mail address.
    #[sea_orm(column_type = "String(StringLen::N(254))")]
    #[rdj(label = "E-mail address", max_length = 254, default = "")]
    pub email: String,
    /// Whether the user may open the admin.
    #[rdj(label = "Staff status", default = false, guard(superuser))]
    pub is_staff: bool,
    /// Whether the user may sign in: instead of deleting users, switch this off.
    #[rdj(label = "Active", default = true)]
    pub is_active: bool,
    /// When the user was made.
    #[rdj(auto_now_add)]
    pub date_joined: DateTimeUtc,
}

macro_rules! debug {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            /// Without the password's hash and the address: users end up in logs.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("User")
                    .field("id", &self.id)
                    .field("username", &self.username)
                    .finish_non_exhaustive()
            }
        }
    )*};
}

debug!(Model, ModelEx);

impl ActiveModelBehavior for ActiveModel {}
