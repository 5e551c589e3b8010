//! Serves the pages of `pages::kept` at `RDJ_BIND`, in a process that tests end and start again.

use std::env;

use rdj_live_tests::pages::kept;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> rdj::Result {
    let address = env::var("RDJ_BIND").unwrap_or_else(|_| "127.0.0.1:8012".to_owned());
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let app = kept::app().await?;
    app.serve(TcpListener::bind(address).await?).await
}
