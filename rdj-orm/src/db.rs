//! The database: a pool or an open transaction, how to connect, and tables for a first start.

mod after;
mod ahead;
mod changes;
mod connect;
mod count;
mod executor;
#[cfg(feature = "testing")]
mod instrument;
mod tables;
mod times;
mod transaction;

pub(crate) use self::ahead::Ahead;
pub use self::{
    changes::CxChanges,
    connect::{connect, connect_with},
    count::SqlCount,
    executor::{CxDb, Db},
    tables::Tables,
    transaction::{Transaction, transaction},
};
