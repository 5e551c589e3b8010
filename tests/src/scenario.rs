//! What model states do on every database: the tests run each scenario on SQLite, on PostgreSQL and on
//! MariaDB.
#![expect(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    reason = "a scenario fails as a test does"
)]

pub mod backends;
pub mod bulk;
pub mod cascade;
pub mod checks;
pub mod conflicts;
pub mod decimals;
pub mod downloads;
pub mod files;
pub mod forms;
pub mod history;
pub mod hooks;
pub mod idor;
pub mod imports;
pub mod in_place;
pub mod inlines;
pub mod keys;
pub mod keyset;
pub mod lists;
pub mod live;
pub mod many;
pub mod names;
pub mod notes;
pub mod options;
pub mod permissions;
pub mod pickers;
pub mod pipeline;
pub mod relations;
pub mod rights;
pub mod serializers;
pub mod songs;
pub mod transactions;
pub mod types;
pub mod uploads;

/// All scenarios: `scenarios!(run)` is `run! { area: scenario, ..; .. }`.
#[macro_export]
macro_rules! scenarios {
    ($run:ident) => {
        $run! {
            backends: w8_a_backend_sees_every_action, rows_that_are_withdrawn, another_database, a_replica;
            cascade: p12_the_right_for_all_that_goes_along, p12_superusers_and_strangers, p12_circles;
            notes: life, owners, failures, refusals;
            rights: bypass, permissions, buttons;
            names: c005_c026_crud, c003_c004_actions, c028_renames, c008_c027_replaced, c014_columns, c012_ordering, c043_c045_api,
                d022_columns_of_any_name;
            lists: searching, paging, addresses;
            songs: c041_search_follows_relations, d016_declared_filters, filters_in_the_address, several_columns,
                statements, prefetched, d025_a_saved_row_respects_the_list, d029_an_empty_list;
            keyset: keyset, keyset_addresses, uncounted;
            bulk: selected, whole_query, refused, forms;
            hooks: d015_every_hook_makes_a_difference;
            options: defaults, names, lists, live, scope_field, other_names, guards;
            keys: text, uuid, composite, numbers_after_an_import;
            forms: values, blanks, drafts, changed_columns;
            relations: unique, labels, references;
            types: round_trip, unsigned, d007_d008_nulls, d009_wrong, rules, c072_facts;
            many: d021_links, unseen;
            pickers: search, hook, scope, without_script;
            in_place: makes, several, refusals, without_script;
            uploads: files_go_in_and_out, wrong_ones_are_refused, conflicts;
            downloads: rows_columns_and_rights;
            serializers: rows, queries, values, zones, nested, d021_keys_of_many_to_many_relations;
            files: exports, refusals, imports, round_trips;
            imports: errors_name_their_lines, unread_lines, equal_values_in_one_file, new_changed_unchanged,
                hooks_see_rows_in_order, a_key_outside_of_the_scope, many_with_a_history, few_statements;
            pipeline: c032_c036_d015_every_hook_runs_in_its_place,
                d003_a_hook_cannot_lose_the_owner, d002_a_row_that_is_gone_is_told_and_left,
                c034_c037_d010_d030_the_form_after_an_action;
            permissions: d004_rows_are_asked_for_too, d005_leaving_the_form_is_always_possible,
                classes_are_combined, choices_are_for_who_may_save;
            checks: d006_the_model_sees_the_whole_row, constraints_are_errors_of_the_form,
                d011_d026_texts_and_blanks, validators;
            decimals: numbers_are_read, numbers_are_written;
            conflicts: both_changed_the_same, others_changed_the_rest, without_javascript,
                nobody_conflicts_with_oneself, it_can_be_switched_off;
            inlines: saved_with_the_parent, errors_stand_at_their_row_and_nothing_is_written,
                others_changed_a_row, rows_that_are_not_of_this_parent, how_many_there_are,
                rights_of_the_child, few_statements, without_javascript, hooks_of_the_child,
                children_are_told_after_the_commit, searches_in_rows,
                searches_in_rows_without_javascript, errors_have_the_focus;
            live: commits, crowds, actions;
            transactions: a_row_that_changes_hands_is_not_written, deferred_constraints_are_told;
            history: deleted_along, deleted_once, others_write, every_write, other_writes, many_writes, own_code, statements, rollbacks, readers, keys_used_again, undo_update, undo_create_and_delete,
                undo_links, undo_conflicts, undo_asks_as_every_write, undo_of_all_types, keys, views, addresses;
            idor: reads, addresses, writes, many, files, picks, seen_live, columns, undeclared, recorded,
                children, uploads, made_in_place;
        }
    };
}
