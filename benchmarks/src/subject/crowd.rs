//! Many who do nothing, some who do not read, some who send without end; and others who work meanwhile.

use std::{path::Path, time::Duration};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use rdj_tests::{Browser, Socket};
use serde_json::json;
use tokio::{task::JoinHandle, time::sleep};
use tokio_tungstenite::tungstenite::Message;

use super::login::{events, percentile};
use crate::{Result, app::Kind, child::Server, report::Row};

pub(super) const METHOD: &str = "\
One server with the limits that every application has by default. 10,000 sockets are opened as a browser does \
(GET, upgrade, join) on a list of 20 rows and left alone; their cost is the server's proportional set size \
with them, less that without any, by their number. Before and after, ten other sockets send an event every \
20 ms for four seconds: the time from sending to the answer, in the client's process on the same two cores. \
Then 50 browsers ask for 100 answers of 64 KiB each and read none, and at last 20 browsers send 10,000 events \
each without waiting.";

const CROWD: usize = 10_000;
const AT_ONCE: usize = 8;
const QUIET: Duration = Duration::from_secs(5);
const WORKERS: usize = 10;
const SLOW: usize = 50;
const FLOODERS: usize = 20;
const KIB: f64 = 1024.0;

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let server = Server::start(Kind::Limited, db).await?;
    let browser = Browser::of(server.host());
    browser.get("/enter").await;
    let mut workers = open(&browser, "/counter", WORKERS).await?;
    let mut rows = Vec::new();
    events(&mut workers).await?;
    let alone = measure(&mut workers, "alone", None, &mut rows).await?;
    let empty = server.process.memory()?;

    let crowd = open(&browser, "/notes", CROWD).await?;
    sleep(QUIET).await;
    let full = server.process.memory()?;
    let sockets = f64::from(u32::try_from(crowd.len())?);
    rows.push(Row::new("idle sockets", sockets, ""));
    rows.push(
        Row::new(
            "a socket: 20 rows shown",
            (full - empty) / sockets / KIB,
            "KiB",
        )
        .goal(16.0),
    );
    rows.push(Row::new(
        "the server with all of them",
        full / KIB / KIB,
        "MiB",
    ));
    measure(&mut workers, "beside idle sockets", Some(alone), &mut rows).await?;

    let slow = open(&browser, "/noise", SLOW).await?;
    let before = server.process.memory()?;
    let slow = slow
        .into_iter()
        .map(|socket| flood(socket, "noise.change", 100));
    let slow: Vec<_> = slow.collect();
    sleep(Duration::from_secs(2)).await;
    measure(&mut workers, "beside slow readers", Some(alone), &mut rows).await?;
    let grown = server.process.memory()? - before;
    rows.push(Row::new(
        "a slow reader, blocked",
        grown / 50.0 / KIB,
        "KiB",
    ));
    drop(slow);

    floods(&server, &browser, &mut workers, alone, &mut rows).await?;
    drop(crowd);
    Ok(rows)
}

/// What others wait for while some send without end, and what becomes of these.
async fn floods(
    server: &Server,
    browser: &Browser,
    workers: &mut [Socket],
    alone: (f64, f64),
    rows: &mut Vec<Row>,
) -> Result {
    let floods = open(browser, "/counter", FLOODERS).await?;
    let before = server.process.memory()?;
    let floods = floods
        .into_iter()
        .map(|socket| flood(socket, "counter.increment", 10_000));
    let floods: Vec<_> = floods.collect();
    measure(workers, "beside floods", Some(alone), rows).await?;
    let mut closed: u32 = 0;
    for flood in floods {
        closed += u32::from(flood.await?.end().await.code == 1008);
    }
    rows.push(Row::new("floods closed, of 20", f64::from(closed), ""));
    let grown = server.process.memory()? - before;
    rows.push(Row::new("memory for all floods", grown / KIB, "KiB"));
    Ok(())
}

async fn open(browser: &Browser, path: &str, count: usize) -> Result<Vec<Socket>> {
    // pages that are opened side by side would each be given another secret
    browser.have_token();
    let each = (0..count).map(|_| async { Ok(Socket::open(browser, path).await) });
    stream::iter(each)
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
}

/// What others wait for their answers; gives the middle and the 99th of a hundred.
async fn measure(
    workers: &mut [Socket],
    when: &str,
    alone: Option<(f64, f64)>,
    rows: &mut Vec<Row>,
) -> Result<(f64, f64)> {
    let mut times = events(workers).await?;
    let found = (percentile(&mut times, 50), percentile(&mut times, 99));
    for (name, time, alone) in [
        ("p50", found.0, alone.map(|it| it.0)),
        ("p99", found.1, alone.map(|it| it.1)),
    ] {
        rows.push(Row::new(format!("{name} of an event, {when}"), time, "us"));
        if let Some(alone) = alone {
            rows.push(Row::new(
                format!("{name}, {when}: ratio"),
                time / alone,
                "x",
            ));
        }
    }
    Ok(found)
}

/// Sends events without reading an answer.
fn flood(mut socket: Socket, event: &'static str, count: u64) -> JoinHandle<Socket> {
    tokio::spawn(async move {
        for seq in 1..=count {
            let frame = json!([seq, event, []]).to_string();
            socket.send_raw(Message::text(frame)).await;
        }
        socket
    })
}
