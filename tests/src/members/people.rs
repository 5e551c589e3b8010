//! A page for users, as rows of their table.

use rdj::{
    auth::{entity::user, password::unusable},
    orm::{base, sea_orm::Set},
    prelude::*,
};

/// Users by Django's permissions.
#[model_state(
    model = user::Entity,
    fields(username, first_name, is_staff, is_superuser, is_active),
    model_permissions,
)]
pub struct PeopleState;

impl PeopleHooks for PeopleState {
    /// A new user signs in in another way.
    async fn perform_create(&mut self, cx: &Cx, mut new: user::ActiveModel) -> Result<user::Model> {
        new.password = Set(unusable());
        base::perform_create(self, cx, new).await
    }
}

/// The page.
#[rdj::page(route = "/people", template = "people.html", discover = false)]
pub struct PeoplePage {
    /// Its state.
    pub people: PeopleState,
}
