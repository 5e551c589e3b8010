//! Many-to-many fields of the form: what a row is linked to, and the links that a save changes.

use std::future::ready;

use rdj_runtime::{Cx, Error, Result, dispatch::BoxFuture};

use super::{guarded::may_set, labels};
use crate::{
    db::CxDb,
    field::Linked,
    history::LinkChange,
    model::CrudModel,
    state::{Facts as _, FieldDef, Many, ModelState, Row, nothing},
};

/// Fills the many-to-many fields of the form with what the row is linked to, as far as it exists for
/// the user.
pub(crate) fn load_links<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    row: &'a Row<S>,
) -> BoxFuture<'a, Result> {
    if S::LINKS {
        Box::pin(load(state, cx, row))
    } else {
        nothing()
    }
}

async fn load<S: ModelState>(state: &mut S, cx: &Cx, row: &Row<S>) -> Result {
    for field in S::FIELDS {
        if let Some(many) = &field.many {
            let linked = all(cx, many, row).await?;
            let seen = seen(state, cx, field, linked).await?;
            (many.set)(state, &seen);
            field.settle(state);
        }
    }
    Ok(())
}

/// Links the saved row to what the form holds: only the differences are written.
///
/// What does not exist for the user stays linked. Form and links are read in the transaction of the save.
pub(crate) fn save_links<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
    row: &'a Row<S>,
) -> BoxFuture<'a, Result<Vec<LinkChange>>> {
    if S::LINKS {
        Box::pin(save(state, cx, row))
    } else {
        Box::pin(ready(Ok(Vec::new())))
    }
}

async fn save<S: ModelState>(state: &mut S, cx: &Cx, row: &Row<S>) -> Result<Vec<LinkChange>> {
    let mut changes = Vec::new();
    for field in S::FIELDS {
        let Some(many) = &field.many else { continue };
        let wanted = (many.keys)(state);
        let linked = all(cx, many, row).await?;
        let add = without(&wanted, &linked);
        let gone = linked.iter().filter(|link| !wanted.contains(link)).cloned();
        let gone = seen(state, cx, field, gone.collect()).await?;
        let remove = without(&gone, &[]);
        if !add.is_empty() || !remove.is_empty() {
            if !may_set(&field.meta, cx.user().as_ref()) {
                return Err(Error::Denied);
            }
            (many.change)(&cx.db()?, row, add, remove).await?;
            changes.push(LinkChange {
                name: field.meta.name,
                removed: texts(&gone),
                added: texts(wanted.iter().filter(|link| !is_among(link, &linked))),
            });
        }
    }
    Ok(changes)
}

/// The links that a row loses when it is deleted, for its history.
pub(crate) fn lost_links<'a, S: ModelState>(
    cx: &'a Cx,
    row: &'a Row<S>,
) -> BoxFuture<'a, Result<Vec<LinkChange>>> {
    if S::LINKS && S::Entity::HISTORY {
        Box::pin(lost::<S>(cx, row))
    } else {
        Box::pin(ready(Ok(Vec::new())))
    }
}

async fn lost<S: ModelState>(cx: &Cx, row: &Row<S>) -> Result<Vec<LinkChange>> {
    let mut lost = Vec::new();
    for field in S::FIELDS {
        let Some(many) = &field.many else { continue };
        let linked = all(cx, many, row).await?;
        if !linked.is_empty() {
            lost.push(LinkChange {
                name: field.meta.name,
                removed: texts(&linked),
                added: Vec::new(),
            });
        }
    }
    Ok(lost)
}

fn texts<'a>(links: impl IntoIterator<Item = &'a Linked>) -> Vec<String> {
    let texts = links.into_iter().map(|(text, _)| text.clone());
    texts.collect()
}

fn is_among((text, _): &Linked, others: &[Linked]) -> bool {
    others.iter().any(|(other, _)| other == text)
}

/// The values of `links` that are not among `others`.
fn without(links: &[Linked], others: &[Linked]) -> Vec<sea_orm::Value> {
    let new = links.iter().filter(|link| !is_among(link, others));
    let values = new.map(|(_, value)| value.clone());
    values.collect()
}

async fn all<S: ModelState>(cx: &Cx, many: &Many<S>, row: &Row<S>) -> Result<Vec<Linked>> {
    let mut linked = (many.linked)(&cx.db()?, std::slice::from_ref(row)).await?;
    Ok(linked.pop().unwrap_or_default())
}

/// Those of the links that exist for the user.
pub(crate) async fn seen<S: ModelState>(
    state: &mut S,
    cx: &Cx,
    field: &FieldDef<S>,
    mut linked: Vec<Linked>,
) -> Result<Vec<Linked>> {
    if !linked.is_empty() {
        let found = labels::labelled(state, cx, &field.meta, linked.clone()).await?;
        linked.retain(|(text, _)| found.iter().any(|choice| choice.value == *text));
    }
    Ok(linked)
}
