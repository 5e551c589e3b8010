//! Sign-in, sign-out, sessions and their cookies (C181 to C191, D014, D033, D038).

use axum::{Router, routing::post};
use http::header::SET_COOKIE;
use rdj::{App, AppDatabase as _, Cx, Stage, auth::CxAuth as _, orm::DbSessions};
use rdj_tests::{
    Server, Socket,
    probe::{PASSWORD, ProbePage, Site, open_with, seen, sent_to},
};
use serde_json::json;

#[tokio::test]
async fn c181_the_next_event_on_the_connection_is_that_of_the_user() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    assert_eq!(seen(&mut socket, "user").await, "nobody");
    socket.event("probe.login", json!(["ann"])).await;
    assert_eq!(seen(&mut socket, "user").await, "ann");
    let reply = socket.event("probe.private", json!([])).await;
    assert!(reply.patched().contains("ran 1"), "{reply:?}");
}

#[tokio::test]
async fn c182_a_session_fixed_before_the_login_is_worth_nothing() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let reply = socket.event("probe.put", json!(["basket", "milk"])).await;
    site.browser.redeem(&reply).await;
    let before = site.browser.cookie("rdj_session").expect("a session");
    let reply = socket.event("probe.login", json!(["ann"])).await;
    site.browser.redeem(&reply).await;
    assert_ne!(site.browser.cookie("rdj_session"), Some(before.clone()));
    assert_eq!(seen(&mut socket, "session:basket").await, "milk");
    let cookie = format!("rdj_session={before}");
    let mut thief = open_with(&site.server.browser(), "/probe", &cookie, &[]).await;
    assert_eq!(seen(&mut thief, "user").await, "nobody");
    assert_eq!(seen(&mut thief, "session:basket").await, "none");
}

#[tokio::test]
async fn c183_after_a_logout_the_session_is_gone_everywhere() {
    let site = Site::start().await;
    let mut socket = site.open_as_ann().await;
    socket.event("probe.put", json!(["basket", "milk"])).await;
    let stolen = site.browser.cookie("rdj_session").expect("a session");
    socket.event("probe.logout", json!([])).await;
    assert_eq!(seen(&mut socket, "user").await, "nobody");
    assert_eq!(seen(&mut socket, "session:basket").await, "none");
    let stolen = format!("rdj_session={stolen}");
    let mut thief = open_with(&site.server.browser(), "/probe", &stolen, &[]).await;
    assert_eq!(seen(&mut thief, "user").await, "nobody");
}

#[tokio::test]
async fn c184_a_logout_keeps_the_theme_and_drops_the_rest() {
    let site = Site::start().await;
    let mut socket = site.open_as_ann().await;
    socket.event("probe.put", json!(["theme", "dark"])).await;
    socket.event("probe.put", json!(["basket", "milk"])).await;
    let reply = socket.event("probe.logout", json!([])).await;
    assert!(reply.effect("refused").is_none(), "{reply:?}");
    assert_eq!(seen(&mut socket, "session:theme").await, "dark");
    assert_eq!(seen(&mut socket, "session:basket").await, "none");
}

#[tokio::test]
async fn c185_other_cookies_survive_sign_in_and_sign_out() {
    let site = Site::start().await;
    let mut socket = open_with(&site.browser, "/probe", "flavour=oat", &[]).await;
    socket.event("probe.login", json!(["ann"])).await;
    assert!(seen(&mut socket, "cookies").await.contains("flavour=oat"));
    socket.event("probe.logout", json!([])).await;
    assert!(seen(&mut socket, "cookies").await.contains("flavour=oat"));
}

/// What an answer does with the session's cookie.
fn session_cookie(answer: &reqwest::Response) -> String {
    let all = answer.headers().get_all(SET_COOKIE).iter();
    let mut all = all.filter_map(|cookie| cookie.to_str().ok());
    let found = all.find(|cookie| cookie.starts_with("rdj_session="));
    found.expect("a cookie").to_owned()
}

/// Name and attributes of a cookie, without what differs between setting and removing it.
fn attributes(cookie: &str) -> Vec<String> {
    let mut parts = cookie.split(';').map(str::trim);
    let name = parts.next().and_then(|pair| pair.split('=').next());
    let kept = parts.filter(|part| !part.starts_with("Max-Age") && !part.starts_with("Expires"));
    let mut all: Vec<_> = name.into_iter().chain(kept).map(str::to_owned).collect();
    all.sort();
    all
}

#[tokio::test]
async fn c186_c188_the_cookie_is_removed_with_the_attributes_it_was_set_with() {
    async fn sign_in(cx: Cx) -> rdj::Result<&'static str> {
        let done = cx.login("ann", PASSWORD).await?;
        Ok(if done.is_ok() { "in" } else { "wrong" })
    }
    async fn sign_out(cx: Cx) -> rdj::Result<&'static str> {
        cx.logout().await?;
        Ok("out")
    }
    let router = Router::new()
        .route("/in", post(sign_in))
        .route("/out", post(sign_out));
    let site = Site::with(|app| app.merge(router)).await;
    site.browser.text("/probe").await;
    let set = session_cookie(&site.browser.post("/in", "").await);
    let removed = session_cookie(&site.browser.post("/out", "").await);
    assert!(set.contains("HttpOnly"), "{set}");
    assert!(removed.contains("Max-Age=0"), "{removed}");
    assert_eq!(attributes(&set), attributes(&removed));
    assert_eq!(site.browser.cookie("rdj_session"), None);
}

#[tokio::test]
async fn d014_what_an_event_writes_into_a_session_of_the_database_is_kept() {
    let db = rdj::orm::connect("sqlite::memory:")
        .await
        .expect("a database");
    let store = DbSessions::new(db.clone());
    store.create_table().await.expect("a table");
    let app = App::new()
        .page::<ProbePage>()
        .layer_at(Stage::Session, rdj::session::layer(store))
        .database(db);
    let server = Server::start(app).await;
    let browser = server.browser();
    let mut socket = Socket::open(&browser, "/probe").await;
    let reply = socket.event("probe.put", json!(["basket", "milk"])).await;
    browser.redeem(&reply).await;
    let mut other = Socket::open(&browser, "/probe").await;
    assert_eq!(seen(&mut other, "session:basket").await, "milk");
}

#[tokio::test]
async fn d033_a_logout_in_one_tab_ends_the_other() {
    let site = Site::start().await;
    let mut one = site.open_as_ann().await;
    let mut two = Socket::open(&site.browser, "/probe").await;
    assert_eq!(seen(&mut two, "user").await, "ann");
    one.event("probe.logout", json!([])).await;
    // by itself the server looks after a minute
    let frame = two.frame().await.expect("an open socket");
    assert!(
        frame
            .effects()
            .iter()
            .any(|effect| effect["t"] == "navigate"),
        "{frame:?}"
    );
}

#[tokio::test]
async fn d038_a_login_over_http_is_seen_by_the_next_page_and_by_open_ones() {
    async fn sign_in(cx: Cx) -> rdj::Result<&'static str> {
        let done = cx.login("ann", PASSWORD).await?;
        Ok(if done.is_ok() { "in" } else { "wrong" })
    }
    let router = Router::new().route("/admin/login", post(sign_in));
    let site = Site::with(|app| app.merge(router)).await;
    let mut before = site.open().await;
    let reply = before.event("probe.put", json!(["basket", "milk"])).await;
    site.browser.redeem(&reply).await;
    let answer = site.browser.post("/admin/login", "").await;
    assert_eq!(answer.text().await.expect("a text"), "in");
    let mut after = Socket::open(&site.browser, "/probe").await;
    assert_eq!(seen(&mut after, "user").await, "ann");
    // the page that was open is loaded anew, as its session is over
    let reply = before.event("probe.look", json!(["user"])).await;
    assert_eq!(sent_to(&reply).as_deref(), Some("/probe"));
}
