//! Rows of other users: every way to a row, on states that say whose rows they are by `owner_field` alone,
//! and by `get_queryset` alone.
//!
//! A new way is a function of one of the modules with ways that does what a forger would, and its name in
//! one of the lists below. `world.rs` says what is checked for each of them.

mod child;
mod declared;
mod file;
mod fill;
mod made;
mod past;
mod read;
mod states;
mod upload;
mod world;
mod write;

use rdj::{Result, orm::Db};

pub use self::{
    declared::{columns, undeclared},
    states::{Kit, Papers, owned, scoped},
    world::{World, two_users},
};
use self::{owned::Owned, scoped::Scoped};

/// Tries these ways on both kits of states.
macro_rules! attempt {
    ($db:expr, $($module:ident::$way:ident),* $(,)?) => {
        world::both(
            $db,
            &[$((stringify!($way), |world| Box::pin($module::$way::<Owned>(world)))),*],
            &[$((stringify!($way), |world| Box::pin($module::$way::<Scoped>(world)))),*],
        )
        .await
    };
}

/// The list and what narrows it: nothing is shown, found or counted.
pub async fn reads(db: &Db) -> Result {
    attempt!(
        db,
        read::list,
        read::search,
        read::filters,
        read::orders,
        read::pages,
        read::cursors,
        read::labels,
        read::server_code,
    )
}

/// What an address asks for.
pub async fn addresses(db: &Db) -> Result {
    attempt!(
        db,
        read::start_edit,
        read::address_of_a_list,
        read::address_of_a_row,
        read::address_of_a_cursor,
        write::address_and_save,
    )
}

/// One row is edited, saved and deleted.
pub async fn writes(db: &Db) -> Result {
    attempt!(
        db,
        write::forged_keys,
        write::stale_key,
        write::keep_mine,
        write::take_theirs,
        write::delete,
        write::server_code_saves,
        write::server_code_deletes,
    )
}

/// Many rows are changed together.
pub async fn many(db: &Db) -> Result {
    attempt!(
        db,
        write::delete_ticked,
        write::change_ticked,
        write::delete_all,
        write::change_all,
        write::delete_posted,
        write::change_posted,
    )
}

/// Lists as files, and files as rows.
pub async fn files(db: &Db) -> Result {
    attempt!(
        db,
        file::csv,
        file::json,
        file::narrowed,
        file::import_over,
        file::import_links,
        file::confirm_of_another,
    )
}

/// What a row refers to.
pub async fn picks(db: &Db) -> Result {
    attempt!(
        db,
        read::choices,
        write::pick_one,
        write::pick_several,
        write::post_one,
        write::post_several,
    )
}

/// What is recorded of rows is shown, and undone.
pub async fn recorded(db: &Db) -> Result {
    attempt!(
        db,
        past::of_a_row,
        past::of_a_deleted_row,
        past::in_an_address,
        past::undo_a_change,
        past::undo_a_birth,
        past::undo_a_deletion,
    )
}

/// Child rows in the form of their parent.
pub async fn children(db: &Db) -> Result {
    attempt!(
        db,
        child::shown,
        child::forged_key,
        child::forged_version,
        child::delete,
        child::moved,
        child::stale_parent,
        child::address_and_save,
        child::new_parent,
    )
}

/// Files of rows come and go.
pub async fn uploads(db: &Db) -> Result {
    attempt!(
        db,
        upload::download,
        upload::over,
        upload::stale_key,
        upload::address_and_save,
        upload::remove,
    )
}

/// Rows that are made where another row refers to them.
pub async fn made_in_place(db: &Db) -> Result {
    attempt!(
        db,
        made::offers,
        made::names_of_others,
        made::names_in_a_form,
        made::in_forms_of_others,
    )
}

/// Rows that others write while the page is open.
pub async fn seen_live(db: &Db) -> Result {
    attempt!(db, read::live)
}
