//! rdj and a real Django on one database. `scripts/test` makes the virtual environment with Django, starts
//! a PostgreSQL server and sets `RDJ_TEST_DJANGO` and `RDJ_TEST_POSTGRES`.

use rdj::Result;
use rdj_tests::django::{Site, scenario};

macro_rules! on_both {
    ($($area:ident: $($scenario:ident),*;)*) => {$(
        mod $area {
            use super::*;
            mod sqlite {
                use super::*;
                $(
                    #[tokio::test]
                    async fn $scenario() -> Result {
                        let name = concat!(stringify!($area), "_", stringify!($scenario));
                        scenario::$area::$scenario(Site::sqlite(name).await?).await
                    }
                )*
            }
            mod postgres {
                use super::*;
                $(
                    #[tokio::test]
                    async fn $scenario() -> Result {
                        let name = concat!(stringify!($area), "_", stringify!($scenario));
                        scenario::$area::$scenario(Site::postgres(name).await?).await
                    }
                )*
            }
        }
    )*};
}

on_both! {
    sign_in: by_form, by_socket, special_users, hashes_settle;
    tables: of_django, of_rdj, alike;
    closing: permission, group, deactivation, password, deletion;
    tokens: of_either_side;
    times: of_rows, of_users;
}
