//! `serve`

use clap::Arg;
use tokio::net::TcpListener;

use super::super::{Command, CommandCx, Run};
use crate::{
    App,
    error::{Error, Result},
};

/// Where the server listens, unless somebody says otherwise.
const DEFAULT_BIND: &str = "127.0.0.1:8000";

pub(super) fn command() -> Command {
    let bind = Arg::new("bind")
        .long("bind")
        .value_name("ADDRESS")
        .help("Where to listen [default: $RDJ_BIND, or 127.0.0.1:8000]");
    Command {
        spec: clap::Command::new("serve")
            .about("Serves the application; what is done without a command")
            .arg(bind),
        run: Run::Serve,
        starts: false,
    }
}

/// Serves until the process is told to stop.
pub(in super::super) async fn serve(app: App, cx: &CommandCx) -> Result {
    let bind = cx.text("bind").map(str::to_owned);
    let bind = bind.or_else(|| std::env::var("RDJ_BIND").ok());
    let bind = bind.unwrap_or_else(|| DEFAULT_BIND.to_owned());
    let listener = TcpListener::bind(&bind).await;
    let listener = listener.map_err(|error| {
        Error::Setup(format!(
            "cannot listen on `{bind}` (set --bind or RDJ_BIND): {error}"
        ))
    })?;
    app.serve(listener).await
}
