//! `prefetch_related`: rows of relations to many, in one query for all rows of a list.

use std::{collections::BTreeMap, fmt};

use rdj_runtime::{Result, dispatch::BoxFuture};
use sea_orm::{
    ColumnTrait, EntityTrait, IdenStatic, Identity, Iterable, ModelTrait, QueryFilter, QueryOrder,
    Value, sea_query::DynIden,
};

use super::{Link, Relation, ToMany};
use crate::{db::Db, model::CrudModel};

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
    R: ToMany<From: CrudModel, To: CrudModel>,
{
    fn load<'a>(
        &'a self,
        db: &'a Db,
        rows: &'a [<R::From as EntityTrait>::Model],
        into: &'a mut [<R::From as EntityTrait>::ModelEx],
    ) -> BoxFuture<'a, Result> {
        Box::pin(async move {
            let Some((from, to)) = columns::<R>() else {
                return Ok(());
            };
            let keys: BTreeMap<String, Value> = rows
                .iter()
                .map(|row| row.get(from))
                .map(|key| (format!("{key:?}"), key))
                .collect();
            let found = R::To::find()
                .filter(to.is_in(keys.into_values()))
                .order_by_asc(R::To::label_column());
            let mut by_key: BTreeMap<String, Vec<_>> = BTreeMap::new();
            for related in found.all(db).await? {
                let key = format!("{:?}", related.get(to));
                by_key.entry(key).or_default().push(R::related(related));
            }
            for (row, into) in rows.iter().zip(into) {
                let related = by_key.remove(&format!("{:?}", row.get(from)));
                R::put(into, related.unwrap_or_default());
            }
            Ok(())
        })
    }

    fn whole(&self, row: <R::From as EntityTrait>::Model) -> <R::From as EntityTrait>::ModelEx {
        R::whole(row)
    }
}

type Column<E> = <E as EntityTrait>::Column;
type Columns<R> = (Column<<R as Relation>::From>, Column<<R as Relation>::To>);

/// The columns that tie the rows: of the model, and of what refers to it.
fn columns<R: ToMany>() -> Option<Columns<R>> {
    let Link::Related(to, _) = R::LINK else {
        return None;
    };
    let relation = to();
    match (relation.from_col, relation.to_col) {
        (Identity::Unary(from), Identity::Unary(to)) => {
            Some((column::<R::From>(&from)?, column::<R::To>(&to)?))
        }
        _ => None,
    }
}

fn column<E: EntityTrait>(name: &DynIden) -> Option<E::Column> {
    let name = name.to_string();
    E::Column::iter().find(|column| column.as_str() == name)
}

impl<R: ToMany> fmt::Debug for Prefetch<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prefetch({})", R::NAME)
    }
}
