//! Tables for a first start.

use rdj_runtime::{Error, Result};
use sea_orm::{
    ConnectionTrait, EntityTrait, Iterable, RelationTrait, Schema,
    sea_query::{IndexCreateStatement, TableCreateStatement, TableRef},
};

use super::Db;

/// Makes the tables of models that do not exist yet, for development and for a first start.
///
/// It only ever adds whole tables and their indexes: an existing table is left as it is, so columns
/// that a model gained later are the business of a migration.
///
/// ```ignore
/// Tables::new().add(user::Entity).add(note::Entity).create(&db).await?;
/// ```
#[derive(Debug, Default)]
pub struct Tables(Vec<Table>);

#[derive(Debug)]
struct Table {
    name: String,
    needs: Vec<String>,
    create: fn(&Schema) -> (TableCreateStatement, Vec<IndexCreateStatement>),
}

impl Tables {
    /// No tables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the table of an entity; the order does not matter.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "tables are no numbers")]
    pub fn add<E: EntityTrait>(mut self, entity: E) -> Self {
        let relations = E::Relation::iter().map(|relation| relation.def());
        let needs = relations
            .filter(|relation| !relation.is_owner && !relation.skip_fk)
            .map(|relation| name_of(&relation.to_tbl));
        let needs = needs.collect();
        let create = |schema: &Schema| {
            let table = schema
                .create_table_from_entity(E::default())
                .if_not_exists()
                .take();
            (table, schema.create_index_from_entity(E::default()))
        };
        self.0.push(Table {
            name: name_of(&entity.table_ref()),
            needs,
            create,
        });
        self
    }

    /// Makes what is missing.
    ///
    /// # Errors
    ///
    /// The database fails, or tables refer to each other in a circle.
    pub async fn create(mut self, db: &Db) -> Result {
        let schema = Schema::new(db.get_database_backend());
        while !self.0.is_empty() {
            let names: Vec<String> = self.0.iter().map(|table| table.name.clone()).collect();
            let free = |table: &Table| {
                !table
                    .needs
                    .iter()
                    .any(|need| *need != table.name && names.contains(need))
            };
            let next = self.0.iter().position(free).ok_or_else(|| circle(&names))?;
            let (table, indexes) = (self.0.swap_remove(next).create)(&schema);
            db.execute(&table).await?;
            for mut index in indexes {
                db.execute(index.if_not_exists()).await?;
            }
        }
        Ok(())
    }
}

fn circle(names: &[String]) -> Error {
    Error::Setup(format!(
        "the tables {} refer to each other in a circle",
        names.join(", ")
    ))
}

fn name_of(table: &TableRef) -> String {
    table.sea_orm_table().to_string()
}
