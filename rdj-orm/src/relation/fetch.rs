//! `select_related`: related rows in the query of the list.

use std::fmt;

use rdj_runtime::Result;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult,
    sea_query::{
        Alias, DynIden, Expr, ExprTrait, IntoIden, IntoTableRef, JoinType, SelectStatement,
    },
};

use super::{Link, ToOne};
use crate::{live::table_name, model::CrudModel};

/// What [`Fetch`] does with rows of `E`, whatever they refer to.
pub trait Fetched<E: EntityTrait>: fmt::Debug + Send + Sync {
    /// Adds the related table and its columns to a query, and those that it leads to.
    fn join(&self, query: &mut SelectStatement, table: &DynIden, name: &str);

    /// Reads the related row of a row.
    ///
    /// # Errors
    ///
    /// A value is not of its column's type.
    fn read(&self, found: &QueryResult, name: &str, row: &mut E::ModelEx) -> Result<(), DbErr>;

    /// A row with places for its relations.
    fn whole(&self, row: E::Model) -> E::ModelEx;

    /// Names the tables of the related rows.
    fn tables(&self, into: &mut Vec<&'static str>);
}

/// A relation to one row that is loaded with each row of a list.
pub struct Fetch<R: ToOne> {
    /// The relation.
    pub relation: R,
    /// What is loaded with the related row.
    pub with: &'static [FetchOne<R::To>],
}

/// A [`Fetch`] among others.
pub type FetchOne<E> = &'static dyn Fetched<E>;

impl<R> Fetched<R::From> for Fetch<R>
where
    R: ToOne<From: CrudModel, To: CrudModel>,
{
    fn join(&self, query: &mut SelectStatement, table: &DynIden, name: &str) {
        let Link::Columns(from, to) = R::LINK else {
            return;
        };
        let (Some(from), Some(to)) = (R::From::column(from), R::To::column(to)) else {
            return;
        };
        let from = Expr::col((table.clone(), from));
        join::<R::To>(query, from, to, name);
        let alias = Alias::new(name).into_iden();
        for (place, fetch) in self.with.iter().enumerate() {
            fetch.join(query, &alias, &format!("{name}_{place}"));
        }
    }

    fn read(
        &self,
        found: &QueryResult,
        name: &str,
        row: &mut <R::From as EntityTrait>::ModelEx,
    ) -> Result<(), DbErr> {
        let related = read::<R::To>(found, name)?;
        let related = related.map(|related| {
            let mut related = R::related(related);
            for (place, fetch) in self.with.iter().enumerate() {
                fetch.read(found, &format!("{name}_{place}"), &mut related)?;
            }
            Ok::<_, DbErr>(related)
        });
        R::put(row, related.transpose()?);
        Ok(())
    }

    fn whole(&self, row: <R::From as EntityTrait>::Model) -> <R::From as EntityTrait>::ModelEx {
        R::whole(row)
    }

    fn tables(&self, into: &mut Vec<&'static str>) {
        into.push(table_name::<R::To>());
        for fetch in self.with {
            fetch.tables(into);
        }
    }
}

/// Joins the rows of `E` whose column `to` is `from`, and selects their columns as `<name>_<column>`.
fn join<E: EntityTrait>(query: &mut SelectStatement, from: Expr, to: E::Column, name: &str) {
    let alias = Alias::new(name).into_iden();
    let on = from.equals((alias.clone(), to));
    let table = E::default()
        .table_ref()
        .into_table_ref()
        .alias(alias.clone());
    query.join(JoinType::LeftJoin, table, on);
    for column in E::Column::iter() {
        let value = column.select_as(Expr::col((alias.clone(), column)));
        query.expr_as(value, format!("{name}_{}", column.as_str()));
    }
}

/// The row that [`join`] found; none where there is none.
fn read<E: EntityTrait>(found: &QueryResult, name: &str) -> Result<Option<E::Model>, DbErr> {
    E::Model::from_query_result_optional(found, &format!("{name}_"))
}

impl<R: ToOne> fmt::Debug for Fetch<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fetch({})", R::NAME)
    }
}
