//! What both sides do with one database; each runs on SQLite and on PostgreSQL.
#![expect(clippy::missing_errors_doc, reason = "an error fails the test")]

pub mod closing;
pub mod sign_in;
pub mod tables;
pub mod times;
pub mod tokens;
