//! What one save costs those who look at the rows.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures_util::{
    TryStreamExt as _,
    future::{join_all, try_join_all},
};
use rdj_tests::{Browser, Socket};
use serde_json::json;
use tokio::time::sleep;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest as _};

use crate::{
    Result,
    app::{Kind, ROWS},
    child::Server,
    fail,
    http::Http,
    measure::median,
    report::Row,
};

pub(super) const METHOD: &str = "\
One browser saves a note of the first page; so many others look at that page. The time from sending the \
save to the last patch, in the client's process, and the server's CPU for the save and all patches. Each \
viewer's page reads its rows by itself, with the rights of its user; eight read at one time. The middle \
of some saves, far enough apart that each is shown at once. By hand: a broadcast after each save, upon which \
each socket's task reads and renders the whole list and sends it, without asking who its user is now.";

const ROUNDS: u64 = 7;
/// Longer than a page rests after it has read.
const REST: Duration = Duration::from_millis(300);

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for viewers in [1_u32, 100, 1_000] {
        let server = Server::start(Kind::Full, db).await?;
        let (times, cpus) = fan_out(&server, viewers).await?;
        let time = Row::new(
            format!("last patch, viewers: {viewers}"),
            median(&times),
            "ms",
        );
        rows.push(if viewers == 1_000 {
            time.goal(1_000.0)
        } else {
            time
        });
        let each = median(&cpus) / f64::from(viewers);
        rows.push(Row::new(
            format!("CPU a viewer, viewers: {viewers}"),
            each,
            "us",
        ));
        drop(server);
        let server = Server::start(Kind::Plain, db).await?;
        let (plain_times, plain_cpus) = by_hand(&server, viewers).await?;
        let plain = median(&plain_times);
        let of = |what: &str| format!("{what}, viewers: {viewers}");
        rows.push(Row::new(of("by hand: last list"), plain, "ms"));
        let time = median(&times) / plain;
        rows.push(Row::new(of("last patch: ratio"), time, "x"));
        let plain = median(&plain_cpus) / f64::from(viewers);
        rows.push(Row::new(of("by hand: CPU a viewer"), plain, "us"));
        rows.push(Row::new(of("CPU a viewer: ratio"), each / plain, "x"));
    }
    Ok(rows)
}

/// The milliseconds to the last patch, and the microseconds of CPU, for each save.
async fn fan_out(server: &Server, viewers: u32) -> Result<(Vec<f64>, Vec<f64>)> {
    let browser = Browser::of(server.host());
    browser.get("/enter").await;
    let mut writer = Socket::open(&browser, "/lines").await;
    let mut sockets = Vec::new();
    for _ in 0..viewers {
        sockets.push(Socket::open(&browser, "/lines").await);
    }
    let (mut times, mut cpus) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let id = ROWS.unsigned_abs() - round;
        writer.event("lines.start_edit", json!([id])).await;
        let before = server.process.cpu()?;
        let sent = Instant::now();
        let title = format!("Note {id}, changed at {sent:?}");
        let form = [("title", title.as_str()), ("content", "as before")];
        let shown = join_all(sockets.iter_mut().map(Socket::frame));
        let (reply, shown) = tokio::join!(writer.submit("lines.save", &form), shown);
        let took = sent.elapsed();
        if reply.effect("error").is_some() || shown.iter().any(Result::is_err) {
            return Err(fail("a save is not shown"));
        }
        let cpu = server.process.cpu()?.saturating_sub(before);
        // the first one fills caches
        if round > 0 {
            times.push(took.as_secs_f64() * 1e3);
            cpus.push(cpu.as_secs_f64() * 1e6);
        }
        sleep(REST + took).await;
    }
    Ok((times, cpus))
}

/// The same of the program by hand, which sends the whole list to each.
async fn by_hand(server: &Server, viewers: u32) -> Result<(Vec<f64>, Vec<f64>)> {
    let mut writer = Http::connect(server.host(), "").await?;
    writer.ask("GET", "/notes", &[]).await?;
    let mut sockets = Vec::new();
    for _ in 0..viewers {
        let mut request = format!("ws://{}/watch", server.host()).into_client_request()?;
        let cookie = writer.cookie().parse()?;
        request.headers_mut().insert("cookie", cookie);
        sockets.push(connect_async(request).await?.0);
    }
    let (mut times, mut cpus) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let path = format!("/notes/{}", ROWS.unsigned_abs() - round);
        let body = format!("title=Changed+{round}&content=as+before");
        let before = server.process.cpu()?;
        let sent = Instant::now();
        let shown = try_join_all(sockets.iter_mut().map(|socket| socket.try_next()));
        let (answer, shown) = tokio::join!(writer.ask("POST", &path, body.as_bytes()), shown);
        let took = sent.elapsed();
        answer?;
        if shown?.iter().any(Option::is_none) {
            return Err(fail("a save is not shown"));
        }
        let cpu = server.process.cpu()?.saturating_sub(before);
        if round > 0 {
            times.push(took.as_secs_f64() * 1e3);
            cpus.push(cpu.as_secs_f64() * 1e6);
        }
        sleep(REST).await;
    }
    Ok((times, cpus))
}
