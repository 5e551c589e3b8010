//! Fields that refer to another model: `album_id` with `album: BelongsTo<super::album::Entity>`, and
//! many-to-many relations.

use std::{fmt, marker::PhantomData};

use rdj_runtime::{Result, component::Choice, dispatch::BoxFuture};
use sea_orm::{
    ColumnTrait, ColumnType, ConnectionTrait, DbBackend, Iterable, PrimaryKeyToColumn, QueryFilter,
    QueryOrder, QuerySelect, Select, Value,
    sea_query::{Condition, Expr, ExprTrait},
};

use crate::{db::Db, live::table_name, model::CrudModel, pipeline::contains};

/// The most rows that are offered in a select; with more the field is a search.
pub const MAX_CHOICES: u64 = 100;

/// The most rows that a filter offers.
const MAX_FILTERS: u64 = 1_000;

/// The most rows that a search offers.
pub const MAX_FOUND: u64 = 20;

/// More words than this are not searched for.
const MAX_WORDS: usize = 10;

/// Which rows of the related model are asked for.
#[derive(Clone, Debug, Default)]
pub enum Ask {
    /// The first [`MAX_CHOICES`] and one more, by label.
    #[default]
    All,
    /// The first [`MAX_FOUND`] whose label has all words of a text, and one more.
    Search(String),
    /// The first thousand by label: a filter is a select.
    Filter,
    /// Those with these values.
    Values(Vec<Value>),
}

type Load = for<'a> fn(&'a Db, &'a Ask) -> BoxFuture<'a, Result<Vec<Choice>>>;

/// What a field refers to.
#[derive(Clone, Copy)]
pub struct RelationMeta {
    /// The name of the related model: `album`.
    pub model: &'static str,
    /// What the user reads for the related model: `Album`.
    pub label: &'static str,
    /// The label of the related model with its application: `shop.album`.
    pub target: fn() -> String,
    table: fn() -> &'static str,
    load: Load,
}

impl RelationMeta {
    const fn of<F: HasRelation<Entity: CrudModel>>() -> Self {
        Self {
            model: <F::Entity as CrudModel>::NAME,
            label: <F::Entity as CrudModel>::LABEL,
            target: target::<F::Entity>,
            table: table_name::<F::Entity>,
            load: |db, ask| {
                let query = <F::Entity as sea_orm::EntityTrait>::find();
                Box::pin(choices_of::<F::Entity>(db, query, F::TO, ask))
            },
        }
    }

    /// The other side of a many-to-many relation.
    pub(super) const fn many<R: CrudModel>() -> Self {
        Self {
            model: R::NAME,
            label: R::LABEL,
            target: target::<R>,
            table: table_name::<R>,
            load: |db, ask| Box::pin(choices_of::<R>(db, R::find(), key_name::<R>(), ask)),
        }
    }

    /// The table of the related model.
    #[must_use]
    pub fn table(&self) -> &'static str {
        (self.table)()
    }

    /// The rows asked for as choices, ordered by label.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn choices(&self, db: &Db, ask: &Ask) -> Result<Vec<Choice>> {
        (self.load)(db, ask).await
    }
}

impl fmt::Debug for RelationMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RelationMeta({})", self.model)
    }
}

fn target<E: CrudModel>() -> String {
    format!("{}.{}", E::DEF.app_label, E::DEF.model())
}

/// The name of the key in Rust.
#[must_use]
pub fn key_name<E: CrudModel>() -> &'static str {
    let key = E::FIELDS.iter().find(|field| field.primary_key);
    key.map_or("id", |field| field.name)
}

/// Loads rows of a query as choices; `to` is the field whose value the choice sends.
pub(crate) async fn choices_of<E: CrudModel>(
    db: &Db,
    query: Select<E>,
    to: &str,
    ask: &Ask,
) -> Result<Vec<Choice>> {
    let column = E::column(to).or_else(|| {
        let mut keys = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
        keys.next()
    });
    let query = query.order_by_asc(E::label_column());
    let query = match (ask, column) {
        (Ask::Values(values), _) if values.is_empty() => return Ok(Vec::new()),
        (Ask::Values(values), Some(column)) => {
            query.filter(Expr::col((E::default(), column)).is_in(values.iter().cloned()))
        }
        (Ask::Search(text), Some(_)) => search(db, query, text).limit(MAX_FOUND + 1),
        (Ask::Filter, _) => query.limit(MAX_FILTERS),
        _ => query.limit(MAX_CHOICES + 1),
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

/// Rows whose label has all the words.
fn search<E: CrudModel>(db: &Db, query: Select<E>, text: &str) -> Select<E> {
    let backend = db.get_database_backend();
    let label = E::label_column();
    let column = Expr::col((E::default(), label));
    let column = match label.def().get_column_type() {
        ColumnType::String(_) | ColumnType::Text | ColumnType::Char(_) => column,
        _ if backend == DbBackend::MySql => column.cast_as("char"),
        _ => column.cast_as("text"),
    };
    let words = text.split_whitespace().take(MAX_WORDS);
    let all = words.fold(Condition::all(), |all, word| {
        all.add(contains(Condition::any(), backend, &column, word))
    });
    query.filter(all)
}

/// A foreign key field; implemented from the relation fields of SeaORM's dense format.
#[diagnostic::on_unimplemented(
    message = "`{Self}` refers to no other row",
    label = "not the column of a relation",
    note = "name a column that a relation of the model has as its `from`, such as \
            `#[sea_orm(belongs_to, from = \"album_id\", to = \"id\")]`"
)]
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

/// Fields that refer to rows of `E`, for `picker(..)`; implemented by generated code for each model, so
/// that another one is not a type that differs but a trait that is missing, which has a text of its own.
#[diagnostic::on_unimplemented(
    message = "`picker` needs a state over the model that the field refers to, and `{Self}` does not \
               refer to `{E}`",
    label = "does not refer to the model of that state"
)]
pub trait RefersTo<E> {
    /// The column of `E` that the field holds.
    fn to() -> &'static str;
}
