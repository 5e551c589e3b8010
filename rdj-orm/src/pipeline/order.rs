//! The order of a list.

use sea_orm::{IdenStatic, Iterable, Order as Direction, PrimaryKeyToColumn, QueryOrder, Select};

use crate::{
    model::CrudModel,
    state::{Order, Spec},
};

/// Splits `-created_at` into the name and whether the largest comes first.
pub(crate) fn parse(ordering: &str) -> (&str, bool) {
    ordering
        .strip_prefix('-')
        .map_or((ordering, false), |name| (name, true))
}

fn direction(descending: bool) -> Direction {
    if descending {
        Direction::Desc
    } else {
        Direction::Asc
    }
}

/// Orders by what the user chose, else as declared, else the newest first; the primary key makes the
/// order total.
pub(crate) fn order<E: CrudModel>(spec: &Spec<E>, chosen: &str, query: Select<E>) -> Select<E> {
    let (name, descending) = parse(chosen);
    let chosen = spec.ordering_fields.iter().find(|order| order.name == name);
    let declared = spec.declared_order();
    let columns: Vec<(E::Column, bool)> = match chosen {
        Some(Order { column, .. }) => vec![(*column, descending)],
        None if declared.is_empty() => E::column("created_at")
            .map(|c| (c, true))
            .into_iter()
            .collect(),
        None => declared
            .iter()
            .map(|order| (order.column, order.descending))
            .collect(),
    };
    let last = columns.first().is_none_or(|(_, descending)| *descending);
    let named = |key: &E::Column| columns.iter().any(|(c, _)| c.as_str() == key.as_str());
    let keys = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    let rest: Vec<_> = keys
        .filter(|key| !named(key))
        .map(|key| (key, last))
        .collect();
    columns
        .into_iter()
        .chain(rest)
        .fold(query, |query, (column, descending)| {
            query.order_by(column, direction(descending))
        })
}
