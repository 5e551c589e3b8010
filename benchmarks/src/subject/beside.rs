//! A page of rdj and the same by hand.

use std::path::Path;

use serde_json::json;

use super::list::{EDIT, NEXT, PREVIOUS, SAVE, id};
use crate::{
    Result,
    app::Kind,
    child::Server,
    fail,
    load::{Cost, Event, Load, Step},
    report::Row,
};

pub(super) const METHOD: &str = "\
The steps of \"List, edit, save\" on 10 connections, and the same program written by hand with axum, SeaORM \
and askama behind the same sessions, sign-in and tracing: it counts and reads the page's rows, renders the \
whole page and sends it over HTTP on connections that are kept open. rdj sends what differs over its \
sockets, in its own layout with form, search and pages. Rounds of both alternate with nothing else between.";

const CONNECTIONS: usize = 10;
const ROUNDS: u64 = 60;

const PLAIN_NEXT: Step = |_, _| Event::new("page", json!([2]));
const PLAIN_PREVIOUS: Step = |_, _| Event::new("page", json!([1]));
const PLAIN_EDIT: Step = |connection, round| Event::new("edit", json!([id(connection, round)]));
const PLAIN_SAVE: Step = |connection, round| {
    let event = SAVE(connection, round);
    Event::post("save", json!([id(connection, round)]), event.form)
};

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let server = Server::start(Kind::Full, db).await?;
    let mut load = Load::page(&server, "/notes", CONNECTIONS).await?;
    let ours = steps(&load.cycle(&[NEXT, PREVIOUS, EDIT, SAVE], ROUNDS).await?)?;
    drop((load, server));
    let server = Server::start(Kind::Plain, db).await?;
    let mut load = Load::plain(&server, CONNECTIONS).await?;
    let plain = [PLAIN_NEXT, PLAIN_PREVIOUS, PLAIN_EDIT, PLAIN_SAVE];
    let theirs = steps(&load.cycle(&plain, ROUNDS).await?)?;
    let mut rows = Vec::new();
    for ((name, ours), (_, theirs)) in ours.into_iter().zip(theirs) {
        rows.push(Row::new(format!("{name}: rdj"), ours.cpu, "us"));
        rows.push(Row::new(format!("{name}: by hand"), theirs.cpu, "us"));
        rows.push(Row::new(
            format!("{name}: ratio"),
            ours.cpu / theirs.cpu,
            "x",
        ));
        rows.push(Row::new(
            format!("{name}: bytes down, rdj"),
            ours.bytes,
            "B",
        ));
        let bytes = Row::new(format!("{name}: bytes down, by hand"), theirs.bytes, "B");
        rows.push(bytes);
    }
    Ok(rows)
}

/// The costs of list, edit and save.
fn steps(costs: &[Cost]) -> Result<[(&'static str, Cost); 3]> {
    let [next, previous, edit, save] = *costs else {
        return Err(fail("four steps"));
    };
    let list = Cost {
        cpu: f64::midpoint(next.cpu, previous.cpu),
        bytes: f64::midpoint(next.bytes, previous.bytes),
        plain: f64::midpoint(next.plain, previous.plain),
    };
    Ok([
        ("list", list),
        ("start_edit", edit),
        ("save and list", save),
    ])
}
