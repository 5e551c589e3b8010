//! Serves the pages of `pages::inside` and the log at `RDJ_BIND`, in a process whose memory can be measured.
//!
//! `INSIDE_SEND_TIMEOUT` and `INSIDE_LIVE_INTERVAL` are in milliseconds, `INSIDE_EVENTS` is a rate.

use std::{env, time::Duration};

use rdj::inside::Metrics;
use rdj_live_tests::pages::{inside, work::LogPage};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> rdj::Result {
    let address = env::var("RDJ_BIND").unwrap_or_else(|_| "127.0.0.1:8011".to_owned());
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let app = inside::app().await?.configure(|config| {
        // the sockets of the tests answer pings only while they are read
        config.ping_interval = Duration::from_mins(10);
        if let Some(time) = number("INSIDE_SEND_TIMEOUT") {
            config.send_timeout = Duration::from_millis(time);
        }
        if let Some(time) = number("INSIDE_LIVE_INTERVAL") {
            config.live_interval = Duration::from_millis(time);
        }
        if let Some(rate) = number("INSIDE_EVENTS").and_then(|rate| rate.try_into().ok()) {
            config.events_per_second = rate;
            config.event_burst = rate;
        }
    });
    let app = app
        .page::<LogPage>()
        .metrics(Metrics::token("/metrics", "a-token-of-the-tests"));
    app.serve(TcpListener::bind(address).await?).await
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}
