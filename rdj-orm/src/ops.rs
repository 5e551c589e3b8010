//! The actions of a model state: the pipeline's steps and the hooks, in order.

mod asked;
mod delete;
mod edit;
mod list;
mod save;

pub(crate) use self::{
    asked::edit_asked,
    delete::delete,
    edit::{clear_form, start_edit},
    list::{found, list},
    save::{store, store_inside},
};
