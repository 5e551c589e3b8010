//! The order of a list.

use sea_orm::{IdenStatic, Iterable, Order as Direction, PrimaryKeyToColumn, QueryOrder, Select};

use crate::{model::CrudModel, state::Spec};

/// The columns of an order, each with whether its largest values come first.
pub(crate) type Columns<E> = Vec<(<E as sea_orm::EntityTrait>::Column, bool)>;

/// Splits `-created_at` into the name and whether the largest comes first.
pub(crate) fn parse(ordering: &str) -> (&str, bool) {
    ordering
        .strip_prefix('-')
        .map_or((ordering, false), |name| (name, true))
}

/// The fields of `-created_at,title` in order.
pub(crate) fn parse_all(ordering: &str) -> Vec<(&str, bool)> {
    let parts = ordering.split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(parse).collect()
}

/// Whether a client may order so: by `ordering_fields` alone, each at most once.
pub(crate) fn is_allowed<E: CrudModel>(spec: &Spec<E>, ordering: &str) -> bool {
    let mut known = Vec::with_capacity(spec.ordering_fields.len());
    for order in spec.ordering_fields {
        known.push(order.name);
    }
    is_among(&known, ordering)
}

fn is_among(known: &[&str], ordering: &str) -> bool {
    let names: Vec<&str> = parse_all(ordering)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let known = |name: &&str| known.contains(name);
    let once = |(place, name): (usize, &&str)| !names[..place].contains(name);
    (ordering.is_empty() || !names.is_empty())
        && names.iter().all(known)
        && names.iter().enumerate().all(once)
}

fn direction(descending: bool) -> Direction {
    if descending {
        Direction::Desc
    } else {
        Direction::Asc
    }
}

/// What the user chose, else what is declared, else the newest first; the primary key at the end makes
/// the order total.
pub(crate) fn columns<E: CrudModel>(spec: &Spec<E>, chosen: &str) -> Columns<E> {
    let mut columns = Vec::new();
    for (name, descending) in parse_all(chosen) {
        let mut fields = spec.ordering_fields.iter();
        if let Some(order) = fields.find(|order| order.name == name) {
            columns.push((order.column, descending));
        }
    }
    if columns.is_empty() {
        for order in spec.declared_order() {
            columns.push((order.column, order.descending));
        }
    }
    if columns.is_empty()
        && let Some(column) = E::column("created_at")
    {
        columns.push((column, true));
    }
    let last = columns.first().is_none_or(|(_, descending)| *descending);
    for key in E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column) {
        if columns.iter().all(|(c, _)| c.as_str() != key.as_str()) {
            columns.push((key, last));
        }
    }
    columns
}

/// The columns of the primary key.
pub(crate) fn key_columns<E: CrudModel>() -> Columns<E> {
    let keys = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    keys.map(|key| (key, false)).collect()
}

/// Orders by [`columns`].
pub(crate) fn order<E: CrudModel>(spec: &Spec<E>, chosen: &str, query: Select<E>) -> Select<E> {
    by(columns(spec, chosen), query)
}

/// Orders by these columns.
pub(crate) fn by<E: CrudModel>(columns: Columns<E>, query: Select<E>) -> Select<E> {
    columns
        .into_iter()
        .fold(query, |query, (column, descending)| {
            query.order_by(column, direction(descending))
        })
}
