//! Payloads for the scenarios of the browser tests. Each line of the input is JSON, `{"old": "..",
//! "new": ".."}` with the contents of two bodies; each line of the output is `{"kind": 1,
//! "payload": [..]}`, or `{"refused": ".."}`.

use rdj_runtime::view::{Change, Scratch, View};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut scratch, mut stdout) = (Scratch::new(), std::io::stdout());
    for line in std::io::stdin().lock().lines() {
        let request: serde_json::Value = serde_json::from_str(&line?)?;
        let page = |side: &str| {
            let body = request[side].as_str().unwrap_or_default();
            let head = "<!DOCTYPE html><html><head><title>t</title></head>";
            format!("{head}<body>{body}</body></html>")
        };
        let (mut view, mut payload) = (View::new(&page("old")), vec![]);
        let kind = match view.update(&page("new"), &mut scratch, &mut payload) {
            Change::None => 0,
            Change::Patch => 1,
            Change::TitledPatch => 2,
            Change::Body => 3,
        };
        let answer = match view.refusal() {
            Some(refusal) => serde_json::json!({ "refused": refusal.to_string() }),
            None => serde_json::json!({ "kind": kind, "payload": payload }),
        };
        writeln!(stdout, "{answer}")?;
        stdout.flush()?;
    }
    Ok(())
}
