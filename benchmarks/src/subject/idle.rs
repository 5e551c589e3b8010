//! The memory of a page that somebody has open and does not use.

use std::{path::Path, time::Duration};

use crate::{Result, app::Kind, child::Server, load::Load, report::Row};

pub(super) const METHOD: &str = "\
A fresh server; sockets are opened as a browser does (GET, upgrade, join) and left alone for 4 seconds \
(quiet pages are compressed after one). The cost of a socket is the slope of the server's proportional \
set size between 1,000 and 3,000 sockets: what the server itself needs cancels out.";

const QUIET: Duration = Duration::from_secs(4);

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (path, name, goal) in [
        ("/notes", "20 rows shown", Some(16.0)),
        ("/counter", "counter", None),
    ] {
        let server = Server::start(Kind::Full, db).await?;
        let empty = server.process.memory()?;
        let few = Load::page(&server, path, 1000).await?;
        tokio::time::sleep(QUIET).await;
        let with_few = server.process.memory()?;
        let more = Load::page(&server, path, 2000).await?;
        tokio::time::sleep(QUIET).await;
        let with_more = server.process.memory()?;
        drop((few, more));
        let row = Row::new(
            format!("a socket: {name}"),
            (with_more - with_few) / 2000.0 / 1024.0,
            "KiB",
        );
        rows.push(match goal {
            Some(goal) => row.goal(goal).reference("LiveView 237"),
            None => row.reference("LiveView 55"),
        });
        if goal.is_some() {
            let mib = |bytes: f64| bytes / 1024.0 / 1024.0;
            let base = Row::new("the server without sockets", mib(empty), "MiB");
            rows.push(base.reference("LiveView 169 to 178"));
            rows.push(Row::new(
                "the server with 3,000 sockets",
                mib(with_more),
                "MiB",
            ));
        }
    }
    Ok(rows)
}
