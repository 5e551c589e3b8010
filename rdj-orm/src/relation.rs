//! Relations of a model as types, and paths along them: `album.artist.name`.
//!
//! `#[derive(rdj::Model)]` makes one type for each relation field of SeaORM's dense format, and
//! `#[model_state]` names them by the field's name: in `search_fields(album.artist.name)`,
//! `select_related(album.artist)` and `prefetch_related(invoice_lines)`.

mod fetch;
mod path;
mod prefetch;

use sea_orm::{EntityTrait, RelationDef};

pub use self::{
    fetch::{Fetch, FetchOne, Fetched},
    path::{SearchColumn, SearchField, Step},
    prefetch::{Prefetch, PrefetchMany},
};

/// A relation field of a model; implemented from SeaORM's dense format.
#[diagnostic::on_unimplemented(
    message = "a path leads along relations, and `{Self}` is none",
    label = "not a relation",
    note = "a relation is a field of the model such as \
            `#[sea_orm(belongs_to, from = \"album_id\", to = \"id\")] pub album: BelongsTo<super::album::Entity>`"
)]
pub trait Relation: Copy + Send + Sync + 'static {
    /// The entity that has the field.
    type From: EntityTrait;
    /// The entity it leads to.
    type To: EntityTrait;
    /// The field's name.
    const NAME: &'static str;
    /// How the rows are tied to each other.
    const LINK: Link;

    /// A row of the entity with places for its relations.
    fn whole(row: <Self::From as EntityTrait>::Model) -> <Self::From as EntityTrait>::ModelEx;

    /// A related row with places for its relations.
    fn related(row: <Self::To as EntityTrait>::Model) -> <Self::To as EntityTrait>::ModelEx;
}

/// A relation to at most one row.
#[diagnostic::on_unimplemented(
    message = "`select_related` follows relations to one row, and `{Self}` is none",
    label = "no relation to one row",
    note = "name a relation to many rows in `prefetch_related(..)`; columns are always loaded"
)]
pub trait ToOne: Relation {
    /// Puts the related row into its place.
    fn put(
        row: &mut <Self::From as EntityTrait>::ModelEx,
        related: Option<<Self::To as EntityTrait>::ModelEx>,
    );
}

/// A relation to any number of rows.
#[diagnostic::on_unimplemented(
    message = "`prefetch_related` follows relations to many rows, and `{Self}` is none",
    label = "no relation to many rows",
    note = "name a relation to one row in `select_related(..)`; columns are always loaded"
)]
pub trait ToMany: Relation {
    /// Puts the related rows into their place.
    fn put(
        row: &mut <Self::From as EntityTrait>::ModelEx,
        related: Vec<<Self::To as EntityTrait>::ModelEx>,
    );
}

/// How the rows of a relation are tied to each other.
#[derive(Clone, Copy, Debug)]
pub enum Link {
    /// A column of the row holds a value of the other: the names of both fields.
    Columns(&'static str, &'static str),
    /// As SeaORM's `Related` says, with the table in between if there is one.
    Related(fn() -> RelationDef, fn() -> Option<RelationDef>),
}

/// An entity whose columns and relations can be named: `rdj::Model` implements it.
pub trait HasNames: EntityTrait {
    /// One method for each column and relation.
    type Names: Copy;
    /// The names.
    const NAMES: Self::Names;
}

/// The columns and relations of an entity, where a path begins.
#[must_use]
pub const fn root<E: HasNames>() -> E::Names {
    E::NAMES
}

/// The columns and relations of the entity that a relation leads to, where a path goes on.
#[must_use]
pub const fn to<R: Relation<To: HasNames>>(_: R) -> <R::To as HasNames>::Names {
    <R::To as HasNames>::NAMES
}
