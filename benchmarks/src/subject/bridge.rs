//! What the layers cost per event.

use std::path::Path;

use super::counter::INCREMENT;
use crate::{
    Result,
    app::Kind,
    child::Server,
    load::{Load, middle},
    report::Row,
};

pub(super) const METHOD: &str = "\
The counter with different stacks of layers, 100 connections, otherwise as above. The bridge is the \
difference to the counter without layers, which itself contains the synthetic request and the router.";

const ROUNDS: usize = 9;
const TIMES: u64 = 200;
const STACKS: [(Kind, &str); 5] = [
    (Kind::Bare, "no layers"),
    (Kind::Session, "session in memory"),
    (Kind::Full, "session in memory, user, trace"),
    (
        Kind::Users,
        "session in SQLite, language, CSRF, user with permissions, trace",
    ),
    (Kind::Stored, "the same, session read for each event"),
];

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let mut loads = Vec::new();
    for (kind, _) in STACKS {
        let server = Server::start(kind, db).await?;
        let load = Load::page(&server, "/counter", 100).await?;
        loads.push((server, load, Vec::new()));
    }
    for round in 0..=ROUNDS {
        for (_, load, costs) in &mut loads {
            let cost = load.take(INCREMENT, 0..TIMES).await?;
            if round > 0 {
                costs.push(cost);
            }
        }
    }
    let costs: Vec<_> = loads.iter().map(|(.., costs)| middle(costs).cpu).collect();
    let mut rows = Vec::new();
    for ((_, name), cpu) in STACKS.iter().zip(&costs) {
        rows.push(Row::new(format!("event: {name}"), *cpu, "us"));
    }
    for ((kind, name), cpu) in STACKS.iter().zip(&costs).skip(1) {
        let row = Row::new(format!("layers: {name}"), cpu - costs[0], "us");
        rows.push(match kind {
            Kind::Full | Kind::Users => row
                .goal(20.0)
                .reference("reflex-django's bridge 2,400 to 2,900"),
            _ => row,
        });
    }
    Ok(rows)
}
