//! Rows of related models inside of a row: one query for each relation, whatever the number of rows.

use std::collections::BTreeMap;

use rdj_runtime::Result;
use sea_orm::{
    EntityTrait, Iterable as _, ModelTrait as _, QueryFilter as _, Value,
    sea_query::{Expr, ExprTrait as _},
};

use super::Serializer;
use crate::{
    db::Db,
    field::{Field, HasRelation},
    model::CrudModel,
};

/// A row of the model that has the field `F`.
type Model<F> = <<F as Field>::Entity as EntityTrait>::Model;

/// More values than this are not put into one statement: databases have a limit.
const MAX_VALUES: usize = 1_000;

/// The rows that a foreign key refers to.
#[derive(Debug)]
pub struct Parents<R>(BTreeMap<String, R>);

/// Loads the rows that the foreign key `F` of `models` refers to, each once.
///
/// # Errors
///
/// The database fails.
pub async fn parents<F, S>(db: &Db, models: &[Model<F>]) -> Result<Parents<S::Row>>
where
    F: Field + HasRelation<Entity = S::Entity>,
    S: Serializer,
{
    let texts = models.iter().map(|model| (F::FORM.text)(F::get(model)));
    let values = models.iter().map(|model| model.get(F::COLUMN));
    let found = load::<S>(db, <F as HasRelation>::TO, texts.zip(values).collect()).await?;
    Ok(Parents(found.into_iter().collect()))
}

impl<R: Clone> Parents<R> {
    /// The row that a model refers to.
    #[must_use]
    pub fn get<F: Field>(&self, model: &Model<F>) -> Option<R> {
        self.0.get(&(F::FORM.text)(F::get(model))).cloned()
    }

    /// The row that a model refers to, where a foreign key says that there is one.
    ///
    /// # Errors
    ///
    /// It was deleted between the two queries.
    pub fn one<F: Field>(&self, model: &Model<F>) -> Result<R> {
        self.get::<F>(model).ok_or(rdj_runtime::Error::NotFound)
    }
}

/// The rows that refer to each of some rows.
#[derive(Debug)]
pub struct Children<R>(BTreeMap<String, Vec<R>>);

/// Loads the rows whose foreign key `F` refers to `models`, in the order of their keys.
///
/// # Errors
///
/// The database fails.
pub async fn children<F, S, P>(db: &Db, models: &[P::Model]) -> Result<Children<S::Row>>
where
    F: Field<Entity = S::Entity> + HasRelation<Entity = P>,
    S: Serializer,
    P: CrudModel,
{
    let to = <F as HasRelation>::TO;
    let mut all = BTreeMap::<String, Vec<_>>::new();
    let Some(column) = P::column(to) else {
        return Ok(Children(all));
    };
    let values: Vec<Value> = models.iter().map(|model| model.get(column)).collect();
    for values in values.chunks(MAX_VALUES) {
        let own = Expr::col((S::Entity::default(), F::COLUMN));
        let query = S::Entity::find().filter(own.is_in(values.to_vec()));
        let found = by_key::<S::Entity>(query).all(db).await?;
        let texts: Vec<_> = found
            .iter()
            .map(|row| (F::FORM.text)(F::get(row)))
            .collect();
        for (text, row) in texts.into_iter().zip(S::load(db, &found).await?) {
            all.entry(text).or_default().push(row);
        }
    }
    Ok(Children(all))
}

impl<R> Children<R> {
    /// The rows that refer to a model.
    #[must_use]
    pub fn take<F: HasRelation<Entity = P>, P: CrudModel>(&mut self, model: &P::Model) -> Vec<R> {
        let text = P::text(model, F::TO).unwrap_or_default();
        self.0.remove(&text).unwrap_or_default()
    }
}

/// Rows by the text of their column `to`.
async fn load<S: Serializer>(
    db: &Db,
    to: &str,
    values: BTreeMap<String, Value>,
) -> Result<Vec<(String, S::Row)>> {
    let values: Vec<Value> = values
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(_, value)| value)
        .collect();
    let mut all = Vec::new();
    let Some(column) = S::Entity::column(to) else {
        return Ok(all);
    };
    for values in values.chunks(MAX_VALUES) {
        let own = Expr::col((S::Entity::default(), column));
        let query = S::Entity::find().filter(own.is_in(values.to_vec()));
        let found = query.all(db).await?;
        let text = |row| S::Entity::text(row, to).unwrap_or_default();
        let texts: Vec<_> = found.iter().map(text).collect();
        all.extend(texts.into_iter().zip(S::load(db, &found).await?));
    }
    Ok(all)
}

fn by_key<E: CrudModel>(query: sea_orm::Select<E>) -> sea_orm::Select<E> {
    let keys = E::PrimaryKey::iter().map(sea_orm::PrimaryKeyToColumn::into_column);
    keys.fold(query, sea_orm::QueryOrder::order_by_asc)
}
