//! Expiries of a session's own, and what counts as activity.

use std::time::{Duration, Instant};

use super::{Site, cookie, with_cookie};

#[tokio::test]
async fn a_session_keeps_an_expiry_of_its_own() {
    let site = Site::start(|layer| layer).await;
    let browser = site.server.browser();
    let first = cookie(&browser.get("/short").await).unwrap_or_default();
    let second = cookie(&browser.get("/write").await).unwrap_or_default();
    for cookie in [first, second] {
        assert!(
            cookie.starts_with("rdj_session=") && !cookie.contains("Max-Age"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn another_key_keeps_the_expiry_of_the_session() {
    let site = Site::start(|layer| layer).await;
    let browser = site.server.browser();
    let first = cookie(&browser.get("/short").await).unwrap_or_default();
    let second = cookie(&browser.get("/cycle").await).unwrap_or_default();
    assert!(second.starts_with("rdj_session=") && second != first);
    assert!(!second.contains("Max-Age"), "{second}");
}

#[tokio::test]
async fn a_session_that_ends_with_the_browser_is_idle_no_longer_than_others() {
    let site = Site::start(|layer| {
        let layer = layer.cache_for(Duration::from_millis(50));
        layer.idle(Duration::from_millis(1500))
    });
    let site = site.await;
    let browser = site.server.browser();
    let began = Instant::now();
    browser.get("/short").await;
    let shown = browser.cookies().unwrap_or_default();
    let text = with_cookie(&site, "/", &shown).await.text().await;
    // on a machine that stood still meanwhile it has expired already
    let is_late = began.elapsed() >= Duration::from_secs(1);
    assert!(is_late || text.unwrap_or_default() == "short");
    tokio::time::sleep(Duration::from_millis(1700)).await;
    let text = with_cookie(&site, "/", &shown).await.text().await;
    assert_eq!(text.unwrap_or_default(), "nothing");
}

#[tokio::test]
async fn saving_every_request_makes_reads_count() {
    let site = Site::start(|layer| layer.save_every_request(true)).await;
    let browser = site.server.browser();
    assert_eq!(
        cookie(&browser.get("/").await),
        None,
        "there is nothing to save"
    );
    let browser = site.visited().await;
    let answer = browser.get("/still").await;
    assert!(cookie(&answer).unwrap_or_default().contains("Max-Age=1209"));
}
