//! What a developer waits for.

use tokio::process::Command;

use super::here;
use crate::{Result, fail, report::Row};

pub(super) const METHOD: &str = "\
`build.sh`: a copy of the notes example outside of the workspace, built with the profile `dev`; the middle \
wall time of five `cargo build` after a change. A model state more: the same with the states in five more \
modules, a fifth of the difference.";

pub(super) async fn run() -> Result<Vec<Row>> {
    let script = here().join("build.sh");
    let output = Command::new("bash").arg(script).output().await?;
    if !output.status.success() {
        return Err(fail(String::from_utf8_lossy(&output.stderr)));
    }
    let text = String::from_utf8(output.stdout)?;
    let row = |line: &str| {
        let mut parts = line.split('\t');
        let (what, goal) = (parts.next()?, parts.next()?);
        let seconds = parts.next()?.trim().parse().ok()?;
        let row = Row::new(what, seconds, "s");
        Some(match goal.parse() {
            Ok(goal) => row.goal(goal),
            Err(_) => row,
        })
    };
    Ok(text.lines().filter_map(row).collect())
}
