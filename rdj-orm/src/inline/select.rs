//! Finding the children of a parent.

use rdj_runtime::{Cx, Error, Result};
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, Iterable, ModelTrait, PaginatorTrait,
    PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Value,
    sea_query::{Expr, ExprTrait},
};

use super::ModelOf;
use crate::{
    db::CxDb,
    hooks::{Action, Query},
    model::{CrudModel, has_key},
    pipeline::{authorize, scope},
    state::{Key, ModelState},
};

/// A one-to-many relation: `#[sea_orm(has_many)] lines: HasMany<super::line::Entity>`.
///
/// `#[derive(rdj::Model)]` implements it for a type with the name of the field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no one-to-many relation",
    label = "not a `has_many` of the model",
    note = "`inlines(..)` needs a field of the model such as \
            `#[sea_orm(has_many)] pub lines: HasMany<super::line::Entity>`"
)]
pub trait Children: 'static {
    /// The entity that has the children.
    type Parent: CrudModel;
    /// The entity of the children.
    type Child;
    /// The name of the field.
    const NAME: &'static str;
}

/// A model with one column that refers to `P`; `#[derive(rdj::Model)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no single column that refers to `{P}`",
    note = "give the child one relation of one column, such as \
            `#[sea_orm(belongs_to, from = \"invoice_id\", to = \"id\")]`"
)]
pub trait ChildOf<P>: EntityTrait {
    /// The name of the column.
    const NAME: &'static str;
    /// The column.
    const COLUMN: Self::Column;
    /// The field of `P` that it holds.
    const TO: &'static str;
}

/// What ties children to their parent: the column, and the parent's value in it.
pub(super) struct Tie<C: ModelState> {
    pub(super) column: <C::Entity as EntityTrait>::Column,
    pub(super) value: Value,
}

impl<C: ModelState> Tie<C> {
    pub(super) fn to<P: CrudModel>(parent: &P::Model) -> Result<Self>
    where
        C::Entity: ChildOf<P>,
    {
        let to = <C::Entity as ChildOf<P>>::TO;
        let missing = || Error::Setup(format!("`{}` has no column `{to}`", P::NAME));
        let column = P::column(to).ok_or_else(missing)?;
        Ok(Self {
            column: <C::Entity as ChildOf<P>>::COLUMN,
            value: parent.get(column),
        })
    }

    fn condition(&self) -> Condition {
        let column = Expr::col((<C::Entity as Default>::default(), self.column));
        Condition::all().add(column.eq(Expr::val(self.value.clone())))
    }

    /// The children that exist for the user.
    async fn all(&self, blank: &C, cx: &Cx) -> Result<Query<C>> {
        Ok(scope(blank, cx).await?.filter(self.condition()))
    }

    /// The children in the declared order, else in that of their keys; at most so many and one more.
    pub(super) async fn shown(&self, blank: &C, cx: &Cx, most: usize) -> Result<Vec<ModelOf<C>>> {
        let query = self.all(blank, cx).await?;
        let query = if C::SPEC.declared_order().is_empty() {
            let keys = <C::Entity as EntityTrait>::PrimaryKey::iter();
            let keys = keys.map(PrimaryKeyToColumn::into_column);
            keys.fold(query, |query, key| query.order_by_asc(key))
        } else {
            (C::hooks().get_ordering)(blank, cx, query)
        };
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        Ok(query.limit(most.saturating_add(1)).all(&cx.db()?).await?)
    }

    /// How many children there are.
    pub(super) async fn count(&self, blank: &C, cx: &Cx) -> Result<u64> {
        Ok(self.all(blank, cx).await?.count(&cx.db()?).await?)
    }

    /// Those of the rows with these keys that are children of this parent, locked until the commit; as
    /// [`find`](crate::pipeline::find) does it for one.
    pub(super) async fn locked(
        &self,
        blank: &C,
        cx: &Cx,
        keys: &[Key<C>],
    ) -> Result<Vec<ModelOf<C>>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let db = cx.db()?;
        let backend = db.get_database_backend();
        let keys = keys.iter().map(has_key::<C::Entity>);
        let named = keys.fold(Condition::any(), Condition::add);
        let named = self.condition().add(named);
        if backend == DbBackend::Postgres {
            let rows = C::Entity::find().filter(named.clone());
            let rows = rows.select_only().expr(Expr::val(1)).lock_exclusive();
            db.query_all_raw(rows.build(backend)).await?;
        }
        let mut query = scope(blank, cx).await?.filter(named);
        if backend == DbBackend::MySql {
            query = query.lock_exclusive();
        }
        Ok(query.all(&db).await?)
    }
}

/// Asks whether the user may do something with children: the guard of their state, then what every
/// action asks.
pub(super) async fn may<C: ModelState>(blank: &C, cx: &Cx, action: Action) -> Result {
    C::GUARD.check(cx.user().as_ref())?;
    authorize(blank, cx, action).await
}

/// As [`may`], where a refusal is an answer.
pub(super) async fn is_allowed<C: ModelState>(blank: &C, cx: &Cx, action: Action) -> Result<bool> {
    match may(blank, cx, action).await {
        Ok(()) => Ok(true),
        Err(error) if error.is_internal() => Err(error),
        Err(_) => Ok(false),
    }
}
