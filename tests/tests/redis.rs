//! Sessions in Redis. `scripts/test` starts a server and sets `RDJ_TEST_REDIS`.

use std::{collections::HashMap, env, time::Duration};

use axum::{Router, routing::get};
use http::StatusCode;
use rdj::{
    App, Error, Result,
    session::{self, Id, Record, RedisSessions, Session, SessionStore as _, is_gone},
};
use rdj_tests::Server;
use serde_json::json;

/// A store of its own; without a server the tests fail, so that they are not left out unnoticed.
async fn store(name: &str) -> Result<RedisSessions> {
    let url = env::var("RDJ_TEST_REDIS").map_err(|_| {
        Error::internal(
            "RDJ_TEST_REDIS is not set. Run `scripts/test`, which starts a Redis server and sets it, \
             or start one with `redis-server --port 6379` (Debian: apt-get install redis-server) and \
             set it to redis://127.0.0.1:6379/0",
        )
    })?;
    let id = Id::default();
    Ok(RedisSessions::connect(&url)
        .await?
        .prefix(format!("rdj:test:{name}:{id}:")))
}

/// A record that ends after so many seconds.
fn record(seconds: u64) -> Record {
    Record {
        id: Id::default(),
        data: HashMap::from([("n".to_owned(), json!({"a": [1, null]}))]),
        expiry_date: (std::time::SystemTime::now() + Duration::from_secs(seconds)).into(),
    }
}

#[tokio::test]
async fn sessions_live_and_die() -> Result {
    let store = store("life").await?;
    let mut first = record(60);
    store.create(&mut first).await?;
    let found = store.load(&first.id).await?;
    assert_eq!(found.map(|found| found.data), Some(first.data.clone()));

    let mut second = first.clone();
    store.create(&mut second).await?;
    assert_ne!(first.id, second.id, "an id that is taken is replaced");

    first.data.insert("m".to_owned(), json!(2));
    store.save(&first).await?;
    let found = store.load(&first.id).await?;
    assert_eq!(found.map(|found| found.data), Some(first.data.clone()));

    store.delete(&first.id).await?;
    let refused = store.save(&first).await;
    assert!(
        refused.is_err_and(|error| is_gone(&error)),
        "a logout cannot be undone"
    );
    assert_eq!(store.load(&first.id).await?, None);
    Ok(())
}

#[tokio::test]
async fn m3_expired_sessions_are_gone() -> Result {
    let store = store("expired").await?;
    let mut short = record(1);
    store.create(&mut short).await?;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(store.load(&short.id).await?, None);
    assert!(store.save(&short).await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_browser_keeps_its_session_and_loses_it_with_the_logout() -> Result {
    let read = |session: Session| async move {
        let text = session.get::<String>("text").await.ok().flatten();
        text.unwrap_or_default()
    };
    let write = |session: Session| async move {
        let written = session.insert("text", "remembered").await.is_ok();
        written.to_string()
    };
    let logout = |session: Session| async move { session.flush().await.is_ok().to_string() };
    let router = Router::new()
        .route("/", get(read))
        .route("/write", get(write))
        .route("/logout", get(logout));
    let layer = session::layer(store("browser").await?).cache_for(Duration::ZERO);
    let server = Server::start(App::new().merge(router).layer(layer)).await;
    let browser = server.browser();
    assert_eq!(browser.get("/write").await.status(), StatusCode::OK);
    assert_eq!(browser.text("/").await, "remembered");
    let shown = browser.cookie("rdj_session");
    assert_eq!(browser.text("/logout").await, "true");
    assert!(shown.is_some() && browser.cookie("rdj_session").is_none());
    assert_eq!(browser.text("/").await, "");
    Ok(())
}
