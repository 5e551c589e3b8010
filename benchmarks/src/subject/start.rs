//! How soon a server answers.

use std::path::Path;

use crate::{Result, app::Kind, child::Server, measure::median, report::Row};

pub(super) const METHOD: &str = "\
The process is spawned, connects to SQLite, listens, and answers a first `GET /notes` with 20 rows; wall \
time until the whole answer is there, the middle one of 15 starts.";

const STARTS: usize = 15;

pub(super) async fn run(db: &Path) -> Result<Vec<Row>> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let server = Server::start(Kind::Full, db).await?;
        let took = server.first_page("/notes").await?;
        times.push(took.as_secs_f64() * 1000.0);
    }
    let row = Row::new("process start to first page", median(&times), "ms");
    Ok(vec![
        row.goal(50.0)
            .reference("LiveView 1,100 to 2,300 (release)"),
    ])
}
