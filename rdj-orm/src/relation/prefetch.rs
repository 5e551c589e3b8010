//! `prefetch_related`: rows of relations to many, in one query for all rows of a list, two for many-to-many.

use std::fmt;

use rdj_runtime::{Result, dispatch::BoxFuture};
use sea_orm::{EntityTrait, LoaderTrait, QueryOrder, Related};

use super::ToMany;
use crate::{db::Db, live::table_name, model::CrudModel};

/// What [`Prefetch`] does with rows of `E`, whatever refers to them.
pub trait Prefetched<E: EntityTrait>: fmt::Debug + Send + Sync {
    /// Loads what refers to the rows.
    fn load<'a>(
        &'a self,
        db: &'a Db,
        rows: &'a [E::Model],
        into: &'a mut [E::ModelEx],
    ) -> BoxFuture<'a, Result>;

    /// A row with places for its relations.
    fn whole(&self, row: E::Model) -> E::ModelEx;

    /// Names the table of the related rows.
    fn table(&self) -> &'static str;
}

/// A relation to many rows that is loaded for all rows of a list at once.
pub struct Prefetch<R: ToMany> {
    /// The relation.
    pub relation: R,
}

/// A [`Prefetch`] among others.
pub type PrefetchMany<E> = &'static dyn Prefetched<E>;

impl<R> Prefetched<R::From> for Prefetch<R>
where
    R: ToMany<From: CrudModel + Related<R::To>, To: CrudModel>,
{
    fn load<'a>(
        &'a self,
        db: &'a Db,
        rows: &'a [<R::From as EntityTrait>::Model],
        into: &'a mut [<R::From as EntityTrait>::ModelEx],
    ) -> BoxFuture<'a, Result> {
        Box::pin(async move {
            let related = R::To::find().order_by_asc(R::To::label_column());
            let found = LoaderTrait::load_many(&rows, related, db).await?;
            for (into, related) in into.iter_mut().zip(found) {
                R::put(into, related.into_iter().map(R::related).collect());
            }
            Ok(())
        })
    }

    fn whole(&self, row: <R::From as EntityTrait>::Model) -> <R::From as EntityTrait>::ModelEx {
        R::whole(row)
    }

    fn table(&self) -> &'static str {
        table_name::<R::To>()
    }
}

impl<R: ToMany> fmt::Debug for Prefetch<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prefetch({})", R::NAME)
    }
}
