//! The declared filters of a list.

use rdj_runtime::{Cx, Result, dispatch::BoxFuture};
use sea_orm::{ColumnTrait, DbBackend, QueryFilter, Select, sea_query::Condition};

use super::{choices::ask, search::contains};
use crate::{
    field::Ask,
    model::CrudModel,
    state::{Core, Facts as _, FilterDef, FilterKind, ModelState, nothing},
};

/// Rows that pass all filters that are set and understood.
pub(crate) fn filter<E: CrudModel>(
    backend: DbBackend,
    filters: &[FilterDef<E>],
    core: &Core<E>,
    query: Select<E>,
) -> Select<E> {
    let set = filters.iter().filter_map(|def| {
        let text = core.filter_text(def.name);
        condition(backend, def, text)
    });
    set.fold(query, QueryFilter::filter)
}

fn condition<E: CrudModel>(
    backend: DbBackend,
    def: &FilterDef<E>,
    text: &str,
) -> Option<Condition> {
    if text.is_empty() {
        return None;
    }
    let value = (def.parse)(text).ok()?;
    let column = def.column;
    let passes = match def.kind {
        FilterKind::Exact => column.eq(value),
        FilterKind::Min => column.gte(value),
        FilterKind::Max => column.lte(value),
        FilterKind::Null if text == "true" => column.is_null(),
        FilterKind::Null => column.is_not_null(),
        FilterKind::Text => {
            let place = sea_orm::sea_query::Expr::col((E::default(), column));
            return Some(contains(Condition::any(), backend, &place, text));
        }
    };
    Some(Condition::all().add(passes))
}

/// Loads the rows that filters by foreign keys offer, one query each.
pub(crate) fn load_filter_choices<'a, S: ModelState>(
    state: &'a mut S,
    cx: &'a Cx,
) -> BoxFuture<'a, Result> {
    if S::FILTERS_RELATED {
        Box::pin(load_choices(state, cx))
    } else {
        nothing()
    }
}

async fn load_choices<S: ModelState>(state: &mut S, cx: &Cx) -> Result {
    for def in S::SPEC.lists.filters {
        if def.kind == FilterKind::Exact && def.meta.relation.is_some() {
            let choices = ask(state, cx, &def.meta, Ask::Filter).await?;
            let all = &mut state.core_mut().listing.filter_choices;
            all.insert(def.name, choices);
        }
    }
    Ok(())
}
