//! Stores give out once, whatever database is behind them.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::{env, sync::Arc, time::Duration};

use rdj::{
    Result,
    orm::{Db, DbPages, connect, sea_orm::ConnectionTrait as _},
    page_store::{MemoryPages, PageStore, RedisPages},
};
use tokio::time::sleep;

use super::processes::Database;

const MINUTE: Duration = Duration::from_mins(1);

/// What every store does.
async fn keeps_its_word(store: impl PageStore) -> Result {
    let store = Arc::new(store);
    let name = |number: u32| format!("{number:064}");
    assert_eq!(store.take(&name(0)).await?, None);
    // larger than the largest page
    let large = (0..150 * 1024_u32)
        .map(|byte| byte.to_le_bytes()[0])
        .collect::<Vec<_>>();
    store.put(&name(1), large.clone(), MINUTE).await?;
    store.put(&name(2), vec![1], MINUTE).await?;
    store.put(&name(2), vec![2], MINUTE).await?;
    assert_eq!(store.take(&name(1)).await?, Some(large));
    assert_eq!(store.take(&name(1)).await?, None);
    assert_eq!(store.take(&name(2)).await?, Some(vec![2]), "the newer one");
    store
        .put(&name(3), vec![3], Duration::from_millis(1))
        .await?;
    store
        .put(&name(4), vec![4], Duration::from_millis(1))
        .await?;
    sleep(Duration::from_millis(20)).await;
    assert_eq!(store.take(&name(3)).await?, None, "too late");
    store.sweep().await?;
    assert_eq!(store.take(&name(4)).await?, None);
    gives_out_once(&store).await
}

async fn gives_out_once<S: PageStore>(store: &Arc<S>) -> Result {
    for round in 0..10_u8 {
        let name = format!("{round:0>64}");
        store.put(&name, vec![round], MINUTE).await?;
        let takers = (0..8).map(|_| {
            let (store, name) = (Arc::clone(store), name.clone());
            tokio::spawn(async move { store.take(&name).await })
        });
        let mut found = 0;
        for taker in takers.collect::<Vec<_>>() {
            found += usize::from(taker.await.expect("a task")?.is_some());
        }
        assert_eq!(found, 1, "round {round}");
    }
    Ok(())
}

async fn pages(db: Db) -> Result<DbPages> {
    let pages = DbPages::new(db);
    pages.create_table().await?;
    pages.create_table().await?;
    Ok(pages)
}

#[tokio::test]
async fn in_memory() -> Result {
    keeps_its_word(MemoryPages::default()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_sqlite() -> Result {
    let database = Database::sqlite("store");
    keeps_its_word(pages(database.connect().await).await?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_postgres() -> Result {
    let database = Database::postgres("store").await;
    keeps_its_word(pages(database.connect().await).await?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_mariadb() -> Result {
    let server = env::var("RDJ_TEST_MARIADB").expect("RDJ_TEST_MARIADB: run `scripts/test`");
    let admin = connect(&server).await?;
    admin
        .execute_unprepared("DROP DATABASE IF EXISTS rdj_kept_store")
        .await?;
    admin
        .execute_unprepared("CREATE DATABASE rdj_kept_store")
        .await?;
    let db = connect(&format!("{server}/rdj_kept_store")).await?;
    keeps_its_word(pages(db).await?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_redis() -> Result {
    let server = env::var("RDJ_TEST_REDIS").expect("RDJ_TEST_REDIS: run `scripts/test`");
    let prefix = format!("rdj:test:{}:", std::process::id());
    keeps_its_word(RedisPages::connect(&server).await?.prefix(prefix)).await
}
