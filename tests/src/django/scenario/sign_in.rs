//! Users that Django made sign in to rdj.

use http::StatusCode;
use rdj::Result;
use serde_json::json;

use crate::{
    Browser, Server, Socket,
    django::{Django, Site},
};

/// The password of everybody here.
const PASSWORD: &str = "correct horse";
/// What [`people`] may do.
const RIGHTS: &str = "in [editors] may [notes.archive_note notes.change_note notes.view_note]";

/// One user with each format of hashes, with rights of its own and of a group.
async fn people(django: &mut Django) {
    let group = json!({"name": "editors", "permissions": ["notes.change_note", "notes.view_note"]});
    django.run("create_group", group).await;
    for (username, hasher) in [("pia", "pbkdf2_sha256"), ("ada", "argon2")] {
        let user = json!({
            "username": username,
            "password": PASSWORD,
            "hasher": hasher,
            "groups": ["editors"],
            "permissions": ["notes.archive_note", "notes.view_note"],
        });
        django.run("create_user", user).await;
    }
}

/// What the login page says to somebody who submits its form.
pub(super) async fn sign_in(browser: &Browser, username: &str, password: &str) -> String {
    let event = format!("_event=desk.sign_in(\"{username}\",\"{password}\")");
    let answer = browser.post("/login", &event.replace(' ', "%20")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.expect("a text")
}

/// A browser that is signed in.
pub(super) async fn signed_in(server: &Server, username: &str, password: &str) -> Browser {
    let browser = server.browser();
    let html = sign_in(&browser, username, password).await;
    let welcome = format!("{username} in [");
    assert!(html.contains(&welcome), "{username} is not let in: {html}");
    browser
}

/// By the form of a page: with both formats, and each hash is good for both sides ever after.
pub async fn by_form(site: Site) -> Result {
    let mut django = site.made_by_django().await?;
    people(&mut django).await;
    let server = site.serve().await?;
    for username in ["pia", "ada"] {
        let browser = server.browser();
        assert_eq!(browser.get("/me").await.status(), StatusCode::SEE_OTHER);
        let html = sign_in(&browser, username, "wrong").await;
        assert!(html.contains("refused: "), "{html}");
        let html = sign_in(&browser, username, PASSWORD).await;
        assert!(html.contains(&format!("{username} {RIGHTS}")), "{html}");
        for page in ["/me", "/editor", "/newsroom"] {
            assert_eq!(browser.get(page).await.status(), StatusCode::OK, "{page}");
        }
        // a hash of PBKDF2 was replaced by one of rdj, one of Argon2 is stronger and was kept; Django
        // reads both, and replaces them by its own
        let hash = django.user(username).await["hash"].to_string();
        let memory = if username == "pia" { 19_456 } else { 102_400 };
        let parameters = format!("argon2$argon2id$v=19$m={memory},");
        assert!(hash.contains(&parameters), "{hash}");
        assert!(!django.lets_in(username, "wrong").await);
        assert!(django.lets_in(username, PASSWORD).await);
        let user = django.user(username).await;
        assert_eq!(user["hasher"], "pbkdf2_sha256");
        signed_in(&server, username, PASSWORD).await;
    }
    Ok(())
}

/// By an event on a socket.
pub async fn by_socket(site: Site) -> Result {
    let mut django = site.made_by_django().await?;
    people(&mut django).await;
    let server = site.serve().await?;
    for username in ["pia", "ada"] {
        let browser = server.browser();
        let mut socket = Socket::open(&browser, "/login").await;
        let reply = socket
            .event("desk.sign_in", json!([username, "wrong"]))
            .await;
        assert!(reply.patched().contains("refused: "), "{reply:?}");
        let reply = socket
            .event("desk.sign_in", json!([username, PASSWORD]))
            .await;
        let expected = format!("{username} {RIGHTS}");
        assert!(reply.patched().contains(&expected), "{reply:?}");
        browser.redeem(&reply).await;
        let mut socket = Socket::open(&browser, "/me").await;
        let reply = socket.event("desk.who", json!([])).await;
        assert!(reply.patched().contains(&expected), "{reply:?}");
        let who = json!({"username": username, "password": PASSWORD});
        assert_eq!(django.run("check_password", who).await, true);
    }
    Ok(())
}

/// Whom Django does not let in, rdj does not let in either; whom it lets do everything, may do so.
pub async fn special_users(site: Site) -> Result {
    let mut django = site.made_by_django().await?;
    let server = site.serve().await?;
    let inactive = json!({"username": "ina", "password": PASSWORD, "is_active": false});
    django.run("create_user", inactive).await;
    // Django's mark of a password that nobody has
    let unusable = json!({"username": "uwe", "password": null});
    django.run("create_user", unusable).await;
    for username in ["ina", "uwe", "nobody"] {
        let html = sign_in(&server.browser(), username, PASSWORD).await;
        assert!(html.contains("refused: "), "{username}: {html}");
    }
    let root = json!({"username": "root", "password": PASSWORD, "is_superuser": true});
    django.run("create_user", root).await;
    let browser = signed_in(&server, "root", PASSWORD).await;
    assert_eq!(browser.get("/editor").await.status(), StatusCode::OK);
    Ok(())
}

/// A Django that prefers Argon2 too: the sides do not replace each other's hashes again and again.
pub async fn hashes_settle(site: Site) -> Result {
    drop(site.made_by_django().await?);
    let mut django = site.django_with_argon2();
    let ann = json!({"username": "ann", "password": PASSWORD, "hasher": "pbkdf2_sha256"});
    django.run("create_user", ann).await;
    let server = site.serve().await?;
    signed_in(&server, "ann", PASSWORD).await;
    assert!(django.lets_in("ann", PASSWORD).await);
    let settled = django.user("ann").await["hash"].clone();
    let browser = signed_in(&server, "ann", PASSWORD).await;
    assert!(django.lets_in("ann", PASSWORD).await);
    signed_in(&server, "ann", PASSWORD).await;
    assert_eq!(django.user("ann").await["hash"], settled);
    assert_eq!(browser.get("/me").await.status(), StatusCode::OK);
    Ok(())
}
