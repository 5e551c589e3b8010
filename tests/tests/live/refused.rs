//! What an open page shows when its rows may not or cannot be read again.

use std::{sync::atomic::Ordering, time::Duration};

use rdj::{orm::sea_orm::ConnectionTrait as _, prelude::*};
use rdj_tests::{
    live::{Site, insert},
    models::note,
};
use serde_json::json;

use super::{is_quiet, page, start, until};

#[tokio::test]
async fn whoever_may_not_read_any_more_loses_the_rows() {
    let site = start().await;
    insert(&site.db, 1, "oak").await;
    let mut ann = site.open(1, "/lines").await;
    site.switches.closed.store(true, Ordering::SeqCst);
    site.write(1, "elm").await;
    let frame = ann.frame().await.expect("a patch").text();
    assert!(!frame.contains("elm"), "{frame}");
    let shown = page(&mut ann).await;
    assert!(!shown.contains("oak") && !shown.contains("elm"), "{shown}");
}

#[tokio::test]
async fn a_change_goes_through_the_layers_and_guards_again() {
    let site = start().await;
    insert(&site.db, 1, "oak").await;
    let mut ann = site.open(1, "/lines").await;
    site.switches.busy.store(true, Ordering::SeqCst);
    site.write(1, "elm").await;
    is_quiet(&mut ann).await;

    let mut also_ann = {
        site.switches.busy.store(false, Ordering::SeqCst);
        site.open(1, "/lines").await
    };
    site.switches.signed_out.store(true, Ordering::SeqCst);
    site.write(1, "yew").await;
    let frame = also_ann.frame().await.expect("an effect");
    assert_eq!(frame.effects(), [json!({"t": "navigate", "to": "/lines"})]);
}

#[tokio::test]
async fn a_database_that_fails_is_told_to_nobody_and_asked_again() {
    let site = Site::start(|config| config.recheck_interval = Duration::from_millis(700)).await;
    let mut ann = site.open(1, "/lines").await;
    let db = site.db.clone();
    let rename = async |from: &str, to: &str| {
        let sql = format!("alter table {from} rename to {to}");
        db.execute_unprepared(&sql).await.expect("sql");
    };
    insert(&db, 1, "elm").await;
    rename("note", "away").await;
    site.cx().changed_many::<note::Entity>(ChangeKind::Created);
    is_quiet(&mut ann).await;
    rename("away", "note").await;
    until(&mut ann, "elm").await;
}
