//! Serves the pages of the tests at `RDJ_BIND`.

use std::env;

use rdj::App;
use rdj_live_tests::pages;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> rdj::Result {
    let address = env::var("RDJ_BIND").unwrap_or_else(|_| "127.0.0.1:8010".to_owned());
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    App::new()
        .discover()
        .merge(pages::events::scripts())
        .merge(pages::navigation::routes())
        .serve(TcpListener::bind(address).await?)
        .await
}
