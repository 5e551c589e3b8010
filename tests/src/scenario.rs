//! What model states do on every database: the tests run each scenario on SQLite and on PostgreSQL.
#![expect(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    reason = "a scenario fails as a test does"
)]

pub mod cascade;
pub mod forms;
pub mod keys;
pub mod lists;
pub mod notes;
pub mod relations;
pub mod rights;
