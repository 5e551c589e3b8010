//! What sign-ins cost those who do something else meanwhile.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use rdj_tests::{Browser, Socket};
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::{
    Result,
    app::{Kind, members::PASSWORD},
    child::Server,
    fail,
    report::Row,
};

pub(super) const METHOD: &str = "\
Ten sockets on the counter, each of which sends an event every 20 ms; the time from sending to the \
answer, in the client's process. Then the same while browsers sign in with name and password, 20 times \
a second, evenly: each sign-in hashes with Argon2id (19 MiB, 2 passes). Rounds without and with sign-ins \
alternate.";

const SOCKETS: usize = 10;
const EVERY: Duration = Duration::from_millis(20);
const ROUND: Duration = Duration::from_secs(4);
const ROUNDS: usize = 4;
const BETWEEN_LOGINS: Duration = Duration::from_millis(50);

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let server = Server::start(Kind::Users, db).await?;
    let browser = Browser::of(server.host());
    browser.get("/enter").await;
    let mut sockets = Vec::with_capacity(SOCKETS);
    for _ in 0..SOCKETS {
        sockets.push(Socket::open(&browser, "/counter").await);
    }
    let (mut idle, mut busy, mut logins) = (Vec::new(), Vec::new(), Vec::new());
    events(&mut sockets).await?;
    for _ in 0..ROUNDS {
        idle.extend(events(&mut sockets).await?);
        let (during, signed_in) = tokio::try_join!(events(&mut sockets), sign_ins(&server))?;
        busy.extend(during);
        logins.extend(signed_in);
    }
    let mut rows = Vec::new();
    for (part, name) in [(50, "p50"), (99, "p99")] {
        let (idle, busy) = (percentile(&mut idle, part), percentile(&mut busy, part));
        rows.push(Row::new(
            format!("{name} of an event, no sign-ins"),
            idle,
            "us",
        ));
        rows.push(Row::new(
            format!("{name} of an event, 20 sign-ins a second"),
            busy,
            "us",
        ));
        rows.push(Row::new(format!("{name}: ratio"), busy / idle, "x"));
    }
    let logins = percentile(&mut logins, 50) / 1000.0;
    rows.push(Row::new("p50 of a sign-in", logins, "ms"));
    Ok(rows)
}

/// Events of all sockets for a round: how long each took, in microseconds.
pub(super) async fn events(sockets: &mut [Socket]) -> Result<Vec<f64>> {
    let each = sockets.iter_mut().map(async |socket| {
        let mut times = Vec::new();
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let end = Instant::now() + ROUND;
        while Instant::now() < end {
            ticks.tick().await;
            let sent = Instant::now();
            socket.event("counter.increment", json!([])).await;
            times.push(sent.elapsed().as_secs_f64() * 1e6);
        }
        Ok::<_, rdj::Error>(times)
    });
    Ok(try_join_all(each).await?.concat())
}

/// Sign-ins, evenly over a round: how long each took, in microseconds.
async fn sign_ins(server: &Server) -> Result<Vec<f64>> {
    let count = u32::try_from(ROUND.as_millis() / BETWEEN_LOGINS.as_millis())?;
    let each = (0..count).map(async |at| {
        sleep(BETWEEN_LOGINS * at).await;
        let browser = Browser::of(server.host());
        let sent = Instant::now();
        let answer = browser
            .post_with("/sign-in", &[("x-password", PASSWORD)])
            .await;
        if !answer.status().is_success() {
            return Err(fail(format!("a sign-in: {}", answer.status())));
        }
        Ok(sent.elapsed().as_secs_f64() * 1e6)
    });
    try_join_all(each).await
}

/// The time that so many of a hundred do not pass.
pub(super) fn percentile(times: &mut [f64], part: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() * part / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or(0.0)
}
