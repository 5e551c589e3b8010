//! Model metadata, hooks and the pipeline of rdj over SeaORM.
//!
//! Modules stand in the order of the data: [`model`] and [`field`] say what a row is, [`db`] where it
//! is, [`state`] what a page holds of it; [`hooks`] are what an application changes, [`handlers`] what
//! a browser can call, [`view`] what the page shows.
//!
//! Applications use this crate through `rdj`; its API beside what `rdj` re-exports is exempt from
//! semantic versioning.

pub mod api;
pub mod backend;
pub mod db;
pub mod dispatch;
pub mod download;
pub mod export;
pub mod field;
pub mod handlers;
pub mod handles;
pub mod history;
pub mod hooks;
pub mod import;
pub mod inline;
pub mod live;
pub mod model;
pub mod page_store;
pub mod permission;
pub mod prelude;
pub mod relation;
pub mod serializer;
pub mod session;
pub mod state;
pub mod view;

mod decimal;
mod ops;
mod pipeline;
mod words;

pub use sea_orm;

pub use self::{
    api::{Orm, OrmApi},
    backend::{CrudBackend, SeaOrmBackend},
    db::{CxChanges, CxDb, Db, Tables, Transaction, connect, connect_with, transaction},
    field::{Field, FieldMeta},
    history::CxHistory,
    hooks::{Action, base},
    inline::Inline,
    model::{CrudModel, ModelDef},
    page_store::DbPages,
    serializer::{FlatSerializer, JsonRow, Serializer, serialize_row},
    session::DbSessions,
    state::{Actions, Core, ModelOptions, ModelState},
};
