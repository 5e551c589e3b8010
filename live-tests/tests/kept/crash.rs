//! The process is killed while fifty clients save.

use std::time::Duration;

use rdj_tests::free_port;
use tokio::time::sleep;

use super::{
    clients::{Clients, MANY},
    processes::{Database, Process},
};

/// Every acknowledged save is there exactly once, every other one at most once, and reported.
async fn killed(name: &str, pauses: &[u64], shares: bool) {
    let database = Database::sqlite(name);
    let port = free_port();
    let mut server = Process::start(&database, port, shares).await;
    let clients = Clients::start(&format!("127.0.0.1:{port}")).await;
    for pause in pauses {
        clients.save(MANY).await;
        server.kill();
        sleep(Duration::from_secs(*pause)).await;
        server = Process::start(&database, port, shares).await;
    }
    clients.return_times(50).await;
    clients.save(MANY).await;
    let outcome = clients.check(&database).await;
    assert!(outcome.returns >= 50, "{outcome:?}");
    assert!(outcome.acknowledged > 200, "{outcome:?}");
    assert!(outcome.reported > 0, "some were under way: {outcome:?}");
    assert!(outcome.fresh > 0, "pages begin anew: {outcome:?}");
    drop(server);
}

#[tokio::test]
async fn saves_outlive_a_crash_and_a_start_at_once() {
    killed("crash0", &[0, 0], false).await;
}

#[tokio::test]
async fn saves_outlive_a_crash_and_a_start_at_once_with_a_shared_store() {
    killed("crash-shared", &[0, 1], true).await;
}

#[tokio::test]
async fn saves_outlive_a_crash_of_one_second() {
    killed("crash1", &[1], false).await;
}

#[tokio::test]
async fn saves_outlive_a_crash_of_five_seconds() {
    killed("crash5", &[5], true).await;
}

#[tokio::test]
async fn saves_outlive_a_crash_of_ten_seconds() {
    killed("crash10", &[10], false).await;
}

#[tokio::test]
async fn saves_outlive_a_crash_of_twenty_seconds() {
    killed("crash20", &[20], true).await;
}

/// A process that is told to stop puts its pages away: with a store in the database the next one goes
/// on with them, and nothing is lost.
#[tokio::test]
async fn a_restart_loses_nothing() {
    let database = Database::sqlite("restart");
    let port = free_port();
    let mut server = Process::start(&database, port, true).await;
    let clients = Clients::start(&format!("127.0.0.1:{port}")).await;
    for pause in [0, 1, 5] {
        clients.save(MANY).await;
        server.terminate();
        server.ended().await;
        sleep(Duration::from_secs(pause)).await;
        server = Process::start(&database, port, true).await;
    }
    clients.return_times(50).await;
    clients.save(MANY).await;
    let outcome = clients.check(&database).await;
    assert_eq!(outcome.reported, 0, "{outcome:?}");
    assert_eq!(outcome.fresh, 0, "all pages go on: {outcome:?}");
    assert!(outcome.returns >= 50, "{outcome:?}");
    drop(server);
}
