//! Pages for users and for shelves, as rows of their tables.

use rdj::{
    auth::{entity::user, password::unusable},
    orm::{base, sea_orm::Set},
    prelude::*,
};

use crate::shelves::ShelvesState;

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

/// Shelves, with which their books go: [`fill`](crate::shelves::fill) makes the tables.
#[rdj::page(route = "/shelves", template = "shelves.html", discover = false)]
pub struct ShelvesPage {
    /// Its state.
    pub shelves: ShelvesState,
}
