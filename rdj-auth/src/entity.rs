//! The tables of users, groups and permissions, with Django's names and columns.
//!
//! They fit tables that Django's `migrate` made and tables that [`AuthTables::create`] makes. The one
//! table that Django does not know is [`stamp`]: what sessions are signed over.

pub mod content_type;
pub mod group;
pub mod group_permission;
pub mod permission;
pub mod stamp;
pub mod user;
pub mod user_group;
pub mod user_permission;

use rdj_orm::{Db, Tables};
use rdj_runtime::Result;

/// Makes the tables of this crate where they do not exist yet.
#[derive(Clone, Copy, Debug)]
pub struct AuthTables;

impl AuthTables {
    /// All tables, to be made together with others.
    ///
    /// ```
    /// let tables = rdj_auth::entity::AuthTables::tables();
    /// ```
    #[must_use]
    pub fn tables() -> Tables {
        Tables::new()
            .add(content_type::Entity)
            .add(permission::Entity)
            .add(group::Entity)
            .add(group_permission::Entity)
            .add(user::Entity)
            .add(user_group::Entity)
            .add(user_permission::Entity)
            .add(stamp::Entity)
    }

    /// Makes what is missing; existing tables, such as Django's, are left as they are.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn create(db: &Db) -> Result {
        Self::tables().create(db).await
    }
}
