//! The actions of a model state: the pipeline's steps and the hooks, in order.

mod action;
mod asked;
mod bulk;
mod delete;
mod edit;
mod history;
mod list;
mod make;
mod revive;
mod save;
mod undo;
mod write;

pub use self::bulk::BulkReport;
pub(crate) use self::{
    action::{begin, end},
    asked::edit_asked,
    bulk::{delete_selected, for_selected},
    delete::{delete, delete_row},
    edit::{clear_form, leave, start_edit, take_theirs},
    history::{history_again, history_asked, read_history, show_history, visible},
    list::{list, relist, reload},
    make::{Made, make},
    save::{Stop, create_inside, guess, prepare_inside, reason, refusals, store, update_inside},
    undo::undo,
    write::{write_found, write_new},
};
