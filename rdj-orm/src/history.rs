//! Who changed which column of a row, when, from what to what.
//!
//! `#[rdj(history)]` on a model records every write of its rows by model states, [`OrmApi`](crate::OrmApi),
//! imports and actions for many rows, in the table `rdj_history` ([`Entity`]) and in the transaction of the
//! write. Own code says what it writes with [`CxHistory::record_change`]. `#[model_state(.., history)]`
//! shows the entries of a row and can undo them.
//!
//! ```ignore
//! Tables::new().add(note::Entity).add(rdj::orm::history::Entity).create(&db).await?;
//! ```

mod along;
mod entity;
mod entry;
mod read;
mod record;
mod value;

#[doc(hidden)]
pub use self::along::{Along, LoadAlong, along};
pub use self::{
    entity::{ActiveModel, Column, Entity, Model},
    entry::{Change, HistoryAction, HistoryEntry},
    record::CxHistory,
};
pub(crate) use self::{
    entry::{Links, links_of},
    read::{by_id, life},
    record::{LinkChange, Write, write, write_created},
    value::typed,
};
use crate::model::CrudModel;

/// A model whose changes are recorded; `#[rdj(history)]` implements it.
#[diagnostic::on_unimplemented(
    message = "no history of `{Self}` is recorded",
    label = "there is nothing to show",
    note = "add `#[rdj(history)]` to the entity's `Model`, or take `history` out"
)]
pub trait Recorded: CrudModel {}

/// That there is something that a state with the option `history` can show.
#[doc(hidden)]
pub const fn assert_recorded<E: Recorded>() {}
