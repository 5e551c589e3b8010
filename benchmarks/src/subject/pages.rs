//! The first and the last page of a long table.

use std::path::Path;

use serde_json::json;

use super::transfer::lengthen;
use crate::{
    Result,
    app::{self, Kind, notes::fill},
    child::Server,
    load::{Event, Load, Step},
    report::Row,
};

pub(super) const METHOD: &str = "\
350,000 notes in a SQLite file, 20 a page, in an order with an index; one connection goes to the last page \
and back to the first. Numbered pages count all rows and skip those before; pages by `pagination = keyset` \
do neither. By hand: numbered pages with a count, over HTTP. The server's CPU.";

const LONG: i64 = 350_000;
const ROUNDS: u64 = 15;

const FIRST: Step = |_, _| Event::new("notes.go_to_page", json!([1]));
const LAST: Step = |_, _| Event::new("notes.go_to_page", json!([LONG / 20]));
const KEYSET_FIRST: Step = |_, _| Event::new("keyset.first_page", json!([]));
const KEYSET_LAST: Step = |_, _| Event::new("keyset.last_page", json!([]));
const PLAIN_FIRST: Step = |_, _| Event::new("page", json!([1]));
const PLAIN_LAST: Step = |_, _| Event::new("page", json!([LONG / 20]));

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let path = db.with_extension("pages.db");
    let long = app::connect(&path).await?;
    fill(&long).await?;
    lengthen(&long, LONG).await?;
    drop(long);
    let measured = measure(&path).await;
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    measured
}

async fn measure(path: &Path) -> Result<Vec<Row>> {
    let server = Server::start(Kind::Full, path).await?;
    let mut load = Load::page(&server, "/notes", 1).await?;
    let numbered = load.cycle(&[LAST, FIRST], ROUNDS).await?;
    let mut load = Load::page(&server, "/keyset", 1).await?;
    let keyset = load.cycle(&[KEYSET_LAST, KEYSET_FIRST], ROUNDS).await?;
    drop((load, server));
    let server = Server::start(Kind::Plain, path).await?;
    let mut load = Load::plain(&server, 1).await?;
    let plain = load.cycle(&[PLAIN_LAST, PLAIN_FIRST], ROUNDS).await?;
    let mut rows = Vec::new();
    for (at, page) in ["last page", "first page"].into_iter().enumerate() {
        let of = |costs: &[crate::load::Cost]| costs.get(at).copied().unwrap_or_default().cpu;
        let (numbered, keyset, plain) = (of(&numbered), of(&keyset), of(&plain));
        rows.push(Row::new(format!("{page}, numbered"), numbered, "us"));
        rows.push(Row::new(format!("{page}, keyset"), keyset, "us"));
        rows.push(Row::new(format!("{page}, by hand"), plain, "us"));
        rows.push(Row::new(
            format!("{page}, numbered: ratio"),
            numbered / plain,
            "x",
        ));
        rows.push(Row::new(
            format!("{page}, keyset: ratio"),
            keyset / plain,
            "x",
        ));
    }
    Ok(rows)
}
