//! Sessions: fixation, and sockets of a user who is not there any more.

use std::time::Duration;

use rdj::session::SessionStore as _;
use rdj_tests::{Browser, Socket};
use serde_json::json;

use super::{
    raw,
    site::{PASSWORD, Site, encoded},
};

/// Signs in with this session cookie, as a browser that somebody gave it to; the answer's new cookie.
async fn login_with(site: &Site, name: &str, session: &str) -> Option<String> {
    let browser = site.server.browser();
    browser.get("/login").await;
    let token = browser.cookie("csrftoken").unwrap_or_default();
    let cookies = format!("csrftoken={token}; rdj_session={session}");
    let origin = format!("http://{}", site.host());
    let form = [
        ("_event", "login.submit"),
        ("username", name),
        ("password", PASSWORD),
    ];
    let headers = [
        ("Cookie", cookies.as_str()),
        ("X-CSRFToken", &token),
        ("Origin", &origin),
    ];
    let answer = raw::ask(&site.host(), "POST", "/login", &headers, &encoded(&form)).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let cookies = answer
        .head
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: "));
    let mut keys = cookies.filter_map(|cookie| cookie.strip_prefix("rdj_session="));
    let key = keys.next()?.split(';').next()?;
    Some(key.to_owned())
}

/// Where a request with this session cookie to a page for users is sent; nowhere if it is let in.
async fn private_with(site: &Site, headers: &[(&str, &str)], query: &str) -> u16 {
    let target = format!("/private{query}");
    raw::ask(&site.host(), "GET", &target, headers, "")
        .await
        .status
}

#[tokio::test]
async fn a_session_that_the_attacker_chose_is_not_the_users() {
    let site = Site::start().await;
    site.user("ann").await;
    // one that the server gave the attacker
    let attacker = site.server.browser();
    attacker.get("/counter").await;
    attacker
        .post("/counter", "_event=counter.remember(\"x\")")
        .await;
    let given = attacker.cookie("rdj_session").expect("a session");
    // and one that nobody gave him
    for fixed in [given.as_str(), "AAAAAAAAAAAAAAAAAAAAAA", "x", ""] {
        let key = login_with(&site, "ann", fixed).await.expect("a session");
        assert_ne!(key, fixed.to_ascii_lowercase());
        let cookie = format!("rdj_session={fixed}");
        let status = private_with(&site, &[("Cookie", &cookie)], "").await;
        assert_eq!(status, 303, "{fixed}");
    }
    assert_eq!(attacker.get("/private").await.status(), 303);
}

#[tokio::test]
async fn a_session_of_another_user_never_becomes_the_users() {
    let site = Site::start().await;
    for name in ["ann", "eve"] {
        site.user(name).await;
    }
    let eve = site.signed_in("eve").await;
    let given = eve.cookie("rdj_session").expect("a session");
    // the login page sends a visitor on who is somebody already
    assert_eq!(login_with(&site, "ann", &given).await, None);
    let text = eve.text("/").await;
    assert!(text.contains("eve@") && !text.contains("ann@"), "{text}");
}

#[tokio::test]
async fn a_session_id_counts_in_the_cookie_only() {
    let site = Site::start().await;
    site.user("ann").await;
    let ann = site.signed_in("ann").await;
    let id = ann.cookie("rdj_session").expect("a session");
    let bearer = format!("Bearer {id}");
    let named = format!("rdj_session={id}");
    for header in [
        ("X-Session", id.as_str()),
        ("X-Rdj-Session", &id),
        ("Session", &id),
        ("rdj_session", &id),
        ("Authorization", &bearer),
        ("Set-Cookie", &named),
        ("Cookie2", &named),
    ] {
        assert_eq!(private_with(&site, &[header], "").await, 303, "{header:?}");
    }
    for query in [
        format!("?{named}"),
        format!("?session={id}"),
        format!(";{named}"),
    ] {
        let status = private_with(&site, &[], &query).await;
        assert!([303, 404].contains(&status), "{query}: {status}");
    }
    let shouted = format!("RDJ_SESSION={id}");
    assert_eq!(private_with(&site, &[("Cookie", &shouted)], "").await, 303);
    assert_eq!(private_with(&site, &[("Cookie", &named)], "").await, 200);
}

/// The socket is told to go, and runs nothing.
async fn is_over(site: &Site, socket: &mut Socket, why: &str) {
    // by itself the server looks after a minute
    let frame = socket.frame().await.ok();
    let effects = frame.map(|frame| frame.effects()).unwrap_or_default();
    let went = effects.iter().any(|effect| effect["t"] == "navigate");
    assert!(went, "{why}: {effects:?}");
    runs_nothing(site, socket, why).await;
}

async fn runs_nothing(site: &Site, socket: &mut Socket, why: &str) {
    let before = site.runs.count();
    let reply = socket.event("vault.take", json!([])).await;
    assert!(reply.effect("navigate").is_some(), "{why}: {reply:?}");
    assert!(!reply.patched().contains("treasure"), "{why}: {reply:?}");
    assert_eq!(site.runs.count(), before, "{why}");
}

async fn open_vault(site: &Site) -> (Browser, Socket) {
    let ann = site.signed_in("ann").await;
    let socket = site.vault(&ann).await;
    (ann, socket)
}

#[tokio::test]
async fn a_socket_ends_with_the_sign_out_of_another_tab() {
    let site = Site::start().await;
    site.keeper("ann").await;
    let (ann, mut socket) = open_vault(&site).await;
    assert_eq!(ann.post("/logout", "").await.status(), 303);
    is_over(&site, &mut socket, "signed out by HTTP").await;

    let (ann, mut socket) = open_vault(&site).await;
    let mut tab = Socket::open(&ann, "/").await;
    tab.event("auth.logout", json!([])).await;
    is_over(&site, &mut socket, "signed out on another socket").await;
    // the cookie of before is good for nothing either
    assert_eq!(ann.get("/private").await.status(), 303);
}

#[tokio::test]
async fn a_socket_that_signed_out_itself_is_nobodys() {
    let site = Site::start().await;
    site.keeper("ann").await;
    let ann = site.signed_in("ann").await;
    let text = ann.text("/").await;
    assert!(text.contains("ann@"), "{text}");
    let mut tab = Socket::open(&ann, "/").await;
    tab.event("auth.logout", json!([])).await;
    // the page stays open in a browser that ignores where it is sent
    let reply = tab.event("auth.logout", json!([])).await;
    assert!(!reply.patched().contains("ann@"), "{reply:?}");
    let mut vault = Socket::connect(&ann, &[]).await.expect("a socket");
    let told = vault.join("/vault").await.expect("an effect");
    assert_ne!(told["t"], "hello", "{told}");
}

#[tokio::test]
async fn a_socket_ends_with_its_stored_session() {
    let site = Site::start().await;
    site.keeper("ann").await;
    let (_ann, mut socket) = open_vault(&site).await;
    for id in site.store.ids() {
        site.store.delete(&id).await.expect("a deletion");
    }
    // what was read a moment ago may be used for a second
    tokio::time::sleep(Duration::from_millis(1100)).await;
    runs_nothing(&site, &mut socket, "deleted in the store").await;
}

#[tokio::test]
async fn a_socket_ends_with_the_password_of_its_user() {
    let site = Site::start().await;
    let ann = site.keeper("ann").await;
    let (browser, mut socket) = open_vault(&site).await;
    let users = site.auth.users(&site.db);
    users
        .set_password(&ann, "another good one")
        .await
        .expect("a password");
    is_over(&site, &mut socket, "another password").await;
    assert_eq!(browser.get("/private").await.status(), 303);
}

#[tokio::test]
async fn a_socket_ends_with_its_users_account() {
    let site = Site::start().await;
    let ann = site.keeper("ann").await;
    let (browser, mut socket) = open_vault(&site).await;
    let users = site.auth.users(&site.db);
    users.set_active(&ann, false).await.expect("a change");
    is_over(&site, &mut socket, "switched off").await;
    assert_eq!(browser.get("/private").await.status(), 303);
    // switched on again, the session of before is not there again
    users.set_active(&ann, true).await.expect("a change");
    assert_eq!(browser.get("/private").await.status(), 303);
}

#[tokio::test]
async fn a_socket_ends_with_the_permission_of_its_user() {
    let site = Site::start().await;
    let ann = site.keeper("ann").await;
    let (_browser, mut socket) = open_vault(&site).await;
    let users = site.auth.users(&site.db);
    users
        .remove_permission(&ann, super::site::RIGHT)
        .await
        .expect("a change");
    is_over(&site, &mut socket, "without the right").await;
}
