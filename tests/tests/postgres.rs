//! Model states on PostgreSQL. `scripts/test` starts a server and sets `RDJ_TEST_POSTGRES`.

use std::env;

use rdj::{
    Error, Result,
    orm::{Db, connect, connect_with, sea_orm::ConnectOptions, sea_orm::ConnectionTrait},
};
use rdj_tests::{orm::create_tables, scenario};

/// The address of the server; without one the tests fail, so that they are not left out unnoticed.
fn url() -> Result<String> {
    env::var("RDJ_TEST_POSTGRES").map_err(|_| {
        Error::internal(
            "RDJ_TEST_POSTGRES is not set. Run `scripts/test`, which starts a PostgreSQL server and \
             sets it, or set it to an address such as postgres://postgres@127.0.0.1:5432/postgres",
        )
    })
}

/// A schema of its own with all tables.
async fn database(schema: &str) -> Result<Db> {
    let url = url()?;
    let admin = connect(&url).await?;
    let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    admin.execute_unprepared(&sql).await?;
    let mut options = ConnectOptions::new(url);
    options.set_schema_search_path(schema).max_connections(2);
    let db = connect_with(options).await?;
    create_tables(&db).await?;
    Ok(db)
}

macro_rules! on_postgres {
    ($($area:ident: $($scenario:ident),*;)*) => {$(
        mod $area {
            use super::*;
            $(
                #[tokio::test]
                async fn $scenario() -> Result {
                    let schema = concat!("rdj_", stringify!($area), "_", stringify!($scenario));
                    scenario::$area::$scenario(&database(schema).await?).await
                }
            )*
        }
    )*};
}

on_postgres! {
    notes: life, owners, failures, refusals;
    rights: bypass, permissions, buttons;
    cascade: p12_the_right_for_all_that_goes_along, p12_superusers_and_strangers, p12_circles;
    lists: searching, paging, addresses;
    keys: text, uuid, composite;
    forms: values, blanks, drafts, changed_columns;
    relations: unique, labels, references;
}
