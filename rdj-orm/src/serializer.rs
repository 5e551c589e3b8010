//! Rows for readers that are no templates: JSON endpoints, exports, other programs.
//!
//! `#[derive(rdj::Serializer)]` on a struct says which columns of a model a row has and how they are
//! written. The struct is the row; a struct without fields stands for rows of columns that are named in
//! the attribute.
//!
//! ```ignore
//! #[derive(Clone, Debug, rdj::Serializer)]
//! #[serializer(model = note::Entity, datetime_format = "%d.%m.%Y %H:%M")]
//! pub struct NoteRow {
//!     pub id: i64,
//!     pub title: String,
//!     pub created_at: DateTimeUtc,
//!     #[serializer(compute = words)]
//!     pub words: usize,
//! }
//!
//! fn words(note: &note::Model) -> usize {
//!     note.content.split_whitespace().count()
//! }
//!
//! let row = NoteRow::one(&note);
//! let rows = NoteRow::list(note::Entity::find(), &cx.db()?).await?;
//! ```
//!
//! Decimals and UUIDs are texts, days and times follow the formats, NULL is `null`.

mod links;
mod related;
mod row;
mod stream;
mod value;

use rdj_runtime::{Error, Result};
use sea_orm::{DbErr, EntityTrait, IdenStatic as _, QueryResult, Select, TryGetable};
pub use serde;
pub use serde_json::Value as Json;

pub(crate) use self::row::json_columns;
use self::serde::Serialize;
pub use self::{
    links::{InRow, Links, json_fields_of, json_links, links},
    related::{Children, Parents, children, parents},
    row::{Columns, JsonRow, serialize_row, serialize_row_with},
    stream::stream_rows,
    value::{As, Formats, SerialValue, Shown, ViaSerde, ViaSerial},
};
use crate::{
    db::Db,
    field::{Field, FormField},
    model::CrudModel,
};

/// The model of a serializer.
pub type Source<S> = <<S as Serializer>::Entity as EntityTrait>::Model;

/// One field of a serializer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SerialField {
    /// Its name in the row.
    pub name: &'static str,
    /// Whether a form that is made from the serializer leaves it out: keys, `auto_now`,
    /// `auto_now_add`, computed and nested fields, and those of `read_only(..)`.
    pub read_only: bool,
}

impl SerialField {
    /// The field of a column, or of the keys of a many-to-many relation.
    #[must_use]
    pub fn of<F: FormField>(name: &'static str, read_only: bool) -> Self {
        Self {
            name,
            read_only: read_only || row::is_read_only(&F::META),
        }
    }

    /// A computed or nested field.
    #[must_use]
    pub fn derived(name: &'static str) -> Self {
        Self {
            name,
            read_only: true,
        }
    }
}

/// From rows of a model to rows for readers; see [the module](self).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no serializer",
    label = "not a serializer",
    note = "add `#[derive(rdj::Serializer)]` and `#[serializer(model = note::Entity)]` to it"
)]
pub trait Serializer: Sized {
    /// The model.
    type Entity: CrudModel;
    /// What a row becomes.
    type Row: Serialize + Send;
    /// How days and times are written.
    const FORMATS: Formats;

    /// The fields in order.
    fn fields() -> Vec<SerialField>;

    /// Makes rows of models; nested rows and keys of many-to-many relations are loaded with one query for
    /// each relation.
    ///
    /// # Errors
    ///
    /// The database fails.
    fn load(
        db: &Db,
        models: &[Source<Self>],
    ) -> impl Future<Output = Result<Vec<Self::Row>>> + Send;

    /// Makes rows of a query's results, in its order. Only the columns that the rows need are read.
    ///
    /// # Errors
    ///
    /// The database fails.
    #[must_use]
    fn list(
        query: Select<Self::Entity>,
        db: &Db,
    ) -> impl Future<Output = Result<Vec<Self::Row>>> + Send {
        async move {
            let models = query.all(db).await?;
            Self::load(db, &models).await
        }
    }

    /// The fields that are never set by a form: see [`SerialField::read_only`].
    #[must_use]
    fn read_only_fields() -> Vec<&'static str> {
        let fields = Self::fields().into_iter();
        let read_only = fields.filter(|field| field.read_only);
        read_only.map(|field| field.name).collect()
    }

    /// The other fields, in the order of their declaration.
    #[must_use]
    fn writable_fields() -> Vec<&'static str> {
        let fields = Self::fields().into_iter();
        let writable = fields.filter(|field| !field.read_only);
        writable.map(|field| field.name).collect()
    }
}

/// A serializer that needs nothing but the model's row: one without nested rows and without keys of
/// many-to-many relations.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no serializer that needs the model's row alone",
    label = "not made of one row",
    note = "rows with nested rows or with the keys of a many-to-many relation are made by `load` and `list`"
)]
pub trait FlatSerializer: Serializer {
    /// A row of one model.
    fn one(model: &Source<Self>) -> Self::Row;

    /// Rows of many models, in their order.
    #[must_use]
    fn many<'a>(models: impl IntoIterator<Item = &'a Source<Self>>) -> Vec<Self::Row>
    where
        Source<Self>: 'a,
    {
        models.into_iter().map(Self::one).collect()
    }

    /// Rows of a query as they come from the database: memory is needed for one at a time.
    ///
    /// The stream has a connection of the pool for as long as it is open.
    ///
    /// # Errors
    ///
    /// The database fails, or this is the inside of a transaction.
    #[must_use]
    fn stream(
        query: Select<Self::Entity>,
        db: &Db,
    ) -> impl Future<
        Output = Result<impl futures_util::Stream<Item = Result<Self::Row>> + Send + use<Self>>,
    > + Send {
        use futures_util::StreamExt as _;
        async move {
            let models = stream_rows(query, db).await?;
            Ok(models.map(|model| model.map(|model| Self::one(&model))))
        }
    }
}

/// Reads a column of a result: what generated code does for each field.
///
/// # Errors
///
/// The value is not of the column's type.
pub fn column<F: Field<Value: TryGetable>>(row: &QueryResult) -> Result<F::Value, DbErr> {
    row.try_get("", F::COLUMN.as_str())
}

/// Reads only the columns of a serializer: what generated code does for [`Serializer::list`].
///
/// # Errors
///
/// The database fails.
pub async fn select<S: Serializer<Row = S>>(
    query: Select<S::Entity>,
    columns: &[<S::Entity as EntityTrait>::Column],
    read: fn(&QueryResult) -> Result<S, DbErr>,
    db: &Db,
) -> Result<Vec<S>> {
    use sea_orm::{ConnectionTrait as _, QuerySelect as _, QueryTrait as _};
    let query = columns
        .iter()
        .fold(query.select_only(), |query, column| query.column(*column));
    let statement = query.build(db.get_database_backend());
    let rows = db.query_all_raw(statement).await?;
    let rows: Result<Vec<S>, DbErr> = rows.iter().map(read).collect();
    Ok(rows?)
}

/// The row of a serializer without fields of its own: what generated code calls.
#[must_use]
pub fn json_row<S: Serializer<Row = JsonRow>>(model: &Source<S>, columns: Columns<'_>) -> JsonRow {
    row::of::<S::Entity>(model, columns, S::FORMATS)
}

/// The fields of a serializer without fields of its own.
#[must_use]
pub fn json_fields<S: Serializer<Row = JsonRow>>(
    columns: Columns<'_>,
    read_only: &[&str],
) -> Vec<SerialField> {
    row::fields_of::<S::Entity>(columns, read_only)
}

/// Rows as JSON without these fields, chosen at run time: `exclude(&rows, &["content"])`.
///
/// # Errors
///
/// A value has no form in JSON, such as a map whose keys are no texts.
pub fn exclude(rows: &impl Serialize, names: &[&str]) -> Result<Json> {
    let mut value = serde_json::to_value(rows).map_err(Error::from)?;
    let drop = |row: &mut Json| {
        if let Json::Object(fields) = row {
            fields.retain(|name, _| !names.contains(&name.as_str()));
        }
    };
    match &mut value {
        Json::Array(rows) => rows.iter_mut().for_each(drop),
        row => drop(row),
    }
    Ok(value)
}
