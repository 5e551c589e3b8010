//! The least that an event can be, beside the least that a WebSocket can do.

use std::path::Path;

use serde_json::json;

use crate::{
    Result,
    app::Kind,
    child::Server,
    load::{Event, Load, Step, middle},
    report::Row,
};

pub(super) const METHOD: &str = "\
A page with a number and a button, through sessions in memory, a layer that reads the user from the \
session, and `TraceLayer`; beside it a WebSocket echo of axum. Server and client are two processes; \
the connections are closed loops: each sends an event when the last one is answered. CPU is that of \
all threads of the server, user and system. Rounds of both servers alternate; the middle one counts.";

const ROUNDS: usize = 9;
const EVENTS: u64 = 30_000;

pub(super) const INCREMENT: Step = |_, _| Event::new("counter.increment", json!([]));

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for connections in [1, 10, 100, 1000] {
        let (echo, page) = (
            Server::start(Kind::Echo, db).await?,
            Server::start(Kind::Full, db).await?,
        );
        let mut echoes = Load::echo(&echo, connections).await?;
        let mut pages = Load::page(&page, "/counter", connections).await?;
        let times = EVENTS / u64::try_from(connections)? / if connections == 1 { 5 } else { 1 };
        let (mut of_echo, mut of_page) = (Vec::new(), Vec::new());
        echoes.take(INCREMENT, 0..times).await?;
        pages.take(INCREMENT, 0..times).await?;
        for _ in 0..ROUNDS {
            of_echo.push(echoes.take(INCREMENT, 0..times).await?);
            of_page.push(pages.take(INCREMENT, 0..times).await?);
        }
        let (echo, page) = (middle(&of_echo), middle(&of_page));
        let name = |what: &str| format!("{what}, connections: {connections}");
        rows.push(Row::new(name("axum echo"), echo.cpu, "us"));
        let counter = Row::new(name("counter event"), page.cpu, "us").goal(15.0);
        rows.push(counter.reference(match connections {
            1 => "LiveView 81, reflex-django 5,000",
            10 => "LiveView 50",
            100 => "LiveView 47",
            _ => "",
        }));
        rows.push(Row::new(name("ratio"), page.cpu / echo.cpu, "x").goal(2.0));
        if connections == 1 {
            let bytes = Row::new("bytes down", page.bytes, "B").goal(48.0);
            rows.push(bytes.reference("LiveView 97, reflex-django 118"));
        }
    }
    Ok(rows)
}
