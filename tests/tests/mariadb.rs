//! Model states on MariaDB. `scripts/test` starts a server and sets `RDJ_TEST_MARIADB`.

use std::env;

use rdj::{
    Error, Result,
    orm::{Db, connect, connect_with, sea_orm::ConnectOptions, sea_orm::ConnectionTrait},
};
use rdj_tests::{orm::create_tables, scenario};

/// The address of the server; without one the tests fail, so that they are not left out unnoticed.
fn url() -> Result<String> {
    env::var("RDJ_TEST_MARIADB").map_err(|_| {
        Error::internal(
            "RDJ_TEST_MARIADB is not set. Run `scripts/test`, which starts a MariaDB server and sets it, \
             or set it to an address such as mysql://root@127.0.0.1:3306 whose user can make databases",
        )
    })
}

/// A database of its own with all tables.
async fn database(name: &str) -> Result<Db> {
    let url = url()?;
    let admin = connect(&url).await?;
    admin
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
        .await?;
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await?;
    let mut options = ConnectOptions::new(format!("{}/{name}", url.trim_end_matches('/')));
    options.max_connections(2);
    let db = connect_with(options).await?;
    create_tables(&db).await?;
    Ok(db)
}

macro_rules! on_mariadb {
    ($($area:ident: $($scenario:ident),*;)*) => {$(
        mod $area {
            use super::*;
            $(
                #[tokio::test]
                async fn $scenario() -> Result {
                    let name = concat!("rdj_", stringify!($area), "_", stringify!($scenario));
                    scenario::$area::$scenario(&database(name).await?).await
                }
            )*
        }
    )*};
}

rdj_tests::scenarios!(on_mariadb);
