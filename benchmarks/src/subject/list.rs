//! Events of a page over a database, and of a large page.

use std::path::Path;

use serde_json::json;

use crate::{
    Result,
    app::{Kind, ROWS},
    child::Server,
    fail,
    load::{Cost, Event, Load, Step},
    report::Row,
};

pub(super) const METHOD: &str = "\
`model_state` over 1,000 notes in a SQLite file, 20 a page, with form, search and two buttons a row, \
through the same layers. All connections take a step at the same time (page 2, page 1, `start_edit`, \
`save` of the changed note with the list loaded again); the server's CPU, its database threads \
included, and the bytes down are those of the step. The last rows: one of 1,000 keyed rows of a page \
changes one cell. LiveView: 10 connections for the first figure, 1 for the second.";

pub(super) const NEXT: Step = |_, _| Event::new("notes.next_page", json!([]));
pub(super) const PREVIOUS: Step = |_, _| Event::new("notes.prev_page", json!([]));
pub(super) const EDIT: Step =
    |connection, round| Event::new("notes.start_edit", json!([id(connection, round)]));
pub(super) const SAVE: Step = |connection, round| {
    let title = format!("Note {} about the matter, {round}", id(connection, round));
    let content = "What there is to say about it now.".to_owned();
    Event::submit("notes.save", vec![("title", title), ("content", content)])
};
const COUNT: Step = |connection, _| Event::new("grid.count", json!([connection * 7 % 1000 + 1]));

/// One of the rows on the first page.
pub(super) fn id(connection: u64, round: u64) -> u64 {
    ROWS.unsigned_abs() - (connection + round) % 20
}

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (connections, rounds) in [(1, 300), (10, 60), (100, 15)] {
        let server = Server::start(Kind::Full, db).await?;
        let mut load = Load::page(&server, "/notes", connections).await?;
        let costs = load.cycle(&[NEXT, PREVIOUS, EDIT, SAVE], rounds).await?;
        let [next, previous, edit, save] = costs[..] else {
            return Err(fail("four steps"));
        };
        let list = Cost {
            cpu: f64::midpoint(next.cpu, previous.cpu),
            bytes: f64::midpoint(next.bytes, previous.bytes),
            plain: f64::midpoint(next.plain, previous.plain),
        };
        let of = |what: &str| format!("{what}, connections: {connections}");
        rows.push(cpu(
            of("list"),
            list,
            150.0,
            "LiveView 434 to 666, reflex-django 8,000",
        ));
        rows.push(cpu(of("start_edit"), edit, 100.0, "LiveView 174 to 457"));
        rows.push(cpu(
            of("save and list"),
            save,
            250.0,
            "LiveView 502 to 854, reflex-django 8,000",
        ));
        if connections == 1 {
            let bytes = |what: &str, cost: Cost| Row::new(what, cost.bytes, "B");
            rows.push(
                bytes("bytes down: list", list).reference("LiveView 4,568, reflex-django 4,400"),
            );
            rows.push(
                bytes("bytes down: start_edit", edit)
                    .goal(250.0)
                    .reference("LiveView 920"),
            );
            rows.push(
                bytes("bytes down: save", save)
                    .goal(150.0)
                    .reference("LiveView 703 to 1,073"),
            );
        }
    }
    let server = Server::start(Kind::Full, db).await?;
    let mut load = Load::page(&server, "/grid", 1).await?;
    let cell = load.cycle(&[COUNT], 200).await?;
    let cell = cell.first().copied().unwrap_or_default();
    rows.push(Row::new("one cell of 1,000 rows", cell.cpu, "us").reference("LiveView 1,050"));
    let bytes = Row::new("bytes down: one cell of 1,000 rows", cell.bytes, "B").goal(40.0);
    rows.push(bytes.reference("LiveView 130"));
    Ok(rows)
}

fn cpu(what: String, cost: Cost, goal: f64, reference: &'static str) -> Row {
    Row::new(what, cost.cpu, "us")
        .goal(goal)
        .reference(reference)
}
