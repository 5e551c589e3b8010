//! What the module of an entity uses: `use rdj::orm::prelude::*;`.
//!
//! SeaORM's prelude with the name `sea_orm` itself, so that `#[sea_orm::model]` and the derives work
//! without a dependency on it. `Decimal` is [one of rdj](Decimal), which reads what other programs left
//! in a table of SQLite.

pub use sea_orm::{self, ActiveValue::Set, entity::prelude::*};

pub use crate::decimal::Decimal;
