//! What is taken away in Django's admin is gone in rdj within a second.

use std::time::Duration;

use http::{StatusCode, header};
use rdj::Result;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::sign_in::{sign_in, signed_in};
use crate::{
    Browser, Reply, Server, Socket,
    django::{Django, Site},
};

/// How old what rdj knows of a user may be.
const SECOND: Duration = Duration::from_secs(1);
const PASSWORD: &str = "correct horse";

/// Ann, who may change notes by herself and is an editor, and the admin of Django.
async fn prepare(site: &Site) -> Result<(Django, Server, Browser)> {
    let mut django = site.made_by_django().await?;
    let group = json!({"name": "editors", "permissions": ["notes.add_note"]});
    django.run("create_group", group).await;
    let ann = json!({
        "username": "ann",
        "password": PASSWORD,
        "groups": ["editors"],
        "permissions": ["notes.change_note", "notes.view_note"],
    });
    django.run("create_user", ann).await;
    django.open_admin().await;
    let server = site.serve().await?;
    let browser = signed_in(&server, "ann", PASSWORD).await;
    Ok((django, server, browser))
}

/// The answer to the first event that is sent a second after the change: it does not run any more.
async fn a_second_later(socket: &mut Socket) -> Reply {
    sleep(SECOND).await;
    let reply = socket.event("desk.write", json!([])).await;
    let has_run = reply.patched().contains("written");
    assert!(!has_run, "the page is still open: {reply:?}");
    reply
}

/// A socket on a page that works.
async fn writing(browser: &Browser, path: &str) -> Socket {
    let mut socket = Socket::open(browser, path).await;
    let reply = socket.event("desk.write", json!([])).await;
    assert!(reply.patched().contains("written 1"), "{reply:?}");
    socket
}

fn target(reply: &Reply) -> Value {
    let effect = reply
        .effect("navigate")
        .or_else(|| reply.effect("redirect"));
    effect.unwrap_or_else(|| panic!("no way out: {reply:?}"))["to"].clone()
}

/// A permission closes the page that asks for it, and opens it again.
pub async fn permission(site: Site) -> Result {
    let (mut django, _server, browser) = prepare(&site).await?;
    let mut socket = writing(&browser, "/editor").await;
    let less = json!({"permissions": ["notes.view_note"]});
    django.change_in_admin("ann", less).await;
    let reply = a_second_later(&mut socket).await;
    assert_eq!(target(&reply), "/editor", "it is loaded anew, and refused");
    let answer = browser.get("/editor").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/me").await.status(), StatusCode::OK);
    // given again, by a group this time
    let group = json!({"name": "editors", "permissions": ["notes.change_note"]});
    django.run("admin_change_group", group).await;
    sleep(SECOND).await;
    writing(&browser, "/editor").await;
    Ok(())
}

/// A group closes the page of its members, and what it may do closes with it.
pub async fn group(site: Site) -> Result {
    let (mut django, _server, browser) = prepare(&site).await?;
    let mut socket = writing(&browser, "/newsroom").await;
    django.change_in_admin("ann", json!({"groups": []})).await;
    let reply = a_second_later(&mut socket).await;
    assert_eq!(target(&reply), "/newsroom");
    let answer = browser.get("/newsroom").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/editor").await.status(), StatusCode::OK);
    Ok(())
}

/// A user who is switched off is signed out, and stays so when switched on again.
pub async fn deactivation(site: Site) -> Result {
    let (mut django, server, browser) = prepare(&site).await?;
    let mut socket = writing(&browser, "/me").await;
    django
        .change_in_admin("ann", json!({"is_active": false}))
        .await;
    let reply = a_second_later(&mut socket).await;
    assert_eq!(target(&reply), "/login?next=%2Fme");
    login_is_asked(&browser).await;
    let html = sign_in(&server.browser(), "ann", PASSWORD).await;
    assert!(html.contains("refused: "), "{html}");
    django
        .change_in_admin("ann", json!({"is_active": true}))
        .await;
    sleep(SECOND).await;
    login_is_asked(&browser).await;
    signed_in(&server, "ann", PASSWORD).await;
    Ok(())
}

/// Another password ends all sessions; the old one is no good any more.
pub async fn password(site: Site) -> Result {
    let (mut django, server, browser) = prepare(&site).await?;
    let second = signed_in(&server, "ann", PASSWORD).await;
    let mut socket = writing(&browser, "/me").await;
    let new = json!({"username": "ann", "password": "battery staple 9"});
    django.run("admin_set_password", new).await;
    let reply = a_second_later(&mut socket).await;
    assert_eq!(target(&reply), "/login?next=%2Fme");
    login_is_asked(&browser).await;
    login_is_asked(&second).await;
    let html = sign_in(&server.browser(), "ann", PASSWORD).await;
    assert!(html.contains("refused: "), "{html}");
    signed_in(&server, "ann", "battery staple 9").await;
    Ok(())
}

/// A user whom Django deletes is signed out.
pub async fn deletion(site: Site) -> Result {
    let (mut django, _server, browser) = prepare(&site).await?;
    let mut socket = writing(&browser, "/me").await;
    let who = json!({"username": "ann"});
    django.run("admin_delete_user", who).await;
    let reply = a_second_later(&mut socket).await;
    assert_eq!(target(&reply), "/login?next=%2Fme");
    login_is_asked(&browser).await;
    Ok(())
}

async fn login_is_asked(browser: &Browser) {
    let answer = browser.get("/me").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/login?next=%2Fme");
}
