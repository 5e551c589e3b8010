//! Conditions on columns of related rows.

use std::fmt;

use sea_orm::{
    EntityName, EntityTrait, Identity, RelationDef,
    sea_query::{Condition, DynIden, Expr, ExprTrait, IntoIden, IntoTableRef, Query, TableRef},
};

use super::{Link, Relation};
use crate::{
    field::{Field, Searchable},
    live::table_name,
    model::CrudModel,
};

/// From a column to rows of another table, or of the same.
struct Hop {
    from: DynIden,
    table: TableRef,
    to: DynIden,
}

/// One relation of a path.
#[derive(Clone, Copy)]
pub struct Step {
    name: &'static str,
    table: fn() -> &'static str,
    hops: fn() -> Vec<Hop>,
}

impl Step {
    /// The step along a relation.
    #[must_use]
    pub const fn of<R: Relation<From: CrudModel, To: CrudModel>>(_: R) -> Self {
        Self {
            name: R::NAME,
            table: table_name::<R::To>,
            hops: hops::<R>,
        }
    }
}

fn hops<R: Relation<From: CrudModel, To: CrudModel>>() -> Vec<Hop> {
    match R::LINK {
        Link::Columns(from, to) => {
            let (Some(from), Some(to)) = (R::From::column(from), R::To::column(to)) else {
                return Vec::new();
            };
            vec![Hop {
                from: from.into_iden(),
                table: R::To::default().table_ref().into_table_ref(),
                to: to.into_iden(),
            }]
        }
        Link::Related(to, via) => {
            let hops = match via() {
                None => vec![hop(to())],
                // `via` leads to the table in between, `to` from there on
                Some(via) => vec![hop(via), hop(to())],
            };
            hops.into_iter().collect::<Option<_>>().unwrap_or_default()
        }
    }
}

fn hop(relation: RelationDef) -> Option<Hop> {
    match (relation.from_col, relation.to_col) {
        (Identity::Unary(from), Identity::Unary(to)) => Some(Hop {
            from,
            table: relation.to_tbl,
            to,
        }),
        _ => None,
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A text column that the search looks into, of the model itself or of a related one.
pub struct SearchField {
    /// The relations that lead to it; none for a column of the model.
    pub path: &'static [Step],
    /// The column.
    pub column: SearchColumn,
}

/// The column at the end of a path.
#[derive(Clone, Copy)]
pub struct SearchColumn {
    table: fn() -> DynIden,
    column: fn() -> DynIden,
    name: &'static str,
}

impl SearchColumn {
    /// The column of the field `F`.
    #[must_use]
    pub const fn of<F: Field<Value: Searchable>>(_: F) -> Self {
        Self {
            table: || <F::Entity as Default>::default().into_iden(),
            column: || F::COLUMN.into_iden(),
            name: F::META.name,
        }
    }
}

impl SearchField {
    /// The path as it is declared: `album.artist.name`.
    #[must_use]
    pub fn path(&self) -> String {
        let steps = self.path.iter().map(|step| step.name);
        let names: Vec<_> = steps.chain([self.column.name]).collect();
        names.join(".")
    }

    /// The tables of the related rows on the path.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &'static str> {
        self.path.iter().map(|step| (step.table)())
    }

    /// The condition `holds` on the column, for rows of `E`.
    ///
    /// Rows are compared with lists of keys, so that tables that stand twice in a path need no other
    /// names, and the database looks once into each table.
    pub(crate) fn condition<E: EntityTrait>(&self, holds: &dyn Fn(Expr) -> Condition) -> Condition {
        let hops: Vec<Hop> = self.path.iter().flat_map(|step| (step.hops)()).collect();
        if hops.is_empty() {
            return holds(Expr::col(((self.column.table)(), (self.column.column)())));
        }
        self.inside(E::default().into_iden(), &hops, holds)
    }

    fn inside(&self, table: DynIden, hops: &[Hop], holds: &dyn Fn(Expr) -> Condition) -> Condition {
        let Some((hop, rest)) = hops.split_first() else {
            return holds(Expr::col((table, (self.column.column)())));
        };
        let other = hop.table.sea_orm_table().clone();
        let rows = Query::select()
            .expr(Expr::col((other.clone(), hop.to.clone())))
            .from(hop.table.clone())
            .cond_where(self.inside(other, rest, holds))
            .take();
        Condition::all().add(Expr::col((table, hop.from.clone())).in_subquery(rows))
    }
}

impl fmt::Debug for SearchField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SearchField({:?}, {})", self.path, self.column.name)
    }
}

impl fmt::Debug for SearchColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
