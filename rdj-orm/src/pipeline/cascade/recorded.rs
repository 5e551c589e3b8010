//! What goes along with a row, for the histories of the models that have one.

use rdj_runtime::{Cx, Result};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, TableRef};

use super::{Gone, Ways};
use crate::{history::Along, model::ModelDef};

/// Loads the rows that `ON DELETE CASCADE` will take along with the row of a model that has this key, as
/// far as they are recorded: one query for each such model, and none where no model that can go along is
/// recorded.
pub(crate) async fn go_along(
    cx: &Cx,
    model: &'static ModelDef,
    has_key: Condition,
) -> Result<Vec<Box<dyn Along>>> {
    let mut models = inventory::iter::<ModelDef>.into_iter();
    if models.all(|model| model.along.is_none()) {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    for (model, which) in which(model, &has_key) {
        if let Some(load) = model.along {
            rows.push(load(cx, which).await?);
        }
    }
    Ok(rows)
}

/// Records those of the rows that are gone.
pub(crate) async fn went_along(cx: &Cx, rows: Vec<Box<dyn Along>>) -> Result {
    for rows in rows {
        rows.record(cx).await?;
    }
    Ok(())
}

/// The models, each with the rows of it.
fn which(model: &'static ModelDef, has_key: &Condition) -> Vec<(&'static ModelDef, Condition)> {
    let ways = Ways::all();
    let row = ways.gone((model.table)(), has_key.clone(), 0);
    let mut found = Vec::new();
    if !row.own.is_empty() {
        note(&mut found, model, row.all());
    }
    follow(&ways, &row, &[], &mut found);
    // the row itself, to which a circle leads back, is recorded by who deletes it
    for (_, rows) in found
        .iter_mut()
        .filter(|known| known.0.label() == model.label())
    {
        *rows = Condition::all()
            .add(rows.clone())
            .add(has_key.clone().not());
    }
    found
}

/// Goes from rows to those that refer to them. Tables that refer to each other in a circle are followed
/// once around.
fn follow(
    ways: &Ways,
    gone: &Gone,
    path: &[&TableRef],
    found: &mut Vec<(&'static ModelDef, Condition)>,
) {
    let path = [path, &[&gone.table]].concat();
    for (child, relation) in ways.next(gone) {
        let (table, rows) = (relation.from_tbl.clone(), gone.referring(&relation));
        let is_circle = path.contains(&&table);
        let next = ways.gone(table, rows, gone.depth + 1);
        note(found, child, next.all());
        if !is_circle {
            follow(ways, &next, &path, found);
        }
    }
}

/// Rows of a model that go by several ways are found once.
fn note(
    found: &mut Vec<(&'static ModelDef, Condition)>,
    model: &'static ModelDef,
    rows: Condition,
) {
    if model.along.is_none() {
        return;
    }
    match found
        .iter_mut()
        .find(|known| known.0.label() == model.label())
    {
        Some((_, known)) => *known = known.clone().add(rows),
        None => found.push((model, Condition::any().add(rows))),
    }
}

impl Gone {
    /// These rows, and those of the same table that go with them.
    fn all(&self) -> Condition {
        let Some(relation) = self.own.first() else {
            return self.rows.clone();
        };
        let table = self.table.sea_orm_table();
        let column = |name| Expr::col((table.clone(), name));
        let columns: Vec<Expr> = relation.to_col.iter().cloned().map(column).collect();
        Condition::all().add(Expr::tuple(columns).in_subquery(self.values(&relation.to_col)))
    }
}
