//! What model states do on every database: the tests run each scenario on SQLite, on PostgreSQL and on
//! MariaDB.
#![expect(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    reason = "a scenario fails as a test does"
)]

pub mod files;
pub mod forms;
pub mod keys;
pub mod lists;
pub mod live;
pub mod notes;
pub mod relations;
pub mod rights;
pub mod serializers;

/// All scenarios: `scenarios!(run)` is `run! { area: scenario, ..; .. }`.
#[macro_export]
macro_rules! scenarios {
    ($run:ident) => {
        $run! {
            notes: life, owners, failures, refusals;
            rights: bypass, permissions, buttons;
            lists: searching, paging, addresses;
            keys: text, uuid, composite;
            forms: values, blanks, drafts, changed_columns;
            relations: unique, labels, references;
            serializers: rows, queries, values, zones, nested;
            files: exports, refusals, imports, round_trips;
            live: commits, crowds, actions;
        }
    };
}
