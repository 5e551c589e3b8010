//! What the controls of many forms at once offer.

use rdj_runtime::{Cx, Result};

use super::choices::{labelled, picked};
use crate::state::{FieldDef, ModelState};

/// Adds the labels of what is picked to the choices that a search found, for several forms of one kind:
/// one query for each field with a search. `blank` asks for them.
pub(crate) async fn offer_rows<S: ModelState>(
    blank: &mut S,
    mut forms: Vec<&mut S>,
    cx: &Cx,
) -> Result {
    for field in S::FIELDS {
        if field.meta.relation.is_some() {
            offer_field(blank, &mut forms, cx, field).await?;
        }
    }
    Ok(())
}

async fn offer_field<S: ModelState>(
    blank: &mut S,
    forms: &mut [&mut S],
    cx: &Cx,
    field: &FieldDef<S>,
) -> Result {
    let name = field.meta.name;
    let mut wanted = Vec::new();
    for form in forms.iter() {
        let Some(offer) = form.core().choices.get(name) else {
            continue;
        };
        if offer.search.is_none() {
            continue;
        }
        let mut missing = picked(*form, field);
        missing.retain(|(text, _)| offer.choices.iter().all(|choice| choice.value != *text));
        missing.retain(|(text, _)| wanted.iter().all(|(other, _)| other != text));
        wanted.extend(missing);
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let found = labelled(blank, cx, &field.meta, wanted).await?;
    for form in forms.iter_mut() {
        let picked = picked(*form, field);
        let Some(offer) = form.core_mut().choices.get_mut(name) else {
            continue;
        };
        let is_picked = |value: &str| picked.iter().any(|(text, _)| text == value);
        let offered = &offer.choices;
        let mine = found.iter().filter(|choice| {
            is_picked(&choice.value) && offered.iter().all(|other| other.value != choice.value)
        });
        offer.choices = mine.chain(offered.iter()).cloned().collect();
    }
    Ok(())
}
