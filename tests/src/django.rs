//! A real Django beside rdj: one database, and a process that runs Django's own code over it.
//!
//! `scripts/test` makes the virtual environment and names its Python in `RDJ_TEST_DJANGO`; the project is
//! `tests/django`.

pub mod note;
pub mod pages;
mod process;
pub mod scenario;
mod site;

pub use self::{process::Django, site::Site};
