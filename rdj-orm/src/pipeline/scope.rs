//! Which rows exist for this user.

use rdj_runtime::{Cx, Error, Result};
use sea_orm::{
    ActiveModelTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    db::CxDb,
    hooks::Query,
    model::has_key,
    state::{Active, Key, ModelState, Row},
};

/// All rows that exist for this user: every query starts from it.
pub(crate) async fn scope<S: ModelState>(state: &S, cx: &Cx) -> Result<Query<S>> {
    let hooks = S::hooks();
    let mut query = (hooks.get_queryset)(state, cx).await?;
    if let Some(owner) = S::SPEC.owner {
        let user = cx.require_user()?;
        if !owner.is_bypassed_by(&user) {
            let value = (owner.value)(user.id()).ok_or(Error::Denied)?;
            let column = Expr::col((<S::Entity as Default>::default(), owner.column));
            query = query.filter(column.eq(Expr::val(value)));
        }
    }
    Ok((hooks.filter_queryset)(state, cx, query))
}

/// The row with this key, if it is in the scope.
pub(crate) async fn find<S: ModelState>(state: &S, cx: &Cx, key: &Key<S>) -> Result<Row<S>> {
    let found = find_optional(state, cx, key).await?;
    found.ok_or(Error::NotFound)
}

/// [`find`] for a row that need not be there.
pub(crate) async fn find_optional<S: ModelState>(
    state: &S,
    cx: &Cx,
    key: &Key<S>,
) -> Result<Option<Row<S>>> {
    let query = scope(state, cx).await?.filter(has_key::<S::Entity>(key));
    Ok(query.one(&cx.db()?).await?)
}

/// Makes the signed-in user the owner of a new row.
pub(crate) fn own<S: ModelState>(cx: &Cx, new: &mut Active<S>) -> Result {
    let Some(owner) = S::SPEC.owner else {
        return Ok(());
    };
    let value = (owner.value)(cx.require_user()?.id()).ok_or(Error::Denied)?;
    Ok(new.try_set(owner.column, value)?)
}
