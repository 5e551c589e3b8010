//! The actions of a model state: the pipeline's steps and the hooks, in order.

mod action;
mod asked;
mod bulk;
mod delete;
mod edit;
mod list;
mod save;

pub use self::bulk::BulkReport;
pub(crate) use self::{
    action::{begin, end},
    asked::edit_asked,
    bulk::{delete_selected, for_selected},
    delete::{delete, remove_found},
    edit::{clear_form, leave, start_edit, take_theirs},
    list::{list, reload},
    save::{Stop, reason, refusals, store, store_inside, write_found, write_new},
};
