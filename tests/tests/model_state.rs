//! Model states on SQLite.

use rdj::Result;
use rdj_tests::{orm::memory, scenario};

macro_rules! on_sqlite {
    ($($area:ident: $($scenario:ident),*;)*) => {$(
        mod $area {
            use super::*;
            $(
                #[tokio::test]
                async fn $scenario() -> Result {
                    scenario::$area::$scenario(&memory().await?).await
                }
            )*
        }
    )*};
}

rdj_tests::scenarios!(on_sqlite);
