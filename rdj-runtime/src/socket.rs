//! The socket of an open page: accepting it, joining it to its page, keeping it.

mod connection;
mod join;
mod limits;
mod live;
mod origin;
mod upgrade;

pub(crate) use self::{live::LivePages, upgrade::upgrade};
