//! What changes of keyed rows cost: on the wire, on the server, in the browser, and while nothing happens.

use std::{path::Path, time::Duration};

use serde_json::{Value, json};
use tokio::process::Command;

use super::here;
use crate::{
    Result,
    app::Kind,
    child::Server,
    fail,
    load::{Cost, Event, Load, Step, middle},
    report::Row,
};

pub(super) const METHOD: &str = "\
A page of keyed rows with three columns and a button, through the layers of `Counter event`, one connection. \
`Bytes` are those of the frame as it is sent, `plain` those before frames from 1 KiB on are packed. CPU is the \
server's for one event of five in turn, the middle of all rounds; `ratio` is to an axum echo of a frame whose rounds alternate \
with it. To re-sort is to put the rows in another order in which next to none keeps its place; the next page has \
as many other rows. Script is the browser's time from the message to the end of its microtasks, `directly` the time \
of the same change by the DOM's own methods, written for it, on the same page (`browser/view.mjs`). Memory is the \
slope of the server's proportional set size over sockets that are quiet for 4 seconds, after one of which pages are \
compressed. LiveView: its keyed table of 1,000 rows and its list of 20 (with its queries).";

/// Names of the changes, and the figures of LiveView 1.2.10: table 2.4 (keyed, 1,000 rows, one
/// connection; the first row deleted, not the middle one) and table 2.1 (list of 20 rows, one connection) of its
/// measurements.
const CHANGES: [Change; 5] = [
    Change {
        name: "one changed row",
        id: "change",
        step: |_, _| Event::new("rows.change", json!([])),
        table: LiveView {
            bytes: Some(129.0),
            cpu: Some(1050.0),
            script: Some(40.0),
        },
        page: LiveView {
            bytes: None,
            cpu: None,
            script: None,
        },
    },
    Change {
        name: "insert at top",
        id: "insert",
        step: |_, _| Event::new("rows.insert", json!([])),
        table: LiveView {
            bytes: Some(10_067.0),
            cpu: Some(1460.0),
            script: Some(90.0),
        },
        page: LiveView {
            bytes: Some(510.0),
            cpu: Some(1024.0),
            script: None,
        },
    },
    Change {
        name: "delete in the middle",
        id: "delete",
        step: |_, _| Event::new("rows.delete", json!([])),
        table: LiveView {
            bytes: Some(9889.0),
            cpu: None,
            script: None,
        },
        page: LiveView {
            bytes: Some(499.0),
            cpu: None,
            script: None,
        },
    },
    Change {
        name: "re-sort",
        id: "sort",
        step: |_, _| Event::new("rows.sort", json!([])),
        table: LiveView {
            bytes: None,
            cpu: None,
            script: None,
        },
        page: LiveView {
            bytes: None,
            cpu: None,
            script: None,
        },
    },
    Change {
        name: "next page",
        id: "next",
        step: |_, _| Event::new("rows.next", json!([])),
        table: LiveView {
            bytes: None,
            cpu: None,
            script: None,
        },
        page: LiveView {
            bytes: Some(4568.0),
            cpu: Some(666.0),
            script: None,
        },
    },
];

/// An event, and what LiveView needs for the like of it.
struct Change {
    name: &'static str,
    /// Its button in the page.
    id: &'static str,
    step: Step,
    /// With 1,000 rows.
    table: LiveView,
    /// With 20 rows.
    page: LiveView,
}

/// Figures of LiveView, where there are any.
#[derive(Clone, Copy)]
struct LiveView {
    bytes: Option<f64>,
    cpu: Option<f64>,
    /// Milliseconds in the browser.
    script: Option<f64>,
}

impl Change {
    fn reference(&self, rows: usize) -> LiveView {
        match rows {
            20 => self.page,
            1000 => self.table,
            _ => LiveView {
                bytes: None,
                cpu: None,
                script: None,
            },
        }
    }
}

/// Rows of the page, rounds of the events, sockets of the two measurements of memory, and what
/// LiveView keeps for an idle page, in KiB (table 2.2).
const SIZES: [(usize, u64, usize, Option<f64>); 3] = [
    (20, 60, 500, Some(237.0)),
    (100, 40, 200, None),
    (1000, 20, 50, Some(2300.0)),
];

/// One after the other of one kind: so many rows come, and go.
const EVENTS: u64 = 5;

const QUIET: Duration = Duration::from_secs(4);

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (size, rounds, ..) in SIZES {
        rows.extend(events(db, size, rounds).await?);
    }
    for (size, _, sockets, reference) in SIZES {
        rows.push(memory(db, size, sockets, reference).await?);
    }
    let server = Server::start(Kind::Full, db).await?;
    for (size, ..) in SIZES {
        rows.extend(script(&server, size).await?);
    }
    Ok(rows)
}

/// Bytes and CPU of each change.
async fn events(db: &Path, size: usize, rounds: u64) -> Result<Vec<Row>> {
    let (echo, page) = (
        Server::start(Kind::Echo, db).await?,
        Server::start(Kind::Full, db).await?,
    );
    let mut echo = Load::echo(&echo, 1).await?;
    let mut page = Load::page(&page, &format!("/rows/{size}"), 1).await?;
    let mut echoes = Vec::new();
    let mut costs: [Vec<Cost>; 5] = Default::default();
    for _ in 0..rounds {
        for (change, costs) in CHANGES.iter().zip(&mut costs) {
            echoes.push(echo.take(change.step, 0..EVENTS).await?);
            costs.push(page.take(change.step, 0..EVENTS).await?);
        }
    }
    let echo = middle(&echoes);
    let mut rows = vec![Row::new(
        format!("{size} rows: axum echo, CPU"),
        echo.cpu,
        "us",
    )];
    for (change, costs) in CHANGES.iter().zip(&costs) {
        // what is first of its kind is not counted
        let cost = middle(&costs[costs.len() / 10..]);
        let live = change.reference(size);
        let row = |what: &str, value, unit| {
            Row::new(format!("{size} rows: {}, {what}", change.name), value, unit)
        };
        let bytes = row("bytes", cost.bytes, "B").beside(live.bytes);
        rows.push(match (change.id, size) {
            ("change", 1000) => bytes.goal(40.0),
            _ => bytes,
        });
        rows.push(row("plain", cost.plain, "B"));
        rows.push(row("CPU", cost.cpu, "us").beside(live.cpu));
        rows.push(row("CPU, ratio", cost.cpu / echo.cpu, "x"));
    }
    Ok(rows)
}

/// What the server keeps for a page that nobody uses.
async fn memory(db: &Path, size: usize, sockets: usize, reference: Option<f64>) -> Result<Row> {
    let server = Server::start(Kind::Full, db).await?;
    let path = format!("/rows/{size}");
    let few = Load::page(&server, &path, sockets).await?;
    tokio::time::sleep(QUIET).await;
    let before = server.process.memory()?;
    let more = Load::page(&server, &path, 2 * sockets).await?;
    tokio::time::sleep(QUIET).await;
    let bytes = server.process.memory()? - before;
    drop((few, more));
    let each = bytes / f64::from(u32::try_from(2 * sockets)?);
    let row = Row::new(format!("{size} rows: idle page"), each / 1024.0, "KiB").beside(reference);
    Ok(if size == 20 { row.goal(16.0) } else { row })
}

/// The browser's time for each change.
async fn script(server: &Server, size: usize) -> Result<Vec<Row>> {
    let output = Command::new("node")
        .arg(here().join("browser/view.mjs"))
        .arg(format!("http://{}/rows/{size}", server.host()))
        .output()
        .await?;
    let text = String::from_utf8_lossy(&output.stdout);
    let times: Value =
        serde_json::from_str(&text).map_err(|_| fail(String::from_utf8_lossy(&output.stderr)))?;
    let mut rows = Vec::new();
    for change in &CHANGES {
        let time = |of: &str| {
            let value = times[of][change.id].as_f64();
            value.ok_or_else(|| fail(format!("no {of} of {} in {text}", change.id)))
        };
        let of = |what: &str| format!("{size} rows: {}, {what}", change.name);
        let script = Row::new(of("script"), time("script")?, "ms");
        let script = script.beside(change.reference(size).script);
        rows.push(match (change.id, size) {
            ("change", 1000) => script.goal(1.0),
            _ => script,
        });
        rows.push(Row::new(of("directly"), time("direct")?, "ms"));
    }
    Ok(rows)
}
