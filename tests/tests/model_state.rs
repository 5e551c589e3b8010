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

on_sqlite! {
    notes: life, owners, failures, refusals;
    rights: bypass, permissions, buttons;
    cascade: p12_the_right_for_all_that_goes_along, p12_superusers_and_strangers, p12_circles;
    lists: searching, paging, addresses;
    keys: text, uuid, composite;
    forms: values, blanks, drafts, changed_columns;
    relations: unique, labels, references;
}
