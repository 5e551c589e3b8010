//! Guards of handlers and pages (C147 to C155).

use http::{StatusCode, header};
use rdj::{CurrentUser, Error, PageType as _, testing::TestCx};
use rdj_tests::{
    Socket,
    probe::{PrivateProbePage, ProbeState, Site, sent_to},
};
use serde_json::json;

#[tokio::test]
async fn c147_a_guarded_page_keeps_its_name_and_shows_to_users() {
    assert_eq!(PrivateProbePage::SPEC.name, "PrivateProbePage");
    let site = Site::start().await;
    let answer = site.browser.get("/probe/private").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let to = "/login?next=%2Fprobe%2Fprivate";
    assert_eq!(answer.headers()[header::LOCATION], to);
    site.open_as_ann().await;
    let answer = site.browser.get("/probe/private").await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn c148_c149_a_guarded_handler_runs_for_users_only() {
    let site = Site::start().await;
    let mut socket = site.open().await;
    let reply = socket.event("probe.private", json!([])).await;
    assert_eq!(sent_to(&reply).as_deref(), Some("/login?next=%2Fprobe"));
    assert_eq!(reply.patched(), "");
    let mut socket = site.open_as_ann().await;
    let reply = socket.event("probe.private", json!([])).await;
    assert!(reply.patched().contains("ran 1"), "{reply:?}");
}

#[tokio::test]
async fn c153_members_of_a_group_and_superusers_pass() {
    let ann = CurrentUser::new(1, "ann");
    for (user, passes) in [
        (ann.clone(), false),
        (ann.clone().with_groups(["editors"]), true),
        (ann.with_superuser(true), true),
    ] {
        let mut state = ProbeState::default();
        let done = TestCx::new()
            .user(&user)
            .event(&mut state, "edit", ())
            .await;
        assert_eq!(done.is_ok(), passes, "{done:?}");
        assert_eq!(state.ran, u32::from(passes));
    }
}

#[test]
fn c155_require_user_is_an_error_for_nobody() {
    let nobody = TestCx::new().build();
    assert!(matches!(nobody.require_user(), Err(Error::LoginRequired)));
    let ann = TestCx::new().user(&CurrentUser::new(1, "ann")).build();
    assert_eq!(ann.require_user().map(|user| user.id()).ok(), Some(1));
}

#[tokio::test]
async fn d023_a_page_for_users_is_sent_to_nobody_else() {
    let site = Site::start().await;
    let answer = site.browser.get("/probe/private").await;
    let text = answer.text().await.expect("a text");
    assert!(!text.contains("id=\"seen\""), "{text}");
    let answer = site.browser.post("/probe/private", "_event=probe.nothing");
    let text = answer.await.text().await.expect("a text");
    assert!(!text.contains("id=\"seen\""), "{text}");
    site.browser.text("/probe").await;
    let mut socket = Socket::connect(&site.browser, &[]).await.expect("a socket");
    let told = socket.join("/probe/private").await.expect("an answer");
    assert_eq!(told["t"], "navigate");
}
