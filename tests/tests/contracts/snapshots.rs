//! What a page knows of the user, the language and the context (C130 to C146).

use http::StatusCode;
use rdj::{CurrentUser, Error, UserState, auth::CxAuth as _, testing::TestCx};
use rdj_tests::{
    Kind, Server, Socket,
    probe::{PASSWORD, ProbePage, Site, seen},
};
use serde_json::json;

#[tokio::test]
async fn c130_the_user_is_the_same_everywhere() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    assert_eq!(seen(&mut socket, "users").await, "nobody nobody");
    socket.event("probe.login", json!(["ann"])).await;
    assert_eq!(seen(&mut socket, "users").await, "ann ann");
    let reply = socket.event("probe.look", json!(["context:user"])).await;
    assert!(reply.patched().contains("ann@example.org"), "{reply:?}");
}

#[tokio::test]
async fn c132_without_a_session_layer_the_error_is_clear_and_the_page_lives() {
    let server = Server::start(rdj::App::new().page::<ProbePage>()).await;
    let mut socket = Socket::open(&server.browser(), "/probe").await;
    let reply = socket.event("probe.put", json!(["k", "v"])).await;
    assert!(reply.effect("error").is_some(), "{reply:?}");
    assert_eq!(seen(&mut socket, "user").await, "nobody");
    let cx = TestCx::new().without_session().build();
    let error = cx.session().err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("a session layer is not set up"));
}

#[tokio::test]
async fn c133_c135_the_page_follows_sign_in_and_sign_out() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let reply = socket.event("probe.login", json!(["ann"])).await;
    assert!(reply.patched().contains("ann, "), "{reply:?}");
    let reply = socket.event("probe.logout", json!([])).await;
    assert!(reply.patched().contains("nobody"), "{reply:?}");
}

#[tokio::test]
async fn c137_a_login_without_a_session_tries_nothing() {
    let site = Site::start().await;
    let test = TestCx::new().without_session().resource(site.auth.clone());
    let done = test.run(async |cx| cx.login("ann", PASSWORD).await).await;
    assert!(matches!(done, Err(Error::Missing(_))), "{done:?}");
}

#[test]
fn c138_has_perm_asks_the_live_user() {
    let cx = TestCx::new()
        .user(&CurrentUser::new(1, "ann").with_permissions(["notes.add_note"]))
        .build();
    assert!(cx.has_perm("notes.add_note") && !cx.has_perm("notes.delete_note"));
    cx.set_user(None);
    assert!(!cx.has_perm("notes.add_note"));
}

#[tokio::test]
async fn c139_a_new_group_counts_at_the_next_event() {
    let site = Site::start().await;
    let mut socket = site.open_as_ann().await;
    let reply = socket.event("probe.edit", json!([])).await;
    assert!(reply.effect("refused").is_some(), "{reply:?}");
    let users = site.auth.users(site.auth.db());
    users.create_group("editors").await.expect("a group");
    let ann = users.by_username("ann").await.expect("a database");
    let ann = ann.expect("ann");
    users.add_to_group(&ann, "editors").await.expect("a member");
    let reply = socket.event("probe.edit", json!([])).await;
    assert!(reply.patched().contains("ran 1"), "{reply:?}");
    let reply = socket.event("probe.look", json!(["context:user"])).await;
    assert!(reply.patched().contains("editors"), "{reply:?}");
}

#[tokio::test]
async fn c140_an_unchanged_user_costs_no_bytes() {
    let site = Site::start().await;
    let html = site.browser.text("/probe").await;
    assert!(html.contains("<p id=\"user\">nobody</p>"), "{html}");
    let mut socket = site.open_as_ann().await;
    let reply = socket.event("probe.nothing", json!([])).await;
    assert_eq!(reply.frames.len(), 1, "{reply:?}");
    assert_eq!(reply.frames[0].kind, Kind::Ack);
    assert!(reply.wire_length() <= 4, "{reply:?}");
    let reply = socket.event("probe.look", json!(["path"])).await;
    assert!(!reply.patched().contains("ann"), "{reply:?}");
}

#[tokio::test]
async fn c145_the_state_of_the_user_holds_nothing() {
    assert_eq!(size_of::<UserState>(), 0);
    let ann = TestCx::new().user(&CurrentUser::new(1, "ann"));
    let guard = ann.enter();
    assert!(UserState.is_authenticated());
    drop(guard);
    assert!(!UserState.is_authenticated());
}

#[tokio::test]
async fn the_context_of_an_open_page_follows_the_language_and_the_user() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let html = site.browser.text("/probe").await;
    assert!(html.contains(">en nobody</p>"), "{html}");
    let reply = socket.event("i18n.set_language", json!(["de"])).await;
    assert!(reply.patched().contains("de nobody"), "{reply:?}");
    let reply = socket.event("probe.login", json!(["ann"])).await;
    assert!(reply.patched().contains("de ann"), "{reply:?}");
    let reply = socket.event("probe.logout", json!([])).await;
    assert!(reply.patched().contains("nobody"), "{reply:?}");
    // a refused event leaves the values as they are, and costs nothing
    let reply = socket.event("i18n.set_language", json!(["xx"])).await;
    assert!(!reply.patched().contains("nobody"), "{reply:?}");
}

#[tokio::test]
async fn states_of_language_and_context_work_on_a_page() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let reply = socket.event("i18n.set_language", json!(["de"])).await;
    assert!(reply.patched().contains("de ltr"), "{reply:?}");
    // nothing is left to load
    let reply = socket.event("context.load", json!([])).await;
    assert_eq!(reply.frames.len(), 1, "{reply:?}");
    let answer = site
        .browser
        .post("/probe", "_event=i18n.set_language(\"de\")");
    assert_eq!(answer.await.status(), StatusCode::OK);
    assert!(site.browser.text("/probe").await.contains("de ltr"));
    let reply = socket.event("i18n.set_language", json!(["xx"])).await;
    assert!(reply.effects().len() == 1, "{reply:?}");
}
