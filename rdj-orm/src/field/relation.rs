//! Columns that refer to another model: `album_id` with `album: BelongsTo<super::album::Entity>`.

use std::{fmt, marker::PhantomData};

use rdj_runtime::{Result, component::Choice, dispatch::BoxFuture};
use sea_orm::{
    DbErr, QueryFilter, QueryOrder, QueryResult, QuerySelect, Value,
    sea_query::{DynIden, Expr, ExprTrait, SelectStatement},
};

use crate::{
    db::Db,
    live::table_name,
    model::CrudModel,
    relation::{join, read},
};

/// The most rows that are offered as choices.
pub const MAX_CHOICES: u64 = 1_000;

/// Loads rows of the related model: those with the given values, or all up to [`MAX_CHOICES`].
type Load = for<'a> fn(&'a Db, Option<Vec<Value>>) -> BoxFuture<'a, Result<Vec<Choice>>>;

/// Adds the related rows to a query under a name.
type Join = fn(&mut SelectStatement, (DynIden, DynIden), &str);

/// The label of the related row of that name.
type LabelOf = fn(&QueryResult, &str) -> Result<Option<String>, DbErr>;

/// What a foreign key column refers to.
#[derive(Clone, Copy)]
pub struct RelationMeta {
    /// The name of the related model: `album`.
    pub model: &'static str,
    /// What the user reads for the related model: `Album`.
    pub label: &'static str,
    table: fn() -> &'static str,
    load: Load,
    join: Join,
    label_of: LabelOf,
}

impl RelationMeta {
    const fn of<F: HasRelation<Entity: CrudModel>>() -> Self {
        Self {
            model: <F::Entity as CrudModel>::NAME,
            label: <F::Entity as CrudModel>::LABEL,
            table: table_name::<F::Entity>,
            load: |db, values| Box::pin(choices_of::<F::Entity>(db, F::TO, values)),
            join: |query, from, name| {
                if let Some(to) = F::Entity::column(F::TO) {
                    join::<F::Entity>(query, Expr::col(from), to, name);
                }
            },
            label_of: |found, name| {
                let row = read::<F::Entity>(found, name)?;
                Ok(row.map(|row| F::Entity::label(&row)))
            },
        }
    }

    /// The table of the related model.
    #[must_use]
    pub fn table(&self) -> &'static str {
        (self.table)()
    }

    /// The choices of a form, ordered by label; at most [`MAX_CHOICES`].
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn choices(&self, db: &Db) -> Result<Vec<Choice>> {
        (self.load)(db, None).await
    }

    /// The choice with this value, if the row exists.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub(crate) async fn choice(&self, db: &Db, value: Value) -> Result<Vec<Choice>> {
        (self.load)(db, Some(vec![value])).await
    }

    /// Adds the related rows to a query of rows with the column `from`.
    pub(crate) fn join(&self, query: &mut SelectStatement, from: (DynIden, DynIden), name: &str) {
        (self.join)(query, from, name);
    }

    /// The label of the row that [`RelationMeta::join`] found.
    pub(crate) fn label_of(
        &self,
        found: &QueryResult,
        name: &str,
    ) -> Result<Option<String>, DbErr> {
        (self.label_of)(found, name)
    }
}

impl fmt::Debug for RelationMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RelationMeta({})", self.model)
    }
}

/// Loads rows of `E` as choices; `to` is the column that the foreign key holds.
async fn choices_of<E: CrudModel>(
    db: &Db,
    to: &str,
    values: Option<Vec<Value>>,
) -> Result<Vec<Choice>> {
    let mut query = E::find();
    query = match (values, E::column(to)) {
        (Some(values), Some(column)) => {
            query.filter(Expr::col((E::default(), column)).is_in(values))
        }
        _ => query.order_by_asc(E::label_column()).limit(MAX_CHOICES),
    };
    let rows = query.all(db).await?;
    let choices = rows.iter().filter_map(|row| {
        Some(Choice {
            value: E::text(row, to)?,
            label: E::label(row),
        })
    });
    Ok(choices.collect())
}

/// A foreign key field; implemented from the relation fields of SeaORM's dense format.
pub trait HasRelation: 'static {
    /// The related entity.
    type Entity;
    /// The column of it that the field holds.
    const TO: &'static str;
}

/// Finds the relation of a field: `RelationProbe::<F>::RELATION`; none where the related entity is no
/// rdj model.
#[derive(Debug)]
pub struct RelationProbe<F>(PhantomData<F>);

impl<F: HasRelation<Entity: CrudModel>> RelationProbe<F> {
    /// What the field refers to.
    pub const RELATION: Option<RelationMeta> = Some(RelationMeta::of::<F>());
}

/// Answers for fields that refer to nothing.
pub trait NoRelation {
    /// Nothing.
    const RELATION: Option<RelationMeta> = None;
}

impl<F> NoRelation for RelationProbe<F> {}
