//! Work that a page does beside its events: tasks that report to it.

mod page;
mod running;
mod spawn;
mod task;

pub(crate) use self::{
    page::{PageWork, Update, Waiting},
    spawn::tell,
};
pub use self::{running::Running, task::Task};
