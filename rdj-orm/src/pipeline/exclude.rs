//! Columns that the list does not load.

use sea_orm::{IdenStatic, Iterable, QuerySelect, Select, sea_query::Expr};

use crate::{model::CrudModel, state::Spec};

/// The query with NULL in place of the columns of `exclude_from_row`.
pub(crate) fn exclude<E: CrudModel>(spec: &Spec<E>, query: Select<E>) -> Select<E> {
    if spec.exclude_from_row.is_empty() {
        return query;
    }
    let is_excluded = |column: &E::Column| {
        let mut excluded = spec.exclude_from_row.iter();
        excluded.any(|other| other.as_str() == column.as_str())
    };
    let kept = E::Column::iter().filter(|column| !is_excluded(column));
    let query = query.select_only().columns(kept);
    spec.exclude_from_row.iter().fold(query, |query, column| {
        query.expr_as(Expr::cust("NULL"), column.as_str())
    })
}
