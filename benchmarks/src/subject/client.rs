//! The browser's side.

use std::{io::Write as _, path::Path};

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use tokio::process::Command;

use super::here;
use crate::{Result, app::Kind, child::Server, fail, report::Row};

pub(super) const METHOD: &str = "\
The size of `rdj.js` as gzip -9 packs it, and the script time of one changed cell of 1,000 keyed rows in \
Chromium, from the message to the end of its microtasks (`browser/cell.mjs`; needs Node, and Chromium at \
`chromium-headless-shell` or `RDJ_CHROMIUM`).";

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let script = std::fs::read(here().join("../rdj-runtime/client/dist/rdj.js"))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&script)?;
    let size = u32::try_from(gzip.finish()?.len())?;
    let size = Row::new("client script, gzip", f64::from(size) / 1024.0, "KiB");
    let size = size.goal(8.0).reference("LiveView 44.5 KB");

    let server = Server::start(Kind::Full, db).await?;
    let output = Command::new("node")
        .arg(here().join("browser/cell.mjs"))
        .arg(format!("http://{}/grid", server.host()))
        .output()
        .await?;
    let text = String::from_utf8_lossy(&output.stdout);
    let result: Value =
        serde_json::from_str(&text).map_err(|_| fail(String::from_utf8_lossy(&output.stderr)))?;
    let time = |name: &str| {
        result[name]
            .as_f64()
            .ok_or_else(|| fail(format!("no {name} in {text}")))
    };
    Ok(vec![
        size,
        Row::new("one cell of 1,000 rows, script", time("script")?, "ms")
            .goal(1.0)
            .reference("LiveView 38 to 43"),
        Row::new(
            "one cell of 1,000 rows, click to patch",
            time("whole")?,
            "ms",
        ),
    ])
}
