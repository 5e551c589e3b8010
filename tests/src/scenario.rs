//! What model states do on every database: the tests run each scenario on SQLite, on PostgreSQL and on
//! MariaDB.
#![expect(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    reason = "a scenario fails as a test does"
)]

pub mod cascade;
pub mod forms;
pub mod keys;
pub mod lists;
pub mod live;
pub mod many;
pub mod notes;
pub mod pickers;
pub mod relations;
pub mod rights;
pub mod types;

/// All scenarios: `scenarios!(run)` is `run! { area: scenario, ..; .. }`.
#[macro_export]
macro_rules! scenarios {
    ($run:ident) => {
        $run! {
            cascade: p12_the_right_for_all_that_goes_along, p12_superusers_and_strangers, p12_circles;
            notes: life, owners, failures, refusals;
            rights: bypass, permissions, buttons;
            lists: searching, paging, addresses;
            keys: text, uuid, composite;
            forms: values, blanks, drafts, changed_columns;
            relations: unique, labels, references;
            types: round_trip, nulls, wrong, rules, facts;
            many: links, unseen;
            pickers: search, hook, scope, without_script;
            live: commits, crowds, actions;
        }
    };
}
