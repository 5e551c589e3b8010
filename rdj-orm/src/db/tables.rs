//! Tables for a first start.

mod mysql;

use rdj_runtime::{Error, Result};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Iterable, RelationTrait, Schema,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sea_query::{
        IndexCreateStatement, TableCreateStatement, TableRef,
        extension::postgres::TypeCreateStatement,
    },
};

use super::Db;

/// What processes that start at one time wait for on PostgreSQL; any number that is always the same.
const LOCK: i64 = 0x7264_6a00;

/// Makes the tables of models that do not exist yet, for development and for a first start.
///
/// It only ever adds whole tables and their indexes: an existing table is left as it is, so columns
/// that a model gained later are the business of a migration.
///
/// On MySQL and MariaDB columns get types that keep what the other databases keep: `datetime(6)` for
/// times, so that microseconds stay, `decimal(28, 10)` for a `Decimal` without a declared precision,
/// `longtext` and `longblob`. A `String` without a length is a `varchar(255)` there. On PostgreSQL the types
/// of native enums are made too.
///
/// ```ignore
/// Tables::new().add(user::Entity).add(note::Entity).create(&db).await?;
/// ```
#[derive(Debug, Default)]
pub struct Tables(Vec<Table>);

#[derive(Debug)]
struct Table {
    name: String,
    schema: Option<String>,
    needs: Vec<String>,
    create: fn(&Schema) -> Create,
}

/// What makes one table.
struct Create {
    types: Vec<TypeCreateStatement>,
    table: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
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
        let create = |schema: &Schema| Create {
            types: schema.create_enum_from_entity(E::default()),
            table: schema
                .create_table_from_entity(E::default())
                .if_not_exists()
                .take(),
            indexes: schema.create_index_from_entity(E::default()),
        };
        self.0.push(Table {
            name: name_of(&entity.table_ref()),
            schema: entity.schema_name().map(ToOwned::to_owned),
            needs,
            create,
        });
        self
    }

    /// Makes what is missing, all of it or nothing.
    ///
    /// # Errors
    ///
    /// The database fails, or tables refer to each other in a circle.
    pub async fn create(self, db: &Db) -> Result {
        let Some(pool) = db.pool() else {
            return self.create_in(db).await;
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let transaction = pool.begin_with_options(options).await?;
        self.create_in(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn create_in(mut self, db: &impl ConnectionTrait) -> Result {
        let backend = db.get_database_backend();
        if backend == DbBackend::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({LOCK})");
            db.execute_unprepared(&lock).await?;
        }
        let schema = Schema::new(backend);
        while !self.0.is_empty() {
            let names: Vec<String> = self.0.iter().map(|table| table.name.clone()).collect();
            let free = |table: &Table| {
                !table
                    .needs
                    .iter()
                    .any(|need| *need != table.name && names.contains(need))
            };
            let next = self.0.iter().position(free).ok_or_else(|| circle(&names))?;
            let table = self.0.swap_remove(next);
            // whoever made an existing table chose its indexes too, and other names for them
            if table.exists(db).await? {
                continue;
            }
            let mut create = (table.create)(&schema);
            for new in create.types {
                make_type(db, &new).await?;
            }
            if backend == DbBackend::MySql {
                create.table = mysql::suited(&create.table);
            }
            db.execute(&create.table).await?;
            for mut index in create.indexes {
                db.execute(index.if_not_exists()).await?;
            }
        }
        Ok(())
    }
}

impl Table {
    /// Whether it is there, in the schema where it would be made.
    async fn exists(&self, db: &impl ConnectionTrait) -> Result<bool> {
        let backend = db.get_database_backend();
        let name = self.name.as_str().into();
        let found = if backend == DbBackend::Sqlite {
            let sql = "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') \
                       AND name = $1 COLLATE NOCASE";
            Statement::from_sql_and_values(backend, sql, [name])
        } else if backend == DbBackend::MySql {
            let sql = "SELECT 1 FROM information_schema.tables WHERE table_name = ? \
                       AND table_schema = COALESCE(?, DATABASE())";
            Statement::from_sql_and_values(backend, sql, [name, self.schema.clone().into()])
        } else {
            let sql = "SELECT 1 FROM information_schema.tables WHERE table_name = $1 \
                       AND table_schema = COALESCE($2, CURRENT_SCHEMA())";
            Statement::from_sql_and_values(backend, sql, [name, self.schema.clone().into()])
        };
        Ok(db.query_one_raw(found).await?.is_some())
    }
}

/// Makes a native enum of PostgreSQL, which several tables can share.
async fn make_type(db: &impl ConnectionTrait, new: &TypeCreateStatement) -> Result {
    let sql = db.get_database_backend().build(new).to_string();
    // PostgreSQL has no `CREATE TYPE IF NOT EXISTS`
    let make =
        format!("DO $rdj$ BEGIN {sql}; EXCEPTION WHEN duplicate_object THEN NULL; END $rdj$");
    db.execute_unprepared(&make).await?;
    Ok(())
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
