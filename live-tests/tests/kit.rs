//! Tests: what the testing kit is tried on.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

mod desk;
mod notes;
mod people;
mod reports;
mod work;

use rdj::{
    orm::connect,
    testing::{TestPage, TestSite},
};
use rdj_live_tests::pages::kit::app;

async fn site() -> TestSite {
    let db = connect("sqlite::memory:").await.expect("a database");
    let app = app(&db).await.expect("an application");
    TestSite::start(app).await.expect("a site")
}

async fn open(address: &str) -> TestPage {
    let page = site().await.browser().open(address).await;
    page.expect("a page")
}

/// What a step could not do.
#[track_caller]
fn refused(step: Result<(), rdj::testing::TestError>) -> String {
    step.expect_err("a step that fails").to_string()
}
